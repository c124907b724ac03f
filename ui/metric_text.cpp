#include "ui/metric_text.h"

#include <QCoreApplication>

#include "ui/text.h"

namespace gw::ui {

QString metricText(const std::string& metric) {
    static const std::pair<const char*, const char*> texts[] = {
        {"train/loss", QT_TRANSLATE_NOOP("Metric", "Training loss")},
        {"train/grad_norm", QT_TRANSLATE_NOOP("Metric", "Gradient norm")},
        {"train/lr", QT_TRANSLATE_NOOP("Metric", "Learning rate")},
        {"train/tokens_per_second", QT_TRANSLATE_NOOP("Metric", "Tokens a second")},
        {"train/memory_bytes", QT_TRANSLATE_NOOP("Metric", "Memory in bytes")},
        {"validation/loss", QT_TRANSLATE_NOOP("Metric", "Validation loss")},
        {"validation/perplexity", QT_TRANSLATE_NOOP("Metric", "Validation perplexity")},
        {"validation/bits_per_byte", QT_TRANSLATE_NOOP("Metric", "Validation bits per byte")},
        {"validation/nats_per_byte", QT_TRANSLATE_NOOP("Metric", "Validation nats per byte")},
        {"validation/accuracy", QT_TRANSLATE_NOOP("Metric", "Validation accuracy")},
        {"parent/loss", QT_TRANSLATE_NOOP("Metric", "Loss on the parent's data")},
        {"probe/knn_accuracy", QT_TRANSLATE_NOOP("Metric", "Features: accuracy of neighbours")},
        {"probe/linear_accuracy", QT_TRANSLATE_NOOP("Metric", "Features: accuracy of a linear model")},
        {"probe/log_evidence", QT_TRANSLATE_NOOP("Metric", "Features: LogME")},
        {"loss", QT_TRANSLATE_NOOP("Metric", "Loss")},
        {"accuracy", QT_TRANSLATE_NOOP("Metric", "Accuracy")},
        {"balanced_accuracy", QT_TRANSLATE_NOOP("Metric", "Balanced accuracy")},
        {"majority_baseline", QT_TRANSLATE_NOOP("Metric", "Commonest class alone")},
        {"precision_macro", QT_TRANSLATE_NOOP("Metric", "Precision (macro)")},
        {"precision_micro", QT_TRANSLATE_NOOP("Metric", "Precision (micro)")},
        {"precision_weighted", QT_TRANSLATE_NOOP("Metric", "Precision (weighted)")},
        {"recall_macro", QT_TRANSLATE_NOOP("Metric", "Recall (macro)")},
        {"recall_micro", QT_TRANSLATE_NOOP("Metric", "Recall (micro)")},
        {"recall_weighted", QT_TRANSLATE_NOOP("Metric", "Recall (weighted)")},
        {"f1_macro", QT_TRANSLATE_NOOP("Metric", "F1 (macro)")},
        {"f1_micro", QT_TRANSLATE_NOOP("Metric", "F1 (micro)")},
        {"f1_weighted", QT_TRANSLATE_NOOP("Metric", "F1 (weighted)")},
        {"roc_auc", QT_TRANSLATE_NOOP("Metric", "ROC AUC")},
        {"average_precision", QT_TRANSLATE_NOOP("Metric", "Average precision")},
        {"calibration_error", QT_TRANSLATE_NOOP("Metric", "Calibration error")},
        {"hamming_loss", QT_TRANSLATE_NOOP("Metric", "Hamming loss")},
        {"rmse", QT_TRANSLATE_NOOP("Metric", "RMSE")},
        {"mae", QT_TRANSLATE_NOOP("Metric", "MAE")},
        {"r2", QT_TRANSLATE_NOOP("Metric", "R²")},
        {"mape", QT_TRANSLATE_NOOP("Metric", "MAPE")},
        {"milliseconds_per_item", QT_TRANSLATE_NOOP("Metric", "Milliseconds an item")},
        {"system/energy_kwh", QT_TRANSLATE_NOOP("Metric", "Energy in kWh")},
        {"system/processor_watts", QT_TRANSLATE_NOOP("Metric", "Processor power in watts")},
        {"system/gpu_watts", QT_TRANSLATE_NOOP("Metric", "GPU power in watts")},
        {"system/gpu_load", QT_TRANSLATE_NOOP("Metric", "GPU load")}};
    for (const auto& [id, text] : texts)
        if (metric == id) return QCoreApplication::translate("Metric", text);
    const std::pair<const char*, const char*> families[] = {{"layers/update_ratio/", QT_TRANSLATE_NOOP("Metric", "Update ratio of %1")},
                                                            {"layers/grad_norm/", QT_TRANSLATE_NOOP("Metric", "Gradient norm of %1")}};
    for (const auto& [prefix, text] : families)
        if (metric.starts_with(prefix)) return QCoreApplication::translate("Metric", text).arg(qs(metric.substr(std::string_view(prefix).size())));
    const std::pair<const char*, const char*> parts[] = {{"validation/", QT_TRANSLATE_NOOP("Metric", "Validation: %1")}, {"test/", QT_TRANSLATE_NOOP("Metric", "Test: %1")}, {"parent/", QT_TRANSLATE_NOOP("Metric", "Parent's data: %1")}};
    for (const auto& [prefix, text] : parts)
        if (metric.starts_with(prefix)) return QCoreApplication::translate("Metric", text).arg(metricText(metric.substr(std::string_view(prefix).size())));
    return qs(metric);
}

}  // namespace gw::ui
