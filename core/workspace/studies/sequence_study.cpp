#include "workspace/studies/sequence_study.h"

#include <algorithm>

#include "spec/run_spec.h"
#include "store/stored_json.h"
#include "util/text.h"
#include "workspace/new_run.h"

namespace gw {

namespace {

Json to_json(const SequenceStep& step) {
    Json heads = Json::array();
    for (const auto& one : step.by_head) heads.push_back(one ? Json(*one) : Json());
    return {{"strategy", step.strategy}, {"seed", step.seed},           {"task", step.task},
            {"run", step.run},           {"by_head", std::move(heads)}, {"by_neighbours", step.by_neighbours},
            {"seconds", step.seconds}};
}

SequenceStep step_of(const Json& json) {
    SequenceStep step{json.value("strategy", ""),
                      json.value("seed", std::int64_t{1}),
                      json.value("task", std::int64_t{0}),
                      json.value("run", ""),
                      {},
                      json.value("by_neighbours", std::vector<double>()),
                      json.value("seconds", 0.0)};
    for (const Json& one : json.value("by_head", Json::array()))
        step.by_head.push_back(one.is_number() ? std::optional(one.get<double>()) : std::nullopt);
    return step;
}

/// Whether all tasks were scored after each of them: whoever shows the matrices takes that for granted.
bool is_whole(const SequenceResult& r) {
    const auto of_all = [&](const auto& row) { return row.size() == r.tasks.size(); };
    return !r.tasks.empty() && !r.by_head.empty() && r.by_head.size() == r.by_neighbours.size() &&
           std::all_of(r.by_head.begin(), r.by_head.end(), of_all) &&
           std::all_of(r.by_neighbours.begin(), r.by_neighbours.end(), of_all);
}

constexpr std::int64_t most_tasks = 100000;  // what lies beyond is damage

constexpr const char* runs_key = "runs";

}  // namespace

Json to_json(const SequenceStudy& s) {
    Json results = Json::array(), steps = Json::array();
    for (const SequenceResult& r : s.results) results.push_back(to_json(r));
    for (const SequenceStep& step : s.steps) steps.push_back(to_json(step));
    return {{"name", s.name},
            {"checkpoint", s.checkpoint.string()},
            {"datasets", s.datasets},
            {"group", s.group},
            {"split", s.split},
            {"settings", s.settings},
            {"strategies", s.strategies},
            {"tasks", s.tasks},
            {"seeds", s.seeds},
            {"results", std::move(results)},
            {runs_key, std::move(steps)},
            {"neighbours_before", s.neighbours_before},
            {"spec", s.spec}};
}

SequenceStudy sequence_study_of(const Json& json) try {
    SequenceStudy s{json.value("name", ""),
                    json.value("checkpoint", ""),
                    json.value("datasets", std::vector<Json>()),
                    json.value("group", std::int64_t{0}),
                    json.value("split", Json::object()),
                    json.value("settings", Json::object()),
                    json.value("strategies", std::vector<std::string>()),
                    json.value("seeds", std::int64_t{1}),
                    {}};
    for (const Json& r : json.value("results", Json::array()))
        if (SequenceResult result = sequence_result_of(r); is_whole(result)) s.results.push_back(std::move(result));
    for (const Json& one : json.value(runs_key, Json::array()))
        if (SequenceStep step = step_of(one); step.task >= 0 && step.task < most_tasks)
            s.steps.push_back(std::move(step));
    s.neighbours_before = json.value("neighbours_before", std::vector<double>());
    s.tasks = json.value("tasks", std::vector<std::string>());
    s.spec = json.value("spec", Json::object());
    if (s.tasks.empty() && !s.results.empty()) s.tasks = s.results.front().tasks;
    // A study that an earlier version left before its first result says no names.
    for (const SequenceStep& step : s.steps)
        while (s.tasks.size() < step.by_head.size()) s.tasks.push_back("task " + std::to_string(s.tasks.size() + 1));
    return s;
} catch (const Json::exception&) {
    // Damaged: nothing of it can be shown but that it is there.
    SequenceStudy damaged;
    damaged.name = stored_at(json, "name", std::string());
    damaged.split = damaged.settings = damaged.spec = Json::object();
    return damaged;
}

std::optional<SequenceStudy> study_of_spec(const Json& given) {
    const auto plan = sequence_plan(given);
    if (!plan) return std::nullopt;
    SequenceStudy study;
    study.spec = complete_spec(given);
    const Json section = study.spec.at("sequence");
    study.spec.erase("sequence");
    study.checkpoint = start_checkpoint(given);
    study.datasets = {study.spec.at("dataset")};
    study.split = study.spec.at("split");
    study.group = plan->classes_per_task;
    study.seeds = plan->seeds;
    study.strategies = plan->strategies.empty() ? sequence_strategies() : plan->strategies;
    study.settings = Json::object();
    for (const schema::Row& row : sequence_sheet().rows) {
        const std::string key(row.info.key);
        study.settings[key] = section.at(key);
    }
    return study;
}

Json study_scores(const SequenceStudy& study) {
    Json out = Json::object();
    const std::string scenario = sequence_sheet().complete(study.settings).value("scenario", "task");
    for (const StrategyRow& row : strategy_rows(study)) {
        const auto put = [&](const std::string& name, const Spread& spread) {
            const std::string key = scenario + "/" + row.strategy + "/" + name;
            out[key] = spread.mean;
            out[key + "_deviation"] = spread.deviation;
            out[key + "_seeds"] = spread.count;
        };
        put("accuracy", row.average);
        put("accuracy_neighbours", row.neighbours);
        if (row.in_turn) put("forgetting", row.forgetting);
    }
    return out;
}

std::vector<StrategyRow> strategy_rows(const SequenceStudy& study) {
    std::vector<StrategyRow> rows;
    for (const std::string& strategy : study.strategies) {
        std::vector<double> average, neighbours, forgetting, backward, forward;
        for (const SequenceResult& r : study.results) {
            if (r.strategy != strategy) continue;
            const SequenceFigures f = figures_of(r);
            average.push_back(f.average);
            neighbours.push_back(f.average_neighbours);
            forgetting.push_back(f.forgetting);
            backward.push_back(f.backward);
            if (f.forward) forward.push_back(*f.forward);
        }
        if (!average.empty())
            rows.push_back({strategy, strategy != "joint", spread_of(average), spread_of(neighbours),
                            spread_of(forgetting), spread_of(backward), spread_of(forward)});
    }
    return rows;
}

std::vector<SequenceResult> begun_results(const SequenceStudy& study) {
    std::vector<SequenceResult> out = study.results;
    for (const SequenceStep& step : study.steps) {
        const auto same = [&](const SequenceResult& r) { return r.strategy == step.strategy && r.seed == step.seed; };
        if (!step.judged() || std::any_of(study.results.begin(), study.results.end(), same)) continue;
        auto its = std::find_if(out.begin(), out.end(), same);
        if (its == out.end())
            its = out.insert(out.end(),
                             SequenceResult{step.strategy, step.seed, study.tasks, {}, {}, study.neighbours_before, 0});
        // A row is the state after so many tasks: one behind a gap would stand for another.
        if (step.task != static_cast<std::int64_t>(its->by_head.size())) continue;
        its->by_head.push_back(step.by_head);
        its->by_neighbours.push_back(step.by_neighbours);
        its->seconds += step.seconds;
    }
    return out;
}

std::string progress_text(const SequenceProgress& p) {
    std::string text;
    if (!p.strategy.empty()) text = strategy_title(p.strategy) + ", seed " + std::to_string(p.seed) + ": ";
    if (p.phase == SequenceProgress::Phase::preparing) return text + p.detail;
    text += p.phase == SequenceProgress::Phase::training ? "training " : "evaluating after ";
    text += p.name.empty() ? "all tasks" : p.name;
    if (!p.name.empty()) text += " (task " + std::to_string(p.task) + " of " + std::to_string(p.tasks) + ")";
    if (p.phase == SequenceProgress::Phase::training && p.step > 0)
        text += ", step " + grouped(p.step) + (p.steps > 0 ? " of " + grouped(p.steps) : "");
    return text;
}

}  // namespace gw
