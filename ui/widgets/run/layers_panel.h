#pragma once
#include <QComboBox>
#include <QLabel>
#include <QTableWidget>
#include <QWidget>

#include "ui/widgets/histogram_view.h"
#include "ui/workbench.h"

namespace gw::ui {

/// How far updates move each layer, and how its weights, gradients and activations are spread.
class LayersPanel : public QWidget {
    Q_OBJECT
  public:
    explicit LayersPanel(Workbench& workbench, QWidget* parent = nullptr);
    void setRun(const std::string& run);
    void refresh();
    QTableWidget& table() { return *table_; }
    int steps() const { return step_->count(); }

  private:
    struct Layer {
        std::string name;
        std::optional<double> ratio, norm;
    };
    struct Content {
        std::vector<Layer> layers;
        std::vector<std::int64_t> steps;
        std::vector<HistogramRecord> histograms;
    };
    void show(const Content& content);
    void readHistograms();
    void showHistogram();
    Workbench& workbench_;
    std::string run_;
    QLabel* hint_;
    QTableWidget* table_;
    QComboBox *step_, *kind_;
    HistogramView* view_;
    std::vector<HistogramRecord> histograms_;
    bool reading_ = false;
};

}  // namespace gw::ui
