#pragma once
#include <QLabel>
#include <QPushButton>
#include <QWidget>
#include <stop_token>

#include "data/preview.h"

namespace gw::ui {

class FlowLayout;

/// Above a panel that reads in the background when somebody looks: its buttons and Cancel, and below them how far it
/// is, what it found, or what went wrong. One reading at a time: whatever belongs to an earlier one is dropped.
class ReadingBar : public QWidget {
    Q_OBJECT
  public:
    /// `cancelTip`: what Cancel stops.
    explicit ReadingBar(const QString& cancelTip, QWidget* parent = nullptr);
    ~ReadingBar() override { stop_.request_stop(); }
    /// Before Cancel, from left to right.
    void add(QWidget* widget);
    QPushButton* addButton(const QString& text, const QString& tip);

    void begin(const QString& what);
    void end();
    /// Ends it and makes its outcome nobody's.
    void drop();
    bool busy() const { return busy_; }
    /// Of the reading that was begun last; another one has another.
    const std::stop_source& stop() const { return stop_; }
    /// Tells how far that is.
    ProgressFn told();

    void say(const QString& text) { state_->setText(text); }
    void sayWhy(const Error& error);
    const QLabel& state() const { return *state_; }
    QPushButton& cancel() { return *cancel_; }

  private:
    std::stop_source stop_;
    bool busy_ = false;
    FlowLayout* row_;
    QPushButton* cancel_ = nullptr;
    QLabel* state_;
};

}  // namespace gw::ui
