#pragma once
#include <QPushButton>
#include <QScrollArea>
#include <QTableWidget>
#include <QTreeWidget>
#include <set>
#include <stop_token>

#include "train/message/probe_report.h"
#include "ui/forms/section_form.h"
#include "ui/workbench.h"
#include "workspace/models/finetune.h"

namespace gw::ui {

class BatchLink;
class DataPreview;

/// From a checkpoint to a run that begins with it: its card, the new data, what is trained, a check whether it helps,
/// and what will differ.
class FinetunePanel : public QScrollArea {
    Q_OBJECT
  public:
    explicit FinetunePanel(Workbench& workbench, QWidget* parent = nullptr);
    /// Empty: there is nothing to begin from.
    void setCheckpoint(const std::string& path, std::optional<CheckpointRecord> record = std::nullopt);
    /// For the title row of the page, the primary one last.
    std::vector<QPushButton*> actions() const { return {probe_, all_, queue_, launch_}; }
    void launch();
    SectionForm& data() { return *data_; }
    SectionForm& start() { return *start_; }
    QTreeWidget& layers() { return *layers_; }
    const QLabel& verdict() const { return *verdict_; }
    /// The complete spec as the forms stand, or nothing when it is not sound.
    const std::optional<Json>& spec() const { return spec_; }

  private:
    /// The kind of data follows the checkpoint's: pictures stay pictures, and all text begins as labelled text.
    void followData();
    /// A checkpoint that is named in the form is the one to begin from.
    void followStart();
    /// What is wrong with the data and the start, at their fields.
    void showFaults();
    void addSetting(const std::string& path, QVBoxLayout& column);
    /// Shows what is usual in the fields that nobody has changed.
    void showSettings();
    bool dataIsNamed() const;
    void showCard();
    void showLayers();
    void takeLayers();
    void suggest();
    void checkTransfer();
    std::string name() const;
    Workbench& workbench_;
    std::optional<ParentCard> parent_;
    std::optional<Json> spec_;
    std::optional<CheckpointRecord> scored_;                      ///< what the history says of the checkpoint
    std::optional<Json> suggested_;                               ///< the spec without what was changed below
    std::vector<std::pair<std::string, FieldEditor*>> settings_;  ///< of training, by their paths
    std::set<std::string> touched_;                               ///< those of them that were changed by hand
    BatchLink* link_;
    DataPreview* preview_;
    QLabel *card_, *hint_, *problem_, *verdict_;
    SectionForm *data_, *start_;
    QTreeWidget* layers_;
    QTableWidget* plan_;
    QPushButton *probe_, *all_, *queue_, *launch_;
    std::stop_source stop_;
    bool probing_ = false, filling_ = false;
};

}  // namespace gw::ui
