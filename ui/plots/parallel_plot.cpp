#include "ui/plots/parallel_plot.h"

#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>
#include <map>

#include "ui/plots/run_look.h"
#include "ui/texts/metric_text.h"
#include "ui/texts/plain_tip.h"
#include "ui/texts/text.h"

namespace gw::ui {

namespace {

constexpr double top = 44, bottom = 24, side = 70;
constexpr std::size_t mostAxes = 7;

/// Places of numbers between their least and greatest, evenly in the logarithm where they span more than a decade.
void placeNumbers(const std::vector<double>& values, std::vector<double>& places,
                  std::vector<std::pair<double, QString>>& ticks) {
    double low = HUGE_VAL, high = -HUGE_VAL;
    for (const double value : values) {
        if (!std::isfinite(value)) continue;
        low = std::min(low, value);
        high = std::max(high, value);
    }
    const bool logarithmic = low > 0 && high / low > 10;
    auto at = [&](double value) {
        if (!std::isfinite(value)) return static_cast<double>(NAN);
        if (high <= low) return 0.5;
        return logarithmic ? std::log(value / low) / std::log(high / low) : (value - low) / (high - low);
    };
    for (const double value : values) places.push_back(at(value));
    if (low > high) return;
    std::vector<double> distinct(values);
    std::erase_if(distinct, [](double v) { return !std::isfinite(v); });
    std::sort(distinct.begin(), distinct.end());
    distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
    constexpr std::size_t few = 6;
    if (distinct.size() > few) distinct = {low, logarithmic ? std::sqrt(low * high) : (low + high) / 2, high};
    for (const double value : distinct)
        ticks.emplace_back(at(value), std::abs(value) >= 10000     ? shortCount(value)
                                      : value == std::floor(value) ? QString::number(value)
                                                                   : valueText(value, 3));
}

}  // namespace

ParallelPlot::ParallelPlot(QWidget* parent) : QWidget(parent) {
    setMouseTracking(true);
    setAccessibleName(tr("Parallel coordinates of the settings that differ and the result"));
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void ParallelPlot::setComparison(std::shared_ptr<const Comparison> comparison) {
    comparison_ = std::move(comparison);
    axes_.clear();
    highlighted_ = -1;
    if (comparison_) {
        for (const SpecRow& row : telling_rows(comparison_->settings)) {
            if (axes_.size() + 1 >= mostAxes) break;
            Axis axis;
            axis.title = qs(row.path);
            const bool numbers = std::all_of(row.values.begin(), row.values.end(),
                                             [](const Json& v) { return v.is_number() || v.is_null(); });
            std::vector<double> values;
            if (numbers) {
                for (const Json& value : row.values) values.push_back(value.is_null() ? NAN : value.get<double>());
                placeNumbers(values, axis.place, axis.ticks);
            } else {
                std::map<std::string, double> known;
                for (const Json& value : row.values) known.emplace(setting_text(value), 0);
                double next = 0;
                for (auto& [text, place] : known) {
                    place = known.size() > 1 ? next / static_cast<double>(known.size() - 1) : 0.5;
                    axis.ticks.emplace_back(place, qs(text));
                    next += 1;
                }
                for (const Json& value : row.values) axis.place.push_back(known[setting_text(value)]);
            }
            axes_.push_back(std::move(axis));
        }
        Axis result;
        result.title = metricText(comparison_->wish.metric);
        std::vector<double> values;
        for (const ComparedRun& run : comparison_->runs) values.push_back(run.best.value_or(NAN));
        placeNumbers(values, result.place, result.ticks);
        axes_.push_back(std::move(result));
    }
    update();
}

void ParallelPlot::highlight(int run) {
    if (run == highlighted_) return;
    highlighted_ = run;
    update();
}

std::vector<bool> ParallelPlot::kept() const {
    std::vector<bool> out(comparison_ ? comparison_->runs.size() : 0, true);
    for (const Axis& axis : axes_)
        if (axis.brush)
            for (std::size_t i = 0; i < out.size(); ++i)
                out[i] = out[i] && axis.place[i] >= axis.brush->first && axis.place[i] <= axis.brush->second;
    return out;
}

double ParallelPlot::axisX(std::size_t axis) const {
    return axes_.size() < 2
               ? width() / 2.0
               : side + (width() - 2 * side) * static_cast<double>(axis) / static_cast<double>(axes_.size() - 1);
}
double ParallelPlot::pixelY(double place) const {
    return top + (1 - place) * (height() - top - bottom);
}
double ParallelPlot::placeAt(double y) const {
    return 1 - (y - top) / (height() - top - bottom);
}

int ParallelPlot::axisAt(const QPoint& at) const {
    constexpr double reach = 12;
    for (std::size_t i = 0; i < axes_.size(); ++i)
        if (std::abs(at.x() - axisX(i)) < reach && at.y() > top - 8) return static_cast<int>(i);
    return -1;
}

int ParallelPlot::runNear(const QPointF& at) const {
    int best = -1;
    double least = 8;
    for (std::size_t run = 0; comparison_ && run < comparison_->runs.size(); ++run)
        for (std::size_t i = 0; i + 1 < axes_.size(); ++i) {
            const double a = axisX(i), b = axisX(i + 1);
            if (at.x() < a || at.x() > b) continue;
            const double y = pixelY(axes_[i].place[run]) +
                             (at.x() - a) / (b - a) * (pixelY(axes_[i + 1].place[run]) - pixelY(axes_[i].place[run]));
            if (std::abs(y - at.y()) < least) {
                least = std::abs(y - at.y());
                best = static_cast<int>(run);
            }
        }
    return best;
}

void ParallelPlot::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Tokens& t = tokens();
    painter.fillRect(rect(), t.surface);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(Theme::smallFont());
    if (!comparison_ || axes_.size() < 2) {
        painter.setPen(t.muted);
        painter.drawText(rect(), Qt::AlignCenter, tr("These runs differ in no setting."));
        return;
    }
    const std::vector<bool> keep = kept();
    for (int pass = 0; pass < 2; ++pass)  // the chosen one on top
        for (std::size_t run = 0; run < comparison_->runs.size(); ++run) {
            const bool chosen = static_cast<int>(run) == highlighted_;
            if (chosen != (pass == 1)) continue;
            QPen pen = runPen(comparison_->runs[run].record.number, chosen ? 3 : 1.75, t);
            QColor color = pen.color();
            if (!keep[run])
                color.setAlphaF(0.08F);
            else if (highlighted_ >= 0 && !chosen)
                color.setAlphaF(0.3F);
            pen.setColor(color);
            painter.setPen(pen);
            QPainterPath path;
            bool begun = false;
            for (std::size_t i = 0; i < axes_.size(); ++i) {
                if (std::isnan(axes_[i].place[run])) {
                    begun = false;
                    continue;
                }
                const QPointF at(axisX(i), pixelY(axes_[i].place[run]));
                if (!begun)
                    path.moveTo(at);
                else {
                    const double middle = (axisX(i - 1) + at.x()) / 2, before = path.currentPosition().y();
                    path.cubicTo({middle, before}, {middle, at.y()}, at);
                }
                begun = true;
            }
            painter.drawPath(path);
        }
    for (std::size_t i = 0; i < axes_.size(); ++i) {
        const double x = axisX(i);
        painter.setPen(QPen(t.lineStrong, 1));
        painter.drawLine(QLineF(x, top, x, height() - bottom));
        if (axes_[i].brush) {
            QColor soft = t.accent;
            soft.setAlphaF(0.3F);
            painter.fillRect(QRectF(x - 5, pixelY(axes_[i].brush->second), 10,
                                    pixelY(axes_[i].brush->first) - pixelY(axes_[i].brush->second)),
                             soft);
        }
        painter.setPen(t.muted);
        const double room =
            axes_.size() > 1 ? (width() - 2 * side) / static_cast<double>(axes_.size() - 1) - 8 : width();
        painter.drawText(QRectF(x - room / 2, 4, room, 28), Qt::AlignHCenter | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(axes_[i].title, Qt::ElideMiddle, static_cast<int>(room)));
        for (const auto& [place, text] : axes_[i].ticks) {
            const bool right = i + 1 < axes_.size();
            const QRectF box =
                right ? QRectF(x + 6, pixelY(place) - 8, 90, 16) : QRectF(x - 96, pixelY(place) - 8, 90, 16);
            const QString shown = painter.fontMetrics().elidedText(text, Qt::ElideMiddle, 90);
            const double wide = painter.fontMetrics().horizontalAdvance(shown) + 4;
            QColor ground = t.surface;
            ground.setAlphaF(0.8F);
            painter.fillRect(right ? QRectF(box.left() - 2, box.top(), wide, 16)
                                   : QRectF(box.right() - wide + 2, box.top(), wide, 16),
                             ground);
            painter.drawText(box, (right ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter, shown);
        }
    }
}

void ParallelPlot::mousePressEvent(QMouseEvent* event) {
    brushed_ = axisAt(event->pos());
    if (brushed_ < 0) return;
    brushStart_ = placeAt(event->position().y());
    axes_[static_cast<std::size_t>(brushed_)].brush.reset();
    update();
}

void ParallelPlot::mouseMoveEvent(QMouseEvent* event) {
    if (brushed_ >= 0) {
        const double now = placeAt(event->position().y());
        if (std::abs(now - brushStart_) > 0.01)
            axes_[static_cast<std::size_t>(brushed_)].brush = std::minmax(brushStart_, now);
        update();
        return;
    }
    const int run = runNear(event->position());
    if (run == highlighted_) return;
    highlight(run);
    setToolTip(run >= 0 ? plainTip(qs(comparison_->runs[static_cast<std::size_t>(run)].label)) : QString());
    Q_EMIT hovered(run);
}

void ParallelPlot::mouseReleaseEvent(QMouseEvent*) {
    brushed_ = -1;
}

void ParallelPlot::leaveEvent(QEvent*) {
    highlight(-1);
    Q_EMIT hovered(-1);
}

}  // namespace gw::ui
