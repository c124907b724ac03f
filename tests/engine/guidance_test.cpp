#include <gtest/gtest.h>
#include <torch/optim/adam.h>

#include "engine/small.h"
#include "model/noise_time.h"
#include "objective/by_class.h"
#include "objective/noise_schedule.h"
#include "objective/normal_values.h"

// Diffusion that is told the classes of rows, and guided without a classifier.
namespace gw {
namespace {

/// Rows of one value in classes.
struct ClassedRows {
    explicit ClassedRows(Json settings, std::int64_t classes = 2) {
        InputFacts input;
        input.table.emplace();
        TableInput::Column& column = input.table->columns.emplace_back();
        column.name = "x";
        column.least = -8;
        column.most = 8;
        const BackboneKind& trunk = *find_kind(backbones(), "residual_mlp");
        net = trunk.build(trunk.complete({{"layers", 2}, {"width", 32}}), BackboneInputs{input, /*causal=*/false, 7});
        LabelFacts labels;
        labels.kind = LabelKind::one_class;
        for (std::int64_t i = 0; i < classes; ++i) {
            labels.classes.push_back("class " + std::to_string(i));
            labels.counts.push_back(10 * (i + 1));
        }
        const ObjectiveKind& kind = *find_kind(objectives(), "diffusion");
        const Json whole = kind.complete(settings);
        for (const schema::Problem& problem : kind.check(whole, "objective")) ADD_FAILURE() << problem.message;
        objective = kind.build(whole, ObjectiveInputs{net->facts(), nullptr, 3, labels});
    }
    /// `classes` below 0: a row without one.
    Batch batch(const torch::Tensor& x_B1, const std::vector<std::int32_t>& classes, std::uint64_t seed) const {
        HostBatch rows;
        rows.rows = x_B1.size(0);
        HostArray table(HostArray::Type::f32, x_B1.sizes().vec());
        std::copy_n(x_B1.contiguous().data_ptr<float>(), table.size(), table.values<float>());
        rows.arrays.emplace(array::table, std::move(table));
        std::vector<Example> examples(classes.size());
        for (std::size_t i = 0; i < classes.size(); ++i) {
            if (classes[i] >= 0) examples[i].classes = {classes[i]};
            rows.examples.push_back(&examples[i]);
            rows.places.push_back(static_cast<std::int64_t>(i));
        }
        return objective->feed(rows, RowSeeds(seed));
    }
    torch::Tensor weight(const std::string& name) const {
        for (const Parameter& p : objective->parameters())
            if (p.name == name) return p.tensor;
        ADD_FAILURE() << "no " << name;
        return {};
    }
    const DrawsByClass& by() const { return *by_class(*objective); }
    std::unique_ptr<Backbone> net;
    std::unique_ptr<Objective> objective;
};

TEST(Guidance, RowsWhoseClassIsDroppedAreThoseOfAModelThatIsToldNone) {
    const ClassedRows told(Json{{"by_class", true}, {"noise_steps", 50}}), plain(Json{{"noise_steps", 50}});
    EXPECT_EQ(by_class(*plain.objective), nullptr);
    EXPECT_EQ(told.by().classes(), 2);
    const torch::NoGradGuard no_grad;
    torch::manual_seed(1);
    const torch::Tensor x = torch::randn({40, 1});
    const std::vector<std::int32_t> none(40, -1), some(40, 1);
    const auto losses = [&](const ClassedRows& it, const std::vector<std::int32_t>& classes) {
        return it.objective->measures(*it.net, it.batch(x, classes, 5), Pass{}).losses_N;
    };
    EXPECT_TRUE(torch::equal(losses(told, none), losses(plain, some)));
    EXPECT_FALSE(torch::allclose(losses(told, some), losses(plain, some)));
    // Rows with the class and without are those of each alone.
    const Batch fed = told.batch(x, some, 5);
    const torch::Tensor dropped = fed["told_class"].eq(0);
    ASSERT_GT(dropped.sum().item<std::int64_t>(), 0);
    EXPECT_TRUE(torch::allclose(losses(told, some).masked_select(dropped), losses(plain, some).masked_select(dropped),
                                1e-5, 1e-6));
}

TEST(Guidance, AsManyRowsAsAskedAreNotTold) {
    const std::vector<std::int32_t> classes(4000, 1);
    for (const double share : {0.0, 0.25, 0.8}) {
        const ClassedRows it(Json{{"by_class", true}, {"class_dropout", share}});
        const torch::Tensor told = it.batch(torch::zeros({4000, 1}), classes, 3)["told_class"];
        EXPECT_NEAR(told.eq(0).to(torch::kFloat32).mean().item<double>(), share, 0.03);
        EXPECT_EQ(told.eq(2).sum().item<std::int64_t>() + told.eq(0).sum().item<std::int64_t>(), 4000);
        EXPECT_TRUE(torch::equal(told, it.batch(torch::zeros({4000, 1}), classes, 3)["told_class"]));
    }
}

TEST(Guidance, IsThePublishedMixtureOfBoth) {
    // One step of drawing, by hand: from noise alone to what the model takes for the row.
    const ClassedRows it(Json{{"by_class", true},
                              {"noise_steps", 20},
                              {"sampler_steps", 1},
                              {"prediction", "velocity"},
                              {"noise_schedule", "linear"},
                              {"guidance", 2}});
    const torch::NoGradGuard no_grad;
    it.weight("classes.weight").mul_(50);
    const torch::Tensor classes = torch::tensor({0, 1, 1, 0, 1}, torch::kInt64);
    constexpr std::uint64_t seed = 9;
    Rng rng(seed);
    const torch::Tensor x = normal_values({5, 1, 1, 1}, rng).view({5, 1});
    const double share = signal_shares("linear", 20).back();
    const auto said = [&](bool told) {
        Batch batch;
        batch.set(array::table, x);
        batch.set(array::times, torch::ones({5}));
        if (told) batch.set(told_beside_time, it.weight("classes.weight").index_select(0, classes));
        return at::linear(it.net->features(batch, Pass{}).pooled_BD, it.weight("output.weight"),
                          it.weight("output.bias"));
    };
    const torch::Tensor with = said(true), without = said(false);
    EXPECT_GT((with - without).abs().max().item<double>(), 1e-3) << "else nothing were told by it";
    for (const double w : {0.0, 1.0, 3.0}) {
        const torch::Tensor velocity = (1 + w) * with - w * without,
                            expected = (std::sqrt(share) * x - std::sqrt(1 - share) * velocity).clamp(-8, 8);
        const torch::Tensor found = it.by().drawn_of(*it.net, classes, w, seed, Pass{});
        EXPECT_TRUE(torch::allclose(found, expected, 1e-4, 1e-5)) << w << found << expected;
    }
    EXPECT_TRUE(torch::equal(it.by().drawn_of(*it.net, classes, {}, seed, Pass{}),
                             it.by().drawn_of(*it.net, classes, 2, seed, Pass{})))
        << "as it is set";
}

TEST(Guidance, WithoutClassesItDrawsThemAsOftenAsTheyWere) {
    // A model whose class moves its rows far: 10 rows of one and 20 of the other were seen.
    const ClassedRows it(
        Json{{"by_class", true}, {"noise_steps", 20}, {"sampler_steps", 2}, {"prediction", "velocity"}});
    const torch::NoGradGuard no_grad;
    it.weight("classes.weight").mul_(100);
    constexpr std::int64_t count = 3000;
    const torch::Tensor all = it.objective->drawn(*it.net, count, 4, Pass{}),
                        first = it.by().drawn_of(*it.net, torch::zeros({count}, torch::kInt64), {}, 4, Pass{}),
                        second = it.by().drawn_of(*it.net, torch::ones({count}, torch::kInt64), {}, 4, Pass{});
    EXPECT_TRUE(torch::equal(all, it.objective->drawn(*it.net, count, 4, Pass{})));
    const torch::Tensor as_first = (all - first).abs().lt(1e-5), as_second = (all - second).abs().lt(1e-5);
    EXPECT_TRUE(as_first.logical_or(as_second).all().item<bool>());
    EXPECT_NEAR(as_second.to(torch::kFloat32).mean().item<double>(), 2.0 / 3, 0.04);
}

TEST(Guidance, RowsOfAMixtureLieAtTheComponentThatWasAskedFor) {
    const ClassedRows it(Json{{"by_class", true},
                              {"noise_steps", 50},
                              {"sampler_steps", 25},
                              {"class_dropout", 0.2},
                              {"prediction", "velocity"}});
    std::vector<torch::Tensor> weights;
    for (const Parameter& p : it.net->parameters()) weights.push_back(p.tensor);
    for (const Parameter& p : it.objective->parameters()) weights.push_back(p.tensor);
    torch::optim::Adam adam(weights, torch::optim::AdamOptions(3e-3));
    torch::manual_seed(6);
    constexpr std::int64_t rows = 256;
    std::vector<std::int32_t> classes;
    for (std::int64_t i = 0; i < rows; ++i) classes.push_back(static_cast<std::int32_t>(i % 2));
    const torch::Tensor sides = 4 * torch::arange(rows).remainder(2).unsqueeze(1).to(torch::kFloat32) - 2;
    constexpr std::uint64_t updates = 1200, slow = 300;
    for (std::uint64_t step = 0; step < updates; ++step) {
        if (step == updates - slow)
            for (auto& group : adam.param_groups()) static_cast<torch::optim::AdamOptions&>(group.options()).lr(3e-4);
        const Batch fed = it.batch(sides + 0.4 * torch::randn({rows, 1}), classes, step);
        adam.zero_grad();
        minimised(it.objective->loss(*it.net, fed, Pass{}), {rows, rows}).backward();
        adam.step();
    }
    const torch::NoGradGuard no_grad;
    constexpr std::int64_t count = 1000;
    for (const double guidance : {0.0, 1.0})
        for (const std::int64_t one : {0, 1}) {
            const torch::Tensor drawn =
                it.by().drawn_of(*it.net, torch::full({count}, one, torch::kInt64), guidance, 11, Pass{});
            const double middle = one == 0 ? -2 : 2;
            EXPECT_GT((drawn - middle).abs().lt(1.6).to(torch::kFloat32).mean().item<double>(), 0.98)
                << one << " " << guidance;
        }
    const torch::Tensor any = it.objective->drawn(*it.net, count, 12, Pass{});
    EXPECT_NEAR(any.gt(0).to(torch::kFloat32).mean().item<double>(), 2.0 / 3, 0.06) << "by the counts of the labels";
}

TEST(Guidance, AsksForRowsWithoutClassAndForClasses) {
    const ObjectiveKind& kind = *find_kind(objectives(), "diffusion");
    const auto check = [&](const Json& settings) { return kind.check(kind.complete(settings), "objective"); };
    const auto problems = check({{"by_class", true}, {"guidance", 1}, {"class_dropout", 0}});
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_EQ(problems[0].path, "objective.class_dropout");
    EXPECT_TRUE(check({{"by_class", true}, {"guidance", 1}}).empty());
    EXPECT_EQ(check({{"by_class", true}, {"noise_steps", 10}, {"sampler_steps", 11}}).size(), 1U);
    EXPECT_EQ(kind.needs_of({{"by_class", true}}).back(), "labels of the kind class");
    EXPECT_EQ(kind.needs_of(Json::object()), kind.needs);
    const auto refused = [&] { (void)ClassedRows(Json{{"by_class", true}}, /*classes=*/0); };
    EXPECT_THROW(refused(), Failure);
}

TEST(Guidance, ClassesAreSpreadEvenly) {
    EXPECT_TRUE(torch::equal(evenly_of_classes(7, 3), torch::tensor({0, 0, 0, 1, 1, 2, 2}, torch::kInt64)));
    EXPECT_TRUE(torch::equal(evenly_of_classes(2, 3), torch::tensor({0, 1}, torch::kInt64)));
}

}  // namespace
}  // namespace gw
