#pragma once
#include <QTableView>
#include <initializer_list>
#include <utility>

namespace gw::ui {

/// A table as all pages show it: rows of 32 px, no grid, whole rows chosen, nothing edited.
QTableView* plainTable(const QString& accessibleName, QAbstractItemModel* model);

/// Sets the widths of columns, each at least as wide as its title needs in the language of the window.
void setColumnWidths(QTableView* view, std::initializer_list<std::pair<int, int>> widths);

/// From now on hides columns, those that are needed least first, until the one that takes the room that is left has at
/// least `width`.
void keepColumnsFitting(QTableView* view, int stretched, int width, std::initializer_list<int> leastNeededFirst);

/// The widths of all columns, hidden ones too, to be kept; and kept ones set again. A list of another length (of
/// another version) changes nothing, and no column becomes narrower than its title needs.
QVariantList columnWidths(const QTableView& view);
void setColumnWidths(QTableView& view, const QVariantList& widths);

}  // namespace gw::ui
