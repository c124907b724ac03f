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

/// The position of a sample in its epoch's order, and the key of the epoch.
struct Drawn {
    std::int64_t position;
    std::uint64_t key;
};
Drawn drawn(std::int64_t sample, std::int64_t windows, std::uint64_t seed) {
    const auto epoch = static_cast<std::uint64_t>(sample / windows), index = static_cast<std::uint64_t>(sample % windows);
    const std::uint64_t key = mix64(seed, epoch);
    return {static_cast<std::int64_t>(permuted(index, static_cast<std::uint64_t>(windows), key)), key};
}

class StreamSource final : public BatchSource {
  public:
    StreamSource(const TokenStream& stream, std::int64_t length, std::int64_t stride, std::uint64_t seed)
        : stream_(stream), length_(length), stride_(stride), seed_(seed) {
        // All phases 0..stride-1 must fit, so that every epoch has the same number of windows.
        const std::int64_t room = stream.size() - length - (stride - 1);
        windows_ = room >= 0 ? room / stride + 1 : 1;
    }

    std::int64_t windows_per_epoch() const override { return windows_; }
    double tokens_per_window() const override { return static_cast<double>(stride_); }

    Windows batch(std::int64_t first, std::int64_t rows) const override {
        Windows out;
        out.rows = rows;
        out.length = length_;
        out.ids.resize(static_cast<std::size_t>(rows * length_));
        for (std::int64_t row = 0; row < rows; ++row) {
            out.starts.push_back(start_of(first + row));
            stream_.copy(out.starts.back(), length_, out.ids.data() + row * length_);
        }
        return out;
    }

  private:
    std::int64_t start_of(std::int64_t sample) const {
        const Drawn at = drawn(sample, windows_, seed_);
        const std::int64_t spare = stream_.size() - length_ - (windows_ - 1) * stride_;
        const auto phase = static_cast<std::int64_t>(Rng(at.key).below(static_cast<std::uint64_t>(std::min(spare, stride_ - 1) + 1)));
        return phase + stride_ * at.position;
    }
    const TokenStream& stream_;
    std::int64_t length_, stride_, windows_;
    std::uint64_t seed_;
};

class ExampleSource final : public BatchSource {
  public:
    ExampleSource(const TokenStream& stream, const ExampleTable& table, std::int64_t longest, Token padding, std::uint64_t seed)
        : stream_(stream), table_(table), longest_(longest), padding_(padding), seed_(seed) {}

    std::int64_t windows_per_epoch() const override { return table_.size(); }

    double tokens_per_window() const override {
        double sum = 0;
        for (const Example& example : table_.examples) sum += static_cast<double>(std::min(example.length, longest_));
        return sum / static_cast<double>(std::max<std::int64_t>(1, table_.size()));
    }

    Windows batch(std::int64_t first, std::int64_t rows) const override {
        std::vector<const Example*> chosen;
        for (std::int64_t row = 0; row < rows; ++row)
            chosen.push_back(&table_.examples[static_cast<std::size_t>(drawn(first + row, table_.size(), seed_).position)]);
        return example_rows(stream_, chosen, longest_, padding_);
    }

  private:
    const TokenStream& stream_;
    const ExampleTable& table_;
    std::int64_t longest_;
    Token padding_;
    std::uint64_t seed_;
};

}  // namespace

std::unique_ptr<BatchSource> stream_source(const TokenStream& stream, std::int64_t length, std::int64_t stride, std::uint64_t seed) {
    return std::make_unique<StreamSource>(stream, length, stride, seed);
}

std::unique_ptr<BatchSource> example_source(const TokenStream& stream, const ExampleTable& table, std::int64_t longest, Token padding, std::uint64_t seed) {
    return std::make_unique<ExampleSource>(stream, table, longest, padding, seed);
}

Windows example_rows(const TokenStream& stream, const std::vector<const Example*>& examples, std::int64_t longest, Token padding) {
    Windows out;
    out.rows = static_cast<std::int64_t>(examples.size());
    out.examples = examples;
    for (const Example* example : examples) {
        out.starts.push_back(example->start);
        out.lengths.push_back(std::min(example->length, longest));
        out.length = std::max(out.length, out.lengths.back());
    }
    // An example without a token is one of padding, so that every row has something to look at.
    out.length = std::max<std::int64_t>(out.length, 1);
    out.ids.assign(static_cast<std::size_t>(out.rows * out.length), padding);
    for (std::int64_t row = 0; row < out.rows; ++row) {
        std::int64_t& length = out.lengths[static_cast<std::size_t>(row)];
        if (length > 0) stream.copy(out.starts[static_cast<std::size_t>(row)], length, out.ids.data() + row * out.length);
        length = std::max<std::int64_t>(length, 1);
    }
    return out;
}

}  // namespace gw
