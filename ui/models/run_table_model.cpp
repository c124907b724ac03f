#include "ui/models/run_table_model.h"

#include <QCoreApplication>

#include "ui/text.h"
#include "ui/theme.h"

namespace gw::ui {

namespace {

std::string kindOf(const Json& spec, const char* section) {
    const auto it = spec.find(section);
    return it != spec.end() && it->is_object() ? it->value("kind", "") : std::string();
}

std::optional<double> fact(const RunRecord& run, const char* key) {
    const auto it = run.facts.find(key);
    return it != run.facts.end() && it->is_number() ? std::optional(it->get<double>()) : std::nullopt;
}

}  // namespace

Result<std::vector<RunRow>> readRunRows(const fs::path& database) {
    auto store = Store::open(database, Store::Mode::read_only);
    if (!store) return store.error();
    auto runs = store.value().runs();
    if (!runs) return runs.error();
    constexpr int points = 48;
    std::vector<RunRow> rows;
    for (RunRecord& run : runs.value()) {
        auto outline = store.value().outline(run.id, "train/loss", points);
        rows.push_back({std::move(run), outline ? std::move(outline).value() : std::vector<double>()});
    }
    return rows;
}

QString statusText(const std::string& status) {
    static const std::pair<const char*, const char*> texts[] = {
        {"queued", QT_TRANSLATE_NOOP("Status", "Queued")},     {"preparing", QT_TRANSLATE_NOOP("Status", "Preparing")},
        {"running", QT_TRANSLATE_NOOP("Status", "Running")},   {"paused", QT_TRANSLATE_NOOP("Status", "Paused")},
        {"stopping", QT_TRANSLATE_NOOP("Status", "Stopping")}, {"finished", QT_TRANSLATE_NOOP("Status", "Finished")},
        {"stopped", QT_TRANSLATE_NOOP("Status", "Stopped")},   {"failed", QT_TRANSLATE_NOOP("Status", "Failed")},
        {"interrupted", QT_TRANSLATE_NOOP("Status", "Interrupted")}};
    for (const auto& [id, text] : texts)
        if (status == id) return QCoreApplication::translate("Status", text);
    return qs(status);
}

bool isActiveStatus(const std::string& status) { return status == "preparing" || status == "running" || status == "paused" || status == "stopping"; }

void RunTableModel::setRows(std::vector<RunRow> rows) {
    bool same = rows.size() == rows_.size();
    for (std::size_t i = 0; same && i < rows.size(); ++i) same = rows[i].record.id == rows_[i].record.id;
    if (same) {
        rows_ = std::move(rows);
        if (!rows_.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columns - 1));
        return;
    }
    // New runs come first (newest first); anything else is a new table.
    const std::size_t added = rows.size() > rows_.size() ? rows.size() - rows_.size() : 0;
    bool onlyAdded = added > 0 && !rows_.empty();
    for (std::size_t i = 0; onlyAdded && i < rows_.size(); ++i) onlyAdded = rows[added + i].record.id == rows_[i].record.id;
    if (onlyAdded) {
        beginInsertRows({}, 0, static_cast<int>(added) - 1);
        rows_ = std::move(rows);
        endInsertRows();
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columns - 1));
        return;
    }
    beginResetModel();
    rows_ = std::move(rows);
    endResetModel();
}

QString RunTableModel::text(const RunRow& row, int column) const {
    const RunRecord& run = row.record;
    switch (column) {
        case status: return statusText(run.status);
        case name: return qs(run.name);
        case objective: return qs(kindOf(run.spec, "objective"));
        case parameters: return fact(run, "parameters") ? shortCount(*fact(run, "parameters")) : QStringLiteral("–");
        case tokens: return run.tokens > 0 ? shortCount(static_cast<double>(run.tokens)) : QStringLiteral("–");
        case best: return valueText(run.best_validation_loss);
        case started: return timeText(run.started);
        case duration: return run.seconds > 0 ? secondsText(run.seconds) : QStringLiteral("–");
        default: return {};
    }
}

QVariant RunTableModel::sortKey(const RunRow& row, int column) const {
    const RunRecord& run = row.record;
    constexpr double last = 1e300;  // what is not known stands at the end of an ascending order
    switch (column) {
        case parameters: return fact(run, "parameters").value_or(last);
        case tokens: return static_cast<qlonglong>(run.tokens);
        case best: return run.best_validation_loss.value_or(last);
        case started: return qs(run.created);
        case duration: return run.seconds;
        case spark: return run.train_loss.value_or(last);
        default: return text(row, column).toLower();
    }
}

QVariant RunTableModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const RunRow& one = row(index.row());
    switch (role) {
        case Qt::DisplayRole: return text(one, index.column());
        case Qt::EditRole: return qs(one.record.name);
        case Qt::ToolTipRole: return index.column() == status && !one.record.cause.empty() ? qs(one.record.cause) : text(one, index.column());
        case Qt::TextAlignmentRole: {
            const bool number = index.column() >= parameters;
            return static_cast<int>((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
        }
        case sortRole: return sortKey(one, index.column());
        case outlineRole: return QVariant::fromValue(QVector<double>(one.outline.begin(), one.outline.end()));
        case idRole: return qs(one.record.id);
        case statusRole: return qs(one.record.status);
        case searchRole:
            return QStringList{qs(one.record.name), statusText(one.record.status), qs(one.record.status), qs(kindOf(one.record.spec, "objective")),
                               qs(kindOf(one.record.spec, "backbone")), qs(kindOf(one.record.spec, "dataset")), qs(kindOf(one.record.spec, "tokenizer"))}
                .join(QLatin1Char(' '));
        default: return {};
    }
}

QVariant RunTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole) return static_cast<int>((section >= parameters ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    switch (section) {
        case status: return tr("Status");
        case name: return tr("Name");
        case spark: return tr("Training loss");
        case objective: return tr("Objective");
        case parameters: return tr("Parameters");
        case tokens: return tr("Tokens");
        case best: return tr("Best validation");
        case started: return tr("Started");
        case duration: return tr("Duration");
        default: return {};
    }
}

Qt::ItemFlags RunTableModel::flags(const QModelIndex& index) const {
    const Qt::ItemFlags base = QAbstractTableModel::flags(index);
    return index.column() == name ? base | Qt::ItemIsEditable : base;
}

bool RunTableModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    const QString wanted = value.toString().trimmed();
    if (!index.isValid() || role != Qt::EditRole || index.column() != name || wanted.isEmpty()) return false;
    RunRecord& run = rows_[static_cast<std::size_t>(index.row())].record;
    if (wanted == qs(run.name)) return true;
    run.name = ss(wanted);
    Q_EMIT dataChanged(index, index);
    Q_EMIT renamed(qs(run.id), wanted);
    return true;
}

void RunFilter::setWords(const QString& text) {
    words_ = text.toLower().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    invalidateFilter();
}

bool RunFilter::filterAcceptsRow(int row, const QModelIndex& parent) const {
    const QString all = sourceModel()->index(row, 0, parent).data(RunTableModel::searchRole).toString().toLower();
    return std::all_of(words_.begin(), words_.end(), [&](const QString& word) { return all.contains(word); });
}

}  // namespace gw::ui
