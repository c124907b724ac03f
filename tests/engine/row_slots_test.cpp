#include "train/step/row_slots.h"

#include "draw.h"
#include "engine/every_objective.h"
#include "engine/stretch.h"
#include "spec/one_thread.h"
#include "train/prepared_run.h"
#include "util/task_pool.h"

namespace gw {
namespace {

std::int64_t rows_in(const std::vector<RowRange>& groups) {
    std::int64_t count = 0;
    for (const RowRange& group : groups) count += group.count;
    return count;
}

TEST(CutRows, EveryRowStandsInOneGroupInItsOrderAndMemoryIsBounded) {
    Rng rng(11);
    for (int again = 0; again < 2000; ++again) {
        const RowWork work{1 + static_cast<std::int64_t>(rng.below(rng.below(2) ? 9 : 700)),
                           1 + static_cast<std::int64_t>(rng.below(3000)), rng.uniform() * 1e10,
                           static_cast<std::int64_t>(1 + rng.below(rng.below(2) ? 100000 : 300000000))};
        const auto slots = cut_rows(work);
        std::int64_t next = 0, most = 0, least = work.rows;
        for (const auto& groups : slots) {
            most = std::max(most, rows_in(groups));
            least = std::min(least, rows_in(groups));
            for (const RowRange& group : groups) {
                ASSERT_EQ(group.first, next);
                ASSERT_GT(group.count, 0);
                next += group.count;
                ASSERT_TRUE(group.count == 1 || group.count * work.tokens_a_row <= 512) << group.count;
            }
        }
        ASSERT_EQ(next, work.rows);
        ASSERT_LE(most - least, 1) << "slots are alike";
        const auto count = static_cast<std::int64_t>(slots.size());
        ASSERT_GE(count, std::min<std::int64_t>(2, work.rows));
        ASSERT_TRUE(count <= 2 || (count - 1) * 4 * work.parameters <= std::int64_t{256} << 20) << count;
    }
}

TEST(CutRows, SmallModelsGetSeveralSlotsAndLargeOnesFew) {
    // Width 128, 4 layers, 12 rows of 64 tokens; width 768, 12 layers, 4 rows of 512.
    EXPECT_EQ(cut_rows({12, 64, 64 * 5.5e6, 850000}).size(), 4U);
    const auto large = cut_rows({4, 512, 512 * 8e8, 135000000});
    ASSERT_EQ(large.size(), 2U);
    EXPECT_EQ(large[0], (std::vector<RowRange>{{0, 1}, {1, 1}}));
    const auto shared = cut_rows({4, 512, 512 * 8e8, 135000000, /*shares_work=*/true});
    ASSERT_EQ(shared.size(), 1U) << "threads share the work of one";
    EXPECT_EQ(shared[0], (std::vector<RowRange>{{0, 1}, {1, 1}, {2, 1}, {3, 1}}));
    EXPECT_EQ(cut_rows({12, 64, 64 * 5.5e6, 850000, true}), cut_rows({12, 64, 64 * 5.5e6, 850000, false}));
    // Pictures that meet each weight once are not worth a slot each.
    EXPECT_EQ(cut_rows({64, 1, 6 * 500000.0, 500000}).size(), 2U);
    EXPECT_EQ(cut_rows({1, 64, 0, 1000}).size(), 1U);
}

TEST(BatchRows, SomeOfThemAreABatchOfTheirOwn) {
    Batch batch;
    batch.set(array::tokens, torch::arange(12).view({4, 3}));
    torch::Tensor targets = torch::arange(12).view({4, 3}).clone();
    targets[1][0] = targets[1][2] = targets[2][1] = not_counted;
    batch.set(array::targets, targets);
    batch.count();
    EXPECT_EQ(batch.row_count(), 4);
    EXPECT_EQ(batch.counted, 9);
    const Batch middle = batch.rows(1, 2);
    EXPECT_EQ(middle.counted, 3);
    EXPECT_TRUE(torch::equal(middle[array::positions], torch::tensor({1, 3, 5})));
    EXPECT_TRUE(torch::equal(middle[array::tokens], torch::arange(3, 9).view({2, 3})));
    const Batch last = batch.rows(3, 1);
    EXPECT_EQ(last.counted, 3);
    EXPECT_FALSE(last[array::positions].defined());
    EXPECT_ANY_THROW((void)batch.rows(3, 2));
    batch.set("table", torch::zeros({5}));
    EXPECT_EQ(batch.row_count(), 0) << "an array without a row on its first axis";
}

TEST(BatchRows, WithoutTargetsEachRowCountsAlike) {
    Batch batch = Batch::of_images(torch::zeros({6, 1, 2, 2}, torch::kUInt8));
    batch.counted = 24;
    EXPECT_EQ(batch.rows(4, 2).counted, 8);
    batch.counted = 25;
    EXPECT_EQ(batch.row_count(), 0);
}

TEST(GradientSink, IsTheThreadsOwnWhileInUse) {
    EXPECT_EQ(GradientSink::current(), nullptr);
    GradientSink outer, inner;
    const torch::Tensor weight = torch::ones({2}), other = torch::ones({2});
    float memory[2] = {};
    outer.set(weight, memory);
    {
        const GradientSink::Use use(outer);
        EXPECT_EQ(GradientSink::current(), &outer);
        EXPECT_EQ(GradientSink::current()->of(weight), memory);
        EXPECT_EQ(GradientSink::current()->of(other), nullptr);
        {
            const GradientSink::Use deeper(inner);
            EXPECT_EQ(GradientSink::current(), &inner);
        }
        EXPECT_EQ(GradientSink::current(), &outer);
        std::thread([] { EXPECT_EQ(GradientSink::current(), nullptr); }).join();
    }
    EXPECT_EQ(GradientSink::current(), nullptr);
}

/// x w, whose backward pass gives the gradient of w to the sink.
struct IntoSink : torch::autograd::Function<IntoSink> {
    static torch::Tensor forward(torch::autograd::AutogradContext* ctx, const torch::Tensor& x,
                                 const torch::Tensor& w) {
        ctx->save_for_backward({x, w});
        return x.mv(w);
    }
    static torch::autograd::variable_list backward(torch::autograd::AutogradContext* ctx,
                                                   torch::autograd::variable_list out) {
        const auto saved = ctx->get_saved_variables();
        const torch::Tensor of_w = saved[0].t().mv(out[0]);
        GradientSink* sink = GradientSink::current();
        if (!sink) return {torch::Tensor(), of_w};
        float* at = sink->of(saved[1]);
        if (at) torch::from_blob(at, {of_w.numel()}).add_(of_w);
        return {torch::Tensor(), torch::Tensor()};
    }
};

struct NoBackbone final : Backbone {
    Features features(const Batch&, const Pass&) override { return {}; }
    BackboneFacts facts() const override { return {}; }
    Parameters parameters() const override { return {}; }
};

/// Two weights, one of which goes by the sink.
struct TwoWeights final : Objective {
    torch::Tensor w = torch::randn({3}).requires_grad_(), v = torch::randn({3}).requires_grad_();
    Batch feed(const HostBatch&, const RowSeeds&) const override { return {}; }
    LossParts loss(Backbone&, const Batch& batch, const Pass&) const override {
        const torch::Tensor x = batch["x"];
        return {{"first", IntoSink::apply(x, w).square().sum(), 1, LossPart::Per::row},
                {"second", (x * v).sum(1).exp().sum(), 0.5, LossPart::Per::row}};
    }
    Measures measures(Backbone&, const Batch&, const Pass&) const override { return {}; }
    Parameters parameters() const override { return {{"w", w}, {"v", v}}; }
};

TEST(RowSlots, GradientsThatGoIntoTheSinkCountAsThoseThatAreHandedOut) {
    torch::manual_seed(3);
    TwoWeights objective;
    NoBackbone net;
    ParameterBank bank(objective.parameters(), torch::kCPU);
    Batch batch;
    batch.set("x", torch::randn({7, 3}));
    batch.counted = 7;
    const StepCounts counts{7, 7};
    const LossParts parts = objective.loss(net, batch, {});
    minimised(parts, counts).backward();
    const torch::Tensor plain = bank.gradients().clone(), loss = minimised(parts, counts);
    RowSlots slots;
    for (const int threads : {1, 2}) {
        use_threads(threads);
        bank.gradients().fill_(NAN);  // what is left of the step before
        slots.begin(bank);
        ASSERT_TRUE(RowSlots::fit(net, objective, batch));
        const RowSlots::Shares found = slots.add(net, objective, batch, {}, {0, counts, 1, 0});
        const torch::Tensor norm = slots.finish();
        EXPECT_TRUE(torch::allclose(bank.gradients(), plain, 1e-5, 1e-6));
        EXPECT_NEAR(norm.item<double>(), plain.norm().item<double>(), 1e-5 * plain.norm().item<double>());
        EXPECT_NEAR(found.loss.item<double>(), loss.item<double>(), 1e-5);
        ASSERT_EQ(found.parts.size(), 2U);
        EXPECT_EQ(found.parts[1].first, "second");
        EXPECT_NEAR(found.parts[1].second.item<double>(), share_of(parts[1], counts).item<double>(), 1e-5);
    }
    // Micro-batches of a step add up, and a weight that is frozen has no part.
    bank.set_paces([](const ParameterBank::Entry& entry) {
        return ParameterBank::Pace{entry.name == "w" ? 1.0 : 0.0, 0};
    });
    slots.begin(bank);
    (void)slots.add(net, objective, batch, {}, {0, counts, 1, 0});
    (void)slots.add(net, objective, batch, {}, {0, counts, 1, 0});
    (void)slots.finish();
    for (const ParameterBank::Entry& entry : bank.entries())
        if (entry.name == "w") {
            EXPECT_TRUE(
                torch::allclose(bank.trained_view(bank.gradients(), entry), 2 * plain.narrow(0, 0, 3), 1e-5, 1e-6));
        }
}

/// Of so many weights that rows which share their work get one slot; two weights are used.
struct ManyWeights final : Objective {
    torch::Tensor w = torch::randn({3}).requires_grad_(), rest = torch::zeros({70'000'000}).requires_grad_();
    mutable int most_threads = 0;
    Batch feed(const HostBatch&, const RowSeeds&) const override { return {}; }
    LossParts loss(Backbone&, const Batch& batch, const Pass&) const override {
        most_threads = std::max(most_threads, at::get_num_threads());
        return {{"loss", IntoSink::apply(batch["x"], w).square().sum(), 1, LossPart::Per::row}};
    }
    Measures measures(Backbone&, const Batch&, const Pass&) const override { return {}; }
    Parameters parameters() const override { return {{"w", w}, {"rest", rest}}; }
};

struct SharingBackbone final : Backbone {
    Features features(const Batch&, const Pass&) override { return {}; }
    BackboneFacts facts() const override { return {}; }
    Parameters parameters() const override { return {}; }
    bool shares_work(const Pass&) const override { return true; }
};

TEST(RowSlots, ASlotThatIsAloneHasOneThreadForWhatIsNotCut) {
    torch::manual_seed(3);
    ManyWeights objective;
    SharingBackbone net;
    ParameterBank bank(objective.parameters(), torch::kCPU);
    Batch batch;
    batch.set("x", torch::randn({4, 3}));
    batch.counted = 4;
    ASSERT_EQ(RowSlots::groups(batch, 0, bank, true).size(), 1U);
    ASSERT_EQ(RowSlots::groups(batch, 0, bank, false).size(), 2U);
    const StepCounts counts{4, 4};
    minimised(objective.loss(net, batch, {}), counts).backward();
    const torch::Tensor plain = objective.w.grad().clone();
    objective.most_threads = 0;
    use_threads(3);
    RowSlots slots;
    slots.begin(bank);
    (void)slots.add(net, objective, batch, {}, {0, counts, 1, 0});
    (void)slots.finish();
    use_threads(1);
    EXPECT_EQ(objective.most_threads, 1) << "sums of LibTorch may depend on the number of threads";
    EXPECT_TRUE(torch::allclose(objective.w.grad(), plain, 1e-5, 1e-6));
}

/// Gradients of a batch by both ways, without dropout.
void ways_agree(Json spec) {
    for (const char* section : {"backbone", "objective"})
        if (spec[section].contains("dropout")) spec[section]["dropout"] = 0.0;
    Scratch folder;
    test::RecordingPort port;
    PreparedRun ready;
    ready.prepare({spec, folder.path() / "run", folder.path() / "cache", {}, 0}, port);
    Model& model = ready.model;
    const Batch batch = model.objective->feed(ready.source->batch(0, 5), 9);
    if (!RowSlots::fit(*model.backbone, *model.objective, batch)) return;
    const StepCounts counts{batch.counted, 5};
    Pass pass = model.pass(true);
    for (std::size_t number = 0; number < ready.players.size(); ++number) {
        ParameterBank& bank = *ready.players[number].bank;
        bank.zero_gradients();
        const torch::Tensor share = minimised(model.objective->loss_of(number, *model.backbone, batch, pass), counts);
        share.backward();
        const torch::Tensor plain = bank.gradients().clone();
        RowSlots slots;
        slots.begin(bank);
        const auto found =
            slots.add(*model.backbone, *model.objective, batch, pass, {number, counts, 5, ready.flops_per_unit});
        const double norm = slots.finish().item<double>(), expected = plain.norm().item<double>();
        EXPECT_NEAR(found.loss.item<double>(), share.item<double>(), 1e-4 * (1 + std::abs(share.item<double>())));
        EXPECT_NEAR(norm, expected, 1e-4 * expected);
        EXPECT_LE((bank.gradients() - plain).norm().item<double>(), 1e-4 * expected + 1e-7) << spec.dump();
        bank.zero_gradients();
    }
}

TEST(RowSlots, GiveTheGradientsOfTheWholeBatchForEveryObjective) {
    int fitting = 0;
    for (const ObjectiveKind& kind : objectives()) {
        if (!kind.teacher(Json::object()).empty()) continue;
        SCOPED_TRACE(kind.card.id);
        Scratch data;
        Json changes = {{"training", {{"micro_batch", 5}}}};
        if ((test::has_word(kind.needs, "image") || test::has_word(kind.needs, value_rows)) &&
            test::pictures_for(kind)["backbone"]["kind"] == "cnn")
            changes["backbone"] = {{"norm", "group_norm"}, {"groups", 2}};
        ways_agree(test::tiny_spec_of(kind, data.path(), changes));
        ++fitting;
    }
    EXPECT_GE(fitting, 6);
}

TEST(RowSlots, GiveTheGradientsOfTheWholeBatchForEveryArchitecture) {
    const Json text = {{"training", {{"micro_batch", 5}}}};
    for (const char* backbone :
         {R"({})", R"({"norm": "rms_norm", "positions": "rotary", "activation": "swiglu", "kv_heads": 1})",
          R"({"norm_place": "post"})"})
        ways_agree(test::tiny_spec(overlay_spec(text, {{"backbone", Json::parse(backbone)}})));
    Json pictures = overlay_spec(text, Json::parse(R"({
        "dataset": {"kind": "shapes", "pictures": 60, "size": 16}, "objective": {"kind": "classification"},
        "split": {"kind": "by_document", "validation": 0.2, "test": 0.1}, "tokenizer": {"kind": "none"}})"));
    for (const char* backbone :
         {R"({"kind": "cnn", "stages": 2, "channels": 4, "hidden": 8, "norm": "group_norm", "groups": 2})",
          R"({"kind": "vit", "patch": 4, "layers": 1, "width": 16, "heads": 2})",
          R"({"kind": "mlp", "layers": 2, "width": 16})"}) {
        pictures["backbone"] = Json::parse(backbone);
        ways_agree(test::tiny_spec(pictures));
    }
}

/// What a run has learnt: its figures of training, and the weights.
std::pair<std::vector<std::pair<std::pair<std::int64_t, std::string>, double>>, std::string> learnt(
    const test::Stretches& run, std::int64_t last) {
    std::vector<std::pair<std::pair<std::int64_t, std::string>, double>> figures;
    for (const auto& one : run.figures())
        if (one.first.second.starts_with("train/")) figures.push_back(one);
    return {figures, read_file(run.checkpoint(last) / "backbone.safetensors").or_throw()};
}

class ThreadsDoNotMatter : public testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(ThreadsDoNotMatter, ARunIsTheSameToTheBit) {
    Json spec = test::tiny_spec(
        overlay_spec({{"training", {{"budget", 4}, {"micro_batch", 6}}}}, Json::parse(GetParam().second)));
    Scratch shared;
    std::optional<std::pair<std::vector<std::pair<std::pair<std::int64_t, std::string>, double>>, std::string>> first;
    for (const int threads : {1, 2, 3, 4}) {
        spec["training"]["threads"] = threads;
        test::Stretches run;
        run.cache = shared.path();
        ASSERT_EQ(run.go(spec).end, Outcome::End::finished) << run.why();
        const auto found = learnt(run, 4);
        EXPECT_GE(found.first.size(), 8U);
        if (!first) first = found;
        EXPECT_EQ(found.first, first->first) << threads;
        EXPECT_EQ(found.second, first->second) << threads;
    }
}

constexpr const char* shapes =
    R"("dataset": {"kind": "shapes", "pictures": 60, "size": 16}, "tokenizer": {"kind": "none"},
       "objective": {"kind": "classification"})";
const std::string vit =
    "{" + std::string(shapes) + R"(, "backbone": {"kind": "vit", "patch": 4, "layers": 1, "width": 16, "heads": 2}})";
const std::string cnn =
    "{" + std::string(shapes) +
    R"(, "backbone": {"kind": "cnn", "stages": 2, "channels": 4, "hidden": 8, "norm": "group_norm", "groups": 2}})";
const std::string mlp = "{" + std::string(shapes) + R"(, "backbone": {"kind": "mlp", "layers": 2, "width": 16}})";

INSTANTIATE_TEST_SUITE_P(
    Kinds, ThreadsDoNotMatter,
    testing::Values(std::pair{"next_token", R"({"backbone": {"dropout": 0.0}})"}, std::pair{"dropout", "{}"},
                    std::pair{"masked", R"({"objective": {"kind": "masked"}})"},
                    std::pair{"gaps", R"({"objective": {"kind": "span_denoising", "decoder_dropout": 0.1}})"},
                    std::pair{"accumulation", R"({"training": {"accumulation": 3}})"},
                    std::pair{"watched", R"({"monitoring": {"histograms_every": 2}})"}, std::pair{"vit", vit.c_str()},
                    std::pair{"cnn", cnn.c_str()}, std::pair{"mlp", mlp.c_str()}),
    [](const auto& info) { return std::string(info.param.first); });

TEST(RowSlots, AResumeWithAnotherNumberOfThreadsGoesOnToTheBit) {
    Json spec = test::tiny_spec({{"training", {{"budget", 6}, {"accumulation", 2}}}});
    test::Stretches whole, parts;
    ASSERT_EQ(whole.go(spec).end, Outcome::End::finished) << whole.why();
    spec["training"]["threads"] = 1;
    ASSERT_EQ(parts.go(spec, {}, /*stop_at=*/3).end, Outcome::End::stopped) << parts.why();
    spec["training"]["threads"] = 3;
    ASSERT_EQ(parts.go(spec, parts.checkpoint(3)).end, Outcome::End::finished) << parts.why();
    EXPECT_EQ(learnt(whole, 6), learnt(parts, 6));
    EXPECT_EQ(read_file(whole.checkpoint(6) / "optimizer.safetensors").or_throw(),
              read_file(parts.checkpoint(6) / "optimizer.safetensors").or_throw());
}

TEST(RowSlots, ALowPriorityChangesNothingThatIsLearnt) {
    Json spec = test::tiny_spec({{"training", {{"budget", 3}}}});
    test::Stretches normal, low;
    ASSERT_EQ(normal.go(spec).end, Outcome::End::finished) << normal.why();
    spec["training"]["priority"] = "low";
    std::thread([&] {  // which keeps the priority
        TaskPool::shared().lower_priority();
        (void)low.go(spec);
    })
        .join();
    ASSERT_EQ(low.outcome.end, Outcome::End::finished) << low.why();
    EXPECT_EQ(learnt(normal, 3), learnt(low, 3));
}

}  // namespace
}  // namespace gw
