#include "ui/plots/point_scatter.h"

#include <QKeyEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/plots/plot_style.h"
#include "ui/shell/theme.h"

namespace gw::ui {

namespace {

constexpr int groupColors = 6;  // of Tokens::curve, before they come again
constexpr int mostInLegend = 24;

QCPScatterStyle markOfGroup(int group) {
    static constexpr QCPScatterStyle::ScatterShape shapes[] = {QCPScatterStyle::ssDisc, QCPScatterStyle::ssSquare,
                                                               QCPScatterStyle::ssTriangle, QCPScatterStyle::ssDiamond,
                                                               QCPScatterStyle::ssCross};
    constexpr double size = 6;
    const QColor color = group < 0 ? tokens().muted : tokens().curve(group);
    const auto shape = shapes[static_cast<std::size_t>(std::max(0, group) / groupColors) % std::size(shapes)];
    return QCPScatterStyle(shape, QPen(color, 1), QBrush(color), size);
}

}  // namespace

PointScatter::PointScatter(QWidget* parent) : QCustomPlot(parent) {
    constexpr int leastHeight = 140;
    setMinimumHeight(leastHeight);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
    for (QCPAxis* axis : {xAxis, yAxis}) axis->setTickLabels(false);
    axisRect()->insetLayout()->take(legend);
    plotLayout()->addElement(1, 0, legend);
    constexpr double asLowAsItCanBe = 0.001;
    plotLayout()->setRowStretchFactor(1, asLowAsItCanBe);
    connect(&Theme::instance(), &Theme::changed, this, &PointScatter::draw);
    draw();
}

void PointScatter::setPoints(std::vector<PlanePoint> points, std::vector<int> groups, QStringList names) {
    // The same rows placed anew: the one that is looked at stays so.
    if (points.size() != points_.size()) current_ = -1;
    points_ = std::move(points);
    groups_ = std::move(groups);
    groups_.resize(points_.size(), -1);
    names_ = std::move(names);
    draw();
    showAll();
}

void PointScatter::draw() {
    clearGraphs();
    stylePlot(*this);
    legend->clear();
    legend->setVisible(false);
    const auto count = static_cast<int>(names_.size());
    for (int group = -1; group < count; ++group) {
        QVector<double> x, y;
        for (std::size_t i = 0; i < points_.size(); ++i)
            if (groups_[i] == group || (group < 0 && groups_[i] >= count)) {
                x.push_back(points_[i][0]);
                y.push_back(points_[i][1]);
            }
        if (x.isEmpty()) continue;
        QCPGraph* graph = addGraph();
        graph->setLineStyle(QCPGraph::lsNone);
        graph->setScatterStyle(markOfGroup(group));
        graph->setData(x, y);
        constexpr int widest = 110;  // px
        const QString name = group < 0 ? tr("Others") : names_[group];
        graph->setName(QFontMetrics(Theme::smallFont()).elidedText(name, Qt::ElideRight, widest));
        if (legend->itemCount() > mostInLegend || count == 0) graph->removeFromLegend();
    }
    styleLegend(*this);
    legend->setVisible(count > 0 && legend->itemCount() > 0);
    ring_ = addGraph();
    ring_->removeFromLegend();
    ring_->setLineStyle(QCPGraph::lsNone);
    constexpr double ringSize = 13;
    ring_->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(tokens().text, 2), Qt::NoBrush, ringSize));
    if (current_ >= 0) {
        const PlanePoint& at = points_[static_cast<std::size_t>(current_)];
        ring_->setData({at[0]}, {at[1]});
    }
    fitLegend();
    replot(rpQueuedReplot);
}

void PointScatter::fitLegend() {
    constexpr int column = 140;  // px: mark and name
    legend->setWrap(std::max(1, width() / column));
    legend->setFillOrder(QCPLegend::foColumnsFirst);
}

void PointScatter::showAll() {
    if (points_.empty()) return replot(rpQueuedReplot);
    PlanePoint low = points_.front(), high = low;
    for (const PlanePoint& point : points_)
        for (std::size_t axis = 0; axis < 2; ++axis) {
            low[axis] = std::min(low[axis], point[axis]);
            high[axis] = std::max(high[axis], point[axis]);
        }
    auto range = [&](std::size_t axis) {
        constexpr double room = 0.06;
        const double span = high[axis] - low[axis], more = span > 0 ? room * span : 1;
        return QCPRange(low[axis] - more, high[axis] + more);
    };
    xAxis->setRange(range(0));
    yAxis->setRange(range(1));
    // A distance is the same along both axes; the one that would be cut is widened.
    replot(rpImmediateRefresh);
    if (axisRect()->width() > 0 && axisRect()->height() > 0) {
        const double across = xAxis->range().size() / axisRect()->width(),
                     up = yAxis->range().size() / axisRect()->height();
        across < up ? xAxis->setScaleRatio(yAxis, 1) : yAxis->setScaleRatio(xAxis, 1);
    }
    replot(rpQueuedReplot);
}

void PointScatter::setCurrent(int point) {
    if (point < -1 || point >= points() || point == current_) return;
    current_ = point;
    ring_->data()->clear();
    if (current_ >= 0) {
        const PlanePoint& at = points_[static_cast<std::size_t>(current_)];
        ring_->setData({at[0]}, {at[1]});
        // By keys one comes to points that a zoom has left outside.
        if (!xAxis->range().contains(at[0]) || !yAxis->range().contains(at[1])) showAll();
    }
    replot(rpQueuedReplot);
    Q_EMIT currentChanged(current_);
}

QPointF PointScatter::pixelOf(int point) const {
    const PlanePoint& at = points_[static_cast<std::size_t>(point)];
    return {xAxis->coordToPixel(at[0]), yAxis->coordToPixel(at[1])};
}

int PointScatter::nearest(const QPointF& pixel) const {
    constexpr double reach = 16;  // px
    int best = -1;
    double least = reach * reach;
    for (int i = 0; i < points(); ++i) {
        const QPointF apart = pixelOf(i) - pixel;
        if (const double d = QPointF::dotProduct(apart, apart); d < least) {
            least = d;
            best = i;
        }
    }
    return best;
}

int PointScatter::towards(const QPointF& direction) const {
    if (current_ < 0) return points_.empty() ? -1 : 0;
    int best = current_;
    double least = HUGE_VAL;
    for (int i = 0; i < points(); ++i) {
        const QPointF apart = pixelOf(i) - pixelOf(current_);
        const double along = QPointF::dotProduct(apart, direction),
                     aside = std::abs(apart.x() * direction.y() - apart.y() * direction.x());
        // What lies in the quarter that the key points to, the nearest of it.
        if (along <= 0 || aside > along) continue;
        if (const double d = along * along + aside * aside; d < least) {
            least = d;
            best = i;
        }
    }
    return best;
}

void PointScatter::keyPressEvent(QKeyEvent* event) {
    if (points_.empty() || event->modifiers() != Qt::NoModifier) return QCustomPlot::keyPressEvent(event);
    switch (event->key()) {
        case Qt::Key_Left:
            return setCurrent(towards({-1, 0}));
        case Qt::Key_Right:
            return setCurrent(towards({1, 0}));
        case Qt::Key_Up:
            return setCurrent(towards({0, -1}));
        case Qt::Key_Down:
            return setCurrent(towards({0, 1}));
        case Qt::Key_PageDown:  // also to points that lie upon one another
            return setCurrent(std::min(points() - 1, current_ + 1));
        case Qt::Key_PageUp:
            return setCurrent(std::max(0, current_ - 1));
        case Qt::Key_Home:
            return setCurrent(0);
        case Qt::Key_End:
            return setCurrent(points() - 1);
        default:
            QCustomPlot::keyPressEvent(event);
    }
}

void PointScatter::mouseMoveEvent(QMouseEvent* event) {
    QCustomPlot::mouseMoveEvent(event);
    if (event->buttons() != Qt::NoButton) return;
    // Away from all points the last one stays, so that it can be read.
    if (const int point = nearest(event->position()); point >= 0) setCurrent(point);
}

void PointScatter::mouseDoubleClickEvent(QMouseEvent* event) {
    QCustomPlot::mouseDoubleClickEvent(event);
    showAll();
}

void PointScatter::resizeEvent(QResizeEvent* event) {
    QCustomPlot::resizeEvent(event);
    fitLegend();
    showAll();
}

void PointScatter::paintEvent(QPaintEvent* event) {
    QCustomPlot::paintEvent(event);
    if (!hasFocus()) return;
    QPainter painter(this);
    painter.setPen(QPen(tokens().accent, 1));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

void PointScatter::focusInEvent(QFocusEvent* event) {
    QCustomPlot::focusInEvent(event);
    update();
}

void PointScatter::focusOutEvent(QFocusEvent* event) {
    QCustomPlot::focusOutEvent(event);
    update();
}

}  // namespace gw::ui
