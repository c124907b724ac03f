#include "adapt/model_state.h"

#include <cmath>
#include <cstdlib>
#include <cstring>

#include "engine/small.h"
#include "optim/catalog.h"
#include "spec/device.h"
#include "train/host/power_meter.h"
#include "train/message/speed.h"

namespace gw {
namespace {

/// A backbone with running statistics, which no setting tells, and a table, which its settings do.
class Counting final : public Backbone {
  public:
    Features features(const Batch& batch, const Pass&) override {
        const torch::Tensor ids_BT = batch[array::tokens];
        return {torch::ones({ids_BT.size(0), ids_BT.size(1), 2}) * mean, {}, {}};
    }
    BackboneFacts facts() const override { return {2, 4, 3, true, true, weight}; }
    Parameters parameters() const override { return {{"tokens.weight", weight}}; }
    Buffers buffers() const override { return {{"table", table}, {"mean", mean, true}, {"batches", batches, true}}; }
    std::vector<Adapted> adapt(const LoraShape&, std::uint64_t) override { return {}; }
    void merge_adapters() override {}
    torch::Tensor weight = torch::ones({3, 2}).set_requires_grad(true), table = torch::zeros({2}),
                  mean = torch::zeros({2}, torch::kFloat64), batches = torch::zeros({}, torch::kInt64);
};

Model counting() {
    static const test::LetterTokenizer tokenizer(1);
    Model model;
    model.backbone = std::make_unique<Counting>();
    model.objective = find_kind(objectives(), "next_token")
                          ->build(Json::object(), ObjectiveInputs{model.backbone->facts(), &tokenizer, 1});
    model.bank = std::make_unique<ParameterBank>(
        Parameters{{"backbone.tokens.weight", model.backbone->parameters()[0].tensor}}, torch::kCPU);
    return model;
}

TEST(Buffers, WhatIsStateIsSavedInItsOwnType) {
    const Scratch folder;
    Model one = counting(), other = counting();
    auto& seen = dynamic_cast<Counting&>(*one.backbone);
    seen.table.fill_(7);
    seen.mean.fill_(0.1);
    seen.batches.fill_(std::int64_t{1} << 40);
    const auto optimizer = adamw_kind().build(Json::object(), *one.bank);
    save_checkpoint(folder / "step-1", one, {{one.bank.get(), optimizer.get()}},
                    {default_spec(), {{"step", 1}}, Json::object()})
        .or_throw();
    load_weights(folder / "step-1", other).or_throw();
    const auto& back = dynamic_cast<Counting&>(*other.backbone);
    EXPECT_TRUE(torch::equal(back.mean, seen.mean));
    EXPECT_EQ(back.batches.item<std::int64_t>(), std::int64_t{1} << 40);
    EXPECT_EQ(back.table.sum().item<float>(), 0.0F);  // its settings make it
}

TEST(Buffers, WhatIsNotFiniteIsNotTakenForWeights) {
    const Scratch folder;
    Model one = counting(), other = counting();
    const auto optimizer = adamw_kind().build(Json::object(), *one.bank);
    save_checkpoint(folder / "step-1", one, {{one.bank.get(), optimizer.get()}},
                    {default_spec(), {{"step", 1}}, Json::object()})
        .or_throw();
    // No run saves such weights: they come from elsewhere.
    const fs::path file = folder / "step-1" / "backbone.safetensors";
    std::string bytes = read_file(file).or_throw();
    const std::uint64_t header = 8 + static_cast<unsigned char>(bytes[0]) + 256U * static_cast<unsigned char>(bytes[1]);
    const Json said = Json::parse(bytes.substr(8, header - 8));
    const std::size_t at = header + said.at("tokens.weight").at("data_offsets").at(0).get<std::size_t>();
    const float nan = NAN;
    std::memcpy(bytes.data() + at, &nan, sizeof nan);
    write_file_atomic(file, bytes).or_throw();
    const Status loaded = load_weights(folder / "step-1", other);
    ASSERT_FALSE(loaded);
    EXPECT_NE(to_text(loaded.error()).find("\"tokens.weight\" holds numbers that are not finite"), std::string::npos)
        << to_text(loaded.error());
}

TEST(Buffers, TablesAndClassWeightsMoveWithTheModel) {
    for (const char* positions : {"rotary", "sinusoidal"}) {
        const auto backbone = test::small_backbone(
            {{"layers", 1}, {"width", 8}, {"heads", 2}, {"context", 8}, {"positions", positions}}, 11, true);
        EXPECT_FALSE(backbone->buffers().empty()) << positions;
        for (const Buffer& buffer : backbone->buffers()) EXPECT_FALSE(buffer.state) << buffer.name;
        // They are the tensors in use: what is done to them shows.
        const torch::Tensor ids = torch::tensor({{1, 2, 3}}), before = test::sequence(*backbone, ids, {});
        for (const Buffer& buffer : backbone->buffers()) buffer.tensor.mul_(3);
        EXPECT_FALSE(torch::allclose(before, test::sequence(*backbone, ids, {}))) << positions;
    }
    const test::LetterTokenizer letters(9);
    const auto backbone = test::small_backbone({{"layers", 1}, {"width", 8}, {"heads", 2}, {"context", 8}}, 11, false);
    for (const auto& [id, kind] :
         {std::pair{"classification", LabelKind::one_class}, {"multi_label", LabelKind::class_set}}) {
        const LabelFacts facts{kind, {"a", "b"}, {3, 1}, 4, 0, 1};
        const auto& objective = *find_kind(objectives(), id);
        EXPECT_EQ(
            objective
                .build(objective.complete({{"balanced", true}}), ObjectiveInputs{backbone->facts(), &letters, 1, facts})
                ->buffers()
                .size(),
            1U);
        EXPECT_TRUE(
            objective.build(objective.complete(Json::object()), ObjectiveInputs{backbone->facts(), &letters, 1, facts})
                ->buffers()
                .empty());
    }
}

TEST(Device, TheGpuOfAProgramByWhatItMaySee) {
    EXPECT_EQ(visible_gpu(nullptr, 1), "1");
    EXPECT_EQ(visible_gpu("2,3", 0), "2");
    EXPECT_EQ(visible_gpu("2, GPU-0af1-22", 1), "GPU-0af1-22");
    EXPECT_EQ(visible_gpu("3", 1), "");
    EXPECT_EQ(visible_gpu("", 0), "");
    EXPECT_EQ(visible_gpu("1,-1,2", 2), "");
    EXPECT_EQ(gpu_id(torch::kCPU), "");
}

TEST(Speed, IncludesTheWaitForTheDevice) {
    // Sixteen steps are handed to a device in a millisecond each, and waited for together.
    Speed ring;
    for (int flush = 0; flush < 20; ++flush) ring.note(16, 16 * 100, 16 * 0.001 + 1.584);
    EXPECT_NEAR(ring.tokens_per_second(), 1000, 1e-6);
    // Whether steps are told one by one or together, the same pace is the same speed.
    Speed one, many;
    one.note(1, 100, 0.1);
    many.note(1, 100, 0.1);
    for (int step = 0; step < 8; ++step) one.note(1, 100, 0.2);
    many.note(8, 800, 1.6);
    EXPECT_NEAR(one.tokens_per_second(), many.tokens_per_second(), 1e-9);
}

TEST(Power, GoesOnFromWhatEarlierStretchesDrew) {
    PowerMeter meter;
    meter.go_on(5000);
    EXPECT_DOUBLE_EQ(meter.joules(), 5000);
    const double now = meter.read().joules;
    EXPECT_GE(now, 5000);
    EXPECT_DOUBLE_EQ(meter.joules(), now);
    EXPECT_FALSE(meter.read().gpu_watts);  // a run on the processor is not charged with a GPU that others use
}

}  // namespace
}  // namespace gw
