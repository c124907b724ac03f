#include "train/guard/engine_error.h"

#include <algorithm>

#include "train/message/event_texts.h"

namespace gw {

namespace {

/// Failed allocations that are no OutOfMemoryError: those of LibTorch's CPU allocator, and of CUDA before version 1.13
/// or within its libraries.
bool is_allocation_failure(const std::string& text) {
    constexpr const char* said[] = {"DefaultCPUAllocator: can't allocate memory",
                                    "DefaultCPUAllocator: not enough memory",
                                    "CUDA out of memory",
                                    "CUDA error: out of memory",
                                    "CUBLAS_STATUS_ALLOC_FAILED",
                                    "CUDNN_STATUS_ALLOC_FAILED"};
    return std::any_of(std::begin(said), std::end(said),
                       [&](const char* one) { return text.find(one) != std::string::npos; });
}

}  // namespace

Error out_of_memory(const std::string& detail) {
    return {Error::Code::out_of_memory,
            "Ran out of memory" + (detail.empty() ? "" : ": " + detail.substr(0, 200)),
            "Lower training.micro_batch and raise training.accumulation by as much",
            {"training"}};
}

Error engine_error(const c10::Error& problem) {
    const std::string text = problem.what_without_backtrace();
    if (dynamic_cast<const c10::OutOfMemoryError*>(&problem) || is_allocation_failure(text)) return out_of_memory(text);
    return {Error::Code::internal, Phrase{say::torch_failed, {text.substr(0, 400)}}.text(), say::see_log, {"training"}};
}

}  // namespace gw
