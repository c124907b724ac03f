#pragma once
#include <QFrame>
#include <QLabel>
#include <vector>

#include "store/notices.h"

namespace gw::ui {

/// What a run has told and nobody has marked as seen, above its curves: the gravest in words, the others counted.
class NoticeBar : public QFrame {
    Q_OBJECT
  public:
    explicit NoticeBar(QWidget* parent = nullptr);
    /// The gravest first; none hides the bar.
    void show(const std::vector<Notice>& notices);
    void setMayMark(bool on) { seen_->setEnabled(on); }

  Q_SIGNALS:
    void findingsWanted();
    void seenWanted();

  private:
    QLabel* words_;
    QWidget* seen_;
};

}  // namespace gw::ui
