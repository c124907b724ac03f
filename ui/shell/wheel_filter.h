#pragma once
#include <QObject>

namespace gw::ui {

/// Keeps the wheel from ever changing a setting: installed on the application, it reaches every combo box, spin box,
/// date field and slider, in dialogs and in widgets made later too. The wheel over one scrolls what lies behind, and
/// does not put the cursor there. Scroll bars and opened lists of choices turn as ever.
class WheelFilter : public QObject {
    Q_OBJECT
  public:
    using QObject::QObject;
    /// Whether the wheel over `object` would change a value of it.
    static bool isSetting(const QObject* object);

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
};

}  // namespace gw::ui
