#pragma once
#include <QDialog>

namespace gw::ui {

/// All keys: those of the window and those of one page. Each line is "keys\twhat they do".
class ShortcutSheet : public QDialog {
    Q_OBJECT
  public:
    ShortcutSheet(const QStringList& window, const QString& page, const QStringList& ofPage, QWidget* parent = nullptr);
};

}  // namespace gw::ui
