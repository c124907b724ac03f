#pragma once
#include <optional>
#include <string>
#include <vector>

#include "schema/kind.h"

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

/// How the classes of a sequence's tasks stand in heads.
/// - task: each task has a head of its own
/// - domain: one head, which tells a class by its place in its task
/// - class: one head, which grows by the classes of each task
/// (van de Ven and Tolias 2018, arXiv:1809.10635)
inline constexpr const char* scenario_choices =
    "task=A head for each task|domain=One head for all tasks|class=One head for all classes so far";

/// How each task is trained.
struct SequenceSettings {
    double epochs = 3, lr = 3e-4, head_share = 0.3, head_rate = 10, ewc_strength = 100, si_strength = 1, clip = 1;
    std::int64_t micro_batch = 16, seed = 1, iterations = 0, replay_examples = 50, judged = 500, threads = 0;
    std::string scenario = "task", judged_part = "validation";

    static constexpr auto fields = std::tuple{
        schema::field<&SequenceSettings::scenario>(
            {.key = "scenario",
             .label = "Scenario",
             .help = "What is asked of a test example: its class in a task that is named, its place in a task that is "
                     "not, or its class among all seen so far (van de Ven and Tolias 2018, arXiv:1809.10635).",
             .choices = scenario_choices}),
        schema::field<&SequenceSettings::epochs>({.key = "epochs",
                                                  .label = "Passes",
                                                  .help = "Passes over each task's examples.",
                                                  .min = 0.01,
                                                  .max = 1000}),
        schema::field<&SequenceSettings::iterations>(
            {.key = "iterations",
             .label = "Steps a task",
             .help = "So many steps for each task instead of passes; 0 = by passes.",
             .unit = "steps",
             .min = 0,
             .max = 1e9}),
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
        schema::field<&SequenceSettings::judged_part>(
            {.key = "judged_part",
             .label = "Evaluated on",
             .help = "The part of each task's data that accuracies are measured on.",
             .choices = "validation=Validation|test=Test"}),
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

/// A whole sequence as the section "sequence" of a spec: the classes of its dataset are cut into tasks, which its
/// backbone learns in turn.
struct SequencePlan : SequenceSettings {
    std::int64_t classes_per_task = 2, seeds = 3;
    std::vector<std::string> strategies;

    static constexpr auto fields = std::tuple_cat(
        std::tuple{schema::field<&SequencePlan::classes_per_task>(
                       {.key = "classes_per_task",
                        .label = "Classes a task",
                        .help = "The classes, in alphabetical order of their names, are cut into groups of "
                                "so many; one that is left over joins the last group.",
                        .min = 2,
                        .max = 100000}),
                   schema::field<&SequencePlan::strategies>(
                       {.key = "strategies",
                        .label = "Strategies",
                        .help = "sequential, lp_ft, ewc, si, replay or joint, one a line; empty = all.",
                        .holds = schema::Holds::lines}),
                   schema::field<&SequencePlan::seeds>(
                       {.key = "seeds", .label = "Seeds", .help = "So many seeds a strategy.", .min = 1, .max = 100})},
        SequenceSettings::fields);
    void check(schema::Problems& out, const std::string& at) const;
};

/// The kind of the section "sequence" that is a whole sequence.
const Sheet& sequence_plan_sheet();

/// The plan of a spec that is a whole sequence and not one run.
std::optional<SequencePlan> sequence_plan(const Json& spec);

/// Rules between that section and the others of a spec whose sections are sound in themselves.
void check_sequence_plan(const Json& spec, schema::Problems& out);

}  // namespace gw
