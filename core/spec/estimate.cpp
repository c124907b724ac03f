#include <torch/cuda.h>

#include <algorithm>
#include <cmath>
#include <thread>

#include "model/backbone.h"
#include "model/blocks.h"
#include "model/row_cut.h"
#include "objective/linear_cross_entropy.h"
#include "objective/objective.h"
#include "optim/averaging.h"
#include "optim/optimizer.h"
#include "optim/schedule.h"
#include "spec/backbone_size.h"
#include "spec/run_spec.h"
#include "spec/settings.h"
#include "spec/start.h"

namespace gw {

namespace {

/// What a step works on.
struct StepShape {
    RowWork work;
    std::int64_t width = 0, layers = 1, vocabulary = 0;
    double passes = 1;  ///< through the backbone, each of the share of its rows that the objective says
    double more_bytes_a_unit = 0;
    int threads = 1;
};
struct StepBytes {
    double gradients = 0, activations = 0;
};

/// Of a step in slots on a CPU (cut_rows()): the gradients of all slots but the first, and what the groups of rows keep
/// that are at work at once.
StepBytes bytes_in_slots(const StepShape& step, const KeptForBackward& kept, const std::string& recompute) {
    const auto slots = cut_rows(step.work);
    std::int64_t rows = 1;
    for (const auto& groups : slots)
        for (const RowRange& group : groups) rows = std::max(rows, group.count);
    const std::int64_t positions = rows * step.work.tokens_a_row;
    const bool again = recompute == "on" || (recompute == "auto" && recompute_pays(kept, positions));
    const double a_block = kept.all / static_cast<double>(std::max<std::int64_t>(1, step.layers)),
                 a_position =
                     step.passes * (again ? kept.inputs + a_block : kept.all) + kept.at_work + step.more_bytes_a_unit,
                 scores = linear_cross_entropy_kernel_bytes(positions, step.width, step.vocabulary);
    const double at_once = std::min(static_cast<double>(step.threads), static_cast<double>(slots.size()));
    return {4.0 * static_cast<double>((static_cast<std::int64_t>(slots.size()) - 1) * step.work.parameters),
            at_once * (static_cast<double>(positions) * a_position + scores)};
}

int threads_of(const TrainingSettings& training) {
    return training.threads > 0 ? static_cast<int>(training.threads)
                                : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

}  // namespace

Estimate estimate_run(const Json& spec) {
    Estimate out;
    const Json backbone_json = spec.value("backbone", Json::object()),
               optimizer_json = spec.value("optimizer", Json::object());
    const BackboneKind* backbone = find_kind(backbones(), backbone_json.value("kind", ""));
    const OptimizerKind* optimizer = find_kind(optimizers(), optimizer_json.value("kind", ""));
    if (!backbone || !backbone->check(backbone_json, "backbone").empty()) return out;
    const auto training = settings_of<TrainingSettings>(spec, "training");

    const ExpectedInput expected = expected_input(spec);
    const InputFacts& input = expected.input;
    out.vocabulary = expected.vocabulary.ids;
    out.vocabulary_is_guess = input.tokens && !expected.vocabulary.exact;
    out.unit = unit_of(input);
    const BackboneSize size = backbone->size(settled_backbone(spec), input);
    const Json objective_json = spec.value("objective", Json::object());
    const ObjectiveKind* objective = find_kind(objectives(), objective_json.value("kind", ""));
    if (objective && !objective->check(objective_json, "objective").empty()) objective = nullptr;
    const BackboneFacts facts{.width = size.width,
                              .context = size.context,
                              .vocabulary = out.vocabulary,
                              .tied = size.tied,
                              .patches = size.patches,
                              .series = size.series,
                              .image = input.tokens ? std::nullopt : input.image,
                              .table = input.table,
                              .maps = size.maps};
    out.backbone_parameters = size.parameters;
    out.parameters = size.parameters + (objective ? objective->head_parameters(objective_json, facts) : 0);
    const std::int64_t row_units = input.is_one_thing() ? 1 : size.context;
    out.tokens_per_step = row_units * training.micro_batch * training.accumulation;
    if (training.budget_unit == "steps") out.steps = static_cast<std::int64_t>(training.budget);
    if (training.budget_unit == "tokens")
        out.steps = static_cast<std::int64_t>(std::ceil(training.budget / static_cast<double>(out.tokens_per_step)));
    if (out.steps) out.tokens = *out.steps * out.tokens_per_step;
    const ObjectiveCost cost = objective ? objective->cost(objective_json, facts) : ObjectiveCost();
    const double passes = objective ? objective->passes : 1;
    out.flops_per_token =
        objective ? objective->flops_per_unit(objective_json, facts, size.flops_per_unit) : size.flops_per_unit;
    const auto parameters = static_cast<std::uint64_t>(out.parameters);
    const std::uint64_t buffers = 4 * static_cast<std::uint64_t>(cost.copies * out.parameters + cost.state_values);
    out.memory_weights = parameters * 8 + buffers;  // float32 weights and gradients
    out.memory_optimizer = parameters * 4 * static_cast<std::uint64_t>(optimizer ? optimizer->state_tensors : 0);
    const Json averaging_json = spec.value("averaging", Json::object());
    const AveragingKind* averaging = find_kind(averagings(), averaging_json.value("kind", ""));
    if (averaging && averaging->check(averaging_json, "averaging").empty() &&
        averaging->build(averaging->complete(averaging_json)))
        out.memory_optimizer += parameters * 4;
    const double micro_units = static_cast<double>(row_units * training.micro_batch);
    const bool on_gpu = training.device == "cuda" || (training.device == "auto" && torch::cuda::is_available());
    // On a GPU, and where rows are not known to go in slots, all of a micro-batch is kept at once.
    if (on_gpu || size.on_cpu.all <= 0 || input.is_one_thing()) {
        const double scores = input.is_one_thing()
                                  ? 0.0
                                  : linear_cross_entropy_bytes(micro_units, static_cast<double>(size.width),
                                                               static_cast<double>(out.vocabulary));
        out.memory_activations = static_cast<std::uint64_t>(
            micro_units * (passes * cost.share * size.activation_bytes_per_unit + cost.activation_bytes) + scores);
    } else {
        const RowWork work{training.micro_batch, row_units, out.flops_per_token * static_cast<double>(row_units),
                           out.parameters, size.on_cpu.shares_work && training.precision != "bf16"};
        const StepBytes step = bytes_in_slots({.work = work,
                                               .width = size.width,
                                               .layers = size.layers,
                                               .vocabulary = out.vocabulary,
                                               .passes = passes * cost.share,
                                               .more_bytes_a_unit = cost.activation_bytes,
                                               .threads = threads_of(training)},
                                              size.on_cpu, training.recompute);
        out.memory_weights += static_cast<std::uint64_t>(step.gradients);
        out.memory_activations = static_cast<std::uint64_t>(step.activations);
    }
    out.checkpoint_bytes = parameters * 4 + buffers + out.memory_optimizer;
    return out;
}

std::vector<double> schedule_curve(const Json& spec, std::int64_t steps, int points) {
    const Json section = spec.value("schedule", Json::object());
    const ScheduleKind* kind = find_kind(schedules(), section.value("kind", ""));
    if (!kind || steps <= 0 || points <= 0 || !kind->check(section, "schedule").empty()) return {};
    const auto schedule = kind->build(section);
    const Json optimizer = spec.value("optimizer", Json::object());
    const double peak = optimizer.contains("lr") && optimizer["lr"].is_number() ? optimizer["lr"].get<double>() : 0.0;
    const CheckpointStart start = checkpoint_start(spec).value_or(CheckpointStart());
    const auto all = static_cast<double>(steps);
    const std::int64_t head_steps = start.head_steps(all);
    std::vector<double> curve;
    for (int i = 0; i < points; ++i) {
        const double step = points == 1 ? 0.0 : static_cast<double>(steps - 1) * i / (points - 1);
        ScheduleStand at = schedule_stand(start, head_steps, static_cast<std::int64_t>(step), all);
        at.step += step - std::floor(step);
        curve.push_back(at.peak.value_or(peak) * schedule->factor(at.step, at.steps));
    }
    return curve;
}

}  // namespace gw
