#pragma once
#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <memory>

#include "store/records.h"
#include "ui/plots/forecast_plot.h"
#include "ui/widgets/reading_bar.h"
#include "ui/workbench.h"

namespace gw::ui {

/// What a run of series says of a few held-out windows beside what came, and of what comes behind the end of its data:
/// curves of a column, in the data's own units.
class ForecastPanel : public QWidget {
    Q_OBJECT
  public:
    explicit ForecastPanel(Workbench& workbench, QWidget* parent = nullptr);
    void setRun(const RunRecord& run);
    /// Somebody looks: reads what is not read yet.
    void read();
    void showFound(std::shared_ptr<const ForecastView> view);
    const QLabel& state() const { return bar_->state(); }
    const QLabel& legend() const { return *legend_; }
    QComboBox& column() { return *column_; }
    QComboBox& part() { return *part_; }
    const std::vector<ForecastPlot*>& plots() const { return plots_; }

  protected:
    void resizeEvent(QResizeEvent* event) override;

  private:
    void readAgain();
    void forget();
    void end();
    void draw();
    void arrange();
    Workbench& workbench_;
    RunRecord run_;
    std::shared_ptr<const ForecastView> view_;
    ReadingBar* bar_;
    QComboBox *part_, *column_;
    QPushButton* again_;
    QLabel* legend_;
    QScrollArea* area_;
    QGridLayout* grid_;
    std::vector<ForecastPlot*> plots_;
    std::vector<QWidget*> cards_;
};

}  // namespace gw::ui
