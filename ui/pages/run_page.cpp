#include "ui/pages/run_page.h"

#include <QInputDialog>
#include <QKeyEvent>
#include <QSplitter>
#include <algorithm>

#include "ui/background.h"
#include "ui/models/run_table_model.h"
#include "ui/text.h"
#include "ui/theme.h"
#include "util/text.h"

namespace gw::ui {

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
    auto* splitter = new QSplitter(Qt::Horizontal);
    splitter->setHandleWidth(16);
    auto* card = new QFrame;
    card->setProperty("look", QStringLiteral("card"));
    auto* inside = new QVBoxLayout(card);
    inside->setContentsMargins(16, 12, 8, 8);
    inside->setSpacing(8);
    plots_ = new LinkedPlots;
    inside->addWidget(makePlotBar());
    inside->addWidget(plots_, 1);
    tabs_ = new RunTabs;
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
    connect(&bench.session(), &RunSession::delivered, this, [this](const std::vector<Message>& messages) { take(messages); });
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
    pause_ = button(tr("Pause"), [&session] { session.togglePause(); });
    save_ = button(tr("Save now"), [&session] { session.saveNow(); });
    sample_ = button(tr("Sample now"), [&session] { session.sampleNow(); });
    discard_ = button(tr("Stop without saving"), [&session] { session.stop(false); });
    stop_ = button(tr("Stop && save"), [&session] { session.stop(true); });
    resume_ = button(tr("Resume"), [this] { workbench().resume(id_); });
    resume_->setProperty("primary", true);
    pause_->setObjectName(QStringLiteral("pause"));
    stop_->setObjectName(QStringLiteral("stop"));
    resume_->setObjectName(QStringLiteral("resume"));
}

QWidget* RunPage::makePlotBar() {
    auto* bar = new QWidget;
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    auto choice = [&](const QString& name, const QStringList& items, const QString& tip, auto action) {
        auto* box = new QComboBox;
        box->addItems(items);
        box->setToolTip(tip);
        box->setAccessibleName(name);
        row->addWidget(label(name, "muted"));
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
    x_ = choice(tr("Across"), {tr("steps"), tr("tokens"), tr("time")}, tr("What the x axis counts (X)"), [this](int index) { plots_->setX(static_cast<LinkedPlots::X>(index)); });
    static constexpr double shares[] = {0, 0.8, 0.9, 0.95, 0.98, 0.99};
    smoothing_ = choice(tr("Smoothing"), {tr("none"), tr("5 steps"), tr("10 steps"), tr("20 steps"), tr("50 steps"), tr("100 steps")},
                        tr("Moving mean over about so many steps; the raw curve stays behind it ([ and ])"), [this](int index) { plots_->setSmoothing(shares[index]); });
    smoothing_->setCurrentIndex(3);
    row->addStretch(1);
    logY_ = toggle(tr("Log y"), tr("Logarithmic values (L)"), [this](bool on) { plots_->setLogY(on); });
    logX_ = toggle(tr("Log x"), tr("Logarithmic x axis (Shift+L)"), [this](bool on) { plots_->setLogX(on); });
    follow_ = toggle(tr("Follow"), tr("Keep the newest steps in view (F)"), [this](bool on) { plots_->setFollow(on); });
    auto* all = new QPushButton(tr("Show all"));
    all->setProperty("look", QStringLiteral("small"));
    all->setToolTip(tr("The whole run (R or double click). Wheel: zoom along x; Shift and wheel: zoom one plot along y; drag: move"));
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
    switch (event->key()) {
        case Qt::Key_R: plots_->showAll(); break;
        case Qt::Key_F: plots_->setFollow(!plots_->follow()); break;
        case Qt::Key_L: shift ? plots_->setLogX(!plots_->logX()) : plots_->setLogY(!plots_->logY()); break;
        case Qt::Key_X: x_->setCurrentIndex((x_->currentIndex() + 1) % x_->count()); break;
        case Qt::Key_BracketLeft: smoothing_->setCurrentIndex(std::max(0, smoothing_->currentIndex() - 1)); break;
        case Qt::Key_BracketRight: smoothing_->setCurrentIndex(std::min(smoothing_->count() - 1, smoothing_->currentIndex() + 1)); break;
        case Qt::Key_F2: rename(); break;
        case Qt::Key_S: if (live()) session.saveNow(); break;
        case Qt::Key_G: if (live()) session.sampleNow(); break;
        default: return Page::keyPressEvent(event);
    }
    showView();
}

bool RunPage::live() const { return !id_.empty() && ss(const_cast<RunPage*>(this)->workbench().session().id()) == id_; }

void RunPage::entered() {
    if (id_.empty() && workbench().session().active()) open(workbench().session().id());
    else if (!id_.empty() && !live()) read();
}

void RunPage::open(const QString& id) {
    if (ss(id) == id_ && live() && !reading_ && states_->currentIndex() == shown && shownSteps_ >= 0 && record_.status == "running") return;
    id_ = ss(id);
    record_ = {};
    record_.id = id_;
    shownSteps_ = -1;
    waiting_.clear();
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
        this, [database = workbench().workspace().database(), id = id_] { return std::pair(id, readRunDetails(database, id)); },
        [this](std::pair<std::string, Result<RunDetails>> result) {
            reading_ = false;
            if (std::exchange(again_, false) || result.first != id_) return read();
            if (result.second) return show(std::move(result.second).value());
            message_->setText(tr("This run cannot be shown.\n\n%1").arg(qs(to_text(result.second.error()))));
            states_->setCurrentIndex(none);
        });
}

void RunPage::show(RunDetails details) {
    states_->setCurrentIndex(shown);
    record_ = details.record;
    checkpoints_ = details.checkpoints;
    const bool same = shownSteps_ == record_.steps && shownStatus_ == record_.status;
    if (!same) {
        plots_->clear();
        const Json& facts = record_.facts;
        const auto floor = facts.find("floor_loss");
        plots_->setFacts(facts.value("tokens_per_step", std::int64_t{1}), floor != facts.end() && floor->is_number() ? std::optional(floor->get<double>()) : std::nullopt,
                         facts.value("clip", 0.0));
        for (const auto& [metric, points] : details.series)
            for (const MetricPoint& point : points) plots_->add(metric, static_cast<double>(point.step), point.seconds, point.value);
        for (const CheckpointRecord& checkpoint : details.checkpoints) plots_->addMark("save", static_cast<double>(checkpoint.step));
        for (const EventRecord& event : details.events) plots_->addMark(event.kind == "resume" ? "resume" : "warning", static_cast<double>(event.step));
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
            if (point.metric == "validation/loss" && std::isfinite(point.value))
                record_.best_validation_loss = std::min(record_.best_validation_loss.value_or(point.value), point.value);
        }
    } else if (const auto* facts = std::get_if<RunFacts>(&message)) {
        plots_->setFacts(facts->tokens_per_step, facts->floor_loss, facts->clip);
    } else if (const auto* sample = std::get_if<SampleText>(&message)) {
        tabs_->addSample({id_, sample->prompt, sample->text, now_utc(), 0, sample->step});
    } else if (const auto* event = std::get_if<Event>(&message)) {
        plots_->addMark(event->kind == "resume" ? "resume" : "warning", static_cast<double>(event->step));
        tabs_->addEvent({id_, event->kind, event->text, now_utc(), 0, event->step});
    } else if (const auto* saved = std::get_if<CheckpointSaved>(&message)) {
        plots_->addMark("save", static_cast<double>(saved->step));
        // The same checkpoint is told again when its evaluation has made it the best.
        std::erase_if(checkpoints_, [&](const CheckpointRecord& c) {
            return c.path == saved->path || std::find(saved->removed.begin(), saved->removed.end(), c.path) != saved->removed.end();
        });
        if (saved->best)
            for (CheckpointRecord& checkpoint : checkpoints_) checkpoint.best = false;
        checkpoints_.insert(checkpoints_.begin(), {id_, saved->path, 0, saved->step, saved->tokens, saved->bytes, saved->validation_loss, saved->best, now_utc()});
        tabs_->setCheckpoints(checkpoints_);
        if (!saved->best) tabs_->addEvent({id_, "checkpoint", saved->path, now_utc(), 0, saved->step});
    }
}

void RunPage::refresh() {
    if (id_.empty()) return showButtons();
    const QString name = live() ? workbench().session().name() : qs(record_.name);
    title()->setText(!record_.name.empty() ? qs(record_.name) : name.isEmpty() ? tr("Run") : name);
    if (live()) header_->show(record_, workbench().session());
    else {
        const auto memory = plots_->curves().find("train/memory_bytes");
        header_->show(record_, memory != plots_->curves().end() && !memory->second.points.empty() ? std::optional(memory->second.points.back().value) : std::nullopt);
    }
    showButtons();
}

void RunPage::showButtons() {
    const bool here = live();
    RunSession& session = workbench().session();
    const bool stopping = here && session.progress().phase == "stopping";
    rename_->setVisible(!id_.empty());
    const QString reason = stopping ? tr("The run is stopping") : tr("This run is not being trained in this window");
    for (QPushButton* button : {pause_, save_, sample_, stop_, discard_}) {
        button->setVisible(here);
        button->setEnabled(here && !stopping);
    }
    pause_->setText(session.paused() ? tr("Continue") : tr("Pause"));
    pause_->setToolTip(stopping ? reason : session.paused() ? tr("Go on training") : tr("Stop computing until told to go on"));
    save_->setToolTip(stopping ? reason : tr("Write a checkpoint and go on (S)"));
    sample_->setToolTip(stopping ? reason : tr("Let the model write and go on (G)"));
    stop_->setToolTip(stopping ? reason : tr("Write a checkpoint, then end; the run can be resumed"));
    discard_->setToolTip(stopping ? reason : tr("End now; what came after the last checkpoint is lost"));
    const bool over = !here && !id_.empty() && !isActiveStatus(record_.status);
    resume_->setVisible(over);
    const bool finished = record_.status == "finished", busy = session.active();
    resume_->setEnabled(over && !finished && !busy);
    resume_->setToolTip(finished ? tr("This run has finished: its budget is spent") : busy ? tr("Another run is being trained in this window") : tr("Go on from the newest whole checkpoint"));
}

void RunPage::rename() {
    if (id_.empty()) return;
    bool ok = false;
    const QString name = QInputDialog::getText(this, tr("Rename this run"), tr("Name"), QLineEdit::Normal, title()->text(), &ok);
    if (!ok || name.trimmed().isEmpty()) return;
    record_.name = ss(name.trimmed());
    workbench().rename(id_, name);
    refresh();
}

}  // namespace gw::ui
