#pragma once
#include <QMenu>
#include <functional>

#include "ui/workbench.h"

namespace gw::ui {

class LinkedPlots;

/// What a run's plots can be written as: pictures with legend, or all recorded values.
class PlotExport : public QObject {
    Q_OBJECT
  public:
    PlotExport(Workbench& workbench, LinkedPlots& plots, QWidget* window);
    /// Whose curves; the name is offered for the file.
    void setRun(const RunRecord& run);
    /// The choices, and those that a page adds to them.
    QMenu& menu() { return *menu_; }
    /// Writes to a file; its ending says how: svg, pdf, png or csv.
    Status exportTo(const QString& file);

  private:
    void wanted(const QString& ending, const QString& filter);
    Workbench& workbench_;
    LinkedPlots& plots_;
    QWidget* window_;
    QMenu* menu_;
    std::string run_;
    QString name_;
    std::vector<std::string> metrics_;
};

/// A line a step with all recorded values of the metrics, those of segments that were left again too: segment, step,
/// seconds and the metrics; an empty cell where a step has no value of one. Not a number is "nan".
Result<std::string> curvesCsv(const Store& store, const std::string& run, const std::vector<std::string>& metrics);

}  // namespace gw::ui
