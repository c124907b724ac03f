#include <QAbstractItemModel>
#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QListWidget>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSplitter>
#include <QTest>
#include <QTimer>
#include <QWindow>

#include "ui/history.h"
#include "ui/pages/new_run_page.h"
#include "ui/pages/run_page.h"
#include "ui/pages/runs_page.h"
#include "ui/shell/page_commands.h"
#include "ui/shell/theme.h"
#include "ui/shell/window_keeper.h"
#include "ui/suites.h"
#include "ui/texts/field_help.h"
#include "ui/texts/language.h"
#include "ui/texts/message_text.h"
#include "ui/texts/setting_names.h"
#include "ui/texts/text.h"
#include "ui/tiny_spec.h"
#include "ui/widgets/dialogs/notes_dialog.h"
#include "ui/widgets/dialogs/settings_dialog.h"
#include "ui/widgets/dialogs/tour.h"
#include "workspace/run_queue.h"

namespace gw::ui {

namespace {

/// Focus and shortcuts work only there.
void makeActive(QWidget& window) {
    window.show();
    QApplication::setActiveWindow(&window);
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
}

/// Types into the palette that is open, and takes the first of what it finds.
void takeFromPalette(MainWindow& window, const QString& words) {
    QTRY_VERIFY(window.findChild<CommandPalette*>());
    auto* field = window.findChild<CommandPalette*>()->findChild<QLineEdit*>();
    QTest::keyClicks(field, words);
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_VERIFY(!window.findChild<CommandPalette*>());
}

SettingsDialog* settingsOf(MainWindow& window) {
    QTest::keyClick(&window, Qt::Key_Comma, Qt::ControlModifier);
    return window.findChild<SettingsDialog*>();
}

}  // namespace

/// What belongs to no page: settings of the program, palette, keys, tour, and the window's own life.
class ShellTest : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void notesOfAnotherProgramAreNotLost() {
        TestBench bench;
        const std::string id = addRun(bench.workbench.workspace(), "a", 1e-4, 1, 2);
        Store store = bench.workbench.workspace().store().or_throw();
        store.set_notes(id, "before").or_throw();
        bool typed = false;
        int asked = 0;
        QTimer timer;
        connect(&timer, &QTimer::timeout, this, [&] {
            QWidget* modal = QApplication::activeModalWidget();
            if (auto* box = qobject_cast<QMessageBox*>(modal)) {
                ++asked;
                box->reject();  // back to what was written
            } else if (auto* dialog = qobject_cast<NotesDialog*>(modal)) {
                if (!typed) {
                    QCOMPARE(dialog->notes(), QStringLiteral("before"));
                    store.set_notes(id, "theirs").or_throw();
                    dialog->findChild<QPlainTextEdit*>()->setPlainText(QStringLiteral("mine"));
                }
                typed = true;
                dialog->accept();
            }
        });
        timer.start(20);
        const auto kept = NotesDialog::edit(bench.workbench, store.run(id).or_throw(), nullptr);
        timer.stop();
        QCOMPARE(asked, 1);
        QVERIFY(kept && *kept == "mine");
        QCOMPARE(qs(store.run(id).or_throw().notes), QStringLiteral("mine"));
    }

    void anotherWorkspaceOpensAndIsRemembered() {
        const QTemporaryDir data, first, second;
        qputenv("XDG_DATA_HOME", data.path().toUtf8());
        addRun(Workspace::open(ss(second.path())).or_throw(), "over there", 1e-4, 1, 2);
        WindowKeeper keeper(std::make_unique<OpenWorkspace>(Workspace::open(ss(first.path())).or_throw()));
        makeActive(keeper.window());
        SettingsDialog* settings = settingsOf(keeper.window());
        QVERIFY(settings && settings->isVisible());
        QCOMPARE(settings->findChild<QLineEdit*>(QStringLiteral("settings.workspace"))->text(), first.path());
        settings->askFolder = [&] { return second.path(); };
        settings->findChild<QPushButton*>(QStringLiteral("settings.open"))->click();
        QTRY_COMPARE(qs(keeper.workbench().workspace().root().string()), second.path());
        QVERIFY(keeper.window().isVisible());
        auto* runs = static_cast<RunsPage*>(keeper.window().page(QStringLiteral("runs")));
        QTRY_COMPARE(runs->model().total(), 1);
        QCOMPARE(qs(OpenWorkspace::folder().string()), second.path());
        // The folder that was left is nobody's any more; this one is taken.
        QTRY_VERIFY(!OpenWorkspace(Workspace::open(ss(first.path())).or_throw()).workbench.readOnly());
        QVERIFY(OpenWorkspace(Workspace::open(ss(second.path())).or_throw()).workbench.readOnly());

        makeActive(keeper.window());
        settings = settingsOf(keeper.window());
        settings->findChild<QPushButton*>(QStringLiteral("settings.usual"))->click();
        QTRY_COMPARE(keeper.workbench().workspace().root(), Workspace::default_root());
        QVERIFY(!QSettings().contains(QStringLiteral("workspace")));
        qunsetenv("XDG_DATA_HOME");
    }

    void noOtherWorkspaceWhileARunIsTrained() {
        TestBench bench;
        MainWindow window(bench.workbench);
        makeActive(window);
        LaunchRequest request;
        request.spec = tinySpec(1000000);
        QVERIFY(bench.workbench.launch(request));
        SettingsDialog* settings = settingsOf(window);
        auto* other = settings->findChild<QPushButton*>(QStringLiteral("settings.open"));
        QVERIFY(!other->isEnabled());
        QSignalSpy ended(&bench.workbench.session(), &RunSession::ended);
        bench.workbench.session().stop(false);
        QVERIFY(ended.wait(longWait));
        QTRY_VERIFY(other->isEnabled());
    }

    void theColoursFollowTheSystem() {
        Theme& theme = Theme::instance();
        const auto asked = theme.systemIsDark;
        bool dark = false;
        theme.systemIsDark = [&] { return dark; };
        theme.setMode(Theme::Mode::system);
        TestBench bench;
        MainWindow window(bench.workbench);
        makeActive(window);
        auto change = [&](bool to) {
            dark = to;
            QEvent told(QEvent::ThemeChange);
            QCoreApplication::sendEvent(window.windowHandle(), &told);
        };
        QVERIFY(!theme.tokens().dark);
        change(true);
        QVERIFY(theme.tokens().dark);
        QVERIFY(window.palette().color(QPalette::Window).lightness() < 128);
        // What was chosen stays, whatever the system does.
        SettingsDialog* settings = settingsOf(window);
        auto* choice = settings->findChild<QComboBox*>(QStringLiteral("settings.theme"));
        QCOMPARE(choice->currentData().toString(), QStringLiteral("system"));
        choice->setFocus();
        QTest::keyClick(choice, Qt::Key_Down);
        QCOMPARE(theme.mode(), Theme::Mode::light);
        QVERIFY(!theme.tokens().dark);
        change(false);
        change(true);
        QVERIFY(!theme.tokens().dark);
        QTest::keyClick(choice, Qt::Key_Up);
        QCOMPARE(theme.mode(), Theme::Mode::system);
        QVERIFY(theme.tokens().dark);
        settings->close();
        // The key turns it round, and back to what the system does.
        theme.cycle();
        QCOMPARE(theme.mode(), Theme::Mode::light);
        theme.cycle();
        QCOMPARE(theme.mode(), Theme::Mode::system);
        theme.systemIsDark = asked;
        theme.setMode(Theme::Mode::light);
    }

    void theSettingsStayOpenInAnotherLanguage() {
        TestBench bench;
        WindowKeeper keeper(bench.workbench);
        makeActive(keeper.window());
        QVERIFY(settingsOf(keeper.window()));
        const MainWindow* before = &keeper.window();
        Language::instance().set(QStringLiteral("ja"), false);
        QTRY_VERIFY(&keeper.window() != before);
        const auto* settings = keeper.window().findChild<SettingsDialog*>();
        QVERIFY(settings && settings->isVisible());
        Language::instance().set(QStringLiteral("en"), false);
        QTRY_VERIFY(keeper.window().findChild<SettingsDialog*>() != settings);
    }

    void forgottenSizesAreThoseOfTheFirstStart() {
        TestBench bench;
        WindowKeeper keeper(bench.workbench);
        makeActive(keeper.window());
        keeper.window().showPage(QStringLiteral("models"));
        const MainWindow* before = &keeper.window();
        keeper.window().rememberLayout();
        QVERIFY(QSettings().contains(QStringLiteral("geometry")));
        SettingsDialog* settings = settingsOf(keeper.window());
        settings->findChild<QPushButton*>(QStringLiteral("settings.forget"))->click();
        QTRY_VERIFY(&keeper.window() != before);
        QVERIFY(!QSettings().contains(QStringLiteral("geometry")));
        QSettings kept;
        kept.beginGroup(QStringLiteral("columns"));
        QVERIFY(kept.allKeys().isEmpty());
    }

    void thePaletteKnowsActionsAndFields() {
        TestBench bench;
        addRun(bench.workbench.workspace(), "in the palette", 1e-4, 1, 2);
        MainWindow window(bench.workbench);
        makeActive(window);
        // A field of the form, by its name in files, from another page.
        window.showPalette();
        takeFromPalette(window, QStringLiteral("optimizer.lr"));
        QTRY_COMPARE(window.currentPage(), QStringLiteral("new"));
        QTRY_VERIFY(window.focusWidget() && window.focusWidget()->objectName() == QLatin1String("optimizer.lr"));
        // A button of the page, with its keys where it has some.
        auto* page = static_cast<NewRunPage*>(window.page(QStringLiteral("new")));
        const auto actions = actionsOf(*page, QStringLiteral("New run"));
        auto known = [&](const QString& title, const QString& hint) {
            return std::any_of(actions.begin(), actions.end(),
                               [&](const Command& one) { return one.title == title && one.hint == hint; });
        };
        QVERIFY(known(page->launchButton().text(), QStringLiteral("Ctrl+Enter")));
        QVERIFY(known(QStringLiteral("Reset"), QStringLiteral("New run")));
        Json spec = default_spec();
        spec["optimizer"]["lr"] = 0.123;
        page->form().setSpec(spec);
        window.showPalette();
        takeFromPalette(window, QStringLiteral("Reset"));
        QTRY_VERIFY(page->form().spec()["optimizer"]["lr"] == default_spec()["optimizer"]["lr"]);
        // Runs are read behind the open palette.
        window.showPalette();
        auto* list = window.findChild<CommandPalette*>()->findChild<QListWidget*>();
        QTRY_VERIFY(!list->findItems(QStringLiteral("in the palette"), Qt::MatchContains).isEmpty());
        takeFromPalette(window, QStringLiteral("in the palette"));
        QTRY_COMPARE(window.currentPage(), QStringLiteral("run"));
    }

    void aCommandHasOneLine() {
        QWidget page;
        auto* button = new QPushButton(QStringLiteral("a run\nits loss"), &page);
        page.show();
        QVERIFY(button->isVisible());
        const auto actions = actionsOf(page, QStringLiteral("Lineage"));
        QCOMPARE(actions.size(), std::size_t{1});
        QCOMPARE(actions.front().title, QStringLiteral("a run · its loss"));
    }

    void enterClosesAnError() {
        TestBench bench;
        bool closed = false;
        QTimer::singleShot(0, qApp, [&] {
            auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
            if (!box) return;
            QTest::keyClick(box, Qt::Key_Return);
            closed = !box->isVisible();
            box->reject();
        });
        bench.workbench.showError(Error{Error::Code::bad_data, "It cannot be read", "Mend it", {"row 1"}});
        QVERIFY(closed);
    }

    void controlFSearchesOnEveryPage() {
        TestBench bench;
        MainWindow window(bench.workbench);
        makeActive(window);
        for (const PageEntry& entry : pageList()) {
            if (entry.id == QLatin1String("compare") || entry.id == QLatin1String("models"))
                continue;  // there is nothing to search before there is a run
            window.showPage(entry.id);
            QTest::keyClick(&window, Qt::Key_F, Qt::ControlModifier);
            auto* palette = window.findChild<CommandPalette*>();
            const bool field = qobject_cast<QLineEdit*>(window.focusWidget()) != nullptr;
            QVERIFY2(palette || field, qPrintable(entry.id));
            if (palette) {
                QTest::keyClick(palette, Qt::Key_Escape);
                QTRY_VERIFY(!window.findChild<CommandPalette*>());
                makeActive(window);  // nobody hands the focus back without a window manager
            }
        }
        window.showPage(QStringLiteral("new"));
        QTest::keyClick(&window, Qt::Key_F, Qt::ControlModifier);
        takeFromPalette(window, QStringLiteral("backbone.layers"));
        QTRY_VERIFY(window.focusWidget() && window.focusWidget()->objectName() == QLatin1String("backbone.layers"));
    }

    /// On a page that says nothing of it itself.
    void controlEnterPressesThePrimaryButton() {
        TestBench bench;
        LaunchRequest waiting;
        waiting.spec = tinySpec(5);
        (void)RunQueue(bench.workbench.workspace()).add({waiting}).or_throw();
        MainWindow window(bench.workbench);
        makeActive(window);
        window.showPage(QStringLiteral("queue"));
        auto* start = window.findChild<QPushButton*>(QStringLiteral("queue.start"));
        QTRY_VERIFY(start->isEnabled());
        QSignalSpy ended(&bench.workbench.session(), &RunSession::ended);
        QTest::keyClick(&window, Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, longWait);
    }

    void theTourTakesEnter() {
        TestBench bench;
        MainWindow window(bench.workbench);
        makeActive(window);
        window.showTour();
        auto* tour = window.findChild<Tour*>();
        QTRY_VERIFY(qobject_cast<QPushButton*>(window.focusWidget()));
        QSignalSpy ended(tour, &Tour::ended);
        int stops = 0;
        for (; ended.isEmpty() && stops < 20; ++stops) QTest::keyClick(window.focusWidget(), Qt::Key_Return);
        QCOMPARE(stops, static_cast<int>(pageList().size()) + 1);
        QTRY_VERIFY(!window.findChild<Tour*>());
        // Enter on "Skip" skips.
        window.showTour();
        tour = window.findChild<Tour*>();
        QSignalSpy skipped(tour, &Tour::ended);
        QTest::keyClick(window.focusWidget(), Qt::Key_Backtab, Qt::ShiftModifier);
        QTest::keyClick(window.focusWidget(), Qt::Key_Return);
        QCOMPARE(skipped.count(), 1);
    }

    void sentencesCallSettingsAsTheFormsDo() {
        QCOMPARE(withSettingNames(QStringLiteral("Lower optimizer.lr (it was 0.1), or set training.clip.")),
                 QStringLiteral("Lower “%1” (it was 0.1), or set “%2”.")
                     .arg(fieldText({}, "optimizer.lr"), fieldText({}, "training.clip")));
        QCOMPARE(withSettingNames(QStringLiteral("set backbone.kind=transformer, or saving.keep_best=true")),
                 QStringLiteral("set “%1” = %2, or “%3” = %4")
                     .arg(fieldText({}, "backbone.kind"), settingText({}, "backbone.kind", "transformer"),
                          fieldText({}, "saving.keep_best"), settingText({}, "saving.keep_best", true)));
        for (const char* other :
             {"/home/me/dataset.paths/x", "spec.json of train.tsv", "no.such setting", "x.optimizer.lr"})
            QCOMPARE(withSettingNames(QString::fromLatin1(other)), QString::fromLatin1(other));
        const QString told = messageText("Lower training.micro_batch and raise training.accumulation by as much");
        QVERIFY2(!told.contains(QStringLiteral("training.")), qPrintable(told));
        QVERIFY(told.contains(fieldText({}, "training.micro_batch")));
    }

    void theRunPageOpensWithTheNewestRun() {
        TestBench bench;
        MainWindow window(bench.workbench);
        window.show();
        auto* page = static_cast<RunPage*>(window.page(QStringLiteral("run")));
        window.showPage(QStringLiteral("run"));
        QTest::qWait(50);
        QVERIFY(page->runId().empty());  // there is none
        addRun(bench.workbench.workspace(), "older", 1e-4, 1, 2);
        const std::string newest = addRun(bench.workbench.workspace(), "newer", 1e-4, 2, 2);
        addRun(bench.workbench.workspace(), "not begun", 1e-4, 3, 2, 1000, "queued");
        window.showPage(QStringLiteral("run"));
        QTRY_COMPARE(page->runId(), newest);
    }
};

QObject* shellSuite() {
    return new ShellTest;
}

}  // namespace gw::ui

#include "shell_test.moc"
