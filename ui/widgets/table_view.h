#pragma once
#include <QTableView>

namespace gw::ui {

/// A table as all pages show it: rows of 32 px, no grid, whole rows chosen, nothing edited.
QTableView* plainTable(const QString& accessibleName, QAbstractItemModel* model);

}  // namespace gw::ui
