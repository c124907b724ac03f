#include "ui/pages/run_page.h"

#include <QSplitter>
#include <algorithm>

#include "schema/metric.h"
#include "ui/background.h"
#include "ui/models/run_table_model.h"
#include "ui/newest_runs.h"
#include "ui/shell/theme.h"
#include "ui/texts/message_text.h"
#include "ui/texts/text.h"
#include "util/text.h"
#include "workspace/record/journal.h"

namespace gw::ui {

namespace {

/// The mark that an event leaves on the plots.
std::string markOf(const std::string& kind) {
    for (const char* own : {"resume", "knob", "alert"})
        if (kind == own) return kind;
    return "warning";
}

}  // namespace

RunPage::RunPage(Workbench& workbench, QWidget* parent) : Page(workbench, tr("Run"), parent) {
    makeTitleRow();
    states_ = new QStackedLayout;
    auto* empty = new QWidget;
    auto* middle = new QVBoxLayout(empty);
    middle->addStretch(2);
    message_ = label(tr("No run is open.\nOpen one from the table of runs, or launch a new one."), "muted");
    message_->setAlignment(Qt::AlignCenter);
    middle->addWidget(message_);
    auto* go = new QPushButton(tr("Show the runs"));
    connect(go, &QPushButton::clicked, this, [this] { this->workbench().showPage(QStringLiteral("runs")); });
    middle->addWidget(go, 0, Qt::AlignHCenter);
    middle->addStretch(3);
    states_->addWidget(empty);

    auto* body = new QWidget;
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    header_ = new RunHeader;
    column->addWidget(header_);
    notices_ = new NoticeBar;
    column->addWidget(notices_);
    auto* splitter = new QSplitter(Qt::Horizontal);
    splitter->setHandleWidth(16);
    splitter->setObjectName(QStringLiteral("run.across"));
    auto* card = new QFrame;
    card->setProperty("look", QStringLiteral("card"));
    auto* inside = new QVBoxLayout(card);
    inside->setContentsMargins(16, 12, 8, 8);
    inside->setSpacing(8);
    plots_ = new LinkedPlots;
    plots_->setHistory(this->workbench().workspace().database());
    plotBar_ = new PlotBar(this->workbench(), *plots_);
    inside->addWidget(plotBar_);
    inside->addWidget(plots_, 1);
    export_ = new PlotExport(this->workbench(), *plots_, this);
    export_->menu().addAction(tr("Report as HTML"), this, &RunPage::writeReport);
    export_->menu().addAction(tr("Model card as Markdown"), this, &RunPage::writeCard);
    report_->setMenu(&export_->menu());
    connect(plots_, &LinkedPlots::readFailed, this, [this](const Error& error) { this->workbench().showError(error); });
    tabs_ = new RunTabs(this->workbench());
    splitter->addWidget(card);
    splitter->addWidget(tabs_);
    splitter->setStretchFactor(0, 5);
    splitter->setStretchFactor(1, 2);
    splitter->setChildrenCollapsible(false);
    tabs_->setMinimumWidth(340);
    column->addWidget(splitter, 1);
    states_->addWidget(body);
    content()->addLayout(states_, 1);

    Workbench& bench = this->workbench();
    connect(&bench, &Workbench::runWanted, this, [this](const QString& id) {
        open(id);
        this->workbench().showPage(QStringLiteral("run"));
    });
    connect(&bench, &Workbench::historyChanged, this, [this] {
        if (isVisible() && !live()) read();
    });
    connect(plots_, &LinkedPlots::stepClicked, tabs_, &RunTabs::showStep);
    connect(notices_, &NoticeBar::findingsWanted, tabs_, &RunTabs::showFindings);
    connect(notices_, &NoticeBar::seenWanted, tabs_, &RunTabs::markAlertsSeen);
    connect(&tabs_->findings(), &FindingsPanel::changed, this,
            [this] { notices_->show(tabs_->findings().notices(/*onlyNew=*/true)); });
    connect(tabs_, &RunTabs::forkWanted, this,
            [this](const QString& checkpoint) { this->workbench().fork(id_, ss(checkpoint)); });
    connect(&bench.session(), &RunSession::delivered, this,
            [this](const std::vector<Message>& messages) { take(messages); });
    connect(&bench.session(), &RunSession::stateChanged, this, &RunPage::refresh);
    connect(&bench.session(), &RunSession::ended, this, [this](const Outcome& outcome) {
        tellSave_ = std::exchange(wasLive_, false) && outcome.end == Outcome::End::stopped;
        read();
    });
    connect(header_, &RunHeader::checkpointWanted, this,
            [this](const QString& path) { this->workbench().beginFrom(path); });
    showButtons();
}

bool RunPage::live() const {
    return !id_.empty() && ss(const_cast<RunPage*>(this)->workbench().session().id()) == id_;
}

void RunPage::entered() {
    if (!id_.empty()) return live() ? void() : read();
    if (!workbench().session().id().isEmpty()) return open(workbench().session().id());
    // Nothing was opened yet: the run that was made last is what most want to see.
    inBackground(
        this, [workspace = workbench().workspace()] { return newestRun(workspace); },
        [this](const std::string& run) {
            if (id_.empty() && !run.empty()) open(qs(run));
        });
}

void RunPage::open(const QString& id) {
    if (ss(id) == id_ && live() && !reading_ && states_->currentIndex() == shown && shownSteps_ >= 0 &&
        record_.status == "running")
        return;
    if (ss(id) != id_) checkpoints_.clear();
    id_ = ss(id);
    tellSave_ = wasLive_ = false;
    record_ = {};
    record_.id = id_;
    shownSteps_ = -1;
    waiting_.clear();
    notices_->show({});  // those of the run that was open before
    plots_->clear();
    read();
}

void RunPage::read() {
    if (id_.empty()) return;
    if (reading_) {
        again_ = true;
        return;
    }
    reading_ = true;
    inBackground(
        this,
        [database = workbench().workspace().database(), id = id_] {
            return std::pair(id, readRunDetails(database, id));
        },
        [this](std::pair<std::string, Result<RunDetails>> result) {
            reading_ = false;
            if (std::exchange(again_, false) || result.first != id_) return read();
            if (result.second) return show(std::move(result.second).value());
            message_->setText(tr("This run cannot be shown.\n\n%1").arg(errorText(result.second.error())));
            states_->setCurrentIndex(none);
        });
}

void RunPage::show(RunDetails details) {
    states_->setCurrentIndex(shown);
    record_ = details.record;
    checkpoints_ = details.checkpoints;
    const bool same = shownSteps_ == record_.steps && shownStatus_ == record_.status &&
                      shownEvents_ == details.events.size() && shownCheckpoints_ == details.checkpoints.size();
    clock_ = details.clock;
    export_->setRun(record_);
    if (!same) {
        plots_->setRun(record_, clock_);
        plots_->setCurves(details.curves, details.givenUp);
        for (const CheckpointRecord& checkpoint : details.checkpoints) plots_->addMark("save", checkpoint.step);
        for (const EventRecord& event : details.events) plots_->addMark(markOf(event.kind), event.step);
        plotBar_->setRun(record_);
        shownSteps_ = record_.steps;
        shownStatus_ = record_.status;
        shownEvents_ = details.events.size();
        shownCheckpoints_ = details.checkpoints.size();
        tabs_->show(details);
    }
    for (const Message& message : std::exchange(waiting_, {})) take(message);
    refresh();
    if (std::exchange(tellSave_, false) && !checkpoints_.empty() && checkpoints_.front().step == record_.steps)
        workbench().say(tr("Saved at step %1; the checkpoint stands on the page Models").arg(countText(record_.steps)));
}

void RunPage::take(const std::vector<Message>& messages) {
    if (!live()) return;
    if (reading_ || states_->currentIndex() != shown) {
        waiting_.insert(waiting_.end(), messages.begin(), messages.end());
        return;
    }
    for (const Message& message : messages) take(message);
    refresh();
}

void RunPage::take(const Message& message) {
    if (const auto* row = std::get_if<MetricRow>(&message)) {
        for (const Point& point : row->points) {
            plots_->add(std::string(point.metric), row->step, row->seconds, point.value);
            const Better better = better_of(point.metric);
            if (point.metric == "validation/" + main_metric_of(record_) && std::isfinite(point.value) &&
                (!record_.best_score || is_better(better, point.value, *record_.best_score)))
                record_.best_score = point.value;
        }
    } else if (const auto* facts = std::get_if<RunFacts>(&message)) {
        record_.facts = facts_json(*facts);
        record_.total_steps = facts->total_steps;
        plots_->setRun(record_, clock_);
        plotBar_->setRun(record_);
        export_->setRun(record_);
    } else if (const auto* sample = std::get_if<SampleText>(&message)) {
        tabs_->addSample({id_, sample->prompt, sample->text, now_utc(), 0, sample->step});
    } else if (const auto* event = std::get_if<Event>(&message)) {
        plots_->addMark(markOf(event->kind), event->step);
        tabs_->addEvent({id_, event->kind, event->text, now_utc(), 0, event->step});
    } else if (const auto* saved = std::get_if<CheckpointSaved>(&message)) {
        plots_->addMark("save", saved->step);
        // The same checkpoint is told again when its evaluation has made it the best.
        std::erase_if(checkpoints_, [&](const CheckpointRecord& c) {
            return c.path == saved->path ||
                   std::find(saved->removed.begin(), saved->removed.end(), c.path) != saved->removed.end();
        });
        if (saved->best)
            for (CheckpointRecord& checkpoint : checkpoints_) checkpoint.best = false;
        checkpoints_.insert(checkpoints_.begin(),
                            {id_, saved->path, 0, saved->step, saved->tokens, saved->bytes, saved->validation_loss,
                             saved->best, now_utc(), saved->metric, saved->score});
        tabs_->setCheckpoints(checkpoints_);
        if (!saved->best) tabs_->addEvent({id_, "checkpoint", saved->path, now_utc(), 0, saved->step});
    }
}

void RunPage::refresh() {
    if (id_.empty()) return showButtons();
    wasLive_ = wasLive_ || live();
    const QString name = live() ? workbench().session().name() : qs(record_.name);
    title()->setText(!record_.name.empty() ? qs(record_.name) : name.isEmpty() ? tr("Run") : name);
    if (live())
        header_->show(record_, workbench().session(), checkpoints_.empty() ? -1 : checkpoints_.front().step);
    else {
        const auto memory = plots_->curves().find("train/memory_bytes");
        header_->show(record_,
                      memory != plots_->curves().end() && !memory->second.points.empty()
                          ? std::optional(memory->second.points.back().last)
                          : std::nullopt,
                      checkpoints_.empty() ? nullptr : &checkpoints_.front());
    }
    tabs_->setState(record_, live(), live() || is_active(record_.status));
    showButtons();
}

}  // namespace gw::ui
