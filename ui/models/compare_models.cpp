#include "ui/models/compare_models.h"

#include <QCoreApplication>
#include <QFont>
#include <cmath>

#include "ui/shell/theme.h"
#include "ui/texts/cost_text.h"
#include "ui/texts/message_text.h"
#include "ui/texts/metric_text.h"
#include "ui/texts/plain_tip.h"
#include "ui/texts/text.h"

namespace gw::ui {

namespace {

QVariant aligned(bool number) {
    return static_cast<int>((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
}

QString optionalText(const std::optional<double>& value, int digits = 4) {
    return value ? valueText(*value, digits) : QStringLiteral("–");
}

/// What tells the runs apart.
QStringList runLabels(const Comparison& comparison) {
    QStringList out;
    for (const ComparedRun& run : comparison.runs) out << qs(run.label);
    return tellingNames(out);
}

}  // namespace

QString phraseText(const Phrase& phrase) {
    QString text = QCoreApplication::translate("Core", phrase.form.c_str());
    // A value may itself be a sentence of the engine; looked up, anything else stays as it is.
    for (std::size_t i = 0; i < phrase.values.size(); ++i)
        text.replace(QStringLiteral("%%1").arg(i + 1), messageText(phrase.values[i]));
    return text;
}

void CompareRunModel::setRows(std::vector<Row> rows) {
    beginResetModel();
    rows_ = std::move(rows);
    endResetModel();
}

void CompareRunModel::setValues(const std::vector<double>& values) {
    for (std::size_t i = 0; i < rows_.size(); ++i) rows_[i].value = i < values.size() ? values[i] : NAN;
    if (!rows_.empty()) Q_EMIT dataChanged(index(0, value), index(rowCount() - 1, value), {Qt::DisplayRole});
}

QVariant CompareRunModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const Row& one = row(index.row());
    switch (role) {
        case Qt::DisplayRole:
            if (index.column() == label) return one.baseline ? QStringLiteral("★ ") + one.label : one.label;
            return std::isnan(one.value) ? QStringLiteral("–") : valueText(one.value);
        case Qt::ToolTipRole:
            return one.tip;
        case Qt::CheckStateRole:
            return index.column() == label ? QVariant(one.visible ? Qt::Checked : Qt::Unchecked) : QVariant();
        case Qt::TextAlignmentRole:
            return aligned(index.column() == value);
        case Qt::AccessibleTextRole:
            return one.baseline ? tr("%1, the baseline").arg(one.label) : one.label;
        case numberRole:
            return static_cast<qlonglong>(one.number);
        case baselineRole:
            return one.baseline;
        case bandRole:
            return one.band;
        default:
            return {};
    }
}

QVariant CompareRunModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole) return aligned(section == value);
    if (role != Qt::DisplayRole) return {};
    return section == label ? tr("Run") : tr("Value");
}

bool CompareRunModel::setData(const QModelIndex& index, const QVariant& wanted, int role) {
    if (!index.isValid() || role != Qt::CheckStateRole || index.column() != label) return false;
    Row& one = rows_[static_cast<std::size_t>(index.row())];
    one.visible = wanted.toInt() == Qt::Checked;
    Q_EMIT dataChanged(index, index, {Qt::CheckStateRole});
    Q_EMIT shownChanged(index.row(), one.visible);
    return true;
}

Qt::ItemFlags CompareRunModel::flags(const QModelIndex& index) const {
    const Qt::ItemFlags base = QAbstractTableModel::flags(index);
    return index.column() == label ? base | Qt::ItemIsUserCheckable : base;
}

void SummaryModel::setComparison(std::shared_ptr<const Comparison> comparison) {
    beginResetModel();
    comparison_ = std::move(comparison);
    labels_ = comparison_ ? runLabels(*comparison_) : QStringList();
    endResetModel();
}

QVariant SummaryModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const ComparedRun& one = comparison_->runs[static_cast<std::size_t>(index.row())];
    const bool isBaseline = static_cast<std::size_t>(index.row()) == comparison_->baseline;
    if (role == Qt::TextAlignmentRole) return aligned(index.column() != run && index.column() != target);
    if (role == Qt::FontRole && isBaseline) {
        QFont font = Theme::numberFont();
        font.setWeight(QFont::DemiBold);
        return font;
    }
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole) return {};
    if (index.column() == run && role == Qt::ToolTipRole) return plainTip(qs(one.label));
    switch (index.column()) {
        case run:
            return (isBaseline ? QStringLiteral("★ ") : QString()) + labels_[index.row()];
        case best:
            return optionalText(one.best);
        case last:
            return optionalText(one.last);
        case atEqualX:
            return optionalText(one.at_equal_x);
        case difference:
            return isBaseline ? QString()
                   : one.difference
                       ? (*one.difference > 0 ? QStringLiteral("+") : QString()) + valueText(*one.difference, 3)
                       : QStringLiteral("–");
        case target:
            return one.trace.empty() ? tr("Not drawn: %1").arg(phraseText(one.missing))
                                     : phraseText(target_phrase(*comparison_, one));
        case trained:
            return secondsText(one.cost.seconds);
        case cost:
            return role == Qt::ToolTipRole ? costLines(one.cost, comparison_->rates)
                                           : shortCostText(one.cost, comparison_->rates);
        default:
            return {};
    }
}

QVariant SummaryModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole) return aligned(section != run && section != target);
    if (role != Qt::DisplayRole || !comparison_) return {};
    switch (section) {
        case run:
            return tr("Run");
        case best:
            return tr("Best");
        case last:
            return tr("Last");
        case atEqualX:
            return comparison_->equal_x ? tr("At equal x (%1)").arg(shortCount(*comparison_->equal_x))
                                        : tr("At equal x");
        case difference:
            return tr("Difference");
        case target:
            return tr("Way to the target");
        case trained:
            return tr("Trained");
        case cost:
            return tr("Cost");
        default:
            return {};
    }
}

void GroupModel::setComparison(std::shared_ptr<const Comparison> comparison) {
    beginResetModel();
    comparison_ = std::move(comparison);
    endResetModel();
}

QVariant GroupModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const RunGroup& one = comparison_->groups[static_cast<std::size_t>(index.row())];
    if (role == Qt::TextAlignmentRole)
        return aligned(index.column() == count || index.column() == mean || index.column() == deviation);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole) return {};
    switch (index.column()) {
        case group:
            return qs(one.label);
        case count:
            return countText(static_cast<std::int64_t>(one.runs.size()));
        case mean:
            return one.spread.count > 0 ? valueText(one.spread.mean) : QStringLiteral("–");
        case deviation:
            return one.spread.count > 1 ? valueText(one.spread.deviation, 2) : QStringLiteral("–");
        case verdict:
            return index.row() == 0       ? tr("The baseline's group")
                   : one.spread.count > 0 ? phraseText(one.verdict.phrase())
                                          : QStringLiteral("–");
        default:
            return {};
    }
}

QVariant GroupModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole) return aligned(section == count || section == mean || section == deviation);
    if (role != Qt::DisplayRole) return {};
    switch (section) {
        case group:
            return tr("Group");
        case count:
            return tr("Seeds");
        case mean:
            return tr("Mean at equal x");
        case deviation:
            return tr("Standard deviation");
        case verdict:
            return tr("Against the baseline");
        default:
            return {};
    }
}

void SettingsModel::setComparison(std::shared_ptr<const Comparison> comparison) {
    beginResetModel();
    comparison_ = std::move(comparison);
    labels_ = comparison_ ? runLabels(*comparison_) : QStringList();
    endResetModel();
}

QVariant SettingsModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const SpecRow& one = comparison_->settings[static_cast<std::size_t>(index.row())];
    if (role == differsRole) return one.differs;
    if (role == Qt::ForegroundRole && one.differs && index.column() > 0) {
        const Json& base = one.values[comparison_->baseline];
        return one.values[static_cast<std::size_t>(index.column() - 1)] != base ? QVariant(tokens().accent)
                                                                                : QVariant();
    }
    if (role == Qt::ForegroundRole && index.column() == 0) return tokens().muted;
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole) return {};
    return index.column() == 0 ? qs(one.path)
                               : qs(setting_text(one.values[static_cast<std::size_t>(index.column() - 1)]));
}

QVariant SettingsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || !comparison_) return {};
    if (role == Qt::TextAlignmentRole) return aligned(false);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole) return {};
    if (section == 0) return tr("Setting");
    return role == Qt::ToolTipRole ? plainTip(qs(comparison_->runs[static_cast<std::size_t>(section - 1)].label))
                                   : labels_[section - 1];
}

void SettingsFilter::setOnlyDiffering(bool on) {
    onlyDiffering_ = on;
    invalidateFilter();
}

void SettingsFilter::setWord(const QString& word) {
    word_ = word;
    invalidateFilter();
}

bool SettingsFilter::filterAcceptsRow(int row, const QModelIndex& parent) const {
    const QModelIndex first = sourceModel()->index(row, 0, parent);
    if (onlyDiffering_ && !first.data(SettingsModel::differsRole).toBool()) return false;
    if (word_.isEmpty()) return true;
    for (int column = 0; column < sourceModel()->columnCount(parent); ++column)
        if (first.siblingAtColumn(column).data().toString().contains(word_, Qt::CaseInsensitive)) return true;
    return false;
}

}  // namespace gw::ui
