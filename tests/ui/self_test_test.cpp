#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include "ui/pages/new_run_page.h"
#include "ui/suites.h"
#include "ui/tiny_spec.h"
#include "ui/widgets/dialogs/self_test_dialog.h"

namespace gw::ui {

namespace {

QString textOf(const QWidget& widget, const char* name) {
    const auto* found = widget.findChild<QLabel*>(QString::fromUtf8(name));
    return found ? found->text() : QString();
}

}  // namespace

class SelfTestTest : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void showsStagesAndThenTheVerdict() {
        TestBench bench;
        SelfTestDialog dialog(QStringLiteral("tiny"), complete_spec(tinySpec(40)), bench.workbench.workspace());
        QSignalSpy tested(&dialog, &SelfTestDialog::tested);
        dialog.show();
        QVERIFY(tested.wait(longWait));
        QCOMPARE(tested.first().first().toBool(), true);
        QCOMPARE(textOf(dialog, "selftest.verdict"), QStringLiteral("A resume is exact"));
        QVERIFY2(textOf(dialog, "selftest.details").startsWith(QStringLiteral("Exact to the bit: 12 steps")),
                 qPrintable(textOf(dialog, "selftest.details")));
        QVERIFY(textOf(dialog, "selftest.stages").contains(QStringLiteral("training with resumes")));
        QCOMPARE(dialog.findChild<QPushButton*>(QStringLiteral("selftest.close"))->text(), QStringLiteral("Close"));
    }

    void saysWhyItCannotBeMade() {
        TestBench bench;
        Json spec = complete_spec(tinySpec(40));
        spec["dataset"] = {{"kind", "text_files"}, {"paths", {"/nowhere/at/all.txt"}}};
        SelfTestDialog dialog(QStringLiteral("tiny"), complete_spec(spec), bench.workbench.workspace());
        QSignalSpy tested(&dialog, &SelfTestDialog::tested);
        QVERIFY(tested.wait(longWait));
        QCOMPARE(textOf(dialog, "selftest.verdict"), QStringLiteral("The test could not be made"));
        QVERIFY(textOf(dialog, "selftest.details").contains(QStringLiteral("/nowhere/at/all.txt")));
    }

    void endsWhenItIsClosed() {
        TestBench bench;
        auto dialog = std::make_unique<SelfTestDialog>(QStringLiteral("tiny"), complete_spec(tinySpec(40)),
                                                       bench.workbench.workspace());
        dialog.reset();
        QThreadPool::globalInstance()->waitForDone(longWait);
        QDir cache(QString::fromStdString(bench.workbench.workspace().cache().string()));
        QVERIFY(cache.entryList({QStringLiteral("self-test-*")}, QDir::Dirs).isEmpty());
    }

    void standsOnThePageOfANewRun() {
        TestBench bench;
        NewRunPage page(bench.workbench);
        page.form().setSpec(tinySpec(40));
        QPushButton* button = nullptr;
        for (auto* each : page.findChildren<QPushButton*>())
            if (each->text() == QStringLiteral("Self-test…")) button = each;
        QVERIFY(button);
        button->click();
        auto* dialog = page.findChild<SelfTestDialog*>();
        QVERIFY(dialog);
        QSignalSpy tested(dialog, &SelfTestDialog::tested);
        QVERIFY(tested.wait(longWait));
        QCOMPARE(tested.first().first().toBool(), true);
    }
};

QObject* selfTestSuite() {
    return new SelfTestTest;
}

}  // namespace gw::ui

#include "self_test_test.moc"
