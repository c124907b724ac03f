#include <QDoubleSpinBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTest>
#include <QThreadPool>
#include <cmath>
#include <memory>

#include "study/bench_texts.h"
#include "ui/pages/new_run_page.h"
#include "ui/suites.h"
#include "ui/texts/language.h"
#include "ui/texts/message_text.h"
#include "ui/tiny_spec.h"
#include "ui/widgets/dialogs/plan_dialog.h"
#include "ui/widgets/run/run_header.h"
#include "util/progress_texts.h"

namespace gw::ui {

namespace {

template <class Widget>
Widget* part(const QWidget& in, const char* name) {
    return in.findChild<Widget*>(QString::fromUtf8(name));
}

}  // namespace

class PlanTest : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void measuresSizesAndReckonsHoursAnew() {
        TestBench bench;
        PlanDialog dialog(complete_spec(tinySpec(40)), bench.workbench.workspace());
        QSignalSpy made(&dialog, &PlanDialog::made);
        QVERIFY(!part<QPushButton>(dialog, "plan.take")->isEnabled());
        QVERIFY(made.wait(longWait));
        QVERIFY2(made.first().first().toBool(), qPrintable(part<QLabel>(dialog, "plan.state")->text()));
        auto* table = part<QTableWidget>(dialog, "plan.sizes");
        QVERIFY(table->rowCount() >= 3);
        QCOMPARE(table->rowCount(), static_cast<int>(dialog.plan().sizes.size()));
        QVERIFY(dialog.plan().advised);
        QCOMPARE(table->currentRow(), static_cast<int>(*dialog.plan().advised));
        QVERIFY(part<QLabel>(dialog, "plan.advice")->text().contains(table->item(table->currentRow(), 0)->text()));
        // Half the time is half the tokens, and nothing is measured again.
        const double units = dialog.plan().sizes.front().units;
        part<QDoubleSpinBox>(dialog, "plan.hours")->setValue(4);
        QVERIFY(std::abs(dialog.plan().sizes.front().units - units / 2) <= 1);
        QCOMPARE(dialog.plan().hours, 4.0);
        QCOMPARE(made.count(), 1);

        QSignalSpy chosen(&dialog, &PlanDialog::chosen);
        table->selectRow(1);
        part<QPushButton>(dialog, "plan.take")->click();
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(dialog.result(), static_cast<int>(QDialog::Accepted));
    }

    void saysWhatItDoesInTheLanguageOfTheWindow() {
        Language::instance().set(QStringLiteral("ja"), false);
        for (const char* text : say::bench_texts) QVERIFY2(messageText(text) != QString::fromUtf8(text), text);
        for (const char* text : say::progress_texts) QVERIFY2(messageText(text) != QString::fromUtf8(text), text);
        QVERIFY(phaseText("building model") != QStringLiteral("building model"));
        QVERIFY(phaseText("reading pictures") != QStringLiteral("reading pictures"));
        const QString said = phaseText("tokenising 3.1 MiB of 9.0 MiB");
        QVERIFY2(said.contains(QStringLiteral("3.1 MiB")) && said.contains(QStringLiteral("9.0 MiB")) &&
                     !said.contains(QStringLiteral("tokenising")),
                 qPrintable(said));
        Language::instance().set(QStringLiteral("en"), false);
        QCOMPARE(phaseText("reading pictures"), QStringLiteral("reading pictures"));
    }

    void cleanup() { Language::instance().set(QStringLiteral("en"), false); }

    void saysWhyNothingCanBeMeasured() {
        TestBench bench;
        Json spec = complete_spec(tinySpec(40));
        spec["dataset"] = {{"kind", "text_files"}, {"paths", {"/nowhere/at/all.txt"}}};
        PlanDialog dialog(complete_spec(spec), bench.workbench.workspace());
        QSignalSpy made(&dialog, &PlanDialog::made);
        QVERIFY(made.wait(longWait));
        QCOMPARE(made.first().first().toBool(), false);
        QVERIFY(part<QLabel>(dialog, "plan.state")->text().contains(QStringLiteral("/nowhere/at/all.txt")));
        QVERIFY(!part<QPushButton>(dialog, "plan.take")->isEnabled());
    }

    void putsTheChosenSizeIntoTheForm() {
        TestBench bench;
        NewRunPage page(bench.workbench);
        page.form().setSpec(tinySpec(40));
        page.form().check();
        QPushButton* button = nullptr;
        for (auto* each : page.findChildren<QPushButton*>())
            if (each->text() == QStringLiteral("Plan…")) button = each;
        QVERIFY(button);
        button->click();
        auto* dialog = page.findChild<PlanDialog*>();
        QVERIFY(dialog);
        QSignalSpy made(dialog, &PlanDialog::made);
        QVERIFY(made.wait(longWait));
        QVERIFY(made.first().first().toBool());
        part<QTableWidget>(*dialog, "plan.sizes")->selectRow(static_cast<int>(dialog->plan().sizes.size()) - 1);
        const Json wanted = dialog->plan().sizes.back().spec;
        part<QPushButton>(*dialog, "plan.take")->click();
        const Json now = page.form().spec();
        QCOMPARE(now.at("backbone").at("width"), wanted.at("backbone").at("width"));
        QCOMPARE(now.at("backbone").at("layers"), wanted.at("backbone").at("layers"));
        QCOMPARE(now.at("training").at("budget_unit"), Json("tokens"));
        QVERIFY(page.form().sound());
    }

    void endsWhenItIsClosed() {
        TestBench bench;
        auto dialog = std::make_unique<PlanDialog>(complete_spec(tinySpec(40)), bench.workbench.workspace());
        dialog.reset();
        QVERIFY(QThreadPool::globalInstance()->waitForDone(longWait));
    }
};

QObject* planSuite() {
    return new PlanTest;
}

}  // namespace gw::ui

#include "plan_test.moc"
