#include "core/curate.h"
#include "data/curation/step.h"
#include "draw.h"
#include "util/text.h"

// What every step of a curation promises, with settings drawn from its own ranges. A new step is covered the day it is
// listed.
namespace gw::test {
namespace {

class EveryCurationStep : public testing::TestWithParam<std::string> {
  protected:
    const CurationKind& kind() const { return *find_kind(curation_kinds(), GetParam()); }
    std::vector<Json> settings() const {
        std::vector<Json> out;
        auto take = [&](Json one) {
            // Lists of words and the like have no default that does something.
            for (const schema::Row& row : kind().rows)
                if (row.type == schema::Type::list && !kind().check(one, "step").empty())
                    one[std::string(row.info.key)] = {"word", "猫"};
            if (kind().check(one, "step").empty()) out.push_back(kind().complete(one));
        };
        const Json first = kind().complete(Json::object());
        take(first);
        std::mt19937_64 rng(5);
        for (const schema::Row& row : kind().rows)
            for (const Json& value : edges(row)) {
                Json one = first;
                one[std::string(row.info.key)] = value;
                take(one);
            }
        for (int i = 0; i < 20; ++i) {
            Json one = first;
            for (const schema::Row& row : kind().rows) one[std::string(row.info.key)] = drawn(row, rng);
            take(one);
        }
        return out;
    }
    static std::vector<std::string> texts() {
        std::vector<std::string> out{"",
                                     "a",
                                     "\n\n\n",
                                     "A word. And another one, of some length;\nwith lines\n\n\n\nand blanks  \n",
                                     "吾輩は猫である。名前はまだ無い。",
                                     "mail me@example.org, +1 555 123 4567, 10.0.0.1, 4111111111111111",
                                     "e\u0301 ﬁ Ａ１ \u00AD\uFEFF",
                                     "สวัสดีชาวโลก и привет, 안녕하세요",
                                     "- item\n- item\n- item\n#tag #tag ...",
                                     std::string(3000, 'x')};
        Rng rng(11);
        for (int i = 0; i < 60; ++i) {
            std::string text;
            for (std::uint64_t k = rng.below(80); k > 0; --k)
                append_utf8(text, static_cast<char32_t>(rng.below(3) ? 32 + rng.below(95) : rng.below(0xD800)));
            out.push_back(text);
        }
        const std::size_t once = out.size();
        for (std::size_t i = 0; i < once; i += 3) out.push_back(out[i]);
        return out;
    }
    std::vector<std::string> taken(const Json& section, const std::vector<std::string>& given) const {
        const PlaceNames names = [](const TextPlace& place) { return "row " + std::to_string(place.row); };
        const auto step = kind().build(section, names).or_throw();
        std::vector<std::string> out;
        std::int64_t row = 0;
        for (const std::string& text : given) {
            CuratedText document{text, {0, ++row}};
            const auto why = step->apply(document);
            EXPECT_FALSE(why && why->text().empty());
            EXPECT_FALSE(first_bad_utf8(document.text)) << section << text;
            out.push_back(why ? "! " + why->text() : document.text);
        }
        for (const auto& [what, count] : step->found()) {
            EXPECT_GE(count, 0);
            EXPECT_FALSE(what.text().empty());
        }
        return out;
    }
};

TEST_P(EveryCurationStep, DoesTheSameWithTheSameDocuments) {
    ASSERT_FALSE(settings().empty());
    for (const Json& one : settings()) EXPECT_EQ(taken(one, texts()), taken(one, texts())) << one;
}

TEST_P(EveryCurationStep, HasNothingMoreToDoWhenItHasBeenDone) {
    // But for steps that a later copy is dropped by, of which each text is its own first then.
    for (const Json& one : settings()) {
        std::vector<std::string> left;
        for (const std::string& text : taken(one, texts()))
            if (!text.starts_with("! ")) left.push_back(text);
        EXPECT_EQ(taken(one, left), left) << one;
    }
}

TEST_P(EveryCurationStep, MakesUtf8WhereItSaysSo) {
    if (!kind().reads_bytes) return;
    Rng rng(3);
    std::vector<std::string> bytes{"\xFF", "\xC3", "a\x80z", "\xED\xA0\x80"};
    for (int i = 0; i < 200; ++i) {
        std::string text;
        for (std::uint64_t k = rng.below(40); k > 0; --k) text += static_cast<char>(1 + rng.below(255));
        bytes.push_back(text);
    }
    for (const Json& one : settings()) {
        const PlaceNames names = [](const TextPlace&) { return std::string(); };
        const auto step = kind().build(one, names).or_throw();
        for (const std::string& text : bytes) {
            CuratedText document{text, {}};
            if (!step->apply(document)) {
                EXPECT_FALSE(first_bad_utf8(document.text)) << one;
            }
        }
    }
}

TEST_P(EveryCurationStep, IsDescribed) {
    EXPECT_FALSE(kind().card.title.empty());
    EXPECT_FALSE(kind().card.summary.empty());
    for (const schema::Row& row : kind().rows) EXPECT_FALSE(row.info.help.empty()) << row.info.key;
}

INSTANTIATE_TEST_SUITE_P(All, EveryCurationStep, testing::ValuesIn(ids_of(curation_kinds())), id_name);

}  // namespace
}  // namespace gw::test
