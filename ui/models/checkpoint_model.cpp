#include "ui/models/checkpoint_model.h"

#include <algorithm>
#include <map>

#include "artifact/current.h"
#include "ui/texts/metric_text.h"
#include "ui/texts/plain_tip.h"
#include "ui/texts/text.h"
#include "ui/texts/unit_text.h"
#include "workspace/models/figure_basis.h"

namespace gw::ui {

Result<std::vector<CheckpointRow>> readCheckpoints(const Workspace& workspace) {
    auto store = workspace.store(Store::Mode::read_only);
    if (!store) return store.error();
    auto runs = store.value().runs();
    if (!runs) return runs.error();
    std::vector<CheckpointRow> rows;
    std::error_code ignored;
    for (const RunRecord& run : runs.value()) {
        auto checkpoints = store.value().checkpoints(run.id);
        if (!checkpoints) return checkpoints.error();
        const auto current = current_checkpoint(run.path, /*verified=*/false);
        for (CheckpointRecord& checkpoint : checkpoints.value())
            if (fs::exists(fs::path(checkpoint.path) / "manifest.json", ignored))
                rows.push_back({checkpoint, run,
                                current && fs::path(checkpoint.path).filename() == current.value().path.filename()});
    }
    std::stable_sort(rows.begin(), rows.end(), [](const CheckpointRow& a, const CheckpointRow& b) {
        return a.checkpoint.created > b.checkpoint.created;
    });
    return rows;
}

void CheckpointModel::setRows(std::vector<CheckpointRow> rows) {
    const bool same = rows.size() == rows_.size() && std::equal(rows.begin(), rows.end(), rows_.begin(),
                                                                [](const CheckpointRow& a, const CheckpointRow& b) {
                                                                    return a.checkpoint.path == b.checkpoint.path;
                                                                });
    if (same) {
        rows_ = std::move(rows);
        if (rowCount() > 0) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columns - 1));
        return;
    }
    beginResetModel();
    rows_ = std::move(rows);
    filter();
    endResetModel();
}

void CheckpointModel::setFilter(const QString& text) {
    beginResetModel();
    filter_ = text.trimmed();
    filter();
    endResetModel();
}

void CheckpointModel::filter() {
    shown_.clear();
    for (std::size_t i = 0; i < rows_.size(); ++i)
        if (filter_.isEmpty() || qs(rows_[i].run.name).contains(filter_, Qt::CaseInsensitive)) shown_.push_back(i);
}

int CheckpointModel::find(const std::string& path) const {
    for (std::size_t i = 0; i < shown_.size(); ++i)
        if (rows_[shown_[i]].checkpoint.path == path) return static_cast<int>(i);
    return -1;
}

std::vector<CheckpointRow> CheckpointModel::ofRun(const std::string& run) const {
    std::vector<CheckpointRow> found;
    for (const CheckpointRow& row : rows_)
        if (row.run.id == run) found.push_back(row);
    return found;
}

const CheckpointRow* CheckpointModel::known(const std::string& path) const {
    const auto found =
        std::find_if(rows_.begin(), rows_.end(), [&](const CheckpointRow& row) { return row.checkpoint.path == path; });
    return found == rows_.end() ? nullptr : &*found;
}

QString CheckpointModel::tip(const CheckpointRow& row, int column) const {
    if (column == kept && row.current)
        return tr("The weights that the run stands for: what evaluates, predicts and writes takes these");
    if (column == loss && scoresOfAPart(row.run)) {
        const FigureBasis basis = figure_basis(row.run);
        if (countsImages(row.run))
            return basis.run_is_whole
                       ? tr("Of about the first %1 images of the validation part; the run's last figure is of all of "
                            "it")
                             .arg(countText(basis.tokens))
                       : tr("Of about the first %1 images of the validation part, as the run's last figure")
                             .arg(countText(basis.tokens));
        if (unitOf(row.run) == Unit::windows)
            return tr("Of about %1 windows of the validation part").arg(countText(basis.tokens));
        if (unitOf(row.run) == Unit::rows)
            return tr("Of about %1 rows of the validation part").arg(countText(basis.tokens));
        return basis.run_is_whole
                   ? tr("Of about the first %1 tokens of the validation part; the run's last figure is of all of it")
                         .arg(countText(basis.tokens))
                   : tr("Of about the first %1 tokens of the validation part, as the run's last figure")
                         .arg(countText(basis.tokens));
    }
    return qs(row.run.name + "\n" + kind_of(row.run, "objective") + "\n" + row.checkpoint.path);
}

QVariant CheckpointModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const auto& [checkpoint, owner, current] = row(index.row());
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>((index.column() == step || index.column() == loss ? Qt::AlignRight : Qt::AlignLeft) |
                                Qt::AlignVCenter);
    if (role == Qt::ToolTipRole) return plainTip(tip(row(index.row()), index.column()));
    if (role != Qt::DisplayRole) return {};
    switch (index.column()) {
        case run:
            return qs(owner.name);
        case step:
            return countText(checkpoint.step);
        case kept:
            return current && checkpoint.best ? tr("current, best")
                   : current                  ? tr("current")
                   : checkpoint.best          ? tr("best")
                                              : QString();
        case loss:
            return scoreText(checkpoint, scoresOfAPart(owner));
        case saved:
            return timeText(checkpoint.created);
        default:
            return {};
    }
}

QVariant CheckpointModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>((section == step || section == loss ? Qt::AlignRight : Qt::AlignLeft) |
                                Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    switch (section) {
        case run:
            return tr("Run");
        case step:
            return tr("Step");
        case kept:
            return tr("Kept as");
        case loss:
            return tr("Validation");
        case saved:
            return tr("Saved");
        default:
            return {};
    }
}

}  // namespace gw::ui
