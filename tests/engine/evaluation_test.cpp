#include <cmath>

#include "data/text/shards.h"
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
        writer.count(size, 1);
        writer.finish().or_throw();
        ids_ = {ids.begin(), ids.end()};
        return ShardReader::open(file, letters.vocabulary()).or_throw();
    }

    /// -ln p of token `at`, from a forward pass over [start, at) alone.
    double cost(Backbone& backbone, const Objective& objective, std::int64_t start, std::int64_t at) const {
        const torch::NoGradGuard no_grad;
        const Pass pass{torch::kFloat32, false};
        const std::vector<std::int64_t> seen(ids_.begin() + start, ids_.begin() + at);
        const torch::Tensor features =
            test::sequence(backbone, torch::tensor(seen, torch::kInt64).unsqueeze(0), pass)[0];
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
    const auto objective = find_kind(objectives(), "next_token")
                               ->build({{"kind", "next_token"}}, ObjectiveInputs{backbone->facts(), &letters, 3});
    EvaluationOptions options;
    options.rows = rows;
    options.overlap = overlap;
    const Evaluation fast = evaluate(*backbone, *objective, letters, stream, {torch::kFloat32, false}, options, {}, {});

    // The first window scores all of its targets; each later one moves on by `step` and sees `context` tokens before
    // its last target.
    const std::int64_t last = size - 1, step = context - static_cast<std::int64_t>(overlap * context);
    double slow = 0;
    std::int64_t window_end = std::min<std::int64_t>(context, last);
    for (std::int64_t at = 1; at <= last; ++at) {
        while (at > window_end) window_end = std::min(window_end + step, last);
        slow += cost(*backbone, *objective, std::max<std::int64_t>(0, window_end - context), at);
    }
    EXPECT_EQ(fast.scored, size - 1);
    EXPECT_NEAR(fast.loss, slow / static_cast<double>(size - 1), 1e-5);
    EXPECT_NEAR(fast.bits_per_byte, fast.loss / std::log(2.0), 1e-9);  // a byte a token
}

// Sizes below, at and just above whole windows; one row a batch is a case of its own, since views of it are contiguous.
INSTANTIATE_TEST_SUITE_P(Evaluation, EvaluationTest,
                         testing::Combine(testing::Values(5, 9, 17, 18, 40), testing::Values(1, 2, 16),
                                          testing::Values(0.0, 0.5)));

/// Letters of different lengths: "a", "bb", "ccc", ...
class LongLetters final : public Tokenizer {
  public:
    std::string kind() const override { return "long letters"; }
    Token vocabulary() const override { return 11; }
    Token separator() const override { return 9; }
    Token mask() const override { return 10; }
    Status encode(std::string_view, std::vector<Token>&) const override { return {}; }
    std::string decode(std::span<const Token> ids) const override {
        std::string out;
        for (const Token id : ids)
            out += id < 9 ? std::string(static_cast<std::size_t>(id) + 1, static_cast<char>('a' + id)) : "??";
        return out;
    }
    std::string piece(Token id) const override { return std::to_string(id); }
    bool starts_word(Token, Token) const override { return false; }
    Json state() const override { return {{"kind", "long letters"}}; }
};

TokenStream stream_in(const Scratch& folder, const std::vector<Token>& ids, std::int64_t bytes) {
    ShardWriter writer = ShardWriter::create(folder / "s.tokens", letters.vocabulary()).or_throw();
    writer.add(ids).or_throw();
    writer.count(bytes, 1);
    writer.finish().or_throw();
    return ShardReader::open(folder / "s.tokens", letters.vocabulary()).or_throw();
}

TEST(Evaluation, BitsPerByteAreThoseOfTheTextThatWasScored) {
    const Scratch folder;
    const LongLetters tokenizer;
    // Short letters, a separator, then long ones: the beginning has few bytes a token, the whole many.
    std::vector<Token> ids{0, 1, 0, 2, 9};
    std::int64_t bytes = 1 + 2 + 1 + 3;
    for (int i = 0; i < 30; ++i) ids.push_back(8);
    bytes += 30 * 9;
    const TokenStream stream = stream_in(folder, ids, bytes);
    const auto backbone = test::small_backbone(settings, letters.vocabulary(), true);
    const auto objective = find_kind(objectives(), "next_token")
                               ->build({{"kind", "next_token"}}, ObjectiveInputs{backbone->facts(), &letters, 3});
    auto found = [&](std::int64_t tokens) {
        EvaluationOptions options;
        options.tokens = tokens;
        return evaluate(*backbone, *objective, tokenizer, stream, {torch::kFloat32, false}, options, {}, {});
    };
    // Of the first six tokens five are scored, which stand for "bb", "a", "ccc", nothing, and nine letters.
    const Evaluation part = found(6), whole = found(0);
    EXPECT_EQ(part.scored, 5);
    EXPECT_NEAR(part.nats_per_byte, 5 * part.loss / (2 + 1 + 3 + 9), 1e-12);
    EXPECT_NEAR(part.bits_per_byte, part.nats_per_byte / std::log(2.0), 1e-12);
    EXPECT_NEAR(whole.nats_per_byte, 34 * whole.loss / static_cast<double>(bytes - 1), 1e-12);
    EXPECT_EQ(text_bytes(tokenizer, stream, 0, stream.size()), bytes);
}

TEST(Evaluation, IsTheSameForEveryNumberOfRows) {
    const Scratch folder;
    std::vector<Token> ids;
    Rng rng(5);
    for (int i = 0; i < 157; ++i) ids.push_back(static_cast<Token>(rng.below(9)));
    const TokenStream stream = stream_in(folder, ids, 157);
    for (const ObjectiveKind& kind : objectives()) {
        const auto needs = [&](const char* what) {
            return std::find(kind.needs.begin(), kind.needs.end(), what) != kind.needs.end();
        };
        if (needs("image") || needs(value_rows) || needs("windows of series")) continue;  // has no stream
        const auto backbone = test::small_backbone(settings, letters.vocabulary(), kind.causal);
        LabelFacts labels{LabelKind::one_class, {"a", "b"}, {1, 1}, 2, 0, 1};
        const auto objective =
            kind.build(kind.complete(Json::object()), ObjectiveInputs{backbone->facts(), &letters, 3, labels});
        if (objective->labels() != LabelKind::none) continue;
        for (const double overlap : {0.0, 0.4})
            for (const std::int64_t tokens : {0, 61}) {
                std::optional<Evaluation> first;
                for (const std::int64_t rows : {1, 2, 3, 16}) {
                    EvaluationOptions options;
                    options.rows = rows;
                    options.overlap = overlap;
                    options.tokens = tokens;
                    const Evaluation found =
                        evaluate(*backbone, *objective, letters, stream, {torch::kFloat32, false}, options, {}, {});
                    if (!first) first = found;
                    EXPECT_GT(found.scored, 0);
                    EXPECT_EQ(found.scored, first->scored) << kind.card.id << " rows " << rows;
                    EXPECT_NEAR(found.loss, first->loss, 1e-6)
                        << kind.card.id << " rows " << rows << " overlap " << overlap;
                    EXPECT_EQ(found.accuracy, first->accuracy) << kind.card.id << " rows " << rows;
                }
            }
    }
}

TEST(Evaluation, LogitsMadeInPartsAreTheSame) {
    torch::manual_seed(3);
    const torch::Tensor features = torch::randn({2, 20, 4}), weight = torch::randn({300000, 4});
    Batch batch;
    batch.set(array::targets, torch::randint(0, 300000, {2, 20}, torch::kInt64));
    batch.count();
    const torch::Tensor whole = torch::matmul(features.flatten(0, 1), weight.t());
    for (const torch::Dtype compute : {torch::kFloat32, torch::kBFloat16}) {
        const Measures found = measures_of_counted(features, batch, {weight}, {.compute = compute});
        EXPECT_NEAR(found.losses_N.sum().item<double>(),
                    cross_entropy_sum(whole, batch[array::targets].flatten()).item<double>(),
                    compute == torch::kFloat32 ? 1e-2 : 3.0);
        EXPECT_EQ(found.losses_N.size(0), 40);
    }
}

TEST(Evaluation, MasksEachWindowTheSameWayEveryTime) {
    Scratch folder;
    ShardWriter writer = ShardWriter::create(folder.path() / "s.tokens", letters.vocabulary()).or_throw();
    writer.add(std::vector<Token>(50, 3)).or_throw();
    writer.count(50, 1);
    writer.finish().or_throw();
    const TokenStream stream = ShardReader::open(folder.path() / "s.tokens", letters.vocabulary()).or_throw();
    const auto backbone = test::small_backbone(settings, letters.vocabulary(), false);
    const ObjectiveKind* kind = find_kind(objectives(), "masked");
    const auto objective =
        kind->build(kind->complete({{"kind", "masked"}}), ObjectiveInputs{backbone->facts(), &letters, 3});
    const Evaluation one = evaluate(*backbone, *objective, letters, stream, {torch::kFloat32, false}, {}, {}, {});
    const Evaluation two = evaluate(*backbone, *objective, letters, stream, {torch::kFloat32, false}, {}, {}, {});
    EXPECT_GT(one.scored, 0);
    EXPECT_EQ(one.loss, two.loss);
}

}  // namespace
}  // namespace gw
