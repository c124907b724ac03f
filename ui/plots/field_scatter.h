#pragma once
#include <QComboBox>
#include <QWidget>

#include "compare/comparison.h"

class QCustomPlot;

namespace gw::ui {

/// Any setting or fact of the runs against any of their results, a dot a run.
class FieldScatter : public QWidget {
    Q_OBJECT
  public:
    explicit FieldScatter(QWidget* parent = nullptr);
    void setComparison(std::shared_ptr<const Comparison> comparison);

  private:
    void draw();
    std::shared_ptr<const Comparison> comparison_;
    QComboBox *field_, *result_;
    QCustomPlot* plot_;
};

}  // namespace gw::ui
