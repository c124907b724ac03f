#pragma once
#include <functional>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "schema/kind.h"
#include "tokenize/tokenizer.h"
#include "util/files.h"

namespace gw {

/// How a backbone goes from task to task.
/// - sequential: each task in turn, all weights
/// - lp_ft: each task in turn, its head alone first (Kumar et al. 2022, arXiv:2202.10054; for sequences Sun et al.
/// 2023,
///   arXiv:2302.13289)
/// - ewc: weights that mattered are held (Kirkpatrick et al. 2017, arXiv:1612.00796)
/// - si: the same by their share in the fall of the loss (Zenke et al. 2017, arXiv:1703.04200)
/// - replay: examples of earlier tasks go on being shown (Chaudhry et al. 2019, arXiv:1902.10486)
/// - joint: all tasks at once: the bound
const std::vector<std::string>& sequence_strategies();
std::string strategy_title(const std::string& strategy);

/// A task: the examples of a dataset whose class is one of `classes` (empty = of any).
struct SequenceTask {
    std::string name;
    Json dataset;  ///< section of a spec, labelled with one class a text
    std::vector<std::string> classes;
};
/// The section of a spec that learns that task.
Json dataset_of(const SequenceTask& task);

/// How each task is trained.
struct SequenceSettings {
    double epochs = 3, lr = 3e-4, head_share = 0.3, head_rate = 10, ewc_strength = 100, si_strength = 1, clip = 1;
    std::int64_t micro_batch = 16, seed = 1, replay_examples = 50, judged = 500, threads = 0;

    static constexpr auto fields = std::tuple{
        schema::field<&SequenceSettings::epochs>({.key = "epochs",
                                                  .label = "Passes",
                                                  .help = "Passes over each task's examples.",
                                                  .min = 0.01,
                                                  .max = 1000}),
        schema::field<&SequenceSettings::lr>({.key = "lr",
                                              .label = "Learning rate",
                                              .help = "Peak learning rate of each task; optimizer and schedule are "
                                                      "those of fine-tuning the checkpoint.",
                                              .min = 0,
                                              .max = 10,
                                              .scale = schema::Scale::log}),
        schema::field<&SequenceSettings::micro_batch>(
            {.key = "micro_batch", .label = "Batch", .help = "Examples a step.", .min = 1, .max = 65536}),
        schema::field<&SequenceSettings::head_share>(
            {.key = "head_share",
             .label = "Head first",
             .help = "LP-FT: share of each task's steps in which its head is trained alone.",
             .min = 0,
             .max = 0.95}),
        schema::field<&SequenceSettings::head_rate>(
            {.key = "head_rate",
             .label = "Head's rate",
             .help = "LP-FT: learning rate of the head, times that of the rest.",
             .min = 0.01,
             .max = 1000,
             .scale = schema::Scale::log}),
        schema::field<&SequenceSettings::ewc_strength>({.key = "ewc_strength",
                                                        .label = "EWC strength",
                                                        .help = "How firmly weights that mattered are held.",
                                                        .min = 0,
                                                        .max = 1e9,
                                                        .scale = schema::Scale::log}),
        schema::field<&SequenceSettings::si_strength>({.key = "si_strength",
                                                       .label = "SI strength",
                                                       .help = "The same of synaptic intelligence.",
                                                       .min = 0,
                                                       .max = 1e9,
                                                       .scale = schema::Scale::log}),
        schema::field<&SequenceSettings::replay_examples>({.key = "replay_examples",
                                                           .label = "Replayed examples",
                                                           .help = "Examples kept of each task.",
                                                           .min = 1,
                                                           .max = 1e7}),
        schema::field<&SequenceSettings::judged>({.key = "judged",
                                                  .label = "Evaluated examples",
                                                  .help =
                                                      "At most so many held-out examples of each task are evaluated, "
                                                      "and k-NN looks among as many training examples.",
                                                  .min = 10,
                                                  .max = 1e7}),
        schema::field<&SequenceSettings::clip>({.key = "clip",
                                                .label = "Gradient clipping",
                                                .help = "Longest gradient that is used as it is; 0 = no clipping.",
                                                .min = 0,
                                                .max = 1e6,
                                                .audience = schema::Audience::expert}),
        schema::field<&SequenceSettings::seed>(
            {.key = "seed", .label = "Seed", .help = "Names all random choices.", .min = 0, .max = 9e15}),
        schema::field<&SequenceSettings::threads>({.key = "threads",
                                                   .label = "Threads",
                                                   .help = "Processor threads; 0 = all cores.",
                                                   .min = 0,
                                                   .max = 1024,
                                                   .audience = schema::Audience::expert}),
    };
};
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

/// Figures of a whole sequence.
struct SequenceFigures {
    double average = 0;             ///< accuracy by head over all tasks at the end
    double average_neighbours = 0;  ///< by kNN
    double forgetting = 0;  ///< mean over tasks but the last of (best accuracy it ever had - that at the end); Chaudhry
                            ///< et al. 2018, arXiv:1801.10112
    double backward = 0;    ///< mean over tasks but the last of (accuracy at the end - that just after it was learnt);
                            ///< Lopez-Paz and Ranzato 2017, arXiv:1706.08840
    double forward =
        0;  ///< mean over tasks but the first of (kNN just before it was learnt - kNN before the first task)
};
SequenceFigures figures_of(const SequenceResult& result);

/// One task a group: the classes of a dataset, in alphabetical order, cut into groups of `size` (at least 2); a single
/// class that is left over joins the last group. Reads the data.
Result<std::vector<SequenceTask>> tasks_by_class(const fs::path& checkpoint, const Json& dataset, const Json& split,
                                                 std::int64_t size, const fs::path& cache, const ProgressFn& progress,
                                                 std::stop_token stop);

}  // namespace gw
