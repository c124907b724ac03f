#pragma once
#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>
#include <map>

#include "ui/plots/curve_reader.h"
#include "ui/texts/unit_text.h"

class QCustomPlot;
class QCPAxisRect;
class QCPItemStraightLine;
class QCPItemText;
class QCPTextElement;
class QMouseEvent;
class QPainter;
class QWheelEvent;

namespace gw::ui {

class CurvePlottable;

/// A line of the plots: a run, or a group of runs that differ only in their seed.
struct PlotLine {
    QString label;
    std::int64_t number = 1;  ///< gives it colour and dash
    bool visible = true, band = false;
};

/// One to six plots, one above the other with one x axis and one crosshair, of any number of runs.
class ComparePlots : public QWidget {
    Q_OBJECT
  public:
    explicit ComparePlots(QWidget* parent = nullptr);

    /// For the titles: `counted` is what the runs count; `byCriterion`, whether the training loss of some is more than
    /// the plain loss.
    void setMetrics(const std::vector<std::string>& metrics, Counted counted = Unit::tokens, bool byCriterion = false);
    /// How the plots share the height, by metric and against the others; none of one: as at first.
    void setShares(const std::map<std::string, double>& shares);
    const std::map<std::string, double>& shares() const { return shares_; }
    /// Pixels of each plot, from above; and where the height between a plot (from 1) and the one above it is dragged.
    std::vector<int> heights() const;
    QRect handle(std::size_t panel) const;
    void setLines(std::vector<PlotLine> lines);
    void setVisibleLine(std::size_t line, bool visible);
    /// New curves: of the whole axis, or finer ones of a part.
    void setCurves(const ReadCurves& curves, bool whole);
    void setAxis(const QString& title, bool isTime);
    void setLogX(bool on);
    void setLogY(bool on);
    void setGhost(bool on);
    /// Fades all lines but one; -1 = none.
    void highlight(int line);
    void showAll();
    bool logX() const { return logX_; }
    bool logY() const { return logY_; }
    bool ghost() const { return ghost_; }
    bool zoomed() const { return zoomed_; }
    std::pair<double, double> range() const;
    void setRange(double from, double to);
    int columns() const;
    /// What a plot says of values that its logarithmic axes cannot show; empty: none. And what it is called.
    QString offText(std::size_t panel) const;
    QString titleText(std::size_t panel) const;
    /// Draws at once instead of when the event loop comes to it; returns the milliseconds it took.
    double drawNow(bool quick);
    /// All plots with a legend below, on white, into a painter whose device is `size` large.
    void paintOnto(QPainter& painter, const QSizeF& size);

  Q_SIGNALS:
    /// The visible part of the axis has changed and stayed for a moment: finer curves are wanted.
    void rangeSettled(double from, double to);
    void viewChanged();
    /// What is zoomed, or how the height is shared, has changed and stayed for a moment.
    void viewSettled();
    void hovered(int line);  ///< -1 = none
    void pointed(double x,
                 const std::vector<double>& y);  ///< values of all lines in the plot under the mouse; NaN where none
    void left();
    void clicked(int line);

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    struct Panel {
        std::string metric;
        QCPAxisRect* rect = nullptr;
        QCPTextElement* title = nullptr;
        QCPItemStraightLine* crosshair = nullptr;
        QCPItemText *beyond = nullptr, *off = nullptr;
        std::vector<CurvePlottable*> curves;
        bool zoomed = false;
    };
    void makePanels();
    void fillPanel(Panel& panel);
    QString titleOf(const std::string& metric) const;
    void share();
    void dressX();
    void restyle();
    void scale();
    void scaleY(Panel& panel);
    void showOff(Panel& panel);
    void moved();
    void mousePressed(QMouseEvent* event);
    void mouseReleased(QMouseEvent* event);
    /// The lower of the two plots whose border lies there; 0 = none.
    int handleAt(const QPointF& at) const;
    void pull(double y);
    void mouseMoved(QMouseEvent* event);
    void wheelTurned(QWheelEvent* event);
    int lineNear(const Panel& panel, const QPointF& at) const;
    Panel* panelAt(const QPointF& at);

    QCustomPlot* plot_;
    std::vector<std::string> metrics_;
    Counted counted_ = Unit::tokens;
    std::vector<PlotLine> lines_;
    std::vector<Panel> panels_;
    ReadCurves curves_, whole_;
    QString axisTitle_;
    bool isTime_ = false, logX_ = false, logY_ = false, ghost_ = true, zoomed_ = false, linking_ = false;
    bool byCriterion_ = false;
    int highlighted_ = -1;
    std::map<std::string, double> shares_;
    int pulled_ = 0;  ///< handle that is dragged: of the plot below it; 0 = none
    double pulledFrom_ = 0;
    std::vector<int> pulledHeights_;
    QTimer settle_;
};

}  // namespace gw::ui
