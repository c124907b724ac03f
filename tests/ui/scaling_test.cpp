#include <QDoubleSpinBox>
#include <QLabel>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTest>
#include <cmath>

#include "compare/scaling_study.h"
#include "ui/history.h"
#include "ui/suites.h"
#include "ui/widgets/dialogs/scaling_dialog.h"

namespace gw::ui {

namespace {

constexpr int scalingWait = 60000;  // ms that a test waits for

template <class Widget>
Widget* ofDialog(const QWidget& in, const char* name) {
    return in.findChild<Widget*>(QString::fromUtf8(name));
}

/// Runs of four sizes whose losses follow 300 C^-0.2 + 1, some percent apart from seed to seed.
std::vector<std::string> makeStudy(const Workspace& workspace, const std::string& name, int seeds) {
    Store store = workspace.store().or_throw();
    std::vector<std::string> ids;
    Json rows = Json::array();
    for (int size = 0; size < 4; ++size)
        for (int seed = 0; seed < seeds; ++seed) {
            const double flops = 1e8 * std::pow(4, size);
            const double loss = (300 * std::pow(flops * 1000, -0.2) + 1) * (1 + 0.01 * (seed - 1));
            RunRecord run =
                store.run(addRun(workspace, name + std::to_string(ids.size()), 1e-3, seed, loss, 10)).or_throw();
            run.facts["flops_per_token"] = flops;  // a run of this history counts 1,000 tokens
            store.update_run(run).or_throw();
            ids.push_back(run.id);
            rows.push_back({{"run", run.id}, {"size", std::to_string(size) + "×64"}});
        }
    store.set_saved({"scaling", name, {{"runs", std::move(rows)}}, now_utc()}).or_throw();
    return ids;
}

}  // namespace

class ScalingTest : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void runsAreKnownAsThoseOfTheirStudy() {
        TestBench bench;
        const Workspace& workspace = bench.workbench.workspace();
        const auto one = makeStudy(workspace, "one", 1), other = makeStudy(workspace, "other", 1);
        const std::string alone = addRun(workspace, "alone", 1e-3, 1, 2.0, 10);
        const Store store = workspace.store().or_throw();
        const auto of = [&](const std::vector<std::string>& ids) {
            return scaling_of_runs(store, ids).or_throw().value_or("none");
        };
        QCOMPARE(of(one), std::string("one"));
        QCOMPARE(of({other[1], other[0]}), std::string("other"));
        QCOMPARE(of({one[0], other[0]}), std::string("none"));
        QCOMPARE(of({one[0], alone}), std::string("none"));
        QCOMPARE(of({}), std::string("none"));
    }

    void showsTheLawItsBandAndTheForecast() {
        TestBench bench;
        const Workspace& workspace = bench.workbench.workspace();
        (void)makeStudy(workspace, "stories", 3);
        ScalingDialog dialog(workspace, "stories");
        QSignalSpy made(&dialog, &ScalingDialog::made);
        QVERIFY(made.wait(scalingWait));
        QVERIFY2(made.first().first().toBool(), qPrintable(ofDialog<QLabel>(dialog, "scaling.state")->text()));
        QCOMPARE(ofDialog<QTableWidget>(dialog, "scaling.runs")->rowCount(), 12);
        auto* plot = ofDialog<ScalingPlot>(dialog, "scaling.plot");
        QCOMPARE(plot->graphCount(), 5);  // the band's two edges, law, forecast, runs
        QCOMPARE(plot->graph(4)->dataCount(), 12);
        QCOMPARE(plot->xAxis->scaleType(), QCPAxis::stLogarithmic);
        QCOMPARE(plot->yAxis->scaleType(), QCPAxis::stLogarithmic);
        const double most = 1e8 * 64 * 1000;
        const auto end = [&](int graph) { return (plot->graph(graph)->data()->constEnd() - 1)->key; };
        QVERIFY(std::abs(end(2) / most - 1) < 1e-9);
        QVERIFY(std::abs(end(3) / (100 * most) - 1) < 1e-9);
        QVERIFY(plot->xAxis->range().contains(100 * most));
        // The forecast lies within its band, and near the law that the runs were made by.
        const double forecast = (plot->graph(3)->data()->constEnd() - 1)->value;
        QVERIFY((plot->graph(0)->data()->constEnd() - 1)->value <= forecast);
        QVERIFY((plot->graph(1)->data()->constEnd() - 1)->value >= forecast);
        QVERIFY(std::abs(forecast - (300 * std::pow(100 * most, -0.2) + 1)) < 0.1);
        auto* said = ofDialog<QLabel>(dialog, "scaling.forecast");
        QVERIFY(said->text().contains(QStringLiteral("nine times in ten")));
        const QString before = said->text();
        ofDialog<QDoubleSpinBox>(dialog, "scaling.times")->setValue(10);
        QVERIFY(said->text() != before);
        QVERIFY(std::abs(end(3) / (10 * most) - 1) < 1e-9);
        // Not beyond the runs: then there is no forecast to draw.
        ofDialog<QDoubleSpinBox>(dialog, "scaling.times")->setValue(1);
        QCOMPARE(plot->graphCount(), 4);
    }

    void oneSeedGivesNoBand() {
        TestBench bench;
        (void)makeStudy(bench.workbench.workspace(), "thin", 1);
        ScalingDialog dialog(bench.workbench.workspace(), "thin");
        QSignalSpy made(&dialog, &ScalingDialog::made);
        QVERIFY(made.wait(scalingWait));
        QCOMPARE(ofDialog<ScalingPlot>(dialog, "scaling.plot")->graphCount(), 3);
        QVERIFY(ofDialog<QLabel>(dialog, "scaling.forecast")->text().contains(QStringLiteral("no band")));
    }

    void saysWhyThereIsNoLaw() {
        TestBench bench;
        const Workspace& workspace = bench.workbench.workspace();
        const auto ids = makeStudy(workspace, "young", 1);
        {
            Store store = workspace.store().or_throw();
            for (std::size_t i = 1; i < ids.size(); ++i) {
                RunRecord run = store.run(ids[i]).or_throw();
                run.status = "queued";
                store.update_run(run).or_throw();
            }
        }
        for (const char* name : {"young", "nothing"}) {
            ScalingDialog dialog(workspace, name);
            QSignalSpy made(&dialog, &ScalingDialog::made);
            QVERIFY(made.wait(scalingWait));
            QCOMPARE(made.first().first().toBool(), false);
            QVERIFY(!ofDialog<QLabel>(dialog, "scaling.state")->text().isEmpty());
            QVERIFY(!ofDialog<QDoubleSpinBox>(dialog, "scaling.times")->isEnabled());
            QVERIFY(ofDialog<QLabel>(dialog, "scaling.forecast")->text().isEmpty());
        }
    }
};

QObject* scalingSuite() {
    return new ScalingTest;
}

}  // namespace gw::ui

#include "scaling_test.moc"
