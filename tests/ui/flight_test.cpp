#include <QAction>
#include <QFrame>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QThreadPool>

#include "ui/pages/new_run_page.h"
#include "ui/suites.h"
#include "ui/tiny_spec.h"
#include "ui/widgets/dialogs/flight_dialog.h"

namespace gw::ui {

class FlightTest : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void showsEachFindingOfTheFormsRun() {
        TestBench bench;
        NewRunPage page(bench.workbench);
        page.form().setSpec(tinySpec(40));
        auto* entry = page.findChild<QAction*>(QStringLiteral("check.flight"));
        QVERIFY(entry);
        entry->trigger();
        auto* dialog = page.findChild<FlightDialog*>();
        QVERIFY(dialog);
        QSignalSpy checked(dialog, &FlightDialog::checked);
        QVERIFY(checked.wait(longWait));
        QVERIFY2(checked.front().front().toBool(),
                 qPrintable(dialog->findChild<QLabel*>(QStringLiteral("flight.state"))->text()));
        for (const char* id : {"time", "memory", "disk", "amount", "batch"})
            QVERIFY2(dialog->findChild<QFrame*>(QStringLiteral("flight.") + QString::fromUtf8(id)), id);
        QVERIFY(!dialog->findChild<QLabel*>(QStringLiteral("flight.ends"))->text().isEmpty());
        // What is advised goes into the form; this is as if the fastest had been another one.
        Q_EMIT dialog->adviceTaken({{"training.micro_batch", Json(1)}, {"training.accumulation", Json(2)}});
        QCOMPARE(page.form().spec().at("training").at("micro_batch").get<int>(), 1);
        QCOMPARE(page.form().spec().at("training").at("accumulation").get<int>(), 2);
    }

    void offersWhatWouldFit() {
        TestBench bench;
        const Json spec = complete_spec(tinySpec(40, {{"saving", {{"every", 1}, {"keep_last", 100}}}}));
        const std::uint64_t room = 10 * estimate_run(spec).checkpoint_bytes;
        FlightDialog dialog(spec, bench.workbench.workspace(), nullptr,
                            [room](FlightRequest& request) { request.disk = room; });
        QSignalSpy checked(&dialog, &FlightDialog::checked);
        QVERIFY(checked.wait(longWait));
        QVERIFY(!checked.front().front().toBool());
        auto* take = dialog.findChild<QPushButton*>(QStringLiteral("flight.take"));
        QVERIFY(take && !take->isHidden());
        std::vector<std::pair<std::string, Json>> taken;
        connect(&dialog, &FlightDialog::adviceTaken, this, [&](const auto& advice) { taken = advice; });
        take->click();
        QVERIFY(!taken.empty());
        QCOMPARE(QString::fromStdString(taken.front().first), QStringLiteral("saving.keep_last"));
        QVERIFY(taken.front().second.get<int>() < 100);
    }

    void saysWhyItCannotBeMade() {
        TestBench bench;
        Json spec = complete_spec(tinySpec(40));
        spec["dataset"] = {{"kind", "text_files"}, {"paths", {"/nowhere/at/all.txt"}}};
        FlightDialog dialog(complete_spec(spec), bench.workbench.workspace());
        QSignalSpy checked(&dialog, &FlightDialog::checked);
        QVERIFY(checked.wait(longWait));
        QVERIFY(!checked.front().front().toBool());
        QVERIFY(dialog.findChild<QLabel*>(QStringLiteral("flight.state"))
                    ->text()
                    .contains(QStringLiteral("/nowhere/at/all.txt")));
    }

    void endsWhenItIsClosed() {
        TestBench bench;
        auto dialog = std::make_unique<FlightDialog>(complete_spec(tinySpec(40)), bench.workbench.workspace());
        dialog.reset();
        QVERIFY(QThreadPool::globalInstance()->waitForDone(longWait));
    }
};

QObject* flightSuite() {
    return new FlightTest;
}

}  // namespace gw::ui

#include "flight_test.moc"
