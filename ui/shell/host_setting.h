#pragma once
#include <QString>

#include "workspace/live_run.h"

namespace gw::ui {

/// Where this program has its runs trained, as chosen in its settings; by itself (automatic) at first.
HostChoice chosenHost();
void chooseHost(HostChoice choice);

/// What becomes of a run in a process of its own when the window is closed.
enum class AtClose { ask, leave };
AtClose chosenAtClose();
void chooseAtClose(AtClose choice);

/// Seconds without a sign of life after which a process is said not to answer; it gives one every second.
inline constexpr double longSilence = 10;

}  // namespace gw::ui
