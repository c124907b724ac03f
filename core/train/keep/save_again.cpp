#include "train/keep/save_again.h"

namespace gw {

void save_when_there_is_room(RunInProgress& run) {
    for (;;) {
        (void)run.land();
        if (run.keeper.saved(run.at.step)) return;
        const auto asked = RunClock::Clock::now();
        const Orders orders = agreed(run.world, run.port.between_steps());
        run.clock.idle(RunClock::since(asked));
        if (orders.stop || (!orders.save && !orders.hold)) return;
        if (orders.save) (void)run.save();
    }
}

}  // namespace gw
