#include "ui/texts/metric_text.h"

#include <QCoreApplication>

#include "schema/metric.h"
#include "ui/texts/text.h"
#include "workspace/models/figure_basis.h"

namespace gw::ui {

QString metricText(const std::string& metric, Counted counted) {
    static const std::pair<const char*, const char*> texts[] = {
        {"train/loss", QT_TRANSLATE_NOOP("Metric", "Training loss")},
        {"validation/loss", QT_TRANSLATE_NOOP("Metric", "Validation loss")},
        {"validation/perplexity", QT_TRANSLATE_NOOP("Metric", "Validation perplexity")},
        {"validation/bits_per_byte", QT_TRANSLATE_NOOP("Metric", "Validation bits per byte")},
        {"validation/nats_per_byte", QT_TRANSLATE_NOOP("Metric", "Validation nats per byte")},
        {"validation/accuracy", QT_TRANSLATE_NOOP("Metric", "Validation accuracy")},
        {"parent/loss", QT_TRANSLATE_NOOP("Metric", "Loss on the parent's data")}};
    for (const auto& [id, text] : texts)
        if (metric == id) return QCoreApplication::translate("Metric", text);
    const std::pair<const char*, const char*> families[] = {
        {"layers/update_ratio/", QT_TRANSLATE_NOOP("Metric", "Update ratio of %1")},
        {"layers/grad_norm/", QT_TRANSLATE_NOOP("Metric", "Gradient norm of %1")},
        {"layers/dead_units/", QT_TRANSLATE_NOOP("Metric", "Dead units of %1")}};
    for (const auto& [prefix, text] : families)
        if (metric.starts_with(prefix))
            return QCoreApplication::translate("Metric", text).arg(qs(metric.substr(std::string_view(prefix).size())));
    const std::pair<const char*, const char*> parts[] = {
        {"validation/", QT_TRANSLATE_NOOP("Metric", "Validation: %1")},
        {"test/", QT_TRANSLATE_NOOP("Metric", "Test: %1")},
        {"parent/", QT_TRANSLATE_NOOP("Metric", "Parent's data: %1")},
        {"probe/knn_", QT_TRANSLATE_NOOP("Metric", "k-NN on the features: %1")},
        {"probe/linear_", QT_TRANSLATE_NOOP("Metric", "Linear probe of the features: %1")},
        {"probe/", QT_TRANSLATE_NOOP("Metric", "Features: %1")}};
    for (const auto& [prefix, text] : parts)
        if (metric.starts_with(prefix))
            return QCoreApplication::translate("Metric", text)
                .arg(metricText(metric.substr(std::string_view(prefix).size())));
    if (metric.ends_with("tokens_per_second")) return speedText(counted);
    const Metric* known = find_metric(metric);  // declared where kinds report it
    return known ? QCoreApplication::translate("Core", known->title) : qs(metric);
}

namespace {

QString named(const std::string& metric, const std::optional<double>& value) {
    if (!value || metric == "loss" || metric.empty()) return valueText(value);
    return QStringLiteral("%1 %2").arg(valueText(value), metricText(metric));
}

}  // namespace

QString scoreText(const RunRecord& run, const std::optional<double>& value) {
    return named(main_metric_of(run), value);
}

QString scoreText(const CheckpointRecord& checkpoint, bool ofAPart) {
    const std::optional<double>& value = checkpoint.metric.empty() ? checkpoint.validation_loss : checkpoint.score;
    return (ofAPart && value ? QStringLiteral("≈ ") : QString()) + named(checkpoint.metric, value);
}

bool scoresOfAPart(const RunRecord& run) {
    return run.spec.contains("evaluation") && !figure_basis(run).checkpoints_are_whole;
}

}  // namespace gw::ui
