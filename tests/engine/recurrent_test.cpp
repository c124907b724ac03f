#include "model/recurrent.h"

#include <gtest/gtest.h>
#include <torch/types.h>

#include <cmath>
#include <map>

#include "adapt/parent_fit.h"
#include "model/catalog.h"
#include "spec/backbone_size.h"
#include "spec/run_spec.h"

// Recurrent layers against their equations written out, value by value, and a network of them against itself.
namespace gw {
namespace {

constexpr std::int64_t in = 3, hidden = 4, rows = 2, time_steps = 5;

double sigmoid(double x) {
    return 1 / (1 + std::exp(-x));
}

class Recurrent : public testing::TestWithParam<std::string> {
  protected:
    Recurrent() : layer_(Initialiser("lecun", 3), "layer", GetParam(), in, hidden) {
        layer_.list(parameters_);
        torch::manual_seed(2);
        x_ = torch::randn({rows, time_steps, in}, torch::kFloat64);
        const torch::NoGradGuard no_grad;
        parameters_[2].tensor.normal_();
    }
    double weight(std::size_t which, std::int64_t i, std::int64_t j) const {
        return parameters_[which].tensor[i][j].item<double>();
    }
    /// What goes into a gate before its function: the part of the input with the bias, and the part of the state.
    std::pair<double, double> sums(std::int64_t row, std::int64_t t, std::int64_t gate, std::int64_t unit,
                                   const std::vector<double>& state) const {
        const std::int64_t at = gate * hidden + unit;
        double of_input = parameters_[2].tensor[at].item<double>(), of_state = 0;
        for (std::int64_t j = 0; j < in; ++j) of_input += weight(0, at, j) * x_[row][t][j].item<double>();
        for (std::int64_t j = 0; j < hidden; ++j) of_state += weight(1, at, j) * state[static_cast<std::size_t>(j)];
        return {of_input, of_state};
    }
    RecurrentLayer layer_;
    Parameters parameters_;
    torch::Tensor x_;
};

TEST_P(Recurrent, FollowsItsEquations) {
    RecurrentState state;
    const torch::Tensor out = layer_(x_, state);
    ASSERT_EQ(out.sizes(), (std::vector<std::int64_t>{rows, time_steps, hidden}));
    for (std::int64_t row = 0; row < rows; ++row) {
        std::vector<double> h(hidden), c(hidden);
        for (std::int64_t t = 0; t < time_steps; ++t) {
            std::vector<double> next(hidden);
            for (std::int64_t u = 0; u < hidden; ++u) {
                const auto k = static_cast<std::size_t>(u);
                const auto gate = [&](std::int64_t g) { return sums(row, t, g, u, h); };
                const auto whole = [&](std::int64_t g) { return gate(g).first + gate(g).second; };
                if (GetParam() == "elman") {
                    next[k] = std::tanh(whole(0));
                } else if (GetParam() == "gru") {
                    const double reset = sigmoid(whole(0)), update = sigmoid(whole(1)),
                                 fresh = std::tanh(gate(2).first + reset * gate(2).second);
                    next[k] = (1 - update) * fresh + update * h[k];
                } else {
                    c[k] = sigmoid(whole(1)) * c[k] + sigmoid(whole(0)) * std::tanh(whole(2));
                    next[k] = sigmoid(whole(3)) * std::tanh(c[k]);
                }
            }
            h = next;
            for (std::int64_t u = 0; u < hidden; ++u)
                EXPECT_NEAR(out[row][t][u].item<double>(), h[static_cast<std::size_t>(u)], 1e-6) << row << t << u;
        }
    }
}

TEST_P(Recurrent, ACarriedStateEqualsOneLongSequence) {
    RecurrentState whole, parts;
    const torch::Tensor at_once = layer_(x_, whole);
    const torch::Tensor first = layer_(x_.narrow(1, 0, 2), parts), rest = layer_(x_.narrow(1, 2, 3), parts);
    EXPECT_TRUE(torch::allclose(torch::cat({first, rest}, 1), at_once, 1e-12, 1e-12));
    EXPECT_TRUE(torch::allclose(whole.hidden, parts.hidden, 1e-12, 1e-12));
}

TEST_P(Recurrent, GradientsAreThoseOfFiniteDifferences) {
    const torch::Tensor towards = torch::randn({rows, time_steps, hidden}, torch::kFloat64);
    const auto loss = [&] {
        RecurrentState state;
        return (layer_(x_, state) * towards).sum();
    };
    for (const Parameter& p : parameters_) p.tensor.mutable_grad() = torch::Tensor();
    loss().backward();
    const torch::NoGradGuard no_grad;
    constexpr double apart = 1e-2;  // weights are float32
    for (const Parameter& p : parameters_) {
        torch::Tensor flat = p.tensor.view({-1});
        for (std::int64_t i = 0; i < flat.size(0); i += 5) {
            const float before = flat[i].item<float>();
            flat[i] = before + apart;
            const double above = loss().item<double>();
            flat[i] = before - apart;
            const double below = loss().item<double>();
            flat[i] = before;
            EXPECT_NEAR(p.tensor.grad().view({-1})[i].item<double>(), (above - below) / (2 * apart), 5e-3)
                << p.name << " " << i;
        }
    }
}

TEST_P(Recurrent, AStateBeginsToLastAsLongAsItIsTold) {
    constexpr std::int64_t span = 100;
    const RecurrentLayer layer(Initialiser("lecun", 3), "layer", GetParam(), in, 64, span);
    Parameters found;
    layer.list(found);
    const torch::Tensor bias = found[2].tensor.detach();
    EXPECT_TRUE(found[2].tensor.is_leaf());
    if (GetParam() == "elman") {
        EXPECT_EQ(bias.abs().max().item<double>(), 0);
        return;
    }
    const torch::Tensor keeps = bias.narrow(0, 64, 64);  // of the forget gate, or of the update gate
    EXPECT_GE(keeps.min().item<double>(), 0);
    EXPECT_LE(keeps.max().item<double>(), std::log(span - 1));
    EXPECT_GT(keeps.exp().std().item<double>(), 15) << "spans of all lengths";
    EXPECT_GT(keeps.exp().max().item<double>(), 80);
    if (GetParam() == "lstm") {
        EXPECT_TRUE(bias.narrow(0, 0, 64).equal(-keeps)) << "what is kept takes in little";
    }
}

INSTANTIATE_TEST_SUITE_P(Cells, Recurrent, testing::Values("lstm", "gru", "elman"),
                         [](const auto& info) { return info.param; });

std::unique_ptr<Backbone> network(const char* direction, const std::string& cell = "lstm") {
    BackboneInputs inputs;
    inputs.input.tokens = TokensInput{11};
    inputs.causal = std::string(direction) == "forward";
    return rnn_kind().build(
        rnn_kind().complete({{"direction", direction}, {"cell", cell}, {"layers", 2}, {"width", 8}, {"context", 9}}),
        inputs);
}

class RecurrentNetworkOf : public testing::TestWithParam<std::string> {};

TEST_P(RecurrentNetworkOf, PackedAndUnpackedRowsGiveTheSame) {
    for (const char* direction : {"forward", "both"}) {
        const auto backbone = network(direction, GetParam());
        torch::manual_seed(6);
        const torch::Tensor ids = torch::randint(11, {3, 9}, torch::kInt64), towards = torch::randn({3, 9, 8});
        const std::vector<std::int64_t> lengths{9, 4, 1};
        torch::Tensor valid = torch::zeros({3, 9}, torch::kBool);
        for (std::int64_t i = 0; i < 3; ++i) valid[i].narrow(0, 0, lengths[static_cast<std::size_t>(i)]).fill_(true);
        Batch padded = Batch::of_tokens(ids);
        padded.set(array::valid, valid);
        const auto gradients = [&] {
            std::vector<torch::Tensor> out;
            for (const Parameter& p : backbone->parameters()) {
                out.push_back(p.tensor.grad().clone());
                p.tensor.mutable_grad() = torch::Tensor();
            }
            return out;
        };
        const torch::Tensor together = backbone->features(padded, {}).sequence_BTD;
        (together * towards * valid.unsqueeze(2)).sum().backward();
        const std::vector<torch::Tensor> of_all = gradients();
        for (std::int64_t i = 0; i < 3; ++i) {
            const std::int64_t length = lengths[static_cast<std::size_t>(i)];
            const torch::Tensor alone =
                backbone->features(Batch::of_tokens(ids[i].narrow(0, 0, length).unsqueeze(0)), {}).sequence_BTD[0];
            EXPECT_TRUE(torch::allclose(together[i].narrow(0, 0, length), alone, 1e-5, 1e-6)) << direction << i;
            (alone * towards[i].narrow(0, 0, length)).sum().backward();  // adds up over the rows
        }
        const std::vector<torch::Tensor> of_each = gradients();
        ASSERT_EQ(of_all.size(), of_each.size());
        for (std::size_t i = 0; i < of_all.size(); ++i) {
            EXPECT_GT(of_all[i].abs().max().item<double>(), 0);
            EXPECT_TRUE(torch::allclose(of_all[i], of_each[i], 1e-4, 1e-5))
                << direction << " " << backbone->parameters()[i].name;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Cells, RecurrentNetworkOf, testing::Values("lstm", "gru", "elman"),
                         [](const auto& info) { return info.param; });

TEST(RecurrentNetwork, WritingTokenByTokenReadsWhatItWouldReadAtOnce) {
    const auto backbone = network("forward");
    const torch::Tensor ids = torch::randint(11, {9}, torch::kInt64);
    const torch::InferenceMode inference;
    const torch::Tensor whole = backbone->features(Batch::of_tokens(ids.unsqueeze(0)), {}).sequence_BTD[0];
    const auto decoder = backbone->decoder({}).or_throw();
    EXPECT_TRUE(torch::allclose(decoder->read(ids.narrow(0, 0, 4))[0], whole[3], 1e-5, 1e-6));
    for (std::int64_t i = 4; i < 9; ++i)
        EXPECT_TRUE(torch::allclose(decoder->read(ids.narrow(0, i, 1))[0], whole[i], 1e-5, 1e-6)) << i;
    EXPECT_EQ(decoder->length(), 9);
    decoder->begin_anew();
    EXPECT_TRUE(torch::allclose(decoder->read(ids.narrow(0, 0, 2))[0], whole[1], 1e-5, 1e-6));
    EXPECT_FALSE(network("both")->decoder({})) << "from both ends nothing can be written";
}

TEST(RecurrentNetwork, ItsCheckpointFitsWhateverSettlesItsDirectionAlike) {
    Json parent =
        overlay_spec(default_spec(), {{"backbone", {{"kind", "rnn"}}}, {"objective", {{"kind", "next_token"}}}});
    Json child = parent;
    child["backbone"] = settled_backbone(parent);
    EXPECT_EQ(child["backbone"]["direction"], "forward");
    EXPECT_TRUE(fits_parent(child, parent)) << "as a fine-tune is suggested";
    Json masked = parent;
    masked["objective"] = {{"kind", "masked"}};
    EXPECT_FALSE(fits_parent(masked, parent)) << "the same words, but other weights";
}

}  // namespace
}  // namespace gw
