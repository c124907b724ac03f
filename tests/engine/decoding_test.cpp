#include <gtest/gtest.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/small.h"
#include "eval/generate.h"
#include "util/rng.h"

// Text that is written with what a decoder keeps is the text that reading everything anew gives.
namespace gw {
namespace {

const test::LetterTokenizer nine_letters(9);
constexpr std::int64_t decoded_context = 16;

/// The same model, which reads the whole text for every token.
class ReadingAnew final : public Backbone {
  public:
    explicit ReadingAnew(Backbone& model) : model_(model) {}
    Features features(const Batch& batch, const Pass& pass) override { return model_.features(batch, pass); }
    BackboneFacts facts() const override { return model_.facts(); }
    Parameters parameters() const override { return model_.parameters(); }

  private:
    Backbone& model_;
};

Json settings_with(const Json& some) {
    Json all = {{"layers", 3}, {"width", 32}, {"heads", 4}, {"context", decoded_context}, {"initialisation", "he"}};
    all.update(some);
    return all;
}

std::vector<Json> every_sort() {
    std::vector<Json> out;
    for (const char* positions : {"learned", "sinusoidal", "rotary", "none"})
        for (const std::int64_t kv_heads : {0, 2, 1})
            out.push_back(settings_with({{"positions", positions}, {"kv_heads", kv_heads}}));
    out.push_back(settings_with({{"norm_place", "post"}, {"positions", "rotary"}}));
    out.push_back(settings_with({{"norm", "rms_norm"}, {"activation", "swiglu"}, {"bias", false}, {"layers", 1}}));
    out.push_back(settings_with({{"tied", false}, {"dropout", 0.5}, {"embedding_scale", "root_of_width"}}));
    return out;
}

std::unique_ptr<Objective> next_token(const Backbone& backbone) {
    return find_kind(objectives(), "next_token")
        ->build(Json::parse(R"({"kind": "next_token"})"), ObjectiveInputs{backbone.facts(), &nine_letters, 3});
}

torch::Tensor some_ids(std::int64_t count) {
    std::vector<std::int64_t> ids(static_cast<std::size_t>(count));
    for (std::int64_t i = 0; i < count; ++i) ids[static_cast<std::size_t>(i)] = (i * 7 + i * i / 3) % 9;
    return torch::tensor(ids, torch::kInt64);
}

torch::Tensor last_feature(Backbone& backbone, const torch::Tensor& ids_T, const Pass& pass = {}) {
    const torch::InferenceMode inference;
    return backbone.features(Batch::of_tokens(ids_T.unsqueeze(0)), pass)
        .sequence_BTD[0]
        .narrow(0, ids_T.size(0) - 1, 1);
}

TEST(Decoding, FeaturesAreThoseOfTheWholeText) {
    for (const Json& settings : every_sort()) {
        SCOPED_TRACE(settings.dump());
        const auto backbone = test::small_backbone(settings, nine_letters.vocabulary(), true);
        const auto decoder = backbone->decoder({}).or_throw();
        const torch::Tensor ids = some_ids(decoded_context);
        for (int round = 0; round < 2; ++round) {  // what was forgotten leaves no trace
            std::int64_t at = 0;
            for (const std::int64_t count : {5, 1, 1, 4, 5}) {
                const torch::Tensor found = decoder->read(ids.narrow(0, at, count));
                at += count;
                EXPECT_EQ(decoder->length(), at);
                const torch::Tensor wanted = last_feature(*backbone, ids.narrow(0, 0, at));
                ASSERT_EQ(found.sizes(), wanted.sizes());
                EXPECT_LT((found - wanted).abs().max().item<double>(), 5e-5);
            }
            EXPECT_THROW((void)decoder->read(some_ids(1)), c10::Error);
            decoder->begin_anew();
            EXPECT_EQ(decoder->length(), 0);
        }
    }
}

TEST(Decoding, TheTextIsTheSameWithinAndBeyondTheContext) {
    for (const Json& settings : every_sort()) {
        SCOPED_TRACE(settings.dump());
        const auto backbone = test::small_backbone(settings, nine_letters.vocabulary(), true);
        const auto objective = next_token(*backbone);
        ReadingAnew plain(*backbone);
        for (const std::int64_t begin : {0, 1, 5, 16, 30})
            for (const double temperature : {0.0, 1.0}) {
                SamplingOptions options;
                options.tokens = 24;
                options.temperature = temperature;
                options.seed = 11;
                options.stop_at_separator = false;
                std::vector<Token> prompt;
                for (std::int64_t i = 0; i < begin; ++i) prompt.push_back(static_cast<Token>(i * i % 9));
                const auto text = [&](Backbone& model) {
                    return continue_tokens(model, *objective, prompt, nine_letters.separator(), options, {},
                                           torch::kCPU, {});
                };
                const std::vector<Token> kept = text(*backbone);
                EXPECT_EQ(kept.size(), 24U);
                EXPECT_EQ(kept, text(plain)) << begin << " tokens, temperature " << temperature;
            }
    }
}

TEST(Decoding, KeepsToTheComputeDtype) {
    const auto backbone = test::small_backbone(settings_with({{"positions", "rotary"}, {"kv_heads", 2}}),
                                               nine_letters.vocabulary(), true);
    const Pass pass{.compute = torch::kBFloat16};
    const auto decoder = backbone->decoder(pass).or_throw();
    (void)decoder->read(some_ids(7));
    const torch::Tensor ids = some_ids(8), found = decoder->read(ids.narrow(0, 7, 1));
    EXPECT_EQ(found.scalar_type(), torch::kBFloat16);
    EXPECT_LT((found - last_feature(*backbone, ids, pass)).to(torch::kFloat32).abs().max().item<double>(), 0.15);
}

TEST(Decoding, SeesAdapters) {
    const auto backbone = test::small_backbone(settings_with(Json::object()), nine_letters.vocabulary(), true);
    const torch::Tensor ids = some_ids(6), before = last_feature(*backbone, ids);
    (void)backbone->adapt({.rank = 2, .projections = {"qkv", "out", "up", "down", "tokens"}}, 5);
    for (const Parameter& parameter : backbone->parameters())
        if (parameter.name.ends_with(".lora_b")) {
            const torch::NoGradGuard no_grad;
            parameter.tensor.fill_(0.05);
        }
    const torch::Tensor wanted = last_feature(*backbone, ids);
    ASSERT_GT((wanted - before).abs().max().item<double>(), 1e-2);
    EXPECT_LT((backbone->decoder({}).or_throw()->read(ids) - wanted).abs().max().item<double>(), 5e-5);
}

TEST(Decoding, IsRefusedWithAReason) {
    const auto both_sides = test::small_backbone(settings_with({{"attention", "bidirectional"}}), 11, true);
    const auto refused = both_sides->decoder({});
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message.find("both sides"), std::string::npos);
    EXPECT_FALSE(refused.error().hint.empty());
    ReadingAnew plain(*both_sides);
    EXPECT_FALSE(plain.decoder({}));
}

TEST(Decoding, RoomGrowsWithTheText) {
    const auto backbone =
        test::small_backbone(settings_with({{"context", 300}, {"layers", 2}}), nine_letters.vocabulary(), true);
    const auto decoder = backbone->decoder({}).or_throw();
    const torch::Tensor ids = some_ids(300);
    torch::Tensor found;
    for (std::int64_t i = 0; i < 300; ++i) found = decoder->read(ids.narrow(0, i, 1));
    EXPECT_LT((found - last_feature(*backbone, ids)).abs().max().item<double>(), 1e-4);
}

/// The draw as its definition reads: everything put in order first.
Token drawn_by_sorting(const std::vector<float>& logits, const SamplingOptions& options, double uniform) {
    std::vector<Token> order(logits.size());
    std::iota(order.begin(), order.end(), Token{0});
    auto logit = [&](Token id) { return logits[static_cast<std::size_t>(id)]; };
    std::stable_sort(order.begin(), order.end(), [&](Token a, Token b) { return logit(a) > logit(b); });
    if (options.top_k > 0) order.resize(std::min(order.size(), static_cast<std::size_t>(options.top_k)));
    std::vector<double> weights;
    for (const Token id : order) weights.push_back(std::exp((logit(id) - logit(order.front())) / options.temperature));
    double total = std::accumulate(weights.begin(), weights.end(), 0.0);
    if (options.top_p < 1) {
        double kept = 0;
        std::size_t count = 0;
        while (count < weights.size() && kept < options.top_p * total) kept += weights[count++];
        weights.resize(std::max<std::size_t>(1, count));
        total = std::max(kept, weights.front());
    }
    double left = uniform * total;
    for (std::size_t i = 0; i < weights.size(); ++i)
        if ((left -= weights[i]) < 0) return order[i];
    return order[weights.size() - 1];
}

TEST(Generation, DrawsAsIfAllWerePutInOrder) {
    Rng rng(3);
    for (const std::size_t size : {1U, 5U, 64U, 65U, 1000U})
        for (int round = 0; round < 40; ++round) {
            std::vector<float> logits(size);
            for (float& logit : logits) logit = static_cast<float>(rng.below(40)) / 4.0F;  // many are equal
            SamplingOptions options;
            options.temperature = round % 4 == 0 ? 5.0 : 0.7;
            options.top_k = round % 3 == 0 ? 70 : 0;
            options.top_p = round % 2 == 0 ? 0.9 : 1.0;
            const double uniform = round == 0 ? 0.999999 : rng.uniform();
            EXPECT_EQ(draw_token(torch::tensor(logits), options, uniform), drawn_by_sorting(logits, options, uniform));
        }
}

}  // namespace
}  // namespace gw
