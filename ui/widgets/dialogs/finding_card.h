#pragma once
#include <QFrame>
#include <QVBoxLayout>

#include "study/checkup/checkup.h"

namespace gw::ui {

/// A sentence of the checks, or one that the engine tells of the data elsewhere too, in the language of the window.
QString saidText(const Phrase& phrase);

/// What a check found: its title among `sheets`, its verdict, and what is said; worst things in colour.
class FindingCard : public QFrame {
    Q_OBJECT
  public:
    FindingCard(const CheckFinding& finding, const std::vector<CheckSheet>& sheets, QWidget* parent = nullptr);
    /// Where more may follow.
    QVBoxLayout* inside() { return inside_; }

  private:
    QVBoxLayout* inside_;
};

}  // namespace gw::ui
