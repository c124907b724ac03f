#include "ui/pages/run_page.h"

#include <QFileDialog>
#include <QInputDialog>
#include <QKeyEvent>
#include <QSplitter>
#include <algorithm>

#include "compare/report.h"
#include "schema/metric.h"
#include "ui/background.h"
#include "ui/message_text.h"
#include "ui/models/run_table_model.h"
#include "ui/text.h"
#include "ui/theme.h"
#include "ui/unit_text.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/notes_dialog.h"
#include "util/text.h"
#include "workspace/orders.h"

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
    inside->addWidget(makePlotBar());
    inside->addWidget(plots_, 1);
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
    connect(&bench.session(), &RunSession::ended, this, &RunPage::read);
    showButtons();
}

void RunPage::makeTitleRow() {
    rename_ = new QToolButton;
    rename_->setText(tr("Rename"));
    rename_->setToolTip(tr("Rename this run (F2)"));
    connect(rename_, &QToolButton::clicked, this, &RunPage::rename);
    titleRow()->insertWidget(1, rename_);
    auto button = [&](const QString& text, auto action) {
        auto* made = new QPushButton(text);
        connect(made, &QPushButton::clicked, this, action);
        titleRow()->addWidget(made);
        return made;
    };
    RunSession& session = workbench().session();
    // A run that another program trains gets letters in the place of calls.
    auto order = [this](const Json& letter) {
        if (Status sent = send_order(workbench().workspace(), id_, letter); !sent)
            workbench().showError(sent.error());
        else
            workbench().say(tr("The program that trains this run was told"));
    };
    pause_ = button(tr("Pause"), [this, &session, order] {
        live() ? session.togglePause() : order({{"order", record_.status == "paused" ? "resume" : "pause"}});
    });
    save_ = button(tr("Save now"), [this, &session, order] {
        live() ? session.saveNow() : order({{"order", "save"}});
    });
    sample_ = button(tr("Sample now"), [this, &session, order] {
        live() ? session.sampleNow() : order({{"order", "sample"}});
    });
    discard_ = button(tr("Stop without saving"), [this, &session, order] {
        live() ? session.stop(false) : order({{"order", "stop"}, {"save", false}});
    });
    stop_ = button(tr("Stop && save"), [this, &session, order] {
        live() ? session.stop(true) : order({{"order", "stop"}, {"save", true}});
    });
    fork_ = button(tr("Fork…"), [this] { workbench().fork(id_); });
    notes_ = button(tr("Notes"), [this] { editNotes(); });
    duplicate_ = button(tr("Duplicate"), [this] { workbench().newRun(record_.spec); });
    duplicate_->setToolTip(tr("Set up a new run with these settings (Ctrl+D)"));
    report_ = button(tr("Report…"), [this] { writeReport(); });
    report_->setToolTip(tr("Write this run as one web page: curves, samples, settings, environment (Ctrl+E)"));
    resume_ = button(tr("Resume"), [this] {
        record_.status == "finished" ? workbench().trainLonger(id_) : void(workbench().resume(id_));
    });
    resume_->setProperty("primary", true);
    pause_->setObjectName(QStringLiteral("pause"));
    stop_->setObjectName(QStringLiteral("stop"));
    resume_->setObjectName(QStringLiteral("resume"));
}

QWidget* RunPage::makePlotBar() {
    auto* bar = new QWidget;
    auto* row = new FlowLayout(bar);
    auto choice = [&](const QString& name, const QStringList& items, const QString& tip, auto action) {
        auto* box = new QComboBox;
        box->addItems(items);
        box->setToolTip(tip);
        box->setAccessibleName(name);
        box->setProperty("look", QStringLiteral("small"));
        row->addWidget(box);
        connect(box, &QComboBox::currentIndexChanged, this, action);
        return box;
    };
    auto toggle = [&](const QString& text, const QString& tip, auto action) {
        auto* made = new QPushButton(text);
        made->setProperty("look", QStringLiteral("small"));
        made->setCheckable(true);
        made->setToolTip(tip);
        row->addWidget(made);
        connect(made, &QPushButton::clicked, this, action);
        return made;
    };
    x_ = choice(tr("Across"), {tr("Steps"), countedText(Counted::tokens), tr("Time")}, tr("What the x axis counts (X)"),
                [this](int index) { plots_->setX(static_cast<LinkedPlots::X>(index)); });
    static constexpr double shares[] = {0, 0.8, 0.9, 0.95, 0.98, 0.99};
    smoothing_ =
        choice(tr("Smoothing"),
               {tr("No smoothing"), tr("Mean of %1 steps").arg(5), tr("Mean of %1 steps").arg(10),
                tr("Mean of %1 steps").arg(20), tr("Mean of %1 steps").arg(50), tr("Mean of %1 steps").arg(100)},
               tr("Moving mean over about so many steps; the raw curve stays behind it ([ and ])"),
               [this](int index) { plots_->setSmoothing(shares[index]); });
    smoothing_->setCurrentIndex(3);
    row->addGap();
    logY_ = toggle(tr("Log y"), tr("Logarithmic values (L)"), [this](bool on) { plots_->setLogY(on); });
    logX_ = toggle(tr("Log x"), tr("Logarithmic x axis (Shift+L)"), [this](bool on) { plots_->setLogX(on); });
    follow_ = toggle(tr("Follow"), tr("Keep the newest steps in view (F)"), [this](bool on) { plots_->setFollow(on); });
    auto* all = new QPushButton(tr("Show all"));
    all->setProperty("look", QStringLiteral("small"));
    all->setToolTip(tr(
        "The whole run (R or double click). Wheel: zoom along x; Shift and wheel: zoom one plot along y; drag: move"));
    connect(all, &QPushButton::clicked, this, [this] { plots_->showAll(); });
    row->addWidget(all);
    connect(plots_, &LinkedPlots::viewChanged, this, &RunPage::showView);
    return bar;
}

void RunPage::showView() {
    follow_->setChecked(plots_->follow());
    logX_->setChecked(plots_->logX());
    logY_->setChecked(plots_->logY());
}

void RunPage::keyPressEvent(QKeyEvent* event) {
    const bool shift = event->modifiers() & Qt::ShiftModifier;
    RunSession& session = workbench().session();
    const bool control = event->modifiers() & Qt::ControlModifier;
    if (control && event->key() == Qt::Key_D && !record_.spec.is_null()) return workbench().newRun(record_.spec);
    if (control && event->key() == Qt::Key_E) return writeReport();
    if (control) return Page::keyPressEvent(event);
    switch (event->key()) {
        case Qt::Key_N:
            editNotes();
            break;
        case Qt::Key_Space:
            if (pause_->isVisible() && pause_->isEnabled()) pause_->click();
            break;
        case Qt::Key_R:
            plots_->showAll();
            break;
        case Qt::Key_F:
            plots_->setFollow(!plots_->follow());
            break;
        case Qt::Key_L:
            shift ? plots_->setLogX(!plots_->logX()) : plots_->setLogY(!plots_->logY());
            break;
        case Qt::Key_X:
            x_->setCurrentIndex((x_->currentIndex() + 1) % x_->count());
            break;
        case Qt::Key_BracketLeft:
            smoothing_->setCurrentIndex(std::max(0, smoothing_->currentIndex() - 1));
            break;
        case Qt::Key_BracketRight:
            smoothing_->setCurrentIndex(std::min(smoothing_->count() - 1, smoothing_->currentIndex() + 1));
            break;
        case Qt::Key_F2:
            rename();
            break;
        case Qt::Key_S:
            if (live()) session.saveNow();
            break;
        case Qt::Key_G:
            if (live()) session.sampleNow();
            break;
        default:
            return Page::keyPressEvent(event);
    }
    showView();
}

bool RunPage::live() const {
    return !id_.empty() && ss(const_cast<RunPage*>(this)->workbench().session().id()) == id_;
}

void RunPage::entered() {
    if (id_.empty() && workbench().session().active())
        open(workbench().session().id());
    else if (!id_.empty() && !live())
        read();
}

void RunPage::open(const QString& id) {
    if (ss(id) == id_ && live() && !reading_ && states_->currentIndex() == shown && shownSteps_ >= 0 &&
        record_.status == "running")
        return;
    id_ = ss(id);
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
    const bool same = shownSteps_ == record_.steps && shownStatus_ == record_.status;
    x_->setItemText(1, countedText(countsImages(record_) ? Counted::images : Counted::tokens));
    if (!same) {
        plots_->clear();
        const Json& facts = record_.facts;
        const auto floor = facts.find("floor_loss");
        plots_->setFacts(
            facts.value("tokens_per_step", std::int64_t{1}),
            floor != facts.end() && floor->is_number() ? std::optional(floor->get<double>()) : std::nullopt,
            facts.value("clip", 0.0));
        for (const auto& [metric, points] : details.series)
            for (const MetricPoint& point : points)
                plots_->add(metric, static_cast<double>(point.step), point.seconds, point.value);
        for (const CheckpointRecord& checkpoint : details.checkpoints)
            plots_->addMark("save", static_cast<double>(checkpoint.step));
        for (const EventRecord& event : details.events)
            plots_->addMark(markOf(event.kind), static_cast<double>(event.step));
        shownSteps_ = record_.steps;
        shownStatus_ = record_.status;
        tabs_->show(details);
    }
    for (const Message& message : std::exchange(waiting_, {})) take(message);
    refresh();
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
            plots_->add(std::string(point.metric), static_cast<double>(row->step), row->seconds, point.value);
            const Better better = better_of(point.metric);
            if (point.metric == "validation/" + main_metric_of(record_) && std::isfinite(point.value) &&
                (!record_.best_score || is_better(better, point.value, *record_.best_score)))
                record_.best_score = point.value;
        }
    } else if (const auto* facts = std::get_if<RunFacts>(&message)) {
        record_.facts["main_metric"] = facts->main_metric;
        plots_->setFacts(facts->tokens_per_step, facts->floor_loss, facts->clip);
    } else if (const auto* sample = std::get_if<SampleText>(&message)) {
        tabs_->addSample({id_, sample->prompt, sample->text, now_utc(), 0, sample->step});
    } else if (const auto* event = std::get_if<Event>(&message)) {
        plots_->addMark(markOf(event->kind), static_cast<double>(event->step));
        tabs_->addEvent({id_, event->kind, event->text, now_utc(), 0, event->step});
    } else if (const auto* saved = std::get_if<CheckpointSaved>(&message)) {
        plots_->addMark("save", static_cast<double>(saved->step));
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
    const QString name = live() ? workbench().session().name() : qs(record_.name);
    title()->setText(!record_.name.empty() ? qs(record_.name) : name.isEmpty() ? tr("Run") : name);
    if (live())
        header_->show(record_, workbench().session(), checkpoints_.empty() ? -1 : checkpoints_.front().step);
    else {
        const auto memory = plots_->curves().find("train/memory_bytes");
        header_->show(record_, memory != plots_->curves().end() && !memory->second.points.empty()
                                   ? std::optional(memory->second.points.back().value)
                                   : std::nullopt);
    }
    tabs_->setState(record_, live(), live() || is_active(record_.status));
    showButtons();
}

void RunPage::showButtons() {
    const bool here = live();
    RunSession& session = workbench().session();
    const bool stopping = here && session.progress().phase == "stopping";
    rename_->setVisible(!id_.empty());
    const QString reason = tr("The run is stopping");
    const bool elsewhere = !here && !id_.empty() && is_active(record_.status),
               paused = here ? session.paused() : record_.status == "paused";
    for (QPushButton* button : {pause_, save_, sample_, stop_, discard_}) {
        button->setVisible(here || elsewhere);
        button->setEnabled((here || elsewhere) && !stopping);
    }
    pause_->setText(paused ? tr("Continue") : tr("Pause"));
    pause_->setToolTip(stopping ? reason : paused ? tr("Go on training") : tr("Stop computing until told to go on"));
    save_->setToolTip(stopping ? reason : tr("Write a checkpoint and go on (S)"));
    sample_->setToolTip(stopping ? reason : tr("Let the model write and go on (G)"));
    stop_->setToolTip(stopping ? reason : tr("Write a checkpoint, then end; the run can be resumed"));
    discard_->setToolTip(stopping ? reason : tr("End now; what came after the last checkpoint is lost"));
    const bool over = !here && !id_.empty() && !is_active(record_.status);
    const bool queued = record_.status == "queued", closed = workbench().readOnly();
    resume_->setVisible(over && !queued);
    for (QPushButton* button : {fork_, notes_, duplicate_, report_}) button->setVisible(over);
    notices_->setMayMark(!closed);
    notes_->setEnabled(!closed);
    notes_->setText(record_.notes.empty() ? tr("Notes") : tr("Notes ✎"));
    notes_->setToolTip(record_.notes.empty() ? tr("Write down what was tried and what came out (N)")
                                             : qs(record_.notes));
    const bool finished = record_.status == "finished", busy = session.active(), none = checkpoints_.empty();
    // A finished run is no dead end: it can be trained longer.
    resume_->setText(finished ? tr("Train longer…") : tr("Resume"));
    resume_->setEnabled(over && !busy && !none && !closed);
    fork_->setEnabled(over && !busy && !none && !closed);
    fork_->setToolTip(
        none   ? tr("This run has no checkpoint")
        : busy ? tr("Another run is being trained in this window")
               : tr("Begin a run of its own from a checkpoint of this one; asks for budget, rate and schedule first"));
    resume_->setToolTip(closed     ? tr("This window is open for reading only")
                        : none     ? tr("This run has no checkpoint to go on from: start it again with Duplicate")
                        : busy     ? tr("Another run is being trained in this window")
                        : finished ? tr("Go on with a larger budget; asks how the learning rate goes on")
                                   : tr("Go on from the newest whole checkpoint"));
}

void RunPage::editNotes() {
    if (id_.empty() || workbench().readOnly()) return;
    NotesDialog dialog(qs(record_.name), qs(record_.notes), this);
    if (dialog.exec() != QDialog::Accepted) return;
    auto store = workbench().workspace().store();
    if (Status kept = store ? store.value().set_notes(id_, ss(dialog.notes())) : Status(store.error()); !kept)
        return workbench().showError(kept.error());
    record_.notes = ss(dialog.notes());
    refresh();
}

void RunPage::writeReport() {
    if (id_.empty()) return;
    const QString file = QFileDialog::getSaveFileName(this, tr("Write a report"), QStringLiteral("report.html"),
                                                      tr("Web page (*.html)"));
    if (file.isEmpty()) return;
    auto store = workbench().workspace().store(Store::Mode::read_only);
    const auto page = store ? run_report(store.value(), record_) : Result<std::string>(store.error());
    const Status written = page ? write_file_atomic(ss(file), page.value()) : Status(page.error());
    if (!written)
        workbench().showError(written.error());
    else
        workbench().say(tr("Written: %1").arg(file));
}

QStringList RunPage::shortcuts() const {
    return {tr("Click\tShow the samples of that step"),
            tr("R\tShow all"),
            tr("F\tFollow the newest steps"),
            tr("L, Shift+L\tLogarithmic y, x"),
            tr("X\tNext axis"),
            tr("[ and ]\tLess or more smoothing"),
            tr("Space\tPause, go on"),
            tr("S\tSave now"),
            tr("G\tSample now"),
            tr("F2\tRename"),
            tr("N\tNotes"),
            tr("Ctrl+D\tDuplicate into New run"),
            tr("Ctrl+E\tReport")};
}

void RunPage::rename() {
    if (id_.empty()) return;
    bool ok = false;
    const QString name =
        QInputDialog::getText(this, tr("Rename this run"), tr("Name"), QLineEdit::Normal, title()->text(), &ok);
    if (!ok || name.trimmed().isEmpty()) return;
    record_.name = ss(name.trimmed());
    workbench().rename(id_, name);
    refresh();
}

}  // namespace gw::ui
