#include <SQLiteCpp/Database.h>

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QSignalSpy>
#include <QTest>
#include <cmath>
#include <memory>

#include "scratch.h"
#include "ui/models/compare_models.h"
#include "ui/models/queue_model.h"
#include "ui/models/run_table_model.h"
#include "ui/suites.h"
#include "ui/texts/text.h"
#include "ui/widgets/run_delegates.h"
#include "ui/widgets/table_view.h"

namespace gw::ui {

namespace {

RunRow row(const std::string& id, const std::string& name, double best, const std::string& status = "finished") {
    RunRow row;
    row.record.id = id;
    row.record.name = name;
    row.record.status = status;
    row.record.created = "2026-01-0" + std::to_string(1 + id[0] % 9) + "T00:00:00Z";
    row.record.best_validation_loss = row.record.best_score = best;
    row.record.spec = {{"objective", {{"kind", name.find("masked") == std::string::npos ? "next_token" : "masked"}}},
                       {"training", {{"seed", 1}}}};
    static std::int64_t revision = 0;
    row.record.revision = ++revision;
    row.outline = {3, 2, 1};
    return row;
}

RunChanges all(std::vector<RunRow> rows) {
    RunChanges changes;
    for (const RunRow& one : rows) changes.ids.push_back(one.record.id);
    changes.changed = std::move(rows);
    return changes;
}

gw::RunFilter filter(const char* text) {
    std::vector<FilterProblem> problems;
    return gw::RunFilter::parse(text, problems);
}

}  // namespace

class TableTest : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void anotherHistoryIsReadFromItsBeginning() {
        const Scratch scratch;
        const fs::path file = scratch / "groundwork.db";
        const auto store = [&](std::initializer_list<const char*> names) {
            Store made = Store::open(file).or_throw();
            for (const char* name : names) {
                RunRecord run = row(name, name, 1).record;
                run.spec = Json::object();
                made.add_run(run).or_throw();
            }
        };
        store({"a", "b", "c"});
        RunTableModel model;
        model.apply(readRunChanges(file, 0).or_throw());
        QCOMPARE(model.total(), 3);
        // Nothing new: nothing is read again.
        QVERIFY(readRunChanges(file, model.revision(), false, model.history()).or_throw().changed.empty());
        std::error_code notThere;  // what stands beside a database that is closed
        for (const char* beside : {"", "-wal", "-shm"})
            fs::rename(file.string() + beside, (scratch / "former").string() + beside, notThere);
        store({"a", "d"});
        model.apply(readRunChanges(file, model.revision(), false, model.history()).or_throw());
        QCOMPARE(model.total(), 2);
        QVERIFY(model.find("d"));
        QCOMPARE(model.leftOut(), 0);
        // What was asked for before everything is read anew says nothing of the rest.
        auto late = readRunChanges(file, model.revision(), false, model.history()).or_throw();
        model.clear();
        model.apply(std::move(late));
        QCOMPARE(model.total() + model.leftOut(), 0);
        model.apply(readRunChanges(file, model.revision(), false, model.history()).or_throw());
        QCOMPARE(model.total(), 2);
        SQLite::Database(file.string(), SQLite::OPEN_READWRITE)
            .exec("UPDATE runs SET steps = -5, revision = 99 WHERE id = 'd'");
        RunTableModel other;
        other.apply(readRunChanges(file, 0).or_throw());
        QCOMPARE(other.total(), 1);
        QCOMPARE(other.leftOut(), 1);
    }

    void newRatesChangeTheCostOfAllRuns() {
        const Scratch scratch;
        const fs::path file = scratch / "groundwork.db";
        Store store = Store::open(file).or_throw();
        RunRecord run = row("a", "a", 1).record;
        run.spec = Json::object();
        run.seconds = 3600;
        store.add_run(run).or_throw();
        RunTableModel model;
        const auto read = [&] {
            model.apply(readRunChanges(file, model.revision(), false, model.history(), model.rates()).or_throw());
            return model.index(0, RunTableModel::cost).data().toString();
        };
        QCOMPARE(read(), QStringLiteral("–"));
        CostRates rates;
        rates.watts = 500;
        set_cost_rates(store, rates).or_throw();
        QCOMPARE(read(), QStringLiteral("≈ 0.500 kWh"));
        rates.price = 30;
        rates.currency = "JPY";
        set_cost_rates(store, rates).or_throw();
        QCOMPARE(read(), QStringLiteral("15.0 JPY"));
        QVERIFY(model.index(0, RunTableModel::cost).data(Qt::ToolTipRole).toString().contains(QStringLiteral("500 W")));
        QVERIFY(
            readRunChanges(file, model.revision(), false, model.history(), model.rates()).or_throw().changed.empty());
    }

    void keepsTheRulesOfModels() {
        RunTableModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.apply(all({row("a", "first", 2), row("b", "second", 1)}));
        model.apply(all({row("c", "third", 3), row("a", "first", 2), row("b", "second", 1)}));
        model.sort(RunTableModel::best, Qt::AscendingOrder);
        model.setGroup(RunTableModel::Group::objective);
        model.toggle(0);
        model.setFilter(filter("third"));
        model.apply({{}, {"a"}, 0});
        model.clear();
        QCOMPARE(model.rowCount(), 0);
    }
    void selectionStaysWithItsRun() {
        RunTableModel model;
        model.apply(all({row("a", "first", 2)}));
        const QPersistentModelIndex held = model.index(0, RunTableModel::name);
        model.apply(all({row("b", "second", 1), row("a", "first", 2)}));
        QCOMPARE(held.data().toString(), QStringLiteral("first"));
        model.sort(RunTableModel::best, Qt::AscendingOrder);
        QCOMPARE(held.row(), 1);
        model.sort(RunTableModel::best, Qt::DescendingOrder);
        QCOMPARE(held.row(), 0);
        model.setFilter(filter("second"));
        QVERIFY(!held.isValid());
    }
    void onlyWhatChangedIsGiven() {
        RunTableModel model;
        model.apply(all({row("a", "first", 2), row("b", "second", 1)}));
        const std::int64_t before = model.revision();
        model.apply({{row("a", "renamed", 2)}, {"a", "b"}, 0});
        QCOMPARE(model.total(), 2);
        QCOMPARE(qs(model.find("a")->record.name), QStringLiteral("renamed"));
        QVERIFY(model.revision() > before);
    }
    void sortsNumbersAsNumbersAndFilters() {
        RunTableModel model;
        model.apply(all({row("a", "small gpt", 10), row("b", "large gpt", 9), row("c", "masked", 2)}));
        model.sort(RunTableModel::best, Qt::AscendingOrder);
        QCOMPARE(model.index(0, RunTableModel::name).data().toString(), QStringLiteral("masked"));
        QCOMPARE(model.index(2, RunTableModel::name).data().toString(), QStringLiteral("small gpt"));
        model.setFilter(filter("GPT val<9.5"));
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.total(), 3);
    }
    /// Best first, whichever way the metric of a run is better; other metrics stand apart.
    void ranksByWhatEachRunIsJudgedBy() {
        RunTableModel model;
        std::vector<RunRow> rows{row("a", "weak", 0.6), row("b", "strong", 0.9), row("c", "loss high", 3),
                                 row("d", "loss low", 2)};
        for (RunRow* one : {&rows[0], &rows[1]}) one->record.facts["main_metric"] = "f1_macro";
        model.apply(all(rows));
        model.sort(RunTableModel::best, Qt::AscendingOrder);
        QStringList names;
        for (int i = 0; i < 4; ++i) names << model.index(i, RunTableModel::name).data().toString();
        QCOMPARE(names, QStringList({QStringLiteral("strong"), QStringLiteral("weak"), QStringLiteral("loss low"),
                                     QStringLiteral("loss high")}));
        QCOMPARE(model.index(0, RunTableModel::best).data().toString(), QStringLiteral("0.9000 F1 (macro)"));
        // Beside another metric a loss is named too, and not where all are losses of one task.
        QCOMPARE(model.index(2, RunTableModel::best).data().toString(), QStringLiteral("2.000 Loss"));
        model.apply({{}, {"c", "d"}, 0});
        QCOMPARE(model.index(0, RunTableModel::best).data().toString(), QStringLiteral("2.000"));
    }
    void groupsUnderHeadingsThatFold() {
        RunTableModel model;
        model.apply(all({row("a", "small gpt", 10), row("b", "large gpt", 9), row("c", "masked", 2)}));
        model.sort(RunTableModel::best, Qt::AscendingOrder);
        model.setGroup(RunTableModel::Group::objective);
        QCOMPARE(model.rowCount(), 5);
        QVERIFY(model.isHeading(0) && !model.isHeading(1) && model.isHeading(2));
        QVERIFY(model.index(0, 0).data().toString().contains(QStringLiteral("Masked tokens")));
        model.toggle(2);
        QCOMPARE(model.rowCount(), 3);
    }
    void hiddenColumnsKeepTheirWidth() {
        RunTableModel model;
        const std::unique_ptr<QTableView> view(plainTable(QStringLiteral("runs"), &model)),
            again(plainTable(QStringLiteral("runs"), &model));
        view->setColumnWidth(RunTableModel::disk, 173);
        for (QTableView* one : {view.get(), again.get()}) one->setColumnHidden(RunTableModel::disk, true);
        const QVariantList kept = columnWidths(*view);
        QVERIFY(view->isColumnHidden(RunTableModel::disk));
        QCOMPARE(kept[RunTableModel::disk].toInt(), 173);
        setColumnWidths(*again, kept);
        again->setColumnHidden(RunTableModel::disk, false);
        QCOMPARE(again->columnWidth(RunTableModel::disk), 173);
    }
    /// The beginning, which many names share, is cut first.
    void whatTellsRunsApartIsCutLast() {
        const QFontMetrics metrics(QApplication::font());
        const QString name = QStringLiteral("shakespeare of many words 2×64 · lr 3e-3 · seed 2"),
                      telling = QStringLiteral(" · lr 3e-3 · seed 2");
        QCOMPARE(shortName(name, metrics, metrics.horizontalAdvance(name)), name);
        const int less = metrics.horizontalAdvance(telling) + metrics.horizontalAdvance(QStringLiteral("shakespeare"));
        const QString cut = shortName(name, metrics, less);
        QVERIFY2(cut.endsWith(telling) && cut.startsWith(QLatin1Char('s')), qPrintable(cut));
        QVERIFY(metrics.horizontalAdvance(cut) <= less);
        const int least = metrics.horizontalAdvance(QStringLiteral("… · seed 2x"));
        QVERIFY2(shortName(name, metrics, least).endsWith(QStringLiteral("seed 2")),
                 qPrintable(shortName(name, metrics, least)));
    }
    void interruptedRunsAreAskedAbout() {
        RunTableModel model;
        RunRow dismissed = row("b", "old", 1, "interrupted");
        dismissed.record.dismissed = true;
        model.apply(all({row("a", "lost", 2, "interrupted"), dismissed}));
        QCOMPARE(model.interrupted().size(), std::size_t{1});
    }
    void tenThousandRunsStayFluid() {
        std::vector<RunRow> rows;
        for (int i = 0; i < 10000; ++i)
            rows.push_back(row(std::to_string(i), "run " + std::to_string(i), 1.0 + i % 97));
        RunTableModel model;
        QElapsedTimer clock;
        clock.start();
        model.apply(all(std::move(rows)));
        model.setFilter(filter("run val<50 -masked"));
        model.sort(RunTableModel::best, Qt::AscendingOrder);
        model.setGroup(RunTableModel::Group::status);
        qInfo("apply, filter, sort and group of 10,000 runs: %lld ms", clock.elapsed());
        QVERIFY2(clock.elapsed() < 5000, "generous, for machines under load");
        QVERIFY(model.shown() > 4000);
    }
    void renamingTellsTheHistory() {
        RunTableModel model;
        model.apply(all({row("a", "first", 2)}));
        QSignalSpy spy(&model, &RunTableModel::renamed);
        QVERIFY(model.setData(model.index(0, RunTableModel::name), QStringLiteral(" better "), Qt::EditRole));
        QCOMPARE(spy.count(), 1);
        QCOMPARE(spy[0][1].toString(), QStringLiteral("better"));
        QVERIFY(!model.setData(model.index(0, RunTableModel::name), QStringLiteral("  "), Qt::EditRole));
    }
    void theModelsOfAComparisonKeepTheRules() {
        auto comparison = std::make_shared<Comparison>();
        for (const double lr : {0.1, 0.2}) {
            ComparedRun run;
            run.record.id = "run" + std::to_string(lr);
            run.record.spec = {{"optimizer", {{"lr", lr}, {"kind", "adamw"}}}};
            run.label = run.record.id;
            run.trace.x = {1, 2};
            run.trace.y = {3, 2};
            run.last = run.best = run.at_equal_x = 2 + lr;
            run.difference = lr - 0.1;
            comparison->runs.push_back(run);
        }
        comparison->groups = {{"a", {0}, {1, 2.1, 0}, {}}, {"b", {1}, {1, 2.2, 0}, {}}};
        comparison->settings = spec_table({comparison->runs[0].record, comparison->runs[1].record});
        SummaryModel summary;
        GroupModel groups;
        SettingsModel settings;
        SettingsFilter shown;
        shown.setSourceModel(&settings);
        CompareRunModel runs;
        QueueModel queue;
        for (QAbstractItemModel* model :
             {static_cast<QAbstractItemModel*>(&summary), static_cast<QAbstractItemModel*>(&groups),
              static_cast<QAbstractItemModel*>(&settings), static_cast<QAbstractItemModel*>(&shown),
              static_cast<QAbstractItemModel*>(&runs), static_cast<QAbstractItemModel*>(&queue)})
            new QAbstractItemModelTester(model, QAbstractItemModelTester::FailureReportingMode::QtTest, model);
        summary.setComparison(comparison);
        groups.setComparison(comparison);
        settings.setComparison(comparison);
        runs.setRows({{QStringLiteral("one"), {}, 1, true, true, false, 2.0},
                      {QStringLiteral("two"), {}, 2, true, false, false, std::nan("")}});
        queue.setRows({{comparison->runs[0].record, 10, 100, 5.0}});
        QCOMPARE(summary.index(1, SummaryModel::difference).data().toString(), QStringLiteral("+0.100"));
        QCOMPARE(settings.rowCount(), 2);
        QCOMPARE(shown.rowCount(), 1);  // only what differs
        shown.setOnlyDiffering(false);
        QCOMPARE(shown.rowCount(), 2);
        shown.setWord(QStringLiteral("ADAM"));
        QCOMPARE(shown.rowCount(), 1);
        QSignalSpy changed(&runs, &CompareRunModel::shownChanged);
        QVERIFY(runs.setData(runs.index(1, 0), Qt::Unchecked, Qt::CheckStateRole));
        QCOMPARE(changed.count(), 1);
        QCOMPARE(runs.index(1, CompareRunModel::value).data().toString(), QStringLiteral("–"));
    }
    void decimalCommasOfTheSystemChangeNothing() {
        const QLocale before;
        QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
        QCOMPARE(valueText(1.5), QStringLiteral("1.500"));
        std::vector<FilterProblem> problems;
        const auto wanted = gw::RunFilter::parse("val<2.5", problems);
        QVERIFY(problems.empty());
        QVERIFY(wanted.accepts(row("a", "x", 2.4).record) && !wanted.accepts(row("a", "x", 2.6).record));
        (void)gw::RunFilter::parse("val<2,5x", problems);
        QLocale::setDefault(before);
    }
    void figuresAreForPeople() {
        QCOMPARE(countText(1234567), QStringLiteral("1\u2009234\u2009567"));
        QCOMPARE(shortCount(10654321), QStringLiteral("10.7\u2009M"));
        QCOMPARE(shortCount(999), QStringLiteral("999"));
        QCOMPARE(valueText(std::nullopt), QStringLiteral("–"));
        QCOMPARE(valueText(std::nan("")), QStringLiteral("NaN"));
    }
};

QObject* tableSuite() {
    return new TableTest;
}

}  // namespace gw::ui

#include "table_test.moc"
