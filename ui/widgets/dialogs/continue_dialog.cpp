#include "ui/widgets/dialogs/continue_dialog.h"

#include <QDialogButtonBox>
#include <QScrollArea>
#include <algorithm>

#include "artifact/current.h"
#include "ui/background.h"
#include "ui/page.h"
#include "ui/texts/message_text.h"
#include "ui/texts/metric_text.h"
#include "ui/texts/text.h"
#include "workspace/continuation.h"
#include "workspace/run_name.h"

namespace gw::ui {

ContinueDialog::ContinueDialog(Workbench& workbench, Way way, RunRecord run, std::vector<CheckpointRecord> checkpoints,
                               const std::string& chosen, QWidget* parent)
    : QDialog(parent), workbench_(workbench), way_(way), run_(std::move(run)), checkpoints_(std::move(checkpoints)) {
    setWindowTitle(way_ == Way::fork ? tr("Fork a run") : tr("Train longer"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(8);
    auto* heading = label(
        way_ == Way::fork ? tr("Fork “%1”").arg(qs(run_.name)) : tr("Train “%1” longer").arg(qs(run_.name)), "section");
    heading->setWordWrap(true);
    column->addWidget(heading);
    auto* words = label(way_ == Way::fork ? tr("A run of its own begins with the weights and the optimizer of a "
                                               "checkpoint. The run that it is forked from stays as it is.")
                                          : tr("The same run goes on from its last weights with a larger budget. Its "
                                               "curves go on, its checkpoints stay."),
                        "muted");
    words->setWordWrap(true);
    column->addWidget(words);
    auto* inner = new QWidget;
    inner->setObjectName(QStringLiteral("scrolled"));
    fields_ = new QVBoxLayout(inner);
    fields_->setContentsMargins(0, 0, 8, 0);
    fields_->setSpacing(6);
    makeForm();
    fields_->addStretch(1);
    auto* scroll = new QScrollArea;
    scroll->setWidget(inner);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    column->addWidget(scroll, 1);
    plan_ = label({});
    plan_->setWordWrap(true);
    plan_->setObjectName(QStringLiteral("continue.plan"));
    column->addWidget(plan_);
    problem_ = label({}, "problem");
    problem_->setWordWrap(true);
    column->addWidget(problem_);
    auto* buttons = new QDialogButtonBox;
    launch_ = buttons->addButton(way_ == Way::fork ? tr("Launch the fork") : tr("Train longer"),
                                 QDialogButtonBox::ActionRole);
    launch_->setProperty("primary", true);
    launch_->setObjectName(QStringLiteral("continue.launch"));
    buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    column->addWidget(buttons);
    connect(launch_, &QPushButton::clicked, this, &ContinueDialog::launch);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(&workbench_.session(), &RunSession::stateChanged, this, &ContinueDialog::check);
    for (std::size_t i = 0; i < checkpoints_.size(); ++i)
        if (checkpoints_[i].path == chosen) begin_ = i;
    if (from_) from_->setCurrentIndex(static_cast<int>(begin_));
    suggestBudget();
    constexpr int width = 820, forkHeight = 560, extendHeight = 400;
    resize(width, way_ == Way::fork ? forkHeight : extendHeight);
}

void ContinueDialog::ask(Workbench& workbench, Way way, const std::string& run, const std::string& chosen,
                         QWidget* parent) {
    struct Found {
        RunRecord run;
        std::vector<CheckpointRecord> checkpoints;
        std::string chosen;
    };
    inBackground(
        parent,
        [workspace = workbench.workspace(), run, chosen]() -> Result<Found> {
            const auto store = workspace.store(Store::Mode::read_only);
            if (!store) return store.error();
            auto record = store.value().run(run);
            if (!record) return record.error();
            auto checkpoints = store.value().checkpoints(record.value().id);
            if (!checkpoints) return checkpoints.error();
            std::error_code ignored;
            std::erase_if(checkpoints.value(), [&](const CheckpointRecord& one) {
                return !fs::exists(fs::path(one.path) / "manifest.json", ignored);
            });
            // Unless one was named: the weights that the run stands for, which after early stopping are not the newest.
            const auto current = current_checkpoint(record.value().path);
            return Found{std::move(record).value(), std::move(checkpoints).value(),
                         !chosen.empty() || !current ? chosen : current.value().path.string()};
        },
        [&workbench, way, parent](const Result<Found>& found) {
            if (!found) return workbench.showError(found.error());
            const auto& [record, checkpoints, chosen] = found.value();
            if (checkpoints.empty()) return workbench.say(tr("This run has no checkpoint to begin from"));
            auto* dialog = new ContinueDialog(workbench, way, record, checkpoints, chosen, parent);
            dialog->setAttribute(Qt::WA_DeleteOnClose);
            dialog->open();
        });
}

FieldEditor* ContinueDialog::field(const char* section, const char* key) {
    const Json own = run_.spec.value(section, Json::object());
    const Family* family = find_family(section);
    const Sheet* sheet = family->single ? family->kinds.front() : find_sheet(section, own.value("kind", ""));
    for (const schema::Row& row : sheet->rows) {
        if (row.info.key != key) continue;
        schema::Row here = row;  // "back to the default" is back to what the run has
        here.default_value = own.value(key, row.default_value);
        auto* made = FieldEditor::make(here, QLatin1String(section) + QLatin1Char('.') + QLatin1String(key), this);
        made->setValue(here.default_value);
        connect(made, &FieldEditor::edited, this, &ContinueDialog::check);
        fields_->addWidget(made);
        return made;
    }
    return nullptr;
}

void ContinueDialog::makeForm() {
    auto row = [&](const QString& title, QWidget* widget) {
        auto* line = new QHBoxLayout;
        line->setSpacing(12);
        auto* name = label(title);
        name->setFixedWidth(FieldEditor::labelWidth);
        name->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        name->setWordWrap(true);
        name->setBuddy(widget);
        widget->setAccessibleName(title);
        line->addWidget(name);
        line->addWidget(widget, 1);
        fields_->addLayout(line);
    };
    if (way_ == Way::fork) {
        const auto store = workbench_.workspace().store(Store::Mode::read_only);
        const std::string name = run_.name + " (fork)";
        name_ = new QLineEdit(qs(store ? unused_name(store.value(), name) : name));
        name_->setObjectName(QStringLiteral("continue.name"));
        row(tr("Name"), name_);
        from_ = new QComboBox;
        from_->setObjectName(QStringLiteral("continue.from"));
        for (const CheckpointRecord& one : checkpoints_)
            from_->addItem(tr("Step %1").arg(countText(one.step)) +
                           (one.score || one.validation_loss
                                ? tr(", validation %1").arg(scoreText(one, scoresOfAPart(run_)))
                                : QString()) +
                           (one.best ? tr(", the best") : QString()));
        row(tr("Checkpoint"), from_);
        connect(from_, &QComboBox::currentIndexChanged, this, &ContinueDialog::suggestBudget);
    }
    budget_ = field("training", "budget");
    unit_ = field("training", "budget_unit");
    if (way_ == Way::fork) {
        lr_ = field("optimizer", "lr");
        schedule_ = new SectionForm(*find_family("schedule"));
        schedule_->setSection(run_.spec.at("schedule"));
        connect(schedule_, &SectionForm::edited, this, &ContinueDialog::check);
        fields_->addWidget(schedule_);
        return;
    }
    rate_ = new QComboBox;
    rate_->setObjectName(QStringLiteral("continue.rate"));
    rate_->addItem(QString());
    rate_->addItem(QString());
    row(tr("The learning rate"), rate_);
    connect(rate_, &QComboBox::currentIndexChanged, this, &ContinueDialog::check);
}

const CheckpointRecord& ContinueDialog::from() const {
    return checkpoints_[from_ ? static_cast<std::size_t>(std::max(0, from_->currentIndex())) : begin_];
}

/// Twice what the run has done where its budget is spent there; else the budget as it is.
void ContinueDialog::suggestBudget() {
    Json training = run_.spec.value("training", Json::object());
    if (way_ == Way::extend || budget_left(run_, training, from().step).spent) {
        const Json budget = training.value("budget", Json(0.0));
        budget_->setValue(budget.is_number() ? Json(2 * budget.get<double>()) : budget);
    }
    check();
}

Json ContinueDialog::spec() const {
    Json out = run_.spec;
    out["training"]["budget"] = budget_->value();
    out["training"]["budget_unit"] = unit_->value();
    if (lr_) out["optimizer"]["lr"] = lr_->value();
    if (schedule_) out["schedule"] = schedule_->section();
    return out;
}

/// Steps in all by the run's own budget: what its rate has followed so far.
std::int64_t ContinueDialog::totalSteps() const {
    return run_.total_steps > 0 ? run_.total_steps : std::max<std::int64_t>(1, from().step);
}

LaunchRequest ContinueDialog::request() const {
    LaunchRequest out;
    if (way_ == Way::fork) {
        out.fork_run = run_.id;
        out.fork_checkpoint = from().path;
        out.spec = spec();
        out.name = ss(name_->text().trimmed());
        return out;
    }
    out.resume_run = run_.id;
    out.resume_checkpoint = from().path;
    out.extend = {{"budget", budget_->value()}, {"budget_unit", unit_->value()}};
    if (rate_->currentIndex() == level) out.extend.update(level_rate(run_.spec, from().step, totalSteps()));
    return out;
}

void ContinueDialog::check() {
    Json wanted = spec();
    if (rate_ && rate_->currentIndex() == level) {
        const Json flat = level_rate(run_.spec, from().step, totalSteps());
        if (flat.contains("schedule")) wanted["schedule"] = flat["schedule"];
        if (flat.contains("lr")) wanted["optimizer"]["lr"] = flat["lr"];
    }
    const schema::Problems problems = check_spec(wanted);
    if (schedule_) schedule_->setProblems(problems);
    QString wrong;
    for (FieldEditor* editor : {budget_, unit_, lr_}) {
        if (!editor) continue;
        const std::string path = ss(editor->field()->objectName());
        const auto found =
            std::find_if(problems.begin(), problems.end(), [&](const schema::Problem& p) { return p.path == path; });
        editor->setProblem(found == problems.end() ? QString() : messageText(found->message),
                           found != problems.end() && found->warning);
    }
    for (const schema::Problem& problem : problems)
        if (!problem.warning && wrong.isEmpty()) wrong = messageText(problem.message);
    const std::int64_t step = from().step;
    const bool readable = wrong.isEmpty();
    const BudgetLeft left = readable ? budget_left(run_, wanted.at("training"), step) : BudgetLeft{};
    if (readable && left.spent)
        wrong =
            left.total_steps
                ? tr("Nothing is left to train: the budget ends at step %1 and the checkpoint is of step %2. Enter a "
                     "larger budget.")
                      .arg(countText(*left.total_steps), countText(step))
                : tr("Nothing is left to train: the run has been trained for so long already. Enter a larger budget.");
    QString plan;
    if (readable && !left.spent) {
        plan = left.total_steps
                   ? tr("From step %1 to %2: %3 more steps.")
                         .arg(countText(step), countText(*left.total_steps), countText(*left.total_steps - step))
                   : tr("From step %1 on.").arg(countText(step));
        if (left.total_steps)
            plan += QLatin1Char(' ') +
                    tr("The rate is %1 there, %2 after the first step and %3 at the end.")
                        .arg(valueText(rate_at(run_.spec, std::max<std::int64_t>(0, step - 1), totalSteps()), 3),
                             valueText(rate_at(wanted, step, *left.total_steps), 3),
                             valueText(rate_at(wanted, *left.total_steps - 1, *left.total_steps), 3));
    }
    if (rate_ && rate_->count() == 2) {
        const QSignalBlocker quiet(rate_);
        rate_->setItemText(stretched, left.total_steps
                                          ? tr("Follows its schedule over the longer run: %1 at first")
                                                .arg(valueText(rate_at(spec(), step, *left.total_steps), 3))
                                          : tr("Follows its schedule over the longer run"));
        rate_->setItemText(
            level, tr("Stays as it is now: %1")
                       .arg(valueText(rate_at(run_.spec, std::max<std::int64_t>(0, step - 1), totalSteps()), 3)));
    }
    plan_->setText(plan);
    const bool busy = workbench_.session().active();
    if (wrong.isEmpty() && busy) wrong = tr("A run is being trained already: %1").arg(workbench_.session().name());
    problem_->setText(wrong);
    problem_->setVisible(!wrong.isEmpty());
    launch_->setEnabled(wrong.isEmpty() && !workbench_.readOnly());
}

void ContinueDialog::launch() {
    check();
    if (launch_->isEnabled() && workbench_.launch(request())) accept();
}

}  // namespace gw::ui
