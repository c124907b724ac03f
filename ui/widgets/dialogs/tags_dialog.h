#pragma once
#include <QDialog>
#include <QLineEdit>
#include <QListWidget>
#include <set>

#include "store/records.h"

namespace gw::ui {

/// Which tags runs are to have: a box a tag, which is half ticked where only some of the runs have it and is then left
/// as it is.
class TagsDialog : public QDialog {
    Q_OBJECT
  public:
    /// `known`: tags of the workspace, offered beside those of the runs.
    TagsDialog(const std::vector<RunRecord>& runs, const std::set<std::string>& known, QWidget* parent = nullptr);
    QListWidget& list() { return *list_; }
    /// New tags, with commas between them.
    QLineEdit& fresh() { return *fresh_; }
    /// The tags that a run has now with what was added and without what was taken away.
    std::vector<std::string> tagsOf(const RunRecord& run) const;

  private:
    QListWidget* list_;
    QLineEdit* fresh_;
};

}  // namespace gw::ui
