#include "ui/plots/linked_plan.h"

#include <QCoreApplication>
#include <algorithm>

#include "spec/run_spec.h"
#include "ui/texts/metric_text.h"
#include "ui/texts/text.h"

namespace gw::ui {

namespace {

/// What is drawn below the loss, of the validation part; empty = nothing.
std::string secondMetric(const RunRecord& run) {
    const Sheet* sheet = find_sheet("objective", kind_of(run, "objective"));
    const auto reports = [&](const char* metric) {
        return sheet && std::find(sheet->metrics.begin(), sheet->metrics.end(), metric) != sheet->metrics.end();
    };
    // Before the model exists, the sheet says what it can be.
    const bool known = run.facts.is_object() && run.facts.contains("language_model");
    if (is_language_model(run) || (!known && reports("perplexity"))) return "perplexity";
    std::string main = sheet && !sheet->main_metric.empty() ? sheet->main_metric : main_metric_of(run);
    if (main != "loss") return main;
    return reports("accuracy") ? "accuracy" : "";
}

std::int64_t wholeIn(const Json& object, const char* key) {
    const auto it = object.is_object() ? object.find(key) : object.end();
    return object.is_object() && it != object.end() && it->is_number() ? it->get<std::int64_t>() : 0;
}

QString noEvaluation(const RunRecord& run) {
    if (!is_busy(run.status)) return QCoreApplication::translate("gw::ui::LinkedPlots", "no evaluation");
    const std::int64_t every = run.spec.is_object() ? wholeIn(run.spec.value("evaluation", Json()), "every") : 0;
    const std::int64_t total = run.total_steps > 0 ? run.total_steps : wholeIn(run.facts, "total_steps");
    const std::int64_t next = every > 0 ? (std::max<std::int64_t>(0, run.fork_step) / every + 1) * every : 0;
    if (every <= 0 || (total > 0 && next > total))
        return QCoreApplication::translate("gw::ui::LinkedPlots", "no evaluation yet · one at the end of the run");
    return QCoreApplication::translate("gw::ui::LinkedPlots", "no evaluation yet · first at step %1")
        .arg(countText(next));
}

}  // namespace

std::vector<PlannedPlot> plotsOf(const RunRecord& run) {
    const QString noStep = is_busy(run.status) || run.id.empty()
                               ? QCoreApplication::translate("gw::ui::LinkedPlots", "no step yet")
                               : QCoreApplication::translate("gw::ui::LinkedPlots", "no step");
    std::vector<PlannedPlot> plots;
    plots.push_back({QCoreApplication::translate("gw::ui::LinkedPlots", "Loss"),
                     {{.metric = trainLoss, .color = 0, .smoothed = true, .mayBeAbsent = false},
                      {.metric = validationLoss, .color = 1, .dots = true, .mayBeAbsent = false},
                      {.metric = validationCriterion, .color = 3, .dots = true},
                      {.metric = parentLoss, .color = 2, .dots = true}},
                     2.6,
                     true,
                     false,
                     4,
                     noStep});
    if (const std::string second = secondMetric(run); !second.empty()) {
        const std::string metric = "validation/" + second;
        plots.push_back({metricText(metric), {{.metric = metric, .color = 1, .dots = true}}});
        plots.back().nothing = noEvaluation(run);
    }
    plots.push_back({QCoreApplication::translate("gw::ui::LinkedPlots", "Gradient norm"),
                     {{.metric = gradientNorm, .smoothed = true}}});
    plots.back().nothing = noStep;
    plots.push_back({QCoreApplication::translate("gw::ui::LinkedPlots", "Learning rate"),
                     {{.metric = learningRate}},
                     0.8,
                     false,
                     true,
                     2,
                     noStep});
    return plots;
}

std::vector<std::string> keptMetrics(const RunRecord& run) {
    std::vector<std::string> out{"train/tokens_per_second", "train/memory_bytes", "validation/bits_per_byte"};
    for (const PlannedPlot& plot : plotsOf(run))
        for (const PlannedCurve& curve : plot.curves) out.push_back(curve.metric);
    return out;
}

}  // namespace gw::ui
