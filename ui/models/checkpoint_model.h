#pragma once
#include <QAbstractTableModel>

#include "workspace/workspace.h"

namespace gw::ui {

/// A checkpoint of the history with the run that it belongs to.
struct CheckpointRow {
    CheckpointRecord checkpoint;
    RunRecord run;
    bool current = false;  ///< it holds the weights that the run stands for
};
/// All checkpoints whose folders exist, newest first. Call from a background thread.
Result<std::vector<CheckpointRow>> readCheckpoints(const Workspace& workspace);

/// Checkpoints as a table: what can be begun from.
class CheckpointModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column { run, step, kept, loss, saved, columns };
    using QAbstractTableModel::QAbstractTableModel;
    void setRows(std::vector<CheckpointRow> rows);
    /// Shows rows whose run's name holds `text`.
    void setFilter(const QString& text);
    const CheckpointRow& row(int index) const { return rows_[shown_[static_cast<std::size_t>(index)]]; }
    /// Row of a checkpoint folder; -1 when it is not shown.
    int find(const std::string& path) const;
    /// The same of all rows, whether the filter shows them or not; null when there is none.
    const CheckpointRow* known(const std::string& path) const;
    /// All of a run, newest first, whether the filter shows them or not.
    std::vector<CheckpointRow> ofRun(const std::string& run) const;
    int total() const { return static_cast<int>(rows_.size()); }
    int rowCount(const QModelIndex& parent = {}) const override {
        return parent.isValid() ? 0 : static_cast<int>(shown_.size());
    }
    int columnCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : columns; }
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    void filter();
    QString tip(const CheckpointRow& row, int column) const;
    std::vector<CheckpointRow> rows_;
    std::vector<std::size_t> shown_;
    QString filter_;
};

}  // namespace gw::ui
