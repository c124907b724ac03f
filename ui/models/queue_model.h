#pragma once
#include <QAbstractTableModel>

#include "ui/texts/unit_text.h"
#include "workspace/run_queue.h"

namespace gw::ui {

/// A run that waits, and what is expected of it.
struct QueueRow {
    RunRecord record;
    std::optional<std::int64_t> steps, tokens;
    std::optional<double> seconds;
};

struct QueueState {
    std::vector<QueueRow> rows;
    QueueSettings settings;
};
/// Call from a background thread.
Result<QueueState> readQueue(const Workspace& workspace);

/// The queue as a table, the next run first.
class QueueModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column { place, name, steps, tokens, expected, queued, columns };
    using QAbstractTableModel::QAbstractTableModel;
    void setRows(std::vector<QueueRow> rows);
    const QueueRow& row(int index) const { return rows_[static_cast<std::size_t>(index)]; }
    int rowCount(const QModelIndex& parent = {}) const override {
        return parent.isValid() ? 0 : static_cast<int>(rows_.size());
    }
    int columnCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : columns; }
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    Qt::DropActions supportedDropActions() const override { return Qt::MoveAction; }
    QStringList mimeTypes() const override;
    QMimeData* mimeData(const QModelIndexList& indexes) const override;
    /// Says by moveWanted() where a run was dropped; the rows follow when the queue has been changed.
    bool dropMimeData(const QMimeData* data, Qt::DropAction action, int row, int column,
                      const QModelIndex& parent) override;

  Q_SIGNALS:
    /// A run was dragged: `to` is the place that it is to have in the end.
    void moveWanted(int from, int to);

  private:
    std::vector<QueueRow> rows_;
    Counted counted_ = Unit::tokens;
};

}  // namespace gw::ui
