#include <cmath>

#include "data/shards.h"
#include "engine/small.h"
#include "eval/evaluate.h"
#include "util/rng.h"

namespace gw {
namespace {

constexpr std::int64_t context = 8;
const test::LetterTokenizer letters(9);
const Json settings = {{"layers", 2}, {"width", 16}, {"heads", 2}, {"context", context}};

class EvaluationTest : public testing::TestWithParam<std::tuple<int, int, double>> {
  protected:
    TokenStream stream_of(std::int64_t size) {
        const fs::path file = folder_.path() / "stream.tokens";
        ShardWriter writer = ShardWriter::create(file, letters.vocabulary()).or_throw();
        std::vector<Token> ids;
        Rng rng(5);
        for (std::int64_t i = 0; i < size; ++i) ids.push_back(static_cast<Token>(rng.below(9)));
        writer.add(ids).or_throw();
        writer.count(2 * size, 1);
        writer.finish().or_throw();
        ids_ = {ids.begin(), ids.end()};
        return ShardReader::open(file, letters.vocabulary()).or_throw();
    }

    /// -ln p of token `at`, from a forward pass over [start, at) alone.
    double cost(Backbone& backbone, const Objective& objective, std::int64_t start, std::int64_t at) const {
        const torch::NoGradGuard no_grad;
        const Pass pass{torch::kFloat32, false};
        const std::vector<std::int64_t> seen(ids_.begin() + start, ids_.begin() + at);
        const torch::Tensor features = backbone.features(torch::tensor(seen, torch::kInt64).unsqueeze(0), pass)[0];
        const torch::Tensor logits = objective.logits(features.narrow(0, at - start - 1, 1), pass)[0];
        return -torch::log_softmax(logits.to(torch::kFloat64), 0)[ids_[static_cast<std::size_t>(at)]].item<double>();
    }

    Scratch folder_;
    std::vector<std::int64_t> ids_;
};

TEST_P(EvaluationTest, ScoresEachTokenOnceLikeTheSlowWay) {
    const auto [size, rows, overlap] = GetParam();
    const TokenStream stream = stream_of(size);
    const auto backbone = test::small_backbone(settings, letters.vocabulary(), true);
    const auto objective = find_kind(objectives(), "next_token")->build({{"kind", "next_token"}}, ObjectiveInputs{backbone->facts(), letters, 3});
    EvaluationOptions options;
    options.rows = rows;
    options.overlap = overlap;
    const Evaluation fast = evaluate(*backbone, *objective, stream, {torch::kFloat32, false}, options, {}, {});

    // The first window scores all of its targets; each later one moves on by `step` and sees `context` tokens before its last target.
    const std::int64_t last = size - 1, step = context - static_cast<std::int64_t>(overlap * context);
    double slow = 0;
    std::int64_t window_end = std::min<std::int64_t>(context, last);
    for (std::int64_t at = 1; at <= last; ++at) {
        while (at > window_end) window_end = std::min(window_end + step, last);
        slow += cost(*backbone, *objective, std::max<std::int64_t>(0, window_end - context), at);
    }
    EXPECT_EQ(fast.scored, size - 1);
    EXPECT_NEAR(fast.loss, slow / static_cast<double>(size - 1), 1e-5);
    EXPECT_NEAR(fast.bits_per_byte, fast.loss / std::log(2.0) / 2.0, 1e-9);  // two bytes a token
}

// Sizes below, at and just above whole windows; one row a batch is a case of its own, since views of it are contiguous.
INSTANTIATE_TEST_SUITE_P(Evaluation, EvaluationTest,
                         testing::Combine(testing::Values(5, 9, 17, 18, 40), testing::Values(1, 2, 16), testing::Values(0.0, 0.5)));

TEST(Evaluation, MasksEachWindowTheSameWayEveryTime) {
    Scratch folder;
    ShardWriter writer = ShardWriter::create(folder.path() / "s.tokens", letters.vocabulary()).or_throw();
    writer.add(std::vector<Token>(50, 3)).or_throw();
    writer.count(50, 1);
    writer.finish().or_throw();
    const TokenStream stream = ShardReader::open(folder.path() / "s.tokens", letters.vocabulary()).or_throw();
    const auto backbone = test::small_backbone(settings, letters.vocabulary(), false);
    const ObjectiveKind* kind = find_kind(objectives(), "masked");
    const auto objective = kind->build(kind->complete({{"kind", "masked"}}), ObjectiveInputs{backbone->facts(), letters, 3});
    const Evaluation one = evaluate(*backbone, *objective, stream, {torch::kFloat32, false}, {}, {}, {});
    const Evaluation two = evaluate(*backbone, *objective, stream, {torch::kFloat32, false}, {}, {}, {});
    EXPECT_GT(one.scored, 0);
    EXPECT_EQ(one.loss, two.loss);
}

}  // namespace
}  // namespace gw
