#include "engine/check_gradients.h"
#include "engine/small.h"
#include "model/patches.h"
#include "model/positions.h"

// The vision transformer: what it may see of a picture, and that its size is the one known from the literature.
namespace gw {
namespace {

const BackboneKind& vit() {
    return *find_kind(backbones(), "vit");
}

std::unique_ptr<Backbone> small_vit(const Json& changes, const InputFacts& input, torch::Dtype dtype) {
    Json settings = {{"patch", 2}, {"width", 12}, {"layers", 2}, {"heads", 2}, {"ff_factor", 2}};
    settings.update(changes);
    for (const schema::Problem& problem : vit().check(settings, "backbone"))
        ADD_FAILURE() << problem.path << " " << problem.message;
    auto backbone = vit().build(settings, BackboneInputs{input, /*causal=*/false, 7});
    for (const Parameter& p : backbone->parameters()) {
        torch::Tensor tensor = p.tensor;
        tensor.set_data(tensor.detach().to(dtype));
    }
    return backbone;
}

torch::Tensor noise_BCHW(const std::vector<std::int64_t>& shape, std::uint64_t seed) {
    torch::manual_seed(seed);
    return torch::randint(256, shape, torch::kUInt8);
}

double apart(const torch::Tensor& one, const torch::Tensor& other) {
    return (one - other).abs().max().item<double>();
}

TEST(Vit, PatchesAreCutInRowOrder) {
    const PatchGrid grid = patch_grid(ImageInput{2, 6, 4, {}, {}}, 2).value();
    EXPECT_EQ(grid.rows, 3);
    EXPECT_EQ(grid.columns, 2);
    const torch::Tensor pictures = torch::arange(2 * 2 * 6 * 4, torch::kInt64).view({2, 2, 6, 4}),
                        cut = cut_into_patches(pictures, grid);
    ASSERT_EQ(cut.sizes(), (std::vector<std::int64_t>{2, 6, 8}));
    const auto whole = pictures.accessor<std::int64_t, 4>();
    const auto patch = cut.accessor<std::int64_t, 3>();
    for (std::int64_t b = 0; b < 2; ++b)
        for (std::int64_t c = 0; c < 2; ++c)
            for (std::int64_t row = 0; row < 6; ++row)
                for (std::int64_t column = 0; column < 4; ++column)
                    EXPECT_EQ(patch[b][row / 2 * 2 + column / 2][c * 4 + row % 2 * 2 + column % 2],
                              whole[b][c][row][column]);
    EXPECT_TRUE(torch::equal(joined_patches(cut, grid), pictures));
}

TEST(Vit, WithoutPositionsTheOrderOfPatchesIsNotSeen) {
    const InputFacts input = image_input(2, 6, 4);
    const PatchGrid grid = patch_grid(*input.image, 2).value();
    const torch::Tensor pictures = noise_BCHW({3, 2, 6, 4}, 1),
                        order = torch::tensor({4, 0, 5, 2, 1, 3}, torch::kInt64),
                        shuffled = joined_patches(cut_into_patches(pictures, grid).index_select(1, order), grid);
    const torch::NoGradGuard no_grad;
    for (const char* pooling : {"mean", "class_token"})
        for (const char* positions : {"none", "learned", "sinusoidal"}) {
            const auto backbone = small_vit({{"pooling", pooling}, {"positions", positions}}, input, torch::kFloat32);
            for (const Parameter& p : backbone->parameters())  // a table of 0.02 would hardly be seen
                if (p.name == "positions.weight") p.tensor.mul_(20);
            const double moved = apart(backbone->features(Batch::of_images(pictures), {}).pooled_BD,
                                       backbone->features(Batch::of_images(shuffled), {}).pooled_BD);
            if (positions == std::string("none")) {
                EXPECT_LE(moved, 1e-5) << pooling;
            } else {
                EXPECT_GT(moved, 1e-3) << pooling << " " << positions;
            }
        }
}

TEST(Vit, EncodingAllPatchesGivesWhatIsPooled) {
    const InputFacts input = image_input(2, 6, 4);
    const Batch batch = Batch::of_images(noise_BCHW({3, 2, 6, 4}, 2));
    const torch::Tensor all = torch::arange(6, torch::kInt64).expand({3, 6});
    const torch::NoGradGuard no_grad;
    for (const char* pooling : {"mean", "class_token"})
        for (const char* positions : {"none", "learned", "sinusoidal"})
            for (const char* place : {"pre", "post"}) {
                const auto backbone = small_vit({{"pooling", pooling}, {"positions", positions}, {"norm_place", place}},
                                                input, torch::kFloat32);
                PatchEncoder& patches = *backbone->by_patches();
                EXPECT_EQ(patches.grid().count(), 6);
                const torch::Tensor encoded = patches.encode(patches.patches(batch, {}), all, {});
                const Features features = backbone->features(batch, {});
                EXPECT_LE(apart(encoded, features.map_BCHW.flatten(2).transpose(1, 2)), 1e-5)
                    << pooling << positions << place;
                if (pooling == std::string("mean")) {
                    EXPECT_LE(apart(encoded.mean(1), features.pooled_BD), 1e-5);
                }
                // Whatever order they are named in, a patch keeps its place.
                const torch::Tensor backwards = patches.encode(patches.patches(batch, {}), all.flip({1}), {});
                EXPECT_LE(apart(encoded, backwards.flip({1})), 1e-5) << pooling << positions << place;
            }
}

TEST(Vit, Gradients) {
    const InputFacts input = image_input(1, 4, 4);
    torch::manual_seed(3);
    const Batch batch = Batch::of_images(torch::randn({2, 1, 4, 4}, torch::kFloat64));
    const Pass exact{torch::kFloat64};
    for (const char* pooling : {"mean", "class_token"})
        for (const char* positions : {"learned", "sinusoidal"}) {
            const auto backbone = small_vit({{"pooling", pooling},
                                             {"positions", positions},
                                             {"layers", 1},
                                             {"width", 6},
                                             {"norm", pooling == std::string("mean") ? "layer_norm" : "rms_norm"}},
                                            input, torch::kFloat64);
            test::check_gradients(backbone->parameters(), [&] {
                const torch::Tensor y = backbone->features(batch, exact).pooled_BD;
                return (y * torch::sin(torch::arange(y.numel(), torch::kFloat64) + 1).view(y.sizes())).sum();
            });
        }
}

/// ViT-B/16 and DeiT-Ti/16 at 224 pixels have 86,567,656 and 5,717,416 weights with their heads of 1,000 classes
/// (Touvron et al. 2020, arXiv:2012.12877, and the authors' checkpoints).
TEST(Vit, HasTheSizeKnownFromTheLiterature) {
    const InputFacts input = image_input(3, 224, 224);
    const Json common = {{"patch", 16}, {"layers", 12}, {"pooling", "class_token"}, {"ff_factor", 4}};
    Json base = common, tiny = common;
    base.update({{"width", 768}, {"heads", 12}});
    tiny.update({{"width", 192}, {"heads", 3}});
    EXPECT_EQ(vit().size(base, input).parameters, 86567656 - 1000 * 769);
    EXPECT_EQ(vit().size(tiny, input).parameters, 5717416 - 1000 * 193);
    // 17.6e9 products of numbers forward (Touvron et al. 2020); with the way back three times as many, of two
    // operations each.
    EXPECT_NEAR(vit().size(base, input).flops_per_unit / 6e9, 17.6, 0.2);
}

TEST(Vit, TheCountOfWeightsIsExact) {
    for (const char* pooling : {"mean", "class_token"})
        for (const char* positions : {"none", "learned", "sinusoidal"})
            for (const char* activation : {"gelu", "swiglu"})
                for (const char* place : {"pre", "post"})
                    for (const std::int64_t patch : {2, 3, 6}) {
                        const Json settings = {{"pooling", pooling},  {"positions", positions},
                                               {"patch", patch},      {"activation", activation},
                                               {"norm_place", place}, {"width", 8},
                                               {"layers", 2},         {"heads", 4},
                                               {"ff_factor", 3}};
                        const InputFacts input = image_input(3, 12, 6);
                        std::int64_t count = 0;
                        for (const Parameter& p : small_vit(settings, input, torch::kFloat32)->parameters())
                            count += p.tensor.numel();
                        EXPECT_EQ(vit().size(settings, input).parameters, count) << settings.dump();
                    }
}

TEST(Vit, APatchThatDoesNotDivideIsRefused) {
    const InputFacts input = image_input(1, 28, 28);
    const schema::Problems problems = vit().check_input({{"patch", 5}}, input, "backbone");
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_EQ(problems[0].path, "backbone.patch");
    EXPECT_EQ(problems[0].message,
              "patches of 5 x 5 pixels do not fill a picture of 28 x 28 evenly; sides next to it that do: 4, 7");
    EXPECT_TRUE(vit().check_input({{"patch", 7}}, input, "backbone").empty());
    EXPECT_TRUE(vit().check_input({{"patch", 5}}, {}, "backbone").empty()) << "nothing is known of the pictures";
    try {
        (void)vit().build({{"patch", 5}}, BackboneInputs{input, false, 1});
        ADD_FAILURE() << "was built";
    } catch (const Failure& failure) {
        EXPECT_EQ(failure.error().code, Error::Code::bad_spec);
        EXPECT_EQ(failure.error().hint, "Set backbone.patch to a side that does: 4, 7");
    }
    const ImageInput upright{1, 48, 32, {}, {}};
    EXPECT_EQ(fitting_sides(upright, 5), (std::vector<std::int64_t>{4, 8}));
    EXPECT_EQ(fitting_sides(upright, 40), (std::vector<std::int64_t>{16}));
    EXPECT_EQ(fitting_sides(ImageInput{1, 9, 8, {}, {}}, 2), (std::vector<std::int64_t>{1}));
}

TEST(Vit, TheFormTellsOfAPatchThatDoesNotDivide) {
    Json spec = default_spec();
    spec["tokenizer"] = {{"kind", "none"}};
    spec["split"] = {{"kind", "by_document"}};
    spec["backbone"] = {{"kind", "vit"}, {"patch", 5}};
    spec["objective"] = {{"kind", "classification"}};
    const auto told = [&](bool as_warning) {
        for (const schema::Problem& problem : check_spec(spec))
            if (problem.path == "backbone.patch" && problem.warning == as_warning) return true;
        return false;
    };
    spec["dataset"] = {{"kind", "shapes"}, {"size", 32}};
    EXPECT_TRUE(told(/*as_warning=*/false));
    spec["dataset"]["size"] = 40;
    EXPECT_FALSE(told(false) || told(true));
    // Files in this form are mostly 28 pixels high and wide, but need not be.
    spec["dataset"] = {{"kind", "idx"}, {"paths", {"/nowhere"}}};
    EXPECT_TRUE(told(/*as_warning=*/true));
}

TEST(Vit, ShowsWhatItsPatchesLookAt) {
    const InputFacts input = image_input(2, 6, 4);
    const auto backbone = small_vit({{"pooling", "class_token"}}, input, torch::kFloat32);
    const Batch batch = Batch::of_images(noise_BCHW({3, 2, 6, 4}, 4));
    std::vector<std::string> names;
    Pass pass;
    pass.attended = [&](const std::string& name, const torch::Tensor& weights) {
        names.push_back(name);
        ASSERT_EQ(weights.sizes(), (std::vector<std::int64_t>{3, 2, 7, 7}));
        EXPECT_TRUE(torch::allclose(weights.sum(-1), torch::ones({3, 2, 7})));
    };
    const torch::NoGradGuard no_grad;
    // To rounding: who watches what patches look at has all of it made, who does not may have it fused.
    EXPECT_TRUE(torch::allclose(backbone->features(batch, pass).pooled_BD, backbone->features(batch, Pass{}).pooled_BD,
                                1e-4, 1e-5));
    EXPECT_EQ(names, (std::vector<std::string>{"blocks.0.attention", "blocks.1.attention"}));
}

TEST(Vit, PlacesAreSinesOfRowAndColumn) {
    const torch::Tensor places = sinusoidal_places(3, 2, 7), down = sinusoidal_positions(3, 4),
                        along = sinusoidal_positions(2, 3);
    ASSERT_EQ(places.sizes(), (std::vector<std::int64_t>{6, 7}));
    for (std::int64_t row = 0; row < 3; ++row)
        for (std::int64_t column = 0; column < 2; ++column)
            EXPECT_TRUE(torch::equal(places[row * 2 + column], torch::cat({down[row], along[column]})));
}

}  // namespace
}  // namespace gw
