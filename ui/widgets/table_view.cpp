#include "ui/widgets/table_view.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <algorithm>

#include "ui/theme.h"

namespace gw::ui {

namespace {

/// Letters are the page's keys here, not the beginning of a name to jump to.
class PlainTable final : public QTableView {
  protected:
    void keyPressEvent(QKeyEvent* event) override {
        const bool letter = !event->text().isEmpty() && event->text().front().isLetterOrNumber() && !(event->modifiers() & ~Qt::ShiftModifier);
        letter ? event->ignore() : QTableView::keyPressEvent(event);
    }
};

}  // namespace

QTableView* plainTable(const QString& accessibleName, QAbstractItemModel* model) {
    constexpr int rowHeight = 32;
    QTableView* view = new PlainTable;
    view->setModel(model);
    view->setAccessibleName(accessibleName);
    view->setShowGrid(false);
    view->setWordWrap(false);
    view->setSelectionBehavior(QAbstractItemView::SelectRows);
    view->setSelectionMode(QAbstractItemView::SingleSelection);
    view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    view->setFont(Theme::numberFont());
    view->setTabKeyNavigation(false);
    view->verticalHeader()->hide();
    view->verticalHeader()->setDefaultSectionSize(rowHeight);
    view->horizontalHeader()->setHighlightSections(false);
    view->horizontalHeader()->setStretchLastSection(true);
    return view;
}

void setColumnWidths(QTableView* view, std::initializer_list<std::pair<int, int>> widths) {
    for (const auto& [column, width] : widths) view->setColumnWidth(column, std::max(width, view->horizontalHeader()->sectionSizeHint(column)));
}

QVariantList columnWidths(const QTableView& view) {
    QVariantList widths;
    for (int column = 0; column < view.horizontalHeader()->count(); ++column) widths << view.columnWidth(column);
    return widths;
}

void setColumnWidths(QTableView& view, const QVariantList& widths) {
    const QHeaderView* header = view.horizontalHeader();
    if (widths.size() != header->count()) return;
    for (int column = 0; column < header->count(); ++column)
        if (header->sectionResizeMode(column) == QHeaderView::Interactive && widths[column].toInt() > 0)  // 0: it was hidden
            view.setColumnWidth(column, std::max(widths[column].toInt(), header->sectionSizeHint(column)));
}

}  // namespace gw::ui
