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

int FlowLayout::arrange(const QRect& rect, bool move) const {
    const bool one = sizeHint().width() - spacing_ <= rect.width();
    int x = rect.left(), y = rect.top(), line = 0;
    for (int i = 0; i < items_.size(); ++i) {
        QLayoutItem* item = items_[i];
        if (item->isEmpty()) continue;
        const QSize size = item->sizeHint();
        if (one && i == gap_) {
            int rest = 0;
            for (int k = i; k < items_.size(); ++k)
                if (!items_[k]->isEmpty()) rest += items_[k]->sizeHint().width() + spacing_;
            x = std::max(x, rect.right() + 1 - rest + spacing_);
        }
        if (x > rect.left() && x + size.width() > rect.right() + 1) {
            x = rect.left();
            y += line + spacing_;
            line = 0;
        }
        if (move) item->setGeometry(QRect(QPoint(x, y), size));
        x += size.width() + spacing_;
        line = std::max(line, size.height());
    }
    return y + line - rect.top();
}

}  // namespace gw::ui
