#include "ui/page.h"

namespace gw::ui {

Page::Page(Workbench& workbench, const QString& title, QWidget* parent) : QWidget(parent), workbench_(workbench) {
    constexpr int margin = 24, gap = 16;
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(margin, margin - 8, margin, gap);
    column->setSpacing(gap);
    titleRow_ = new QHBoxLayout;
    titleRow_->setSpacing(8);
    title_ = label(title, "title");
    titleRow_->addWidget(title_);
    titleRow_->addStretch(1);
    column->addLayout(titleRow_);
    content_ = new QVBoxLayout;
    content_->setSpacing(gap);
    column->addLayout(content_, 1);
}

QLabel* label(const QString& text, const char* look, QWidget* parent) {
    auto* made = new QLabel(text, parent);
    if (look) made->setProperty("look", QLatin1String(look));
    return made;
}

}  // namespace gw::ui
