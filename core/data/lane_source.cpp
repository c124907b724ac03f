#include "data/lane_source.h"

#include "util/rng.h"

namespace gw {

namespace {

class LaneSource final : public BatchSource {
  public:
    LaneSource(const TokenStream& stream, std::int64_t length, std::int64_t stride, std::int64_t lanes,
               std::uint64_t seed)
        : stream_(stream),
          length_(length),
          stride_(stride),
          lanes_(lanes),
          windows_(windows_of_lane(stream.size(), length, stride, lanes)),
          seed_(seed) {}

    std::int64_t rows_per_epoch() const override { return lanes_ * windows_; }
    double units_per_row() const override { return static_cast<double>(stride_); }

    HostBatch batch(std::int64_t first, std::int64_t rows) const override {
        HostBatch out;
        out.rows = rows;
        HostArray tokens(HostArray::Type::i32, {rows, length_});
        for (std::int64_t row = 0; row < rows; ++row) {
            out.places.push_back(start_of(first + row));
            stream_.copy(out.places.back(), length_, tokens.values<Token>() + row * length_);
        }
        out.arrays.emplace(array::tokens, std::move(tokens));
        return out;
    }

  private:
    std::int64_t start_of(std::int64_t sample) const {
        const std::int64_t epoch = sample / rows_per_epoch(), at = sample % rows_per_epoch(), lane = at % lanes_,
                           window = at / lanes_, spare = stream_.size() - length_ - (rows_per_epoch() - 1) * stride_;
        const auto phase = static_cast<std::int64_t>(
            Rng(mix64(seed_, static_cast<std::uint64_t>(epoch))).below(static_cast<std::uint64_t>(spare + 1)));
        return phase + (lane * windows_ + window) * stride_;
    }
    const TokenStream& stream_;
    std::int64_t length_, stride_, lanes_, windows_;
    std::uint64_t seed_;
};

}  // namespace

std::int64_t windows_of_lane(std::int64_t size, std::int64_t length, std::int64_t stride, std::int64_t lanes) {
    return size < length ? 0 : ((size - length) / stride + 1) / lanes;
}

std::unique_ptr<BatchSource> lane_source(const TokenStream& stream, std::int64_t length, std::int64_t stride,
                                         std::int64_t lanes, std::uint64_t seed) {
    return std::make_unique<LaneSource>(stream, length, stride, lanes, seed);
}

}  // namespace gw
