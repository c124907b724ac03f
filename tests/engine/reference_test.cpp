#include <cmath>
#include <map>

#include "engine/small.h"
#include "model/attention.h"

// The transformer against a slow plain one: loops over numbers, no tensor operations.
namespace gw {
namespace {

using Vector = std::vector<double>;
using Matrix = std::vector<Vector>;

struct Plain {
    std::map<std::string, torch::Tensor> weights;
    std::int64_t width, layers, heads, kv_heads, hidden;
    bool causal, rms, pre, rotary, swiglu;
    double base = 10000.0;

    double at(const std::string& name, std::int64_t i) const { return weights.at(name)[i].item<double>(); }
    bool has(const std::string& name) const { return weights.count(name) > 0; }

    Vector linear(const std::string& name, const Vector& x) const {
        const torch::Tensor w = weights.at(name + ".weight");
        Vector y(static_cast<std::size_t>(w.size(0)), 0.0);
        const auto a = w.accessor<double, 2>();
        for (std::size_t o = 0; o < y.size(); ++o) {
            y[o] = has(name + ".bias") ? at(name + ".bias", static_cast<std::int64_t>(o)) : 0.0;
            for (std::size_t i = 0; i < x.size(); ++i)
                y[o] += a[static_cast<std::int64_t>(o)][static_cast<std::int64_t>(i)] * x[i];
        }
        return y;
    }
    Vector norm(const std::string& name, const Vector& x) const {
        double mean = 0, square = 0;
        if (!rms)
            for (double v : x) mean += v / static_cast<double>(x.size());
        for (double v : x) square += (v - mean) * (v - mean) / static_cast<double>(x.size());
        Vector y(x.size());
        for (std::size_t i = 0; i < x.size(); ++i) {
            y[i] = (x[i] - mean) / std::sqrt(square + 1e-5) * at(name + ".weight", static_cast<std::int64_t>(i));
            if (has(name + ".bias")) y[i] += at(name + ".bias", static_cast<std::int64_t>(i));
        }
        return y;
    }
    void rotate(Vector& head, std::int64_t position) const {
        const std::size_t half = head.size() / 2;
        for (std::size_t i = 0; i < half; ++i) {
            const double angle =
                static_cast<double>(position) / std::pow(base, static_cast<double>(i) / static_cast<double>(half));
            const double a = head[i], b = head[i + half];
            head[i] = a * std::cos(angle) - b * std::sin(angle);
            head[i + half] = b * std::cos(angle) + a * std::sin(angle);
        }
    }
    Matrix attention(const std::string& name, const Matrix& x) const {
        const auto c = static_cast<std::size_t>(width / heads), kv = static_cast<std::size_t>(kv_heads) * c;
        std::vector<Vector> qkv;
        for (const Vector& row : x) qkv.push_back(linear(name + ".qkv", row));
        Matrix mixed(x.size(), Vector(static_cast<std::size_t>(width)));
        for (std::int64_t h = 0; h < heads; ++h) {
            const auto group = static_cast<std::size_t>(h / (heads / kv_heads));
            auto part = [&](std::size_t t, std::size_t begin) {
                Vector out(qkv[t].begin() + static_cast<std::ptrdiff_t>(begin),
                           qkv[t].begin() + static_cast<std::ptrdiff_t>(begin + c));
                return out;
            };
            for (std::size_t t = 0; t < x.size(); ++t) {
                Vector q = part(t, static_cast<std::size_t>(h) * c), weight;
                if (rotary) rotate(q, static_cast<std::int64_t>(t));
                const std::size_t end = causal ? t + 1 : x.size();
                double total = 0;
                for (std::size_t s = 0; s < end; ++s) {
                    Vector k = part(s, static_cast<std::size_t>(width) + group * c);
                    if (rotary) rotate(k, static_cast<std::int64_t>(s));
                    double score = 0;
                    for (std::size_t i = 0; i < c; ++i) score += q[i] * k[i];
                    weight.push_back(std::exp(score / std::sqrt(static_cast<double>(c))));
                    total += weight.back();
                }
                for (std::size_t s = 0; s < end; ++s) {
                    const Vector v = part(s, static_cast<std::size_t>(width) + kv + group * c);
                    for (std::size_t i = 0; i < c; ++i)
                        mixed[t][static_cast<std::size_t>(h) * c + i] += weight[s] / total * v[i];
                }
            }
        }
        Matrix out;
        for (const Vector& row : mixed) out.push_back(linear(name + ".out", row));
        return out;
    }
    Vector feed_forward(const std::string& name, const Vector& x) const {
        Vector up = linear(name + ".up", x);
        Vector hidden_values(static_cast<std::size_t>(hidden));
        for (std::size_t i = 0; i < hidden_values.size(); ++i)
            hidden_values[i] = swiglu ? up[i] / (1 + std::exp(-up[i])) * up[i + hidden_values.size()]
                                      : 0.5 * up[i] * (1 + std::erf(up[i] / std::sqrt(2.0)));
        return linear(name + ".down", hidden_values);
    }
    static void add(Matrix& x, const Matrix& y) {
        for (std::size_t t = 0; t < x.size(); ++t)
            for (std::size_t i = 0; i < x[t].size(); ++i) x[t][i] += y[t][i];
    }
    Matrix normed(const std::string& name, const Matrix& x) const {
        Matrix out;
        for (const Vector& row : x) out.push_back(norm(name, row));
        return out;
    }
    Matrix fed(const std::string& name, const Matrix& x) const {
        Matrix out;
        for (const Vector& row : x) out.push_back(feed_forward(name, row));
        return out;
    }
    Matrix features(const std::vector<std::int64_t>& ids) const {
        Matrix x;
        for (std::size_t t = 0; t < ids.size(); ++t) {
            Vector row;
            for (std::int64_t i = 0; i < width; ++i) {
                row.push_back(weights.at("tokens.weight")[ids[t]][i].item<double>());
                if (has("positions.weight"))
                    row.back() += weights.at("positions.weight")[static_cast<std::int64_t>(t)][i].item<double>();
            }
            x.push_back(row);
        }
        for (std::int64_t layer = 0; layer < layers; ++layer) {
            const std::string name = "blocks." + std::to_string(layer);
            if (pre) {
                add(x, attention(name + ".attention", normed(name + ".norm1", x)));
                add(x, fed(name + ".feed_forward", normed(name + ".norm2", x)));
            } else {
                add(x, attention(name + ".attention", x));
                x = normed(name + ".norm1", x);
                add(x, fed(name + ".feed_forward", x));
                x = normed(name + ".norm2", x);
            }
        }
        return pre ? normed("norm", x) : x;
    }
};

void compare(const Json& settings, bool causal) {
    const auto backbone = test::small_backbone(settings, 11, causal, torch::kFloat64);
    Plain plain{{},
                settings["width"],
                settings["layers"],
                settings["heads"],
                settings.value("kv_heads", settings["heads"].get<std::int64_t>()),
                settings["ff_width"],
                causal,
                settings.value("norm", "") == "rms_norm",
                settings.value("norm_place", "pre") == "pre",
                settings.value("positions", "learned") == "rotary",
                settings.value("activation", "gelu") == "swiglu"};
    for (const Parameter& p : backbone->parameters()) plain.weights[p.name] = p.tensor.detach();
    const std::vector<std::int64_t> ids{3, 1, 4, 1, 5, 9, 2};
    const torch::Tensor got =
        test::sequence(*backbone, torch::tensor(ids).unsqueeze(0), Pass{torch::kFloat64, false})[0].detach();
    const Matrix expected = plain.features(ids);
    for (std::size_t t = 0; t < ids.size(); ++t)
        for (std::size_t i = 0; i < expected[t].size(); ++i)
            EXPECT_NEAR(got[static_cast<std::int64_t>(t)][static_cast<std::int64_t>(i)].item<double>(), expected[t][i],
                        1e-6)
                << settings.dump() << t << "," << i;
}

TEST(Reference, GptStyle) {
    compare(Json::parse(
                R"({"layers": 2, "width": 8, "heads": 2, "context": 8, "ff_width": 16, "initialisation": "xavier"})"),
            true);
}
TEST(Reference, BertStyle) {
    compare(Json::parse(
                R"({"layers": 2, "width": 8, "heads": 2, "context": 8, "ff_width": 12, "norm_place": "post",
                "initialisation": "xavier"})"),
            false);
}
TEST(Reference, LlamaStyle) {
    compare(
        Json::parse(
            R"({"layers": 2, "width": 16, "heads": 4, "kv_heads": 2, "context": 8, "ff_width": 24, "norm": "rms_norm",
                "positions": "rotary",
                            "activation": "swiglu", "bias": false, "initialisation": "xavier"})"),
        true);
}

TEST(Reference, FixedSinesAreAddedToVectorsOfTheirSize) {
    const Json base = Json::parse(
        R"({"layers": 1, "width": 16, "heads": 2, "context": 8, "initialisation": "xavier",
            "positions": "sinusoidal"})");
    auto with = [&](const char* scale) {
        Json settings = base;
        settings["embedding_scale"] = scale;
        return test::small_backbone(settings, 11, true);
    };
    const torch::Tensor ids = torch::tensor({{1, 2, 3, 4}});
    const auto paper = with("auto"), plain = with("none"), root = with("root_of_width");
    EXPECT_TRUE(torch::equal(test::sequence(*paper, ids), test::sequence(*root, ids)));
    EXPECT_FALSE(torch::allclose(test::sequence(*paper, ids), test::sequence(*plain, ids), 1e-3, 1e-3));
    // The plain one with a table that is the root of the width larger is the paper's.
    const torch::NoGradGuard no_grad;
    for (const Parameter& p : plain->parameters())
        if (p.name == "tokens.weight") p.tensor.detach().mul_(4.0);
    EXPECT_TRUE(torch::allclose(test::sequence(*paper, ids), test::sequence(*plain, ids), 1e-5, 1e-6));
    // Without sines nothing is scaled.
    Json learned = base;
    learned["positions"] = "learned";
    const auto automatic = test::small_backbone(learned, 11, true);
    learned["embedding_scale"] = "none";
    EXPECT_TRUE(
        torch::equal(test::sequence(*automatic, ids), test::sequence(*test::small_backbone(learned, 11, true), ids)));
}

TEST(Reference, HalfPrecisionKeepsScoresAndResidualInFloat) {
    torch::manual_seed(2);
    const auto q = (torch::randn({1, 2, 6, 8}) * 6).to(torch::kBFloat16),
               k = (torch::randn({1, 2, 6, 8}) * 6).to(torch::kBFloat16),
               v = torch::randn({1, 2, 6, 8}).to(torch::kBFloat16);
    const torch::Tensor got = attend(q, k, v, /*causal=*/true, 0, Pass{torch::kBFloat16, false});
    const torch::Tensor future = torch::ones({6, 6}, torch::kBool).triu(1);
    const torch::Tensor scores =
        (torch::matmul(q.to(torch::kFloat32), k.to(torch::kFloat32).transpose(-2, -1)) / std::sqrt(8.0))
            .masked_fill(future, -INFINITY);
    const torch::Tensor expected = torch::matmul(torch::softmax(scores, -1).to(torch::kBFloat16), v);
    EXPECT_EQ(got.scalar_type(), torch::kBFloat16);
    EXPECT_TRUE(torch::allclose(got.to(torch::kFloat32), expected.to(torch::kFloat32), 1e-2, 1e-3));
    // Twelve norms behind the parts: rounding the residual after each would add up.
    const Json settings = Json::parse(
        R"({"layers": 6, "width": 32, "heads": 2, "context": 8, "norm_place": "post", "initialisation": "xavier"})");
    const auto backbone = test::small_backbone(settings, 11, false);
    const torch::Tensor ids = torch::tensor({{1, 2, 3, 4, 5, 6}});
    const torch::NoGradGuard no_grad;
    const torch::Tensor exact = test::sequence(*backbone, ids, {}),
                        half = test::sequence(*backbone, ids, Pass{torch::kBFloat16, false});
    EXPECT_EQ(half.scalar_type(), torch::kBFloat16);
    EXPECT_LT((half.to(torch::kFloat32) - exact).abs().mean().item<double>(), 6e-3);
}

TEST(Reference, CausalAttentionSeesNoFuture) {
    const Json settings =
        Json::parse(R"({"layers": 2, "width": 16, "heads": 4, "context": 8, "initialisation": "xavier"})");
    const auto backbone = test::small_backbone(settings, 11, true);
    const torch::Tensor a = torch::tensor({{1, 2, 3, 4, 5, 6}}), b = torch::tensor({{1, 2, 3, 9, 9, 9}});
    const torch::Tensor x = test::sequence(*backbone, a, {}), y = test::sequence(*backbone, b, {});
    EXPECT_TRUE(torch::equal(x.narrow(1, 0, 3), y.narrow(1, 0, 3)));
    EXPECT_FALSE(torch::allclose(x.narrow(1, 3, 3), y.narrow(1, 3, 3)));
}

TEST(Reference, SizeIsCountedRight) {
    for (const char* text :
         {R"({"layers": 3, "width": 24, "heads": 4, "context": 10})",
          R"({"layers": 2, "width": 32, "heads": 4, "kv_heads": 2, "context": 10, "norm": "rms_norm",
             "positions": "rotary",
                                 "activation": "swiglu", "bias": false})",
          R"({"layers": 1, "width": 16, "heads": 2, "context": 10, "norm_place": "post", "positions": "none",
             "ff_width": 20})"}) {
        const Json settings = Json::parse(text);
        std::int64_t count = 0;
        for (const Parameter& p : test::small_backbone(settings, 50, true)->parameters()) count += p.tensor.numel();
        EXPECT_EQ(backbones().front().size(settings, tokens_input(50)).parameters, count) << text;
    }
}

}  // namespace
}  // namespace gw
