#include "ui/pages/new_run_page.h"

#include <QFileDialog>
#include <QMenu>
#include <QMessageBox>
#include <QPointer>
#include <QSettings>
#include <algorithm>

#include "compare/spec_table.h"
#include "spec/run_spec.h"
#include "ui/texts/field_help.h"
#include "ui/texts/message_text.h"
#include "ui/texts/text.h"
#include "ui/widgets/dialogs/checkpoint_dialog.h"
#include "ui/widgets/dialogs/checkup_dialog.h"
#include "ui/widgets/dialogs/command_palette.h"
#include "ui/widgets/dialogs/flight_dialog.h"
#include "ui/widgets/dialogs/plan_dialog.h"
#include "ui/widgets/dialogs/self_test_dialog.h"
#include "util/named_file.h"
#include "workspace/launch.h"
#include "workspace/run_queue.h"

namespace gw::ui {

namespace {

/// The first problem that is more than an empty field or a warning.
QString firstFault(const std::vector<SummaryCard::Line>& lines, const Json& spec) {
    for (const auto& [problem, wish] : lines)
        if (!wish && !problem.warning)
            return QStringLiteral("%1: %2").arg(fieldText(spec, problem.path), messageText(problem.message));
    return {};
}

}  // namespace

NewRunPage::NewRunPage(Workbench& workbench, QWidget* parent) : Page(workbench, tr("New run"), parent) {
    askSeveral = [this](const std::vector<LaunchRequest>& runs) { return confirmSeveral(runs); };
    makeTitleRow();
    content()->addLayout(makeOriginRow());
    auto* row = new QHBoxLayout;
    row->setSpacing(16);
    form_ = new SpecForm;
    form_->setMaximumWidth(1000);
    card_ = new SummaryCard;
    row->addWidget(form_, 1);
    auto* side = new QVBoxLayout;
    side->addWidget(card_);
    side->addStretch(1);
    row->addLayout(side);
    row->addStretch(0);
    content()->addLayout(row, 1);

    connect(form_, &SpecForm::edited, this, &NewRunPage::saveDraft);
    connect(form_, &SpecForm::checked, this, &NewRunPage::showState);
    connect(card_, &SummaryCard::fieldWanted, form_, &SpecForm::showField);
    connect(card_, &SummaryCard::fitWanted, form_, &SpecForm::fit);
    connect(card_, &SummaryCard::batchWanted, form_, &SpecForm::setBatch);
    connect(form_, &SpecForm::checkpointWanted, this,
            [this](FieldEditor* editor) { CheckpointDialog::choose(this->workbench(), editor); });
    connect(&this->workbench().session(), &RunSession::started, this, &NewRunPage::showState);
    connect(&this->workbench().session(), &RunSession::ended, this, &NewRunPage::showState);
    connect(&this->workbench(), &Workbench::newRunWanted, this, [this](const Json& spec) {
        loadSpec(spec, {"run", {}, Json()});
        this->workbench().showPage(QStringLiteral("new"));
    });
    loadDraft();
}

void NewRunPage::makeTitleRow() {
    name_ = new QLineEdit;
    name_->setObjectName(QStringLiteral("run.name"));
    name_->setPlaceholderText(tr("Name (made from the settings)"));
    constexpr int nameWidth = 260;
    name_->setFixedWidth(nameWidth);
    name_->setAccessibleName(tr("Name of the run"));
    titleRow()->addWidget(name_);
    auto button = [&](const QString& text, auto action) {
        auto* made = new QPushButton(text);
        connect(made, &QPushButton::clicked, this, action);
        titleRow()->addWidget(made);
        return made;
    };
    button(tr("Plan…"), [this] {
        planSizes();
    })->setToolTip(tr("Which size of this model can be trained on this machine in some hours"));
    auto* check = new QPushButton(tr("Check…"));
    check->setObjectName(QStringLiteral("check"));
    check->setToolTip(tr("Before a long run: what it takes and needs, and whether it can learn"));
    auto* checks = new QMenu(check);
    checks->setToolTipsVisible(true);
    const auto entry = [&](const QString& text, const QString& tip, const char* name, auto action) {
        QAction* made = checks->addAction(text, this, action);
        made->setToolTip(tip);
        made->setObjectName(QLatin1String(name));
    };
    entry(tr("Flight check…"),
          tr("Measure in a few real steps how long this run takes, and whether memory and disk are enough"),
          "check.flight", [this] { flightCheck(); });
    entry(tr("Can it learn?…"), tr("Look in short trainings whether a model with these settings can learn"),
          "check.learn", [this] { checkSettings(); });
    check->setMenu(checks);
    titleRow()->addWidget(check);
    queue_ = button(tr("Add to queue"), [this] { addToQueue(); });
    queue_->setObjectName(QStringLiteral("queue"));
    launch_ = button(tr("Launch"), [this] { launch(); });
    launch_->setProperty("primary", true);
    launch_->setObjectName(QStringLiteral("launch"));
}

QLayout* NewRunPage::makeOriginRow() {
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    recipes_ = new QComboBox;
    recipes_->setObjectName(QStringLiteral("recipes"));
    recipes_->setAccessibleName(tr("Recipe"));
    recipes_->setPlaceholderText(tr("Recipe…"));
    recipes_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    if (const auto all = recipes())
        for (const Recipe& recipe : all.value()) {
            recipes_->addItem(sheetText(recipe.title), qs(recipe.id));
            recipes_->setItemData(recipes_->count() - 1, sheetText(recipe.summary), Qt::ToolTipRole);
        }
    recipes_->setCurrentIndex(-1);
    connect(recipes_, &QComboBox::activated, this,
            [this](int index) { loadRecipe(ss(recipes_->itemData(index).toString())); });
    row->addWidget(recipes_);
    caption_ = label({}, "muted");
    caption_->setObjectName(QStringLiteral("caption"));
    caption_->setWordWrap(true);
    row->addWidget(caption_, 1);
    auto button = [&](const QString& text, const QString& tip, auto action) {
        auto* made = new QPushButton(text);
        made->setToolTip(tip);
        connect(made, &QPushButton::clicked, this, action);
        row->addWidget(made);
    };
    button(tr("Import…"), tr("Read settings from a JSON file"), [this] { importFile(); });
    button(tr("Export…"), tr("Write these settings to a JSON file, for groundwork-cli run"), [this] { exportFile(); });
    button(tr("Self-test…"), tr("Prove in a few steps that a run with these settings goes on exactly after a resume"),
           [this] { selfTest(); });
    button(tr("Reset"), tr("Every setting back to its default"), [this] { loadSpec(default_spec(), {}); });
    return row;
}

void NewRunPage::findWanted() {
    std::vector<Command> fields;
    const Json spec = form_->spec();
    for (const Family& family : families()) {
        const Sheet* sheet =
            family.single ? family.kinds.front() : find_sheet(family.id, spec.at(family.id).value("kind", ""));
        if (!sheet) continue;
        for (const schema::Row& row : sheet->rows) {
            const QString path = qs(family.id) + QLatin1Char('.') + qs(row.info.key);
            fields.push_back({sheetText(row.info.label) + QStringLiteral(" · ") + sheetText(family.title), path,
                              [form = QPointer<SpecForm>(form_), path] {
                                  if (form) form->showField(path);
                              }});
        }
    }
    (new CommandPalette(std::move(fields), this))->open();
}

void NewRunPage::loadRecipe(const std::string& id) {
    const auto recipe = find_recipe(id);
    if (!recipe) return workbench().showError(recipe.error());
    loadSpec(recipe.value().spec, {"recipe", id, Json()});
}

void NewRunPage::loadSpec(const Json& changes, Origin origin) {
    const Json spec = overlay_spec(default_spec(), changes);
    // Only a spec of known sections and kinds fits into the forms; values out of range do, and are shown where they
    // stand.
    for (const Family& family : families())
        if (const Json section = spec.value(family.id, Json());
            !section.is_object() || (!family.single && !find_sheet(family.id, section.value("kind", ""))))
            return workbench().showError(spec_status(spec).error());
    for (const schema::Problem& problem : check_spec(spec))
        if (problem.message.find("is not a setting here") != std::string::npos)
            return workbench().showError(spec_status(spec).error());
    origin_ = std::move(origin);
    if (origin_.base.is_null()) origin_.base = spec;
    form_->setSpec(spec);
    showOrigin();
    saveDraft();
}

void NewRunPage::showOrigin() {
    if (!origin_.base.is_object()) return;
    const Json now = form_->spec();
    std::vector<std::string> changed;
    for (const SpecDifference& d : diff_specs(origin_.base, now)) {
        const std::string section = d.path.substr(0, d.path.find('.'));
        const Json before = origin_.base.value(section, Json::object()), after = now.value(section, Json::object());
        // What another kind has instead of the old one's settings follows from the kind.
        if (before.value("kind", "") == after.value("kind", "") || d.path == section + ".kind")
            changed.push_back(d.path);
    }
    for (const auto& [path, text] : form_->written())  // its first value may be the old one
        if (std::find(changed.begin(), changed.end(), path) == changed.end()) changed.push_back(path);
    const auto recipe = origin_.kind == "recipe" ? find_recipe(origin_.name) : Result<Recipe>(Error{});
    const QString from = recipe                   ? sheetText(recipe.value().title)
                         : origin_.kind == "file" ? tr("From %1").arg(qs(origin_.name))
                         : origin_.kind == "run"  ? tr("Settings of an earlier run")
                                                  : QString();
    QStringList names, all;
    constexpr std::size_t most = 3;
    for (const std::string& path : changed) {
        all << fieldText(now, path);
        if (names.size() < static_cast<qsizetype>(most)) names << all.back();
    }
    if (changed.size() > most) names << tr("and %1 more").arg(changed.size() - most);
    const QString list = names.join(tr(", "));
    // With no origin everything is a default or was set here: the forms say which.
    caption_->setText(changed.empty()  ? recipe ? sheetText(recipe.value().summary) : from
                      : from.isEmpty() ? QString()
                                       : tr("Based on “%1”, changed: %2").arg(from, list));
    caption_->setToolTip(changed.empty() || from.isEmpty() ? QString() : all.join(QLatin1Char('\n')));
    recipes_->setCurrentIndex(recipe && changed.empty() ? recipes_->findData(qs(origin_.name)) : -1);
}

void NewRunPage::importFile() {
    const QString file =
        QFileDialog::getOpenFileName(this, tr("Import settings"), {}, tr("Settings (*.json);;All files (*)"));
    if (file.isEmpty()) return;
    const auto spec = read_spec(ss(file));
    if (!spec) return workbench().showError(spec.error());
    loadSpec(spec.value(), {"file", ss(file), Json()});
}

void NewRunPage::exportFile() {
    QString file = QFileDialog::getSaveFileName(this, tr("Export the settings"), QStringLiteral("spec.json"),
                                                tr("Settings (*.json)"));
    if (file.isEmpty()) return;
    if (Status status = write_named_file(ss(file), form_->spec().dump(2) + "\n", Existing::replace); !status)
        workbench().showError(status.error());
}

std::vector<LaunchRequest> NewRunPage::requests() {
    const auto lists = form_->lists();
    const auto specs = expand_lists(form_->spec(), lists);
    if (!specs) {
        workbench().showError(specs.error());
        return {};
    }
    std::vector<LaunchRequest> out;
    for (const Json& spec : specs.value()) {
        LaunchRequest request;
        request.spec = spec;
        request.name = ss(name_->text().trimmed());
        for (const auto& [path, values] : lists) {
            request.telling.push_back(path);
            if (request.name.empty()) continue;
            const std::size_t dot = path.find('.');
            request.name += " · " + path.substr(dot + 1) + " " +
                            setting_text(spec.at(path.substr(0, dot)).at(path.substr(dot + 1)));
        }
        out.push_back(std::move(request));
    }
    return out;
}

bool NewRunPage::confirmSeveral(const std::vector<LaunchRequest>& runs) {
    double seconds = 0;
    std::int64_t steps = 0;
    bool known = true;
    const auto store = workbench().workspace().store(Store::Mode::read_only);
    const auto history = store ? store.value().runs() : Result<std::vector<RunRecord>>(store.error());
    QString names;
    for (const LaunchRequest& run : runs) {
        const auto one = history ? expected_seconds(history.value(), run.spec) : std::nullopt;
        known = known && one;
        seconds += one.value_or(0);
        steps += estimate_run(run.spec).steps.value_or(0);
        names += qs(run.name.empty() ? name_from_spec(run.spec, run.telling) : run.name) + QLatin1Char('\n');
    }
    QMessageBox box(this);
    box.setIcon(QMessageBox::Question);
    box.setWindowTitle(tr("Several runs"));
    box.setText(tr("%1 runs, one after the other").arg(runs.size()));
    box.setInformativeText(
        known
            ? tr("%1 steps in all, about %2 by the speed of earlier runs.").arg(countText(steps), secondsText(seconds))
            : tr("%1 steps in all. How long they take is not known before a run was trained here.")
                  .arg(countText(steps)));
    box.setDetailedText(names);
    auto* go = box.addButton(tr("Queue %1 runs").arg(runs.size()), QMessageBox::AcceptRole);
    box.addButton(tr("Cancel"), QMessageBox::RejectRole);
    box.setDefaultButton(go);
    box.exec();
    return box.clickedButton() == go;
}

void NewRunPage::launch() {
    form_->check();
    if (!launch_->isEnabled()) return;
    const std::vector<LaunchRequest> runs = requests();
    if (runs.empty()) return;
    if (runs.size() > 1) return addToQueue();
    if (workbench().launch(runs.front())) name_->clear();
}

void NewRunPage::addToQueue() {
    form_->check();
    if (!form_->sound()) return;
    const std::vector<LaunchRequest> runs = requests();
    if (runs.empty() || (runs.size() > 1 && !askSeveral(runs))) return;
    if (!workbench().enqueue(runs)) return;
    name_->clear();
    workbench().say(plural(static_cast<std::int64_t>(runs.size()), tr("1 run was put into the queue"),
                           tr("%1 runs were put into the queue")));
    workbench().showPage(QStringLiteral("queue"));
}

void NewRunPage::showState() {
    showOrigin();
    const Json spec = form_->spec();
    std::vector<SummaryCard::Line> lines;
    QStringList wishes;
    for (const schema::Problem& problem : form_->problems()) {
        lines.push_back({problem, form_->isWish(problem)});
        if (lines.back().wish) wishes << fieldText(spec, problem.path);
    }
    card_->showProblems(spec, lines);
    card_->offerFit(spec, form_->fitted());
    // What is wrong with the data or with what is kept says nothing of the model's size.
    const bool computable =
        std::all_of(form_->problems().begin(), form_->problems().end(), [](const schema::Problem& problem) {
            const std::string family = problem.path.substr(0, problem.path.find('.'));
            return problem.warning || family == "dataset" || family == "split" || family == "evaluation" ||
                   family == "saving" || family == "sampling";
        });
    // Before the rest is fitted to other data its size says nothing either, even where other problems hide that.
    computable && !form_->fitted() ? card_->show(spec) : card_->showNothing();
    const bool busy = workbench().session().active();
    std::size_t several = 1;
    for (const auto& [path, values] : form_->lists()) several *= values.size();
    const bool closed = workbench().readOnly();
    launch_->setText(several > 1 ? tr("Launch %1 runs").arg(several) : tr("Launch"));
    queue_->setText(several > 1 ? tr("Add %1 runs to queue").arg(several) : tr("Add to queue"));
    queue_->setEnabled(form_->sound() && !closed);
    queue_->setToolTip(closed ? tr("This window is open for reading only")
                              : tr("Freeze these settings and train them when their turn comes. A list in a field, "
                                   "such as 1e-4, 3e-4, becomes several runs"));
    const QString unreadable = form_->unreadable();
    launch_->setEnabled(form_->sound() && (!busy || several > 1) && !closed && unreadable.isEmpty());
    launch_->setToolTip(closed                                    ? tr("This window is open for reading only")
                        : form_->sound() && !unreadable.isEmpty() ? tr("The data cannot be read: %1").arg(unreadable)
                        : several > 1                             ? tr("Train them one after the other (Ctrl+Enter)")
                        : busy           ? tr("A run is being trained already: %1").arg(workbench().session().name())
                        : form_->sound() ? tr("Start training (Ctrl+Enter)")
                        : wishes.size() == static_cast<qsizetype>(lines.size())
                            ? tr("Still to be filled in: %1").arg(wishes.join(tr(", ")))
                            : tr("Mend what is marked first: %1").arg(firstFault(lines, spec)));
}

bool NewRunPage::mayTry() {
    if (workbench().session().active())
        workbench().say(tr("Another run is being trained in this window"));
    else if (!form_->sound())
        workbench().say(tr("Mend what is marked first"));
    else
        return true;
    return false;
}

void NewRunPage::take(const Json& spec) {
    form_->setSpec(spec);
    form_->check();
    showOrigin();
    saveDraft();
}

void NewRunPage::checkSettings() {
    if (!mayTry()) return;
    auto* dialog = new CheckupDialog(complete_spec(form_->spec()), workbench().workspace(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &CheckupDialog::rateChosen, this, [this](double rate) {
        Json spec = form_->spec();
        spec["optimizer"]["lr"] = rate;
        take(spec);
        workbench().say(tr("The learning rate is in the form now"));
    });
    dialog->open();
}

void NewRunPage::flightCheck() {
    if (!mayTry()) return;
    auto* dialog = new FlightDialog(complete_spec(form_->spec()), workbench().workspace(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &FlightDialog::adviceTaken, this, [this](const std::vector<std::pair<std::string, Json>>& advice) {
        Json spec = form_->spec();
        for (const auto& [path, value] : advice) {
            const std::size_t dot = path.find('.');
            spec[path.substr(0, dot)][path.substr(dot + 1)] = value;
        }
        take(spec);
        workbench().say(tr("The advised settings are in the form now"));
    });
    dialog->open();
}

void NewRunPage::selfTest() {
    if (mayTry()) openSelfTest(workbench(), tr("these settings"), form_->spec(), this);
}

void NewRunPage::planSizes() {
    if (!mayTry()) return;
    auto* dialog = new PlanDialog(complete_spec(form_->spec()), workbench().workspace(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PlanDialog::chosen, this, &NewRunPage::take);
    dialog->open();
}

void NewRunPage::saveDraft() {
    QSettings settings;
    settings.setValue(QStringLiteral("draft"), qs(form_->spec().dump()));
    Json written = Json::object();
    for (const auto& [path, text] : form_->written()) written[path] = ss(text);
    settings.setValue(QStringLiteral("draftWritten"), qs(written.dump()));
    settings.setValue(QStringLiteral("draftBase"),
                      qs(Json{{"kind", origin_.kind}, {"name", origin_.name}, {"spec", origin_.base}}.dump()));
}

void NewRunPage::loadDraft() {
    const auto kept = [](const QString& key) {
        return Json::parse(ss(QSettings().value(key).toString()), nullptr, /*allow_exceptions=*/false);
    };
    const Json draft = kept(QStringLiteral("draft"));
    const Json spec = draft.is_object() ? overlay_spec(default_spec(), draft) : Json();
    const bool usable =
        spec.is_object() && std::all_of(families().begin(), families().end(), [&](const Family& family) {
            const Json section = spec.value(family.id, Json());
            return section.is_object() && (family.single || find_sheet(family.id, section.value("kind", "")));
        });
    if (!usable) return loadRecipe("quick-start");
    const Json base = kept(QStringLiteral("draftBase")), written = kept(QStringLiteral("draftWritten"));
    Origin origin;
    const auto text = [&](const char* key) {
        const Json value = base.is_object() ? base.value(key, Json()) : Json();
        return value.is_string() ? value.get<std::string>() : std::string();
    };
    if (base.is_object() && base.value("spec", Json()).is_object())
        origin = {text("kind"), text("name"), overlay_spec(default_spec(), base["spec"])};
    loadSpec(spec, std::move(origin));
    if (!origin_.base.is_object()) return loadRecipe("quick-start");  // it has settings that are not known here
    std::map<std::string, QString> texts;
    if (written.is_object())
        for (const auto& [path, value] : written.items())
            if (value.is_string()) texts[path] = qs(value.get<std::string>());
    form_->write(texts);
    form_->check();
}

}  // namespace gw::ui
