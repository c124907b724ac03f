#include "workspace/sequence_study.h"

#include <algorithm>

#include "util/text.h"

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
            {"neighbours_before", s.neighbours_before}};
}

SequenceStudy sequence_study_of(const Json& json) {
    SequenceStudy s{json.value("name", ""),
                    json.value("checkpoint", ""),
                    json.value("datasets", std::vector<Json>()),
                    json.value("group", std::int64_t{0}),
                    json.value("split", Json::object()),
                    json.value("settings", Json::object()),
                    json.value("strategies", std::vector<std::string>()),
                    json.value("seeds", std::int64_t{1}),
                    {}};
    for (const Json& r : json.value("results", Json::array())) s.results.push_back(sequence_result_of(r));
    for (const Json& step : json.value(runs_key, Json::array())) s.steps.push_back(step_of(step));
    s.neighbours_before = json.value("neighbours_before", std::vector<double>());
    s.tasks = json.value("tasks", std::vector<std::string>());
    if (s.tasks.empty() && !s.results.empty()) s.tasks = s.results.front().tasks;
    // A study that an earlier version left before its first result says no names.
    for (const SequenceStep& step : s.steps)
        while (s.tasks.size() < step.by_head.size()) s.tasks.push_back("task " + std::to_string(s.tasks.size() + 1));
    return s;
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
            forward.push_back(f.forward);
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
