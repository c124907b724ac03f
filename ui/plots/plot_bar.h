#pragma once
#include <QComboBox>
#include <QPushButton>
#include <QTimer>
#include <QWidget>

#include "ui/plots/plot_view.h"
#include "ui/workbench.h"

class QKeyEvent;

namespace gw::ui {

class LinkedPlots;

/// What is above a run's plots: axis, smoothing, logarithms, what is in view. Remembers the choice in the workspace,
/// with the zoom of each run.
class PlotBar : public QWidget {
    Q_OBJECT
  public:
    PlotBar(Workbench& workbench, LinkedPlots& plots, QWidget* parent = nullptr);
    ~PlotBar() override;
    /// The plots have got a run, or more of what is known of it. They take up the zoom that was kept for it.
    void setRun(const RunRecord& run);
    /// Carries out a key that is about the plots; false = it is not.
    bool takesKey(const QKeyEvent& event);
    static QStringList shortcuts();
    const PlotView& view() const { return view_; }

  private:
    /// Steps; zero is no smoothing.
    static constexpr double windows[] = {0, 5, 10, 20, 50, 100, 500};
    void restore();
    void showView();
    void noteView();
    void remember();
    void chooseAxis(int index);

    Workbench& workbench_;
    LinkedPlots& plots_;
    PlotView view_;
    std::string run_;
    bool restored_ = false, restoring_ = false;
    QComboBox *x_, *smoothing_;
    QPushButton *logY_, *logX_, *follow_;
    QTimer later_;
};

}  // namespace gw::ui
