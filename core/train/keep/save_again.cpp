#include "train/keep/save_again.h"

#include <chrono>
#include <thread>

namespace gw {

void save_when_there_is_room(RunInProgress& run) {
    for (;;) {
        (void)run.land();
        if (run.keeper.saved(run.at.step)) return;
        const auto asked = RunClock::Clock::now();
        const Orders orders = agreed(run.world, run.port.between_steps());
        run.clock.idle(RunClock::since(asked));
        if (orders.stop && !orders.save_on_stop) return;
        if (!orders.save && !orders.hold) return;
        if (orders.save)
            (void)run.save();
        else if (orders.stop)  // a port that was told to stop waits for nothing more
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
}

}  // namespace gw
