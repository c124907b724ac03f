#pragma once
#include <QLabel>
#include <QTimer>
#include <QWidget>
#include <map>
#include <memory>
#include <optional>

#include "ui/plots/curve_reader.h"
#include "ui/plots/linked_panel.h"
#include "ui/plots/plot_marks.h"
#include "ui/plots/plot_paint.h"

class QCPMarginGroup;
class QCustomPlot;
class QMouseEvent;
class QPainter;
class QWheelEvent;

namespace gw::ui {

/// The plots of one run, one above the other with one x axis and one crosshair: what stands in the history, and on top
/// of it what a living run tells. A curve keeps the extremes of every stretch, so that nothing that stands out is lost
/// at any zoom; looking closer reads finer values from the history.
class LinkedPlots : public QWidget {
    Q_OBJECT
  public:
    explicit LinkedPlots(QWidget* parent = nullptr);

    /// Where finer curves are read from; without it there are none.
    void setHistory(const fs::path& database);
    /// No run, and its whole width in view.
    void clear();
    /// Which plots there are, what the axes count, and the lines for floor and clipping. Keeps curves and view.
    void setRun(const RunRecord& run, std::vector<ClockPoint> clock);
    /// In the place of all curves and marks that were there; the view stays. `givenUp`: what CurveParts::given_up has
    /// of them, which is drawn in grey.
    void setCurves(const std::map<std::string, std::vector<Bucket>>& curves,
                   std::map<std::string, std::vector<std::vector<Bucket>>> givenUp = {});
    void add(const std::string& metric, std::int64_t step, double seconds, double value);
    /// A thin line across all plots with a glyph on the top edge: "save", "resume", "knob", "alert", "warning".
    void addMark(const std::string& kind, std::int64_t step);

    void setX(XKind x);
    void setLogY(bool on);
    void setLogX(bool on);
    void setFollow(bool on);
    /// Of the moving mean, in steps; 0 = none.
    void setWindow(double steps);
    void showAll();
    /// The part of the x axis that someone chose to see; nothing while all is shown, or the newest followed.
    std::optional<std::pair<double, double>> zoom() const;
    void setZoom(double from, double to);

    bool logY() const { return logY_; }
    bool logX() const { return logX_; }
    bool follow() const { return follow_; }
    XKind x() const { return x_; }
    double window() const { return window_; }
    const RunScale& scale() const { return scale_; }
    const std::map<std::string, Curve>& curves() const { return curves_; }
    /// A curve as it is drawn now; null when no plot shows that metric.
    const DrawnCurve* drawn(const std::string& metric) const;
    const std::vector<std::unique_ptr<LinkedPanel>>& panels() const { return panels_; }
    QString legend() const { return legend_->text(); }
    QCustomPlot& plot() { return *plot_; }
    /// Draws what has changed now instead of at the next tick (pictures, tests).
    void drawNow();
    /// All plots with a legend below, on white, into a painter whose device is `size` large.
    void paintOnto(QPainter& painter, const QSizeF& size);

  Q_SIGNALS:
    void stepClicked(std::int64_t step);
    void viewChanged();  ///< axis, zoom, follow or smoothing
    void closerRead();   ///< finer curves have come
    void readFailed(const gw::Error& error);
    void menuWanted(const QPoint& at);  ///< on the screen

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void showEvent(QShowEvent* event) override;

  private:
    // linked_plots.cpp: data
    void makePanels(std::vector<PlannedPlot> plots);
    void link(LinkedPanel& panel);
    LinkedCurve* find(const std::string& metric) const;
    const Curve* curve(const std::string& metric) const;  ///< null while there is none
    double windowOf(const std::string& metric) const;
    void refill();
    void refill(LinkedCurve& curve);
    void placeMarks();
    double xOfStep(double step) const;
    void changed();
    // linked_plots_view.cpp: what is in view
    void scaleX();
    void scaleY(LinkedPanel& panel);
    void draw();
    void placeEnds();
    void moved();
    std::pair<double, double> ends() const;
    std::pair<double, double> stepsInView() const;
    void forgetParts();
    bool wantsPart(const LinkedCurve& curve, double from, double to) const;
    void readCloser();
    void take(const ReadCurves& curves, int tag);
    // linked_plots_look.cpp
    void restyle();
    void dress(const Tokens& tokens);
    void showLegend();
    std::vector<LegendEntry> entries(const Tokens& tokens) const;
    // linked_plots_mouse.cpp
    void mouseMoved(QMouseEvent* event);
    void mouseReleased(QMouseEvent* event);
    void wheelTurned(QWheelEvent* event);
    void showReadOut(double x);

    QCustomPlot* plot_;
    QCPMarginGroup* margins_ = nullptr;
    QLabel *legend_, *readOut_;
    std::vector<std::unique_ptr<LinkedPanel>> panels_;
    PlotMarks marks_;
    CurveReader* reader_ = nullptr;
    int tag_ = 0;  ///< of the last wish that still counts
    std::pair<double, double> asked_{0, 0};

    RunRecord run_;
    RunScale scale_;
    std::vector<std::string> kept_;
    std::map<std::string, Curve> curves_;
    std::map<std::string, std::vector<std::vector<Bucket>>> givenUp_;
    std::optional<double> floor_;
    double clip_ = 0, window_ = 20;
    XKind x_ = XKind::step;
    bool logX_ = false, logY_ = false, follow_ = false, free_ = false, linking_ = false;
    QPointF pressed_;
    QTimer tick_, settle_;
};

}  // namespace gw::ui
