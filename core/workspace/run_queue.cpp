#include "workspace/run_queue.h"

#include <algorithm>
#include <cmath>

#include "spec/run_spec.h"
#include "store/stored_json.h"
#include "workspace/new_run.h"
#include "workspace/record/checkpoint_rows.h"

namespace gw {

Result<std::vector<RunRecord>> RunQueue::waiting() const {
    auto store = workspace_.store(Store::Mode::read_only);
    if (!store) return store.error();
    return store.value().queue();
}

Result<std::vector<RunRecord>> RunQueue::add(const std::vector<LaunchRequest>& requests) {
    return enqueue_runs(workspace_, requests);
}

Status RunQueue::remove(const std::string& id) {
    auto store = workspace_.store();
    if (!store) return store.error();
    if (Status status = store.value().begin(); !status) return status;
    auto run = store.value().run(id);
    Status status = run ? Status() : Status(run.error());
    if (status && run.value().status != "queued")
        status = Error{Error::Code::bad_spec,
                       "This run does not wait in the queue any more",
                       "Stop it on its page",
                       {"run " + run.value().name}};
    if (status) status = still_waits(run.value());
    if (status) status = store.value().remove_run(run.value().id);
    if (status)
        status = store.value().commit();
    else
        store.value().rollback();
    if (!status) return status;
    if (const auto folder = workspace_.own_folder(run.value())) (void)remove_tree(folder.value());
    return {};
}

Status RunQueue::move(const std::string& id, std::size_t position) {
    auto store = workspace_.store();
    if (!store) return store.error();
    return store.value().move_in_queue(id, position);
}

Result<QueueSettings> RunQueue::settings() const {
    auto store = workspace_.store(Store::Mode::read_only);
    if (!store) return store.error();
    auto saved = store.value().saved("queue");
    if (!saved) return saved.error();
    QueueSettings settings;
    for (const SavedRecord& record : saved.value()) {
        settings.paused = stored_at(record.body, "paused", false);
        settings.stop_at_failure = stored_at(record.body, "stop_at_failure", false);
    }
    return settings;
}

Status RunQueue::set_settings(const QueueSettings& settings) {
    auto store = workspace_.store();
    if (!store) return store.error();
    return store.value().set_saved(
        {"queue", "settings", {{"paused", settings.paused}, {"stop_at_failure", settings.stop_at_failure}}, ""});
}

Status RunQueue::note_end(const Outcome& outcome) {
    if (outcome.end != Outcome::End::failed) return {};
    auto now = settings();
    if (!now) return now.error();
    if (!now.value().stop_at_failure || now.value().paused) return {};
    QueueSettings paused = now.value();
    paused.paused = true;
    return set_settings(paused);
}

Result<std::optional<LaunchRequest>> RunQueue::next() const {
    auto now = settings();
    if (!now) return now.error();
    if (now.value().paused) return std::optional<LaunchRequest>();
    auto runs = waiting();
    if (!runs) return runs.error();
    if (runs.value().empty()) return std::optional<LaunchRequest>();
    LaunchRequest request;
    request.queued_run = runs.value().front().id;
    return std::optional(request);
}

namespace {

/// Whether a step of one takes as long as a step of the other: the same rows of the same data through the same model on
/// the same device.
bool steps_alike(const Json& one, const Json& other) {
    for (const char* section : {"dataset", "augmentation", "tokenizer", "backbone", "objective", "sequence"})
        if (one.value(section, Json()) != other.value(section, Json())) return false;
    const Json a = one.value("training", Json::object()), b = other.value("training", Json::object());
    for (const char* key : {"micro_batch", "accumulation", "precision", "device", "threads", "priority"})
        if (a.value(key, Json()) != b.value(key, Json())) return false;
    const auto optimizer = [](const Json& spec) {
        return spec.value("optimizer", Json::object()).value("kind", Json());
    };
    if (optimizer(one) != optimizer(other)) return false;
    // What is trained of a checkpoint decides what the backward pass costs.
    return one.value("start", Json::object()).value("train", "all") ==
           other.value("start", Json::object()).value("train", "all");
}

/// By runs whose steps were like these, with their evaluations: what was measured needs no count of operations.
std::optional<double> seconds_of_alike(const std::vector<RunRecord>& history, const Json& spec,
                                       std::optional<std::int64_t> steps) {
    constexpr std::int64_t enough = 10;     // fewer say more of the start than of the steps
    for (const RunRecord& run : history) {  // the newest first
        if (run.steps < enough || run.seconds <= 0 || !run.spec.is_object() || !steps_alike(run.spec, spec)) continue;
        const double each = run.seconds / static_cast<double>(run.steps);
        if (steps) return each * static_cast<double>(*steps);
        const Json ours = spec.value("training", Json::object()), theirs = run.spec.value("training", Json::object());
        const bool comparable = ours.value("budget_unit", Json()) == theirs.value("budget_unit", Json()) &&
                                spec.value("split", Json()) == run.spec.value("split", Json());
        if (const double budget = theirs.value("budget", 0.0); comparable && budget > 0 && run.total_steps > 0)
            return each * static_cast<double>(run.total_steps) * ours.value("budget", 0.0) / budget;
    }
    return std::nullopt;
}

}  // namespace

std::optional<double> expected_seconds(const std::vector<RunRecord>& history, const Json& spec) {
    const Estimate estimate = estimate_run(spec);
    if (const Json training = spec.value("training", Json::object()); training.value("budget_unit", "") == "minutes")
        return 60 * training.value("budget", 0.0);
    if (const auto measured = seconds_of_alike(history, spec, estimate.steps)) return measured;
    if (!estimate.tokens) return std::nullopt;
    // A small model makes far fewer FLOPs a second than a large one: the runs of the nearest size tell, and of those
    // the newest.
    struct Known {
        double away, rate;
    };
    std::vector<Known> known;
    for (const RunRecord& run : history) {
        const auto fact = run.facts.find("flops_per_token");
        const double flops = fact != run.facts.end() && fact->is_number() ? fact->get<double>() : 0;
        if (!run.tokens_per_second || flops <= 0 || estimate.flops_per_token <= 0) continue;
        constexpr double steps = 4;  // a doubling; sizes within a fourth of it count as equal
        known.push_back({std::round(steps * std::abs(std::log2(flops / estimate.flops_per_token))),
                         *run.tokens_per_second * flops});
    }
    if (known.empty()) return std::nullopt;
    constexpr std::size_t enough = 5;
    std::stable_sort(known.begin(), known.end(), [](const Known& a, const Known& b) { return a.away < b.away; });
    std::vector<double> rates;
    for (const Known& one : known)
        if (rates.size() < enough && one.away == known.front().away) rates.push_back(one.rate);
    std::nth_element(rates.begin(), rates.begin() + static_cast<std::ptrdiff_t>(rates.size() / 2), rates.end());
    const double rate = rates[rates.size() / 2];
    return rate > 0 ? std::optional(static_cast<double>(*estimate.tokens) * estimate.flops_per_token / rate)
                    : std::nullopt;
}

Result<std::vector<Json>> expand_lists(const Json& spec,
                                       const std::vector<std::pair<std::string, std::vector<std::string>>>& lists) {
    std::vector<Json> specs{spec};
    for (const auto& [path, values] : lists) {
        std::vector<Json> more;
        for (const Json& one : specs)
            for (const std::string& value : values) {
                auto changed = set_in_spec(one, path, value);
                if (!changed) return changed.error();
                more.push_back(std::move(changed).value());
            }
        specs = std::move(more);
    }
    for (const Json& one : specs)
        if (Status sound = spec_status(one); !sound) return sound.error();
    return specs;
}

}  // namespace gw
