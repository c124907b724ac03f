#include "ui/forms/summary_card.h"

#include <unistd.h>

#include <QVBoxLayout>

#include "ui/page.h"
#include "ui/plots/plot_style.h"
#include "ui/shell/theme.h"
#include "ui/texts/field_help.h"
#include "ui/texts/message_text.h"
#include "ui/texts/text.h"
#include "ui/texts/unit_text.h"

namespace gw::ui {

namespace {

/// What a run takes before its first weight: the program, LibTorch and its threads' buffers; measured on runs of small
/// models, which took 380 to 500 MiB more than their tensors.
constexpr double programBytes = 400.0 * 1024 * 1024;

/// Memory of this machine; 0 where the system does not say.
double machineBytes() {
    const long pages = ::sysconf(_SC_PHYS_PAGES), size = ::sysconf(_SC_PAGE_SIZE);
    return pages > 0 && size > 0 ? static_cast<double>(pages) * static_cast<double>(size) : 0;
}

}  // namespace

SummaryCard::SummaryCard(QWidget* parent) : QFrame(parent), machine_(machineBytes()) {
    setProperty("look", QStringLiteral("card"));
    setFixedWidth(320);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(12);
    column->addWidget(label(tr("This run"), "section"));
    figures_ = new QGridLayout;
    figures_->setHorizontalSpacing(12);
    figures_->setVerticalSpacing(6);
    parameters_ = addFigure(tr("Parameters"));
    steps_ = addFigure(tr("Steps"));
    tokensPerStep_ = addFigure({});
    tokens_ = addFigure({});
    memory_ = addFigure(tr("Memory, about"));
    checkpoint_ = addFigure(tr("A checkpoint"));
    flops_ = addFigure({});
    nameUnits(Unit::tokens);
    column->addLayout(figures_);
    memoryParts_ = label({}, "muted");
    memoryParts_->setObjectName(QStringLiteral("memory.parts"));
    memoryParts_->setWordWrap(true);
    column->addWidget(memoryParts_);
    memoryProblem_ = label({}, "warning");
    memoryProblem_->setWordWrap(true);
    memoryProblem_->hide();
    column->addWidget(memoryProblem_);
    smaller_ = new QPushButton;
    smaller_->setObjectName(QStringLiteral("memory.smaller"));
    smaller_->hide();
    connect(smaller_, &QPushButton::clicked, this, [this] { Q_EMIT batchWanted(microBatch_, accumulation_); });
    column->addWidget(smaller_);
    scheduleTitle_ = label(tr("Learning rate"), "muted");
    column->addWidget(scheduleTitle_);
    schedule_ = new QCustomPlot;
    schedule_->setFixedHeight(130);
    schedule_->addGraph();
    schedule_->axisRect()->setAutoMargins(QCP::msAll);
    schedule_->xAxis->setTicker(linearTicker(true));
    schedule_->yAxis->setTicker(linearTicker(false));
    schedule_->yAxis->ticker()->setTickCount(3);
    schedule_->xAxis->ticker()->setTickCount(4);
    column->addWidget(schedule_);
    problems_ = label({});
    problems_->setWordWrap(true);
    problems_->setTextFormat(Qt::RichText);
    problems_->setObjectName(QStringLiteral("problems"));
    connect(problems_, &QLabel::linkActivated, this, &SummaryCard::fieldWanted);
    column->addWidget(problems_);
    fit_ = new QPushButton(tr("Fit the rest to this data"));
    fit_->setObjectName(QStringLiteral("fit"));
    fit_->hide();
    connect(fit_, &QPushButton::clicked, this, &SummaryCard::fitWanted);
    column->addWidget(fit_);
    column->addStretch(1);
    connect(&Theme::instance(), &Theme::changed, this, &SummaryCard::restyle);
    restyle();
}

QLabel* SummaryCard::addFigure(const QString& name) {
    const int row = figures_->rowCount();
    auto* value = new QLabel(QStringLiteral("–"));
    value->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    value->setFont(Theme::numberFont());
    figures_->addWidget(label(name, "muted"), row, 0);
    figures_->addWidget(value, row, 1);
    return value;
}

void SummaryCard::nameUnits(Unit unit) {
    const auto called = [&](const QString& tokens, const QString& images, const QString& windows, const QString& rows) {
        return unit == Unit::images ? images : unit == Unit::windows ? windows : unit == Unit::rows ? rows : tokens;
    };
    const std::pair<QLabel*, QString> names[] = {
        {tokensPerStep_, called(tr("Tokens a step"), tr("Images a step"), tr("Windows a step"), tr("Rows a step"))},
        {tokens_, called(tr("Tokens in all"), tr("Images in all"), tr("Windows in all"), tr("Rows in all"))},
        {flops_, called(tr("FLOPs a token"), tr("FLOPs an image"), tr("FLOPs a window"), tr("FLOPs a row"))}};
    for (const auto& [figure, name] : names) {
        int row = 0, column = 0, rows = 0, columns = 0;
        figures_->getItemPosition(figures_->indexOf(figure), &row, &column, &rows, &columns);
        qobject_cast<QLabel*>(figures_->itemAtPosition(row, 0)->widget())->setText(name);
    }
}

void SummaryCard::restyle() {
    stylePlot(*schedule_);
    schedule_->graph(0)->setPen(QPen(tokens().accent, 1.75));
    schedule_->replot(QCustomPlot::rpQueuedReplot);
}

void SummaryCard::show(const Json& spec) {
    const Estimate estimate = estimate_run(spec);
    const Unit unit = unitOfSpec(spec);
    nameUnits(unit);
    const QString about = estimate.vocabulary_is_guess ? tr("about %1") : QStringLiteral("%1");
    parameters_->setText(about.arg(shortCount(static_cast<double>(estimate.parameters))));
    parameters_->setToolTip(
        unit != Unit::tokens ? QString()
        : estimate.vocabulary_is_guess
            ? tr("The vocabulary is known only when the tokenizer has seen the data; %1 tokens are assumed.")
                  .arg(countText(estimate.vocabulary))
            : tr("Vocabulary of %1 tokens").arg(countText(estimate.vocabulary)));
    tokensPerStep_->setText(countText(estimate.tokens_per_step));
    steps_->setText(estimate.steps ? countText(*estimate.steps) : tr("known when data is read"));
    tokens_->setText(estimate.tokens ? shortCount(static_cast<double>(*estimate.tokens))
                                     : tr("known when data is read"));
    showMemory(spec, estimate);
    checkpoint_->setText(bytesText(static_cast<double>(estimate.checkpoint_bytes)));
    flops_->setText(shortCount(estimate.flops_per_token));
    flops_->setToolTip(unit != Unit::tokens
                           ? tr("Forward and backward: three times the products of a pass")
                           : tr("Forward and backward: 6 times the parameters, and the attention over the context"));
    drawSchedule(spec, estimate.steps.value_or(1000));
}

void SummaryCard::showMemory(const Json& spec, const Estimate& estimate) {
    const auto share = [](std::uint64_t bytes) { return static_cast<double>(bytes); };
    const double rest = programBytes + share(estimate.memory_weights) + share(estimate.memory_optimizer);
    const double activations = share(estimate.memory_activations), all = rest + activations;
    memory_->setText(bytesText(all));
    memoryParts_->setText(tr("Weights and gradients %1, optimizer %2, activations %3, the program %4")
                              .arg(bytesText(share(estimate.memory_weights)),
                                   bytesText(share(estimate.memory_optimizer)), bytesText(activations),
                                   bytesText(programBytes)));
    const Json training = spec.value("training", Json::object());
    // What a GPU holds is known only where one is asked.
    const bool here = training.value("device", "auto") != "cuda" && machine_ > 0, tight = here && all > machine_;
    memoryProblem_->setVisible(tight);
    smaller_->setVisible(false);
    if (!tight) return;
    memoryProblem_->setText(tr("This needs about %1, and the machine has %2").arg(bytesText(all), bytesText(machine_)));
    microBatch_ = training.value("micro_batch", std::int64_t{1});
    accumulation_ = training.value("accumulation", std::int64_t{1});
    double needed = all;
    while (microBatch_ > 1 && microBatch_ % 2 == 0 && needed > machine_) {
        microBatch_ /= 2;
        accumulation_ *= 2;
        Json cut = spec;
        cut["training"]["micro_batch"] = microBatch_;
        const Estimate of = estimate_run(cut);
        needed = programBytes + share(of.memory_weights) + share(of.memory_optimizer) + share(of.memory_activations);
    }
    if (needed > machine_) return;  // a smaller batch alone does not help
    smaller_->setText(tr("Micro-batch %1 × %2").arg(countText(microBatch_), countText(accumulation_)));
    smaller_->setToolTip(tr("The same rows a step in smaller pieces, about %1").arg(bytesText(needed)));
    smaller_->show();
}

void SummaryCard::showNothing() {
    memoryParts_->clear();
    memoryProblem_->hide();
    smaller_->hide();
    for (QLabel* figure : {parameters_, steps_, tokensPerStep_, tokens_, memory_, checkpoint_, flops_})
        figure->setText(QStringLiteral("–"));
    schedule_->graph(0)->data()->clear();
    schedule_->replot(QCustomPlot::rpQueuedReplot);
}

void SummaryCard::drawSchedule(const Json& spec, std::int64_t steps) {
    constexpr int points = 300;
    const std::vector<double> rates = schedule_curve(spec, steps, points);
    QVector<double> x, y;
    for (std::size_t i = 0; i < rates.size(); ++i) {
        x << static_cast<double>(steps) * static_cast<double>(i) /
                 static_cast<double>(std::max<std::size_t>(1, rates.size() - 1));
        y << rates[i];
    }
    schedule_->graph(0)->setData(x, y, true);
    schedule_->xAxis->setRange(0, static_cast<double>(steps));
    const double peak = y.isEmpty() ? 1 : *std::max_element(y.begin(), y.end());
    schedule_->yAxis->setRange(0, peak > 0 ? peak * 1.1 : 1);
    schedule_->replot(QCustomPlot::rpQueuedReplot);
}

void SummaryCard::showProblems(const Json& spec, const std::vector<Line>& lines) {
    QString text;
    for (const auto& [problem, wish] : lines) {
        const QColor color = wish ? tokens().accent : problem.warning ? tokens().warn : tokens().bad;
        text += QStringLiteral("<p style='margin:4px 0'><a style='color:%1' href='%2'>%3</a> %4</p>")
                    .arg(color.name(), qs(problem.path).toHtmlEscaped(), fieldText(spec, problem.path).toHtmlEscaped(),
                         messageText(problem.message).toHtmlEscaped());
    }
    problems_->setText(text);
    problems_->setVisible(!lines.empty());
}

void SummaryCard::offerFit(const Json& spec, const std::optional<Json>& fitted) {
    fit_->setVisible(fitted.has_value());
    if (!fitted) return;
    QStringList changes;
    for (const Family& family : families()) {
        const Json before = spec.value(family.id, Json()), after = fitted->value(family.id, Json());
        if (before == after || !after.is_object()) continue;
        const Sheet* sheet = find_sheet(family.id, after.value("kind", ""));
        if (sheet) changes << tr("%1: %2").arg(sheetText(family.title), sheetText(sheet->card.title));
    }
    fit_->setToolTip(tr("Sets what does not fit this data") + QLatin1Char('\n') + changes.join(QLatin1Char('\n')));
}

}  // namespace gw::ui
