#include "eval/class_prompts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tokenize/catalog.h"

namespace gw {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// Captions of one byte a token; the picture of a row is the number of its document.
class Captions final : public ExampleRows {
  public:
    explicit Captions(std::vector<std::string> texts) : texts_(std::move(texts)) {}
    std::int64_t units(const Example&) const override { return 1; }
    HostBatch rows(const std::vector<const Example*>& examples) const override {
        HostBatch out;
        out.rows = static_cast<std::int64_t>(examples.size());
        std::size_t longest = 1;
        for (const Example* example : examples) longest = std::max(longest, text(*example).size());
        HostArray tokens(HostArray::Type::i32, {out.rows, static_cast<std::int64_t>(longest)}),
            images(HostArray::Type::u8, {out.rows, 1, 1, 1});
        for (std::size_t row = 0; row < examples.size(); ++row) {
            const std::string& words = text(*examples[row]);
            std::copy(words.begin(), words.end(), tokens.values<std::int32_t>() + row * longest);
            images.values<std::uint8_t>()[row] = static_cast<std::uint8_t>(examples[row]->row);
            out.lengths.push_back(static_cast<std::int64_t>(words.size()));
        }
        out.arrays.emplace(array::tokens, std::move(tokens));
        out.arrays.emplace(array::image, std::move(images));
        return out;
    }

  private:
    const std::string& text(const Example& example) const { return texts_[static_cast<std::size_t>(example.row)]; }
    std::vector<std::string> texts_;
};

struct Asked {
    ExampleTable table;
    std::unique_ptr<Tokenizer> tokenizer = find_kind(tokenizers(), "bytes")->from_state(Json()).or_throw();

    Asked(std::vector<std::string> classes, const std::vector<std::int32_t>& of_row) {
        table.kind = LabelKind::one_class;
        table.classes = std::move(classes);
        for (std::size_t i = 0; i < of_row.size(); ++i) {
            Example example;
            example.row = static_cast<std::int64_t>(i);
            example.classes = {of_row[i]};
            table.examples.push_back(example);
        }
    }
    ClassPrompts prompts(const Captions& captions, PromptLimits limits = {.prompts = 100, .tokens = 100}) const {
        std::vector<const Example*> templates;
        for (const Example& example : table.examples) templates.push_back(&example);
        return class_prompts(table, templates, captions, *tokenizer, limits).or_throw();
    }
    std::vector<std::string> texts(const ClassPrompts& prompts) const {
        std::vector<const Example*> all;
        for (const Example& example : prompts.examples) all.push_back(&example);
        if (all.empty()) return {};
        const HostBatch batch = prompts.rows->rows(all);
        std::vector<std::string> out;
        for (std::int64_t row = 0; row < batch.rows; ++row) {
            std::vector<Token> ids;
            for (std::int64_t at = 0; at < batch.lengths[static_cast<std::size_t>(row)]; ++at)
                ids.push_back(batch.token(row, at));
            out.push_back(tokenizer->decode(ids));
        }
        return out;
    }
};

TEST(ClassPrompts, DifferByTheNameOfTheClassAlone) {
    const Asked asked({"ring", "star shape"}, {0, 1, 0});
    const Captions captions({"a red Ring, striped", "one star shape", "springs, but no such word"});
    const ClassPrompts prompts = asked.prompts(captions);
    EXPECT_THAT(asked.texts(prompts),
                ElementsAre("a red ring, striped", "a red star shape, striped", "one ring", "one star shape"));
    std::vector<std::int32_t> classes;
    for (const Example& example : prompts.examples) classes.push_back(example.classes.at(0));
    EXPECT_THAT(classes, ElementsAre(0, 1, 0, 1));
    EXPECT_THAT(prompts.right, ElementsAre(0, 1)) << "the third names no class";
    const HostBatch some = prompts.rows->rows({&prompts.examples[3], &prompts.examples[0]});
    EXPECT_EQ(some.arrays.at(array::image).values<std::uint8_t>()[0], 1) << "the template's picture";
    EXPECT_EQ(some.arrays.at(array::image).values<std::uint8_t>()[1], 0);
}

TEST(ClassPrompts, AreCutLikeCaptionsAndNoMoreThanAskedFor) {
    const Asked asked({"a", "b", "c"}, {0, 1, 2});
    const Captions captions({"a one", "b two", "c three"});
    EXPECT_THAT(asked.texts(asked.prompts(captions, {.prompts = 7, .tokens = 3})),
                ElementsAre("a o", "b o", "c o", "a t", "b t", "c t"));
}

TEST(ClassPrompts, ThereAreNoneWhereCaptionsNameNoClass) {
    EXPECT_THAT(Asked({"7", "8"}, {0, 1}).prompts(Captions({"seven", "eight 88"})).examples, IsEmpty());
    EXPECT_THAT(Asked({}, {}).prompts(Captions({})).examples, IsEmpty());
}

}  // namespace
}  // namespace gw
