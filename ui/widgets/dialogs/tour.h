#pragma once
#include <QFrame>
#include <QPointer>

class QLabel;
class QPushButton;

namespace gw::ui {

/// A few words beside the parts of the window, one after the other; for the first start.
class Tour : public QFrame {
    Q_OBJECT
  public:
    struct Stop {
        QWidget* target;
        QString title, text;
    };
    Tour(std::vector<Stop> stops, QWidget* window);
    void start();

  Q_SIGNALS:
    void ended();

  protected:
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

  private:
    void show(std::size_t stop);
    void end();
    std::vector<Stop> stops_;
    std::size_t at_ = 0;
    QLabel *title_, *text_, *count_;
    QPushButton *next_, *back_;
};

}  // namespace gw::ui
