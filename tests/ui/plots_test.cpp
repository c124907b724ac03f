#include <QImage>
#include <QTest>
#include <cmath>

#include "ui/plots/linked_plots.h"
#include "ui/suites.h"

namespace gw::ui {

class PlotsTest : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void theMeanOfAConstantIsTheConstant() {
        Curve curve;
        curve.smoothing = 0.98;
        for (int i = 1; i <= 50; ++i) {
            curve.add(i, i, 3.0);
            QVERIFY(std::abs(curve.smooth.back() - 3.0) < 1e-12);  // from the very first value on
        }
    }
    void smoothingAgreesWithItsDefinition() {
        Curve curve;
        curve.smoothing = 0.9;
        std::vector<double> values;
        for (int i = 0; i < 40; ++i) values.push_back(i == 7 ? std::nan("") : std::sin(i));
        for (int i = 0; i < 40; ++i) curve.add(i, i, values[static_cast<std::size_t>(i)]);
        double sum = 0, weight = 0, power = 1;
        for (int i = 39; i >= 0; --i) {  // weights 0.9^k backwards over the finite values
            if (i == 7) continue;
            sum += power * values[static_cast<std::size_t>(i)];
            weight += power;
            power *= 0.9;
        }
        QVERIFY(std::abs(curve.smooth.back() - sum / weight) < 1e-12);
    }
    void aResumeTakesThePlaceOfWhatItRewinds() {
        Curve curve;
        for (int i = 1; i <= 10; ++i) curve.add(i, i, i);
        QVERIFY(curve.add(6, 20, 100));
        QCOMPARE(curve.points.size(), std::size_t{6});
        QCOMPARE(curve.points.back().value, 100.0);
        QCOMPARE(curve.smooth.size(), curve.points.size());
        QVERIFY(!curve.add(7, 21, 99));
    }
    /// A picture with curves differs from an empty one, in every combination of axes, NaN included.
    void drawsInEveryMode() {
        LinkedPlots plots;
        plots.resize(900, 700);
        plots.show();
        plots.drawNow();
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
        plots.setFacts(768, 0.2, 1.0);
        plots.addMark("save", 100);
        for (const auto x : {LinkedPlots::X::step, LinkedPlots::X::tokens, LinkedPlots::X::seconds})
            for (const bool log : {false, true}) {
                plots.setX(x);
                plots.setLogX(log);
                plots.setLogY(log);
                plots.drawNow();
                const QImage drawn = plots.grab().toImage();
                QVERIFY(drawn != empty);
                QVERIFY(!drawn.isNull());
            }
        plots.setFollow(true);
        plots.setSmoothing(0);
        plots.showAll();
        plots.clear();
        QVERIFY(plots.curves().empty());
    }
    void manyPointsStayCheap() {
        LinkedPlots plots;
        plots.resize(900, 700);
        for (int step = 1; step <= 200000; ++step)
            plots.add("train/loss", step, step, 2.0 + (step == 77777 ? 50.0 : 0.0));
        plots.show();
        plots.drawNow();
        QCOMPARE(plots.curves().at("train/loss").points.size(), std::size_t{200000});
    }
};

QObject* plotsSuite() {
    return new PlotsTest;
}

}  // namespace gw::ui

#include "plots_test.moc"
