#pragma once
#include <QPixmap>
#include <QScrollArea>
#include <QSpinBox>

#include "study/drawing.h"
#include "ui/widgets/reading_bar.h"
#include "ui/workbench.h"

namespace gw::ui {

/// A model that draws out of nothing: a sheet of pictures for each seed, or rows of a table as points, to be looked at
/// and saved.
class TryDrawing : public QWidget {
    Q_OBJECT
  public:
    explicit TryDrawing(Workbench& workbench, QWidget* parent = nullptr);
    /// `rows`: it draws rows of a table, which are saved as CSV.
    void setRun(const std::string& run, bool rows = false);
    void setCheckpoint(const fs::path& checkpoint, const QString& name);
    void draw();
    /// Writes the sheet that is shown, or its rows.
    void save(const QString& file);
    bool busy() const { return bar_->busy(); }
    QSpinBox& seed() { return *seed_; }
    const QLabel& sheet() const { return *sheet_; }
    const QLabel& state() const { return bar_->state(); }
    /// Names of the buttons: "try.draw", "try.draw.save".

  protected:
    void resizeEvent(QResizeEvent* event) override;

  private:
    void showButtons();
    void show(const DrawnSheet& sheet);
    /// The sheet no wider than there is room.
    void fit();
    Workbench& workbench_;
    fs::path checkpoint_;
    QString name_;
    std::string run_, drawn_;  ///< the file that would be saved
    bool rows_ = false;
    ReadingBar* bar_;
    QSpinBox* seed_;
    QPushButton *draw_, *save_;
    QLabel* sheet_;
    QScrollArea* area_;
    QPixmap whole_;
};

}  // namespace gw::ui
