#pragma once
#include <QPushButton>
#include <QScrollArea>
#include <vector>

#include "ui/workbench.h"
#include "workspace/models/lineage.h"

namespace gw::ui {

/// The family of a run as a graph: ancestors to the left, what began from them to the right, each line with the step it
/// began at. A run is a button that opens it.
class LineageView : public QScrollArea {
    Q_OBJECT
  public:
    explicit LineageView(Workbench& workbench, QWidget* parent = nullptr);
    /// Reads the family of a run; an empty id shows nothing.
    void setRun(const std::string& id);
    const std::vector<QPushButton*>& runs() const { return buttons_; }

  private:
    void show(std::vector<LineageNode> nodes);
    QPushButton* makeButton(const LineageNode& node);
    Workbench& workbench_;
    QWidget* canvas_;
    std::string run_;
    std::vector<LineageNode> nodes_;
    std::vector<QPushButton*> buttons_;  ///< of each node, in the same order
};

}  // namespace gw::ui
