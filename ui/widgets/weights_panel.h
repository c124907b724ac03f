#pragma once
#include <QComboBox>
#include <QLabel>
#include <QTreeWidget>
#include <memory>
#include <stop_token>

#include "artifact/weight_facts.h"
#include "ui/models/checkpoint_model.h"
#include "ui/workbench.h"

namespace gw::ui {

class HistogramView;
class SpectrumPlot;

/// What a checkpoint's weights are, module by module, and how far they have moved from another checkpoint's. The files
/// are mapped and read in the background, once the panel is seen.
class WeightsPanel : public QWidget {
    Q_OBJECT
  public:
    explicit WeightsPanel(Workbench& workbench, QWidget* parent = nullptr);
    /// `others`: what it is compared with first of all, such as the other checkpoints of its run. An empty path: there
    /// is nothing to look at.
    void setCheckpoint(const std::string& path, const std::vector<CheckpointRow>& others);
    /// Compares with any checkpoint.
    void setAgainst(const QString& path);
    QTreeWidget& tree() { return *tree_; }
    QComboBox& against() { return *against_; }
    QLabel& said() { return *said_; }
    HistogramView& histogram() { return *histogram_; }
    bool reading() const { return reading_; }

  protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

  private:
    struct Read {
        WeightFacts facts;
        WeightNode tree;
    };
    void read();
    void show(std::shared_ptr<const Read> read);
    void chooseWeight();
    void readSpectrum(const TensorFacts& tensor);
    Workbench& workbench_;
    std::string checkpoint_;
    std::shared_ptr<const Read> read_;
    std::stop_source stop_, spectrumStop_;
    bool wanted_ = false, reading_ = false;
    QComboBox* against_;
    QLabel *said_, *chosen_;
    QTreeWidget* tree_;
    HistogramView* histogram_;
    SpectrumPlot* spectrum_;
};

}  // namespace gw::ui
