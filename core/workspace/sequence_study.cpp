#include "workspace/sequence_study.h"

#include <algorithm>

#include "spec/settings.h"
#include "util/name.h"
#include "util/text.h"
#include "workspace/run_name.h"

namespace gw {

Json to_json(const SequenceStudy& s) {
    Json results = Json::array();
    for (const SequenceResult& r : s.results) results.push_back(to_json(r));
    return {{"name", s.name},
            {"checkpoint", s.checkpoint.string()},
            {"datasets", s.datasets},
            {"group", s.group},
            {"split", s.split},
            {"settings", s.settings},
            {"strategies", s.strategies},
            {"seeds", s.seeds},
            {"results", std::move(results)}};
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

namespace {

/// In what two studies ask another question; empty where they ask the same.
std::string other_question(const SequenceStudy& ours, const SequenceStudy& theirs) {
    // In the form in which they are kept, so that one number has one text.
    const Json a = Json::parse(to_json(ours).dump()), b = Json::parse(to_json(theirs).dump());
    for (const auto& [part, words] : {std::pair{"checkpoint", "from another checkpoint"},
                                      {"datasets", "on other data"},
                                      {"group", "of other tasks"},
                                      {"split", "with another split"},
                                      {"settings", "with other settings"}})
        if (a.at(part) != b.at(part)) return words;
    return "";
}

/// Results that are kept under the study's name already are gone on from where they answer the same question; else they
/// stay as they are, and a name that nobody chose gives way to another.
Status take_up_results(const Store& store, SequenceStudy& study, bool named) {
    const auto saved = store.saved("sequence");
    if (!saved) return saved.error();
    const std::string plain = study.name;
    for (int number = 2;; ++number) {
        const auto record = std::find_if(saved.value().begin(), saved.value().end(),
                                         [&](const SavedRecord& r) { return r.name == study.name; });
        if (record == saved.value().end()) return {};
        const SequenceStudy before = sequence_study_of(record->body);
        const std::string other = other_question(study, before);
        if (!other.empty() && named)
            return Error{Error::Code::bad_spec,
                         "There is a sequence \"" + study.name + "\" already, " + other,
                         "Give another name with --name; its results stay as they are",
                         {}};
        if (!other.empty()) {
            study.name = plain + " (" + std::to_string(number) + ")";
            continue;
        }
        for (const SequenceResult& result : before.results)
            if (std::none_of(study.results.begin(), study.results.end(), [&](const SequenceResult& r) {
                    return r.strategy == result.strategy && r.seed == result.seed;
                }))
                study.results.push_back(result);
        for (const std::string& strategy : before.strategies)
            if (std::find(study.strategies.begin(), study.strategies.end(), strategy) == study.strategies.end())
                study.strategies.push_back(strategy);
        study.seeds = std::max(study.seeds, before.seeds);
        return {};
    }
}

}  // namespace

Result<SequenceStudy> carry_out_study(const Workspace& workspace, SequenceStudy study, const ProgressFn& progress,
                                      std::stop_token stop) {
    if (study.datasets.empty())
        return Error{Error::Code::bad_spec, "There is nothing to learn from", "Name labelled data", {}};
    std::vector<SequenceTask> tasks;
    if (study.group > 0) {
        auto cut = tasks_by_class(study.checkpoint, study.datasets.front(), study.split, study.group, workspace.cache(),
                                  progress, stop);
        if (!cut) return cut.error();
        tasks = std::move(cut).value();
    } else {
        // Files of several tasks are often called alike: "books/train" and "dvd/train".
        std::vector<fs::path> files;
        for (const Json& dataset : study.datasets) {
            const Json paths = dataset.value("paths", Json::array());
            files.emplace_back(paths.empty() ? "task " + std::to_string(files.size() + 1)
                                             : paths.front().get<std::string>());
        }
        const std::vector<std::string> names = telling_names(files);
        for (std::size_t i = 0; i < files.size(); ++i) tasks.push_back({names[i], study.datasets[i], {}});
    }
    const bool named = !study.name.empty();
    if (!named) study.name = fit_name(tasks.front().name + " ... " + tasks.back().name);
    if (const auto fault = name_fault(study.name))
        return Error{Error::Code::bad_spec,
                     "This name of a sequence " + *fault,
                     "Choose another name with --name",
                     {"option --name"}};
    auto store = workspace.store();
    if (!store) return store.error();
    if (Status known = take_up_results(store.value(), study, named); !known) return known.error();
    SequenceSettings settings;
    (void)schema::load(settings, study.settings, "sequence");
    const std::int64_t first_seed = settings.seed;
    const double all = static_cast<double>(study.strategies.size()) * static_cast<double>(study.seeds);
    double done = 0;
    for (std::int64_t seed = first_seed; seed < first_seed + study.seeds; ++seed)
        for (const std::string& strategy : study.strategies) {
            const bool there = std::any_of(study.results.begin(), study.results.end(), [&](const SequenceResult& r) {
                return r.strategy == strategy && r.seed == seed;
            });
            if (!there) {
                settings.seed = seed;
                const std::string what = strategy_title(strategy) + ", seed " + std::to_string(seed) + ": ";
                auto result = run_sequence({study.checkpoint, tasks, study.split, strategy, settings, workspace.cache(),
                                            [&](const std::string& phase, double share) {
                                                if (progress)
                                                    progress(what + phase, (done + std::max(0.0, share)) / all);
                                            },
                                            stop});
                if (!result) return result.error();
                study.results.push_back(std::move(result).value());
                if (Status kept = store.value().set_saved({"sequence", study.name, to_json(study), now_utc()}); !kept)
                    return kept.error();
            }
            done += 1;
        }
    return study;
}

}  // namespace gw
