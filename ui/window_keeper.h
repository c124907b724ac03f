#pragma once
#include <QObject>
#include <memory>

#include "ui/main_window.h"

namespace gw::ui {

/// Keeps the window, and builds it again when the language changes: on the same page, with the same run, while a run
/// goes on.
class WindowKeeper : public QObject {
    Q_OBJECT
  public:
    explicit WindowKeeper(Workbench& workbench, QObject* parent = nullptr);
    MainWindow& window() { return *window_; }

  private:
    void build();
    Workbench& workbench_;
    std::unique_ptr<MainWindow> window_;
};

}  // namespace gw::ui
