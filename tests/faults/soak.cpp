#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <random>
#include <thread>

#include "faults/tiny_run.h"

// Trains for a long time in one process, with everything that a person does meanwhile: pauses, saves, samples, changed
// settings, readers that come and go, stops and resumes. What the process takes of the machine must stay flat.
namespace gw::test {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

struct Taken {
    double minutes = 0, megabytes = 0;
    std::int64_t handles = 0, threads = 0;
};

Taken taken(Clock::time_point start) {
    Taken out;
    out.minutes = std::chrono::duration<double>(Clock::now() - start).count() / 60;
    std::int64_t pages = 0, resident = 0;
    std::ifstream("/proc/self/statm") >> pages >> resident;
    out.megabytes = static_cast<double>(resident) * static_cast<double>(::sysconf(_SC_PAGESIZE)) / (1 << 20);
    const auto count = [](const char* folder) {
        return std::distance(fs::directory_iterator(folder), fs::directory_iterator());
    };
    out.handles = count("/proc/self/fd");
    out.threads = count("/proc/self/task");
    return out;
}

/// Carries out one thing that a person may do to a run, and reads what the window would read.
void disturb(LiveRun& run, const Workspace& workspace, std::mt19937& draw) {
    switch (draw() % 6) {
        case 0:
            run.pause();
            std::this_thread::sleep_for(20ms);
            run.resume();
            break;
        case 1:
            run.save_now();
            break;
        case 2:
            run.sample_now();
            break;
        case 3:
            run.set_knobs(run.knobs());
            break;
        case 4: {
            const Store store = workspace.store(Store::Mode::read_only).or_throw();
            store.runs().or_throw();
            store.curve(run.id(), "train/loss").or_throw();
            break;
        }
        default:
            Delivery delivery;
            run.drain(delivery);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(draw() % 60));
}

std::unique_ptr<LiveRun> launch(const Workspace& workspace, const std::string& resume) {
    LaunchRequest request;
    if (resume.empty())
        request.spec = small_spec({{"training", {{"budget", 100000000}}},
                                   {"schedule", {{"kind", "constant"}}},
                                   {"evaluation", {{"every", 200}}},
                                   {"sampling", {{"every", 500}}},
                                   {"saving", {{"every", 300}}}});
    request.resume_run = resume;
    return LiveRun::launch(workspace, request, HostKind::thread).or_throw();
}

/// The mean of a figure over a part of the list, from and to as shares of it.
template <class Figure>
double mean(const std::vector<Taken>& all, double from, double to, Figure figure) {
    const auto begin = static_cast<std::size_t>(from * static_cast<double>(all.size()));
    const auto end = static_cast<std::size_t>(to * static_cast<double>(all.size()));
    double sum = 0;
    for (std::size_t i = begin; i < end; ++i) sum += static_cast<double>(all[i].*figure);
    return sum / static_cast<double>(std::max<std::size_t>(1, end - begin));
}

int soak(double minutes) {
    Scratch scratch;
    const Workspace workspace = Workspace::open(scratch / "workspace").or_throw();
    std::mt19937 draw(1);
    const auto start = Clock::now();
    std::vector<Taken> all;
    std::string id;
    std::int64_t stretches = 0, steps = 0;
    std::cout << "MINUTES  STRETCHES     STEPS     MIB  HANDLES  THREADS" << std::endl;
    for (auto next = start; taken(start).minutes < minutes; ++stretches) {
        if (stretches % 20 == 0) id.clear();  // a new run now and then, so that no one history grows for ever
        auto run = launch(workspace, id);
        id = run->id();
        for (const auto end = Clock::now() + 3s; Clock::now() < end;) disturb(*run, workspace, draw);
        run->stop(true);
        const Outcome outcome = run->wait();
        run.reset();
        if (outcome.end != Outcome::End::stopped) {
            std::cout << "it ended by itself: " << (outcome.error ? to_text(*outcome.error) : "finished") << "\n";
            return 1;
        }
        steps = workspace.store().or_throw().run(id).or_throw().steps;
        all.push_back(taken(start));
        if (Clock::now() < next) continue;
        next = Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(minutes * 3));
        const Taken& now = all.back();
        std::cout << std::fixed << std::setprecision(1) << std::setw(7) << now.minutes << std::setw(11) << stretches
                  << std::setw(10) << steps << std::setw(8) << now.megabytes << std::setw(9) << now.handles
                  << std::setw(9) << now.threads << std::endl;
    }
    // The first third warms up: allocators, libraries, the cache of the database.
    const double before = mean(all, 0.33, 0.6, &Taken::megabytes), after = mean(all, 0.73, 1, &Taken::megabytes);
    const double handles_before = mean(all, 0.33, 0.6, &Taken::handles),
                 handles_after = mean(all, 0.73, 1, &Taken::handles);
    const double noise = minutes < 5 ? 24 : 8;  // MiB; what is short has hardly warmed up
    std::cout << stretches << " stretches; memory " << before << " -> " << after << " MiB, handles " << handles_before
              << " -> " << handles_after << ", threads " << all.front().threads << " -> " << all.back().threads << "\n";
    const bool flat = after < before * 1.03 + noise && handles_after < handles_before + 1 &&
                      all.back().threads <= all[all.size() / 3].threads;
    const bool sound = integrity(workspace.database()) == "ok";
    print_count("soak, stretches", stretches, flat && sound ? 0 : 1);
    if (!flat || !sound) {
        std::cout << "not flat, or a damaged history\n";
        return 1;
    }
    return 0;
}

}  // namespace
}  // namespace gw::test

/// soak_test MINUTES: prints what the process takes as it goes; the exit status is 1 where that grows.
int main(int count, char** words) {
    try {
        return gw::test::soak(count > 1 ? std::atof(words[1]) : 1);
    } catch (const std::exception& problem) {
        std::cerr << problem.what() << "\n";
        return 1;
    }
}
