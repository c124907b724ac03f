#include <gtest/gtest.h>

#include <array>
#include <map>

#include "data/split.h"
#include "draw.h"
#include "util/text.h"

// What every kind of split promises, with settings drawn from its own ranges. A new kind is covered the day it is
// listed.
namespace gw {
namespace {

/// Documents as datasets hand them out: several files, two classes, a column of dates, texts of several lengths.
class ManyDocuments {
  public:
    explicit ManyDocuments(int count) : labels_(static_cast<std::size_t>(count)) {
        for (int i = 0; i < count; ++i) {
            std::string text = "text " + std::to_string(i);
            for (int n = i * 7 % 5; n > 0; --n) text += " \xE6\x97\xA5\xE6\x9C\xAC";
            texts_.push_back(text);
            Label& label = labels_[static_cast<std::size_t>(i)];
            label.classes = {i % 3 ? "warm" : "cold"};
            label.columns = {{"date", std::to_string(2000 + i * 17 % count)}};
        }
        for (int i = 0; i < count; ++i) {
            const auto at = static_cast<std::size_t>(i);
            const char* file = i < count / 10 ? "a/valid.txt" : i < count / 5 ? "a/test.txt" : "a/train.txt";
            documents_.push_back({texts_[at], file, i, &labels_[at], i + 1});
            total_ += documents_.back().size();
        }
    }
    ManyDocuments(const ManyDocuments&) = delete;
    const std::vector<Document>& all() const { return documents_; }
    std::uint64_t total() const { return total_; }

  private:
    std::vector<std::string> texts_;
    std::vector<Label> labels_;
    std::vector<Document> documents_;
    std::uint64_t total_ = 0;
};

using Pieces = std::vector<std::pair<Part, std::string>>;

class EverySplit : public testing::TestWithParam<std::string> {
  protected:
    const SplitKind& kind() const { return *find_kind(splits(), GetParam()); }
    /// Made and, where it asks for that, shown all documents.
    Result<std::unique_ptr<Split>> made(const Json& settings) const {
        auto split = kind().build(settings);
        if (split->surveys()) {
            for (const Document& document : documents_.all())
                if (Status status = split->survey(document); !status) return status.error();
            if (Status status = split->settle(); !status) return status.error();
        }
        return split;
    }
    std::vector<Pieces> cut(const Split& split) const {
        std::vector<Pieces> out;
        std::uint64_t offset = 0;
        for (const Document& document : documents_.all()) {
            Pieces& pieces = out.emplace_back();
            split.cut(document, offset, documents_.total(),
                      [&](Part part, std::string_view text) { pieces.emplace_back(part, text); });
            offset += document.size();
        }
        return out;
    }
    /// Its defaults, the edges of its rows, and some that are drawn; those that its check refuses are left out.
    std::vector<Json> settings() const {
        std::vector<Json> out;
        auto take = [&](const Json& one) {
            if (kind().check(one, "split").empty()) out.push_back(one);
        };
        const Json first = kind().complete(Json::object());
        take(first);
        for (const schema::Row& row : kind().rows)
            for (const Json& value : test::edges(row)) {
                Json one = first;
                one[std::string(row.info.key)] = value;
                take(one);
            }
        std::mt19937_64 rng(9);
        for (int i = 0; i < 60; ++i) {
            Json one = first;
            for (schema::Row row : kind().rows) {
                row.info.max = std::min(row.info.max, 40.0);  // folds that these documents can be cut into
                one[std::string(row.info.key)] = test::drawn(row, rng);
            }
            take(one);
        }
        return out;
    }
    ManyDocuments documents_{400};
};

TEST_P(EverySplit, PiecesAreTheWholeDocument) {
    int cut_some = 0;
    for (const Json& one : settings()) {
        const auto split = made(one);
        if (!split) {  // some settings do not fit these documents, and say so
            EXPECT_EQ(split.error().code, Error::Code::bad_data) << to_text(split.error());
            EXPECT_FALSE(split.error().hint.empty() || split.error().where.empty()) << to_text(split.error());
            continue;
        }
        ++cut_some;
        const std::vector<Pieces> parts = cut(*split.value());
        for (std::size_t i = 0; i < parts.size(); ++i) {
            std::string whole;
            for (const auto& [part, text] : parts[i]) {
                EXPECT_FALSE(first_bad_utf8(text)) << "a character is cut: " << one.dump();
                whole += text;
            }
            EXPECT_EQ(whole, documents_.all()[i].text) << one.dump();
        }
    }
    EXPECT_GT(cut_some, 5) << "the test draws too few settings that fit";
}

TEST_P(EverySplit, TheSameQuestionHasTheSameAnswer) {
    for (const Json& one : settings()) {
        const auto split = made(one);
        if (!split) continue;
        const std::vector<Pieces> first = cut(*split.value());
        EXPECT_EQ(cut(*split.value()), first) << one.dump();
        EXPECT_EQ(cut(*made(one).or_throw()), first) << "made again: " << one.dump();
        EXPECT_EQ(cut(*made(kind().complete(one)).or_throw()), first) << one.dump();
    }
}

TEST_P(EverySplit, ByDefaultThereIsSomethingToLearnAndSomethingToJudgeBy) {
    std::array<int, 3> counts{};
    for (const Pieces& pieces : cut(*made(kind().complete(Json::object())).or_throw()))
        for (const auto& [part, text] : pieces) ++counts[static_cast<std::size_t>(part)];
    EXPECT_GT(counts[0], 0);
    EXPECT_GT(counts[1], 0);
}

TEST_P(EverySplit, SharesAreKept) {
    for (const Json& one : settings()) {
        const auto split = made(one);
        if (!split) continue;
        std::array<double, 3> shares{};
        for (const Pieces& pieces : cut(*split.value()))
            for (const auto& [part, text] : pieces)
                shares[static_cast<std::size_t>(part)] +=
                    static_cast<double>(text.size()) / static_cast<double>(documents_.total());
        for (const auto& [key, part] : {std::pair("validation", Part::validation), std::pair("test", Part::test)}) {
            const auto row = std::find_if(kind().rows.begin(), kind().rows.end(),
                                          [&, key = key](const schema::Row& r) { return r.info.key == key; });
            if (row == kind().rows.end() || row->type != schema::Type::number) continue;
            // 400 documents that are drawn: four standard deviations of a share are at most 0.1. Files of a part of
            // their own, a fifth of them, are set aside first.
            EXPECT_NEAR(shares[static_cast<std::size_t>(part)], one.at(key).get<double>(), 0.2)
                << key << " " << one.dump();
        }
    }
}

TEST_P(EverySplit, APictureGoesToOnePart) {
    const std::vector<std::uint8_t> pixels(4);
    const Picture picture{1, 2, 2, pixels};
    for (const Json& one : settings()) {
        auto split = kind().build(one);
        std::vector<Document> pictures = documents_.all();
        for (Document& document : pictures) {
            document.text = {};
            document.picture = &picture;
        }
        bool fits = true;
        if (split->surveys()) {
            for (const Document& document : pictures) fits = fits && split->survey(document);
            fits = fits && split->settle();
        }
        if (!fits) continue;
        std::uint64_t offset = 0;
        std::array<int, 3> counts{};
        for (const Document& document : pictures) {
            const Part part = part_of(*split, document, offset, pictures.size());
            EXPECT_EQ(part_of(*split, document, offset, pictures.size()), part) << one.dump();
            ++counts[static_cast<std::size_t>(part)];
            offset += document.size();
        }
        EXPECT_EQ(counts[0] + counts[1] + counts[2], static_cast<int>(pictures.size()));
        if (one == kind().complete(Json::object())) {
            EXPECT_GT(counts[0], 0);
            EXPECT_GT(counts[1], 0);
        }
    }
}

INSTANTIATE_TEST_SUITE_P(All, EverySplit, testing::ValuesIn(test::ids_of(splits())), test::id_name);

}  // namespace
}  // namespace gw
