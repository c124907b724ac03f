#pragma once
class QAbstractItemView;

namespace gw::ui {

/// Letters and digits typed in `view` go to the row whose text in `column` begins with them. Those that begin no row
/// are left to the page, whose keys they may be; by itself Qt's own search would swallow them.
void typeAhead(QAbstractItemView* view, int column = 0);

}  // namespace gw::ui
