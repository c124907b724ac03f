#pragma once
#include <optional>

#include "model/backbone.h"
#include "schema/kind.h"

namespace gw {

/// Where a run's first weights come from, and which of them it trains.
struct CheckpointStart {
    std::string path, train = "all";
    std::int64_t last = 1, unfreeze_every = 0, rank = 4;
    double head_first = 0, head_first_rate = 0, layer_decay = 1, head_rate = 1, alpha = 16, lora_dropout = 0;
    bool keep_head = false, forgetting = true, fresh = false, train_norms = false;
    std::vector<std::string> frozen, projections;

    static constexpr auto fields = std::tuple{
        schema::field<&CheckpointStart::path>({.key = "path",
                                               .label = "Checkpoint",
                                               .help = "Folder of the checkpoint whose weights the run begins with.",
                                               .holds = schema::Holds::checkpoint}),
        schema::field<&CheckpointStart::train>(
            {.key = "train",
             .label = "Train",
             .help = "All weights, only the head (feature extraction), the head and "
                     "the last layers, or small adapters (LoRA).",
             .choices = "all=All weights|head=Head alone|last=Last layers|lora=LoRA"}),
        schema::field<&CheckpointStart::last>({.key = "last",
                                               .label = "Last layers",
                                               .help = "How many of the last layers are trained.",
                                               .unit = "layers",
                                               .min = 1,
                                               .max = 10000,
                                               .shown_when = "train=last"}),
        schema::field<&CheckpointStart::head_first>(
            {.key = "head_first",
             .label = "Head first",
             .help = "Share of the steps in which only the head is trained, before the rest joins (LP-FT); keeps the "
                     "features from being torn by a head that knows nothing yet.",
             .min = 0,
             .max = 0.95,
             .shown_when = "train=all|last|lora"}),
        schema::field<&CheckpointStart::head_first_rate>(
            {.key = "head_first_rate",
             .label = "Rate of the first part",
             .help = "Learning rate while only the head is trained. The schedule then runs once over each of the two "
                     "parts, in the second with the optimizer's own rate. 0 = one schedule over both, with the "
                     "optimizer's rate and the head's rate below.",
             .min = 0,
             .max = 1000,
             .shown_when = "train=all|last|lora"}),
        schema::field<&CheckpointStart::unfreeze_every>(
            {.key = "unfreeze_every",
             .label = "Unfreeze every",
             .help = "Gradual unfreezing: one layer more, from the last to the first, every so many steps; 0 = off.",
             .unit = "steps",
             .min = 0,
             .max = 1e9,
             .shown_when = "train=all|last"}),
        schema::field<&CheckpointStart::layer_decay>(
            {.key = "layer_decay",
             .label = "Layer-wise decay",
             .help = "Each layer learns this many times as fast as the one above it; 1 = all alike.",
             .min = 0.01,
             .max = 1,
             .shown_when = "train=all|last"}),
        schema::field<&CheckpointStart::head_rate>(
            {.key = "head_rate",
             .label = "Head's rate",
             .help = "The head's learning rate is this many times that of the last layer.",
             .min = 0.001,
             .max = 10000,
             .scale = schema::Scale::log}),
        schema::field<&CheckpointStart::rank>({.key = "rank",
                                               .label = "LoRA rank",
                                               .help = "Rank of the adapters: more can learn more and costs more.",
                                               .min = 1,
                                               .max = 65536,
                                               .scale = schema::Scale::log,
                                               .shown_when = "train=lora"}),
        schema::field<&CheckpointStart::alpha>({.key = "alpha",
                                                .label = "LoRA alpha",
                                                .help = "Adapters are scaled by alpha / rank.",
                                                .min = 0.01,
                                                .max = 1e5,
                                                .shown_when = "train=lora"}),
        schema::field<&CheckpointStart::lora_dropout>({.key = "lora_dropout",
                                                       .label = "LoRA dropout",
                                                       .help = "Share of the adapters' inputs zeroed while training.",
                                                       .min = 0,
                                                       .max = 0.9,
                                                       .audience = schema::Audience::expert,
                                                       .shown_when = "train=lora"}),
        schema::field<&CheckpointStart::projections>(
            {.key = "projections",
             .label = "LoRA projections",
             .help = "Names of what gets an adapter, one a line; empty = all that the architecture has. Which names "
                     "there are depends on it: the answer to a wrong one lists them. A table of tokens among them "
                     "is adapted for labelled texts alone.",
             .audience = schema::Audience::expert,
             .holds = schema::Holds::lines,
             .shown_when = "train=lora"}),
        schema::field<&CheckpointStart::train_norms>({.key = "train_norms",
                                                      .label = "Norms and biases too",
                                                      .help = "Train the norms and biases of the backbone beside the "
                                                              "adapters: well under a hundredth of the weights.",
                                                      .audience = schema::Audience::expert,
                                                      .shown_when = "train=lora"}),
        schema::field<&CheckpointStart::frozen>(
            {.key = "frozen",
             .label = "Frozen",
             .help = "Names, or beginnings of names, of weights that stay as they are, such as tokens "
                     "or blocks.0, one a line.",
             .audience = schema::Audience::expert,
             .holds = schema::Holds::lines}),
        schema::field<&CheckpointStart::keep_head>(
            {.key = "keep_head",
             .label = "Keep the head",
             .help = "Begin with the checkpoint's head too; the objective must be the same.",
             .audience = schema::Audience::expert}),
        schema::field<&CheckpointStart::forgetting>(
            {.key = "forgetting",
             .label = "Forgetting probe",
             .help = "Score the checkpoint's own validation data at every evaluation, to see what is forgotten.",
             .shown_when = "fresh=false"}),
        schema::field<&CheckpointStart::fresh>({.key = "fresh",
                                                .label = "Fresh weights",
                                                .help = "Take only the tokenizer and the shape of the backbone, with "
                                                        "random weights: the baseline that shows what the "
                                                        "checkpoint's training is worth.",
                                                .audience = schema::Audience::expert,
                                                .shown_when = "train=all"}),
    };
    void check(schema::Problems& out, const std::string& at) const;
    /// How many of the run's `steps` the head is trained alone.
    std::int64_t head_steps(double steps) const;
};

/// Where the schedule of a run stands: at `step` of `steps`, under a peak rate that is the optimizer's unless another
/// is named.
struct ScheduleStand {
    double step = 0, steps = 1;
    std::optional<double> peak;
};
/// After `step` of `steps` of a run in whose first `head_steps` the head is trained alone: where that part has a rate
/// of its own each part has the schedule from its beginning.
ScheduleStand schedule_stand(const CheckpointStart& start, std::int64_t head_steps, std::int64_t step, double steps);

/// Whether the objective of a spec needs labels.
bool learns_from_labels(const Json& spec);

/// The kinds of the section "start": from scratch, from a checkpoint.
std::vector<const Sheet*> start_sheets();

/// The start of a complete spec, if it is a checkpoint.
std::optional<CheckpointStart> checkpoint_start(const Json& spec);

/// The adapters that a spec asks for, with every projection named.
std::optional<LoraShape> lora_of(const Json& spec);

/// Rules between the start and the other sections of a spec whose sections are sound in themselves.
void check_start(const Json& spec, schema::Problems& out);

}  // namespace gw
