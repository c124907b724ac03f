#pragma once
#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTableWidget>

#include "compare/pilot_report.h"
#include "ui/plots/custom_plot.h"
#include "ui/workbench.h"

namespace gw::ui {

/// A trial of whether a checkpoint pays on a task: sets its runs up for the queue, and shows what came of them, with
/// costs.
class PilotPanel : public QWidget {
    Q_OBJECT
  public:
    explicit PilotPanel(Workbench& workbench, QWidget* parent = nullptr);
    void setCheckpoint(const std::string& path);
    void refresh();
    QLineEdit& data() { return *data_; }
    QLineEdit& name() { return *name_; }
    /// Folds of a cross-validation, or seeds.
    void repeatOver(bool folds, int times);
    QPushButton& queueButton() { return *go_; }
    const QTableWidget& table() const { return *table_; }

  private:
    QWidget* makeForm();
    QWidget* makeCosts();
    void queue();
    void showPilot(const Pilot& pilot);
    void fillTable();
    void draw();
    void writeReport();
    CostModel costs() const;
    Workbench& workbench_;
    std::string checkpoint_;
    Json own_;  ///< the checkpoint's dataset
    QLineEdit *data_, *counts_, *name_;
    std::vector<std::pair<std::string, QCheckBox*>> ways_;
    QSpinBox* repeats_;
    QPushButton *go_, *report_;
    QLabel* state_;
    QComboBox *over_, *pilots_;
    QTableWidget* table_;
    QDoubleSpinBox *price_, *items_, *error_;
    QWidget* results_;
    QCustomPlot* plot_;
    Pilot pilot_;
    bool reading_ = false;
};

}  // namespace gw::ui
