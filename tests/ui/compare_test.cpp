#include <QApplication>
#include <QDir>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <cmath>

#include "compare/smoothing.h"
#include "ui/history.h"
#include "ui/models/run_table_model.h"
#include "ui/pages/compare_page.h"
#include "ui/plots/curve_plottable.h"
#include "ui/plots/custom_plot.h"
#include "ui/shell/main_window.h"
#include "ui/suites.h"
#include "ui/texts/text.h"

namespace gw::ui {

class CompareTest : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void twoRatesAndThreeSeeds() {
        TestBench bench;
        std::vector<std::string> ids;
        for (const double lr : {1e-4, 1e-3})
            for (int seed = 1; seed <= 3; ++seed)
                ids.push_back(
                    addRun(bench.workbench.workspace(), "run", lr, seed, (lr > 5e-4 ? 1.8 : 2.0) + 0.01 * seed));
        MainWindow window(bench.workbench);
        window.show();
        auto* page = static_cast<ComparePage*>(window.page(QStringLiteral("compare")));
        auto* reader = page->findChild<CurveReader*>();
        QSignalSpy ready(reader, &CurveReader::ready);
        bench.workbench.compareRuns(ids);
        QCOMPARE(window.currentPage(), QStringLiteral("compare"));
        QTRY_VERIFY(page->comparison());
        QCOMPARE(page->comparison()->groups.size(), std::size_t{2});
        QCOMPARE(page->tabs().groups().index(1, GroupModel::verdict).data().toString().left(6),
                 QStringLiteral("Better"));
        QTRY_VERIFY(ready.count() > 0);
        QCOMPARE(page->runs().rowCount(), 6);
        QCOMPARE(page->tabs().settingsShown().rowCount(), 2);  // the rate and the seed

        // Keys: seeds as bands, then back; another baseline; the next axis.
        QTest::keyClick(page, Qt::Key_G);
        QTRY_COMPARE(page->runs().rowCount(), 2);
        QVERIFY(page->runs().row(0).band);
        QTest::keyClick(page, Qt::Key_G);
        QTRY_COMPARE(page->runs().rowCount(), 6);
        page->findChild<QTableView*>(QStringLiteral("compare.runs"))->setCurrentIndex(page->runs().index(3, 0));
        QTest::keyClick(page, Qt::Key_B);
        QTRY_COMPARE(page->comparison()->baseline, std::size_t{3});
        QTest::keyClick(page, Qt::Key_X);
        QTRY_VERIFY(page->comparison()->wish.x == XKind::tokens);
        QTest::keyClick(page, Qt::Key_Delete);
        QTRY_COMPARE(page->comparison()->runs.size(), std::size_t{5});

        // What was looked at is there again after a restart.
        Workbench again(Workspace::open(bench.folder.path().toStdString()).or_throw());
        MainWindow reopened(again);
        reopened.show();
        reopened.showPage(QStringLiteral("compare"));
        auto* restored = static_cast<ComparePage*>(reopened.page(QStringLiteral("compare")));
        QTRY_VERIFY(restored->comparison());
        QCOMPARE(restored->comparison()->runs.size(), std::size_t{5});
        QVERIFY(restored->comparison()->wish.x == XKind::tokens);
    }

    void exportsInEveryForm() {
        TestBench bench;
        const std::vector<std::string> ids{addRun(bench.workbench.workspace(), "a", 1e-4, 1, 2),
                                           addRun(bench.workbench.workspace(), "b", 1e-3, 1, 1.9)};
        MainWindow window(bench.workbench);
        window.show();
        auto* page = static_cast<ComparePage*>(window.page(QStringLiteral("compare")));
        QSignalSpy ready(page->findChild<CurveReader*>(), &CurveReader::ready);
        bench.workbench.compareRuns(ids);
        QTRY_VERIFY(ready.count() > 0);
        const QDir folder(bench.folder.path());
        const std::pair<const char*, const char*> forms[] = {{"svg", "<svg"},   {"pdf", "%PDF"},
                                                             {"png", "PNG"},    {"csv", "run,label"},
                                                             {"md", "| Run |"}, {"html", "<!DOCTYPE html>"}};
        for (const auto& [ending, mark] : forms) {
            const QString file = folder.filePath(QStringLiteral("out.") + QLatin1String(ending));
            const Status written = page->exportTo(file);
            QVERIFY2(written, written ? "" : written.error().message.c_str());
            QVERIFY2(read_file(ss(file)).or_throw().substr(0, 400).find(mark) != std::string::npos, ending);
        }
        // The legend is part of the picture.
        const std::string svg = read_file(ss(folder.filePath(QStringLiteral("out.svg")))).or_throw();
        QVERIFY(svg.find(">a</text>") != std::string::npos || svg.find(">a\n") != std::string::npos ||
                svg.find("a</text>") != std::string::npos);
        QVERIFY(!page->exportTo(folder.filePath(QStringLiteral("out.xyz"))));
        QVERIFY(!page->exportTo(QStringLiteral("/nowhere/out.csv")));
        const fs::path database = bench.workbench.workspace().database();
        QVERIFY(!page->exportTo(qs((database.parent_path() / "runs" / "out.csv").string())));
    }

    void badRunsAreNamedAndDrawnOver() {
        TestBench bench;
        const Workspace& workspace = bench.workbench.workspace();
        const std::string good = addRun(workspace, "good", 1e-4, 1, 2),
                          empty = addRun(workspace, "empty", 1e-3, 1, 2, 0),
                          one = addRun(workspace, "one", 1e-2, 1, 2, 1);
        Store store = workspace.store().or_throw();
        RunRecord bad = store.run(good).or_throw();
        bad.id = make_uuid();
        bad.name = "bad";
        store.add_run(bad).or_throw();
        std::vector<MetricInsert> rows;
        for (int step = 1; step <= 100; ++step) rows.push_back({"train/loss", 0, step, std::nan(""), 0.1 * step});
        store.add_metrics(bad.id, rows).or_throw();
        MainWindow window(bench.workbench);
        window.show();
        auto* page = static_cast<ComparePage*>(window.page(QStringLiteral("compare")));
        QSignalSpy ready(page->findChild<CurveReader*>(), &CurveReader::ready);
        bench.workbench.compareRuns({good, empty, one, bad.id});
        QTRY_VERIFY(ready.count() > 0);
        QCOMPARE(page->runs().rowCount(), 4);
        page->plots().drawNow(false);
        const auto [from, to] = page->plots().range();
        QVERIFY(std::isfinite(from) && std::isfinite(to) && to > from);
        bool named = false;
        for (const Phrase& warning : page->comparison()->warnings)
            named = named || warning.text().find("empty is not drawn") != std::string::npos;
        QVERIFY(named);
    }

    /// The same value at the same step, whatever part of the axis was read and however fine.
    void smoothingDoesNotDependOnTheZoom() {
        TestBench bench;
        const std::string id = addRun(bench.workbench.workspace(), "long", 1e-4, 1, 2, 30000);
        Store store = bench.workbench.workspace().store().or_throw();
        ReadWish wish;
        wish.runs = {{id, RunScale(store.run(id).or_throw(), {}), 0}};
        wish.metrics = {"train/loss"};
        wish.drawing.window = 50;
        wish.columns = 400;
        const DrawnCurve whole = *CurveReader::readNow(store, wish, {}).or_throw().begin()->second;
        wish.range = std::pair(10000.0, 10300.0);
        const DrawnCurve part = *CurveReader::readNow(store, wish, {}).or_throw().begin()->second;
        QVERIFY(part.x.size() > 500);  // every step
        for (const double at : {10010.0, 10100.0, 10290.0})
            QVERIFY2(std::abs(*whole.at(at) - *part.at(at)) < 0.03,
                     qPrintable(QString::number(*whole.at(at) - *part.at(at))));
        // The plain way, over all points from the first.
        MovingMean mean(50);
        double plain = 0;
        for (const MetricPoint& point : store.series(id, "train/loss").or_throw()) {
            if (point.step > 10100) break;
            plain = mean.next(Bucket::of(point.step, point.seconds, point.value));
        }
        QVERIFY(std::abs(*part.at(10100) - plain) < 1e-4);
    }

    void differenceAndBandAreThoseOfThePoints() {
        DrawnCurve a, b;
        for (int i = 0; i <= 10; ++i) {
            a.x.push_back(i);
            a.step.push_back(i);
            a.line.push_back(2.0 * i);
            a.low.push_back(2.0 * i - 1);
            a.high.push_back(2.0 * i + 1);
        }
        b = a;
        for (double& value : b.line) value += 2;
        const DrawnCurve difference = differenceTo(b, a);
        for (const double value : difference.line) QCOMPARE(value, 2.0);
        const DrawnCurve band = bandOf({std::make_shared<DrawnCurve>(a), std::make_shared<DrawnCurve>(b)}, 11);
        QCOMPARE(band.x.size(), std::size_t{11});
        for (std::size_t i = 0; i < band.x.size(); ++i) {
            QVERIFY(std::abs(band.line[i] - (2 * band.x[i] + 1)) < 1e-9);
            QVERIFY(std::abs(band.high[i] - band.line[i] - std::sqrt(2.0)) < 1e-9);
        }
    }

    void theHeightAndTheZoomAreKept() {
        TestBench bench;
        const std::vector<std::string> ids{addRun(bench.workbench.workspace(), "a", 1e-4, 1, 2),
                                           addRun(bench.workbench.workspace(), "b", 1e-3, 1, 1.9)};
        MainWindow window(bench.workbench);
        window.show();
        auto* page = static_cast<ComparePage*>(window.page(QStringLiteral("compare")));
        QSignalSpy ready(page->findChild<CurveReader*>(), &CurveReader::ready);
        bench.workbench.compareRuns(ids);
        QTRY_VERIFY(ready.count() > 0);
        ComparePlots& plots = page->plots();
        plots.drawNow(false);
        const std::vector<int> before = plots.heights();
        QCOMPARE(before.size(), std::size_t{2});
        auto* plot = plots.findChild<QCustomPlot*>();
        const QPoint grip = plots.handle(1).center(), further = grip - QPoint(0, 30);
        QTest::mousePress(plot, Qt::LeftButton, {}, grip);
        QTest::mouseMove(plot, further);
        QTest::mouseRelease(plot, Qt::LeftButton, {}, further);
        plots.drawNow(false);
        const std::vector<int> after = plots.heights();
        QVERIFY2(after[0] < before[0] - 20 && after[1] > before[1] + 20, qPrintable(QString::number(after[0])));
        QSignalSpy settled(&plots, &ComparePlots::viewSettled);
        plots.setRange(100, 300);
        QTRY_VERIFY(settled.count() > 0);
        // New figures of the same runs do not take the zoom away.
        ready.clear();
        QTest::keyClick(page, Qt::Key_BracketRight);
        QTRY_VERIFY(ready.count() > 1);
        QCOMPARE(plots.range(), std::pair(100.0, 300.0));

        Workbench again(Workspace::open(bench.folder.path().toStdString()).or_throw());
        MainWindow reopened(again);
        reopened.show();
        reopened.showPage(QStringLiteral("compare"));
        auto* restored = static_cast<ComparePage*>(reopened.page(QStringLiteral("compare")));
        QTRY_VERIFY(restored->comparison());
        QCOMPARE(restored->plots().range(), std::pair(100.0, 300.0));
        QCOMPARE(restored->plots().shares(), plots.shares());
        QTRY_VERIFY((restored->plots().showAll(), restored->plots().range().second > 900));
        QVERIFY(!restored->plots().zoomed());
    }

    void labelsAndFiguresAreReadWholeWhereThereIsLittleRoom() {
        TestBench bench;
        const std::vector<std::string> ids{addRun(bench.workbench.workspace(), "a", 1e-4, 1, 0.89714),
                                           addRun(bench.workbench.workspace(), "b", 1e-3, 1, 0.85123)};
        MainWindow window(bench.workbench);
        window.show();
        auto* page = static_cast<ComparePage*>(window.page(QStringLiteral("compare")));
        QSignalSpy ready(page->findChild<CurveReader*>(), &CurveReader::ready);
        bench.workbench.compareRuns(ids);
        QTRY_VERIFY(ready.count() > 0);
        auto* plot = page->plots().findChild<QCustomPlot*>();
        for (const int height : {190, 260, 400}) {
            plot->setFixedHeight(height);
            QTRY_COMPARE(plot->height(), height);
            plot->replot();  // lays out
            plot->replot();  // counts the ticks by the heights
            QCOMPARE(plot->axisRects().size(), 2);
            for (QCPAxisRect* rect : plot->axisRects()) {
                const QCPAxis* y = rect->axis(QCPAxis::atLeft);
                const int tall = QFontMetrics(y->tickLabelFont()).ascent();  // of digits
                double before = NAN;
                int labels = 0;
                for (const double tick : y->tickVector()) {
                    if (!y->range().contains(tick)) continue;
                    const double at = y->coordToPixel(tick);
                    QVERIFY2(std::isnan(before) || std::abs(at - before) >= tall,
                             qPrintable(QStringLiteral("%1 px apart in %2 px").arg(before - at).arg(rect->height())));
                    before = at;
                    ++labels;
                }
                QVERIFY(labels > 0);
            }
        }
        // The baseline's figures are in bold, which takes more room.
        for (const QTableView* view : page->tabs().findChildren<QTableView*>()) {
            if (!qobject_cast<const SummaryModel*>(view->model())) continue;
            for (int row = 0; row < view->model()->rowCount(); ++row)
                for (const int column : {SummaryModel::best, SummaryModel::last, SummaryModel::atEqualX})
                    QVERIFY2(
                        view->sizeHintForIndex(view->model()->index(row, column)).width() <= view->columnWidth(column),
                        qPrintable(view->model()->index(row, column).data().toString()));
        }
    }

    void whatALogarithmicAxisCannotShowIsSaid() {
        TestBench bench;
        const Workspace& workspace = bench.workbench.workspace();
        const std::string good = addRun(workspace, "good", 1e-4, 1, 2), low = addRun(workspace, "low", 1e-3, 1, 2, 0);
        Store store = workspace.store().or_throw();
        std::vector<MetricInsert> rows;
        for (int step = 1; step <= 200; ++step)
            rows.push_back({"train/loss", 0, step, step < 100 ? 1.0 : -1.0, 0.1 * step});
        store.add_metrics(low, rows).or_throw();
        store.add_metrics(good, {{"validation/criterion", 0, 100, 2.5, 10.0}}).or_throw();
        MainWindow window(bench.workbench);
        window.show();
        auto* page = static_cast<ComparePage*>(window.page(QStringLiteral("compare")));
        QSignalSpy ready(page->findChild<CurveReader*>(), &CurveReader::ready);
        bench.workbench.compareRuns({good, low});
        QTRY_VERIFY(ready.count() > 0);
        QCOMPARE(page->comparison()->wish.metric, std::string("train/loss"));
        QVERIFY(page->plots().offText(0).isEmpty());
        page->plots().setLogY(true);
        QVERIFY2(page->plots().offText(0).contains(QStringLiteral("0 or less")), qPrintable(page->plots().offText(0)));
        page->plots().setLogY(false);
        QVERIFY(page->plots().offText(0).isEmpty());
        // The training loss of one of them is more than the plain loss that the other is trained by.
        QVERIFY2(page->plots().titleText(0).contains(QStringLiteral("what training minimises")),
                 qPrintable(page->plots().titleText(0)));
        bool warned = false;
        for (const Phrase& warning : page->comparison()->warnings)
            warned = warned || warning.text().find("minimise more than the plain loss") != std::string::npos;
        QVERIFY(warned);
    }

    void tablesWithoutLinesSayWhy() {
        TestBench bench;
        const std::vector<std::string> ids{addRun(bench.workbench.workspace(), "a", 1e-4, 1, 2),
                                           addRun(bench.workbench.workspace(), "b", 1e-3, 1, 1.9)};
        MainWindow window(bench.workbench);
        window.resize(1440, 900);
        window.show();
        bench.workbench.compareRuns(ids);
        auto* page = static_cast<ComparePage*>(window.page(QStringLiteral("compare")));
        QTRY_VERIFY(page->comparison());
        auto* noSeeds = page->findChild<QLabel*>(QStringLiteral("compare.noSeeds"));
        QVERIFY(!noSeeds->isHidden() && noSeeds->text().contains(QStringLiteral("another seed")));
        auto* noSettings = page->findChild<QLabel*>(QStringLiteral("compare.noSettings"));
        auto* clear = page->findChild<QPushButton*>(QStringLiteral("compare.clearSearch"));
        page->findWanted();
        auto* search = page->tabs().findChildren<QLineEdit*>().front();
        search->setText(QStringLiteral("zzz"));
        QVERIFY(noSettings->isVisible() && clear->isVisible());
        clear->click();
        QVERIFY(!noSettings->isVisible() && page->tabs().settingsShown().rowCount() == 1);

        // A line that the mouse is near is marked; the keys go on acting on the line that was chosen.
        auto* list = page->findChild<QTableView*>(QStringLiteral("compare.runs"));
        list->setCurrentIndex(page->runs().index(0, 0));
        Q_EMIT page->plots().hovered(1);
        QVERIFY(list->selectionModel()->isRowSelected(1) && list->currentIndex().row() == 0);
        Q_EMIT page->plots().hovered(-1);
        QVERIFY(list->selectionModel()->isRowSelected(0) && !list->selectionModel()->isRowSelected(1));

        window.showPage(QStringLiteral("runs"));
        auto* table = window.findChild<QTableView*>(QStringLiteral("runs.table"));
        QTRY_VERIFY(table->isVisible() && table->model()->rowCount() == 2);
        for (const int column : {RunTableModel::objective, RunTableModel::parameters, RunTableModel::disk})
            QVERIFY2(!table->isColumnHidden(column), qPrintable(QString::number(column)));
        auto* filter = window.findChild<QLineEdit*>(QStringLiteral("runs.filter"));
        filter->setText(QStringLiteral("nothingLikeThis"));
        auto* nothing = window.findChild<QLabel*>(QStringLiteral("runs.nothing"));
        QVERIFY(nothing->isVisible() && !table->isVisible());
        window.findChild<QPushButton*>(QStringLiteral("runs.clearFilter"))->click();
        QVERIFY(!nothing->isVisible() && table->isVisible() && filter->text().isEmpty());
    }

    void aSavedComparisonComesBackWithItsNotes() {
        TestBench bench;
        const std::vector<std::string> ids{addRun(bench.workbench.workspace(), "a", 1e-4, 1, 2),
                                           addRun(bench.workbench.workspace(), "b", 1e-3, 1, 1.9)};
        Json body = to_json(ComparisonWish{.runs = ids, .x = XKind::flops});
        body["note"] = "kept";
        bench.workbench.workspace().store().or_throw().set_saved({"comparison", "mine", body, ""}).or_throw();
        MainWindow window(bench.workbench);
        window.show();
        window.showPage(QStringLiteral("compare"));
        auto* page = static_cast<ComparePage*>(window.page(QStringLiteral("compare")));
        QComboBox* saved = nullptr;
        for (QComboBox* box : page->findChildren<QComboBox*>())
            if (box->findText(QStringLiteral("mine")) >= 0) saved = box;
        QVERIFY(saved);
        Q_EMIT saved->activated(saved->findText(QStringLiteral("mine")));
        QTRY_VERIFY(page->comparison());
        QVERIFY(page->comparison()->wish.x == XKind::flops);
        QCOMPARE(page->tabs().notes(), QStringLiteral("kept"));
    }
};

QObject* compareSuite() {
    return new CompareTest;
}

}  // namespace gw::ui

#include "compare_test.moc"
