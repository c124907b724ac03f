#include "ui/plots/plot_style.h"

#include <algorithm>
#include <cmath>

#include "ui/shell/theme.h"
#include "ui/texts/text.h"

namespace gw::ui {

void stylePlot(QCustomPlot& plot, const Tokens& t) {
    plot.setBackground(t.surface);
    for (QCPAxisRect* rect : plot.axisRects())
        for (QCPAxis* axis : rect->axes()) {
            axis->setBasePen(Qt::NoPen);
            axis->setTickPen(Qt::NoPen);
            axis->setSubTickPen(Qt::NoPen);
            axis->setTickLabelColor(t.muted);
            axis->setLabelColor(t.muted);
            axis->setTickLabelFont(Theme::smallFont());
            axis->setLabelFont(Theme::smallFont());
            axis->grid()->setPen(QPen(t.line, 1));
            axis->grid()->setSubGridVisible(false);
            axis->grid()->setZeroLinePen(Qt::NoPen);
        }
}

void styleLegend(QCustomPlot& plot, const Tokens& t) {
    plot.legend->setBrush(t.surface);
    plot.legend->setTextColor(t.text);
    const bool inside = plot.legend->layout() == plot.axisRect()->insetLayout();
    plot.legend->setBorderPen(inside ? QPen(t.line) : QPen(Qt::NoPen));
    plot.legend->setFont(Theme::smallFont());
}

void placeLegendBeside(QCustomPlot& plot) {
    plot.axisRect()->insetLayout()->take(plot.legend);
    plot.plotLayout()->addElement(0, 1, plot.legend);
    constexpr double asNarrowAsItCanBe = 0.001;
    plot.plotLayout()->setColumnStretchFactor(1, asNarrowAsItCanBe);
    plot.legend->setVisible(true);
}

namespace {

QString tickText(double tick) {
    if (tick != 0 && (std::abs(tick) < 1e-3)) return QString::number(tick, 'g', 3);
    return QString::number(tick, 'g', 5);
}

class LogTicker final : public QCPAxisTickerLog {
  protected:
    QString getTickLabel(double tick, const QLocale&, QChar, int) override { return tickText(tick); }
};

class LinearTicker final : public QCPAxisTicker {
  protected:
    QString getTickLabel(double tick, const QLocale&, QChar, int) override {
        return tickText(std::abs(tick) < 1e-15 ? 0 : tick);
    }
};

/// Ticks at whole seconds, minutes and hours.
class TimeTicker final : public QCPAxisTicker {
  protected:
    double getTickStep(const QCPRange& range) override {
        const double about = range.size() / (tickCount() + 1e-10);
        for (const double step :
             {1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 21600, 43200, 86400})
            if (step >= about) return step;
        return 86400 * std::ceil(about / 86400);
    }
    QString getTickLabel(double tick, const QLocale&, QChar, int) override {
        return tick <= 0 ? QStringLiteral("0") : secondsText(tick);
    }
};

}  // namespace

QString ShortTicker::getTickLabel(double tick, const QLocale&, QChar, int) {
    return std::abs(tick) < 10000 ? tickText(tick) : shortCount(tick);
}

QSharedPointer<QCPAxisTicker> logTicker() {
    auto* ticker = new LogTicker;
    ticker->setLogBase(10);
    ticker->setSubTickCount(8);
    return QSharedPointer<QCPAxisTicker>(ticker);
}

int ticksIn(int height) {
    // Readable steps give up to half as many again as are asked for, and one more.
    constexpr int most = 5, least = 2;
    if (height <= 0) return most;  // not laid out yet
    const double labels = height / static_cast<double>(QFontMetrics(Theme::smallFont()).height());
    return std::clamp(static_cast<int>((labels - 1) / 1.5), least, most);
}

QSharedPointer<QCPAxisTicker> timeTicker() {
    auto* ticker = new TimeTicker;
    ticker->setTickCount(5);
    return QSharedPointer<QCPAxisTicker>(ticker);
}

QSharedPointer<QCPAxisTicker> linearTicker(bool shortNumbers) {
    QCPAxisTicker* ticker = shortNumbers ? static_cast<QCPAxisTicker*>(new ShortTicker) : new LinearTicker;
    ticker->setTickCount(5);
    return QSharedPointer<QCPAxisTicker>(ticker);
}

}  // namespace gw::ui
