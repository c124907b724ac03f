#include "data/row_changes.h"

#include <algorithm>

#include "data/batch_source.h"

namespace gw {

namespace {

// Keep the draws of a row apart from each other and from those of the order.
constexpr std::uint64_t first_view_purpose = 0x61756767, second_view_purpose = 0x7365636f, text_purpose = 0x74657874,
                        partner_purpose = 0x70617274, partner_view_purpose = 0x70766965, mixing_purpose = 0x6d697869,
                        held_out_purpose = 0x68656c64;

void change_pictures(HostArray& images, const Augmentation* augmentation, const RowStreams& streams,
                     std::uint64_t purpose) {
    if (!augmentation) return;
    const std::vector<std::int64_t>& shape = images.shape();
    const std::int64_t each = shape[1] * shape[2] * shape[3];
    for (std::int64_t row = 0; row < shape[0]; ++row)
        augmentation->picture(images.values<std::uint8_t>() + row * each, shape[1], shape[2], shape[3],
                              Rng(streams(row, purpose)));
}

class ViewedRows final : public ExampleRows {
  public:
    ViewedRows(const ExampleRows& rows, const Augmentation* augmentation, std::uint64_t seed, std::int64_t views)
        : rows_(rows), augmentation_(augmentation), seed_(seed), views_(views) {}

    std::int64_t units(const Example& example) const override { return rows_.units(example); }
    Token padding() const override { return rows_.padding(); }
    HostBatch rows(const std::vector<const Example*>& examples) const override {
        HostBatch out = rows_.rows(examples);
        make_views(out, augmentation_, views_, [&](std::int64_t row, std::uint64_t purpose) {
            const std::int64_t place = out.places[static_cast<std::size_t>(row)];
            return mix64(seed_, held_out_purpose, purpose, static_cast<std::uint64_t>(place));
        });
        return out;
    }

  private:
    const ExampleRows& rows_;
    const Augmentation* augmentation_;
    std::uint64_t seed_;
    std::int64_t views_;
};

}  // namespace

void make_views(HostBatch& rows, const Augmentation* augmentation, std::int64_t views, const RowStreams& streams) {
    const auto it = rows.arrays.find(array::image);
    if (it == rows.arrays.end()) return;
    if (views == 2) {
        HostArray second = it->second;
        change_pictures(second, augmentation, streams, second_view_purpose);
        rows.arrays.insert_or_assign(array::second, std::move(second));
    }
    change_pictures(it->second, augmentation, streams, first_view_purpose);
}

void change_texts(HostBatch& rows, const Augmentation& augmentation, Token padding, const RowStreams& streams) {
    const auto it = rows.arrays.find(array::tokens);
    if (it == rows.arrays.end() || rows.lengths.empty()) return;
    const std::int64_t width = rows.length();
    for (std::int64_t row = 0; row < rows.rows; ++row) {
        Token* ids = it->second.values<Token>() + row * width;
        std::int64_t& length = rows.lengths[static_cast<std::size_t>(row)];
        const std::int64_t before = length;
        length = augmentation.tokens(ids, before, Rng(streams(row, text_purpose)));
        std::fill(ids + length, ids + before, padding);
    }
}

std::int64_t partner_of(std::int64_t own, std::int64_t count, const RowStreams& streams, std::int64_t row) {
    const auto other =
        static_cast<std::int64_t>(Rng(streams(row, partner_purpose)).below(static_cast<std::uint64_t>(count - 1)));
    return other < own ? other : other + 1;
}

void mix_rows(HostBatch& rows, HostBatch partners, const Augmentation& augmentation, const RowStreams& streams) {
    const auto it = rows.arrays.find(array::image), other = partners.arrays.find(array::image);
    if (it == rows.arrays.end() || other == partners.arrays.end()) return;
    change_pictures(other->second, &augmentation, streams, partner_view_purpose);
    const std::vector<std::int64_t>& shape = it->second.shape();
    const std::int64_t each = shape[1] * shape[2] * shape[3];
    for (std::int64_t row = 0; row < rows.rows; ++row)
        rows.shares.push_back(mix_pictures(it->second.values<std::uint8_t>() + row * each,
                                           other->second.values<std::uint8_t>() + row * each, shape[1], shape[2],
                                           shape[3], augmentation.mixing(), Rng(streams(row, mixing_purpose))));
    rows.partners = std::move(partners.examples);
}

std::unique_ptr<ExampleRows> viewed_rows(const ExampleRows& rows, const Augmentation* augmentation, std::uint64_t seed,
                                         std::int64_t views) {
    return std::make_unique<ViewedRows>(rows, augmentation, seed, views);
}

}  // namespace gw
