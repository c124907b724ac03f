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
    return qs(metric);
}

}  // namespace gw::ui
