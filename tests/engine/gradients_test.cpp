#include <cmath>

#include "engine/check_gradients.h"
#include "engine/small.h"
#include "model/attention.h"

// Every layer's gradient against central finite differences in float64.
namespace gw {
namespace {

using test::numbers;

using test::check_gradients;

Parameters in_float64(Parameters parameters) {
    for (Parameter& p : parameters) p.tensor.set_data(p.tensor.detach().to(torch::kFloat64));
    return parameters;
}

/// A scalar that depends on every output in a way of its own.
torch::Tensor weigh(const torch::Tensor& y) {
    return (y * torch::sin(torch::arange(y.numel(), torch::kFloat64) + 1).view(y.sizes())).sum();
}

const Pass exact{torch::kFloat64, /*training=*/true};

TEST(Gradients, Linear) {
    const Initialiser init("xavier", 1);
    const Linear layer(init, "linear", 5, 7, true);
    Parameters all;
    layer.list(all);
    all = in_float64(all);
    all.push_back({"x", numbers({3, 5}, 2)});
    check_gradients(all, [&] { return weigh(layer(all.back().tensor, exact)); });
}

TEST(Gradients, Norms) {
    for (const bool rms : {false, true}) {
        const Norm layer("norm", 6, rms, true);
        Parameters all;
        layer.list(all);
        all = in_float64(all);
        all.push_back({"x", numbers({4, 6}, 3)});
        check_gradients(all, [&] { return weigh(layer(all.back().tensor, exact)); });
    }
}

TEST(Gradients, FeedForward) {
    for (const char* activation : {"gelu", "relu", "swiglu"}) {
        const Initialiser init("xavier", 1);
        const FeedForward layer(init, "ff", 4, 8, activation, true, 1.0);
        Parameters all;
        layer.list(all);
        all = in_float64(all);
        all.push_back({"x", numbers({2, 3, 4}, 4)});
        check_gradients(all, [&] { return weigh(layer(all.back().tensor, exact)); });
    }
}

TEST(Gradients, Attention) {
    for (const bool causal : {true, false})
        for (const std::int64_t kv_heads : {4, 2, 1})
            for (const bool rotate : {false, true}) {
                const Initialiser init("xavier", 1);
                const Attention layer(init, "attention", {8, 4, kv_heads, causal, true, 0.0}, 1.0);
                const std::optional<Rotary> rotary = rotate ? std::optional(Rotary::make(5, 2, 100.0)) : std::nullopt;
                Parameters all;
                layer.list(all);
                all = in_float64(all);
                all.push_back({"x", numbers({2, 5, 8}, 5)});
                check_gradients(all, [&] { return weigh(layer(all.back().tensor, rotary, exact)); });
            }
}

class WholeModel : public testing::TestWithParam<const char*> {};

TEST_P(WholeModel, Gradients) {
    const bool masked = std::string(GetParam()).find("masked") != std::string::npos;
    Json settings = Json::parse(GetParam());
    settings.erase("objective");
    const test::LetterTokenizer tokenizer(9);
    const auto backbone = test::small_backbone(settings, tokenizer.vocabulary(), !masked, torch::kFloat64);
    const ObjectiveKind& kind = *find_kind(objectives(), masked ? "masked" : "next_token");
    const auto objective = kind.build({{"kind", kind.card.id}}, ObjectiveInputs{backbone->facts(), &tokenizer, 3});
    Parameters all = backbone->parameters();
    for (const Parameter& p : in_float64(objective->parameters())) all.push_back(p);
    const std::int64_t length = objective->window_length(6);
    std::vector<Token> ids;
    for (std::int64_t i = 0; i < 2 * length; ++i) ids.push_back(static_cast<Token>((i * 5 + i / 3) % 9));
    const Batch batch = objective->feed(test::token_rows(2, length, ids), 11);
    check_gradients(
        all, [&] { return minimised(objective->loss(*backbone, batch, exact), {}); }, 6);
}

INSTANTIATE_TEST_SUITE_P(
    Gradients, WholeModel,
    testing::Values(
        R"({"layers": 2, "width": 8, "heads": 2, "context": 6, "initialisation": "xavier"})",
        R"({"layers": 2, "width": 8, "heads": 4, "kv_heads": 2, "context": 6, "norm": "rms_norm", "positions": "rotary",
                                             "activation": "swiglu", "tied": false, "bias": false,
                                             "initialisation": "he"})",
        R"({"layers": 1, "width": 8, "heads": 2, "context": 6, "norm_place": "post", "positions": "sinusoidal",
                                             "activation": "relu", "initialisation": "lecun"})",
        R"({"objective": "masked", "layers": 1, "width": 8, "heads": 2, "context": 6, "initialisation": "xavier"})"));

}  // namespace
}  // namespace gw
