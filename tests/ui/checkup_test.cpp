#include <QAction>
#include <QLabel>
#include <QPushButton>
#include <QRegularExpression>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTest>

#include "ui/pages/new_run_page.h"
#include "ui/suites.h"
#include "ui/texts/language.h"
#include "ui/tiny_spec.h"
#include "ui/widgets/dialogs/checkup_dialog.h"

namespace gw::ui {

class CheckupTest : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void showsEachFindingAndTakesTheAdvisedRate() {
        TestBench bench;
        NewRunPage page(bench.workbench);
        Json spec = tinySpec(40);
        spec["optimizer"] = {{"kind", "adamw"}, {"lr", 1e-3}};
        page.form().setSpec(spec);
        auto* entry = page.findChild<QAction*>(QStringLiteral("check.learn"));
        QVERIFY(entry);
        entry->trigger();
        auto* dialog = page.findChild<CheckupDialog*>();
        QVERIFY(dialog);
        QSignalSpy checked(dialog, &CheckupDialog::checked);
        QVERIFY(checked.wait(longWait));
        for (const CheckSheet& sheet : check_sheets())
            QVERIFY2(dialog->findChild<QFrame*>(QStringLiteral("checkup.") + QString::fromUtf8(sheet.id)), sheet.id);
        auto* take = dialog->findChild<QPushButton*>(QStringLiteral("checkup.take"));
        QVERIFY(take);
        take->click();
        const double rate = page.form().spec().at("optimizer").at("lr").get<double>();
        QVERIFY2(rate > 1e-4 && rate < 1 && rate != 1e-3, qPrintable(QString::number(rate)));
    }

    void speaksTheLanguageOfTheWindow() {
        TestBench bench;
        const auto back = qScopeGuard([] { Language::instance().set(QStringLiteral("en")); });
        Language::instance().set(QStringLiteral("ja"));
        CheckupDialog dialog(complete_spec(tinySpec(40)), bench.workbench.workspace());
        QSignalSpy checked(&dialog, &CheckupDialog::checked);
        QVERIFY(checked.wait(longWait));
        static const QRegularExpression english(QStringLiteral("[a-z]{3,} [a-z]{2,} [a-z]{2,}"));
        for (const QFrame* card :
             dialog.findChildren<QFrame*>(QRegularExpression(QStringLiteral("^checkup\\.[a-z_]+$"))))
            for (const QLabel* label : card->findChildren<QLabel*>())
                QVERIFY2(!english.match(label->text()).hasMatch() && label->text() != QStringLiteral("fine"),
                         qPrintable(label->text()));
    }

    void saysWhyItCannotBeMade() {
        TestBench bench;
        Json spec = complete_spec(tinySpec(40));
        spec["dataset"] = {{"kind", "text_files"}, {"paths", {"/nowhere/at/all.txt"}}};
        CheckupDialog dialog(complete_spec(spec), bench.workbench.workspace());
        QSignalSpy checked(&dialog, &CheckupDialog::checked);
        QVERIFY(checked.wait(longWait));
        QVERIFY(dialog.findChild<QLabel*>(QStringLiteral("checkup.state"))
                    ->text()
                    .contains(QStringLiteral("/nowhere/at/all.txt")));
    }

    void endsWhenItIsClosed() {
        TestBench bench;
        auto dialog = std::make_unique<CheckupDialog>(complete_spec(tinySpec(40)), bench.workbench.workspace());
        dialog.reset();
        QVERIFY(QThreadPool::globalInstance()->waitForDone(longWait));
    }
};

QObject* checkupSuite() {
    return new CheckupTest;
}

}  // namespace gw::ui

#include "checkup_test.moc"
