#include "cli/follow.h"

#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <thread>
#include <utility>

namespace gw::cli {

namespace {

std::atomic<int> interruptions = 0;
static_assert(std::atomic<int>::is_always_lock_free, "a signal handler may use it");

void on_interrupt(int number) {
    // Whoever insists a third time ends the program as it is; the newest whole checkpoint stays.
    if (interruptions.fetch_add(1) >= 1) ::signal(number, SIG_DFL);
}

void catch_interrupts() {
    struct sigaction action {};
    action.sa_handler = on_interrupt;
    action.sa_flags = SA_RESTART;
    ::sigemptyset(&action.sa_mask);
    for (const int number : {SIGINT, SIGTERM, SIGHUP}) ::sigaction(number, &action, nullptr);
}

/// Tells once that the process of a run does not answer, and that it does again.
class SilenceWatch {
  public:
    static bool long_enough(const LiveRun& run) { return run.silence() > too_long; }
    void look(const LiveRun& run, ProgressView& view) {
        const bool silent = long_enough(run);
        if (silent == std::exchange(told_, silent)) return;
        view.say(silent ? "The training process " + std::to_string(run.process()) +
                              " does not answer; Ctrl+C twice ends it"
                        : "The training process answers again");
    }

  private:
    static constexpr double too_long = 10;  // seconds; it says something every second
    bool told_ = false;
};

}  // namespace

Outcome follow(LiveRun& run, const Among& among) {
    using namespace std::chrono_literals;
    catch_interrupts();
    ProgressView view(::isatty(STDERR_FILENO) != 0, among);
    int obeyed = 0;
    SilenceWatch silence;
    for (;;) {
        Delivery delivery;
        run.drain(delivery);
        view.show(delivery);
        if (delivery.ended) break;
        silence.look(run, view);
        if (obeyed >= 2 && silence.long_enough(run)) run.end_by_force();
        const int asked = interruptions.load();
        if (asked > obeyed) {
            view.say(asked == 1 ? "Saving and stopping; Ctrl+C again stops without saving" : "Stopping without saving");
            run.stop(/*save_first=*/asked == 1);
            obeyed = asked;
        }
        std::this_thread::sleep_for(50ms);
    }
    view.end();
    return run.wait();
}

std::optional<Outcome> watch(LiveRun& run) {
    using namespace std::chrono_literals;
    catch_interrupts();
    ProgressView view(::isatty(STDERR_FILENO) != 0);
    SilenceWatch silence;
    for (;;) {
        Delivery delivery;
        run.drain(delivery);
        view.show(delivery);
        if (delivery.ended) break;
        silence.look(run, view);
        if (interruptions.load() > 0) {
            run.leave();
            view.end();
            return std::nullopt;
        }
        std::this_thread::sleep_for(50ms);
    }
    view.end();
    return run.wait();
}

StopAtInterrupt::StopAtInterrupt() {
    catch_interrupts();
    watch_ = std::jthread([this](const std::stop_token& over) {
        constexpr std::chrono::milliseconds between_looks(50);
        while (!over.stop_requested() && interruptions.load() == 0) std::this_thread::sleep_for(between_looks);
        if (!over.stop_requested()) asked_.request_stop();
    });
}

}  // namespace gw::cli
