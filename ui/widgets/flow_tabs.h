#pragma once
#include <QPushButton>
#include <QStackedWidget>
#include <QWidget>

namespace gw::ui {

class FlowLayout;

/// Tabs whose heads flow into a second line where one is too short: nothing is ever hidden behind arrows.
class FlowTabs : public QWidget {
    Q_OBJECT
  public:
    explicit FlowTabs(QWidget* parent = nullptr);
    void addTab(QWidget* page, const QString& title);
    void setCurrentWidget(QWidget* page);
    void setCurrentIndex(int index) {
        if (index < stack_->count()) setCurrentWidget(stack_->widget(index));
    }
    QWidget* currentWidget() const { return stack_->currentWidget(); }
    /// A number behind the title; 0 = none.
    void setBadge(QWidget* page, int count);

  Q_SIGNALS:
    void currentChanged();

  private:
    FlowLayout* heads_;
    QStackedWidget* stack_;
    std::vector<std::pair<QPushButton*, QString>> buttons_;
};

}  // namespace gw::ui
