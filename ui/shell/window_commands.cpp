// What the window can be told by name and by key, and how it says so; its build stands in main_window.cpp.
#include <QApplication>
#include <QPointer>
#include <QSettings>

#include "spec/run_spec.h"
#include "ui/background.h"
#include "ui/models/run_table_model.h"
#include "ui/newest_runs.h"
#include "ui/pages/new_run_page.h"
#include "ui/shell/main_window.h"
#include "ui/shell/page_commands.h"
#include "ui/shell/theme.h"
#include "ui/texts/field_help.h"
#include "ui/texts/language.h"
#include "ui/texts/text.h"
#include "ui/widgets/dialogs/settings_dialog.h"
#include "ui/widgets/dialogs/shortcut_sheet.h"
#include "ui/widgets/dialogs/tour.h"

namespace gw::ui {

void MainWindow::showTour() {
    std::vector<Tour::Stop> stops;
    const std::pair<const char*, QString> words[] = {
        {"new", tr("Pick a dataset, an architecture and an objective; the card at the right says what it will cost. "
                   "The quick start needs no data and ends in under two minutes.")},
        {"run", tr("Watch a run learn. A click on a curve shows the samples of that step; the live settings change the "
                   "run while it goes on.")},
        {"runs", tr("Every run is kept here. Filter with words such as val<3.2 or tag:good, group, tag, and choose two "
                    "or more to compare.")},
        {"compare",
         tr("Curves on one axis, what differs, who is better and whether that is more than noise between seeds.")},
        {"models", tr("Every checkpoint, to begin from: fine-tune it, check first whether it helps, or take it through "
                      "a sequence of tasks.")},
        {"queue", tr("Runs that wait their turn. A list in a field, such as 1e-4, 3e-4, becomes several runs.")},
        {"datasets", tr("Text can be looked at and cleaned here before it is learnt from: copies, broken characters, "
                        "personal data.")}};
    for (const auto& [id, text] : words)
        for (std::size_t i = 0; i < entries_.size(); ++i)
            if (entries_[i].id == QLatin1String(id)) stops.push_back({buttons_[i], entries_[i].title, text});
    stops.push_back({languageButton_, tr("Keys and languages"),
                     tr("Ctrl+K finds any command by name, Ctrl+/ lists all keys, F1 explains a field. Nothing is ever "
                        "sent over a network.")});
    auto* tour = new Tour(std::move(stops), this);
    connect(tour, &Tour::ended, this, [] { QSettings().setValue(QStringLiteral("tourDone"), true); });
    tour->start();
}

std::vector<Command> MainWindow::pageActions() const {
    const QString& title = entries_[static_cast<std::size_t>(stack_->currentIndex())].title;
    std::vector<Command> out = actionsOf(current(), title);
    for (Command& field : fieldsOf(current())) out.push_back(std::move(field));
    return out;
}

std::vector<Command> MainWindow::commands() {
    std::vector<Command> out;
    for (std::size_t i = 0; i < entries_.size(); ++i)
        out.push_back({tr("Go to %1").arg(entries_[i].title), tr("Alt+%1").arg(i + 1),
                       [this, id = entries_[i].id] { showPage(id); }});
    for (Command& action : pageActions()) out.push_back(std::move(action));
    RunSession& session = workbench_.session();
    if (session.active()) {
        out.push_back({session.paused() ? tr("Continue the run") : tr("Pause the run"), session.name(),
                       [&session] { session.togglePause(); }});
        out.push_back({tr("Save a checkpoint now"), session.name(), [&session] { session.saveNow(); }});
        out.push_back({tr("Write samples now"), session.name(), [&session] { session.sampleNow(); }});
        out.push_back({tr("Stop and save the run"), session.name(), [&session] { session.stop(true); }});
    }
    if (const auto all = recipes())
        for (const Recipe& recipe : all.value())
            out.push_back({tr("New run: %1").arg(sheetText(recipe.title)), {}, [this, id = recipe.id] {
                               showPage(QStringLiteral("new"));
                               static_cast<NewRunPage*>(page(QStringLiteral("new")))->loadRecipe(id);
                           }});
    out.push_back({tr("Settings of the program"), QStringLiteral("Ctrl+,"), [this] { showSettings(); }});
    out.push_back({tr("Light or dark"), QStringLiteral("Ctrl+Shift+L"), [] { Theme::instance().cycle(); }});
    out.push_back({tr("Colours as the system"), {}, [] { Theme::instance().setMode(Theme::Mode::system); }});
    for (const auto& [code, name] : Language::all())
        out.push_back({tr("Language: %1").arg(name), {}, [code = code] { (void)Language::instance().set(code); }});
    out.push_back({tr("All keys"), QStringLiteral("Ctrl+/"), [this] { showShortcuts(); }});
    out.push_back({tr("Show the tour"), {}, [this] { showTour(); }});
    out.push_back({tr("Quit"), QStringLiteral("Ctrl+Q"), [this] { close(); }});
    // The form's fields are known by name everywhere.
    if (Page* form = page(QStringLiteral("new")); form != &current())
        for (Command& field : fieldsOf(*form))
            out.push_back({std::move(field.title), std::move(field.hint), [this, jump = std::move(field.act)] {
                               showPage(QStringLiteral("new"));
                               jump();
                           }});
    return out;
}

void MainWindow::showPalette() {
    auto* palette = new CommandPalette(commands(), this);
    palette->open();
    constexpr std::size_t mostRuns = 300;
    inBackground(
        palette, [workspace = workbench_.workspace()] { return newestRuns(workspace, mostRuns); },
        [this, palette](const std::vector<RunRecord>& runs) {
            std::vector<Command> more;
            for (const RunRecord& run : runs)
                more.push_back({tr("Open the run %1").arg(qs(run.name)), statusText(run.status),
                                [this, id = qs(run.id)] { workbench_.openRun(id); }});
            palette->add(std::move(more));
        });
}

void MainWindow::showPageActions() {
    (new CommandPalette(pageActions(), this))->open();
}

void MainWindow::showSettings() {
    if (auto* open = findChild<SettingsDialog*>()) return open->raise();
    auto* dialog = new SettingsDialog(workbench_, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &SettingsDialog::workspaceWanted, this, &MainWindow::workspaceWanted);
    connect(dialog, &SettingsDialog::layoutForgotten, this, &MainWindow::forgetLayout);
    connect(dialog, &SettingsDialog::tourWanted, this, &MainWindow::showTour);
    dialog->open();
}

void MainWindow::showShortcuts() {
    const QStringList window{tr("Alt+1 … Alt+%1\tPages").arg(entries_.size()),
                             tr("Ctrl+N\tNew run"),
                             tr("Ctrl+Enter\tThe page's main button"),
                             tr("Ctrl+F\tFilter or search"),
                             tr("Ctrl+K\tCommands"),
                             tr("Ctrl+/\tThis sheet"),
                             tr("Ctrl+,\tSettings of the program"),
                             tr("F1\tWhat a field means"),
                             tr("Ctrl+Shift+L\tLight or dark"),
                             tr("Ctrl+Q\tQuit")};
    auto* sheet = new ShortcutSheet(window, entries_[static_cast<std::size_t>(stack_->currentIndex())].title,
                                    current().shortcuts(), this);
    sheet->setAttribute(Qt::WA_DeleteOnClose);
    sheet->open();
}

void MainWindow::showHelp() {
    if (!showFieldHelp(QApplication::focusWidget())) showShortcuts();
}

}  // namespace gw::ui
