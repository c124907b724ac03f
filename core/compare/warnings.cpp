#include "compare/warnings.h"

#include <algorithm>
#include <map>
#include <set>

#include "schema/former_kinds.h"

namespace gw {

namespace {

std::string fact_text(const RunRecord& run, const char* key) {
    const auto it = run.facts.find(key);
    return it == run.facts.end() || it->is_null() ? "" : setting_text(*it);
}

std::set<std::string> facts_of(const std::vector<ComparedRun>& runs, const char* key) {
    std::set<std::string> out;
    for (const ComparedRun& run : runs)
        if (std::string text = fact_text(run.record, key); !text.empty()) out.insert(std::move(text));
    return out;
}

std::set<std::string> sections_of(const std::vector<ComparedRun>& runs, const char* key) {
    std::set<std::string> out;
    for (const ComparedRun& run : runs)
        if (const Json spec = with_settings_of_today(run.record.spec); spec.is_object())
            out.insert(spec.value(key, Json()).dump());
    return out;
}

std::string listed(const std::set<std::string>& values) {
    std::string out;
    for (const std::string& value : values) out += (out.empty() ? "" : ", ") + value;
    return out;
}

/// Seeds that stand in the way: those of runs that differ in something else too, where neither is repeated with other
/// seeds. Repeated runs are a choice, and say themselves how much a seed makes.
std::set<std::string> confounding_seeds(const std::vector<ComparedRun>& runs) {
    std::map<std::string, std::set<std::string>> groups;
    for (const ComparedRun& run : runs) {
        const Json training = run.record.spec.value("training", Json::object());
        if (training.contains("seed")) groups[seed_group_key(run.record)].insert(setting_text(training["seed"]));
    }
    std::set<std::string> out;
    for (const auto& [key, seeds] : groups)
        for (const auto& [other, others] : groups)
            if (key != other && seeds.size() == 1 && others.size() == 1 && seeds != others)
                out.insert(seeds.begin(), seeds.end());
    return out;
}

}  // namespace

std::vector<Phrase> unchosen_differences(const std::vector<ComparedRun>& runs, const ComparisonWish& wish) {
    std::vector<Phrase> out;
    const bool same_data = sections_of(runs, "dataset").size() == 1 && sections_of(runs, "split").size() == 1;
    const bool same_tokenizer = sections_of(runs, "tokenizer").size() == 1;
    const bool other_data = facts_of(runs, "dataset_hash").size() > 1,
               other_tokenizer = facts_of(runs, "tokenizer_hash").size() > 1;
    if (other_data && same_data)
        out.push_back(
            {GW_TEXT("The data has changed between these runs, though their settings for it are the same"), {}});
    else if (other_data)
        out.push_back({GW_TEXT("These runs were scored on different data: compare their curves with care"), {}});
    if (other_tokenizer && same_data && same_tokenizer && !other_data)
        out.push_back({GW_TEXT("The tokenizer has changed between these runs, though its settings are the same"), {}});
    // Of labelled rows each has a loss of its own, into however many tokens it is cut.
    const bool by_token = std::any_of(runs.begin(), runs.end(), [](const ComparedRun& run) {
        return unit_of(run.record) == "tokens" && !learns_from_labels(run.record);
    });
    if (other_tokenizer && by_token && wish.y != YKind::bits_per_byte && is_loss(wish.metric))
        out.push_back({GW_TEXT("Different tokenizers: a loss per token does not compare; look at bits per byte"), {}});
    const auto by_criterion =
        std::count_if(runs.begin(), runs.end(), [](const ComparedRun& run) { return run.by_criterion; });
    if (wish.metric == "train/loss" && by_criterion > 0 && by_criterion < std::ssize(runs))
        out.push_back({GW_TEXT("Some of these runs minimise more than the plain loss (smoothing, weights, a teacher): "
                               "compare their validation losses, not their training losses"),
                       {}});
    if (const auto seeds = confounding_seeds(runs); !seeds.empty())
        out.push_back({GW_TEXT("Different seeds: %1"), {listed(seeds)}});
    const std::pair<const char*, const char*> rest[] = {
        {"device", GW_TEXT("Different devices: %1")},
        {"precision", GW_TEXT("Different precision: %1")},
        {"threads", GW_TEXT("Different numbers of threads: %1")},
        {"program_version", GW_TEXT("Different versions of Groundwork: %1")},
        {"libtorch_version", GW_TEXT("Different versions of LibTorch: %1")}};
    for (const auto& [key, form] : rest)
        if (const auto values = facts_of(runs, key); values.size() > 1) out.push_back({form, {listed(values)}});
    for (const ComparedRun& run : runs)
        if (run.trace.bad > 0)
            out.push_back({GW_TEXT("%1 has %2 values that are not a number or infinite"),
                           {run.label, std::to_string(run.trace.bad)}});
    return out;
}

}  // namespace gw
