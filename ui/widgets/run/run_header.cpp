#include "ui/widgets/run/run_header.h"

#include <QCoreApplication>
#include <QGridLayout>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/models/run_table_model.h"
#include "ui/page.h"
#include "ui/shell/theme.h"
#include "ui/texts/message_text.h"
#include "ui/texts/metric_text.h"
#include "ui/texts/text.h"
#include "ui/texts/unit_text.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/run_delegates.h"

namespace gw::ui {

namespace {

std::optional<double> point(const MetricRow& row, std::string_view metric) {
    for (const Point& one : row.points)
        if (one.metric == metric) return one.value;
    return std::nullopt;
}

}  // namespace

QString phaseText(const std::string& phase) {
    static const std::pair<const char*, const char*> texts[] = {
        {"starting", QT_TRANSLATE_NOOP("Phase", "starting")},
        {"preparing data", QT_TRANSLATE_NOOP("Phase", "preparing data")},
        {"building model", QT_TRANSLATE_NOOP("Phase", "building the model")},
        {"training", QT_TRANSLATE_NOOP("Phase", "training")},
        {"evaluating", QT_TRANSLATE_NOOP("Phase", "evaluating")},
        {"saving", QT_TRANSLATE_NOOP("Phase", "saving")},
        {"sampling", QT_TRANSLATE_NOOP("Phase", "sampling")},
        {"waiting for the disk", QT_TRANSLATE_NOOP("Phase", "waiting for the disk")},
        {"stopping", QT_TRANSLATE_NOOP("Phase", "stopping")},
        {"finished", QT_TRANSLATE_NOOP("Phase", "finished")}};
    for (const auto& [id, text] : texts)
        if (phase == id) return QCoreApplication::translate("Phase", text);
    return messageText(phase);
}

RunHeader::RunHeader(QWidget* parent) : QFrame(parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    auto* state = new QHBoxLayout;
    state->setSpacing(8);
    dot_ = new QLabel(QStringLiteral("●"));
    status_ = new QLabel;
    phase_ = label({}, "muted");
    detail_ = new ElidedLabel;
    detail_->setProperty("look", QStringLiteral("muted"));
    progress_ = new QProgressBar;
    progress_->setTextVisible(false);
    constexpr int narrow = 100, wide = 320;
    progress_->setMinimumWidth(narrow);
    progress_->setMaximumWidth(wide);
    for (QWidget* widget : {static_cast<QWidget*>(dot_), static_cast<QWidget*>(status_),
                            static_cast<QWidget*>(progress_), static_cast<QWidget*>(phase_)})
        state->addWidget(widget);
    state->addWidget(detail_, 1);
    lastSave_ = new QPushButton;
    lastSave_->setObjectName(QStringLiteral("run.lastSave"));
    lastSave_->setProperty("look", QStringLiteral("link"));
    lastSave_->setToolTip(
        tr("Show the checkpoint on the page Models: to fine-tune it, or to look at what it comes from"));
    lastSave_->hide();
    connect(lastSave_, &QPushButton::clicked, this, [this] { Q_EMIT checkpointWanted(lastSavePath_); });
    state->addWidget(lastSave_);
    column->addLayout(state);

    auto* card = new QFrame;
    card->setProperty("look", QStringLiteral("card"));
    figures_ = new QGridLayout(card);
    figures_->setContentsMargins(16, 8, 16, 8);
    figures_->setVerticalSpacing(0);
    figures_->setHorizontalSpacing(24);
    step_ = addFigure(tr("Step"), 0);
    tokens_ = addFigure(tr("Tokens"), 1);
    left_ = addFigure(tr("Time left"), 2);
    speed_ = addFigure(tr("Tokens/s"), 3);
    memory_ = addFigure(tr("Memory"), 4);
    best_ = addFigure(tr("Best validation loss"), 5);
    saved_ = addFigure(tr("Last checkpoint"), 6);
    bestName_ = qobject_cast<QLabel*>(figures_->itemAtPosition(0, 5)->widget());
    leftName_ = qobject_cast<QLabel*>(figures_->itemAtPosition(0, 2)->widget());
    savedName_ = qobject_cast<QLabel*>(figures_->itemAtPosition(0, 6)->widget());
    tokensName_ = qobject_cast<QLabel*>(figures_->itemAtPosition(0, 1)->widget());
    speedName_ = qobject_cast<QLabel*>(figures_->itemAtPosition(0, 3)->widget());
    column->addWidget(card);

    alarm_ = new QFrame;
    alarm_->setProperty("look", QStringLiteral("alarm"));
    auto* inside = new QVBoxLayout(alarm_);
    inside->setContentsMargins(16, 8, 16, 8);
    cause_ = new QLabel;
    cause_->setTextFormat(Qt::PlainText);
    cause_->setWordWrap(true);
    cause_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    inside->addWidget(cause_);
    alarm_->hide();
    column->addWidget(alarm_);
}

QLabel* RunHeader::addFigure(const QString& name, int column) {
    auto* value = new QLabel(QStringLiteral("–"));
    value->setFont(Theme::numberFont());
    value->setMinimumHeight(22);
    figures_->addWidget(label(name, "muted"), 0, column);
    figures_->addWidget(value, 1, column);
    figures_->setColumnStretch(column, 1);
    return value;
}

void RunHeader::showBest(const RunRecord& run) {
    const std::string metric = main_metric_of(run);
    bestName_->setText(metric == "loss" ? tr("Best validation loss") : tr("Best: %1").arg(metricText(metric)));
    best_->setText(valueText(run.best_score));
}

void RunHeader::showSaved(bool shown) {
    savedName_->setVisible(shown);
    saved_->setVisible(shown);
}

void RunHeader::nameUnits(const RunRecord& run) {
    const Unit unit = unitOf(run);
    tokensName_->setText(unitText(unit));
    speedName_->setText(unit == Unit::images    ? tr("Images/s")
                        : unit == Unit::windows ? tr("Windows/s")
                        : unit == Unit::rows    ? tr("Rows/s")
                                                : tr("Tokens/s"));
}

void RunHeader::showStatus(const std::string& status, const QString& phase) {
    dot_->setText(QStringLiteral("<span style='color:%1'>●</span>").arg(statusColor(qs(status)).name()));
    status_->setText(statusText(status));
    phase_->setText(phase);
}

void RunHeader::show(const RunRecord& run, std::optional<double> memory, const CheckpointRecord* saved) {
    showStatus(run.status, {});
    const bool active = is_active(run.status);
    detail_->setText(active ? tr("Trained by another program (process %1)").arg(run.process)
                            : tr("Started %1, ended %2").arg(timeText(run.started), timeText(run.ended)));
    lastSave_->setVisible(!active && saved);
    if (saved) {
        lastSavePath_ = qs(saved->path);
        lastSave_->setText(
            (saved->step == run.steps ? tr("Saved at step %1") : tr("Last save: step %1")).arg(countText(saved->step)));
    }
    progress_->setVisible(active && run.total_steps > 0);
    progress_->setRange(0, 1000);
    if (run.total_steps > 0) progress_->setValue(static_cast<int>(1000 * run.steps / run.total_steps));
    step_->setText(run.total_steps > 0 ? tr("%1 of %2").arg(countText(run.steps), countText(run.total_steps))
                                       : countText(run.steps));
    tokens_->setText(shortCount(static_cast<double>(run.tokens)));
    leftName_->setText(tr("Trained for"));
    left_->setText(secondsText(run.seconds));
    speed_->setText(run.tokens_per_second
                        ? countText(static_cast<std::int64_t>(std::clamp(*run.tokens_per_second, 0.0, 1e18)))
                        : QStringLiteral("–"));
    memory_->setText(memory ? bytesText(*memory) : QStringLiteral("–"));
    showBest(run);
    nameUnits(run);
    savedName_->setText(tr("Perplexity"));
    saved_->setText(valueText(run.perplexity));
    showSaved(is_language_model(run));  // of no other loss can a perplexity be made
    const bool failed = (run.status == "failed" || run.status == "interrupted") && !run.cause.empty();
    alarm_->setVisible(failed);
    cause_->setText(linesText(run.cause));
}

void RunHeader::show(const RunRecord& run, const RunSession& session, std::int64_t savedStep) {
    const Progress& progress = session.progress();
    const MetricRow& row = session.lastRow();
    const bool preparing = row.step == 0;
    showStatus(session.paused()               ? "paused"
               : progress.phase == "stopping" ? "stopping"
               : preparing                    ? "preparing"
                                              : "running",
               phaseText(progress.phase));
    detail_->setText(messageText(progress.detail));
    lastSave_->hide();
    const double fraction = session.shownFraction();
    progress_->setVisible(true);
    progress_->setRange(0, fraction >= 0 ? 1000 : 0);
    if (fraction >= 0) progress_->setValue(static_cast<int>(1000 * fraction));
    const std::int64_t total = session.facts().total_steps;
    step_->setText(total > 0 ? tr("%1 of %2").arg(countText(row.step), countText(total)) : countText(row.step));
    tokens_->setText(shortCount(static_cast<double>(row.tokens)));
    leftName_->setText(tr("Time left"));
    left_->setText(session.secondsLeft() > 0 ? secondsText(session.secondsLeft()) : QStringLiteral("–"));
    if (const auto speed = point(row, "train/tokens_per_second"))
        speed_->setText(countText(static_cast<std::int64_t>(*speed)));
    else if (preparing)
        speed_->setText(QStringLiteral("–"));
    if (const auto memory = point(row, "train/memory_bytes")) memory_->setText(bytesText(*memory));
    showBest(run);
    nameUnits(run);
    showSaved(true);
    savedName_->setText(tr("Last checkpoint"));
    saved_->setText(session.checkpointAge() >= 0 ? tr("%1 ago").arg(secondsText(session.checkpointAge()))
                    : savedStep >= 0             ? tr("Step %1").arg(countText(savedStep))
                                                 : tr("none yet"));
    alarm_->hide();
}

}  // namespace gw::ui
