#include "ui/widgets/flow_tabs.h"

#include <QButtonGroup>
#include <QVBoxLayout>

#include "ui/widgets/flow_layout.h"

namespace gw::ui {

FlowTabs::FlowTabs(QWidget* parent) : QWidget(parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    auto* bar = new QWidget;
    heads_ = new FlowLayout(bar, 2);
    stack_ = new QStackedWidget;
    stack_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    column->addWidget(bar);
    column->addWidget(stack_, 1);
}

void FlowTabs::addTab(QWidget* page, const QString& title) {
    auto* button = new QPushButton(title);
    button->setCheckable(true);
    button->setAutoExclusive(true);
    button->setProperty("look", QStringLiteral("tab"));
    connect(button, &QPushButton::clicked, this, [this, page] { setCurrentWidget(page); });
    heads_->addWidget(button);
    stack_->addWidget(page);
    buttons_.emplace_back(button, title);
    if (buttons_.size() == 1) button->setChecked(true);
}

void FlowTabs::setCurrentWidget(QWidget* page) {
    const int index = stack_->indexOf(page);
    if (index < 0) return;
    buttons_[static_cast<std::size_t>(index)].first->setChecked(true);
    stack_->setCurrentIndex(index);
    Q_EMIT currentChanged();
}

void FlowTabs::setBadge(QWidget* page, int count) {
    const int index = stack_->indexOf(page);
    if (index < 0) return;
    const auto& [button, title] = buttons_[static_cast<std::size_t>(index)];
    button->setText(count > 0 ? QStringLiteral("%1 (%2)").arg(title).arg(count) : title);
}

}  // namespace gw::ui
