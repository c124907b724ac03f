#pragma once
#include <QLabel>
#include <QTimer>
#include <QWidget>
#include <map>
#include <optional>

#include "train/messages.h"
#include "ui/plots/curve.h"
#include "ui/plots/linked_panel.h"
#include "ui/plots/plot_marks.h"

class QCustomPlot;
class QCPGraph;
class QMouseEvent;
class QWheelEvent;

namespace gw::ui {

/// Loss, perplexity, gradient norm and learning rate of one run, one above the other with one x axis and one crosshair.
class LinkedPlots : public QWidget {
    Q_OBJECT
  public:
    enum class X { step, tokens, seconds };
    explicit LinkedPlots(QWidget* parent = nullptr);

    void clear();
    void add(const std::string& metric, double step, double seconds, double value);
    /// A thin line across all plots with a glyph on the top edge: "save", "resume", "knob", "alert", "warning", "nan".
    void addMark(const std::string& kind, double step);
    void setFacts(std::int64_t tokensPerStep, std::optional<double> floorLoss, double clip);
    void setX(X x);
    void setLogY(bool on);
    void setLogX(bool on);
    void setFollow(bool on);
    void setSmoothing(double share);
    void showAll();
    bool logY() const { return logY_; }
    bool logX() const { return logX_; }
    bool follow() const { return follow_; }
    X x() const { return x_; }
    double smoothing() const { return smoothing_; }
    const std::map<std::string, Curve>& curves() const { return curves_; }
    /// Draws what has changed now instead of at the next tick (pictures, tests).
    void drawNow();

  Q_SIGNALS:
    void stepClicked(std::int64_t step);
    void viewChanged();  ///< follow or zoom was changed by the mouse

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void showEvent(QShowEvent* event) override;

  private:
    void link(LinkedPanel& panel);
    void showSecond(const std::string& metric);  ///< in the plot below the loss
    void restyle();
    const Curve* curve(const std::string& metric) const;  ///< null while there is none
    double xOf(const Curve::Point& point) const;
    void refill();
    void refill(LinkedPanel& panel);
    void draw();
    void scale();
    void scaleY(LinkedPanel& panel);
    void placeEnds();
    void showReadOut(double x);
    QCPGraph* parent_ = nullptr;  ///< what the data of the checkpoint that a run began from costs now
    QPointF pressed_;
    double lastX() const;
    void mouseMoved(QMouseEvent* event);
    void mouseReleased(QMouseEvent* event);
    void wheelTurned(QWheelEvent* event);
    void showLegend();

    QCustomPlot* plot_;
    QLabel *legend_, *readOut_;
    LinkedPanel loss_, perplexity_, norm_, rate_;
    std::vector<LinkedPanel*> panels_;
    PlotMarks marks_;
    std::map<std::string, Curve> curves_;
    std::int64_t tokensPerStep_ = 1;
    std::optional<double> floor_;
    double clip_ = 0, smoothing_ = 0.95;
    X x_ = X::step;
    bool logX_ = false, logY_ = false, follow_ = false, free_ = false, changed_ = false, linking_ = false;
    QTimer timer_;
};

}  // namespace gw::ui
