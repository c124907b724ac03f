#include "schema/metric.h"

#include <gtest/gtest.h>

#include <set>

#include "data/labels.h"

namespace gw {
namespace {

TEST(Metrics, EachIsDeclaredOnce) {
    std::set<std::string> names;
    for (const Metric& metric : metrics()) {
        EXPECT_TRUE(names.insert(metric.name).second) << metric.name;
        EXPECT_NE(std::string(metric.title), "") << metric.name;
        EXPECT_NE(std::string(metric.summary), "") << metric.name;
        EXPECT_EQ(find_metric(metric.name), &metric);
    }
}

TEST(Metrics, AreBetterTheWayTheFieldReadsThem) {
    for (const char* higher :
         {"validation/accuracy", "test/balanced_accuracy", "validation/f1_macro", "validation/f1_micro",
          "test/f1_weighted", "validation/precision_macro", "validation/recall_micro", "validation/roc_auc",
          "validation/average_precision", "validation/r2", "probe/knn_accuracy", "probe/linear_r2",
          "probe/log_evidence", "train/tokens_per_second"})
        EXPECT_EQ(better_of(higher), Better::higher) << higher;
    for (const char* lower :
         {"train/loss", "parent/loss", "validation/perplexity", "validation/bits_per_byte", "validation/rmse",
          "test/mae", "test/mape", "validation/hamming_loss", "validation/calibration_error",
          "validation/milliseconds_per_item", "system/energy_kwh", "train/memory_bytes", "train/data_wait"})
        EXPECT_EQ(better_of(lower), Better::lower) << lower;
    for (const char* neither : {"train/lr", "train/grad_norm", "layers/grad_norm/blocks.0", "layers/update_ratio/head",
                                "validation/majority_baseline", "system/gpu_load", "something/unheard_of"})
        EXPECT_EQ(better_of(neither), Better::neither) << neither;
}

TEST(Metrics, OfEveryKindOfLabelsAreDeclared) {
    for (const LabelKind kind :
         {LabelKind::none, LabelKind::one_class, LabelKind::class_set, LabelKind::number, LabelKind::word_classes}) {
        const auto names = task_metric_names(kind);
        EXPECT_NE(std::find(names.begin(), names.end(), main_metric(kind)), names.end());
        EXPECT_NE(better_of(main_metric(kind)), Better::neither);
        for (const std::string& name : names) EXPECT_NE(find_metric(name), nullptr) << name;
    }
}

TEST(Metrics, NothingIsBetterWhereNeitherWayIs) {
    EXPECT_TRUE(is_better(Better::higher, 2, 1));
    EXPECT_FALSE(is_better(Better::higher, 1, 1));
    EXPECT_TRUE(is_better(Better::lower, 1, 2));
    EXPECT_FALSE(is_better(Better::neither, 1, 2));
    EXPECT_FALSE(is_better(Better::neither, 2, 1));
}

}  // namespace
}  // namespace gw
