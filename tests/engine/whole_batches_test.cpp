#include <gtest/gtest.h>
#include <torch/types.h>

#include <set>

#include "eval/judge.h"

// Losses that hold the rows of a batch against each other are scored in batches like those of training.
namespace gw {
namespace {

class NoBackbone final : public Backbone {
  public:
    Features features(const Batch&, const Pass&) override { return {}; }
    BackboneFacts facts() const override { return {}; }
    Parameters parameters() const override { return {}; }
};

/// Keeps which classes met in each batch.
class Meeting final : public Objective {
  public:
    bool adds_up() const override { return false; }
    Batch feed(const HostBatch& rows, const RowSeeds&) const override {
        std::multiset<std::int32_t>& met = batches.emplace_back();
        for (const Example* example : rows.examples) met.insert(example->classes.front());
        Batch batch;
        batch.counted = rows.rows;
        return batch;
    }
    LossParts loss(Backbone&, const Batch&, const Pass&) const override { return {}; }
    Measures measures(Backbone&, const Batch& batch, const Pass&) const override {
        return {torch::ones({batch.counted}), {}, torch::ones({batch.counted}, torch::kBool)};
    }
    Parameters parameters() const override { return {}; }
    mutable std::vector<std::multiset<std::int32_t>> batches;
};

class Alone final : public ExampleRows {
  public:
    HostBatch rows(const std::vector<const Example*>& examples) const override {
        HostBatch out;
        out.rows = static_cast<std::int64_t>(examples.size());
        out.examples = examples;
        return out;
    }
    std::int64_t units(const Example&) const override { return 1; }
};

TEST(WholeBatches, DataInTheOrderOfItsClassesIsMixedAndTheRestLeftOut) {
    ExampleTable table;
    table.kind = LabelKind::one_class;
    table.classes = {"cat", "dog"};
    for (int i = 0; i < 131; ++i) {
        Example& example = table.examples.emplace_back();
        example.length = 1;
        example.classes = {i < 66 ? 0 : 1};
    }
    NoBackbone net;
    JudgeOptions options;
    options.rows = 32;
    options.whole_batches = true;
    const auto judged = [&](const Meeting& objective) {
        return judge(net, objective, Alone(), table, Pass{}, options, {}, {});
    };
    const Meeting one, again;
    const Judged found = judged(one);
    EXPECT_EQ(found.rows, 128);
    EXPECT_EQ(found.loss, 1.0);
    EXPECT_EQ(found.accuracy, 1.0);
    EXPECT_EQ(found.predictions.rows(), 0);
    ASSERT_EQ(one.batches.size(), 4U);
    for (const auto& met : one.batches) {
        EXPECT_EQ(met.size(), 32U);
        EXPECT_GT(met.count(0), 4U);
        EXPECT_GT(met.count(1), 4U);
    }
    (void)judged(again);
    EXPECT_EQ(one.batches, again.batches);
}

}  // namespace
}  // namespace gw
