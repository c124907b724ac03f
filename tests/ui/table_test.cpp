#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include "ui/models/run_table_model.h"
#include "ui/suites.h"
#include "ui/text.h"

namespace gw::ui {

namespace {

RunRow row(const std::string& id, const std::string& name, double best) {
    RunRow made;
    made.record.id = id;
    made.record.name = name;
    made.record.status = "finished";
    made.record.created = made.record.started = "2026-01-31T12:34:56Z";
    made.record.spec = {{"objective", {{"kind", "next_token"}}}};
    made.record.facts = {{"parameters", 800000}};
    made.record.best_validation_loss = best;
    return made;
}

}  // namespace

class TableTest : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void keepsTheRulesOfAModel() {
        RunTableModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setRows({});
        model.setRows({row("a", "first", 2)});
        model.setRows({row("b", "second", 1), row("a", "first", 2)});  // a new run comes first
        QCOMPARE(model.rowCount(), 2);
        model.setRows({row("b", "renamed", 1), row("a", "first", 2)});
        QCOMPARE(model.index(0, RunTableModel::name).data().toString(), QStringLiteral("renamed"));
        model.setRows({row("c", "another", 3)});
        QCOMPARE(model.rowCount(), 1);
    }
    void newRunsKeepTheSelection() {
        RunTableModel model;
        model.setRows({row("a", "first", 2)});
        const QPersistentModelIndex held = model.index(0, RunTableModel::name);
        model.setRows({row("b", "second", 1), row("a", "first", 2)});
        QCOMPARE(held.row(), 1);
        QCOMPARE(held.data().toString(), QStringLiteral("first"));
    }
    void sortsNumbersAsNumbersAndFiltersByWords() {
        RunTableModel model;
        model.setRows({row("a", "small gpt", 10), row("b", "large gpt", 9), row("c", "masked", 2)});
        RunFilter filter;
        filter.setSourceModel(&model);
        filter.setSortRole(RunTableModel::sortRole);
        filter.sort(RunTableModel::best, Qt::AscendingOrder);
        QCOMPARE(filter.index(0, RunTableModel::name).data().toString(), QStringLiteral("masked"));
        QCOMPARE(filter.index(2, RunTableModel::name).data().toString(), QStringLiteral("small gpt"));
        filter.setWords(QStringLiteral("GPT large"));
        QCOMPARE(filter.rowCount(), 1);
        filter.setWords(QStringLiteral("finished"));
        QCOMPARE(filter.rowCount(), 3);
    }
    void renamingTellsTheHistory() {
        RunTableModel model;
        model.setRows({row("a", "first", 2)});
        QSignalSpy spy(&model, &RunTableModel::renamed);
        QVERIFY(model.setData(model.index(0, RunTableModel::name), QStringLiteral(" better "), Qt::EditRole));
        QCOMPARE(spy.count(), 1);
        QCOMPARE(spy[0][1].toString(), QStringLiteral("better"));
        QVERIFY(!model.setData(model.index(0, RunTableModel::name), QStringLiteral("  "), Qt::EditRole));
    }
    void figuresAreForPeople() {
        QCOMPARE(countText(1234567), QStringLiteral("1\u2009234\u2009567"));
        QCOMPARE(shortCount(10654321), QStringLiteral("10.7\u2009M"));
        QCOMPARE(shortCount(999), QStringLiteral("999"));
        QCOMPARE(valueText(std::nullopt), QStringLiteral("–"));
        QCOMPARE(valueText(std::nan("")), QStringLiteral("NaN"));
    }
};

QObject* tableSuite() { return new TableTest; }

}  // namespace gw::ui

#include "table_test.moc"
