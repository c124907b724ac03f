#include "workspace/record/bench_store.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "store/writer.h"
#include "study/bench_folder.h"
#include "study/bench_texts.h"
#include "util/hash.h"
#include "util/rng.h"
#include "util/text.h"

namespace gw {

namespace {

using BenchClock = std::chrono::steady_clock;

double seconds_since(BenchClock::time_point begun) {
    return std::chrono::duration<double>(BenchClock::now() - begun).count();
}

RunRecord bench_run(const fs::path& folder) {
    RunRecord run;
    run.id = make_uuid();
    run.name = "bench";
    run.status = "running";
    run.created = now_utc();
    run.spec = Json::object();
    run.path = (folder / "run").string();
    return run;
}

std::vector<BenchFigure> measured(std::int64_t points, const fs::path& cache, const ProgressFn& progress,
                                  const std::stop_token& stop) {
    const BenchFolder folder(cache);
    const fs::path database = folder.path() / "history.db";
    Store store = Store::open(database).or_throw();
    const RunRecord run = bench_run(folder.path());
    store.add_run(run).or_throw();
    const std::uint64_t empty = folder_bytes(folder.path());
    static constexpr const char* names[] = {"train/loss", "train/grad_norm", "train/lr", "train/tokens_per_second"};
    constexpr auto figures = static_cast<std::int64_t>(std::size(names));
    const std::int64_t rows = std::max<std::int64_t>(1, points / figures);
    StoreWriter writer(std::move(store), {});
    Rng rng(1);
    const auto begun = BenchClock::now();
    constexpr std::int64_t between_looks = 1000;
    for (std::int64_t step = 1; step <= rows; ++step) {
        std::vector<MetricInsert> inserts;
        for (const char* name : names)
            inserts.push_back({name, 0, step, 2 + rng.uniform(), 0.01 * static_cast<double>(step)});
        writer.push([id = run.id, inserts = std::move(inserts)](Store& into) { return into.add_metrics(id, inserts); });
        if (step % between_looks != 0) continue;
        if (stop.stop_requested()) throw Failure({Error::Code::cancelled, "Stopped before the end", "", {}});
        if (progress) progress(say::bench_history, static_cast<double>(step) / static_cast<double>(rows));
    }
    writer.flush().or_throw();
    const auto written = static_cast<double>(rows * figures);
    const double rate = written / std::max(seconds_since(begun), 1e-9);
    writer.close().or_throw();
    const double bytes = static_cast<double>(folder_bytes(folder.path()) - empty) / written;

    const Store reader = Store::open(database, Store::Mode::read_only).or_throw();
    std::vector<double> reading;
    constexpr int rounds = 5;
    for (int i = 0; i < rounds; ++i) {
        const auto read = BenchClock::now();
        (void)reader.curve(run.id, names[0]).or_throw();
        reading.push_back(1e3 * seconds_since(read));
    }
    return {{"points taken", {rate, rate, rate}, "a second"},
            {"bytes a point, with its pyramid", {bytes, bytes, bytes}, "B"},
            {"a whole curve read", quartiles_of(reading), "ms"}};
}

}  // namespace

Result<std::vector<BenchFigure>> bench_store(std::int64_t points, const fs::path& cache, const ProgressFn& progress,
                                             const std::stop_token& stop) {
    try {
        return measured(points, cache, progress, stop);
    } catch (const Failure& failure) {
        return failure.error();
    }
}

}  // namespace gw
