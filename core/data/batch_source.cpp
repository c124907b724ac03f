#include "data/batch_source.h"

#include <algorithm>
#include <optional>

#include "data/epoch_order.h"
#include "data/row_changes.h"
#include "util/rng.h"

namespace gw {

namespace {

class StreamSource final : public BatchSource {
  public:
    StreamSource(const TokenStream& stream, std::int64_t length, std::int64_t stride, std::uint64_t seed)
        : stream_(stream), length_(length), stride_(stride), seed_(seed) {
        // All phases 0..stride-1 must fit, so that every epoch has the same number of rows.
        const std::int64_t room = stream.size() - length - (stride - 1);
        rows_ = room >= 0 ? room / stride + 1 : 1;
    }

    std::int64_t rows_per_epoch() const override { return rows_; }
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
        const Drawn at = drawn(sample, rows_, seed_);
        const std::int64_t spare = stream_.size() - length_ - (rows_ - 1) * stride_;
        const auto phase =
            static_cast<std::int64_t>(Rng(at.key).below(static_cast<std::uint64_t>(std::min(spare, stride_ - 1) + 1)));
        return phase + stride_ * at.position;
    }
    const TokenStream& stream_;
    std::int64_t length_, stride_, rows_;
    std::uint64_t seed_;
};

class ExampleSource final : public BatchSource {
  public:
    ExampleSource(const ExampleRows& rows, const ExampleTable& table, std::uint64_t seed,
                  const Augmentation* augmentation, std::int64_t views, std::int64_t similar)
        : rows_(rows), table_(table), seed_(seed), augmentation_(augmentation), views_(views) {
        if (similar > 1)
            similar_.emplace(table.size(), similar, seed,
                             [this](std::int64_t position) { return rows_.units(example(position)); });
    }

    std::int64_t rows_per_epoch() const override { return table_.size(); }

    double units_per_row() const override {
        double sum = 0;
        for (const Example& example : table_.examples) sum += static_cast<double>(rows_.units(example));
        return sum / static_cast<double>(std::max<std::int64_t>(1, table_.size()));
    }

    HostBatch batch(std::int64_t first, std::int64_t rows) const override {
        std::vector<const Example*> chosen;
        for (std::int64_t row = 0; row < rows; ++row) chosen.push_back(&example(position(first + row)));
        HostBatch out = rows_.rows(chosen);
        const RowStreams streams = [&](std::int64_t row, std::uint64_t purpose) {
            return mix64(seed_, purpose, static_cast<std::uint64_t>(first + row));
        };
        make_views(out, augmentation_, views_, streams);
        if (!augmentation_) return out;
        change_texts(out, *augmentation_, rows_.padding(), streams);
        if (augmentation_->mixing().any() && views_ == 1 && table_.size() > 1) {
            std::vector<const Example*> partners;
            for (std::int64_t row = 0; row < rows; ++row)
                partners.push_back(&example(partner_of(position(first + row), table_.size(), streams, row)));
            mix_rows(out, rows_.rows(partners), *augmentation_, streams);
        }
        return out;
    }

  private:
    std::int64_t position(std::int64_t sample) const {
        return similar_ ? similar_->position(sample) : drawn(sample, table_.size(), seed_).position;
    }
    const Example& example(std::int64_t position) const { return table_.examples[static_cast<std::size_t>(position)]; }
    const ExampleRows& rows_;
    const ExampleTable& table_;
    std::uint64_t seed_;
    const Augmentation* augmentation_;
    std::int64_t views_;
    std::optional<SimilarOrder> similar_;
};

class TextRows final : public ExampleRows {
  public:
    TextRows(const TokenStream& stream, std::int64_t longest, Token padding)
        : stream_(stream), longest_(longest), padding_(padding) {}

    std::int64_t units(const Example& example) const override { return std::min(example.length, longest_); }
    Token padding() const override { return padding_; }

    HostBatch rows(const std::vector<const Example*>& examples) const override {
        HostBatch out;
        out.rows = static_cast<std::int64_t>(examples.size());
        out.examples = examples;
        std::int64_t width = 0;
        for (const Example* example : examples) {
            out.places.push_back(example->start);
            out.lengths.push_back(std::min(example->length, longest_));
            width = std::max(width, out.lengths.back());
        }
        // An example without a token is one of padding, so that every row has something to look at.
        width = std::max<std::int64_t>(width, 1);
        HostArray tokens(HostArray::Type::i32, {out.rows, width});
        Token* ids = tokens.values<Token>();
        std::fill_n(ids, out.rows * width, padding_);
        for (std::int64_t row = 0; row < out.rows; ++row) {
            std::int64_t& length = out.lengths[static_cast<std::size_t>(row)];
            if (length > 0) stream_.copy(out.places[static_cast<std::size_t>(row)], length, ids + row * width);
            length = std::max<std::int64_t>(length, 1);
        }
        out.arrays.emplace(array::tokens, std::move(tokens));
        return out;
    }

  private:
    const TokenStream& stream_;
    std::int64_t longest_;
    Token padding_;
};

class PictureRows final : public ExampleRows {
  public:
    explicit PictureRows(const PictureStore& store) : store_(store) {}

    std::int64_t units(const Example&) const override { return 1; }

    HostBatch rows(const std::vector<const Example*>& examples) const override {
        HostBatch out;
        out.rows = static_cast<std::int64_t>(examples.size());
        out.examples = examples;
        const Picture& shape = store_.shape();
        HostArray images(HostArray::Type::u8, {out.rows, shape.channels, shape.height, shape.width});
        std::uint8_t* pixels = images.values<std::uint8_t>();
        for (const Example* example : examples) {
            out.places.push_back(example->start);
            const Picture picture = store_.at(example->start);
            pixels = std::copy(picture.pixels.begin(), picture.pixels.end(), pixels);
        }
        store_.require_read();
        out.arrays.emplace(array::image, std::move(images));
        return out;
    }

  private:
    const PictureStore& store_;
};

}  // namespace

std::unique_ptr<ExampleRows> text_rows(const TokenStream& stream, std::int64_t longest, Token padding) {
    return std::make_unique<TextRows>(stream, longest, padding);
}

std::unique_ptr<ExampleRows> picture_rows(const PictureStore& store) {
    return std::make_unique<PictureRows>(store);
}

std::unique_ptr<BatchSource> stream_source(const TokenStream& stream, std::int64_t length, std::int64_t stride,
                                           std::uint64_t seed) {
    return std::make_unique<StreamSource>(stream, length, stride, seed);
}

std::unique_ptr<BatchSource> example_source(const ExampleRows& rows, const ExampleTable& table, std::uint64_t seed,
                                            const Augmentation* augmentation, std::int64_t views,
                                            std::int64_t similar) {
    return std::make_unique<ExampleSource>(rows, table, seed, augmentation, views, similar);
}

}  // namespace gw
