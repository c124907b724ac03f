#include "compare/comparison.h"

#include <algorithm>
#include <map>

#include "compare/warnings.h"
#include "util/text.h"

namespace gw {

namespace {

constexpr std::size_t trace_buckets = 4000;  // finer than any screen is wide

const char* id_of(XKind kind) {
    for (const XName& name : x_names())
        if (name.kind == kind) return name.id;
    return "step";
}

const char* id_of(YKind kind) {
    for (const YName& name : y_names())
        if (name.kind == kind) return name.id;
    return "value";
}

/// Names; where several runs share one, what tells them apart stands behind it.
void label_runs(std::vector<ComparedRun>& runs, const std::vector<SpecRow>& settings) {
    std::map<std::string, std::vector<std::size_t>> by_name;
    for (std::size_t i = 0; i < runs.size(); ++i) by_name[runs[i].record.name].push_back(i);
    const std::vector<SpecRow> telling = telling_rows(settings);
    for (const auto& [name, those] : by_name) {
        const std::vector<std::size_t>& same = those;  // clang before 16 lets no lambda see a structured binding
        std::vector<SpecRow> rows;
        for (const SpecRow& row : telling)
            if (std::any_of(same.begin(), same.end(),
                            [&](std::size_t i) { return row.values[i] != row.values[same.front()]; }))
                rows.push_back(row);
        std::map<std::string, int> seen;
        for (const std::size_t i : same) {
            const std::string settings = settings_label(rows, i);
            const std::string label = name + (settings.empty() ? "" : " · " + settings);
            runs[i].label = label;
            ++seen[label];
        }
        for (const std::size_t i : same)
            if (seen[runs[i].label] > 1) runs[i].label += " · " + runs[i].record.id.substr(0, 8);
    }
}

void group_runs(Comparison& c) {
    std::map<std::string, std::size_t> known;
    auto place = [&](std::size_t run) {
        const auto [found, is_new] = known.emplace(seed_group_key(c.runs[run].record), c.groups.size());
        if (is_new) c.groups.emplace_back();
        c.runs[run].group = found->second;
        c.groups[found->second].runs.push_back(run);
    };
    place(c.baseline);
    for (std::size_t i = 0; i < c.runs.size(); ++i)
        if (i != c.baseline) place(i);
    // Named after what tells the groups apart: their runs' labels without the seed.
    std::vector<RunRecord> firsts;
    for (const RunGroup& group : c.groups) firsts.push_back(c.runs[group.runs.front()].record);
    for (RunRecord& record : firsts)
        if (record.spec.contains("training")) record.spec["training"].erase("seed");
    // Runs of one group may bear different names; a group of several is called by what it shares.
    if (c.groups.size() < c.runs.size()) {
        const auto telling = telling_rows(whole_spec_table(firsts));
        for (std::size_t i = 0; i < firsts.size(); ++i) {
            const std::string label = settings_label(telling, i);
            c.groups[i].label = label.empty() ? firsts[i].name : label;
        }
    } else {
        for (std::size_t i = 0; i < c.groups.size(); ++i) c.groups[i].label = c.runs[c.groups[i].runs.front()].label;
    }
}

void choose_metric(const Store& store, Comparison& c) {
    std::map<std::string, std::size_t> counts;
    for (ComparedRun& run : c.runs)
        for (const std::string& metric : store.metrics(run.record.id).or_throw()) {
            ++counts[metric];
            run.by_criterion = run.by_criterion || metric == "validation/criterion";
        }
    for (const auto& [metric, count] : counts) c.metrics.push_back(metric);
    if (!c.wish.metric.empty()) return;
    // What all of them are judged by, where that is one metric.
    std::string judged_by = "validation/" + main_metric_of(c.runs.front().record);
    for (const ComparedRun& run : c.runs)
        if (judged_by != "validation/" + main_metric_of(run.record)) judged_by = "validation/loss";
    for (const std::string& usual : {judged_by, std::string("validation/loss"), std::string("train/loss")})
        if (counts.contains(usual) && counts[usual] == c.runs.size()) {
            c.wish.metric = usual;
            return;
        }
    for (const auto& [metric, count] : counts)
        if (count == c.runs.size()) {
            c.wish.metric = metric;
            return;
        }
    c.wish.metric =
        counts.empty() ? "validation/loss" : std::max_element(counts.begin(), counts.end(), [](auto& a, auto& b) {
                                                 return a.second < b.second;
                                             })->first;
}

void trace_run(const Store& store, const Comparison& c, ComparedRun& run) {
    const ComparisonWish& wish = c.wish;
    if (const std::string reason = run.scale.why_not(wish.x); !reason.empty()) {
        run.missing = {reason, {}};
        return;
    }
    if (const std::string reason = run.scale.why_not(wish.y, wish.metric); !reason.empty()) {
        run.missing = {reason, {}};
        return;
    }
    const auto buckets = store.curve(run.record.id, wish.metric, {.at_most = trace_buckets}).or_throw();
    run.trace = make_trace(buckets, run.scale, {wish.metric, wish.x, wish.y, wish.window});
    if (run.trace.points == 0)
        run.missing = {GW_TEXT("it never recorded %1"), {wish.metric}};
    else if (run.trace.empty())
        run.missing = {GW_TEXT("none of its values of %1 is a number"), {wish.metric}};
    if (run.trace.empty()) return;
    run.best = run.trace.recorded_best;
    run.best_x = run.trace.best_x;
    run.last = run.trace.y.back();
}

void measure(Comparison& c) {
    double begin = -HUGE_VAL, end = HUGE_VAL;
    bool any = false;
    for (const ComparedRun& run : c.runs) {
        if (run.trace.empty()) continue;
        any = true;
        begin = std::max(begin, run.trace.x.front());
        end = std::min(end, run.trace.end());
    }
    if (any && begin <= end) c.equal_x = end;
    const ComparedRun& baseline = c.runs[c.baseline];
    const Better better = better_of(c.wish.metric);
    c.target = c.wish.target ? c.wish.target : baseline.last;
    const auto baseline_target = c.target ? baseline.trace.reaches(*c.target, better) : std::nullopt;
    for (ComparedRun& run : c.runs) {
        if (run.trace.empty()) continue;
        if (c.equal_x) run.at_equal_x = run.trace.at(*c.equal_x);
        if (c.target) run.target_x = run.trace.reaches(*c.target, better);
        if (run.target_x && baseline_target && *baseline_target > 0)
            run.target_share = *run.target_x / *baseline_target;
    }
    for (ComparedRun& run : c.runs)
        if (run.at_equal_x && baseline.at_equal_x) run.difference = *run.at_equal_x - *baseline.at_equal_x;
    for (RunGroup& group : c.groups) {
        std::vector<double> values;
        for (const std::size_t i : group.runs)
            if (c.runs[i].at_equal_x) values.push_back(*c.runs[i].at_equal_x);
        group.spread = spread_of(values);
    }
    for (RunGroup& group : c.groups) group.verdict = judge(c.groups.front().spread, group.spread, better);
}

}  // namespace

Json to_json(const ComparisonWish& wish) {
    Json out = {{"runs", wish.runs},  {"baseline", wish.baseline}, {"metric", wish.metric},
                {"x", id_of(wish.x)}, {"y", id_of(wish.y)},        {"window", wish.window}};
    if (wish.target) out["target"] = *wish.target;
    return out;
}

ComparisonWish comparison_wish(const Json& json) {
    ComparisonWish wish;
    if (!json.is_object()) return wish;
    auto text = [&](const char* key) {
        const auto it = json.find(key);
        return it != json.end() && it->is_string() ? it->get<std::string>() : std::string();
    };
    if (const auto it = json.find("runs"); it != json.end() && it->is_array())
        for (const Json& id : *it)
            if (id.is_string()) wish.runs.push_back(id.get<std::string>());
    wish.baseline = text("baseline");
    wish.metric = text("metric");
    wish.x = find_x(text("x")).value_or(XKind::step);
    wish.y = find_y(text("y")).value_or(YKind::value);
    if (const auto it = json.find("window"); it != json.end() && it->is_number())
        wish.window = std::max(0.0, it->get<double>());
    if (const auto it = json.find("target"); it != json.end() && it->is_number()) wish.target = it->get<double>();
    return wish;
}

Result<Comparison> compare(const Store& store, const ComparisonWish& wish) {
    try {
        Comparison c;
        c.wish = wish;
        c.rates = cost_rates(store).or_throw();
        std::vector<Phrase> gone;
        for (const std::string& id : wish.runs) {
            auto record = store.run(id);
            if (!record) {
                gone.push_back({GW_TEXT("The run %1 is no longer in the history"), {id.substr(0, 8)}});
                continue;
            }
            ComparedRun run;
            run.record = std::move(record).value();
            if (std::any_of(c.runs.begin(), c.runs.end(),
                            [&](const ComparedRun& r) { return r.record.id == run.record.id; }))
                continue;
            run.scale = RunScale(run.record, store.clock(run.record.id).or_throw());
            run.cost = cost_of(store, run.record, c.rates);
            c.runs.push_back(std::move(run));
        }
        if (c.runs.empty())
            return Error{Error::Code::bad_spec,
                         "There is nothing to compare: none of these runs is in the history",
                         "Choose two runs or more",
                         {}};
        for (std::size_t i = 0; i < c.runs.size(); ++i)
            if (c.runs[i].record.id == wish.baseline) c.baseline = i;
        c.wish.baseline = c.runs[c.baseline].record.id;
        std::vector<RunRecord> records;
        for (const ComparedRun& run : c.runs) records.push_back(run.record);
        c.settings = whole_spec_table(records);
        c.x_unit = x_unit(wish.x, records);
        label_runs(c.runs, c.settings);
        group_runs(c);
        choose_metric(store, c);
        for (ComparedRun& run : c.runs) trace_run(store, c, run);
        measure(c);
        c.warnings = unchosen_differences(c.runs, c.wish);
        c.warnings.insert(c.warnings.end(), gone.begin(), gone.end());
        std::size_t drawn = 0;
        for (const ComparedRun& run : c.runs) {
            drawn += run.trace.empty() ? 0 : 1;
            if (run.trace.empty())
                c.warnings.push_back({GW_TEXT("%1 is not drawn: %2"), {run.label, run.missing.text()}});
        }
        if (drawn > 1 && !c.equal_x)
            c.warnings.push_back(
                {GW_TEXT("These curves have no x in common, so their values cannot be set side by side"), {}});
        return c;
    } catch (const Failure& failure) {
        return failure.error();
    }
}

bool tells_of_seeds(const Comparison& c) {
    return c.groups.size() < c.runs.size() &&
           std::any_of(c.groups.begin(), c.groups.end(), [](const RunGroup& group) { return group.spread.count > 0; });
}

Band band_of(const Comparison& c, const RunGroup& group, std::size_t points) {
    Band band;
    double begin = -HUGE_VAL, end = HUGE_VAL;
    std::size_t most = 0;
    for (const std::size_t i : group.runs) {
        const Trace& trace = c.runs[i].trace;
        if (trace.empty()) continue;
        begin = std::max(begin, trace.x.front());
        end = std::min(end, trace.end());
        most = std::max(most, trace.x.size());
    }
    if (group.runs.size() < 2 || begin > end) return band;
    points = std::min(points, std::max<std::size_t>(2, most));
    for (std::size_t p = 0; p < points; ++p) {
        const double x = begin + (end - begin) * static_cast<double>(p) / static_cast<double>(points - 1);
        std::vector<double> values;
        for (const std::size_t i : group.runs)
            if (const auto value = c.runs[i].trace.at(x)) values.push_back(*value);
        const Spread spread = spread_of(values);
        if (spread.count < 2) continue;
        band.x.push_back(x);
        band.mean.push_back(spread.mean);
        band.low.push_back(spread.mean - spread.deviation);
        band.high.push_back(spread.mean + spread.deviation);
    }
    return band;
}

Phrase target_phrase(const Comparison& c, const ComparedRun& run) {
    if (!c.target) return {};
    const std::string target = significant(*c.target, 4);
    if (!run.target_x) return {GW_TEXT("never reaches %1"), {target}};
    if (!run.target_share) return {GW_TEXT("reaches %1"), {target}};
    const char* form = GW_TEXT("reaches %1 with %2 times the steps");
    switch (c.wish.x) {
        case XKind::tokens:
            form = c.x_unit == "images"    ? GW_TEXT("reaches %1 with %2 times the images")
                   : c.x_unit == "windows" ? GW_TEXT("reaches %1 with %2 times the windows")
                   : c.x_unit == "rows"    ? GW_TEXT("reaches %1 with %2 times the rows")
                   : c.x_unit == "tokens"  ? GW_TEXT("reaches %1 with %2 times the tokens")
                                           : GW_TEXT("reaches %1 with %2 times what is counted");
            break;
        case XKind::epoch:
            form = GW_TEXT("reaches %1 with %2 times the epochs");
            break;
        case XKind::time:
        case XKind::wall:
            form = GW_TEXT("reaches %1 in %2 times the time");
            break;
        case XKind::flops:
            form = GW_TEXT("reaches %1 with %2 times the FLOPs");
            break;
        default:
            break;
    }
    return {form, {target, significant(*run.target_share, 2)}};
}

}  // namespace gw
