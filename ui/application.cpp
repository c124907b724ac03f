#include "ui/application.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QLockFile>
#include <QMessageBox>
#include <QSettings>
#include <QThreadPool>
#include <QTimer>
#include <clocale>
#include <cstdio>

#include "compare/run_filter.h"
#include "ui/language.h"
#include "ui/main_window.h"
#include "ui/pages/new_run_page.h"
#include "ui/text.h"
#include "ui/theme.h"
#include "ui/wheel_filter.h"
#include "ui/window_keeper.h"

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
    const QCommandLineOption page(QStringLiteral("page"), QStringLiteral("First page: runs, new or run."),
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

/// Writes the picture once the page has read what it shows.
/// When the window has settled and nothing is read behind it any more; after a while as it is.
void takePicture(QWidget& window, const QString& file, int patience = 20) {
    constexpr int settle = 1500;  // ms
    QTimer::singleShot(settle, &window, [&window, file, patience] {
        if (patience > 0 && QThreadPool::globalInstance()->activeThreadCount() > 0)
            return takePicture(window, file, patience - 1);
        const bool written = window.grab().save(file);
        if (!written) std::fprintf(stderr, "groundwork: cannot write %s\n", file.toLocal8Bit().constData());
        QApplication::exit(written ? 0 : 1);
    });
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
    if (arguments.theme == QLatin1String("light")) Theme::instance().setMode(Theme::Mode::light);
    if (arguments.theme == QLatin1String("dark")) Theme::instance().setMode(Theme::Mode::dark);
    if (arguments.theme == QLatin1String("system")) Theme::instance().setMode(Theme::Mode::system);
    Theme::instance().apply();
    if (!arguments.language.isEmpty()) Language::instance().set(arguments.language, /*remember=*/false);
    Language::instance().apply();

    auto workspace =
        Workspace::open(arguments.workspace.isEmpty() ? Workspace::default_root() : fs::path(ss(arguments.workspace)));
    if (!workspace) {
        std::fprintf(stderr, "groundwork: %s\n", to_text(workspace.error()).c_str());
        QMessageBox::critical(nullptr, QStringLiteral("Groundwork"), qs(to_text(workspace.error())));
        return 1;
    }
    if (auto store = workspace.value().store())
        if (auto swept = store.value().sweep_orphans(); !swept)
            std::fprintf(stderr, "groundwork: %s\n", to_text(swept.error()).c_str());

    // One window writes; the next ones look. The lock goes with the process, however that ends.
    QLockFile lock(qs((workspace.value().root() / "window.lock").string()));
    lock.setStaleLockTime(0);
    const bool first = lock.tryLock(0);
    Workbench workbench(std::move(workspace).value());
    workbench.setReadOnly(!first);
    WindowKeeper keeper(workbench);
    MainWindow& window = keeper.window();
    if (arguments.size.isValid()) window.resize(arguments.size);
    window.show();
    if (!arguments.recipe.isEmpty()) {
        window.showPage(QStringLiteral("new"));
        static_cast<NewRunPage*>(window.page(QStringLiteral("new")))->loadRecipe(ss(arguments.recipe));
    }
    if (!arguments.page.isEmpty()) window.showPage(arguments.page);
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
