#include "ui/widgets/studies/sequence_panel.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "spec/run_spec.h"
#include "ui/background.h"
#include "ui/page.h"
#include "ui/shell/host_setting.h"
#include "ui/texts/message_text.h"
#include "ui/texts/text.h"
#include "ui/texts/unit_text.h"
#include "ui/widgets/run/run_header.h"
#include "ui/widgets/try/labelled_like.h"

namespace gw::ui {

namespace {

/// "Training c | d (task 2 of 3) · Replay, seed 1 · step 120 of 480 · 3 min left".
QString progressLine(const SequenceProgress& at) {
    QStringList parts;
    if (at.phase == SequenceProgress::Phase::preparing) return phaseText(at.detail);
    const bool training = at.phase == SequenceProgress::Phase::training;
    if (at.name.empty())
        parts << (training ? SequencePanel::tr("Training all tasks at once")
                           : SequencePanel::tr("Evaluating after all tasks at once"));
    else
        parts << (training ? SequencePanel::tr("Training %1 (task %2 of %3)")
                           : SequencePanel::tr("Evaluating after %1 (task %2 of %3)"))
                     .arg(qs(at.name), countText(at.task), countText(at.tasks));
    parts << SequencePanel::tr("%1, seed %2").arg(strategyText(at.strategy)).arg(at.seed);
    if (training && at.steps > 0)
        parts << SequencePanel::tr("step %1 of %2").arg(countText(at.step), countText(at.steps));
    if (at.seconds_left >= 0) parts << SequencePanel::tr("%1 left").arg(secondsText(at.seconds_left));
    return parts.join(QStringLiteral(" · "));
}

const schema::Info& scenarioInfo() {
    const auto& rows = sequence_sheet().rows;
    return std::find_if(rows.begin(), rows.end(), [](const schema::Row& row) { return row.info.key == "scenario"; })
        ->info;
}

/// What there is to show: all studies, and of one of them the runs.
struct FoundStudies {
    std::vector<SequenceStudy> studies;
    std::vector<std::string> bodies;  ///< as they are kept, to find what has changed
    std::string shown;                ///< name of the one whose runs these are
    std::map<std::string, RunRecord> runs;
};

FoundStudies findStudies(const Workspace& workspace, const std::string& wanted) {
    FoundStudies found;
    const auto store = workspace.store(Store::Mode::read_only);
    const auto records = store ? store.value().saved("sequence") : Result<std::vector<SavedRecord>>(store.error());
    if (!records || records.value().empty()) return found;
    const SequenceStudy* shown = nullptr;
    for (const SavedRecord& record : records.value()) {
        found.studies.push_back(sequence_study_of(record.body));
        found.bodies.push_back(record.name + record.body.dump());
    }
    for (const SequenceStudy& study : found.studies)
        if (study.name == wanted) shown = &study;
    if (!shown) shown = &found.studies.front();
    found.shown = shown->name;
    for (const SequenceStep& step : shown->steps)
        if (auto run = step.run.empty() ? Result<RunRecord>(Error{}) : store.value().run(step.run))
            found.runs.emplace(step.run, std::move(run).value());
    return found;
}

}  // namespace

SequencePanel::SequencePanel(Workbench& workbench, QWidget* parent) : QWidget(parent), workbench_(workbench) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 8, 0, 0);
    column->addWidget(makeForm());
    auto* now = new QHBoxLayout;
    state_ = label({}, "muted");
    state_->setObjectName(QStringLiteral("sequence.state"));
    state_->setWordWrap(true);
    now->addWidget(state_, 1);
    openNow_ = new QPushButton(tr("Open run"));
    openNow_->setToolTip(tr("Show the run that is being trained, with its curves"));
    openNow_->setObjectName(QStringLiteral("sequence.openNow"));
    openNow_->hide();
    connect(openNow_, &QPushButton::clicked, this, [this] { workbench_.openRun(qs(at_.run)); });
    now->addWidget(openNow_, 0, Qt::AlignTop);
    column->addLayout(now);
    error_ = label({}, "warning");
    error_->setObjectName(QStringLiteral("sequence.error"));
    error_->setWordWrap(true);
    error_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    error_->hide();
    column->addWidget(error_);
    auto* row = new QHBoxLayout;
    heading_ = label(tr("Result"), "section");
    row->addWidget(heading_);
    studies_ = new QComboBox;
    studies_->setAccessibleName(tr("Sequences that were carried out"));
    studies_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    row->addWidget(studies_, 1);
    column->addLayout(row);
    results_ = new SequenceResults;
    column->addWidget(results_, 1);
    column->addStretch(0);
    connect(results_, &SequenceResults::runWanted, &workbench_, &Workbench::openRun);
    connect(studies_, &QComboBox::activated, this, [this](int index) {
        wanted_ = known_[static_cast<std::size_t>(index)].name;
        tellError({});
        showStudy(known_[static_cast<std::size_t>(index)]);
        refresh();
    });
    connect(&workbench_, &Workbench::historyChanged, this, [this] {
        if (isVisible()) refresh();
    });
    showStudy({});
}

void SequencePanel::setCheckpoint(const std::string& path) {
    if (path == checkpoint_) return;
    checkpoint_ = path;
    own_ = datasetOfCheckpoint(workbench_.workspace(), path);
    const QString files = tr("Files, separated by semicolons; each is a task unless classes are cut into groups");
    data_->setPlaceholderText(isOfPictures(own_) ? files + QStringLiteral(". ") + tr("Empty: the checkpoint's own data")
                                                 : files);
}

QWidget* SequencePanel::makeForm() {
    auto* form = new QWidget;
    auto* column = new QVBoxLayout(form);
    column->setContentsMargins(0, 0, 0, 0);
    auto* row = new QHBoxLayout;
    row->addWidget(label(tr("Labelled data")));
    data_ = new QLineEdit;
    data_->setPlaceholderText(tr("Files, separated by semicolons; each is a task unless classes are cut into groups"));
    data_->setAccessibleName(tr("Labelled files of the tasks"));
    row->addWidget(data_, 1);
    auto* browse = new QPushButton(tr("Choose…"));
    connect(browse, &QPushButton::clicked, this, [this] {
        const QStringList files = QFileDialog::getOpenFileNames(this, tr("Labelled data"));
        if (!files.isEmpty()) data_->setText(files.join(QStringLiteral("; ")));
    });
    row->addWidget(browse);
    column->addLayout(row);
    auto* numbers = new QHBoxLayout;
    auto number = [&](const QString& name, int least, int most, int value, const QString& none) {
        numbers->addWidget(label(name));
        auto* box = new QSpinBox;
        box->setRange(least, most);
        box->setValue(value);
        box->setSpecialValueText(none);
        box->setAccessibleName(name);
        numbers->addWidget(box);
        return box;
    };
    constexpr int many = 1000;
    group_ = number(tr("Classes a task"), 1, many, 2, tr("a file a task"));
    seeds_ = number(tr("Seeds"), 1, 20, 3, {});
    passes_ = number(tr("Passes"), 1, many, 3, {});
    numbers->addStretch(1);
    auto* asked = new QHBoxLayout;
    asked->addWidget(label(tr("Scenario")));
    scenario_ = new QComboBox;
    scenario_->setObjectName(QStringLiteral("sequence.scenario"));
    scenario_->setAccessibleName(tr("Scenario"));
    scenario_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    const schema::Info& scenarios = scenarioInfo();
    for (const std::string& choice : schema::choices_of(scenarios))
        scenario_->addItem(sheetText(schema::choice_title(scenarios, choice)), qs(choice));
    scenario_->setToolTip(sheetText(std::string(scenarios.help)));
    asked->addWidget(scenario_, 1);
    constexpr int longest = 1000000;
    asked->addWidget(label(tr("Steps a task")));
    steps_ = new QSpinBox;
    steps_->setObjectName(QStringLiteral("sequence.steps"));
    steps_->setAccessibleName(tr("Steps a task"));
    steps_->setRange(0, longest);
    steps_->setSpecialValueText(tr("by passes"));
    connect(steps_, &QSpinBox::valueChanged, passes_, [this](int steps) { passes_->setEnabled(steps == 0); });
    asked->addWidget(steps_);
    column->addLayout(asked);
    progress_ = new QProgressBar;
    progress_->setRange(0, 1000);
    progress_->hide();
    constexpr int width = 160;
    progress_->setFixedWidth(width);
    numbers->addWidget(progress_);
    go_ = new QPushButton(tr("Carry out"));
    go_->setToolTip(
        tr("Six strategies with each seed, from the chosen checkpoint. Each task is a run of the history; what is done "
           "stays when you cancel, and goes on when you carry it out again"));
    go_->setObjectName(QStringLiteral("sequence.go"));
    connect(go_, &QPushButton::clicked, this, &SequencePanel::goOrCancel);
    numbers->addWidget(go_);
    column->addLayout(numbers);
    return form;
}

SequencePanel::~SequencePanel() {
    stop_.request_stop();
    if (running_) workbench_.noteSequence(false);
}

void SequencePanel::goOrCancel() {
    if (running_) {
        stop_.request_stop();
        return state_->setText(tr("Cancelling: the run at hand is saved first…"));
    }
    if (checkpoint_.empty()) return tellError(tr("No checkpoint is chosen."));
    carryOut(formStudy());
}

SequenceStudy SequencePanel::formStudy() const {
    SequenceStudy study;
    study.checkpoint = checkpoint_;
    study.strategies = sequence_strategies();
    study.seeds = seeds_->value();
    study.group = group_->value() > 1 ? group_->value() : 0;
    study.settings = sequence_sheet().complete({{"epochs", passes_->value()},
                                                {"iterations", steps_->value()},
                                                {"scenario", ss(scenario_->currentData().toString())}});
    std::vector<std::string> all;
    for (const QString& file : data_->text().split(QLatin1Char(';'), Qt::SkipEmptyParts))
        if (const QString path = file.trimmed(); !path.isEmpty()) all.push_back(ss(path));
    std::vector<std::vector<std::string>> tasks;
    if (study.group > 0 && (!all.empty() || isOfPictures(own_))) tasks.push_back(all);
    if (study.group == 0)
        for (const std::string& file : all) tasks.push_back({file});
    for (const std::vector<std::string>& files : tasks) {
        Json dataset = labelledLike(own_, files);
        dataset.erase("only");  // of a checkpoint that was itself a task of some of its classes
        study.datasets.push_back(find_sheet("dataset", dataset.value("kind", ""))->complete(dataset));
    }
    return study;
}

bool SequencePanel::carryOut(const SequenceStudy& study) {
    const QString hindrance =
        running_                             ? tr("A sequence is being carried out already: cancel it first")
        : workbench_.workspace().read_only() ? tr("Nothing can be written to this workspace")
        : workbench_.readOnly() ? tr("This window is open for reading only: another one has this workspace open")
        : workbench_.session().active() ? tr("A run is being trained already: %1").arg(workbench_.session().name())
                                        : QString();
    if (!hindrance.isEmpty()) {
        tellError(hindrance);
        return false;
    }
    tellError({});
    at_ = {};
    wanted_.clear();
    stop_ = std::stop_source();
    setRunning(true);
    progress_->setValue(0);
    state_->setText(tr("Preparing…"));
    state_->show();
    const QPointer<SequencePanel> panel(this);
    const auto inWindow = [panel](auto work) {
        QMetaObject::invokeMethod(
            qApp,
            [panel, work = std::move(work)] {
                if (panel && panel->running_) work(*panel);
            },
            Qt::QueuedConnection);
    };
    const SequenceWatch watch{
        [inWindow](const SequenceProgress& at) { inWindow([at](SequencePanel& its) { its.showProgress(at); }); },
        [inWindow](const SequenceStudy& kept) {
            inWindow([name = kept.name](SequencePanel& its) {
                if (its.wanted_.empty()) its.wanted_ = name;
                its.refresh();
            });
        },
        chosenHost()};
    inBackground(
        this,
        [workspace = workbench_.workspace(), study, watch, stop = stop_.get_token()] {
            return carry_out_study(workspace, study, watch, stop);
        },
        [this](const Result<SequenceStudy>& done) {
            setRunning(false);
            state_->clear();
            if (!done)
                tellError(done.error().code == Error::Code::cancelled ? tr("Cancelled; what was done is kept")
                                                                      : errorText(done.error()));
            if (done && wanted_.empty()) wanted_ = done.value().name;
            showState();
            refresh();
        });
    return true;
}

void SequencePanel::setRunning(bool on) {
    if (std::exchange(running_, on) != on) workbench_.noteSequence(on);
    go_->setText(on ? tr("Cancel") : tr("Carry out"));
    progress_->setVisible(on);
    openNow_->setVisible(on && !at_.run.empty());
}

void SequencePanel::showProgress(const SequenceProgress& at) {
    at_ = at;
    if (!stop_.stop_requested()) state_->setText(progressLine(at));
    openNow_->setVisible(!at.run.empty());
    constexpr int whole = 1000;
    progress_->setRange(0, at.share >= 0 ? whole : 0);
    if (at.share >= 0) progress_->setValue(static_cast<int>(whole * at.share));
    if (wanted_ == study_.name) results_->follow(at.strategy);
}

void SequencePanel::tellError(const QString& text) {
    error_->setText(text);
    error_->setVisible(!text.isEmpty());
    showState();
}

void SequencePanel::refresh() {
    if (reading_) return (void)(again_ = true);
    reading_ = true;
    inBackground(
        this,
        [workspace = workbench_.workspace(), wanted = wanted_.empty() ? study_.name : wanted_] {
            return findStudies(workspace, wanted);
        },
        [this](FoundStudies found) {
            reading_ = false;
            if (std::exchange(again_, false)) return refresh();
            runs_ = std::move(found.runs);
            if (std::exchange(bodies_, found.bodies) != found.bodies) {
                known_ = std::move(found.studies);
                studies_->clear();
                for (const SequenceStudy& study : known_) studies_->addItem(qs(study.name));
            }
            for (std::size_t i = 0; i < known_.size(); ++i) {
                if (known_[i].name != found.shown) continue;
                studies_->setCurrentIndex(static_cast<int>(i));
                return showStudy(known_[i]);
            }
        });
}

void SequencePanel::showStudy(const SequenceStudy& study) {
    study_ = study;
    const bool any = !study.results.empty() || !study.steps.empty();
    results_->setVisible(any);
    const std::string scenario = sequence_sheet().complete(study.settings).value("scenario", "task");
    heading_->setText(any ? tr("Result · %1").arg(sheetText(schema::choice_title(scenarioInfo(), scenario)))
                          : tr("Result"));
    for (QWidget* part : std::initializer_list<QWidget*>{heading_, studies_}) part->setVisible(any || !known_.empty());
    results_->showStudy(study, runs_);
    showState();
}

void SequencePanel::showState() {
    if (running_) return;
    const bool any = !study_.results.empty() || !study_.steps.empty();
    if (any || !error_->text().isEmpty())
        state_->clear();
    else
        state_->setText(
            tr("A sequence of tasks shows what a backbone forgets while it goes on learning: plain training one task "
               "after another, four "
               "remedies, and all tasks at once as the bound."));
    state_->setVisible(!state_->text().isEmpty());
}

}  // namespace gw::ui
