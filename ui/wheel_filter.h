#pragma once
#include <QObject>

namespace gw::ui {

/// Keeps the wheel from changing a setting that is not being edited: over a combo or spin box without focus it scrolls the page.
class WheelFilter : public QObject {
    Q_OBJECT
  public:
    using QObject::QObject;

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
};

}  // namespace gw::ui
