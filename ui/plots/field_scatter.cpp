#include "ui/plots/field_scatter.h"

#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/page.h"
#include "ui/plots/plot_style.h"
#include "ui/plots/run_look.h"
#include "ui/texts/metric_text.h"
#include "ui/texts/text.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/small_choice.h"

namespace gw::ui {

namespace {

std::optional<double> resultOf(const ComparedRun& run, const QString& id) {
    if (id == QLatin1String("best")) return run.best;
    if (id == QLatin1String("last")) return run.last;
    if (id == QLatin1String("equal")) return run.at_equal_x;
    if (id == QLatin1String("seconds")) return run.record.seconds;
    if (id == QLatin1String("speed")) return run.record.tokens_per_second;
    return std::nullopt;
}

}  // namespace

FieldScatter::FieldScatter(QWidget* parent) : QWidget(parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    auto* bar = new QWidget;
    auto* row = new FlowLayout(bar);  // names of settings are as long as they are
    auto choice = [&](const QString& name) {
        QComboBox* box = smallChoice(name, {});
        box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
        row->addWidget(label(name, "muted"));
        row->addWidget(box);
        connect(box, &QComboBox::currentIndexChanged, this, &FieldScatter::draw);
        return box;
    };
    result_ = choice(tr("Result"));
    field_ = choice(tr("against"));
    column->addWidget(bar);
    plot_ = new QCustomPlot;
    plot_->setMinimumHeight(40);
    column->addWidget(plot_, 1);
    connect(&Theme::instance(), &Theme::changed, this, &FieldScatter::draw);
}

void FieldScatter::setComparison(std::shared_ptr<const Comparison> comparison) {
    comparison_ = std::move(comparison);
    const QString before = field_->currentText(), result = result_->currentData().toString();
    const QSignalBlocker a(field_), b(result_);
    field_->clear();
    result_->clear();
    if (!comparison_) return;
    for (const SpecRow& row : telling_rows(comparison_->settings))
        if (std::any_of(row.values.begin(), row.values.end(), [](const Json& v) { return v.is_number(); }))
            field_->addItem(qs(row.path));
    field_->addItem(tr("parameters"), QStringLiteral("parameters"));
    const QString metric = metricText(comparison_->wish.metric);
    result_->addItem(tr("Best: %1").arg(metric), QStringLiteral("best"));
    result_->addItem(tr("Last: %1").arg(metric), QStringLiteral("last"));
    result_->addItem(tr("At equal x: %1").arg(metric), QStringLiteral("equal"));
    result_->addItem(tr("Training time in seconds"), QStringLiteral("seconds"));
    result_->addItem(
        speedText(countedBy(comparison_->runs, [](const ComparedRun& run) -> const RunRecord& { return run.record; })),
        QStringLiteral("speed"));
    field_->setCurrentIndex(std::max(0, field_->findText(before)));
    result_->setCurrentIndex(std::max(0, result_->findData(result)));
    draw();
}

void FieldScatter::draw() {
    plot_->clearPlottables();
    stylePlot(*plot_);
    if (!comparison_) return;
    const bool fact = field_->currentData().toString() == QLatin1String("parameters");
    const auto row = std::find_if(comparison_->settings.begin(), comparison_->settings.end(),
                                  [&](const SpecRow& r) { return qs(r.path) == field_->currentText(); });
    double low = HUGE_VAL, high = -HUGE_VAL, least = HUGE_VAL, greatest = -HUGE_VAL;
    for (std::size_t i = 0; i < comparison_->runs.size(); ++i) {
        const ComparedRun& run = comparison_->runs[i];
        const Json value = fact                                 ? run.record.facts.value("parameters", Json())
                           : row != comparison_->settings.end() ? row->values[i]
                                                                : Json();
        const auto result = resultOf(run, result_->currentData().toString());
        if (!value.is_number() || !result || !std::isfinite(*result)) continue;
        const double x = value.get<double>();
        QCPGraph* dot = plot_->addGraph();
        const QColor color = runColor(run.record.number);
        dot->setLineStyle(QCPGraph::lsNone);
        dot->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(color, 1.5), QBrush(color), 8));
        dot->addData(x, *result);
        low = std::min(low, x);
        high = std::max(high, x);
        least = std::min(least, *result);
        greatest = std::max(greatest, *result);
    }
    const bool any = low <= high, logarithmic = any && low > 0 && high / low > 10;
    plot_->xAxis->setScaleType(logarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    plot_->xAxis->setTicker(logarithmic ? logTicker() : linearTicker(true));
    plot_->yAxis->setTicker(linearTicker(true));
    plot_->xAxis->setLabel(field_->currentText());
    if (any) {
        const double room = high > low ? 0.08 * (high - low) : std::max(1e-9, 0.1 * std::abs(high)),
                     tall = greatest > least ? 0.1 * (greatest - least) : std::max(1e-9, 0.05 * std::abs(greatest));
        if (logarithmic)
            plot_->xAxis->setRange(low / 1.3, high * 1.3);
        else
            plot_->xAxis->setRange(low - room, high + room);
        plot_->yAxis->setRange(least - tall, greatest + tall);
    }
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

}  // namespace gw::ui
