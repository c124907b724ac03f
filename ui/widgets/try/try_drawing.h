#pragma once
#include <QLabel>
#include <QPixmap>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <stop_token>

#include "ui/workbench.h"

namespace gw::ui {

/// A model that draws pictures out of nothing: a sheet of them for each seed, to be looked at and saved.
class TryDrawing : public QWidget {
    Q_OBJECT
  public:
    explicit TryDrawing(Workbench& workbench, QWidget* parent = nullptr);
    ~TryDrawing() override;
    void setRun(const std::string& run);
    void setCheckpoint(const fs::path& checkpoint, const QString& name);
    void draw();
    /// Writes the sheet that is shown.
    void save(const QString& file);
    bool busy() const { return busy_; }
    QSpinBox& seed() { return *seed_; }
    const QLabel& sheet() const { return *sheet_; }
    const QLabel& state() const { return *state_; }
    /// Names of the buttons: "try.draw", "try.draw.save", "try.draw.cancel".

  protected:
    void resizeEvent(QResizeEvent* event) override;

  private:
    void showButtons();
    void show(const std::string& png);
    /// The sheet no wider than there is room.
    void fit();
    Workbench& workbench_;
    fs::path checkpoint_;
    QString name_;
    std::string run_, png_;
    QSpinBox* seed_;
    QPushButton *draw_, *save_, *cancel_;
    QLabel *state_, *sheet_;
    QScrollArea* area_;
    QPixmap whole_;
    std::stop_source stop_;
    bool busy_ = false;
};

}  // namespace gw::ui
