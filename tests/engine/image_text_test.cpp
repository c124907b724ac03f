#include <torch/nn/functional/normalization.h>

#include <cmath>
#include <map>

#include "adapt/checkpoint_model.h"
#include "engine/check_gradients.h"
#include "engine/small.h"
#include "engine/stretch.h"
#include "eval/retrieval.h"
#include "spec/wants_captions.h"

// Pictures and captions in one space: the architecture, the objective, and how well they find each other.
namespace gw {
namespace {

constexpr std::int64_t pair_side = 8, pair_vocabulary = 11;

/// Pairs of which the picture and the caption of number i show the class classes[i] and nothing else.
struct ClassPairs {
    explicit ClassPairs(const std::vector<std::int32_t>& classes) : examples(classes.size()) {
        rows.rows = static_cast<std::int64_t>(classes.size());
        HostArray tokens(HostArray::Type::i32, {rows.rows, 1}), images(HostArray::Type::u8, {rows.rows, 1, 1, 1});
        for (std::size_t i = 0; i < classes.size(); ++i) {
            tokens.values<std::int32_t>()[i] = classes[i];
            images.values<std::uint8_t>()[i] = static_cast<std::uint8_t>(classes[i]);
            examples[i].classes = {classes[i]};
            rows.places.push_back(static_cast<std::int64_t>(i));
            rows.examples.push_back(&examples[i]);
            rows.lengths.push_back(1);
        }
        rows.arrays.emplace(array::tokens, std::move(tokens));
        rows.arrays.emplace(array::image, std::move(images));
    }
    std::vector<Example> examples;
    HostBatch rows;
};

/// A backbone that has learnt all there is: a direction of its own for each class; or one for all.
class Ideal final : public Backbone {
  public:
    explicit Ideal(std::int64_t classes, bool collapsed = false) : classes_(classes), collapsed_(collapsed) {}
    Features features(const Batch& batch, const Pass&) override {
        const torch::Tensor shown = batch[array::image].defined() ? batch[array::image] : batch[array::tokens];
        const torch::Tensor of_class = collapsed_ ? torch::zeros_like(shown) : shown;
        return {.pooled_BD = torch::one_hot(of_class.to(torch::kInt64).flatten(), classes_).to(torch::kFloat32) * 3.0};
    }
    BackboneFacts facts() const override { return {.width = classes_}; }
    Parameters parameters() const override { return {}; }

  private:
    std::int64_t classes_;
    bool collapsed_;
};

std::unique_ptr<Objective> objective(double temperature = 0.01) {
    return find_kind(objectives(), "image_text")->build({{"temperature", temperature}}, ObjectiveInputs{});
}

torch::Tensor losses(const Objective& of, Backbone& net, const HostBatch& rows) {
    const torch::NoGradGuard no_grad;
    return of.measures(net, of.feed(rows, 1), Pass{}).losses_N;
}

/// E ln(1 + M) of M ~ Bin(pairs - 1, 1 / captions).
double best_loss(std::int64_t pairs, std::int64_t captions) {
    const double p = 1.0 / static_cast<double>(captions), n = static_cast<double>(pairs - 1);
    double sum = 0;
    for (std::int64_t m = 0; m < pairs; ++m) {
        const auto k = static_cast<double>(m);
        const double log_chance = std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1) + k * std::log(p) +
                                  (n - k) * std::log1p(-p);
        sum += std::exp(log_chance) * std::log1p(k);
    }
    return sum;
}

TEST(ImageText, TheLossOfIdealFeaturesIsTheLeastThatThereIs) {
    EXPECT_NEAR(best_loss(16, 10), 0.801341, 1e-6);
    EXPECT_NEAR(best_loss(64, 10), 1.929090, 1e-6);
    EXPECT_NEAR(best_loss(64, 100), 0.386607, 1e-6);
    constexpr std::int64_t pairs = 16, captions = 10;
    Ideal net(captions);
    const auto clip = objective();
    Rng rng(3);
    double sum = 0;
    constexpr int batches = 3000;
    for (int i = 0; i < batches; ++i) {
        std::vector<std::int32_t> classes;
        std::map<std::int32_t, int> counts;
        for (std::int64_t row = 0; row < pairs; ++row) {
            classes.push_back(static_cast<std::int32_t>(rng.below(captions)));
            ++counts[classes.back()];
        }
        const torch::Tensor found = losses(*clip, net, ClassPairs(classes).rows);
        for (std::int64_t row = 0; i < 20 && row < pairs; ++row)
            EXPECT_NEAR(found[row].item<double>(), std::log(counts[classes[static_cast<std::size_t>(row)]]), 1e-4);
        sum += found.mean().item<double>();
    }
    EXPECT_NEAR(sum / batches, best_loss(pairs, captions), 0.01);
}

TEST(ImageText, FeaturesThatAreAllAlikeCostLnN) {
    Ideal net(4, /*collapsed=*/true);
    const ClassPairs pairs({0, 1, 2, 3, 0, 1, 2});
    const auto clip = objective(0.5);
    EXPECT_NEAR(losses(*clip, net, pairs.rows).mean().item<double>(), std::log(7.0), 1e-5);
}

TEST(ImageText, AHitIsACaptionOfTheSameWords) {
    Ideal net(4);
    const ClassPairs pairs({2, 1, 2, 2, 0});
    const auto clip = objective();
    const torch::NoGradGuard no_grad;
    const Batch batch = clip->feed(pairs.rows, 1);
    EXPECT_EQ(batch.counted, 5);
    EXPECT_TRUE(clip->measures(net, batch, Pass{}).hits_N.all().item<bool>());
    Ideal all_alike(4, /*collapsed=*/true);
    const torch::Tensor hits = clip->measures(all_alike, batch, Pass{}).hits_N;
    EXPECT_LT(hits.sum().item<std::int64_t>(), 4) << "one caption is first for all, and three have it at most";
    EXPECT_FALSE(clip->adds_up());
    EXPECT_EQ(clip->labels(), LabelKind::none);
}

TEST(ImageText, TheScaleIsLearntUpToAHundred) {
    Ideal net(4);
    const ClassPairs pairs({0, 1, 2, 2});
    const auto clip = objective(0.5);
    const Parameters own = clip->parameters();
    ASSERT_EQ(own.size(), 1U);
    torch::Tensor log_scale = own[0].tensor;
    EXPECT_NEAR(log_scale.exp().item<double>(), 2, 1e-5);
    const double at_first = losses(*clip, net, pairs.rows).sum().item<double>();
    log_scale.set_data(torch::full({1}, std::log(100.0f)));
    const double at_most = losses(*clip, net, pairs.rows).sum().item<double>();
    EXPECT_LT(at_most, at_first);
    log_scale.set_data(torch::full({1}, std::log(1000.0f)));
    EXPECT_NEAR(losses(*clip, net, pairs.rows).sum().item<double>(), at_most, 1e-4);
}

/// Small towers, in float64 where asked.
std::unique_ptr<Backbone> towers(const Json& changes = Json::object(), bool captions = true,
                                 torch::Dtype dtype = torch::kFloat32) {
    Json settings = {{"width", 6},      {"image_layers", 2}, {"image_width", 8}, {"text_layers", 1},
                     {"text_width", 8}, {"heads", 2},        {"context", 6},     {"patch", 4}};
    settings.update(changes);
    InputFacts input = image_input(3, pair_side, pair_side);
    if (captions) input.tokens = TokensInput{pair_vocabulary};
    const BackboneKind& kind = *find_kind(backbones(), "two_towers");
    EXPECT_TRUE(kind.check(settings, "backbone").empty());
    auto net = kind.build(settings, BackboneInputs{input, false, 5});
    std::int64_t count = 0;
    for (const Parameter& p : net->parameters()) {
        torch::Tensor tensor = p.tensor;
        count += tensor.numel();
        tensor.set_data(tensor.detach().to(dtype));
    }
    const BackboneSize size = kind.size(settings, input);
    EXPECT_EQ(size.parameters, count);
    EXPECT_EQ(size.context, net->facts().context);
    return net;
}

/// Pairs with captions of 2 to 6 tokens.
HostBatch mixed_pairs(std::int64_t count) {
    HostBatch out;
    out.rows = count;
    HostArray tokens(HostArray::Type::i32, {count, 6}), images(HostArray::Type::u8, {count, 3, pair_side, pair_side});
    Rng rng(9);
    for (std::int64_t i = 0; i < images.size(); ++i)
        images.values<std::uint8_t>()[i] = static_cast<std::uint8_t>(rng.below(256));
    for (std::int64_t row = 0; row < count; ++row) {
        out.places.push_back(row);
        out.lengths.push_back(2 + row % 5);
        for (std::int64_t i = 0; i < 6; ++i)
            tokens.values<std::int32_t>()[row * 6 + i] = i < out.lengths.back()
                                                             ? static_cast<std::int32_t>(rng.below(pair_vocabulary - 1))
                                                             : pair_vocabulary - 1;
    }
    out.arrays.emplace(array::tokens, std::move(tokens));
    out.arrays.emplace(array::image, std::move(images));
    return out;
}

TEST(ImageText, TheLossIsThatOfLoops) {
    const auto net = towers();
    const auto clip = objective(0.2);
    const HostBatch rows = mixed_pairs(5);
    const torch::NoGradGuard no_grad;
    const Batch batch = clip->feed(rows, 1);
    const auto [images, captions] = clip->pair_features(*net, batch, Pass{});
    EXPECT_EQ(images.sizes(), (std::vector<std::int64_t>{5, 6}));
    EXPECT_EQ(captions.sizes(), images.sizes());
    double plain[5] = {};
    for (std::int64_t i = 0; i < 5; ++i) {
        EXPECT_NEAR(images[i].norm().item<double>(), 1, 1e-5);
        EXPECT_NEAR(captions[i].norm().item<double>(), 1, 1e-5);
        double from_image = 0, from_caption = 0;
        for (std::int64_t j = 0; j < 5; ++j) {
            from_image += std::exp((images[i] * captions[j]).sum().item<double>() / 0.2);
            from_caption += std::exp((images[j] * captions[i]).sum().item<double>() / 0.2);
        }
        plain[i] =
            (std::log(from_image) + std::log(from_caption)) / 2 - (images[i] * captions[i]).sum().item<double>() / 0.2;
    }
    const torch::Tensor found = clip->measures(*net, batch, Pass{}).losses_N;
    for (std::int64_t i = 0; i < 5; ++i) EXPECT_NEAR(found[i].item<double>(), plain[i], 1e-4);
    EXPECT_NEAR(clip->loss(*net, batch, Pass{})[0].sum.item<double>(), found.sum().item<double>(), 1e-4);
}

TEST(ImageText, GradientsAreThoseOfDifferences) {
    for (const char* image : {"cnn", "vit"}) {
        const auto net = towers({{"image", image}, {"image_width", 4}, {"text_width", 4}}, true, torch::kFloat64);
        const auto clip = objective(0.5);
        Parameters all = net->parameters();
        for (const Parameter& p : clip->parameters()) {
            torch::Tensor tensor = p.tensor;
            tensor.set_data(tensor.detach().to(torch::kFloat64));
            all.push_back(p);
        }
        const Batch batch = clip->feed(mixed_pairs(4), 1);
        test::check_gradients(
            all, [&] { return clip->loss(*net, batch, Pass{torch::kFloat64})[0].sum; }, 3);
    }
}

TEST(TwoTowers, EachReadsItsSideAlone) {
    for (const char* image : {"cnn", "vit"}) {
        const auto net = towers({{"image", image}});
        const torch::NoGradGuard no_grad;
        const Batch both(mixed_pairs(4));
        const torch::Tensor of_pictures = net->features(Batch::of_images(both[array::image]), Pass{}).pooled_BD;
        EXPECT_TRUE(torch::equal(net->features(both, Pass{}).pooled_BD, of_pictures)) << "a picture goes first";
        Batch captions = Batch::of_tokens(both[array::tokens]);
        captions.set(array::valid, both[array::valid]);
        const torch::Tensor of_captions = net->features(captions, Pass{}).pooled_BD;
        EXPECT_EQ(of_captions.sizes(), of_pictures.sizes());
        // What stands in the padding is not seen, and a caption alone is what it is among others.
        const torch::Tensor valid = both[array::valid];
        Batch other = Batch::of_tokens(torch::where(valid, both[array::tokens], torch::zeros({}, torch::kInt64)));
        other.set(array::valid, valid);
        EXPECT_TRUE(torch::allclose(net->features(other, Pass{}).pooled_BD, of_captions, 1e-5, 1e-6));
        const torch::Tensor alone =
            net->features(Batch::of_tokens(both[array::tokens].narrow(0, 0, 1).narrow(1, 0, 2)), Pass{}).pooled_BD;
        EXPECT_TRUE(torch::allclose(alone[0], of_captions[0], 1e-4, 1e-5));
    }
    const auto blind = towers(Json::object(), /*captions=*/false);
    EXPECT_EQ(blind->facts().context, 1);
    EXPECT_ANY_THROW(blind->features(Batch::of_tokens(torch::zeros({1, 2}, torch::kInt64)), Pass{}));
}

TEST(TwoTowers, ParametersSayTheirTowerAndTheirLayer) {
    const auto net = towers({{"image", "vit"}});
    const BackboneKind& kind = *find_kind(backbones(), "two_towers");
    std::map<std::string, torch::Tensor> all;
    for (const Parameter& p : net->parameters()) {
        EXPECT_TRUE(p.name.starts_with("image.") || p.name.starts_with("text.")) << p.name;
        all[p.name] = p.tensor;
        const LayerPlace place = kind.place(p.name);
        EXPECT_TRUE(p.name.starts_with(place.name + ".")) << p.name << " " << place.name;
    }
    EXPECT_EQ(kind.place("image.blocks.1.attention.qkv.weight").layer, 2);
    EXPECT_EQ(kind.place("image.blocks.1.attention.qkv.weight").part, "image.blocks.1.attention");
    EXPECT_EQ(kind.place("text.tokens.weight").layer, 0);
    EXPECT_EQ(kind.place("text.projection.weight").layer, LayerPlace::last);
    EXPECT_FALSE(
        torch::equal(all.at("image.blocks.0.attention.qkv.weight"), all.at("text.blocks.0.attention.qkv.weight")))
        << "blocks of one name begin differently";
    const auto adapted = net->adapt(LoraShape{2, 4, 0, {"qkv"}}, 3);
    EXPECT_EQ(adapted.size(), 3U) << "two blocks of the image tower and one of the text tower";
}

TEST(TwoTowers, EveryImageTowerIsAChoice) {
    for (const char* image : {"cnn", "resnet", "vit", "mlp"}) {
        const auto net = towers({{"image", image}});  // which counts its weights
        const torch::Tensor pictures = torch::randint(0, 256, {2, 3, pair_side, pair_side}, torch::kInt64),
                            features = net->features(Batch::of_images(pictures.to(torch::kUInt8)), Pass{}).pooled_BD;
        EXPECT_EQ(features.size(1), net->facts().width) << image;
        EXPECT_FALSE(torch::equal(features[0], features[1])) << image;
    }
}

TEST(TwoTowers, WhatATowerWouldRefuseIsToldByTheSettingsHere) {
    const BackboneKind& kind = *find_kind(backbones(), "two_towers");
    const auto problems = kind.check({{"text_width", 10}, {"heads", 4}}, "backbone");
    ASSERT_FALSE(problems.empty());
    EXPECT_EQ(problems[0].path, "backbone.heads");
    try {
        (void)kind.build({{"image_layers", 6}}, BackboneInputs{image_input(3, pair_side, pair_side), false, 1});
        FAIL() << "nothing is left of 8 pixels after six halvings";
    } catch (const Failure& failure) {
        EXPECT_NE(to_text(failure.error()).find("backbone.image_layers"), std::string::npos) << failure.what();
        EXPECT_EQ(to_text(failure.error()).find("backbone.stages"), std::string::npos) << failure.what();
    }
}

// ---- how well they find each other

TEST(Retrieval, RanksAreThoseOfLoops) {
    torch::manual_seed(4);
    constexpr std::int64_t count = 40;
    const torch::Tensor images = torch::nn::functional::normalize(torch::randn({count, 3})),
                        captions = torch::nn::functional::normalize(images + 0.8 * torch::randn({count, 3}));
    std::vector<std::uint64_t> ids;
    for (std::int64_t i = 0; i < count; ++i) ids.push_back(static_cast<std::uint64_t>(i % 25) + (1ULL << 63));
    Gathered pairs{images, captions, {}, ids};
    const auto metrics = retrieval_metrics(pairs);
    auto slow = [&](const torch::Tensor& from, const torch::Tensor& to, std::int64_t most) {
        double found = 0;
        for (std::int64_t i = 0; i < count; ++i) {
            double best = -2;
            auto score = [&](std::int64_t j) { return (from[i] * to[j]).sum().item<double>(); };
            for (std::int64_t j = 0; j < count; ++j)
                if (ids[static_cast<std::size_t>(i)] == ids[static_cast<std::size_t>(j)])
                    best = std::max(best, score(j));
            std::int64_t before = 0;
            for (std::int64_t j = 0; j < count; ++j)
                before += ids[static_cast<std::size_t>(i)] != ids[static_cast<std::size_t>(j)] && score(j) >= best;
            found += before < most;
        }
        return found / count;
    };
    EXPECT_DOUBLE_EQ(metrics.at("image_to_text_recall_1"), slow(images, captions, 1));
    EXPECT_DOUBLE_EQ(metrics.at("image_to_text_recall_5"), slow(images, captions, 5));
    EXPECT_DOUBLE_EQ(metrics.at("text_to_image_recall_1"), slow(captions, images, 1));
    EXPECT_DOUBLE_EQ(metrics.at("text_to_image_recall_5"), slow(captions, images, 5));
    EXPECT_GT(metrics.at("image_to_text_recall_5"), metrics.at("image_to_text_recall_1"));
    pairs.first_ND = pairs.second_ND = torch::ones({count, 3}) / std::sqrt(3.0);
    EXPECT_EQ(retrieval_metrics(pairs).at("image_to_text_recall_5"), 0) << "a draw is not found";
}

TEST(Retrieval, EqualCaptionsAreOneWhateverPadsThem) {
    HostBatch rows = mixed_pairs(5);
    std::int32_t* ids = rows.arrays.at(array::tokens).values<std::int32_t>();
    std::copy_n(ids, 2, ids + 6);
    rows.lengths[1] = 2;
    EXPECT_EQ(caption_identity(rows, 0), caption_identity(rows, 1));
    ids[6] = (ids[6] + 1) % pair_vocabulary;
    EXPECT_NE(caption_identity(rows, 0), caption_identity(rows, 1));
}

TEST(Retrieval, TheNearestCaptionTellsTheClassWhereNoneNamesIt) {
    const std::vector<std::int32_t> taught{0, 0, 1, 2, 2, 2}, asked{0, 1, 2, 1, 3};
    std::vector<Example> text_examples(taught.size()), judged_examples(asked.size());
    Gathered texts, judged;
    for (std::size_t i = 0; i < taught.size(); ++i) text_examples[i].classes = {taught[i]};
    for (std::size_t i = 0; i < asked.size(); ++i) judged_examples[i].classes = {asked[i]};
    for (const Example& example : text_examples) texts.examples.push_back(&example);
    for (const Example& example : judged_examples) judged.examples.push_back(&example);
    torch::manual_seed(8);
    texts.second_ND = torch::nn::functional::normalize(torch::randn({6, 4}));
    texts.first_ND = torch::zeros({6, 4});
    judged.second_ND = torch::zeros({5, 4});
    // Rows 0 to 2 lie where a text of their class does, however far its others are, row 3 lies with another, and of
    // row 4's class there is no text.
    judged.first_ND = torch::stack(
        {texts.second_ND[1], texts.second_ND[2], texts.second_ND[4], texts.second_ND[0], texts.second_ND[5]});
    EXPECT_DOUBLE_EQ(nearest_caption_accuracy(judged, texts), 0.6);
    for (Example& example : text_examples) example.classes.clear();
    EXPECT_TRUE(std::isnan(nearest_caption_accuracy(judged, texts)));
}

TEST(Retrieval, ZeroShotTakesTheNearestOfAPicturesPrompts) {
    Gathered prompts;  // two pictures, three classes
    prompts.first_ND = torch::tensor({{1.0F, 0.0F}, {0.0F, 1.0F}}).repeat_interleave(3, 0);
    prompts.second_ND =
        torch::tensor({{0.8F, 0.6F}, {1.0F, 0.0F}, {0.0F, 1.0F}, {0.6F, 0.8F}, {1.0F, 0.0F}, {0.8F, 0.6F}});
    EXPECT_DOUBLE_EQ(zero_shot_accuracy(prompts, {1, 0}), 1);
    EXPECT_DOUBLE_EQ(zero_shot_accuracy(prompts, {1, 2}), 0.5);
    EXPECT_TRUE(std::isnan(zero_shot_accuracy(prompts, {})));
}

// ---- whole runs

Json pair_spec(const Json& changes = Json::object()) {
    const Json tiny = Json::parse(R"({
        "dataset": {"kind": "shapes", "pictures": 160, "size": 16},
        "split": {"kind": "by_document", "validation": 0.2, "test": 0.1},
        "tokenizer": {"kind": "bytes"},
        "backbone": {"kind": "two_towers", "image_layers": 2, "image_width": 4, "text_layers": 1, "text_width": 8,
                     "heads": 2, "context": 48, "width": 8},
        "objective": {"kind": "image_text"},
        "training": {"budget": 8, "micro_batch": 8, "threads": 1},
        "evaluation": {"every": 4, "tokens": 0, "whole_at_end": true}
    })");
    return test::tiny_spec(overlay_spec(overlay_spec(default_spec(), tiny), changes));
}

TEST(ImageText, CaptionsAreReadWhereSomeKindNeedsThem) {
    EXPECT_TRUE(wants_captions(pair_spec()));
    EXPECT_FALSE(wants_captions(test::tiny_spec()));
    EXPECT_FALSE(wants_captions(Json()));
    Json without = pair_spec();
    without["tokenizer"] = {{"kind", "none"}};
    EXPECT_FALSE(spec_status(without)) << "captions need a tokenizer";
    Json other = pair_spec();
    other["backbone"] = {{"kind", "cnn"}};
    EXPECT_FALSE(spec_status(other)) << "and two towers";
}

TEST(ImageText, ARunResumesToTheBitWithItsTemperatureAndReportsWhatIsFound) {
    const Json spec = pair_spec({{"saving", {{"every", 3}, {"keep_last", 9}}}});
    test::Stretches whole, parts;
    ASSERT_EQ(whole.go(spec).end, Outcome::End::finished) << whole.why();
    ASSERT_EQ(parts.go(spec, {}, 3).end, Outcome::End::stopped) << parts.why();
    ASSERT_EQ(parts.go(spec, parts.checkpoint(3)).end, Outcome::End::finished) << parts.why();
    EXPECT_EQ(parts.figures(), whole.figures());
    const Json& training = spec.at("training");
    const std::int64_t rows =
        training.at("micro_batch").get<std::int64_t>() * training.at("accumulation").get<std::int64_t>();
    for (const auto& [step, images] : whole.tokens()) EXPECT_EQ(images, step * rows) << "pictures are counted";
    const CheckpointModel one = CheckpointModel::load(whole.current()).or_throw(),
                          other = CheckpointModel::load(parts.current()).or_throw();
    EXPECT_TRUE(torch::equal(one.model.bank->weights(), other.model.bank->weights()));
    const torch::Tensor scale = one.model.objective->parameters().at(0).tensor;
    EXPECT_NE(scale.item<float>(), static_cast<float>(-std::log(0.07))) << "it was learnt";
    EXPECT_NEAR(scale.item<float>(), -std::log(0.07), 0.5);
    const auto figures = whole.figures();
    for (const std::string& metric : find_kind(objectives(), "image_text")->metrics) {
        ASSERT_TRUE(figures.contains({8, "validation/" + metric})) << metric;
        EXPECT_TRUE(std::isfinite(figures.at({8, "validation/" + metric}))) << metric;
    }
}

}  // namespace
}  // namespace gw
