#pragma once
#include <QTableView>

#include "ui/models/checkpoint_model.h"

namespace gw::ui {

/// A table of checkpoints whose names of runs take the room that is left.
QTableView* checkpointTable(CheckpointModel* model);

}  // namespace gw::ui
