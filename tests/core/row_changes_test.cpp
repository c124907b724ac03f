#include "data/row_changes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <vector>

#include "data/batch_source.h"

namespace gw {
namespace {

using Bytes = std::vector<std::uint8_t>;
constexpr std::int64_t noise_side = 6, noise_bytes = 3 * noise_side * noise_side;

std::uint8_t pixel(std::int64_t picture, std::int64_t at) {
    return static_cast<std::uint8_t>(mix64(static_cast<std::uint64_t>(picture), static_cast<std::uint64_t>(at)));
}

/// Pictures of noise, each its number's own.
class NoiseRows final : public ExampleRows {
  public:
    std::int64_t units(const Example&) const override { return 1; }
    HostBatch rows(const std::vector<const Example*>& examples) const override {
        HostBatch out;
        out.rows = static_cast<std::int64_t>(examples.size());
        out.examples = examples;
        HostArray images(HostArray::Type::u8, {out.rows, 3, noise_side, noise_side});
        for (std::int64_t row = 0; row < out.rows; ++row) {
            out.places.push_back(examples[static_cast<std::size_t>(row)]->start);
            for (std::int64_t i = 0; i < noise_bytes; ++i)
                images.values<std::uint8_t>()[row * noise_bytes + i] = pixel(out.places.back(), i);
        }
        out.arrays.emplace(array::image, std::move(images));
        return out;
    }
};

/// Texts whose tokens count on from the example's place.
class CountingRows final : public ExampleRows {
  public:
    std::int64_t units(const Example& example) const override { return example.length; }
    Token padding() const override { return -7; }
    HostBatch rows(const std::vector<const Example*>& examples) const override {
        HostBatch out;
        out.rows = static_cast<std::int64_t>(examples.size());
        out.examples = examples;
        HostArray tokens(HostArray::Type::i32, {out.rows, 12});
        std::fill_n(tokens.values<Token>(), out.rows * 12, padding());
        for (std::int64_t row = 0; row < out.rows; ++row) {
            const Example& example = *examples[static_cast<std::size_t>(row)];
            out.places.push_back(example.start);
            out.lengths.push_back(example.length);
            for (std::int64_t i = 0; i < example.length; ++i)
                tokens.values<Token>()[row * 12 + i] = static_cast<Token>(example.start + i);
        }
        out.arrays.emplace(array::tokens, std::move(tokens));
        return out;
    }
};

ExampleTable table_of(std::int64_t count) {
    ExampleTable table;
    table.kind = LabelKind::one_class;
    table.classes = {"a", "b"};
    for (std::int64_t i = 0; i < count; ++i) {
        Example& one = table.examples.emplace_back();
        one.start = i;
        one.length = 2 + i % 10;
        one.classes = {static_cast<std::int32_t>(i % 2)};
    }
    return table;
}

Bytes row_of(const HostBatch& batch, const char* name, std::int64_t row) {
    const std::uint8_t* first = batch.arrays.find(name)->second.values<std::uint8_t>() + row * noise_bytes;
    return Bytes(first, first + noise_bytes);
}

std::unique_ptr<Augmentation> augmentation_of(const char* kind, const Json& settings = Json::object()) {
    Json section = {{"kind", kind}};
    section.update(settings);
    return make_augmentation(section);
}

TEST(RowChanges, TheFirstViewIsWhatOneViewIsAndTheSecondIsItsOwn) {
    const NoiseRows rows;
    const ExampleTable table = table_of(20);
    for (const char* kind : {"image_changes", "views"}) {
        const auto augmentation = augmentation_of(kind);
        const HostBatch one = example_source(rows, table, 5, augmentation.get())->batch(3, 8),
                        two = example_source(rows, table, 5, augmentation.get(), 2)->batch(3, 8);
        EXPECT_EQ(one.arrays.count(array::second), 0U);
        int differ = 0;
        for (std::int64_t row = 0; row < 8; ++row) {
            EXPECT_EQ(row_of(two, array::image, row), row_of(one, array::image, row));
            differ += row_of(two, array::second, row) != row_of(two, array::image, row);
        }
        EXPECT_GE(differ, 6) << kind;  // two shifts can be the same by chance
    }
    const HostBatch plain = example_source(rows, table, 5, nullptr, 2)->batch(3, 8);
    for (std::int64_t row = 0; row < 8; ++row) {
        const std::int64_t place = plain.places[static_cast<std::size_t>(row)];
        for (std::int64_t i = 0; i < noise_bytes; ++i)
            EXPECT_EQ(row_of(plain, array::image, row)[static_cast<std::size_t>(i)], pixel(place, i));
        EXPECT_EQ(row_of(plain, array::second, row), row_of(plain, array::image, row));
    }
}

TEST(RowChanges, TheFirstViewIsDrawnFromTheSamplesNumber) {
    // The stream's name is part of what a seed means: another one would show every run other pictures.
    const NoiseRows rows;
    const ExampleTable table = table_of(20);
    const auto augmentation = augmentation_of("image_changes", {{"flip", 0.5}});
    const HostBatch batch = example_source(rows, table, 5, augmentation.get())->batch(3, 4);
    for (std::int64_t row = 0; row < 4; ++row) {
        Bytes expected;
        for (std::int64_t i = 0; i < noise_bytes; ++i)
            expected.push_back(pixel(batch.places[static_cast<std::size_t>(row)], i));
        augmentation->picture(expected.data(), 3, noise_side, noise_side,
                              Rng(mix64(5, 0x61756767, static_cast<std::uint64_t>(3 + row))));
        EXPECT_EQ(row_of(batch, array::image, row), expected);
    }
}

TEST(RowChanges, ASampleIsTheSameInAnyBatch) {
    const NoiseRows rows;
    const ExampleTable table = table_of(7);
    const auto augmentation = augmentation_of("views", {{"mixup", 0.4}, {"cutmix", 1}});
    for (const std::int64_t views : {1, 2}) {
        const auto source = example_source(rows, table, 9, augmentation.get(), views);
        const HostBatch all = source->batch(0, 24);
        for (const std::int64_t part : {1, 3, 8})
            for (std::int64_t first = 0; first < 24; first += part) {
                const HostBatch some = source->batch(first, part);
                for (std::int64_t row = 0; row < part; ++row) {
                    const std::int64_t at = first + row;
                    EXPECT_EQ(row_of(some, array::image, row), row_of(all, array::image, at));
                    if (views == 2) {
                        EXPECT_EQ(row_of(some, array::second, row), row_of(all, array::second, at));
                        continue;
                    }
                    const auto i = static_cast<std::size_t>(row), j = static_cast<std::size_t>(at);
                    EXPECT_EQ(some.partners[i], all.partners[j]);
                    EXPECT_EQ(some.shares[i], all.shares[j]);
                }
            }
    }
}

TEST(RowChanges, RowsAreMixedWithAnotherOfTheTable) {
    const NoiseRows rows;
    const ExampleTable table = table_of(5);
    const auto augmentation = augmentation_of("image_changes", {{"shift", 0}, {"mixup", 1}});
    const HostBatch batch = example_source(rows, table, 2, augmentation.get())->batch(0, 400);
    ASSERT_EQ(batch.partners.size(), 400U);
    ASSERT_EQ(batch.shares.size(), 400U);
    std::vector<int> met(5);
    for (std::size_t row = 0; row < 400; ++row) {
        ASSERT_NE(batch.partners[row], batch.examples[row]);
        ++met[static_cast<std::size_t>(batch.partners[row]->start)];
        const Bytes mixed = row_of(batch, array::image, static_cast<std::int64_t>(row));
        for (std::int64_t i = 0; i < noise_bytes; ++i)
            EXPECT_NEAR(mixed[static_cast<std::size_t>(i)],
                        batch.shares[row] * pixel(batch.examples[row]->start, i) +
                            (1 - batch.shares[row]) * pixel(batch.partners[row]->start, i),
                        0.5001);
    }
    for (const int count : met) EXPECT_NEAR(count, 80, 35);

    const HostBatch off = example_source(rows, table, 2, augmentation_of("image_changes").get())->batch(0, 4);
    EXPECT_TRUE(off.partners.empty() && off.shares.empty());
    // An only example has no other.
    const ExampleTable lonely = table_of(1);
    EXPECT_TRUE(example_source(rows, lonely, 2, augmentation.get())->batch(0, 4).partners.empty());
}

TEST(RowChanges, HeldOutRowsHangOnTheirPlaceAlone) {
    const NoiseRows rows;
    const ExampleTable table = table_of(9);
    const auto augmentation = augmentation_of("views", {{"mixup", 1}});
    const auto viewed = viewed_rows(rows, augmentation.get(), 4, 2);
    std::vector<const Example*> all, backwards;
    for (const Example& one : table.examples) all.push_back(&one);
    backwards.assign(all.rbegin(), all.rend());
    const HostBatch batch = viewed->rows(all), turned = viewed->rows(backwards);
    EXPECT_TRUE(batch.partners.empty() && batch.shares.empty());
    std::set<Bytes> different;
    for (std::int64_t row = 0; row < 9; ++row) {
        const HostBatch alone = viewed->rows({all[static_cast<std::size_t>(row)]});
        for (const char* name : {array::image, array::second}) {
            EXPECT_EQ(row_of(alone, name, 0), row_of(batch, name, row));
            EXPECT_EQ(row_of(turned, name, 8 - row), row_of(batch, name, row));
            different.insert(row_of(batch, name, row));
        }
    }
    EXPECT_EQ(different.size(), 18U);
    EXPECT_NE(row_of(viewed_rows(rows, augmentation.get(), 5, 2)->rows(all), array::image, 0),
              row_of(batch, array::image, 0));
    const HostBatch plain = viewed_rows(rows, nullptr, 4, 2)->rows(all);
    for (std::int64_t row = 0; row < 9; ++row) {
        EXPECT_EQ(row_of(plain, array::second, row), row_of(plain, array::image, row));
        EXPECT_EQ(row_of(plain, array::image, row)[5], pixel(row, 5));
    }
    EXPECT_EQ(viewed_rows(rows, nullptr, 4, 1)->rows(all).arrays.count(array::second), 0U);
}

TEST(RowChanges, TextsLoseTokensAndArePadded) {
    const CountingRows rows;
    const ExampleTable table = table_of(30);
    const auto augmentation = augmentation_of("text_changes", {{"drop", 0.5}});
    const auto source = example_source(rows, table, 6, augmentation.get());
    const HostBatch batch = source->batch(0, 30);
    std::int64_t left = 0, all = 0;
    for (std::int64_t row = 0; row < 30; ++row) {
        const std::int64_t length = batch.lengths[static_cast<std::size_t>(row)],
                           before = batch.examples[static_cast<std::size_t>(row)]->length;
        ASSERT_GE(length, 1);
        left += length, all += before;
        for (std::int64_t at = 0; at < 12; ++at) {
            if (at >= length) {
                EXPECT_EQ(batch.token(row, at), -7);
            } else if (at > 0) {
                EXPECT_GT(batch.token(row, at), batch.token(row, at - 1));
            }
        }
        const HostBatch alone = source->batch(row, 1);
        EXPECT_EQ(alone.lengths.front(), length);
        for (std::int64_t at = 0; at < 12; ++at) EXPECT_EQ(alone.token(0, at), batch.token(row, at));
    }
    EXPECT_LT(left, all * 3 / 4);
    EXPECT_GT(left, all / 4);
    // Held-out texts stay whole.
    const HostBatch held = viewed_rows(rows, augmentation.get(), 6, 2)->rows({&table.examples[3]});
    EXPECT_EQ(held.lengths.front(), table.examples[3].length);
    EXPECT_EQ(held.token(0, 1), 4);
}

TEST(RowChanges, BatchesMayHoldRowsOfSimilarLength) {
    ExampleTable table;
    for (std::int64_t i = 0; i < 240; ++i) {
        Example example;
        example.start = 100 * i;
        example.length = 1 + i * 7 % 12;
        table.examples.push_back(example);
    }
    const CountingRows rows;
    const auto source = example_source(rows, table, 5, nullptr, 1, /*similar=*/8);
    std::set<std::int64_t> met;
    for (std::int64_t first = 0; first < 240; first += 8) {
        const HostBatch batch = source->batch(first, 8);
        met.insert(batch.places.begin(), batch.places.end());
        const auto [shortest, longest] = std::minmax_element(batch.lengths.begin(), batch.lengths.end());
        EXPECT_LE(*longest - *shortest, 1);
        EXPECT_EQ(batch.places, source->batch(first, 8).places);
    }
    EXPECT_EQ(met.size(), 240u);
}

}  // namespace
}  // namespace gw
