#include "model/kernels/scratch_floats.h"

#include <algorithm>
#include <memory>
#include <new>
#include <utility>
#include <vector>

namespace gw::kernels {

namespace {

constexpr std::align_val_t alignment{64};

struct Freed {
    void operator()(float* data) const { ::operator delete(data, alignment); }
};

struct Block {
    std::unique_ptr<float, Freed> data;
    std::int64_t count = 0;
};

/// Blocks that nobody has at the moment; of few sizes, since the kernels are called with the same shapes again and
/// again.
struct Stock {
    Stock() { blocks.reserve(most); }  // giving a block back must not ask for memory
    std::vector<Block> blocks;
    static constexpr std::size_t most = 24;
    /// Floats of a block that is kept (16 MiB): threads live as long as the program.
    static constexpr std::int64_t largest = std::int64_t{1} << 22;
};

Stock& stock() {
    thread_local Stock mine;
    return mine;
}

}  // namespace

ScratchFloats::ScratchFloats(std::int64_t count) : data_(nullptr), count_(count) {
    auto& blocks = stock().blocks;
    auto best = blocks.end();
    for (auto it = blocks.begin(); it != blocks.end(); ++it)
        if (it->count >= count && it->count <= 2 * count && (best == blocks.end() || it->count < best->count))
            best = it;
    if (best == blocks.end()) {
        data_ = static_cast<float*>(::operator new(static_cast<std::size_t>(count) * sizeof(float), alignment));
        return;
    }
    count_ = best->count;
    data_ = best->data.release();
    blocks.erase(best);
}

ScratchFloats::~ScratchFloats() {
    std::unique_ptr<float, Freed> data(data_);
    if (count_ > Stock::largest) return;
    auto& blocks = stock().blocks;
    if (blocks.size() >= Stock::most) blocks.erase(blocks.begin());  // the one not wanted for the longest time
    blocks.push_back({std::move(data), count_});
}

}  // namespace gw::kernels
