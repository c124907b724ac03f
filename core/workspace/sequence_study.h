#pragma once
#include "study/sequence.h"
#include "util/spread.h"
#include "workspace/workspace.h"

namespace gw {

/// Strategies of going through a sequence of tasks, beside each other with several seeds; kept in the history under its
/// name.
struct SequenceStudy {
    std::string name;  ///< empty: made from the data
    fs::path checkpoint;
    std::vector<Json> datasets;  ///< sections of a spec: a task each, or one that is cut by `group`
    std::int64_t group = 0;      ///< classes a task; 0 = each dataset is a task
    Json split, settings;        ///< section of a spec; SequenceSettings
    std::vector<std::string> strategies;
    std::int64_t seeds = 3;  ///< 1, 2, ... from settings.seed on
    std::vector<SequenceResult> results;
};
Json to_json(const SequenceStudy& study);
SequenceStudy sequence_study_of(const Json& json);

/// One strategy over its seeds.
struct StrategyRow {
    std::string strategy;
    bool in_turn = true;  ///< joint training forgets nothing, for it goes through nothing in turn
    Spread average, neighbours, forgetting, backward, forward;
};
std::vector<StrategyRow> strategy_rows(const SequenceStudy& study);

/// Carries out what is missing of a study and keeps it after every strategy and seed, so that a stop loses one of them
/// at most. Results that are kept under its name are gone on from; an error where they answer another question.
Result<SequenceStudy> carry_out_study(const Workspace& workspace, SequenceStudy study, const ProgressFn& progress,
                                      std::stop_token stop);

}  // namespace gw
