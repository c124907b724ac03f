#include <signal.h>
#include <unistd.h>

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTest>

#include "ui/pages/run_page.h"
#include "ui/shell/host_setting.h"
#include "ui/shell/main_window.h"
#include "ui/suites.h"
#include "ui/texts/text.h"
#include "ui/tiny_spec.h"
#include "ui/widgets/dialogs/settings_dialog.h"

namespace gw::ui {

/// Runs in a process of their own, seen from the window.
class ApartTest : public QObject {
    Q_OBJECT
    static Json spec(int steps) { return tinySpec(steps, {{"saving", {{"every", 20}}}}); }
    static LaunchRequest request(int steps) {
        LaunchRequest request;
        request.spec = spec(steps);
        return request;
    }
    static RunRecord row(TestBench& bench) {
        return bench.workbench.workspace().store().or_throw().runs().or_throw().front();
    }
    /// Ended, though perhaps nobody has asked how yet.
    static bool gone(std::int64_t process) {
        const auto facts = read_file("/proc/" + std::to_string(process) + "/stat");
        return !facts || facts.value().find(") Z ") != std::string::npos;
    }

  private Q_SLOTS:
    void init() { chooseHost(HostChoice::process); }
    void cleanup() {
        chooseHost(HostChoice::automatic);
        chooseAtClose(AtClose::ask);
    }

    void settingsChoose() {
        TestBench bench;
        SettingsDialog dialog(bench.workbench);
        auto* host = dialog.findChild<QComboBox*>(QStringLiteral("settings.host"));
        QCOMPARE(host->currentData().toString(), QStringLiteral("process"));
        host->setFocus();
        dialog.show();
        QVERIFY(QTest::qWaitForWindowExposed(&dialog));
        QTest::keyClick(host, Qt::Key_Up);
        QCOMPARE(chosenHost(), HostChoice::thread);
        auto* closing = dialog.findChild<QComboBox*>(QStringLiteral("settings.closing"));
        QTest::keyClick(closing, Qt::Key_Down);
        QCOMPARE(chosenAtClose(), AtClose::leave);
    }

    void aRunIsTrainedApartAndShown() {
        TestBench bench;
        MainWindow window(bench.workbench);
        window.show();
        RunSession& session = bench.workbench.session();
        QSignalSpy ended(&session, &RunSession::ended);
        std::int64_t process = 0;
        QString id;
        connect(&session, &RunSession::started, this, [&] {
            process = session.process();
            id = session.id();
        });
        QVERIFY(bench.workbench.launch(request(60)));
        QVERIFY2(session.active() && session.starting() && session.id().isEmpty(), "it starts in the background");
        QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, longWait);
        QVERIFY(process > 0 && process != ::getpid());
        QCOMPARE(row(bench).process, process);
        auto* run = static_cast<RunPage*>(window.page(QStringLiteral("run")));
        QCOMPARE(qs(run->runId()), id);
        QCOMPARE(qs(row(bench).status), QStringLiteral("finished"));
        QTRY_VERIFY(run->plots().curves().contains("train/loss") &&
                    run->plots().curves().at("train/loss").points.size() == 60);
    }

    void ordersReachIt() {
        TestBench bench;
        RunSession& session = bench.workbench.session();
        QVERIFY(session.launch(bench.workbench.workspace(), request(1000000)));
        session.stop(true);  // before it has begun: as soon as it has
        QTRY_VERIFY_WITH_TIMEOUT(!session.active(), longWait);
        QCOMPARE(qs(row(bench).status), QStringLiteral("stopped"));
        QVERIFY(session.launch(bench.workbench.workspace(), request(1000000)));
        QTRY_VERIFY_WITH_TIMEOUT(session.lastRow().step > 5, longWait);
        session.togglePause();
        QVERIFY(session.paused());
        QTRY_COMPARE_WITH_TIMEOUT(qs(row(bench).status), QStringLiteral("paused"), longWait);
        QVERIFY(session.paused());
        session.togglePause();
        QTRY_COMPARE_WITH_TIMEOUT(qs(row(bench).status), QStringLiteral("running"), longWait);
        session.setKnobs(Knobs{0.5, std::nullopt, std::nullopt, std::nullopt});
        QCOMPARE(session.knobs().rate_scale, 0.5);
        session.stop(true);
        QTRY_VERIFY_WITH_TIMEOUT(!session.active(), longWait);
        QCOMPARE(qs(row(bench).status), QStringLiteral("stopped"));
        QVERIFY(session.launch(bench.workbench.workspace(), [&] {
            LaunchRequest again;
            again.resume_run = row(bench).id;
            return again;
        }()));
        session.stop(true);
        QTRY_VERIFY_WITH_TIMEOUT(!session.active(), longWait);
        QCOMPARE(row(bench).segment, 1);
    }

    void aCrashEndsTheRunAndNotTheWindow() {
        TestBench bench;
        RunSession& session = bench.workbench.session();
        QSignalSpy ended(&session, &RunSession::ended);
        QVERIFY(session.launch(bench.workbench.workspace(), request(1000000)));
        QTRY_VERIFY_WITH_TIMEOUT(session.lastRow().step > 30, longWait);
        ::kill(static_cast<pid_t>(session.process()), SIGSEGV);
        QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, longWait);
        QVERIFY(!session.active());
        const auto outcome = ended.first().first().value<Outcome>();
        QCOMPARE(outcome.end, Outcome::End::failed);
        QVERIFY2(qs(outcome.error->message).contains(QStringLiteral("signal 11")), outcome.error->message.c_str());
        QCOMPARE(qs(row(bench).status), QStringLiteral("failed"));
        QVERIFY(qs(row(bench).cause).contains(QStringLiteral("signal 11")));
    }

    void oneThatDoesNotAnswerIsToldAndEndedByForce() {
        TestBench bench;
        MainWindow window(bench.workbench);
        window.show();
        RunSession& session = bench.workbench.session();
        QVERIFY(bench.workbench.launch(request(1000000)));
        QTRY_VERIFY_WITH_TIMEOUT(session.lastRow().step > 30, longWait);
        QCOMPARE(session.silence(), 0);
        ::kill(static_cast<pid_t>(session.process()), SIGSTOP);
        QTRY_VERIFY_WITH_TIMEOUT(session.silence() > 0, longWait);
        bool told = false;
        for (const QLabel* label : window.findChildren<QLabel*>())
            told = told || label->text().contains(QStringLiteral("no answer for"));
        QVERIFY(told);
        auto* run = static_cast<RunPage*>(window.page(QStringLiteral("run")));
        bool asked = false;
        run->askForce = [&] { return asked = true; };
        auto* force = window.findChild<QAction*>(QStringLiteral("stop.force"));
        QVERIFY(force->isVisible());
        force->trigger();
        QVERIFY(asked);
        QTRY_VERIFY_WITH_TIMEOUT(!session.active(), longWait);
        QCOMPARE(qs(row(bench).status), QStringLiteral("interrupted"));
        QVERIFY(qs(row(bench).cause).contains(QStringLiteral("by force")));
    }

    void theRunOutlivesTheWindowAndIsShownAgain() {
        QTemporaryDir folder;
        const Workspace workspace = Workspace::open(ss(folder.path())).or_throw();
        std::int64_t process = 0, step = 0;
        // It outlives the window on purpose, and must not outlive a test that fails.
        const auto end = qScopeGuard([&process] {
            if (process > 0) ::kill(static_cast<pid_t>(process), SIGKILL);
        });
        {
            Workbench bench(workspace);
            MainWindow window(bench);
            window.show();
            QVERIFY(bench.launch(request(1000000)));
            QTRY_VERIFY_WITH_TIMEOUT(bench.session().lastRow().step > 30, longWait);
            process = bench.session().process();
            step = bench.session().lastRow().step;
            window.askClosing = [] { return MainWindow::Closing::leaveTraining; };
            window.close();
            QVERIFY(!window.isVisible() && !bench.session().active());
        }
        QVERIFY(!gone(process));
        Workbench again(workspace);
        MainWindow window(again);
        window.show();
        RunSession& session = again.session();
        QTRY_VERIFY_WITH_TIMEOUT(session.active(), longWait);
        QCOMPARE(session.process(), process);
        QTRY_VERIFY_WITH_TIMEOUT(session.lastRow().step > step, longWait);
        QVERIFY(session.facts().parameters > 0);
        session.togglePause();
        QTRY_COMPARE_WITH_TIMEOUT(qs(workspace.store().or_throw().runs().or_throw().front().status),
                                  QStringLiteral("paused"), longWait);
        // By its setting the window asks no more.
        chooseAtClose(AtClose::leave);
        int asked = 0;
        window.askClosing = [&] {
            ++asked;
            return MainWindow::Closing::keepTraining;
        };
        window.close();
        QCOMPARE(asked, 0);
        QVERIFY(!window.isVisible() && !gone(process));
        {
            Workbench last(workspace);
            QTRY_VERIFY_WITH_TIMEOUT(last.session().active(), longWait);
            QVERIFY(last.session().paused());
            last.session().stop(false);
            QTRY_VERIFY_WITH_TIMEOUT(!last.session().active(), longWait);
        }
        QTRY_VERIFY_WITH_TIMEOUT(gone(process), longWait);
    }

    void whatCannotStartIsSaid() {
        TestBench bench;
        RunSession& session = bench.workbench.session();
        qputenv("GROUNDWORK_CLI", "/nowhere/groundwork-cli");
        disconnect(&session, &RunSession::couldNotStart, &bench.workbench, nullptr);  // its box would wait for a click
        QSignalSpy failed(&session, &RunSession::couldNotStart);
        QVERIFY(session.launch(bench.workbench.workspace(), request(10)));
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, longWait);
        qunsetenv("GROUNDWORK_CLI");
        QVERIFY(!session.active());
    }
};

QObject* apartSuite() {
    return new ApartTest;
}

}  // namespace gw::ui

#include "apart_test.moc"
