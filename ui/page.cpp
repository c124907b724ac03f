#include "ui/page.h"

#include <QPushButton>

#include "ui/widgets/elided_label.h"

namespace gw::ui {

Page::Page(Workbench& workbench, const QString& title, QWidget* parent) : QWidget(parent), workbench_(workbench) {
    constexpr int margin = 24, gap = 16;
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(margin, margin - 8, margin, gap);
    column->setSpacing(gap);
    constexpr int leastTitle = 160;
    titleRow_ = new FlowLayout(nullptr, 8);
    titleRow_->setElastic();
    title_ = new ElidedLabel(title, leastTitle);
    title_->setProperty("look", QStringLiteral("title"));
    titleRow_->addWidget(title_);
    titleRow_->addGap();
    column->addLayout(titleRow_);
    content_ = new QVBoxLayout;
    content_->setSpacing(gap);
    column->addLayout(content_, 1);
}

void Page::primaryWanted() {
    for (QPushButton* button : findChildren<QPushButton*>())
        if (button->property("primary").toBool() && button->isVisible() && button->isEnabled()) return button->click();
}

QLabel* label(const QString& text, const char* look, QWidget* parent) {
    auto* made = new QLabel(text, parent);
    if (look) made->setProperty("look", QLatin1String(look));
    return made;
}

}  // namespace gw::ui
