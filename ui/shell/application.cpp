#include "ui/shell/application.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QFileDialog>
#include <QMessageBox>
#include <QSettings>
#include <QThreadPool>
#include <QTimer>
#include <clocale>
#include <cstdio>

#include "compare/run_filter.h"
#include "ui/pages/new_run_page.h"
#include "ui/shell/main_window.h"
#include "ui/shell/theme.h"
#include "ui/shell/wheel_filter.h"
#include "ui/shell/window_keeper.h"
#include "ui/texts/language.h"
#include "ui/texts/message_text.h"
#include "ui/texts/text.h"
#include "util/answer_within.h"

namespace gw::ui {

namespace {

struct Arguments {
    QString workspace, recipe, page, run, compare, screenshot, theme, language, tab;
    QSize size;
};

Arguments parse(const QStringList& words) {
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("Groundwork: pretrain neural networks, watch them learn, keep every run."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption workspace(QStringLiteral("workspace"), QStringLiteral("Folder of runs and history."),
                                       QStringLiteral("DIR"));
    const QCommandLineOption recipe(QStringLiteral("recipe"),
                                    QStringLiteral("Show New run with this recipe, ready to launch."),
                                    QStringLiteral("NAME"));
    const QCommandLineOption page(QStringLiteral("page"),
                                  QStringLiteral("First page: runs, new, run, compare, models, queue or settings."),
                                  QStringLiteral("PAGE"));
    const QCommandLineOption run(QStringLiteral("run"), QStringLiteral("Open this run (id, its beginning, or name)."),
                                 QStringLiteral("RUN"));
    const QCommandLineOption screenshot(QStringLiteral("screenshot"),
                                        QStringLiteral("Write a picture of the window to a file and end."),
                                        QStringLiteral("FILE"));
    const QCommandLineOption size(QStringLiteral("size"), QStringLiteral("Size of the window, such as 1440x900."),
                                  QStringLiteral("WxH"));
    const QCommandLineOption theme(QStringLiteral("theme"), QStringLiteral("light, dark or system."),
                                   QStringLiteral("THEME"));
    const QCommandLineOption compare(QStringLiteral("compare"),
                                     QStringLiteral("Compare the runs that this filter lets through."),
                                     QStringLiteral("FILTER"));
    const QCommandLineOption language(QStringLiteral("language"), QStringLiteral("en, ja or system."),
                                      QStringLiteral("LANGUAGE"));
    const QCommandLineOption tab(QStringLiteral("tab"),
                                 QStringLiteral("Open this tab of a page of several, counted from 1."),
                                 QStringLiteral("N"));
    parser.addOptions({compare, language, tab, workspace, recipe, page, run, screenshot, size, theme});
    parser.process(words);
    Arguments out{parser.value(workspace), parser.value(recipe),
                  parser.value(page),      parser.value(run),
                  parser.value(compare),   parser.value(screenshot),
                  parser.value(theme),     parser.value(language),
                  parser.value(tab),       {}};
    const QStringList sides = parser.value(size).split(QLatin1Char('x'));
    if (sides.size() == 2) out.size = QSize(sides[0].toInt(), sides[1].toInt());
    return out;
}

/// Writes a picture of the window, or of the dialog before it, when it has settled and nothing is read behind it any
/// more; after a while as it is.
void takePicture(QWidget& window, const QString& file, int patience = 20) {
    constexpr int settle = 1500;  // ms
    QTimer::singleShot(settle, &window, [&window, file, patience] {
        if (patience > 0 && QThreadPool::globalInstance()->activeThreadCount() > 0)
            return takePicture(window, file, patience - 1);
        QWidget* dialog = QApplication::activeModalWidget();
        const bool written = (dialog ? dialog : &window)->grab().save(file);
        if (!written) std::fprintf(stderr, "groundwork: cannot write %s\n", file.toLocal8Bit().constData());
        QApplication::exit(written ? 0 : 1);
    });
}

/// Says why a workspace cannot be opened and asks for another one; empty for none.
QString askForWorkspace(const Error& error) {
    QMessageBox box(QMessageBox::Critical, QStringLiteral("Groundwork"), errorText(error));
    auto* other = box.addButton(MainWindow::tr("Choose a folder…"), QMessageBox::AcceptRole);
    auto* usual = box.addButton(MainWindow::tr("Usual folder"), QMessageBox::ActionRole);
    box.addButton(MainWindow::tr("Quit"), QMessageBox::RejectRole);
    box.exec();
    if (box.clickedButton() == usual) return qs(Workspace::default_root().string());
    return box.clickedButton() == other ? QFileDialog::getExistingDirectory(nullptr, MainWindow::tr("Open a workspace"))
                                        : QString();
}

/// The workspace that was asked for, else that of last time; where that one is gone the person chooses another.
std::unique_ptr<OpenWorkspace> openFirst(const Arguments& arguments) {
    const bool asked = !arguments.workspace.isEmpty();
    fs::path folder = asked ? fs::path(ss(arguments.workspace)) : OpenWorkspace::folder();
    // A remembered folder that is not there lies on a disk that is not mounted: an empty one in its place helps nobody.
    bool mayMake = asked || folder == Workspace::default_root(), chosen = false;
    for (;;) {
        std::error_code ignored;
        auto workspace = mayMake || fs::exists(folder / "groundwork.db", ignored)
                             ? OpenWorkspace::open(folder)
                             : Result<Workspace>(Error{Error::Code::bad_spec,
                                                       ss(MainWindow::tr("The workspace of last time is not there")),
                                                       ss(MainWindow::tr("Connect its disk and start Groundwork again, "
                                                                         "or choose another folder")),
                                                       {"workspace " + folder.string()}});
        if (workspace) {
            if (chosen) OpenWorkspace::remember(workspace.value().root());
            return std::make_unique<OpenWorkspace>(std::move(workspace).value());
        }
        std::fprintf(stderr, "groundwork: %s\n", to_text(workspace.error()).c_str());
        if (asked) {
            QMessageBox::critical(nullptr, QStringLiteral("Groundwork"), errorText(workspace.error()));
            return nullptr;
        }
        const QString next = askForWorkspace(workspace.error());
        if (next.isEmpty()) return nullptr;
        folder = ss(next);
        mayMake = chosen = true;
    }
}

}  // namespace

int runApplication(int argc, char** argv) {
    QApplication app(argc, argv);
    std::setlocale(LC_NUMERIC, "C");  // Qt has set the user's: a decimal comma breaks number parsing in other libraries
    QApplication::setApplicationName(QStringLiteral("groundwork"));
    QApplication::setOrganizationName(QStringLiteral("groundwork"));
    QApplication::setApplicationVersion(QStringLiteral(GROUNDWORK_VERSION));
    const Arguments arguments = parse(QApplication::arguments());
    qRegisterMetaType<std::vector<Message>>();
    app.installEventFilter(new WheelFilter(&app));
    answer_within = std::chrono::milliseconds(50);  // this thread draws
    for (const auto& [name, mode] : {std::pair("light", Theme::Mode::light), std::pair("dark", Theme::Mode::dark),
                                     std::pair("system", Theme::Mode::system)})
        if (arguments.theme == QLatin1String(name)) Theme::instance().setMode(mode, /*remember=*/false);
    Theme::instance().apply();
    if (!arguments.language.isEmpty()) Language::instance().set(arguments.language, /*remember=*/false);
    Language::instance().apply();

    std::unique_ptr<OpenWorkspace> opened = openFirst(arguments);
    if (!opened) return 1;
    WindowKeeper keeper(std::move(opened));
    Workbench& workbench = keeper.workbench();
    MainWindow& window = keeper.window();
    if (arguments.size.isValid()) window.resize(arguments.size);
    window.show();
    if (!arguments.recipe.isEmpty()) {
        window.showPage(QStringLiteral("new"));
        static_cast<NewRunPage*>(window.page(QStringLiteral("new")))->loadRecipe(ss(arguments.recipe));
    }
    if (arguments.page == QLatin1String("settings"))
        window.showSettings();
    else if (!arguments.page.isEmpty())
        window.showPage(arguments.page);
    if (!arguments.run.isEmpty()) {
        const auto store = workbench.workspace().store(Store::Mode::read_only);
        const auto run = store ? store.value().run(ss(arguments.run)) : Result<RunRecord>(store.error());
        if (run)
            workbench.openRun(qs(run.value().id));
        else
            workbench.showError(run.error());
    }
    if (!arguments.compare.isEmpty()) {
        std::vector<FilterProblem> problems;
        const gw::RunFilter filter = gw::RunFilter::parse(ss(arguments.compare), problems);
        const auto store = workbench.workspace().store(Store::Mode::read_only);
        const auto runs = store ? store.value().runs() : Result<std::vector<RunRecord>>(store.error());
        std::vector<std::string> chosen;
        if (runs)
            for (const RunRecord& run : runs.value())
                if (filter.accepts(run)) chosen.push_back(run.id);
        workbench.compareRuns(chosen);
    }
    if (const int tab = arguments.tab.toInt(); tab > 0) window.page(window.currentPage())->tabWanted(tab - 1);
    if (!arguments.screenshot.isEmpty())
        takePicture(window, arguments.screenshot);
    else if (!QSettings().value(QStringLiteral("tourDone")).toBool())
        QTimer::singleShot(600, &window, &MainWindow::showTour);
    return QApplication::exec();
}

}  // namespace gw::ui
