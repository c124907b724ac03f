#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QSplitter>
#include <QTableView>
#include <QTest>
#include <QTextBrowser>
#include <QTimer>
#include <QToolButton>
#include <memory>

#include "ui/history.h"
#include "ui/models/compare_models.h"
#include "ui/pages/new_run_page.h"
#include "ui/pages/queue_page.h"
#include "ui/pages/run_page.h"
#include "ui/pages/runs_page.h"
#include "ui/shell/main_window.h"
#include "ui/shell/theme.h"
#include "ui/shell/window_keeper.h"
#include "ui/suites.h"
#include "ui/texts/field_help.h"
#include "ui/texts/language.h"
#include "ui/texts/message_text.h"
#include "ui/texts/text.h"
#include "ui/tiny_spec.h"
#include "ui/widgets/dialogs/tour.h"
#include "ui/widgets/run/knobs_panel.h"
#include "ui/widgets/run/run_tabs.h"
#include "workspace/run_queue.h"

namespace gw::ui {

namespace {

Json pageSpec(int steps) {
    return tinySpec(steps,
                    {{"saving", {{"every", 10}}}, {"monitoring", {{"layers_every", 10}, {"histograms_every", 10}}}});
}

}  // namespace

class PagesTest : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void theTrashCanBeUndone() {
        TestBench bench;
        const std::string id = addRun(bench.workbench.workspace(), "gone", 1e-4, 1, 2);
        addRun(bench.workbench.workspace(), "kept", 1e-4, 2, 2);
        MainWindow window(bench.workbench);
        window.show();
        auto* page = static_cast<RunsPage*>(window.page(QStringLiteral("runs")));
        QTRY_COMPARE(page->model().total(), 2);
        page->view().selectRow(page->model().lineOf(id));
        QTest::keyClick(&page->view(), Qt::Key_Delete);
        QTRY_COMPARE(page->model().total(), 1);
        QVERIFY(!bench.workbench.workspace().store().or_throw().run(id).or_throw().trashed.empty());
        auto* undo = page->findChild<QPushButton*>(QStringLiteral("runs.undo"));
        QVERIFY(undo->isVisible());
        QTest::keyClick(&window, Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(page->model().total(), 2);
        // A letter is a key of the page, not the beginning of a name to jump to.
        page->view().selectAll();
        QTest::keyClick(&page->view(), Qt::Key_C);
        QTRY_COMPARE(window.currentPage(), QStringLiteral("compare"));
        window.showPage(QStringLiteral("runs"));
        QVERIFY(bench.workbench.workspace().store().or_throw().run(id).or_throw().trashed.empty());
    }

    void aRunWithoutACheckpointIsNotGoneOnFrom() {
        TestBench bench;
        const Workspace& workspace = bench.workbench.workspace();
        const std::string bare = addRun(workspace, "bare", 1e-4, 1, 2), saved = addRun(workspace, "saved", 1e-4, 2, 2);
        CheckpointRecord record;
        record.run = saved;
        record.path = (fs::path(workspace.run_folder(saved)) / "checkpoints" / "step-1000").string();
        record.step = 1000;
        record.created = now_utc();
        workspace.store().or_throw().add_checkpoint(record).or_throw();
        MainWindow window(bench.workbench);
        window.show();
        auto* page = static_cast<RunsPage*>(window.page(QStringLiteral("runs")));
        QTRY_COMPARE(page->model().total(), 2);
        const auto offered = [&](const std::string& id) {
            QTableView& view = page->view();
            view.selectRow(page->model().lineOf(id));
            const auto enabled = std::make_shared<QStringList>();
            QTimer::singleShot(0, &view, [enabled] {
                auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
                if (!menu) return;
                for (const QAction* action : menu->actions())
                    if (action->isEnabled()) *enabled << action->text();
                menu->close();
            });
            Q_EMIT view.customContextMenuRequested(
                view.visualRect(view.model()->index(page->model().lineOf(id), RunTableModel::name)).center());
            return *enabled;
        };
        const auto stopped = [&](const std::string& id) {
            RunRecord run = workspace.store().or_throw().run(id).or_throw();
            run.status = "stopped";
            workspace.store().or_throw().update_run(run).or_throw();
            page->entered();
            const auto shown = [&] { return page->model().run(page->model().lineOf(id))->record.status; };
            QTRY_COMPARE(qs(shown()), QStringLiteral("stopped"));
        };
        const QStringList ofBare = offered(bare), ofSaved = offered(saved);
        QVERIFY(ofBare.contains(QStringLiteral("Open")) && ofSaved.contains(QStringLiteral("Open")));
        for (const QString& act : {QStringLiteral("Fork…"), QStringLiteral("Train longer…")}) {
            QVERIFY2(!ofBare.contains(act), qPrintable(act));
            QVERIFY2(ofSaved.contains(act), qPrintable(act));
        }
        for (const std::string& id : {bare, saved}) stopped(id);
        QVERIFY(!offered(bare).contains(QStringLiteral("Resume")));
        QVERIFY(offered(saved).contains(QStringLiteral("Resume")));
        // Nor where another run is being trained, or this window only looks.
        const auto neither = [&] {
            const QStringList now = offered(saved);
            return now.contains(QStringLiteral("Open")) && !now.contains(QStringLiteral("Fork…")) &&
                   !now.contains(QStringLiteral("Resume"));
        };
        bench.workbench.setReadOnly(true);
        QVERIFY(neither());
        bench.workbench.setReadOnly(false);
        QVERIFY(!neither());
        LaunchRequest another;
        another.spec = pageSpec(1000000);
        QVERIFY(bench.workbench.session().launch(workspace, another));
        QVERIFY(neither());
        bench.workbench.session().stop(false);
        QTRY_VERIFY_WITH_TIMEOUT(!bench.workbench.session().active(), longWait);
    }

    void anAlertThatWasSeenIsNoLongerCounted() {
        TestBench bench;
        const Workspace& workspace = bench.workbench.workspace();
        const std::string id = addRun(workspace, "spiky", 1e-4, 1, 2);
        workspace.store().or_throw().add_event({id, "alert", "The loss jumped", now_utc(), 0, 40}).or_throw();
        RunTabs tabs(bench.workbench);
        tabs.show(readRunDetails(workspace.database(), id).or_throw());
        QCOMPARE(tabs.findings().newAlerts(), 1);
        Q_EMIT tabs.findings().anchorClicked(QUrl(QStringLiteral("seen")));
        QCOMPARE(tabs.findings().newAlerts(), 0);
        workspace.store().or_throw().add_event({id, "alert", "The loss jumped again", now_utc(), 0, 60}).or_throw();
        tabs.show(readRunDetails(workspace.database(), id).or_throw());
        QCOMPARE(tabs.findings().newAlerts(), 1);
        QVERIFY(tabs.findings().toPlainText().contains(QStringLiteral("jumped again")));
    }

    void aFilterThatCannotBeReadMarksThePlace() {
        TestBench bench;
        addRun(bench.workbench.workspace(), "one", 1e-4, 1, 2);
        MainWindow window(bench.workbench);
        window.show();
        auto* page = static_cast<RunsPage*>(window.page(QStringLiteral("runs")));
        QTRY_COMPARE(page->model().total(), 1);
        auto* field = page->findChild<QLineEdit*>(QStringLiteral("runs.filter"));
        auto* problem = page->findChild<QLabel*>(QStringLiteral("runs.filterProblem"));
        field->setText(QStringLiteral("one val<abc"));
        QVERIFY(problem->isVisible());
        QVERIFY(problem->text().contains(QStringLiteral("<u><b>val&lt;abc</b></u>")));
        QCOMPARE(page->model().shown(), 1);
        field->setText(QStringLiteral("val<1"));
        QVERIFY(!problem->isVisible());
        QCOMPARE(page->model().shown(), 0);
    }

    void interruptedRunsStandOnTop() {
        TestBench bench;
        const std::string id = addRun(bench.workbench.workspace(), "lost", 1e-4, 1, 2, 1000, "interrupted");
        MainWindow window(bench.workbench);
        window.show();
        auto* page = static_cast<RunsPage*>(window.page(QStringLiteral("runs")));
        QTRY_VERIFY(page->findChild<QPushButton*>(QStringLiteral("interrupted.resume")));
        for (QPushButton* button : page->findChild<InterruptedBar*>()->findChildren<QPushButton*>())
            if (button->text() == QLatin1String("Dismiss")) QTest::mouseClick(button, Qt::LeftButton);
        QTRY_VERIFY(!page->findChild<InterruptedBar*>()->isVisible());
        QVERIFY(bench.workbench.workspace().store().or_throw().run(id).or_throw().dismissed);
    }

    void aListInAFieldBecomesSeveralRuns() {
        TestBench bench;
        MainWindow window(bench.workbench);
        window.show();
        window.showPage(QStringLiteral("new"));
        auto* page = static_cast<NewRunPage*>(window.page(QStringLiteral("new")));
        page->form().setSpec(pageSpec(5));
        auto* rate = page->findChild<QLineEdit*>(QStringLiteral("optimizer.lr"));
        rate->setText(QStringLiteral("0,5"));
        page->form().check();
        QVERIFY(!page->launchButton().isEnabled());  // a decimal comma is refused, never read as a list or as 5
        rate->setText(QStringLiteral("1e-4, 3e-4; 1e-3"));
        page->form().check();
        QCOMPARE(page->launchButton().text(), QStringLiteral("Launch 3 runs"));
        std::size_t asked = 0;
        page->askSeveral = [&](const std::vector<LaunchRequest>& runs) {
            asked = runs.size();
            return true;
        };
        QSignalSpy ended(&bench.workbench.session(), &RunSession::ended);
        QTest::mouseClick(&page->launchButton(), Qt::LeftButton);
        QCOMPARE(asked, std::size_t{3});
        QCOMPARE(window.currentPage(), QStringLiteral("queue"));
        QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 3, longWait);
        Store store = bench.workbench.workspace().store().or_throw();
        const auto runs = store.runs().or_throw();
        QCOMPARE(runs.size(), std::size_t{3});
        for (const RunRecord& run : runs) QCOMPARE(qs(run.status), QStringLiteral("finished"));
        QVERIFY(store.queue().or_throw().empty());
    }

    void theQueueIsReorderedAndStandsStillAfterARestart() {
        TestBench bench;
        std::vector<LaunchRequest> requests(3);
        for (std::size_t i = 0; i < 3; ++i) {
            requests[i].spec = pageSpec(3);
            requests[i].name = std::string(1, static_cast<char>('a' + i));
        }
        (void)RunQueue(bench.workbench.workspace()).add(requests).or_throw();
        MainWindow window(bench.workbench);
        window.show();
        window.showPage(QStringLiteral("queue"));
        auto* page = static_cast<QueuePage*>(window.page(QStringLiteral("queue")));
        QTRY_COMPARE(page->model().rowCount(), 3);
        QVERIFY(!bench.workbench.session().active());
        page->findChild<QTableView*>()->setCurrentIndex(page->model().index(2, 1));
        QTest::keyClick(page, Qt::Key_Up, Qt::AltModifier);
        QTRY_COMPARE(page->model().row(1).record.name, std::string("c"));
        QTest::keyClick(page, Qt::Key_Delete);
        QTRY_COMPARE(page->model().rowCount(), 2);
        QSignalSpy ended(&bench.workbench.session(), &RunSession::ended);
        QTest::mouseClick(page->findChild<QPushButton*>(QStringLiteral("queue.start")), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 2, longWait);
        QTRY_COMPARE(page->model().rowCount(), 0);
    }

    void knobsAndTheSamplesOfAStep() {
        TestBench bench;
        MainWindow window(bench.workbench);
        window.show();
        LaunchRequest request;
        request.spec = pageSpec(100000);
        request.name = "steered";
        const auto* device = window.findChild<QLabel*>(QStringLiteral("status.device"));
        QCOMPARE(device->text(), QStringLiteral("No run is being trained"));
        QVERIFY(bench.workbench.launch(request));
        RunSession& session = bench.workbench.session();
        QTRY_COMPARE(device->text(), QStringLiteral("A run is being prepared"));
        QSignalSpy ended(&session, &RunSession::ended);
        QTRY_VERIFY_WITH_TIMEOUT(session.lastRow().step > 20, longWait);
        auto* page = static_cast<RunPage*>(window.page(QStringLiteral("run")));
        auto* rate = page->findChild<QLineEdit*>(QStringLiteral("knobs.rate"));
        QTRY_VERIFY(rate->isEnabled());
        rate->setText(QStringLiteral("fast"));
        page->findChild<QPushButton*>(QStringLiteral("knobs.apply"))->click();
        QCOMPARE(session.knobs().rate_scale, 1.0);
        rate->setText(QStringLiteral("0.5"));
        page->findChild<QPushButton*>(QStringLiteral("knobs.apply"))->click();
        QCOMPARE(session.knobs().rate_scale, 0.5);
        const std::int64_t then = session.lastRow().step;
        QTRY_VERIFY_WITH_TIMEOUT(session.lastRow().step > then + 5, longWait);
        session.stop(true);
        QVERIFY(ended.wait(longWait));
        Store store = bench.workbench.workspace().store().or_throw();
        const RunRecord run = store.run("steered").or_throw();
        bool journaled = false;
        for (const EventRecord& event : store.events(run.id).or_throw()) journaled = journaled || event.kind == "knob";
        QVERIFY(journaled);
        const QTextBrowser* journal = page->findChild<KnobsPanel*>()->findChild<QTextBrowser*>();
        QTRY_VERIFY2(journal->toPlainText().contains(QStringLiteral("Learning rate ×: 1.00 → 0.500")),
                     qPrintable(journal->toPlainText()));
        QTRY_VERIFY(page->plots().curves().contains("train/loss"));
        Q_EMIT page->plots().stepClicked(5);
        QTRY_VERIFY_WITH_TIMEOUT(page->tabs().batch().view().toPlainText().contains(QStringLiteral("training part")),
                                 longWait);
        page->tabs().layers().refresh();
        QTRY_VERIFY(page->tabs().layers().table().rowCount() > 3);
        QVERIFY(page->tabs().layers().steps() > 0);
    }

    void aSecondWindowOnlyReads() {
        TestBench bench;
        bench.workbench.setReadOnly(true);
        MainWindow window(bench.workbench);
        window.show();
        QVERIFY(window.findChild<QLabel*>(QStringLiteral("readOnlyBanner"))->isVisible());
        window.showPage(QStringLiteral("new"));
        QVERIFY(!static_cast<NewRunPage*>(window.page(QStringLiteral("new")))->launchButton().isEnabled());
    }

    void theLanguageChangesWhileTheWindowIsOpen() {
        TestBench bench;
        WindowKeeper keeper(bench.workbench);
        keeper.window().show();
        keeper.window().showPage(QStringLiteral("queue"));
        const MainWindow* before = &keeper.window();
        Language::instance().set(QStringLiteral("ja"), false);
        QTRY_VERIFY(&keeper.window() != before);
        QCOMPARE(keeper.window().currentPage(), QStringLiteral("queue"));
        QVERIFY(keeper.window().isVisible());
        QCOMPARE(keeper.window().findChild<QToolButton*>(QStringLiteral("rail.compare"))->text(),
                 QStringLiteral("比較"));
        Language::instance().set(QStringLiteral("en"), false);
        QTRY_COMPARE(keeper.window().findChild<QToolButton*>(QStringLiteral("rail.compare"))->text(),
                     QStringLiteral("Compare"));
    }

    void errorsSpeakTheLanguageOfTheWindow() {
        const Error error{Error::Code::bad_spec, "This run has no step 7", "It has made steps 1 to 5", {"run x"}};
        QCOMPARE(errorText(error), QStringLiteral("This run has no step 7\n  run x\n  It has made steps 1 to 5"));
        Language::instance().set(QStringLiteral("ja"), false);
        QCOMPARE(errorText(error),
                 QStringLiteral("この実行にステップ 7 はありません\n  run x\n  済んだのはステップ 1 ～ 5 です"));
        QCOMPARE(messageText("expects a whole number, but has \"x\""),
                 QStringLiteral("整数を入力してください (今は \"x\")"));
        QCOMPARE(messageText("something that nobody translated"), QStringLiteral("something that nobody translated"));
        QCOMPARE(messageText("7 texts stand several times in the data with different labels, for example: One day. "
                             "(row 61 of a.tsv and row 1,318 of b c.tsv)"),
                 QStringLiteral("7 件のテキストが、異なるラベルでデータに何度も出てきます。例: One day. "
                                "(a.tsv の 61 行目と b c.tsv の 1,318 行目)"));
        QCOMPARE(messageText("10 of 60 validation texts also stand in the training part, word for word, for example: "
                             "Once. (row 4 of a.tsv); there: Once. (row 9 of a.tsv)"),
                 QStringLiteral("検証用テキスト 60 件のうち 10 件が学習用にもあります（一字一句同じ）。例: "
                                "Once. (a.tsv の 4 行目)、もう一方: Once. (a.tsv の 9 行目)"));
        QCOMPARE(phraseText({"Different seeds: %1", {"1, 2"}}), QStringLiteral("シードが違います: 1, 2"));
        QCOMPARE(secondsText(75), QStringLiteral("1 分 15 秒"));
        Language::instance().set(QStringLiteral("en"), false);
    }

    void everyPageByKeyboard() {
        TestBench bench;
        addRun(bench.workbench.workspace(), "one", 1e-4, 1, 2);
        MainWindow window(bench.workbench);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        const auto entries = pageList();
        for (std::size_t i = 0; i < entries.size(); ++i) {
            QTest::keyClick(&window, static_cast<Qt::Key>(Qt::Key_1 + i), Qt::AltModifier);
            QTRY_COMPARE(window.currentPage(), entries[i].id);
            // Every field and button that can be used has a name for a screen reader and can be reached by Tab.
            for (const QWidget* widget : window.page(entries[i].id)->findChildren<QWidget*>()) {
                const bool control = widget->inherits("QAbstractButton") || widget->inherits("QLineEdit") ||
                                     widget->inherits("QComboBox") || widget->inherits("QAbstractItemView");
                if (!control || !widget->isVisible() || !widget->isEnabled() ||
                    widget->objectName().startsWith(QLatin1String("qt_")) ||
                    widget->parentWidget()->inherits("QHeaderView") || widget->inherits("QHeaderView") ||
                    widget->inherits("QTableCornerButton") || widget->parentWidget()->inherits("QLineEdit") ||
                    widget->parentWidget()->inherits("QSpinBox") || widget->parentWidget()->inherits("QTableView"))
                    continue;
                const auto* button = qobject_cast<const QAbstractButton*>(widget);
                const QString name = !widget->accessibleName().isEmpty() ? widget->accessibleName()
                                     : button                            ? button->text() + button->toolTip()
                                                                         : QString();
                QVERIFY2(!name.isEmpty(), qPrintable(entries[i].id + QStringLiteral(": ") +
                                                     QLatin1String(widget->metaObject()->className()) +
                                                     QLatin1Char(' ') + widget->objectName()));
                QVERIFY2(widget->focusPolicy() & Qt::TabFocus,
                         qPrintable(entries[i].id + QStringLiteral(" cannot be reached: ") + name));
            }
        }
        // Enter opens the run that is chosen in the table.
        window.showPage(QStringLiteral("runs"));
        auto* runs = static_cast<RunsPage*>(window.page(QStringLiteral("runs")));
        QTRY_COMPARE(runs->model().total(), 1);
        runs->view().setFocus();
        runs->view().selectRow(0);
        QTest::keyClick(&runs->view(), Qt::Key_Return);
        QTRY_COMPARE(window.currentPage(), QStringLiteral("run"));
    }

    void thePaletteFindsByLetters() {
        QVERIFY(CommandPalette::fit(QStringLiteral("Go to Compare"), QStringLiteral("comp")) >= 0);
        QVERIFY(CommandPalette::fit(QStringLiteral("Go to Compare"), QStringLiteral("gtc")) >= 0);
        QVERIFY(CommandPalette::fit(QStringLiteral("Go to Compare"), QStringLiteral("xyz")) < 0);
        QVERIFY(CommandPalette::fit(QStringLiteral("Compare"), QStringLiteral("com")) <
                CommandPalette::fit(QStringLiteral("Go to Compare"), QStringLiteral("com")));
        TestBench bench;
        MainWindow window(bench.workbench);
        window.show();
        window.showPalette();
        auto* palette = window.findChild<CommandPalette*>();
        QVERIFY(palette);
        auto* field = palette->findChild<QLineEdit*>();
        QTest::keyClicks(field, QStringLiteral("queue"));
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_COMPARE(window.currentPage(), QStringLiteral("queue"));
    }

    void theTourLeadsThroughTheRail() {
        TestBench bench;
        MainWindow window(bench.workbench);
        window.show();
        window.showTour();
        auto* tour = window.findChild<Tour*>();
        QVERIFY(tour && tour->isVisible());
        QVERIFY(window.rect().contains(tour->geometry()));
        QSignalSpy ended(tour, &Tour::ended);
        for (int i = 0; i < 10 && ended.isEmpty(); ++i)
            for (QPushButton* button : tour->findChildren<QPushButton*>())
                if (button->property("primary").toBool() && ended.isEmpty()) button->click();
        QCOMPARE(ended.count(), 1);
    }

    void f1ExplainsAField() {
        TestBench bench;
        MainWindow window(bench.workbench);
        window.show();
        window.showPage(QStringLiteral("new"));
        QVERIFY(showFieldHelp(window.page(QStringLiteral("new"))->findChild<QWidget*>(QStringLiteral("optimizer.lr"))));
        QVERIFY(!showFieldHelp(&window));
    }

    void theLayoutIsRemembered() {
        TestBench bench;
        QList<int> sizes;
        {
            MainWindow window(bench.workbench);
            window.resize(1300, 800);
            window.show();
            window.showPage(QStringLiteral("compare"));
            auto* splitter = window.findChild<QSplitter*>(QStringLiteral("compare.across"));
            splitter->setSizes({420, 600});
            sizes = splitter->sizes();
            window.findChild<QTableView*>(QStringLiteral("runs.table"))->setColumnWidth(RunTableModel::started, 177);
            window.close();
        }
        MainWindow again(bench.workbench);
        again.show();
        QCOMPARE(again.findChild<QSplitter*>(QStringLiteral("compare.across"))->sizes().front(), sizes.front());
        QCOMPARE(again.findChild<QTableView*>(QStringLiteral("runs.table"))->columnWidth(RunTableModel::started), 177);
    }
};

QObject* pagesSuite() {
    return new PagesTest;
}

}  // namespace gw::ui

#include "pages_test.moc"
