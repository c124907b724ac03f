#include "ui/widgets/flow_layout.h"

#include <QWidget>
#include <algorithm>

namespace gw::ui {

FlowLayout::FlowLayout(QWidget* parent, int spacing) : QLayout(parent), spacing_(spacing) {
    setContentsMargins(0, 0, 0, 0);
}

FlowLayout::~FlowLayout() {
    qDeleteAll(items_);
}

QSize FlowLayout::sizeHint() const {
    int width = 0, height = 0;
    for (const QLayoutItem* item : items_) {
        if (item->isEmpty()) continue;
        width += item->sizeHint().width() + spacing_;
        height = std::max(height, item->sizeHint().height());
    }
    return {width, height};
}

QSize FlowLayout::minimumSize() const {
    QSize size;
    for (const QLayoutItem* item : items_) size = size.expandedTo(item->minimumSize());
    return size;
}

void FlowLayout::setGeometry(const QRect& rect) {
    QLayout::setGeometry(rect);
    arrange(rect, true);
}

void FlowLayout::insertWidget(int index, QWidget* widget) {
    addChildWidget(widget);
    items_.insert(index, new QWidgetItem(widget));
    if (index <= gap_) ++gap_;
    invalidate();
}

std::vector<FlowLayout::Place> FlowLayout::places(int width, bool& oneLine) const {
    std::vector<Place> out;
    int all = -spacing_;
    for (int i = 0; i < items_.size(); ++i) {
        if (items_[i]->isEmpty()) continue;
        out.push_back({items_[i], items_[i]->sizeHint(), gap_ >= 0 && i >= gap_, 0});
        all += out.back().size.width() + spacing_;
    }
    if (elastic_ && !out.empty() && all > width) {
        QSize& first = out.front().size;
        const int least = std::min(first.width(), out.front().item->minimumSize().width());
        const int narrowed = std::max(least, first.width() - (all - width));
        if (all - first.width() + narrowed <= width) {
            all += narrowed - first.width();
            first.setWidth(narrowed);
        }
    }
    for (Place& place : out) place.size.setWidth(std::min(place.size.width(), std::max(width, 0)));
    oneLine = all <= width;
    return out;
}

int FlowLayout::arrange(const QRect& rect, bool move) const {
    bool oneLine = false;
    std::vector<Place> all = places(rect.width(), oneLine);
    int y = rect.top();
    for (std::size_t begin = 0; begin < all.size();) {
        int x = rect.left(), height = 0;
        std::size_t end = begin;
        for (; end < all.size() && (end == begin || x + all[end].size.width() <= rect.right() + 1); ++end) {
            all[end].x = x;
            x += all[end].size.width() + spacing_;
            height = std::max(height, all[end].size.height());
        }
        const int left = oneLine || elastic_ ? std::max(0, rect.right() + 1 - (x - spacing_)) : 0;
        for (std::size_t i = begin; i < end && move; ++i) {
            const Place& place = all[i];
            place.item->setGeometry(QRect(
                QPoint(place.x + (place.afterGap ? left : 0), y + (height - place.size.height()) / 2), place.size));
        }
        y += height + spacing_;
        begin = end;
    }
    return all.empty() ? 0 : y - spacing_ - rect.top();
}

}  // namespace gw::ui
