#include "ui/widgets/dialogs/tour.h"

#include <QKeyEvent>
#include <QPainter>
#include <QPushButton>
#include <algorithm>

#include "ui/page.h"
#include "ui/shell/theme.h"

namespace gw::ui {

Tour::Tour(std::vector<Stop> stops, QWidget* window) : QFrame(window), stops_(std::move(stops)) {
    constexpr int wide = 340;
    setFixedWidth(wide);
    setFocusPolicy(Qt::StrongFocus);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 16, 20, 14);
    column->setSpacing(8);
    title_ = label({}, "section");
    text_ = label({});
    text_->setWordWrap(true);
    count_ = label({}, "muted");
    auto* row = new QHBoxLayout;
    auto* skip = new QPushButton(tr("Skip"));
    back_ = new QPushButton(tr("Back"));
    next_ = new QPushButton(tr("Next"));
    next_->setProperty("primary", true);
    row->addWidget(count_);
    row->addStretch(1);
    for (QPushButton* button : {skip, back_, next_}) row->addWidget(button);
    column->addWidget(title_);
    column->addWidget(text_);
    column->addLayout(row);
    connect(skip, &QPushButton::clicked, this, &Tour::end);
    connect(back_, &QPushButton::clicked, this, [this] {
        if (at_ > 0) show(at_ - 1);
    });
    connect(next_, &QPushButton::clicked, this, [this] { at_ + 1 < stops_.size() ? show(at_ + 1) : end(); });
    hide();
}

void Tour::start() {
    if (!stops_.empty()) show(0);
}

void Tour::show(std::size_t stop) {
    at_ = stop;
    title_->setText(stops_[stop].title);
    text_->setText(stops_[stop].text);
    count_->setText(tr("%1 of %2").arg(stop + 1).arg(stops_.size()));
    back_->setEnabled(stop > 0);
    next_->setText(stop + 1 < stops_.size() ? tr("Next") : tr("Begin"));
    text_->setMinimumHeight(text_->heightForWidth(width() - 40));
    adjustSize();
    const QWidget* target = stops_[stop].target;
    QPoint place = target->mapTo(parentWidget(), QPoint(target->width() + 12, 0));
    place.setX(std::min(place.x(), parentWidget()->width() - width() - 12));
    place.setY(std::clamp(place.y() - 8, 12, std::max(12, parentWidget()->height() - height() - 12)));
    move(place);
    QFrame::show();
    raise();
    next_->setFocus();
}

void Tour::end() {
    hide();
    Q_EMIT ended();
    deleteLater();
}

void Tour::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Escape:
            return end();
        case Qt::Key_Return:
        case Qt::Key_Enter: {
            // Outside of a dialog a button hears of Enter only through what it stands on.
            auto* chosen = qobject_cast<QPushButton*>(focusWidget());
            return (chosen ? chosen : next_)->click();
        }
        case Qt::Key_Right:
            return next_->click();
        case Qt::Key_Left:
            return back_->click();
        default:
            QFrame::keyPressEvent(event);
    }
}

void Tour::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(tokens().accent, 1.5));
    painter.setBrush(tokens().raised);
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 8, 8);
}

}  // namespace gw::ui
