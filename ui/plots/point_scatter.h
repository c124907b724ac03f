#pragma once
#include <QStringList>
#include <vector>

#include "eval/tsne.h"
#include "ui/plots/custom_plot.h"

namespace gw::ui {

/// Many points in a plane whose axes have no unit, a colour and a mark a group. One point is the current one: the
/// nearest to the pointer, or where the arrow keys have gone. Drag and wheel move and enlarge, a double click shows
/// all.
class PointScatter : public QCustomPlot {
    Q_OBJECT
  public:
    explicit PointScatter(QWidget* parent = nullptr);
    /// `groups`: the number of each point's name in `names`; -1 = none of them.
    void setPoints(std::vector<PlanePoint> points, std::vector<int> groups, QStringList names);
    int current() const { return current_; }  ///< -1 = none
    void setCurrent(int point);
    int points() const { return static_cast<int>(points_.size()); }

  Q_SIGNALS:
    void currentChanged(int point);

  protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

  private:
    void draw();
    void showAll();
    void fitLegend();
    QPointF pixelOf(int point) const;
    int nearest(const QPointF& pixel) const;
    int towards(const QPointF& direction) const;
    std::vector<PlanePoint> points_;
    std::vector<int> groups_;
    QStringList names_;
    int current_ = -1;
    QCPGraph* ring_ = nullptr;  ///< about the current point
};

}  // namespace gw::ui
