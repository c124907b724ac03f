#include <QCheckBox>
#include <QElapsedTimer>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include "artifact/checkpoint.h"
#include "artifact/current.h"
#include "ui/pages/new_run_page.h"
#include "ui/pages/run_page.h"
#include "ui/pages/runs_page.h"
#include "ui/shell/main_window.h"
#include "ui/shell/theme.h"
#include "ui/suites.h"
#include "ui/texts/language.h"
#include "ui/texts/text.h"
#include "ui/tiny_spec.h"

namespace gw::ui {

namespace {

Json windowSpec(int steps) {
    return tinySpec(steps, {{"backbone", {{"layers", 2}, {"width", 32}, {"context", 32}}},
                            {"training", {{"micro_batch", 4}}},
                            {"evaluation", {{"tokens", 1000}}},
                            {"saving", {{"every", 0}}},
                            {"sampling", {{"every", 20}, {"tokens", 10}}}});
}

/// Share of pixels that differ from the most frequent colour.
double inked(const QImage& image) {
    QHash<QRgb, int> counts;
    for (int y = 0; y < image.height(); y += 2)
        for (int x = 0; x < image.width(); x += 2) ++counts[image.pixel(x, y)];
    int most = 0, all = 0;
    for (const int count : counts) {
        most = std::max(most, count);
        all += count;
    }
    return 1.0 - static_cast<double>(most) / all;
}

}  // namespace

class WindowTest : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void newRunToAFinishedRun() {
        TestBench bench;
        MainWindow window(bench.workbench);
        window.show();
        auto* page = static_cast<NewRunPage*>(window.page(QStringLiteral("new")));
        window.showPage(QStringLiteral("new"));
        page->form().setSpec(windowSpec(40));
        window.findChild<QLineEdit*>(QStringLiteral("run.name"))->setText(QStringLiteral("first light"));
        QSignalSpy ended(&bench.workbench.session(), &RunSession::ended);
        QVERIFY(page->launchButton().isEnabled());
        QTest::mouseClick(&page->launchButton(), Qt::LeftButton);
        QVERIFY(bench.workbench.session().active());
        QVERIFY(!page->launchButton().isEnabled());
        auto* run = static_cast<RunPage*>(window.page(QStringLiteral("run")));
        QVERIFY(run->isVisible());
        QVERIFY(ended.wait(longWait));

        const RunRecord record = bench.workbench.workspace().store().or_throw().run("first light").or_throw();
        QCOMPARE(qs(record.status), QStringLiteral("finished"));
        QCOMPARE(record.steps, 40);
        QVERIFY(record.validation_loss.has_value());
        QTRY_VERIFY(run->plots().curves().contains("train/loss") &&
                    run->plots().curves().at("train/loss").points.size() == 40);
        auto* runs = static_cast<RunsPage*>(window.page(QStringLiteral("runs")));
        window.showPage(QStringLiteral("runs"));
        QTRY_COMPARE(runs->model().rowCount(), 1);
        QTRY_COMPARE(qs(runs->model().run(0)->record.status), QStringLiteral("finished"));

        // The history survives a restart.
        Workbench again(Workspace::open(bench.folder.path().toStdString()).or_throw());
        MainWindow reopened(again);
        reopened.show();
        QTRY_COMPARE(static_cast<RunsPage*>(reopened.page(QStringLiteral("runs")))->model().rowCount(), 1);
    }

    void stopsAndResumes() {
        TestBench bench;
        MainWindow window(bench.workbench);
        window.show();
        LaunchRequest request;
        request.spec = windowSpec(400);
        request.name = "to be stopped";
        QVERIFY(bench.workbench.launch(request));
        RunSession& session = bench.workbench.session();
        QSignalSpy ended(&session, &RunSession::ended);
        QTRY_VERIFY_WITH_TIMEOUT(session.lastRow().step > 5, longWait);
        QTest::mouseClick(window.findChild<QPushButton*>(QStringLiteral("stop")), Qt::LeftButton);
        QVERIFY(ended.wait(longWait));
        auto stopped = bench.workbench.workspace().store().or_throw().run("to be stopped").or_throw();
        QCOMPARE(qs(stopped.status), QStringLiteral("stopped"));
        auto* resume = window.findChild<QPushButton*>(QStringLiteral("resume"));
        QTRY_VERIFY(resume->isVisible() && resume->isEnabled());
        QTest::mouseClick(resume, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(ended.count() == 2, longWait);
        stopped = bench.workbench.workspace().store().or_throw().run("to be stopped").or_throw();
        QCOMPARE(qs(stopped.status), QStringLiteral("finished"));
        QCOMPARE(stopped.steps, 400);
        QCOMPARE(stopped.segment, 1);
    }

    void theAgeOfASaveCountsFromWhenItWasWritten() {
        TestBench bench;
        LaunchRequest request;
        request.name = "rewound";
        request.spec = overlay_spec(windowSpec(100000), {{"saving", {{"every", 5}, {"keep_last", 9}}},
                                                         {"schedule", {{"kind", "constant"}, {"warmup", 0}}},
                                                         {"evaluation", {{"every", 5}, {"tokens", 500}}}});
        request.stop_at = 17;
        std::string id;
        {
            auto run = LiveRun::launch(bench.workbench.workspace(), request, HostKind::inline_).or_throw();
            (void)run->wait();
            id = run->id();
        }
        const fs::path run = bench.workbench.workspace().run_folder(id);
        QVERIFY2(best_checkpoint_of(run)->step == 15, "the loss falls, and the best moves back");
        RunSession& session = bench.workbench.session();
        bool toldAgain = false, written = false;
        connect(&session, &RunSession::delivered, this, [&](const std::vector<Message>& messages) {
            for (const Message& message : messages)
                if (const auto* saved = std::get_if<CheckpointSaved>(&message))
                    (saved->seconds > 0 ? written : toldAgain) = true;
        });
        LaunchRequest again;
        again.resume_run = id;
        again.resume_checkpoint = (run / "checkpoints" / checkpoint_name(10)).string();
        QVERIFY(session.launch(bench.workbench.workspace(), again));
        session.togglePause();  // before its first step
        QTRY_VERIFY_WITH_TIMEOUT(toldAgain, longWait);
        QVERIFY(!written);
        QVERIFY2(session.checkpointAge() < 0, "what was found at the resume was written long ago");
        session.togglePause();
        QTRY_VERIFY_WITH_TIMEOUT(written, longWait);
        QVERIFY(session.checkpointAge() >= 0);
        session.stop(false);
        QTRY_VERIFY_WITH_TIMEOUT(!session.active(), longWait);
    }

    void closingDuringARunAsks() {
        TestBench bench;
        MainWindow window(bench.workbench);
        window.show();
        LaunchRequest request;
        request.spec = windowSpec(100000);
        QVERIFY(bench.workbench.launch(request));
        int asked = 0;
        window.askClosing = [&] {
            ++asked;
            return asked == 1 ? MainWindow::Closing::keepTraining : MainWindow::Closing::saveAndQuit;
        };
        QTRY_VERIFY_WITH_TIMEOUT(bench.workbench.session().lastRow().step > 3, longWait);
        window.close();
        QCOMPARE(asked, 1);
        QVERIFY(window.isVisible() && bench.workbench.session().active());
        window.close();
        QCOMPARE(asked, 2);
        QTRY_VERIFY_WITH_TIMEOUT(!window.isVisible(), longWait);
        const RunRecord run = bench.workbench.workspace().store().or_throw().runs().or_throw().front();
        QCOMPARE(qs(run.status), QStringLiteral("stopped"));
        const auto checkpoints = bench.workbench.workspace().store().or_throw().checkpoints(run.id).or_throw();
        QVERIFY(!checkpoints.empty());
        QCOMPARE(checkpoints.front().step, run.steps);  // what was trained last is what was saved
    }

    /// The longest time between two turns of the event loop while a run trains; the bound is generous, for machines
    /// under load.
    void theWindowStaysResponsive() {
        TestBench bench;
        MainWindow window(bench.workbench);
        window.resize(1440, 900);
        window.show();
        LaunchRequest request;
        request.spec = windowSpec(300);
        QVERIFY(bench.workbench.launch(request));
        QSignalSpy ended(&bench.workbench.session(), &RunSession::ended);
        QElapsedTimer clock;
        qint64 worst = 0;
        QTimer beat;
        connect(&beat, &QTimer::timeout, this, [&] { worst = std::max(worst, clock.restart()); });
        QTRY_VERIFY_WITH_TIMEOUT(bench.workbench.session().lastRow().step > 0, longWait);
        clock.start();
        beat.start(5);
        QVERIFY(ended.wait(longWait));
        qInfo("longest pause of the event loop while training: %lld ms", worst);
        QVERIFY2(worst < 500, qPrintable(QString::number(worst)));
    }

    void picturesOfEveryPage_data() {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<bool>("dark");
        QTest::addColumn<QString>("language");
        QTest::newRow("small light") << QSize(1100, 700) << false << QStringLiteral("en");
        QTest::newRow("small dark") << QSize(1100, 700) << true << QStringLiteral("ja");
        QTest::newRow("large light") << QSize(1600, 1000) << false << QStringLiteral("ja");
        QTest::newRow("large dark") << QSize(1600, 1000) << true << QStringLiteral("en");
    }
    void picturesOfEveryPage() {
        QFETCH(QSize, size);
        QFETCH(bool, dark);
        QFETCH(QString, language);
        Language::instance().set(language, false);
        TestBench bench;
        Theme::instance().setMode(dark ? Theme::Mode::dark : Theme::Mode::light);
        MainWindow window(bench.workbench);
        window.resize(size);
        window.show();
        for (const PageEntry& entry : pageList()) {
            window.showPage(entry.id);
            QTest::qWait(50);
            const QImage picture = window.grab().toImage();
            QCOMPARE(picture.size(), size);
            QVERIFY2(inked(picture) > 0.02, qPrintable(entry.id));
            QCOMPARE(QColor(picture.pixel(picture.width() - 4, 4)).lightness() < 128, dark);
            for (const QLabel* one : window.page(entry.id)->findChildren<QLabel*>()) {
                if (!one->isVisible() || one->wordWrap() || one->text().isEmpty() || one->textFormat() == Qt::RichText)
                    continue;
                const int needed = one->fontMetrics().horizontalAdvance(one->text().section(QLatin1Char('\n'), 0, 0));
                QVERIFY2(one->text().startsWith(QLatin1Char('<')) || one->width() >= needed,
                         qPrintable(entry.id + QStringLiteral(": ") + one->text()));
            }
        }
    }
};

QObject* windowSuite() {
    return new WindowTest;
}

}  // namespace gw::ui

#include "window_test.moc"
