#include "ui/widgets/elided_label.h"

#include <QPainter>
#include <QStyle>
#include <algorithm>

#include "ui/texts/plain_tip.h"

namespace gw::ui {

ElidedLabel::ElidedLabel(const QString& text, int least, QWidget* parent) : QLabel(text, parent), least_(least) {
    setTextFormat(Qt::PlainText);
}

QSize ElidedLabel::minimumSizeHint() const {
    const QSize whole = sizeHint();
    return {std::min(whole.width(), least_), whole.height()};
}

void ElidedLabel::paintEvent(QPaintEvent*) {
    const QString shown = fontMetrics().elidedText(text(), Qt::ElideMiddle, contentsRect().width());
    const QString whole = shown == text() ? QString() : text();
    if (const QString tip = plainTip(whole); toolTip() != tip) setToolTip(tip);
    QPainter painter(this);
    style()->drawItemText(&painter, contentsRect(), static_cast<int>(alignment()), palette(), isEnabled(), shown,
                          foregroundRole());
}

}  // namespace gw::ui
