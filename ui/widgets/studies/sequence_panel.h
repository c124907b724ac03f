#pragma once
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <stop_token>

#include "ui/widgets/studies/sequence_results.h"
#include "ui/workbench.h"

namespace gw::ui {

/// A checkpoint's backbone taken through a sequence of tasks by several strategies: carried out here, and shown as it
/// gets on, here or in another program.
class SequencePanel : public QWidget {
    Q_OBJECT
  public:
    explicit SequencePanel(Workbench& workbench, QWidget* parent = nullptr);
    ~SequencePanel() override;
    void setCheckpoint(const std::string& path);
    /// Reads the studies of the history again, in the background.
    void refresh();
    void showStudy(const SequenceStudy& study);
    /// The study that the form describes.
    SequenceStudy formStudy() const;
    /// Carries a study out from here on, and shows it; or says why not. True when it has begun.
    bool carryOut(const SequenceStudy& study);
    QComboBox& scenario() { return *scenario_; }
    QLineEdit& data() { return *data_; }
    QComboBox& studies() { return *studies_; }
    SequenceResults& results() { return *results_; }
    const QTableWidget& strategies() const { return results_->strategies(); }
    const HeatTable& matrix() const { return results_->matrix(); }

  private:
    QWidget* makeForm();
    void goOrCancel();
    void setRunning(bool on);
    void showProgress(const SequenceProgress& at);
    /// An error stays to be read until another study is chosen or carried out.
    void tellError(const QString& text);
    void showState();
    Workbench& workbench_;
    std::string checkpoint_;
    Json own_;  ///< the checkpoint's dataset
    QLineEdit* data_;
    QSpinBox *group_, *seeds_, *passes_, *steps_;
    QComboBox* scenario_;
    QPushButton *go_, *openNow_;
    QProgressBar* progress_;
    QLabel *state_, *error_, *heading_;
    QComboBox* studies_;
    SequenceResults* results_;
    std::vector<SequenceStudy> known_;
    std::vector<std::string> bodies_;  ///< of the known ones, as they are kept
    SequenceStudy study_;
    std::map<std::string, RunRecord> runs_;  ///< of the shown study
    std::string wanted_;                     ///< name of the study to show; empty = the newest
    SequenceProgress at_;
    std::stop_source stop_;
    bool running_ = false, reading_ = false, again_ = false;
};

}  // namespace gw::ui
