#pragma once
#include <QFrame>
#include <QVBoxLayout>

#include "store/records.h"

namespace gw::ui {

/// Runs that ended with their program, with what can be done about them.
class InterruptedBar : public QFrame {
    Q_OBJECT
  public:
    explicit InterruptedBar(QWidget* parent = nullptr);
    void show(const std::vector<RunRecord>& runs, bool mayStart);

  Q_SIGNALS:
    void resumeWanted(const QString& run);
    void forkWanted(const QString& run);
    void dismissWanted(const QString& run);

  private:
    QVBoxLayout* column_;
    QString shown_;
};

}  // namespace gw::ui
