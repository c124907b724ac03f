#include <QLineEdit>
#include <QTest>

#include "ui/forms/field_editor.h"
#include "ui/history.h"
#include "ui/suites.h"
#include "ui/tiny_spec.h"
#include "ui/widgets/dialogs/cost_dialog.h"

namespace gw::ui {

class CostTest : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void keepsRatesAndSumsUp() {
        TestBench bench;
        const Workspace& workspace = bench.workbench.workspace();
        addRun(workspace, "one", 1e-3, 1, 2, 18000);  // half an hour
        CostDialog dialog(bench.workbench);
        dialog.show();
        QTRY_VERIFY_WITH_TIMEOUT(dialog.sum().text().contains(QStringLiteral("Nothing measured")), longWait);
        const auto kept = [&] { return cost_rates(workspace.store().or_throw()).or_throw(); };
        const auto editor = [&](const char* key) {
            for (FieldEditor* one : dialog.findChildren<FieldEditor*>())
                if (one->row().info.key == key) return one;
            return static_cast<FieldEditor*>(nullptr);
        };
        editor("watts")->change(400);
        editor("price")->change(30);
        editor("currency")->change("JPY");
        QTRY_VERIFY_WITH_TIMEOUT(dialog.sum().text().contains(QStringLiteral("6.00 JPY")), longWait);
        QVERIFY2(dialog.sum().text().contains(QStringLiteral("0.200 kWh")), qPrintable(dialog.sum().text()));
        QCOMPARE(kept().watts, 400.0);
        // Another dialog shows what was kept.
        CostDialog again(bench.workbench);
        QTRY_VERIFY_WITH_TIMEOUT(again.sum().text().contains(QStringLiteral("6.00 JPY")), longWait);
        // What is out of range is said at its field and not kept.
        editor("price")->change(-1);
        QCOMPARE(kept().price, 30.0);
    }
};

QObject* costSuite() {
    return new CostTest;
}

}  // namespace gw::ui

#include "cost_test.moc"
