#include "ui/models/queue_model.h"

#include <QMimeData>
#include <utility>

#include "spec/run_spec.h"
#include "ui/texts/plain_tip.h"
#include "ui/texts/text.h"

namespace gw::ui {

Result<QueueState> readQueue(const Workspace& workspace) {
    const RunQueue queue(workspace);
    auto waiting = queue.waiting();
    if (!waiting) return waiting.error();
    auto settings = queue.settings();
    if (!settings) return settings.error();
    auto store = workspace.store(Store::Mode::read_only);
    if (!store) return store.error();
    auto history = store.value().runs();
    if (!history) return history.error();
    QueueState state{{}, settings.value()};
    for (RunRecord& run : waiting.value()) {
        const Estimate estimate = estimate_run(run.spec);
        const auto seconds = expected_seconds(history.value(), run.spec);
        state.rows.push_back({std::move(run), estimate.steps, estimate.tokens, seconds});
    }
    return state;
}

void QueueModel::setRows(std::vector<QueueRow> rows) {
    const Counted counted = countedBy(rows, [](const QueueRow& row) -> const RunRecord& { return row.record; });
    if (std::exchange(counted_, counted) != counted) Q_EMIT headerDataChanged(Qt::Horizontal, tokens, tokens);
    bool same = rows.size() == rows_.size();
    for (std::size_t i = 0; same && i < rows.size(); ++i) same = rows[i].record.id == rows_[i].record.id;
    if (same) {
        rows_ = std::move(rows);
        if (!rows_.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columns - 1));
        return;
    }
    beginResetModel();
    rows_ = std::move(rows);
    endResetModel();
}

QVariant QueueModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const QueueRow& one = row(index.row());
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>((index.column() == name ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole) return {};
    switch (index.column()) {
        case place:
            return index.row() + 1;
        case name:
            return role == Qt::ToolTipRole ? plainTip(qs(one.record.name)) : qs(one.record.name);
        case steps:
            return one.steps ? countText(*one.steps) : QStringLiteral("–");
        case tokens:
            return one.tokens ? tokensText(static_cast<double>(*one.tokens), unitOf(one.record), counted_)
                              : QStringLiteral("–");
        case expected:
            return one.seconds ? tr("about %1").arg(secondsText(*one.seconds)) : QStringLiteral("–");
        case queued:
            return timeText(one.record.created);
        default:
            return {};
    }
}

Qt::ItemFlags QueueModel::flags(const QModelIndex& index) const {
    // Between rows alone: the root takes what is dropped, a row does not.
    return index.isValid() ? QAbstractTableModel::flags(index) | Qt::ItemIsDragEnabled : Qt::ItemIsDropEnabled;
}

QStringList QueueModel::mimeTypes() const {
    return {QStringLiteral("application/x-groundwork-queued-run")};
}

QMimeData* QueueModel::mimeData(const QModelIndexList& indexes) const {
    auto* data = new QMimeData;
    if (!indexes.isEmpty())
        data->setData(mimeTypes().front(), QByteArray::fromStdString(row(indexes.front().row()).record.id));
    return data;
}

bool QueueModel::dropMimeData(const QMimeData* data, Qt::DropAction action, int row, int /*column*/,
                              const QModelIndex& parent) {
    if (action != Qt::MoveAction || !data->hasFormat(mimeTypes().front())) return false;
    const std::string id = data->data(mimeTypes().front()).toStdString();
    int from = 0;
    while (from < rowCount() && this->row(from).record.id != id) ++from;
    if (from == rowCount()) return false;  // it was taken up meanwhile
    const int before = row >= 0 ? row : parent.isValid() ? parent.row() : rowCount();
    const int to = before > from ? before - 1 : before;
    if (to != from) Q_EMIT moveWanted(from, to);
    return false;  // the view must not take rows away by itself
}

QVariant QueueModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>((section == name ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    switch (section) {
        case place:
            return tr("Place");
        case name:
            return tr("Name");
        case steps:
            return tr("Steps");
        case tokens:
            return countedText(counted_);
        case expected:
            return tr("Expected");
        case queued:
            return tr("Waits since");
        default:
            return {};
    }
}

}  // namespace gw::ui
