#include "ui/models/run_table_model.h"

#include <QCoreApplication>
#include <QFont>
#include <QPainter>
#include <QPixmap>
#include <algorithm>
#include <utility>

#include "compare/spec_table.h"
#include "schema/metric.h"
#include "spec/run_spec.h"
#include "ui/shell/theme.h"
#include "ui/texts/cost_text.h"
#include "ui/texts/message_text.h"
#include "ui/texts/metric_text.h"
#include "ui/texts/notice_text.h"
#include "ui/texts/plain_tip.h"
#include "ui/texts/text.h"
#include "workspace/record/alerts.h"

namespace gw::ui {

namespace {

double fact(const RunRecord& run, const char* key, double otherwise) {
    const auto it = run.facts.find(key);
    return it != run.facts.end() && it->is_number() ? it->get<double>() : otherwise;
}

QString tagsText(const RunRecord& run) {
    QStringList tags;
    for (const std::string& tag : run.tags) tags << qs(tag);
    return tags.join(QStringLiteral(", "));
}

/// A small triangle before the name.
QPixmap noticeMark(const QColor& color) {
    constexpr int side = 12, scale = 2;
    QPixmap mark(side * scale, side * scale);
    mark.setDevicePixelRatio(scale);
    mark.fill(Qt::transparent);
    QPainter painter(&mark);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawPolygon(QPolygonF({{side / 2.0, 1}, {side - 0.5, side - 1.0}, {0.5, side - 1.0}}));
    return mark;
}

/// The kind of a section by its title, in the language of the window.
QString kindText(const RunRecord& run, const char* section) {
    const std::string kind = kind_of(run, section);
    const Sheet* sheet = find_sheet(section, kind);
    return sheet ? sheetText(sheet->card.title) : qs(kind);
}

/// What the best values of a run can be ranked among: those of the same metric and the same task.
std::string taskOf(const RunRecord& run) {
    return main_metric_of(run) + ' ' + kind_of(run, "objective");
}

bool isNumber(int column) {
    return column >= RunTableModel::parameters && column <= RunTableModel::disk;
}

}  // namespace

Result<RunChanges> readRunChanges(const fs::path& database, std::int64_t since, bool trash, FileNumber history,
                                  const CostRates& known) {
    const FileNumber file = file_number(database);
    if (file != history) since = 0;
    auto store = Store::open(database, Store::Mode::read_only);
    if (!store) return store.error();
    auto rates = cost_rates(store.value());
    if (!rates) return rates.error();
    if (rates.value() != known) since = 0;
    auto runs = store.value().runs({.since = since, .trash = trash});
    auto ids = store.value().run_ids(trash), thrown = store.value().run_ids(true);
    if (!runs) return runs.error();
    if (!ids) return ids.error();
    if (!thrown) return thrown.error();
    constexpr int points = 48;
    RunChanges changes;
    changes.rates = std::move(rates).value();
    changes.history = file;
    changes.since = since;
    for (RunRecord& run : runs.value()) {
        auto outline = store.value().outline(run.id, "train/loss", points);
        std::uint64_t disk = 0;
        if (const auto checkpoints = store.value().checkpoints(run.id))
            for (const CheckpointRecord& checkpoint : checkpoints.value()) disk += checkpoint.bytes;
        const auto events = store.value().events(run.id);
        const RunCost cost = cost_of(store.value(), run, changes.rates);
        changes.changed.push_back({std::move(run), outline ? std::move(outline).value() : std::vector<double>(), disk,
                                   events ? notices_of(events.value()) : std::vector<Notice>(), cost});
    }
    if (auto seen = alerts_seen(store.value())) changes.seen = std::move(seen).value();
    changes.ids = std::move(ids).value();
    changes.trashed = static_cast<int>(thrown.value().size());
    return changes;
}

QString statusText(const std::string& status) {
    static const std::pair<const char*, const char*> texts[] = {
        {"queued", QT_TRANSLATE_NOOP("Status", "Queued")},
        {"preparing", QT_TRANSLATE_NOOP("Status", "Preparing")},
        {"running", QT_TRANSLATE_NOOP("Status", "Running")},
        {"paused", QT_TRANSLATE_NOOP("Status", "Paused")},
        {"stopping", QT_TRANSLATE_NOOP("Status", "Stopping")},
        {"finished", QT_TRANSLATE_NOOP("Status", "Finished")},
        {"stopped", QT_TRANSLATE_NOOP("Status", "Stopped")},
        {"failed", QT_TRANSLATE_NOOP("Status", "Failed")},
        {"interrupted", QT_TRANSLATE_NOOP("Status", "Interrupted")}};
    for (const auto& [id, text] : texts)
        if (status == id) return QCoreApplication::translate("Status", text);
    return qs(status);
}

void RunTableModel::apply(RunChanges changes) {
    if (changes.since > revision_) return;  // asked for before a clear(): all are being asked for now
    if (changes.since == 0) revision_ = 0;  // rows stay where they are: those that changed are all
    history_ = changes.history;
    rates_ = std::move(changes.rates);
    for (RunRow& row : changes.changed) {
        revision_ = std::max(revision_, row.record.revision);
        const std::string id = row.record.id;
        rows_.insert_or_assign(id,
                               std::move(row));  // lines point to it: a node keeps its place when its value is replaced
    }
    const bool looked = seen_ != changes.seen;
    seen_ = std::move(changes.seen);
    order_.clear();
    for (std::string& id : changes.ids)
        if (rows_.contains(id)) order_.push_back(std::move(id));
    leftOut_ = static_cast<int>(changes.ids.size() - order_.size());
    const Counted counted =
        countedBy(order_, [this](const std::string& id) -> const RunRecord& { return rows_.at(id).record; });
    if (std::exchange(counted_, counted) != counted) Q_EMIT headerDataChanged(Qt::Horizontal, tokens, tokens);
    std::set<std::string> tasks;
    for (const std::string& id : order_)
        if (const RunRecord& run = rows_.at(id).record; run.best_score) tasks.insert(taskOf(run));
    const bool many = tasks.size() > 1, named = std::exchange(manyTasks_, many) != many;
    arrange();
    if (!lines_.empty() && (looked || named || !changes.changed.empty()))
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columns - 1));
    // Only now does no line point to a run that is gone.
    const std::set<std::string> kept(order_.begin(), order_.end());
    std::erase_if(rows_, [&](const auto& entry) { return !kept.contains(entry.first); });
}

void RunTableModel::clear() {
    beginResetModel();
    lines_.clear();
    rows_.clear();
    order_.clear();
    revision_ = 0;
    leftOut_ = 0;
    shown_ = 0;
    endResetModel();
}

void RunTableModel::setFilter(gw::RunFilter filter) {
    filter_ = std::move(filter);
    arrange();
}

void RunTableModel::setGroup(Group group) {
    group_ = group;
    folded_.clear();
    arrange();
}

void RunTableModel::toggle(int line) {
    if (!isHeading(line)) return;
    const QString heading = lines_[static_cast<std::size_t>(line)].heading;
    if (!folded_.erase(heading)) folded_.insert(heading);
    arrange();
}

void RunTableModel::sort(int column, Qt::SortOrder order) {
    sortColumn_ = column;
    sortOrder_ = order;
    arrange();
}

QString RunTableModel::groupOf(const RunRow& row) const {
    switch (group_) {
        case Group::status:
            return statusText(row.record.status);
        case Group::objective:
            return kindText(row.record, "objective");
        case Group::backbone:
            return kindText(row.record, "backbone");
        case Group::dataset:
            return kindText(row.record, "dataset");
        case Group::tag:
            return row.record.tags.empty() ? tr("No tag") : tagsText(row.record);
        default:
            return {};
    }
}

QString RunTableModel::seedGroupOf(const RunRow& row) {
    // Of thousands of runs this takes seconds.
    auto& [revision, key] = seedGroups_[row.record.id];
    if (key.isEmpty() || revision != row.record.revision) key = qs(seed_group_key(row.record));
    revision = row.record.revision;
    return key;
}

bool RunTableModel::before(const RunRow& a, const RunRow& b) const {
    constexpr double last = 1e300;  // what is not known stands at the end of an ascending order
    auto number = [&](const RunRow& row) -> double {
        const RunRecord& run = row.record;
        switch (sortColumn_) {
            case parameters:
                return fact(run, "parameters", last);
            case tokens:
                return static_cast<double>(run.tokens);
            case best: {
                if (!run.best_score) return last;
                // The best comes first in an ascending order, whichever way its metric is better.
                return higher_is_better(main_metric_of(run)) ? -*run.best_score : *run.best_score;
            }
            case duration:
                return run.seconds;
            case cost:
                return row.cost.money ? *row.cost.money : row.cost.kwh.value_or(last);
            case spark:
                return run.train_loss.value_or(last);
            case disk:
                return static_cast<double>(row.disk);
            default:
                return 0;
        }
    };
    // Values of other metrics or tasks cannot be ranked against each other: each stands by itself.
    if (sortColumn_ == best && a.record.best_score && b.record.best_score)
        if (const std::string one = taskOf(a.record), other = taskOf(b.record); one != other) return one < other;
    if (sortColumn_ == started) return a.record.created < b.record.created;
    if (isNumber(sortColumn_) || sortColumn_ == spark) return number(a) < number(b);
    return text(a, sortColumn_).localeAwareCompare(text(b, sortColumn_)) < 0;
}

std::vector<RunTableModel::Line> RunTableModel::wantedLines() {
    std::vector<const RunRow*> chosen;
    for (const std::string& id : order_)
        if (const RunRow& row = rows_.at(id); filter_.accepts(row.record)) chosen.push_back(&row);
    shown_ = static_cast<int>(chosen.size());
    std::stable_sort(chosen.begin(), chosen.end(), [&](const RunRow* a, const RunRow* b) {
        return sortOrder_ == Qt::AscendingOrder ? before(*a, *b) : before(*b, *a);
    });
    std::vector<Line> lines;
    if (group_ == Group::none) {
        for (const RunRow* row : chosen) lines.push_back({row, {}, 0});
        return lines;
    }
    // Groups in the order of their first run, so that sorting by the loss brings the best group to the top.
    std::map<QString, std::size_t> known;
    std::vector<std::pair<QString, std::vector<const RunRow*>>> groups;
    for (const RunRow* row : chosen) {
        const QString key = group_ == Group::seeds ? seedGroupOf(*row) : groupOf(*row);
        const auto [found, isNew] = known.emplace(key, groups.size());
        if (isNew)
            groups.emplace_back(group_ == Group::seeds ? qs(row->record.name) : key, std::vector<const RunRow*>());
        groups[found->second].second.push_back(row);
    }
    for (auto& [heading, members] : groups) {
        const QString title = heading.isEmpty() ? tr("Unknown") : heading;
        lines.push_back({nullptr, title, static_cast<int>(members.size())});
        if (!folded_.contains(title))
            for (const RunRow* row : members) lines.push_back({row, {}, 0});
    }
    return lines;
}

void RunTableModel::arrange() {
    std::vector<Line> wanted = wantedLines();
    if (wanted == lines_) return;
    Q_EMIT layoutAboutToBeChanged();
    const QModelIndexList held = persistentIndexList();
    std::vector<const RunRow*> runs;
    for (const QModelIndex& one : held) runs.push_back(lines_[static_cast<std::size_t>(one.row())].run);
    lines_ = std::move(wanted);
    std::map<const RunRow*, int> places;
    for (std::size_t i = 0; i < lines_.size(); ++i)
        if (lines_[i].run) places.emplace(lines_[i].run, static_cast<int>(i));
    QModelIndexList now;
    for (qsizetype i = 0; i < held.size(); ++i) {
        const auto found =
            runs[static_cast<std::size_t>(i)] ? places.find(runs[static_cast<std::size_t>(i)]) : places.end();
        now << (found == places.end() ? QModelIndex() : index(found->second, held[i].column()));
    }
    changePersistentIndexList(held, now);
    Q_EMIT layoutChanged();
}

const RunRow* RunTableModel::find(const std::string& id) const {
    const auto found = rows_.find(id);
    return found == rows_.end() ? nullptr : &found->second;
}

int RunTableModel::lineOf(const std::string& id) const {
    for (std::size_t i = 0; i < lines_.size(); ++i)
        if (lines_[i].run && lines_[i].run->record.id == id) return static_cast<int>(i);
    return -1;
}

std::vector<const RunRow*> RunTableModel::interrupted() const {
    std::vector<const RunRow*> out;
    for (const std::string& id : order_)
        if (const RunRow& row = rows_.at(id); row.record.status == "interrupted" && !row.record.dismissed)
            out.push_back(&row);
    return out;
}

std::vector<RunRecord> RunTableModel::records() const {
    std::vector<RunRecord> out;
    for (const std::string& id : order_) out.push_back(rows_.at(id).record);
    return out;
}

QString RunTableModel::text(const RunRow& row, int column) const {
    const RunRecord& run = row.record;
    switch (column) {
        case status:
            return statusText(run.status);
        case name:
            return qs(run.name);
        case objective:
            return kindText(run, "objective");
        case parameters:
            return fact(run, "parameters", -1) >= 0 ? shortCount(fact(run, "parameters", 0)) : QStringLiteral("–");
        case tokens:
            return run.tokens > 0 ? tokensText(static_cast<double>(run.tokens), unitOf(run), counted_)
                                  : QStringLiteral("–");
        case best:
            // Beside values of other metrics or tasks a loss is named too.
            return manyTasks_ && run.best_score && main_metric_of(run) == "loss"
                       ? QStringLiteral("%1 %2").arg(valueText(run.best_score), metricText("loss"))
                       : scoreText(run, run.best_score);
        case started:
            return timeText(run.started.empty() ? run.created : run.started);
        case duration:
            return run.seconds > 0 ? secondsText(run.seconds) : QStringLiteral("–");
        case cost:
            return shortCostText(row.cost, rates_);
        case disk:
            return row.disk > 0 ? bytesText(static_cast<double>(row.disk)) : QStringLiteral("–");
        case tags:
            return tagsText(run);
        default:
            return {};
    }
}

bool RunTableModel::hasNewNotices(const RunRow& row) const {
    const auto known = seen_.find(row.record.id);
    const std::int64_t seen = known == seen_.end() ? 0 : known->second;
    return std::any_of(row.notices.begin(), row.notices.end(),
                       [&](const Notice& notice) { return notice.newest >= seen; });
}

QString RunTableModel::tip(const RunRow& row, int column) const {
    const RunRecord& run = row.record;
    if (column == status && !run.cause.empty()) return linesText(run.cause);
    if (column == cost) return costLines(row.cost, rates_);
    if (column != name) return text(row, column);
    QString out = qs(run.name);
    if (!row.notices.empty()) out += QLatin1Char('\n');
    for (const Notice& notice : row.notices)
        out += QStringLiteral("\n▲ %1: %2")
                   .arg(noticeWord(notice.kind), noticeText(notice).section(QLatin1Char('\n'), 0, 0));
    if (!run.notes.empty()) out += QStringLiteral("\n\n") + qs(run.notes);
    return out;
}

QVariant RunTableModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const Line& line = lines_[static_cast<std::size_t>(index.row())];
    if (!line.run) {
        if (role == headingRole) return true;
        if (index.column() != 0) return {};
        if (role == Qt::DisplayRole)
            return (folded_.contains(line.heading) ? QStringLiteral("▸ ") : QStringLiteral("▾ ")) + line.heading +
                   QStringLiteral("   ") + plural(line.count, tr("1 run"), tr("%1 runs"));
        if (role == Qt::FontRole) {
            QFont font = Theme::numberFont();
            font.setWeight(QFont::DemiBold);
            return font;
        }
        return {};
    }
    const RunRow& one = *line.run;
    switch (role) {
        case Qt::DisplayRole:
            return text(one, index.column());
        case Qt::EditRole:
            return qs(one.record.name);
        case Qt::ToolTipRole:
            return plainTip(tip(one, index.column()));
        case Qt::DecorationRole:
            if (index.column() != name || one.notices.empty()) return {};
            return noticeMark(noticeColor(one.notices.front(), hasNewNotices(one)));
        case Qt::AccessibleTextRole:
            return index.column() == name && !one.notices.empty()
                       ? qs(one.record.name) + QStringLiteral(", ") + noticeCounts(one.notices)
                       : text(one, index.column());
        case newNoticesRole:
            return hasNewNotices(one);
        case Qt::TextAlignmentRole:
            return static_cast<int>((isNumber(index.column()) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
        case outlineRole:
            return QVariant::fromValue(QVector<double>(one.outline.begin(), one.outline.end()));
        case idRole:
            return qs(one.record.id);
        case statusRole:
            return qs(one.record.status);
        case headingRole:
            return false;
        case numberRole:
            return static_cast<qlonglong>(one.record.number);
        default:
            return {};
    }
}

QVariant RunTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>((isNumber(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && section == best)
        return tr(
            "The best value, on the validation part, of what each run is judged by: its loss unless another metric is "
            "named");
    if (role != Qt::DisplayRole) return {};
    switch (section) {
        case status:
            return tr("Status");
        case name:
            return tr("Name");
        case spark:
            return tr("Training loss");
        case objective:
            return tr("Objective");
        case parameters:
            return tr("Parameters");
        case tokens:
            return countedText(counted_);
        case best:
            return tr("Best validation");
        case started:
            return tr("Started");
        case duration:
            return tr("Duration");
        case cost:
            return tr("Cost");
        case disk:
            return tr("Disk");
        case tags:
            return tr("Tags");
        default:
            return {};
    }
}

Qt::ItemFlags RunTableModel::flags(const QModelIndex& index) const {
    const Qt::ItemFlags base = QAbstractTableModel::flags(index);
    if (index.isValid() && isHeading(index.row())) return Qt::ItemIsEnabled;
    return index.column() == name ? base | Qt::ItemIsEditable : base;
}

bool RunTableModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    const QString wanted = value.toString().trimmed();
    if (!index.isValid() || role != Qt::EditRole || index.column() != name || wanted.isEmpty() ||
        isHeading(index.row()))
        return false;
    RunRecord& run = rows_.at(lines_[static_cast<std::size_t>(index.row())].run->record.id).record;
    if (wanted == qs(run.name)) return true;
    run.name = ss(wanted);
    Q_EMIT dataChanged(index, index);
    Q_EMIT renamed(qs(run.id), wanted);
    return true;
}

}  // namespace gw::ui
