#pragma once
#include <QMenu>

#include "ui/workbench.h"
#include "workspace/models/export_model.h"

namespace gw::ui {

/// Writes a checkpoint for other programs and machines: as a folder, and, where it has adapters, with these merged into
/// its weights or alone.
class ExportMenu : public QMenu {
    Q_OBJECT
  public:
    explicit ExportMenu(Workbench& workbench, QWidget* parent = nullptr);
    /// `suggestion`: a name for what is written, without a folder.
    void setCheckpoint(const fs::path& checkpoint, bool adapters, const QString& suggestion);
    /// Writes in the background, then says where, or shows why not.
    void write(Export what, const QString& to);
    bool busy() const { return busy_; }

  private:
    void ask(Export what);
    Workbench& workbench_;
    fs::path checkpoint_;
    QString suggestion_;
    QAction *merged_, *adapters_;
    bool busy_ = false;
};

}  // namespace gw::ui
