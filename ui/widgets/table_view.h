#pragma once
#include <QTableView>
#include <initializer_list>
#include <utility>

namespace gw::ui {

/// A table as all pages show it: rows of 32 px, no grid, whole rows chosen, nothing edited.
QTableView* plainTable(const QString& accessibleName, QAbstractItemModel* model);

/// Sets the widths of columns, each at least as wide as its title needs in the language of the window.
void setColumnWidths(QTableView* view, std::initializer_list<std::pair<int, int>> widths);

}  // namespace gw::ui
