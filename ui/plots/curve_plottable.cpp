#include "ui/plots/curve_plottable.h"

#include <algorithm>
#include <cmath>

#include "ui/shell/theme.h"

namespace gw::ui {

namespace {

/// From a coordinate to a pixel; QCPAxis::coordToPixel asks the axis for everything each time.
class ToPixel {
  public:
    explicit ToPixel(const QCPAxis* axis) : logarithmic_(axis->scaleType() == QCPAxis::stLogarithmic) {
        const QCPRange range = axis->range();
        const double a = axis->coordToPixel(range.lower), b = axis->coordToPixel(range.upper);
        const double low = logarithmic_ ? std::log(range.lower) : range.lower,
                     high = logarithmic_ ? std::log(range.upper) : range.upper;
        scale_ = high > low ? (b - a) / (high - low) : 0;
        offset_ = a - scale_ * low;
    }
    double operator()(double value) const {
        return offset_ + scale_ * (logarithmic_ ? std::log(std::max(value, 1e-300)) : value);
    }

  private:
    bool logarithmic_;
    double scale_ = 0, offset_ = 0;
};

}  // namespace

CurvePlottable::CurvePlottable(QCPAxis* x, QCPAxis* y)
    : QCPAbstractPlottable(x, y), curve_(std::make_shared<DrawnCurve>()) {}

void CurvePlottable::setLook(const QPen& pen, bool ghost, bool band) {
    pen_ = pen;
    ghost_ = ghost;
    band_ = band;
}

std::pair<std::size_t, std::size_t> CurvePlottable::span() const {
    const QCPRange range = keyAxis()->range();
    const auto& x = curve_->x;
    auto begin = std::lower_bound(x.begin(), x.end(), range.lower), end = std::upper_bound(begin, x.end(), range.upper);
    // One more on either side, so that the line goes on to the edges.
    if (begin != x.begin()) --begin;
    if (end != x.end()) ++end;
    return {static_cast<std::size_t>(begin - x.begin()), static_cast<std::size_t>(end - x.begin())};
}

void CurvePlottable::draw(QCPPainter* painter) {
    const DrawnCurve& c = *curve_;
    QColor color = pen_.color();
    if (faded_) color.setAlphaF(0.25F);
    drawGivenUp(painter);
    drawBad(painter, color);
    if (c.empty()) return;
    const auto [begin, end] = span();
    const ToPixel px(keyAxis()), py(valueAxis());
    const bool logX = keyAxis()->scaleType() == QCPAxis::stLogarithmic,
               logY = valueAxis()->scaleType() == QCPAxis::stLogarithmic;
    QVector<QPolygonF> lines(1);  // broken where a value has no place
    QVector<QLineF> strokes;
    QVector<double> off;
    QPolygonF upper, lower;
    const bool ghost = ghost_ && !band_ && !c.points;
    std::size_t i = begin;
    while (i < end && logX && c.x[i] <= 0) ++i;
    const std::size_t first = i;
    while (i < end) {
        // All buckets of one column of pixels together.
        const double column = std::floor(px(c.x[i]));
        double low = c.low[i], high = c.high[i], sum = 0;
        std::size_t j = i;
        for (; j < end && std::floor(px(c.x[j])) == column; ++j) {
            low = std::min(low, c.low[j]);
            high = std::max(high, c.high[j]);
            sum += c.line[j];
        }
        const double mean = sum / static_cast<double>(j - i), x = j - i > 1 ? column + 0.5 : px(c.x[i]);
        if (!logY || mean > 0)
            lines.back() << QPointF(x, py(mean));
        else if (!lines.back().isEmpty())
            lines << QPolygonF();
        if (logY && std::min(low, mean) <= 0) off << x;
        if (ghost && (!logY || high > 0))
            strokes << QLineF(column, std::round(py(logY ? std::max(low, valueAxis()->range().lower) : low)), column,
                              std::round(py(high)));
        if (band_) {
            upper << QPointF(x, py(high));
            lower << QPointF(x, py(low));
        }
        i = j;
    }
    if (band_) {
        QColor soft = color;
        soft.setAlphaF(faded_ ? 0.06F : 0.18F);
        std::reverse(lower.begin(), lower.end());
        painter->setAntialiasing(!quick_);
        painter->setPen(Qt::NoPen);
        painter->setBrush(soft);
        painter->drawPolygon(upper + lower);
        painter->setBrush(Qt::NoBrush);
    }
    if (ghost && !faded_) {
        QColor soft = color;
        soft.setAlphaF(0.25F);
        painter->setAntialiasing(false);
        painter->setPen(QPen(soft, 0));
        painter->drawLines(strokes);
        // Between the columns, where there are fewer values than pixels, the strokes are dots: a thin line joins the
        // recorded values.
        if (static_cast<double>(strokes.size()) < 0.5 * keyAxis()->axisRect()->width()) {
            QPolygonF thin;
            for (std::size_t k = first; k < end; ++k)
                if (const double middle = 0.5 * (c.low[k] + c.high[k]); !logY || middle > 0)
                    thin << QPointF(px(c.x[k]), py(middle));
            painter->drawPolyline(thin);
        }
    }
    QPen pen = pen_;
    pen.setColor(color);
    if (quick_) pen = QPen(color, 0, pen_.style());
    painter->setAntialiasing(!quick_);
    painter->setPen(pen);
    for (const QPolygonF& line : lines) painter->drawPolyline(line);
    if (c.points && !quick_) {
        painter->setBrush(color);
        painter->setPen(Qt::NoPen);
        for (const QPolygonF& line : lines)
            for (const QPointF& at : line) painter->drawEllipse(at, 2.5, 2.5);
        painter->setBrush(Qt::NoBrush);
    }
    drawOff(painter, color, off);
}

/// Of weights that the run was taken up before: there, but no part of its curve.
void CurvePlottable::drawGivenUp(QCPPainter* painter) const {
    if (curve_->givenUp.empty()) return;
    const ToPixel px(keyAxis()), py(valueAxis());
    const bool logX = keyAxis()->scaleType() == QCPAxis::stLogarithmic,
               logY = valueAxis()->scaleType() == QCPAxis::stLogarithmic;
    QColor color = Theme::instance().tokens().muted;
    color.setAlphaF(faded_ ? 0.15F : 0.5F);
    painter->setAntialiasing(!quick_);
    painter->setPen(QPen(color, 1));
    for (const DrawnCurvePtr& curve : curve_->givenUp) {
        QPolygonF line;
        for (std::size_t i = 0; i < curve->x.size(); ++i)
            if ((!logX || curve->x[i] > 0) && (!logY || curve->line[i] > 0))
                line << QPointF(px(curve->x[i]), py(curve->line[i]));
        painter->drawPolyline(line);
    }
}

/// What is no number stands on the upper edge, in the run's colour with an edge that is no curve's.
void CurvePlottable::drawBad(QCPPainter* painter, const QColor& color) const {
    if (curve_->bad.empty()) return;
    const ToPixel px(keyAxis());
    const bool logX = keyAxis()->scaleType() == QCPAxis::stLogarithmic;
    const double top = valueAxis()->axisRect()->top();
    painter->setAntialiasing(true);
    painter->setPen(QPen(Theme::instance().tokens().bad, 1.2));
    painter->setBrush(color);
    double last = -100;
    for (const double at : curve_->bad) {
        if ((logX && at <= 0) || !keyAxis()->range().contains(at) || px(at) - last < 4) continue;
        last = px(at);
        painter->drawPolygon(QPolygonF({{last - 5, top + 1}, {last + 5, top + 1}, {last, top + 9}}));
    }
    painter->setBrush(Qt::NoBrush);
}

/// What a logarithmic axis has no place for stands on the lower edge.
void CurvePlottable::drawOff(QCPPainter* painter, const QColor& color, const QVector<double>& columns) const {
    if (columns.isEmpty()) return;
    const double bottom = valueAxis()->axisRect()->bottom();
    painter->setAntialiasing(true);
    painter->setPen(QPen(Theme::instance().tokens().warn, 1.2));
    painter->setBrush(color);
    double last = -100;
    for (const double at : columns) {
        if (at - last < 4) continue;
        last = at;
        painter->drawPolygon(QPolygonF({{at - 4, bottom - 7}, {at + 4, bottom - 7}, {at, bottom}}));
    }
    painter->setBrush(Qt::NoBrush);
}

bool CurvePlottable::offLogarithm(const QCPAxis* axis) const {
    if (axis->scaleType() != QCPAxis::stLogarithmic || curve_->empty()) return false;
    if (axis == keyAxis()) return curve_->x.front() <= 0;
    const auto [begin, end] = span();
    for (std::size_t i = begin; i < end; ++i)
        if (std::min(curve_->low[i], curve_->line[i]) <= 0) return true;
    return false;
}

double CurvePlottable::distance(const QPointF& position) const {
    if (curve_->empty()) return HUGE_VAL;
    const double x = keyAxis()->pixelToCoord(position.x());
    const auto value = curve_->at(x);
    if (!value) return HUGE_VAL;
    const double y = valueAxis()->coordToPixel(*value);
    // Steep lines: a few pixels to the left and to the right count too.
    double best = std::abs(y - position.y());
    for (const double aside : {-3.0, 3.0})
        if (const auto near = curve_->at(keyAxis()->pixelToCoord(position.x() + aside)))
            best = std::min(best, std::hypot(aside, valueAxis()->coordToPixel(*near) - position.y()));
    return best;
}

void CurvePlottable::collect(const QCPRange& range, bool positive, std::vector<double>& values,
                             double& greatest) const {
    const auto& x = curve_->x;
    const auto begin = static_cast<std::size_t>(std::lower_bound(x.begin(), x.end(), range.lower) - x.begin());
    const auto end = static_cast<std::size_t>(std::upper_bound(x.begin(), x.end(), range.upper) - x.begin());
    // A few hundred values of a curve say as much of its percentiles as all of them; a band counts with its edges.
    constexpr std::size_t enough = 400;
    const std::size_t stride = std::max<std::size_t>(1, (end - std::min(begin, end)) / enough);
    for (std::size_t i = begin; i < end; i += stride) {
        if (!positive || curve_->line[i] > 0) values.push_back(curve_->line[i]);
        if (band_ || ghost_)
            for (const double edge : {curve_->low[i], curve_->high[i]})
                if (!positive || edge > 0) values.push_back(edge);
    }
    for (std::size_t i = begin; i < end; ++i) greatest = std::max(greatest, ghost_ ? curve_->high[i] : curve_->line[i]);
}

double CurvePlottable::selectTest(const QPointF& position, bool, QVariant*) const {
    const double d = distance(position);
    return std::isfinite(d) ? d : -1;
}

QCPRange CurvePlottable::getKeyRange(bool& found, QCP::SignDomain) const {
    found = !curve_->empty();
    return found ? QCPRange(curve_->x.front(), curve_->x.back()) : QCPRange();
}

QCPRange CurvePlottable::getValueRange(bool& found, QCP::SignDomain, const QCPRange&) const {
    found = !curve_->empty();
    if (!found) return {};
    return {*std::min_element(curve_->low.begin(), curve_->low.end()),
            *std::max_element(curve_->high.begin(), curve_->high.end())};
}

void CurvePlottable::drawLegendIcon(QCPPainter* painter, const QRectF& rect) const {
    painter->setPen(pen_);
    painter->drawLine(QLineF(rect.left(), rect.center().y(), rect.right(), rect.center().y()));
}

}  // namespace gw::ui
