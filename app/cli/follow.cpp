#include "cli/follow.h"

#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <thread>

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

}  // namespace

Outcome follow(LiveRun& run, const Among& among) {
    using namespace std::chrono_literals;
    catch_interrupts();
    ProgressView view(::isatty(STDERR_FILENO) != 0, among);
    int obeyed = 0;
    for (;;) {
        Delivery delivery;
        run.drain(delivery);
        view.show(delivery);
        if (delivery.ended) break;
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

StopAtInterrupt::StopAtInterrupt() {
    catch_interrupts();
    watch_ = std::jthread([this](const std::stop_token& over) {
        constexpr std::chrono::milliseconds between_looks(50);
        while (!over.stop_requested() && interruptions.load() == 0) std::this_thread::sleep_for(between_looks);
        if (!over.stop_requested()) asked_.request_stop();
    });
}

}  // namespace gw::cli
