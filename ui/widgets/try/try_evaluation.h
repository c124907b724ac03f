#pragma once
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <stop_token>

#include "study/inference.h"
#include "ui/workbench.h"

namespace gw::ui {

/// A model scored on a file that it has not seen, read as its run read its own, or on a whole part of the run's data.
class TryEvaluation : public QWidget {
    Q_OBJECT
  public:
    explicit TryEvaluation(Workbench& workbench, QWidget* parent = nullptr);
    ~TryEvaluation() override;
    void setRun(const std::string& run);
    void setCheckpoint(const fs::path& checkpoint, const QString& name);
    /// `files` empty: the part "validation" or "test" of the run's own data.
    void evaluate(const std::vector<std::string>& files, const std::string& part);
    bool busy() const { return busy_; }
    const QTableWidget& figures() const { return *figures_; }
    const QLabel& state() const { return *state_; }
    /// Names of the buttons: "try.file", "try.part", "try.cancel".

  private:
    void chooseFiles();
    void showButtons();
    void show(const CheckpointScore& score, const QString& what);
    Workbench& workbench_;
    fs::path checkpoint_;
    QString name_;
    std::string run_;
    QPushButton *file_, *part_, *cancel_;
    QLabel* state_;
    QTableWidget* figures_;
    std::stop_source stop_;
    bool busy_ = false;
};

}  // namespace gw::ui
