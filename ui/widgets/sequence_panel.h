#pragma once
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QTableWidget>
#include <stop_token>

#include "ui/plots/custom_plot.h"
#include "ui/widgets/heat_table.h"
#include "ui/workbench.h"
#include "workspace/sequence_study.h"

namespace gw::ui {

/// A checkpoint's backbone taken through a sequence of tasks by several strategies: carried out here, and shown.
class SequencePanel : public QWidget {
    Q_OBJECT
  public:
    explicit SequencePanel(Workbench& workbench, QWidget* parent = nullptr);
    ~SequencePanel() override { stop_.request_stop(); }
    void setCheckpoint(const std::string& path);
    void refresh();
    void showStudy(const SequenceStudy& study);
    const QTableWidget& strategies() const { return *strategies_; }
    const HeatTable& matrix() const { return *matrix_; }

  private:
    QWidget* makeForm();
    void carryOut();
    void showStrategies();
    void showMatrix();
    void drawCurves();
    std::string strategy() const;
    Workbench& workbench_;
    std::string checkpoint_;
    Json own_;  ///< the checkpoint's dataset
    QLineEdit* data_;
    QSpinBox *group_, *seeds_, *passes_;
    QPushButton* go_;
    QProgressBar* progress_;
    QLabel *state_, *heading_;
    QComboBox* studies_;
    QTableWidget* strategies_;
    HeatTable* matrix_;
    QCustomPlot* plot_;
    std::vector<SequenceStudy> known_;
    SequenceStudy study_;
    std::stop_source stop_;
    bool running_ = false, reading_ = false;
    bool told_ = false;  ///< an error or a cancel stands in state_
};

}  // namespace gw::ui
