#pragma once
#include "eval/world.h"
#include "train/examine/early_stop.h"
#include "train/host/run_port.h"

namespace gw {

/// What must not differ between processes: whether time is up, what the clock says, the orders. Those of rank 0.
bool agreed(World& world, bool decision);
double agreed(World& world, double value);
Ranking::Figure agreed(World& world, const Ranking::Figure& figure);
Orders agreed(World& world, const Orders& orders);

}  // namespace gw
