#include <gtest/gtest.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <set>

#include "draw.h"
#include "model/kernels/fused_block.h"
#include "model/series.h"
#include "samples/core/model/catalog.h"

// What every kind of backbone promises, with settings drawn from its own ranges. A new kind is covered the day it is
// listed.
namespace gw {
namespace {

constexpr std::int64_t rows = 3, length = 4, vocabulary = 11;
constexpr int draws = 12;

using test::has_word;

/// A value that a row accepts, near the lower end of its range: models stay small.
Json draw(const schema::Row& row, std::mt19937_64& rng) {
    const std::string key(row.info.key);
    switch (row.type) {
        case schema::Type::boolean:
            return rng() % 2 == 0;
        case schema::Type::integer: {
            std::int64_t low = static_cast<std::int64_t>(row.info.min), above = 7;
            if (key == "stages" || key.ends_with("layers")) above = 2;
            if (key == "blocks") above = 1;
            if (key == "context") low = std::max(low, length);
            if (key == "patch") above = 0;  // few others divide both sides of the pictures here
            // The mean leaves nothing of one value.
            if (key == "width" || key == "channels") low = std::max<std::int64_t>(low, 3);
            return std::uniform_int_distribution<std::int64_t>(
                low, std::min(low + above, static_cast<std::int64_t>(row.info.max)))(rng);
        }
        case schema::Type::number:
            return std::uniform_real_distribution<double>(row.info.min, std::min(row.info.max, 1e4))(rng);
        case schema::Type::choice: {
            const auto choices = schema::choices_of(row.info);
            return choices[rng() % choices.size()];
        }
        default:
            return row.default_value;
    }
}

class EveryBackbone : public testing::TestWithParam<std::string> {
  protected:
    const BackboneKind& kind() const { return *find_kind(test::every_backbone(), GetParam()); }
    bool reads(const char* word) const { return has_word(kind().needs, word); }
    /// What reads rows of values reads pictures as well, and is tried with them.
    bool reads_pictures() const { return reads("image") || reads(value_rows); }

    InputFacts input() const {
        InputFacts facts;
        if (reads("tokens")) facts.tokens = TokensInput{vocabulary};
        if (reads_pictures()) facts.image = ImageInput{2, 9, 8, {0.5, 0.4}, {0.3, 0.2}};
        if (reads("windows of series")) facts.series = SeriesInput{6, 5, {"a", "b", "c"}, {0, 0, 0}, {1, 1, 1}};
        return facts;
    }

    Batch batch(std::uint64_t seed = 1) const {
        torch::manual_seed(seed);
        Batch out;
        if (reads("tokens")) out.set(array::tokens, torch::randint(vocabulary, {rows, length}, torch::kInt64));
        if (reads_pictures()) out.set(array::image, torch::randint(256, {rows, 2, 9, 8}, torch::kUInt8));
        if (reads("windows of series")) out.set(array::series, torch::randn({rows, 6, 3}));
        return out;
    }

    std::unique_ptr<Backbone> build(const Json& settings, std::uint64_t seed = 5, bool causal = true) const {
        return kind().build(settings, BackboneInputs{input(), causal, seed});
    }

    /// Settings that are clean and can be built for the pictures here.
    std::vector<Json> settings() const {
        std::mt19937_64 rng(7);
        std::vector<Json> out;
        for (int attempt = 0; attempt < 4000 && out.size() < draws; ++attempt) {
            Json one = {{"kind", kind().card.id}};
            for (const schema::Row& row : kind().rows) one[std::string(row.info.key)] = draw(row, rng);
            if (!kind().check(one, "backbone").empty()) continue;
            try {
                (void)build(one);
            } catch (const Failure& failure) {
                EXPECT_EQ(failure.error().code, Error::Code::bad_spec) << failure.what();
                EXPECT_FALSE(failure.error().hint.empty() || failure.error().where.empty()) << failure.what();
                continue;
            }
            out.push_back(one);
        }
        EXPECT_EQ(out.size(), static_cast<std::size_t>(draws)) << "the test draws too few settings that fit together";
        return out;
    }
};

/// What a head would take of them.
torch::Tensor result_of(const Features& features) {
    return features.pooled_BD.defined() ? features.pooled_BD : features.sequence_BTD;
}

std::map<std::string, torch::Tensor> by_name(const Parameters& parameters) {
    std::map<std::string, torch::Tensor> out;
    for (const Parameter& p : parameters) out[p.name] = p.tensor.detach().clone();
    return out;
}

/// A name as the tower has it that it stands in.
std::string in_tower(const std::string& name) {
    const std::string tower = "image.";
    return name.starts_with(tower) ? name.substr(tower.size()) : name;
}

std::int64_t block_of(const std::string& name) {
    return name.rfind("blocks.", 0) == 0 ? std::stoll(name.substr(7)) : -1;
}

TEST_P(EveryBackbone, SizeIsThatOfTheBuiltModel) {
    for (const Json& one : settings()) {
        const auto backbone = build(one);
        const BackboneSize size = kind().size(one, input());
        std::int64_t count = 0;
        for (const Parameter& p : backbone->parameters()) count += p.tensor.numel();
        EXPECT_EQ(size.parameters, count) << one.dump();
        EXPECT_EQ(size.width, backbone->facts().width) << one.dump();
        EXPECT_EQ(size.context, backbone->facts().context) << one.dump();
        EXPECT_EQ(size.tied, backbone->facts().tied) << one.dump();
        EXPECT_GT(size.flops_per_unit, 0) << one.dump();
        EXPECT_GT(size.activation_bytes_per_unit, 0) << one.dump();
        EXPECT_NO_THROW((void)kind().size(one, {})) << "before anything is known of the data: " << one.dump();
    }
}

TEST_P(EveryBackbone, NamesSayWhichLayerAParameterIsOf) {
    for (const Json& one : settings()) {
        const auto backbone = build(one);
        std::set<std::string> seen;
        std::int64_t last = -1;
        for (const Parameter& p : backbone->parameters()) {
            EXPECT_TRUE(seen.insert(p.name).second) << p.name << " twice";
            const std::string name = in_tower(p.name), part = name.substr(0, name.find('.'));
            EXPECT_TRUE(part == "tokens" || part == "patches" || part == "values" || part == "class_token" ||
                        part == "positions" || part == "blocks" || part == "norm" ||
                        (part == "projection" && name != p.name))
                << p.name;
            if (part != "blocks") continue;
            EXPECT_TRUE(block_of(name) == last || block_of(name) == last + 1) << p.name << " behind block " << last;
            last = block_of(name);
            EXPECT_EQ(kind().place(p.name).layer, last + 1) << p.name;
            EXPECT_TRUE(p.name.starts_with(kind().place(p.name).name + ".")) << p.name;
        }
        EXPECT_EQ(last + 1, kind().size(one, input()).layers) << one.dump();
        for (const Buffer& buffer : backbone->buffers()) EXPECT_TRUE(seen.insert(buffer.name).second) << buffer.name;
    }
}

TEST_P(EveryBackbone, FirstWeightsFollowFromSeedAndName) {
    for (Json one : settings()) {
        const auto first = by_name(build(one)->parameters()), again = by_name(build(one)->parameters()),
                   other = by_name(build(one, 6)->parameters());
        bool differs = false;
        for (const auto& [name, tensor] : first) {
            EXPECT_TRUE(torch::equal(tensor, again.at(name))) << name;
            differs = differs || !torch::equal(tensor, other.at(name));
        }
        if (one.value("initialisation", "") != "identity") EXPECT_TRUE(differs) << one.dump();
        // A further layer changes nobody else's start; a scale by the depth would.
        if (one.contains("depth_scaling")) one["depth_scaling"] = false;
        Json deeper = one;
        const char* depth = one.contains("stages") ? "stages" : "layers";
        if (!one.contains(depth)) continue;
        deeper[depth] = one[depth].get<std::int64_t>() + 1;
        if (one.contains("stages") && one.contains("pooling")) one["pooling"] = deeper["pooling"] = "stride";
        const auto shallow = by_name(build(one)->parameters()), deep = by_name(build(deeper)->parameters());
        std::int64_t shared = 0;
        for (const auto& [name, tensor] : shallow) {
            const auto it = deep.find(name);
            if (it == deep.end() || it->second.sizes() != tensor.sizes()) continue;
            EXPECT_TRUE(torch::equal(tensor, it->second)) << name << " " << one.dump();
            ++shared;
        }
        EXPECT_GT(shared, 0) << one.dump();
    }
}

TEST_P(EveryBackbone, FeaturesHaveThePromisedShape) {
    for (const Json& one : settings())
        for (const torch::Dtype compute : {torch::kFloat32, torch::kBFloat16}) {
            const auto backbone = build(one);
            const std::vector<std::string> offers = kind().offers(one);
            const std::int64_t width = backbone->facts().width;
            std::vector<std::string> observed;
            Pass pass{compute};
            pass.observe = [&](const std::string& name, const torch::Tensor& values) {
                observed.push_back(name);
                EXPECT_TRUE(values.defined());
            };
            const Features features = backbone->features(batch(), pass);
            const auto series = backbone->facts().series;
            const bool forecasts = series && series->forecasts;
            EXPECT_TRUE(has_word(offers, series ? series_features : "pooled features")) << one.dump();
            EXPECT_EQ(has_word(offers, "sequence") || series, features.sequence_BTD.defined()) << one.dump();
            EXPECT_EQ(has_word(offers, "map"), features.map_BCHW.defined()) << one.dump();
            EXPECT_TRUE(features.sequence_BTD.defined() || features.pooled_BD.defined()) << one.dump();
            if (features.sequence_BTD.defined()) {
                EXPECT_EQ(features.sequence_BTD.sizes(), (std::vector<std::int64_t>{rows,
                                                                                    !series     ? length
                                                                                    : forecasts ? series->columns
                                                                                                : series->look_back,
                                                                                    width}))
                    << one.dump();
            }
            if (features.map_BCHW.defined()) {
                EXPECT_EQ(features.map_BCHW.dim(), 4) << one.dump();
                EXPECT_EQ(features.map_BCHW.size(0), rows) << one.dump();
            }
            if (features.pooled_BD.defined()) {
                EXPECT_EQ(features.pooled_BD.sizes(), (std::vector<std::int64_t>{rows, width})) << one.dump();
            }
            for (const torch::Tensor& tensor : {features.sequence_BTD, features.map_BCHW, features.pooled_BD}) {
                if (!tensor.defined()) continue;
                EXPECT_EQ(tensor.scalar_type(), forecasts ? torch::kFloat32 : compute) << one.dump();
                EXPECT_TRUE(torch::isfinite(tensor).all().item<bool>()) << one.dump();
            }
            ASSERT_EQ(static_cast<std::int64_t>(observed.size()), kind().size(one, input()).layers) << one.dump();
            for (std::size_t i = 0; i < observed.size(); ++i)
                EXPECT_EQ(in_tower(observed[i]), "blocks." + std::to_string(i));
        }
}

TEST_P(EveryBackbone, GradientsReachEveryParameter) {
    for (const Json& one : settings()) {
        const auto backbone = build(one);
        Parameters all = backbone->parameters();
        torch::manual_seed(3);
        for (Parameter& p : all)
            p.tensor.set_data((p.tensor.detach() + 0.1 * torch::randn_like(p.tensor)).to(torch::kFloat64));
        const torch::Tensor y = result_of(backbone->features(batch(), Pass{torch::kFloat64}));
        (y * torch::sin(torch::arange(y.numel(), torch::kFloat64) + 1).view(y.sizes())).sum().backward();
        for (const Parameter& p : all) {
            ASSERT_TRUE(p.tensor.grad().defined()) << p.name << " " << one.dump();
            EXPECT_TRUE(torch::isfinite(p.tensor.grad()).all().item<bool>()) << p.name << " " << one.dump();
            // A unit of ReLU may be silent for all rows of so small a batch.
            if (one.value("activation", "") != "relu") {
                EXPECT_GT(p.tensor.grad().abs().max().item<double>(), 0) << p.name << " " << one.dump();
            }
        }
    }
}

TEST_P(EveryBackbone, ARowStandsForItself) {
    for (const Json& one : settings()) {
        const auto backbone = build(one);
        (void)backbone->features(batch(2), Pass{torch::kFloat32, /*training=*/true});
        const Batch together = batch();
        const torch::Tensor all = result_of(backbone->features(together, {})).detach();
        EXPECT_TRUE(torch::equal(all, result_of(backbone->features(together, {})))) << one.dump();
        for (std::int64_t row = 0; row < rows; ++row) {
            Batch alone;
            for (const char* name : {array::tokens, array::image, array::series})
                if (together[name].defined()) alone.set(name, together[name].narrow(0, row, 1));
            const torch::Tensor own = result_of(backbone->features(alone, {})).detach();
            EXPECT_TRUE(torch::allclose(own[0], all[row], 1e-4, 1e-5)) << one.dump();
        }
    }
}

TEST_P(EveryBackbone, CausalAttentionSeesNoFuture) {
    if (!reads("tokens")) GTEST_SKIP() << "a picture has no order";
    for (const Json& one : settings()) {
        const std::vector<std::string> offers = kind().offers(one);
        const torch::Tensor ids = batch()[array::tokens];
        torch::Tensor other = ids.clone();
        other.select(1, length - 1).add_(1).remainder_(vocabulary);
        for (const bool causal : {true, false}) {
            if (!has_word(offers, causal ? "a backbone that reads left to right" : "a backbone that sees both sides"))
                continue;
            const auto backbone = build(one, 5, causal);
            EXPECT_EQ(backbone->facts().causal, causal) << one.dump();
            const torch::Tensor x = backbone->features(Batch::of_tokens(ids), {}).sequence_BTD,
                                y = backbone->features(Batch::of_tokens(other), {}).sequence_BTD;
            EXPECT_EQ(torch::equal(x.narrow(1, 0, length - 1), y.narrow(1, 0, length - 1)), causal) << one.dump();
            EXPECT_FALSE(torch::equal(x.select(1, length - 1), y.select(1, length - 1))) << one.dump();
        }
    }
}

TEST_P(EveryBackbone, PaddingIsNotSeen) {
    if (!reads("tokens")) GTEST_SKIP() << "pictures have no padding";
    for (const Json& one : settings())
        for (const bool causal : {true, false}) {
            const auto backbone = build(one, 5, causal);
            const torch::Tensor ids = batch()[array::tokens];
            torch::Tensor other = ids.clone(), valid = torch::ones({rows, length}, torch::kBool);
            other.select(1, length - 1).add_(1).remainder_(vocabulary);
            valid.select(1, length - 1).fill_(false);
            Batch first = Batch::of_tokens(ids), second = Batch::of_tokens(other);
            first.set(array::valid, valid);
            second.set(array::valid, valid);
            const torch::Tensor x = backbone->features(first, {}).sequence_BTD,
                                y = backbone->features(second, {}).sequence_BTD;
            EXPECT_TRUE(torch::equal(x.narrow(1, 0, length - 1), y.narrow(1, 0, length - 1))) << one.dump();
        }
}

TEST_P(EveryBackbone, AdaptersStandWhereTheyAreAskedFor) {
    const kernels::PlainOnly plain;  // a block without adapters may be fused, which is the same to rounding alone
    std::set<std::string> taken;
    std::vector<std::string> names = kind().projections;
    names.insert(names.end(), kind().more_projections.begin(), kind().more_projections.end());
    names.push_back("no such projection");
    for (const Json& one : settings())
        for (const std::string& name : names) {
            const auto backbone = build(one);
            const auto before = by_name(backbone->parameters());
            const torch::Tensor expected = result_of(backbone->features(batch(), {})).detach();
            const std::vector<Adapted> adapted = backbone->adapt(LoraShape{1, 2.0, 0, {name}}, 9);
            std::set<std::string> added;
            for (const Parameter& p : backbone->parameters())
                if (before.count(p.name) == 0) added.insert(p.name);
            EXPECT_EQ(added.size(), 2 * adapted.size()) << name << one.dump();
            for (const Adapted& each : adapted) {
                taken.insert(name);
                EXPECT_EQ(each.projection, name);
                EXPECT_TRUE(before.count(each.weight)) << each.weight;
                const std::string stem = each.weight.substr(0, each.weight.rfind('.'));
                EXPECT_TRUE(added.count(stem + ".lora_a") && added.count(stem + ".lora_b")) << each.weight;
            }
            EXPECT_TRUE(torch::equal(result_of(backbone->features(batch(), {})), expected)) << name << one.dump();
            torch::manual_seed(4);
            for (const Parameter& p : backbone->parameters())
                if (added.count(p.name)) p.tensor.detach().add_(0.3 * torch::randn_like(p.tensor));
            const torch::Tensor trained = result_of(backbone->features(batch(), {})).detach();
            backbone->merge_adapters();
            EXPECT_EQ(backbone->parameters().size(), before.size()) << name << one.dump();
            const torch::Tensor merged = result_of(backbone->features(batch(), {})).detach();
            // Deep stacks of norms over few channels amplify what rounding leaves.
            const double rounding = reads("tokens") ? 1e-5 : 1e-3,
                         most = rounding * (1 + trained.abs().max().item<double>());
            EXPECT_LE((merged - trained).abs().max().item<double>(), most) << name << one.dump();
        }
    names.pop_back();
    EXPECT_EQ(taken, std::set<std::string>(names.begin(), names.end())) << "some were never to be had";
}

TEST_P(EveryBackbone, BuffersKeepTheirIdentity) {
    for (const Json& one : settings()) {
        const auto backbone = build(one);
        Buffers before = backbone->buffers();
        const torch::Tensor expected = result_of(backbone->features(batch(), {})).detach();
        for (Buffer& buffer : before) buffer.tensor.set_data(buffer.tensor.clone());  // as a move to a device does
        EXPECT_TRUE(torch::equal(result_of(backbone->features(batch(), {})), expected)) << one.dump();
        std::map<std::string, torch::Tensor> values;
        for (const Buffer& buffer : before) values[buffer.name] = buffer.tensor.clone();
        (void)backbone->features(batch(), Pass{torch::kFloat32, /*training=*/true});
        const Buffers after = backbone->buffers();
        ASSERT_EQ(after.size(), before.size());
        for (std::size_t i = 0; i < after.size(); ++i) {
            EXPECT_EQ(after[i].name, before[i].name);
            EXPECT_TRUE(after[i].tensor.is_same(before[i].tensor)) << after[i].name;
            EXPECT_FALSE(after[i].tensor.requires_grad()) << after[i].name;
            EXPECT_TRUE(after[i].state || torch::equal(after[i].tensor, values[after[i].name])) << after[i].name;
        }
        // All that a checkpoint holds: parameters, and buffers that are state.
        const auto other = build(one, 8);
        const torch::NoGradGuard no_grad;
        const Parameters from = backbone->parameters(), into = other->parameters();
        for (std::size_t i = 0; i < from.size(); ++i) into[i].tensor.detach().copy_(from[i].tensor);
        const Buffers into_buffers = other->buffers();
        for (std::size_t i = 0; i < after.size(); ++i)
            if (after[i].state) into_buffers[i].tensor.detach().copy_(after[i].tensor);
        EXPECT_TRUE(torch::equal(result_of(other->features(batch(), {})), result_of(backbone->features(batch(), {}))))
            << one.dump();
    }
}

TEST_P(EveryBackbone, FrozenItIsAFixedFunctionAndInferenceLeavesItTrainable) {
    for (Json one : settings()) {
        for (const schema::Row& row : kind().rows)
            if (row.info.key == "dropout") one["dropout"] = 0.0;
        const auto backbone = build(one);
        torch::Tensor inferred;
        {
            const c10::InferenceMode inference;
            inferred = result_of(backbone->features(batch(), {}));
        }
        EXPECT_TRUE(result_of(backbone->features(batch(), {})).requires_grad()) << one.dump();
        Parameters all = backbone->parameters();
        for (Parameter& p : all) p.tensor.set_requires_grad(false);
        const torch::Tensor frozen = result_of(backbone->features(batch(), Pass{torch::kFloat32, /*training=*/true}));
        EXPECT_FALSE(frozen.requires_grad()) << one.dump();
        EXPECT_TRUE(torch::equal(result_of(backbone->features(batch(), {})), frozen)) << "it moved: " << one.dump();
        // LibTorch 2 takes other kernels in inference mode, which differ by rounding.
        EXPECT_TRUE(torch::allclose(frozen, inferred, 1e-5, 1e-6)) << one.dump();
    }
}

INSTANTIATE_TEST_SUITE_P(All, EveryBackbone, testing::ValuesIn(test::ids_of(test::every_backbone())), test::id_name);

}  // namespace
}  // namespace gw
