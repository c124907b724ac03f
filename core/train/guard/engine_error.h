#pragma once
#include <c10/util/Exception.h>

#include <new>

#include "util/result.h"

namespace gw {

/// What LibTorch could not do, as an error of a run. Out of memory is what an allocator says, and nothing else that
/// names memory.
Error engine_error(const c10::Error& problem);
/// Memory that the program itself could not get.
Error out_of_memory(const std::string& detail = "");

/// What the engine throws, above all where memory runs out, as an error: whoever looks at a model wants no program that
/// ends.
template <class Work>
auto caught(const Work& work) -> decltype(work()) {
    try {
        return work();
    } catch (const Failure& failure) {
        return failure.error();
    } catch (const c10::Error& problem) {
        return engine_error(problem);
    } catch (const std::bad_alloc&) {
        return out_of_memory();
    }
}

}  // namespace gw
