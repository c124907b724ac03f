#include "train/message/row_words.h"

#include <gtest/gtest.h>
#include <torch/types.h>

namespace gw {
namespace {

Example labelled(std::vector<std::int32_t> classes) {
    Example out;
    out.classes = std::move(classes);
    return out;
}

TEST(RowWords, TellOneClassWithItsProbability) {
    // Names that hold what a probability is written in.
    const LabelFacts labels{LabelKind::one_class, {"cat", "cat (wild)", "cat (93 %)"}, {1, 1, 1}, 3, 0, 1};
    const torch::Tensor said = torch::tensor({{0.05F, 0.93F, 0.02F}});
    EXPECT_EQ(guess_text(said, labels), "cat (wild)");
    EXPECT_EQ(said_text(said, labels), "cat (wild) (93.0 %)");
    EXPECT_FALSE(is_wrong(said, labelled({1}), labels.kind));
    EXPECT_TRUE(is_wrong(said, labelled({0}), labels.kind));
    EXPECT_TRUE(is_wrong(torch::tensor({{0.93F, 0.04F, 0.03F}}), labelled({2}), labels.kind));
}

TEST(RowWords, TellASetByWhatIsLikelierThanNot) {
    const LabelFacts labels{LabelKind::class_set, {"old", "small (1 %)", "red"}, {1, 1, 1}, 3, 0, 1};
    const torch::Tensor said = torch::tensor({{0.9F, 0.6F, 0.4F}}), none = torch::tensor({{0.1F, 0.2F, 0.3F}});
    EXPECT_EQ(guess_text(said, labels), "old, small (1 %)");
    EXPECT_EQ(said_text(said, labels), guess_text(said, labels));
    EXPECT_FALSE(is_wrong(said, labelled({0, 1}), labels.kind));
    EXPECT_TRUE(is_wrong(said, labelled({0}), labels.kind));
    EXPECT_EQ(guess_text(none, labels), "none");
    EXPECT_FALSE(is_wrong(none, labelled({}), labels.kind));
}

TEST(RowWords, WordsPastTheContextAreNotJudged) {
    const LabelFacts labels{LabelKind::word_classes, {"O", "NAME"}, {1, 1}, 2, 0, 1};
    const torch::Tensor said = torch::tensor({{0.2F, 0.8F}, {0.7F, 0.3F}});
    EXPECT_EQ(guess_text(said, labels), "NAME O");
    EXPECT_FALSE(is_wrong(said, labelled({1, 0, 1}), labels.kind));
    EXPECT_TRUE(is_wrong(said, labelled({1, 1, 1}), labels.kind));
}

TEST(RowWords, NumbersAreNeverWrong) {
    const LabelFacts labels{LabelKind::number, {}, {}, 2, 0, 1};
    Example example;
    example.value = 7;
    EXPECT_EQ(guess_text(torch::tensor({{2.5F}}), labels), "2.500");
    EXPECT_FALSE(is_wrong(torch::tensor({{2.5F}}), example, labels.kind));
}

}  // namespace
}  // namespace gw
