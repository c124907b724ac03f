#include "ui/widgets/histogram_view.h"

#include <QPainter>
#include <algorithm>

#include "ui/shell/theme.h"
#include "ui/texts/text.h"

namespace gw::ui {

HistogramView::HistogramView(QString none, QWidget* parent) : QWidget(parent), none_(std::move(none)) {
    setMinimumHeight(110);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void HistogramView::setHistogram(std::optional<HistogramRecord> histogram) {
    histogram_ = std::move(histogram);
    setAccessibleName(
        histogram_ ? tr("Histogram of %1, from %2 to %3")
                         .arg(qs(histogram_->name), valueText(histogram_->low, 3), valueText(histogram_->high, 3))
                   : tr("No histogram"));
    update();
}

void HistogramView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setFont(Theme::smallFont());
    painter.setPen(tokens().muted);
    if (!histogram_ || histogram_->counts.empty()) {
        painter.drawText(rect(), Qt::AlignCenter | Qt::TextWordWrap, none_);
        return;
    }
    constexpr int foot = 20;
    const auto most = static_cast<double>(*std::max_element(histogram_->counts.begin(), histogram_->counts.end()));
    const double width = static_cast<double>(this->width()) / static_cast<double>(histogram_->counts.size()),
                 height = this->height() - foot - 4.0;
    for (std::size_t i = 0; i < histogram_->counts.size(); ++i) {
        const double tall = most > 0 ? height * static_cast<double>(histogram_->counts[i]) / most : 0;
        painter.fillRect(QRectF(width * static_cast<double>(i), 4 + height - tall, std::max(1.0, width - 1), tall),
                         tokens().accent);
    }
    painter.drawText(QRect(0, this->height() - foot, this->width(), foot), Qt::AlignLeft | Qt::AlignVCenter,
                     valueText(histogram_->low, 3));
    painter.drawText(QRect(0, this->height() - foot, this->width(), foot), Qt::AlignRight | Qt::AlignVCenter,
                     valueText(histogram_->high, 3));
}

}  // namespace gw::ui
