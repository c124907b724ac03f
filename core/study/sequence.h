#pragma once
#include <functional>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "data/batch.h"
#include "spec/sequence_plan.h"
#include "tokenize/tokenizer.h"
#include "util/files.h"

namespace gw {

/// The title of one of sequence_strategies().
std::string strategy_title(const std::string& strategy);

/// A task: the examples of a dataset whose class is one of `classes` (empty = of any).
struct SequenceTask {
    std::string name;
    Json dataset;  ///< section of a spec, labelled with one class a text
    std::vector<std::string> classes;
};
/// The section of a spec that learns that task.
Json dataset_of(const SequenceTask& task);

const Sheet& sequence_sheet();

/// What one strategy with one seed led to. Accuracies on held-out examples; a row is the state after a task, a column a
/// task.
struct SequenceResult {
    std::string strategy;
    std::int64_t seed = 1;
    std::vector<std::string> tasks;
    std::vector<std::vector<std::optional<double>>> by_head;  ///< nothing where the task was not seen yet
    std::vector<std::vector<double>> by_neighbours;           ///< kNN of the features, of tasks to come too
    std::vector<double> neighbours_before;                    ///< the same before the first task
    double seconds = 0;
};
Json to_json(const SequenceResult& result);
SequenceResult sequence_result_of(const Json& json);

/// By what the data of a sequence is read: what the model that begins it was made for.
struct SequenceReading {
    Json tokenizer = Json::object();       ///< section of a spec
    std::optional<Json> state = {};        ///< of a checkpoint's tokenizer
    std::optional<InputFacts> input = {};  ///< what a checkpoint's backbone was made for
    static Result<SequenceReading> of_checkpoint(const fs::path& checkpoint);
};

/// Figures of a whole sequence.
struct SequenceFigures {
    double average = 0;             ///< accuracy by head over all tasks at the end
    double average_neighbours = 0;  ///< by kNN
    double forgetting = 0;  ///< mean over tasks but the last of (best accuracy it ever had - that at the end); Chaudhry
                            ///< et al. 2018, arXiv:1801.10112
    double backward = 0;    ///< mean over tasks but the last of (accuracy at the end - that just after it was learnt);
                            ///< Lopez-Paz and Ranzato 2017, arXiv:1706.08840
    std::optional<double> forward;  ///< mean over tasks but the first of (kNN just before it was learnt - kNN before
                                    ///< the first task); nothing where no checkpoint stands before it
};
SequenceFigures figures_of(const SequenceResult& result);

/// One task a group: the classes of a dataset, in alphabetical order, cut into groups of `size` (at least 2); a single
/// class that is left over joins the last group. Reads the data.
Result<std::vector<SequenceTask>> tasks_by_class(const SequenceReading& reading, const Json& dataset, const Json& split,
                                                 std::int64_t size, const fs::path& cache, const ProgressFn& progress,
                                                 std::stop_token stop);

}  // namespace gw
