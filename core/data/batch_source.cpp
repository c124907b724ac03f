#include "data/batch_source.h"

#include <algorithm>

#include "util/rng.h"

namespace gw {

namespace {

/// A permutation of [0, count) keyed by `key`: a Feistel network on the smallest even number of bits that holds `count`, walked until it
/// lands inside (Black and Rogaway 2002). No memory, and any single position can be asked for.
std::uint64_t permuted(std::uint64_t index, std::uint64_t count, std::uint64_t key) {
    int half = 1;
    while ((std::uint64_t{1} << (2 * half)) < count) ++half;
    const std::uint64_t mask = (std::uint64_t{1} << half) - 1;
    constexpr std::uint64_t rounds = 4;
    do {
        std::uint64_t left = index >> half, right = index & mask;
        for (std::uint64_t round = 0; round < rounds; ++round) {
            const std::uint64_t next = left ^ (mix64(key, round, right) & mask);
            left = right;
            right = next;
        }
        index = (left << half) | right;
    } while (index >= count);
    return index;
}

}  // namespace

BatchSource::BatchSource(const TokenStream& stream, std::int64_t length, std::int64_t stride, std::uint64_t seed)
    : stream_(&stream), length_(length), stride_(stride), seed_(seed) {
    // All phases 0..stride-1 must fit, so that every epoch has the same number of windows.
    const std::int64_t room = stream.size() - length - (stride - 1);
    windows_ = room >= 0 ? room / stride + 1 : 1;
}

std::int64_t BatchSource::start_of(std::int64_t sample) const {
    const auto epoch = static_cast<std::uint64_t>(sample / windows_), index = static_cast<std::uint64_t>(sample % windows_);
    const std::uint64_t key = mix64(seed_, epoch);
    const std::int64_t spare = stream_->size() - length_ - (windows_ - 1) * stride_;
    const auto phase = static_cast<std::int64_t>(Rng(key).below(static_cast<std::uint64_t>(std::min(spare, stride_ - 1) + 1)));
    return phase + stride_ * static_cast<std::int64_t>(permuted(index, static_cast<std::uint64_t>(windows_), key));
}

Windows BatchSource::batch(std::int64_t first, std::int64_t rows) const {
    Windows out;
    out.rows = rows;
    out.length = length_;
    out.ids.resize(static_cast<std::size_t>(rows * length_));
    for (std::int64_t row = 0; row < rows; ++row) {
        out.starts.push_back(start_of(first + row));
        stream_->copy(out.starts.back(), length_, out.ids.data() + row * length_);
    }
    return out;
}

}  // namespace gw
