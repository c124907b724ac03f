#include "ui/widgets/heat_table.h"

#include <QHeaderView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <algorithm>

#include "ui/shell/theme.h"

namespace gw::ui {

namespace {

constexpr int heatRole = Qt::UserRole;
constexpr int widestName = 150;

/// Paints a cell by its heat; a style sheet would take the place of the background that an item asks for.
class HeatDelegate final : public QStyledItemDelegate {
  public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const QVariant heat = index.data(heatRole);
        if (!heat.isValid()) return;
        const Tokens& t = tokens();
        const double share = std::clamp(heat.toDouble(), 0.0, 1.0);
        auto mix = [&](int from, int to) { return static_cast<int>(from + (to - from) * share); };
        const QColor ground(mix(t.surface.red(), t.accent.red()), mix(t.surface.green(), t.accent.green()),
                            mix(t.surface.blue(), t.accent.blue()));
        painter->fillRect(option.rect.adjusted(1, 1, -1, -1), ground);
        // The letters are of whichever colour stands out more.
        const bool bright = 0.299 * ground.red() + 0.587 * ground.green() + 0.114 * ground.blue() > 140;
        painter->setPen(bright ? QColor(0x1B, 0x1F, 0x27) : QColor(0xFF, 0xFF, 0xFF));
        painter->setFont(option.font);
        painter->drawText(option.rect, Qt::AlignCenter, index.data(Qt::DisplayRole).toString());
        if (option.state & QStyle::State_HasFocus) {
            painter->setPen(QPen(t.text, 1, Qt::DotLine));
            painter->drawRect(option.rect.adjusted(2, 2, -3, -3));
        }
    }
};

}  // namespace

HeatTable::HeatTable(const QString& accessibleName, QWidget* parent) : QTableWidget(parent) {
    setAccessibleName(accessibleName);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false);
    setFont(Theme::numberFont());
    setShowGrid(false);
    setCornerButtonEnabled(false);
    setItemDelegate(new HeatDelegate(this));
    horizontalHeader()->setStyleSheet(
        QStringLiteral("QHeaderView::section { padding-left: 2px; padding-right: 2px; }"));
    verticalHeader()->setMaximumWidth(widestName);
    verticalHeader()->setStyleSheet(QStringLiteral("QHeaderView::section { padding: 0 4px; }"));
    verticalHeader()->setDefaultAlignment(Qt::AlignRight | Qt::AlignVCenter);
    connect(&Theme::instance(), &Theme::changed, viewport(), qOverload<>(&QWidget::update));
}

void HeatTable::show(const QStringList& rows, const QStringList& columns,
                     const std::vector<std::vector<std::optional<Cell>>>& cells) {
    constexpr int few = 4, narrow = 40, edges = 12;
    int widest = narrow;
    for (const QString& column : columns)
        widest = std::max(widest, horizontalHeader()->fontMetrics().horizontalAdvance(column) + edges);
    // A few columns share the width; more are as wide as their names, so that as many as can be are seen at once.
    horizontalHeader()->setMinimumSectionSize(columns.size() <= few ? std::min(widest, widestName) : narrow);
    horizontalHeader()->setSectionResizeMode(columns.size() <= few ? QHeaderView::Stretch
                                                                   : QHeaderView::ResizeToContents);
    clear();
    setRowCount(static_cast<int>(rows.size()));
    setColumnCount(static_cast<int>(columns.size()));
    constexpr int sides = 14;
    QStringList names;
    for (const QString& row : rows)
        names << verticalHeader()->fontMetrics().elidedText(row, Qt::ElideMiddle, widestName - sides);
    setVerticalHeaderLabels(names);
    setHorizontalHeaderLabels(columns);
    for (int row = 0; row < rowCount(); ++row) verticalHeaderItem(row)->setToolTip(rows[row]);
    for (int column = 0; column < columnCount(); ++column) horizontalHeaderItem(column)->setToolTip(columns[column]);
    for (int row = 0; row < rowCount(); ++row)
        for (int column = 0; column < columnCount(); ++column) {
            const auto& cell = cells[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)];
            auto* item = new QTableWidgetItem(cell ? cell->text : QString());
            if (cell) {
                item->setToolTip(cell->tip);
                item->setData(heatRole, cell->heat);
            }
            setItem(row, column, item);
        }
}

}  // namespace gw::ui
