#include <torch/optim/adam.h>

#include <algorithm>

#include "engine/check_gradients.h"
#include "engine/small.h"
#include "model/blocks.h"
#include "model/patches.h"

// The masked autoencoder: what it is asked, what it may see, and what it costs.
namespace gw {
namespace {

const char *const kept_name = "kept_patches", *const hidden_name = "hidden_patches";

/// A vision transformer with the objective on it, over pictures of 2 x 8 x 12 values in patches of 4 x 4.
struct Masking {
    explicit Masking(const Json& objective_changes = Json::object(), const Json& backbone_changes = Json::object(),
                     const InputFacts& input = image_input(2, 8, 12), torch::Dtype dtype = torch::kFloat32) {
        Json settings = {{"patch", 4}, {"width", 12}, {"layers", 1}, {"heads", 2}, {"ff_factor", 2}};
        settings.update(backbone_changes);
        Json asked = {{"decoder_width", 8}, {"decoder_heads", 2}, {"decoder_layers", 1}, {"share", 0.5}};
        asked.update(objective_changes);
        const ObjectiveKind& kind = *find_kind(objectives(), "masked_image");
        for (const schema::Problem& problem : kind.check(asked, "objective")) ADD_FAILURE() << problem.message;
        net = find_kind(backbones(), "vit")->build(settings, BackboneInputs{input, /*causal=*/false, 7});
        objective = kind.build(asked, ObjectiveInputs{net->facts(), nullptr, 3, {}});
        for (const Parameters& all : {net->parameters(), objective->parameters()})
            for (const Parameter& p : all) {
                torch::Tensor tensor = p.tensor;
                tensor.set_data(tensor.detach().to(dtype));
            }
        head_parameters = kind.head_parameters(asked, net->facts());
    }
    torch::Tensor weight(const std::string& name) const {
        for (const Parameter& p : objective->parameters())
            if (p.name == name) return p.tensor.detach();
        ADD_FAILURE() << name;
        return {};
    }
    void guess_zero() const {
        weight("output.weight").zero_();
        weight("output.bias").zero_();
    }
    std::unique_ptr<Backbone> net;
    std::unique_ptr<Objective> objective;
    std::int64_t head_parameters = 0;
};

/// Rows at the places first, first + 1, ...
HostBatch picture_rows_of(const torch::Tensor& images_BCHW, std::int64_t first = 0) {
    const torch::Tensor images = images_BCHW.contiguous();
    HostBatch out;
    out.rows = images.size(0);
    HostArray pictures(HostArray::Type::u8, images.sizes().vec());
    std::copy_n(images.data_ptr<std::uint8_t>(), pictures.size(), pictures.values<std::uint8_t>());
    out.arrays.emplace(array::image, std::move(pictures));
    for (std::int64_t row = 0; row < out.rows; ++row) out.places.push_back(first + row);
    return out;
}

torch::Tensor random_pictures(std::int64_t count, std::uint64_t seed = 1) {
    torch::manual_seed(seed);
    return torch::randint(256, {count, 2, 8, 12}, torch::kUInt8);
}

/// The pictures with every value of the patches that `chosen_BK` numbers changed.
torch::Tensor with_changed(const torch::Tensor& images, const torch::Tensor& chosen_BK, const PatchGrid& grid) {
    const torch::Tensor patches = cut_into_patches(images, grid),
                        index = chosen_BK.unsqueeze(2).expand({-1, -1, grid.values()});
    return joined_patches(patches.scatter(1, index, 255 - patches.gather(1, index)), grid).contiguous();
}

TEST(MaskedImage, AGuessOfZeroCostsOne) {
    const Masking masking;
    masking.guess_zero();
    const torch::NoGradGuard no_grad;
    const Batch batch = masking.objective->feed(picture_rows_of(random_pictures(5)), 1);
    const torch::Tensor losses = masking.objective->measures(*masking.net, batch, {}).losses_N;
    EXPECT_TRUE(torch::allclose(losses, torch::ones({5}), 0, 1e-4)) << losses;
    // A patch of one colour has no shape that could be missed.
    const Batch flat = masking.objective->feed(picture_rows_of(torch::full({2, 2, 8, 12}, 90, torch::kUInt8)), 1);
    EXPECT_TRUE(
        torch::allclose(masking.objective->measures(*masking.net, flat, {}).losses_N, torch::zeros({2}), 0, 1e-6));
}

TEST(MaskedImage, WithoutNormalisationItIsTheSquareOfThePixels) {
    const InputFacts input{std::nullopt, ImageInput{2, 8, 12, {0.4, 0.6}, {0.2, 0.3}}};
    const Masking masking({{"normalise", false}}, Json::object(), input);
    masking.guess_zero();
    const torch::NoGradGuard no_grad;
    const torch::Tensor images = random_pictures(3);
    const Batch batch = masking.objective->feed(picture_rows_of(images), 1);
    const torch::Tensor losses = masking.objective->measures(*masking.net, batch, {}).losses_N;
    const auto pixel = images.accessor<std::uint8_t, 4>();
    const torch::Tensor hidden = batch[hidden_name];
    for (std::int64_t row = 0; row < 3; ++row) {
        double sum = 0;
        for (std::int64_t i = 0; i < hidden.size(1); ++i) {
            const std::int64_t patch = hidden[row][i].item<std::int64_t>(), down = patch / 3 * 4, along = patch % 3 * 4;
            for (std::int64_t c = 0; c < 2; ++c)
                for (std::int64_t y = 0; y < 4; ++y)
                    for (std::int64_t x = 0; x < 4; ++x) {
                        const double value =
                            (pixel[row][c][down + y][along + x] / 255.0 - (c ? 0.6 : 0.4)) / (c ? 0.3 : 0.2);
                        sum += value * value;
                    }
        }
        EXPECT_NEAR(losses[row].item<double>(), sum / static_cast<double>(hidden.size(1) * 32), 1e-4);
    }
}

TEST(MaskedImage, HidesWhatTheRowSays) {
    const Masking masking({{"share", 0.75}}, {{"patch", 2}});
    const HostBatch rows = picture_rows_of(random_pictures(40), 100);
    const RowSeeds by_place = RowSeeds::by_place(5);
    const Batch batch = masking.objective->feed(rows, by_place);
    EXPECT_EQ(batch.counted, 40);
    ASSERT_EQ(batch[hidden_name].sizes(), (std::vector<std::int64_t>{40, 18}));
    ASSERT_EQ(batch[kept_name].sizes(), (std::vector<std::int64_t>{40, 6}));
    const torch::Tensor both = std::get<0>(torch::cat({batch[hidden_name], batch[kept_name]}, 1).sort(1));
    EXPECT_TRUE(torch::equal(both, torch::arange(24, torch::kInt64).expand({40, 24}))) << "each patch once";
    // Whatever stands beside it.
    const Batch alone = masking.objective->feed(picture_rows_of(random_pictures(1), 117), by_place);
    EXPECT_TRUE(torch::equal(alone[hidden_name][0], batch[hidden_name][17]));
    EXPECT_FALSE(torch::equal(batch[hidden_name][0], batch[hidden_name][1]));
    EXPECT_FALSE(torch::equal(masking.objective->feed(rows, 6)[hidden_name], batch[hidden_name]));
    // No patch is favoured: over 4,000 rows each is hidden three times in four, give or take 5 standard deviations.
    torch::Tensor count = torch::zeros({24}, torch::kInt64);
    for (std::uint64_t seed = 0; seed < 100; ++seed)
        count += masking.objective->feed(rows, seed)[hidden_name].flatten().bincount({}, 24);
    EXPECT_GT(count.min().item<std::int64_t>(), 3000 - 5 * 28);
    EXPECT_LT(count.max().item<std::int64_t>(), 3000 + 5 * 28);
}

TEST(MaskedImage, TheBackboneDoesNotSeeWhatIsHidden) {
    const Masking masking({{"normalise", false}}, {{"pooling", "class_token"}});
    const PatchGrid grid = masking.net->facts().patches.value();
    const torch::NoGradGuard no_grad;
    const torch::Tensor images = random_pictures(4);
    const Batch batch = masking.objective->feed(picture_rows_of(images), 2);
    struct Seen {
        std::vector<torch::Tensor> blocks;
        torch::Tensor losses, drawn;
    };
    const auto look = [&](const char* changed) {
        Batch other = batch;
        if (changed) other.set(array::image, with_changed(images, batch[changed], grid));
        Seen seen;
        Pass pass;
        pass.observe = [&](const std::string& name, const torch::Tensor& values) {
            EXPECT_EQ(name, "blocks.0") << "the decoder's blocks are not the backbone's";
            seen.blocks.push_back(values);
        };
        seen.losses = masking.objective->measures(*masking.net, other, pass).losses_N;
        const torch::Tensor filled = masking.objective->redrawn(*masking.net, other, {}).select(1, 1);
        seen.drawn = chosen_patches(cut_into_patches(filled, grid), batch[hidden_name]);
        return seen;
    };
    const Seen before = look(nullptr), hidden = look(hidden_name), kept = look(kept_name);
    ASSERT_EQ(before.blocks.size(), 1U);
    EXPECT_EQ(before.blocks[0].size(1), 1 + 3) << "the class token and the patches that are kept";
    EXPECT_TRUE(torch::equal(before.blocks[0], hidden.blocks[0]));
    EXPECT_TRUE(torch::equal(before.drawn, hidden.drawn));
    EXPECT_FALSE(torch::equal(before.losses, hidden.losses)) << "the target is another";
    EXPECT_FALSE(torch::equal(before.blocks[0], kept.blocks[0]));
    EXPECT_FALSE(torch::equal(before.losses, kept.losses));
}

TEST(MaskedImage, Gradients) {
    torch::manual_seed(5);
    const torch::Tensor images = torch::randn({2, 1, 4, 4}, torch::kFloat64);
    for (const bool normalise : {true, false}) {
        const Masking masking({{"normalise", normalise}, {"decoder_width", 4}}, {{"patch", 2}, {"width", 4}},
                              image_input(1, 4, 4), torch::kFloat64);
        Batch batch = masking.objective->feed(picture_rows_of(torch::zeros({2, 1, 4, 4}, torch::kUInt8)), 1);
        batch.set(array::image, images);
        Parameters all = masking.net->parameters();
        for (const Parameter& p : masking.objective->parameters()) all.push_back(p);
        test::check_gradients(
            all, [&] { return masking.objective->loss(*masking.net, batch, Pass{torch::kFloat64})[0].sum; });
    }
}

TEST(MaskedImage, TheDecoderIsOfTheSizeItSays) {
    for (const std::int64_t layers : {1, 3})
        for (const std::int64_t width : {4, 12})
            for (const std::int64_t patch : {2, 4}) {
                const Masking masking({{"decoder_layers", layers}, {"decoder_width", width}}, {{"patch", patch}});
                std::int64_t count = 0;
                for (const Parameter& p : masking.objective->parameters()) count += p.tensor.numel();
                EXPECT_EQ(masking.head_parameters, count) << layers << " " << width << " " << patch;
            }
}

TEST(MaskedImage, IsRedrawn) {
    const InputFacts input{std::nullopt, ImageInput{2, 8, 12, {0.4, 0.6}, {0.2, 0.3}}};
    const Masking masking(Json::object(), Json::object(), input);
    const PatchGrid grid = masking.net->facts().patches.value();
    const torch::NoGradGuard no_grad;
    const torch::Tensor images = random_pictures(3);
    const Batch batch = masking.objective->feed(picture_rows_of(images), 2);
    const torch::Tensor drawn = masking.objective->redrawn(*masking.net, batch, {});
    ASSERT_EQ(drawn.sizes(), (std::vector<std::int64_t>{3, 3, 2, 8, 12}));
    ASSERT_EQ(drawn.scalar_type(), torch::kUInt8);
    const auto part = [&](const torch::Tensor& pictures, const char* which) {
        return chosen_patches(cut_into_patches(pictures, grid), batch[which]);
    };
    EXPECT_TRUE(torch::equal(drawn.select(1, 2), images)) << "the original, to the byte";
    EXPECT_TRUE(part(drawn.select(1, 0), hidden_name).eq(128).all().item<bool>());
    for (const std::int64_t picture : {0, 1})
        EXPECT_TRUE(torch::equal(part(drawn.select(1, picture), kept_name), part(images, kept_name)));
    EXPECT_FALSE(torch::equal(part(drawn.select(1, 1), hidden_name), part(images, hidden_name)));
    // A shape of nothing, in the brightness of the original.
    masking.guess_zero();
    const torch::Tensor flat =
        part(masking.objective->redrawn(*masking.net, batch, {}).select(1, 1), hidden_name).to(torch::kFloat32);
    for (const std::int64_t channel : {0, 1}) {
        const torch::Tensor values = flat.narrow(2, 16 * channel, 16);
        EXPECT_TRUE(values.eq(values.narrow(2, 0, 1)).all().item<bool>()) << "one colour each";
    }
}

TEST(MaskedImage, LearnsWhatTheRestTells) {
    // Every picture is one of eight patches, over and over: a patch that is kept tells those that are hidden.
    torch::manual_seed(9);
    const torch::Tensor patterns = torch::randint(256, {8, 2, 4, 4}, torch::kUInt8),
                        images = patterns.repeat({1, 1, 2, 3});
    const Masking masking({{"decoder_width", 32}, {"share", 0.75}}, {{"width", 32}});
    std::vector<torch::Tensor> trained;
    for (const Parameters& all : {masking.net->parameters(), masking.objective->parameters()})
        for (const Parameter& p : all) trained.push_back(p.tensor);
    torch::optim::Adam adam(trained, torch::optim::AdamOptions(3e-3));
    double first = 0, last = 0;
    for (std::uint64_t step = 0; step < 200; ++step) {
        const Batch batch = masking.objective->feed(picture_rows_of(images), step);
        const torch::Tensor loss = masking.objective->loss(*masking.net, batch, Pass{})[0].sum / 8.0;
        adam.zero_grad();
        loss.backward();
        adam.step();
        last = loss.item<double>();
        if (step == 0) first = last;
    }
    EXPECT_GT(first, 0.9);
    EXPECT_LT(last, 0.3);
}

TEST(MaskedImage, APictureOfOnePatchIsRefused) {
    try {
        const Masking masking(Json::object(), {{"patch", 8}}, image_input(1, 8, 8));
        ADD_FAILURE() << "nothing is left to fill in";
    } catch (const Failure& failure) {
        EXPECT_EQ(failure.error().code, Error::Code::bad_spec);
        EXPECT_FALSE(failure.error().hint.empty());
    }
}

TEST(MaskedImage, TheDecoderIsInTheEstimate) {
    Json spec = default_spec();
    spec["dataset"] = {{"kind", "shapes"}, {"size", 32}};
    spec["backbone"] = {{"kind", "vit"}, {"patch", 4}};
    spec["training"]["micro_batch"] = 10;
    const auto estimated = [&](const Json& settings) {
        spec["objective"] = {{"kind", "masked_image"}};
        spec["objective"].update(settings);
        return estimate_run(spec);
    };
    const BlocksShape block{.layers = 1, .width = 64, .heads = 4, .kv_heads = 4, .hidden = 256};
    const Estimate shallow = estimated({{"decoder_layers", 1}}), deep = estimated({{"decoder_layers", 5}});
    EXPECT_NEAR(static_cast<double>(deep.memory_activations - shallow.memory_activations),
                10 * 4 * 64 * block.activation_bytes(64), 2);
    EXPECT_NEAR(deep.flops_per_token - shallow.flops_per_token,
                4 * 64 * (6.0 * static_cast<double>(block.weights()) + 12.0 * 64 * 64), 1);
    EXPECT_LT(estimated({{"share", 0.9}}).memory_activations, estimated({{"share", 0.3}}).memory_activations)
        << "the backbone sees less";
}

}  // namespace
}  // namespace gw
