#include "ui/widgets/table_view.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <algorithm>
#include <vector>

#include "ui/shell/theme.h"

namespace gw::ui {

namespace {

/// Letters are the page's keys here, not the beginning of a name to jump to.
class PlainTable final : public QTableView {
  protected:
    void keyPressEvent(QKeyEvent* event) override {
        const bool letter = !event->text().isEmpty() && event->text().front().isLetterOrNumber() &&
                            !(event->modifiers() & ~Qt::ShiftModifier);
        letter ? event->ignore() : QTableView::keyPressEvent(event);
    }
};

class ColumnFitter final : public QObject {
  public:
    ColumnFitter(QTableView* view, int stretched, int width, std::vector<int> leastNeededFirst)
        : QObject(view),
          view_(*view),
          stretched_(stretched),
          width_(width),
          leastNeededFirst_(std::move(leastNeededFirst)) {}
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() == QEvent::Resize) fit();
        return QObject::eventFilter(watched, event);
    }

  private:
    void fit() {
        const QHeaderView* header = view_.horizontalHeader();
        for (const int column : leastNeededFirst_) view_.setColumnHidden(column, false);
        int others = 0;
        for (int column = 0; column < header->count(); ++column)
            if (column != stretched_) others += header->sectionSize(column);
        for (const int column : leastNeededFirst_) {
            if (view_.viewport()->width() - others >= width_) return;
            others -= header->sectionSize(column);
            view_.setColumnHidden(column, true);
        }
    }
    QTableView& view_;
    int stretched_, width_;
    std::vector<int> leastNeededFirst_;
};

}  // namespace

QTableView* plainTable(const QString& accessibleName, QAbstractItemModel* model) {
    constexpr int rowHeight = 32;
    QTableView* view = new PlainTable;
    view->setModel(model);
    view->setAccessibleName(accessibleName);
    view->setShowGrid(false);
    view->setWordWrap(false);
    view->setTextElideMode(Qt::ElideMiddle);  // names are told apart by their ends
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
    const QHeaderView* header = view->horizontalHeader();
    for (int column = 0; column < header->count(); ++column) {
        int width = header->defaultSectionSize();
        for (const auto& [wanted, its] : widths)
            if (wanted == column) width = its;
        view->setColumnWidth(column, std::max(width, header->sectionSizeHint(column)));
    }
}

void keepColumnsFitting(QTableView* view, int stretched, int width, std::initializer_list<int> leastNeededFirst) {
    view->viewport()->installEventFilter(new ColumnFitter(view, stretched, width, leastNeededFirst));
}

QVariantList columnWidths(const QTableView& view) {
    QHeaderView* header = view.horizontalHeader();
    const QSignalBlocker quiet(header);  // nobody sees a hidden column while its width is looked at
    QVariantList widths;
    for (int column = 0; column < header->count(); ++column) {
        const bool hidden = header->isSectionHidden(column);
        if (hidden) header->setSectionHidden(column, false);
        widths << header->sectionSize(column);
        if (hidden) header->setSectionHidden(column, true);
    }
    return widths;
}

void setColumnWidths(QTableView& view, const QVariantList& widths) {
    const QHeaderView* header = view.horizontalHeader();
    if (widths.size() != header->count()) return;
    for (int column = 0; column < header->count(); ++column)
        if (header->sectionResizeMode(column) == QHeaderView::Interactive &&
            widths[column].toInt() > 0)  // 0: of an earlier version, which kept none of a hidden column
            view.setColumnWidth(column, std::max(widths[column].toInt(), header->sectionSizeHint(column)));
}

}  // namespace gw::ui
