#include <QDir>
#include <QElapsedTimer>
#include <QImage>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <cmath>

#include "schema/metric.h"
#include "ui/history.h"
#include "ui/pages/run_page.h"
#include "ui/plots/custom_plot.h"
#include "ui/plots/linked_plots.h"
#include "ui/run_details.h"
#include "ui/shell/main_window.h"
#include "ui/suites.h"
#include "ui/texts/text.h"

namespace gw::ui {

namespace {

/// A run that is being trained, of an objective whose kind says what is drawn.
RunRecord runOf(const char* objective, int every = 100) {
    RunRecord run;
    run.id = "run";
    run.status = "running";
    run.spec = {{"objective", {{"kind", objective}}}, {"evaluation", {{"every", every}}}};
    return run;
}

void showPlots(LinkedPlots& plots) {
    plots.resize(900, 700);
    plots.show();
    plots.drawNow();
}

double greatestIn(const DrawnCurve& curve, double from, double to) {
    double greatest = -HUGE_VAL;
    for (std::size_t i = 0; i < curve.x.size(); ++i)
        if (curve.x[i] >= from && curve.x[i] <= to) greatest = std::max(greatest, curve.high[i]);
    return greatest;
}

const LinkedPanel* panelOf(const LinkedPlots& plots, const std::string& metric) {
    for (const auto& panel : plots.panels())
        for (const LinkedCurve& curve : panel->curves)
            if (curve.plan.metric == metric) return panel.get();
    return nullptr;
}

}  // namespace

class PlotsTest : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void theMeanOfAConstantIsTheConstant() {
        Curve curve;
        curve.setWindow(50);
        for (int i = 1; i <= 50; ++i) {
            curve.add(i, i, 3.0);
            QVERIFY(std::abs(curve.smooth.back() - 3.0) < 1e-12);  // from the very first value on
        }
    }
    void smoothingAgreesWithItsDefinition() {
        Curve curve;
        curve.setWindow(10);
        std::vector<double> values;
        for (int i = 0; i < 40; ++i) values.push_back(i == 7 ? std::nan("") : std::sin(i));
        for (int i = 0; i < 40; ++i) curve.add(i, i, values[static_cast<std::size_t>(i)]);
        double sum = 0, weight = 0;
        for (int i = 39; i >= 0; --i) {  // weights exp(-k/10) backwards over the finite values
            if (i == 7) continue;
            const double power = std::exp(-(39 - i) / 10.0);
            sum += power * values[static_cast<std::size_t>(i)];
            weight += power;
        }
        QVERIFY(std::abs(curve.smooth.back() - sum / weight) < 1e-12);
    }
    void aResumeTakesThePlaceOfWhatItRewinds() {
        Curve curve;
        for (int i = 1; i <= 10; ++i) curve.add(i, i, i);
        QVERIFY(curve.add(6, 20, 100));
        QCOMPARE(curve.points.size(), std::size_t{6});
        QCOMPARE(curve.points.back().last, 100.0);
        QCOMPARE(curve.smooth.size(), curve.points.size());
        QVERIFY(!curve.add(7, 21, 99));
    }
    void whatWasGivenUpIsDrawnInGreyAndIsNoPartOfTheCurve() {
        LinkedPlots plots;
        RunRecord run = runOf("next_token");
        run.facts = {{"tokens_per_step", 768}};
        plots.setRun(run, {});
        std::map<std::string, std::vector<Bucket>> curves;
        std::vector<Bucket> before;
        for (std::int64_t step = 1; step <= 100; ++step) curves["train/loss"].push_back(Bucket::of(step, 0, 2));
        for (std::int64_t step = 41; step <= 90; ++step) before.push_back(Bucket::of(step, 0, step % 2 ? 1.9 : 2.1));
        plots.setCurves(curves);
        showPlots(plots);
        const QImage alone = plots.plot().grab().toImage();
        plots.setCurves(curves, {{"train/loss", {before}}});
        plots.drawNow();
        const DrawnCurve* drawn = plots.drawn("train/loss");
        QVERIFY(drawn);
        QCOMPARE(drawn->x.size(), std::size_t{100});
        QCOMPARE(drawn->givenUp.size(), std::size_t{1});
        QCOMPARE(drawn->givenUp.front()->x.front(), 41.0);
        QVERIFY(plots.plot().grab().toImage() != alone);
        plots.setX(XKind::tokens);
        QCOMPARE(plots.drawn("train/loss")->givenUp.size(), std::size_t{1});
        plots.setCurves(curves);
        QVERIFY(plots.drawn("train/loss")->givenUp.empty());
    }

    /// A picture with curves differs from an empty one, in every combination of axes, NaN included.
    void drawsInEveryMode() {
        LinkedPlots plots;
        RunRecord run = runOf("next_token");
        run.facts = {{"tokens_per_step", 768}, {"steps_per_epoch", 100}, {"flops_per_token", 1e6},
                     {"floor_loss", 0.2},      {"language_model", true}, {"clip", 1.0}};
        plots.setRun(run, {});
        showPlots(plots);
        const QImage empty = plots.grab().toImage();
        for (int step = 1; step <= 300; ++step) {
            plots.add("train/loss", step, step * 0.1, step == 150 ? std::nan("") : 4.0 / std::sqrt(step));
            plots.add("train/grad_norm", step, step * 0.1, 1.0 + std::sin(step));
            plots.add("train/lr", step, step * 0.1, 1e-3);
            if (step % 50 == 0) {
                plots.add("validation/loss", step, step * 0.1, 4.2 / std::sqrt(step));
                plots.add("validation/perplexity", step, step * 0.1, std::exp(4.2 / std::sqrt(step)));
            }
        }
        plots.addMark("save", 100);
        const std::pair<XKind, double> ends[] = {
            {XKind::step, 300}, {XKind::tokens, 300 * 768.0},    {XKind::epoch, 3},       {XKind::time, 30},
            {XKind::wall, 30},  {XKind::flops, 300 * 768 * 1e6}, {XKind::since_fork, 300}};
        QCOMPARE(std::size(ends), x_names().size());
        for (const auto& [x, end] : ends)
            for (const bool log : {false, true}) {
                plots.setX(x);
                plots.setLogX(log);
                plots.setLogY(log);
                plots.drawNow();
                const QImage drawn = plots.grab().toImage();
                QVERIFY(!drawn.isNull() && drawn != empty);
                const double last = plots.drawn("train/loss")->x.back();
                QVERIFY2(std::abs(last - end) < 1e-9 * end, qPrintable(QString::number(last)));
                QCOMPARE(plots.drawn("train/loss")->bad.size(), std::size_t{1});  // marked, not lost
            }
        QVERIFY(plots.legend().contains(QStringLiteral("▼")));
        plots.setFollow(true);
        plots.setWindow(0);
        plots.showAll();
        plots.clear();
        QVERIFY(plots.curves().empty());
    }
    /// However long a living run, what is held of it is bounded and nothing that stands out is lost.
    void manyPointsStayCheap() {
        LinkedPlots plots;
        for (int step = 1; step <= 200000; ++step)
            plots.add("train/loss", step, step, 2.0 + (step == 77777 ? 50.0 : 0.0));
        showPlots(plots);
        const Curve& curve = plots.curves().at("train/loss");
        QVERIFY(curve.points.size() < 2 * Curve::most);
        std::int64_t points = 0;
        for (const Bucket& bucket : curve.points) points += bucket.points;
        QCOMPARE(points, 200000);
        QCOMPARE(greatestIn(*plots.drawn("train/loss"), 0, 200000), 52.0);
    }
    void aSpikeOfOneStepIsSeenAtEveryZoom() {
        TestBench bench;
        const Workspace& workspace = bench.workbench.workspace();
        constexpr int steps = 30000, spike = 12347;
        constexpr double height = 50;
        const std::string id = addRun(workspace, "long", 1e-3, 1, 2, steps);
        workspace.store().or_throw().add_metrics(id, {{"train/loss", 0, spike, height, 0.1 * spike}}).or_throw();
        const RunDetails details = readRunDetails(workspace.database(), id).or_throw();
        const std::size_t read = details.curves.at("train/loss").size();
        QVERIFY(read > 2000 && read < steps / 2);  // thinned, but finer than any screen
        LinkedPlots plots;
        plots.setHistory(workspace.database());
        plots.setRun(details.record, details.clock);
        plots.setCurves(details.curves);
        showPlots(plots);
        QSignalSpy closer(&plots, &LinkedPlots::closerRead);
        // Something stands at the spike's place, above all other values, and nothing does a little aside.
        const auto onPicture = [&](double at) {
            plots.drawNow();
            const LinkedPanel& loss = *plots.panels().front();
            const QCPRange range = loss.y()->range();
            const QImage picture = plots.plot().toPixmap(0, 0, 1).toImage();
            const int x = qRound(loss.x()->coordToPixel(at)),
                      y = qRound(loss.y()->coordToPixel(std::min(range.upper - 0.03 * range.size(), 0.9 * height)));
            if (picture.pixelColor(x + 25, y) != tokens().surface) return false;
            for (int aside = -3; aside <= 3; ++aside)
                if (picture.pixelColor(x + aside, y) != tokens().surface) return true;
            return false;
        };
        QCOMPARE(greatestIn(*plots.drawn("train/loss"), 0, steps), height);
        QVERIFY(onPicture(spike));
        for (const double width : {20000.0, 5000.0, 1000.0, 200.0, 30.0}) {
            const double from = spike - width / 2, to = spike + width / 2;
            const auto before = closer.count();
            plots.setZoom(from, to);
            QCOMPARE(greatestIn(*plots.drawn("train/loss"), from, to), height);  // at once
            QVERIFY2(onPicture(spike), qPrintable(QString::number(width)));
            QTRY_VERIFY(closer.count() > before);
            QCOMPARE(greatestIn(*plots.drawn("train/loss"), from, to), height);  // and with what was read
            QVERIFY2(onPicture(spike), qPrintable(QString::number(width)));
        }
        // Every step stands there now, and a living run goes on behind the part that was read.
        const DrawnCurve& close = *plots.drawn("train/loss");
        for (int step = spike - 10; step <= spike + 10; ++step)
            QVERIFY(std::find(close.step.begin(), close.step.end(), step) != close.step.end());
        plots.add("train/loss", steps + 1, 0.1 * (steps + 1), 7);
        plots.drawNow();
        QCOMPARE(plots.drawn("train/loss")->line.size(), plots.drawn("train/loss")->x.size());
        QCOMPARE(plots.drawn("train/loss")->high.back(), 7.0);
        QCOMPARE(greatestIn(*plots.drawn("train/loss"), spike, spike), height);
        // On an axis of time too.
        const auto before = closer.count();
        plots.setX(XKind::time);
        QTRY_VERIFY(closer.count() > before);
        QCOMPARE(greatestIn(*plots.drawn("train/loss"), 0.1 * spike - 1e-6, 0.1 * spike + 1e-6), height);
        QVERIFY(onPicture(0.1 * spike));
    }
    void drawsTenTimesASecondAtMostAndOnlyWhatIsSeen() {
        LinkedPlots plots;
        showPlots(plots);
        QTest::qWait(150);
        int drawn = 0;
        connect(&plots.plot(), &QCustomPlot::afterReplot, this, [&] { ++drawn; });
        QElapsedTimer clock;
        clock.start();
        int step = 0;
        while (clock.elapsed() < 600) {
            ++step;
            plots.add("train/loss", step, step, 2.0);
            QCoreApplication::processEvents();
        }
        QVERIFY2(drawn >= 1 && drawn <= clock.elapsed() / 100 + 1, qPrintable(QString::number(drawn)));
        plots.hide();
        QCoreApplication::processEvents();
        drawn = 0;
        plots.add("train/loss", step + 1, step + 1, 2.0);
        QTest::qWait(250);
        QCOMPARE(drawn, 0);
        plots.show();
        QTRY_VERIFY(drawn > 0);
    }
    void whatALogarithmHasNoPlaceForIsFlagged() {
        LinkedPlots plots;
        plots.setRun(runOf("regression"), {});
        for (int step = 0; step < 20; ++step) {
            plots.add("train/loss", step, step, step == 9 ? -0.5 : step == 12 ? 0 : 2.0);
            plots.add("train/grad_norm", step, step, 1.0);
        }
        showPlots(plots);
        const LinkedPanel &loss = *plots.panels().front(), &norm = *panelOf(plots, "train/grad_norm");
        QVERIFY(!loss.title->text().contains(QStringLiteral("▼")));
        plots.setLogY(true);
        plots.drawNow();
        QVERIFY(loss.title->text().contains(QStringLiteral("▼")));
        QVERIFY(!norm.title->text().contains(QStringLiteral("▼")));
        QVERIFY(loss.y()->range().lower > 0);
        plots.setLogX(true);
        plots.drawNow();
        QVERIFY(norm.title->text().contains(QStringLiteral("◀")));  // step 0
        // A mark in the colour of warnings stands on the lower edge below each of the two.
        const QImage picture = plots.plot().toPixmap(0, 0, 1).toImage();
        for (const int step : {9, 12}) {
            const int x = qRound(loss.x()->coordToPixel(step));
            int marked = 0;
            for (int y = loss.rect->bottom() - 8; y <= loss.rect->bottom(); ++y)
                for (int aside = -5; aside <= 5; ++aside) {
                    const QColor at = picture.pixelColor(x + aside, y), warn = tokens().warn;
                    marked += std::abs(at.red() - warn.red()) + std::abs(at.green() - warn.green()) +
                                  std::abs(at.blue() - warn.blue()) <
                              60;
                }
            QVERIFY2(marked > 3, qPrintable(QString::number(marked)));
        }
    }
    void anEmptyPlotIsASentence() {
        LinkedPlots plots;
        plots.setRun(runOf("next_token"), {});
        showPlots(plots);
        const LinkedPanel& second = *panelOf(plots, "validation/perplexity");
        QVERIFY(second.nothing->visible());
        QVERIFY2(second.nothing->text().contains(QStringLiteral("100")), qPrintable(second.nothing->text()));
        QVERIFY(!second.y()->tickLabels() && !second.y()->grid()->visible());
        plots.add("validation/perplexity", 100, 1, 9);
        plots.drawNow();
        QVERIFY(!second.nothing->visible() && second.y()->tickLabels());
        // A run that is over waits for nothing, and one that evaluates only at its end says so.
        RunRecord over = runOf("classification");
        over.status = "finished";
        plots.setRun(over, {});
        plots.drawNow();
        QVERIFY(!panelOf(plots, "validation/accuracy")->nothing->text().contains(QStringLiteral("100")));
        plots.setRun(runOf("classification", 0), {});
        plots.drawNow();
        QVERIFY(panelOf(plots, "validation/accuracy")->nothing->text().contains(QStringLiteral("end")));
        // An axis that the run has not got yet.
        plots.setX(XKind::epoch);
        plots.drawNow();
        QVERIFY(plots.panels().front()->nothing->visible());
        QVERIFY(plots.panels().front()->nothing->text().contains(QStringLiteral("training data")));
    }
    void theSecondPlotIsWhatTheRunIsJudgedBy() {
        const std::pair<const char*, const char*> second[] = {{"next_token", "validation/perplexity"},
                                                              {"masked", "validation/accuracy"},
                                                              {"classification", "validation/accuracy"},
                                                              {"multi_label", "validation/f1_macro"},
                                                              {"regression", "validation/rmse"}};
        LinkedPlots plots;
        for (const auto& [objective, metric] : second) {
            plots.setRun(runOf(objective), {});
            QVERIFY2(panelOf(plots, metric), objective);
            QCOMPARE(plots.panels().size(), std::size_t{4});
            QCOMPARE(plots.drawn("validation/perplexity") != nullptr, std::string(metric) == "validation/perplexity");
        }
        // Curves that were there stay when a run's facts come.
        plots.add("train/loss", 1, 1, 2.0);
        plots.setRun(runOf("next_token"), {});
        QCOMPARE(plots.drawn("train/loss")->x.size(), std::size_t{1});
    }
    void axesKeepToWhatAMetricCanBe() {
        LinkedPlots plots;
        plots.setRun(runOf("classification"), {});
        for (int step = 100; step <= 500; step += 100)
            plots.add("validation/accuracy", step, step, step < 300 ? 0.5 : 1.0);
        plots.add("train/lr", 1, 1, 0);  // warming up
        showPlots(plots);
        const QCPRange accuracy = panelOf(plots, "validation/accuracy")->y()->range();
        QCOMPARE(accuracy.upper, 1.0);
        QVERIFY(accuracy.lower >= 0 && accuracy.lower < 0.5);
        QVERIFY(panelOf(plots, "train/lr")->y()->range().upper > 1e-6);
        QCOMPARE(range_of("validation/r2").most, 1.0);
        QVERIFY(std::isinf(range_of("validation/r2").least));
        QCOMPARE(range_of("train/grad_norm").least, 0.0);
        QVERIFY(std::isinf(range_of("something/unheard_of").most));
    }
    void aCriterionIsToldApartFromThePlainLoss() {
        LinkedPlots plots;
        plots.setRun(runOf("next_token"), {});
        plots.add("train/loss", 1, 1, 3);
        plots.add("validation/loss", 1, 1, 2);
        showPlots(plots);
        QVERIFY(!plots.legend().contains(QStringLiteral("plain loss")));
        plots.add("validation/criterion", 1, 1, 2.9);
        plots.drawNow();
        QVERIFY(plots.legend().contains(QStringLiteral("validation: plain loss")));
        QVERIFY(plots.legend().contains(QStringLiteral("training: what it minimises")));
        QCOMPARE(plots.drawn("validation/criterion")->line.back(), 2.9);
    }
    void theViewIsThereAgainAfterARestart() {
        TestBench bench;
        const std::string id = addRun(bench.workbench.workspace(), "one", 1e-3, 1, 2),
                          other = addRun(bench.workbench.workspace(), "two", 1e-3, 2, 2);
        {
            MainWindow window(bench.workbench);
            window.show();
            bench.workbench.openRun(qs(id));
            auto* page = static_cast<RunPage*>(window.page(QStringLiteral("run")));
            QTRY_VERIFY(page->plots().curves().contains("train/loss"));
            QTest::keyClick(page, Qt::Key_L);
            QTest::keyClick(page, Qt::Key_X);
            QTest::keyClick(page, Qt::Key_BracketRight);
            QVERIFY(page->plots().x() == XKind::tokens);
            page->plots().setZoom(20000, 60000);
        }
        Workbench again(Workspace::open(bench.folder.path().toStdString()).or_throw());
        MainWindow window(again);
        window.show();
        again.openRun(qs(id));
        auto* page = static_cast<RunPage*>(window.page(QStringLiteral("run")));
        QTRY_VERIFY(page->plots().zoom());
        QVERIFY(page->plots().x() == XKind::tokens && page->plots().logY() && !page->plots().logX());
        QCOMPARE(page->plots().window(), 50.0);
        QCOMPARE(*page->plots().zoom(), std::pair(20000.0, 60000.0));
        // The zoom is the run's own, the rest the page's; and the run has it again.
        again.openRun(qs(other));
        QTRY_VERIFY(page->plots().curves().contains("train/loss") && page->runId() == other);
        QVERIFY(!page->plots().zoom() && page->plots().logY());
        again.openRun(qs(id));
        QTRY_VERIFY(page->plots().zoom());
        // Another axis shows the same steps.
        QTest::keyClick(page, Qt::Key_X);
        QVERIFY(page->plots().x() == XKind::epoch);
        QVERIFY(page->plots().zoom() && page->plots().zoom()->second < 2);
    }
    void aDamagedViewIsAsAtFirst() {
        const PlotView view = plotView(Json::parse(
            R"({"x": "moons", "window": -3, "log_x": 7, "zooms": [4, {"run": "a", "x": "step", "from": 5, "to": 1}]})"));
        QVERIFY(view.x == XKind::step && view.window == 20 && !view.logX && view.zooms.empty());
        QVERIFY(plotView(Json()).zooms.empty());
        PlotView many;
        for (int i = 0; i < 80; ++i) many.setZoom(std::to_string(i), std::pair(0.0, 1.0));
        QCOMPARE(many.zooms.size(), PlotView::mostZooms);
        QVERIFY(!many.zoom("0") && many.zoom("79"));
        many.setZoom("79", std::nullopt);
        QVERIFY(!many.zoom("79"));
        QCOMPARE(toJson(plotView(toJson(many))), toJson(many));
    }
    void thePlotsOfARunAreExportedInEveryForm() {
        TestBench bench;
        const std::string id = addRun(bench.workbench.workspace(), "a", 1e-4, 1, 2);
        MainWindow window(bench.workbench);
        window.show();
        bench.workbench.openRun(qs(id));
        auto* page = static_cast<RunPage*>(window.page(QStringLiteral("run")));
        QTRY_VERIFY(page->plots().curves().contains("train/loss"));
        const QDir folder(bench.folder.path());
        const std::pair<const char*, const char*> forms[] = {
            {"svg", "<svg"}, {"pdf", "%PDF"}, {"png", "PNG"}, {"csv", "segment,step,seconds,train/loss"}};
        for (const auto& [ending, mark] : forms) {
            const QString file = folder.filePath(QStringLiteral("out.") + QLatin1String(ending));
            const Status written = page->exporting().exportTo(file);
            QVERIFY2(written, written ? "" : written.error().message.c_str());
            QVERIFY2(read_file(ss(file)).or_throw().substr(0, 400).find(mark) != std::string::npos, ending);
        }
        // The legend is part of the picture, and the values are all there.
        const QString svg = qs(read_file(ss(folder.filePath(QStringLiteral("out.svg")))).or_throw());
        QVERIFY(svg.contains(QRegularExpression(QStringLiteral(">\\s*validation\\s*</text>"))));
        const std::string csv = read_file(ss(folder.filePath(QStringLiteral("out.csv")))).or_throw();
        QCOMPARE(std::count(csv.begin(), csv.end(), '\n'), std::ptrdiff_t{1001});
        QVERIFY(!page->exporting().exportTo(folder.filePath(QStringLiteral("out.xyz"))));
        QVERIFY(!page->exporting().exportTo(QStringLiteral("/nowhere/out.csv")));
        QVERIFY(!page->exporting().exportTo(qs((bench.workbench.workspace().run_folder(id) / "journal.csv").string())));
        QCOMPARE(page->exporting().menu().actions().size(), 7);  // three pictures, a line, values, report, card
    }
};

QObject* plotsSuite() {
    return new PlotsTest;
}

}  // namespace gw::ui

#include "plots_test.moc"
