#include "faults/tiny_run.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <bit>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <iomanip>
#include <iostream>
#include <stdexcept>
#include <thread>
#include <utility>

#include "artifact/current.h"
#include "spec/run_spec.h"

namespace gw::test {

Json small_spec(const Json& changes) {
    const Json small = Json::parse(R"({
        "dataset": {"kind": "storybook", "stories": 100},
        "split": {"kind": "by_document", "validation": 0.1, "test": 0.0},
        "tokenizer": {"kind": "characters"},
        "backbone": {"kind": "transformer", "layers": 1, "width": 16, "heads": 2, "context": 16, "dropout": 0.1},
        "training": {"budget": 12, "micro_batch": 2, "accumulation": 2, "precision": "fp32", "device": "cpu",
                     "threads": 1},
        "evaluation": {"every": 3, "tokens": 500, "whole_at_end": false},
        "saving": {"every": 4, "keep_last": 2},
        "sampling": {"every": 5, "tokens": 5},
        "monitoring": {"layers_every": 0, "energy": false}
    })");
    const Json spec = overlay_spec(overlay_spec(default_spec(), small), changes);
    const Status sound = spec_status(spec);
    EXPECT_TRUE(sound) << to_text(sound.error());
    return complete_spec(spec);
}

namespace {

/// Of the machine and the hour, not of the run.
bool is_of_machine(const std::string& metric) {
    for (const char* word : {"per_second", "memory", "energy", "power", "seconds", "stall", "data_wait"})
        if (metric.find(word) != std::string::npos) return true;
    return false;
}

}  // namespace

Shown shown(const Workspace& workspace, const std::string& run) {
    const Store store = workspace.store(Store::Mode::read_only).or_throw();
    const RunRecord record = store.run(run).or_throw();
    Shown out;
    out.steps = record.steps;
    for (const std::string& metric : store.metrics(run).or_throw())
        if (!is_of_machine(metric))
            for (const MetricPoint& point : store.series(run, metric).or_throw())
                out.points[{metric, point.step}] = point.value;
    std::map<std::int64_t, std::int64_t> segment_of;
    for (const SampleRecord& sample : store.samples(run).or_throw())
        if (const auto found = segment_of.find(sample.step);
            found == segment_of.end() || found->second <= sample.segment) {
            segment_of[sample.step] = sample.segment;
            out.samples[sample.step] = sample.prompt + "|" + sample.text;
        }
    if (const auto best = best_checkpoint_of(workspace.run_folder(run)))
        out.best = best->path.filename().string() + " " + Json(best->value).dump();
    return out;
}

std::string difference(const Shown& whole, const Shown& other) {
    std::string out;
    int lines = 0;
    const auto say = [&](const std::string& line) {
        constexpr int enough = 5;
        if (++lines <= enough) out += line + "\n";
    };
    for (const auto& [key, value] : whole.points) {
        const std::string name = key.first + " of step " + std::to_string(key.second);
        const auto found = other.points.find(key);
        if (found == other.points.end())
            say(name + " is missing");
        else if (std::bit_cast<std::uint64_t>(found->second) != std::bit_cast<std::uint64_t>(value))
            say(name + " is " + Json(found->second).dump() + " and not " + Json(value).dump());
    }
    for (const auto& [step, text] : whole.samples)
        if (const auto found = other.samples.find(step); found == other.samples.end())
            say("the sample of step " + std::to_string(step) + " is missing");
        else if (found->second != text)
            say("the sample of step " + std::to_string(step) + " is another");
    if (whole.best != other.best) say("the best checkpoint is '" + other.best + "' and not '" + whole.best + "'");
    if (whole.steps != other.steps) say("it ended at step " + std::to_string(other.steps));
    return out;
}

Ended train_to_end(LiveRun& run, const std::function<void()>& heal) {
    using namespace std::chrono_literals;
    const auto start = std::chrono::steady_clock::now();
    Ended out;
    Delivery delivery;
    bool healed = false;
    const auto once_healed = [&] {
        if (!std::exchange(healed, true)) heal();
    };
    while (!out.outcome && std::chrono::steady_clock::now() < start + 60s) {
        delivery = {};
        run.drain(delivery);
        if (delivery.ended) out.outcome = delivery.ended;
        if (std::chrono::steady_clock::now() > start + 1s) once_healed();
        if (!out.outcome && run.paused()) {
            out.paused = true;
            once_healed();
            run.resume();
        }
        if (!out.outcome) std::this_thread::sleep_for(2ms);
    }
    once_healed();  // before its last row is waited for
    if (out.outcome) run.wait();
    return out;
}

std::string take_up(const Workspace& workspace, const Json& spec, std::string& run) {
    if (run.empty()) {
        auto runs = workspace.store().or_throw().runs().or_throw();
        if (!runs.empty()) run = runs.front().id;
    }
    LaunchRequest request;
    request.spec = spec;
    if (!run.empty()) {
        workspace.store().or_throw().sweep_orphans().or_throw();
        const RunRecord record = workspace.store().or_throw().run(run).or_throw();
        if (record.status == "finished") return "";
        if (is_active(record.status)) return "it is still " + record.status;
        if (record.cause.empty() && record.status != "stopped")
            return "it is " + record.status + " and nobody knows why";
        if (!list_checkpoints(checkpoints_of(workspace.run_folder(run))).empty()) {
            request.spec = Json();
            request.resume_run = run;
        }
    }
    auto again = LiveRun::launch(workspace, request, HostKind::thread);
    if (!again) return to_text(again.error());
    run = again.value()->id();
    const Ended ended = train_to_end(*again.value(), [] {});
    if (!ended.outcome) return "it does not come to its end";
    if (ended.outcome->end == Outcome::End::finished) return "";
    return "it ends otherwise: " + (ended.outcome->error ? to_text(*ended.outcome->error) : "stopped");
}

std::string integrity(const fs::path& database) {
    std::string said = "cannot be opened";
    sqlite3* db = nullptr;
    if (::sqlite3_open_v2(database.c_str(), &db, SQLITE_OPEN_READWRITE, nullptr) == SQLITE_OK) {
        said.clear();
        const auto keep = [](void* to, int, char** values, char**) {
            *static_cast<std::string*>(to) += values[0] ? values[0] : "null";
            return 0;
        };
        if (::sqlite3_exec(db, "PRAGMA integrity_check", keep, &said, nullptr) != SQLITE_OK)
            said += ::sqlite3_errmsg(db);
    }
    ::sqlite3_close(db);
    return said;
}

void end_process_of(const fs::path& database) {
    if (!fs::exists(database)) return;  // the disk holds no history yet
    sqlite3* db = nullptr;
    ASSERT_EQ(::sqlite3_open_v2(database.c_str(), &db, SQLITE_OPEN_READWRITE, nullptr), SQLITE_OK);
    // A history that has no table yet has no run whose process could be gone.
    ::sqlite3_exec(db, "UPDATE runs SET process = 0, heartbeat = 0", nullptr, nullptr, nullptr);
    ::sqlite3_close(db);
}

Cases cases_of(const std::string& wish) {
    if (wish.empty()) return {};
    if (wish == "all") return {.all = true};
    Cases out{.all = true};
    const char* end = wish.data() + wish.size();
    const auto [slash, wrong] = std::from_chars(wish.data(), end, out.first);
    const bool split = wrong == std::errc() && slash != end && *slash == '/';
    const auto [rest, wrong_too] = split ? std::from_chars(slash + 1, end, out.parts) : std::from_chars_result{};
    if (!split || wrong_too != std::errc() || rest != end || out.first < 1 || out.first > out.parts)
        throw std::invalid_argument("GROUNDWORK_FAULTS is '" + wish + "' and not \"all\" or a share such as \"3/8\"");
    return out;
}

Cases cases() {
    const char* wish = std::getenv("GROUNDWORK_FAULTS");
    return cases_of(wish ? wish : "");
}

void print_count(const std::string& scenario, long tried, long faults) {
    // Kills and seconds have columns there, and are nothing here.
    std::cout << std::left << std::setw(28) << scenario << std::right << std::setw(7) << tried << std::setw(7) << 0
              << std::setw(8) << faults << std::setw(9) << 0 << std::endl;
}

}  // namespace gw::test
