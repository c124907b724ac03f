#pragma once
#include <optional>

#include "spec/sequence_plan.h"

namespace gw {

/// What makes a run a task of a sequence: it goes on from the run before it (section start), carries the heads of
/// earlier tasks along, and may keep those tasks from being forgotten. Earlier tasks are what its checkpoint says of
/// them: nothing of them is repeated here.
struct SequenceTaskSettings {
    std::string name = "task", scenario = "task", hold = "none";
    double strength = 100;
    std::int64_t replay = 0;
    bool first = false;
    std::vector<std::string> beside;

    static constexpr auto fields = std::tuple{
        schema::field<&SequenceTaskSettings::name>({.key = "name",
                                                    .label = "Task",
                                                    .help = "By which later tasks and results know this one.",
                                                    .audience = schema::Audience::expert}),
        schema::field<&SequenceTaskSettings::first>(
            {.key = "first",
             .label = "First task",
             .help = "A sequence begins here: what the checkpoint knows of earlier tasks is left behind.",
             .audience = schema::Audience::expert}),
        schema::field<&SequenceTaskSettings::scenario>(
            {.key = "scenario",
             .label = "Scenario",
             .help = "What the head must tell apart: the classes of a task that is named (a head for each task), the "
                     "place of a class in its task without knowing which (one head), or all classes seen so far (one "
                     "head that grows). Every task of a sequence must say the same.",
             .audience = schema::Audience::expert,
             .choices = scenario_choices}),
        schema::field<&SequenceTaskSettings::hold>(
            {.key = "hold",
             .label = "Hold weights",
             .help = "Hold weights that mattered for earlier tasks: by elastic weight consolidation (ewc) or synaptic "
                     "intelligence (si). Every task of a sequence must say the same.",
             .audience = schema::Audience::expert,
             .choices = "none=None|ewc=EWC|si=Synaptic intelligence"}),
        schema::field<&SequenceTaskSettings::strength>(
            {.key = "strength",
             .label = "Strength",
             .help = "How firmly they are held: about 100 with ewc, about 1 with si.",
             .min = 0,
             .max = 1e9,
             .scale = schema::Scale::log,
             .audience = schema::Audience::expert,
             .shown_when = "hold=ewc|si"}),
        schema::field<&SequenceTaskSettings::replay>(
            {.key = "replay",
             .label = "Replayed examples",
             .help = "Examples of each earlier task that go on being shown, in every step as many as of this one; 0 = "
                     "none.",
             .min = 0,
             .max = 1e7,
             .audience = schema::Audience::expert}),
        schema::field<&SequenceTaskSettings::beside>(
            {.key = "beside",
             .label = "Tasks beside",
             .help = "Tasks that are learnt at the same time, each with a head of its own and passed over as often as "
                     "this one, one a line: {\"name\": ..., \"dataset\": {...}}, the dataset as the section dataset "
                     "of a spec.",
             .audience = schema::Audience::expert,
             .holds = schema::Holds::lines}),
    };
    void check(schema::Problems& out, const std::string& at) const;
};

/// A line of SequenceTaskSettings::beside.
struct TaskBeside {
    std::string name;
    Json dataset;  ///< section of a spec
};
std::vector<TaskBeside> tasks_beside(const SequenceTaskSettings& settings);

/// The kinds of the section "sequence": a run of its own, a task of a sequence, a whole sequence.
std::vector<const Sheet*> sequence_task_sheets();

/// The section of a run that is a task of a sequence.
std::optional<SequenceTaskSettings> sequence_task(const Json& spec);

/// Rules between that section and the others of a spec whose sections are sound in themselves.
void check_sequence_task(const Json& spec, schema::Problems& out);

/// The refusal of a head that tasks share where one of them has other numbers of classes than `ours`; `at` names the
/// setting ("sequence.scenario").
Error unlike_classes(const std::string& task, std::size_t its, std::size_t ours, const std::string& at);

}  // namespace gw
