#include "ui/widgets/checkpoint_table.h"

#include <QCoreApplication>
#include <QHeaderView>

#include "ui/widgets/run_delegates.h"
#include "ui/widgets/table_view.h"

namespace gw::ui {

QTableView* checkpointTable(CheckpointModel* model) {
    QTableView* view = plainTable(QCoreApplication::translate("CheckpointTable", "Checkpoints"), model);
    view->horizontalHeader()->setStretchLastSection(false);
    view->horizontalHeader()->setSectionResizeMode(CheckpointModel::run, QHeaderView::Stretch);
    setColumnWidths(view, {{CheckpointModel::step, 80},
                           {CheckpointModel::kept, 116},
                           {CheckpointModel::loss, 164},
                           {CheckpointModel::saved, 116}});
    view->setItemDelegateForColumn(CheckpointModel::run, new NameDelegate(view));
    return view;
}

}  // namespace gw::ui
