#include <algorithm>
#include <chrono>

#include "data/epoch_order.h"
#include "spec/device.h"
#include "study/bench_subject.h"
#include "study/bench_texts.h"
#include "train/guard/engine_error.h"

namespace gw {

namespace {

constexpr std::int64_t bench_window = 64;

std::vector<BenchFigure> order_figures(std::int64_t tokens, const ProgressFn& progress, const std::stop_token& stop) {
    constexpr std::int64_t rounds = 10;
    constexpr std::uint64_t seed = 1;
    constexpr double nanoseconds = 1e9, kilobyte = 1e3;
    const std::int64_t rows = std::max<std::int64_t>(rounds, tokens / bench_window);
    const double before = memory_in_use(torch::kCPU);
    std::vector<double> each;
    // The sum of all places, which is known: one that was left out or drawn twice would tell.
    std::uint64_t sum = 0;
    for (std::int64_t round = 0; round < rounds; ++round) {
        if (stop.stop_requested()) throw Failure(bench_stopped());
        if (progress) progress(say::bench_order, static_cast<double>(round) / static_cast<double>(rounds));
        const std::int64_t first = rows * round / rounds, last = rows * (round + 1) / rounds;
        const auto begun = RunClock::Clock::now();
        for (std::int64_t sample = first; sample < last; ++sample)
            sum += static_cast<std::uint64_t>(drawn(sample, rows, seed).position);
        each.push_back(nanoseconds * RunClock::since(begun) / static_cast<double>(last - first));
    }
    const double memory = std::max(0.0, memory_in_use(torch::kCPU) - before) / kilobyte;
    const auto n = static_cast<std::uint64_t>(rows);
    const std::uint64_t expected = n % 2 == 0 ? n / 2 * (n - 1) : (n - 1) / 2 * n;
    if (sum != expected) throw Failure({Error::Code::internal, "An epoch did not meet every window once", "", {}});
    const auto windows = static_cast<double>(rows);
    return {{"windows of an epoch", {windows, windows, windows}, ""},
            {"a window's place in the order", quartiles_of(each), "ns"},
            {"memory that the order took", {memory, memory, memory}, "kB"}};
}

}  // namespace

Result<std::vector<BenchFigure>> bench_order(std::int64_t tokens, const ProgressFn& progress,
                                             const std::stop_token& stop) {
    return caught([&]() -> Result<std::vector<BenchFigure>> { return order_figures(tokens, progress, stop); });
}

}  // namespace gw
