#pragma once
#include <string>
#include <vector>

#include "schema/kind.h"

// The sections of a spec that offer no choice of kinds.
namespace gw {

struct TrainingSettings {
    double budget = 2000;
    std::string budget_unit = "steps", precision = "auto", device = "auto", guard = "warn", priority = "normal",
                recompute = "auto";
    std::int64_t micro_batch = 16, accumulation = 1, seed = 1, threads = 0, cool_down = 200, rollbacks = 3;
    double clip = 1.0, spike = 12, rollback_rate = 0.5;
    bool skip_data = true, bucketing = false, deterministic = false;

    static constexpr auto fields = std::tuple{
        schema::field<&TrainingSettings::budget>({.key = "budget",
                                                  .label = "Budget",
                                                  .help = "How long to train, counted in the unit of the budget.",
                                                  .min = 0.001,
                                                  .max = 1e15,
                                                  .scale = schema::Scale::log}),
        schema::field<&TrainingSettings::budget_unit>(
            {.key = "budget_unit",
             .label = "Budget unit",
             .help = "Optimizer steps, training tokens, passes over the data, or minutes of training.",
             .choices = "steps=Steps|tokens=Tokens|epochs=Epochs|minutes=Minutes"}),
        schema::field<&TrainingSettings::micro_batch>({.key = "micro_batch",
                                                       .label = "Micro-batch",
                                                       .help = "Sequences in memory at once.",
                                                       .min = 1,
                                                       .max = 65536,
                                                       .scale = schema::Scale::log}),
        schema::field<&TrainingSettings::accumulation>(
            {.key = "accumulation",
             .label = "Accumulation",
             .help = "Micro-batches whose gradients add up to one step: a larger batch in the same memory.",
             .min = 1,
             .max = 65536,
             .scale = schema::Scale::log}),
        schema::field<&TrainingSettings::bucketing>(
            {.key = "bucketing",
             .label = "Rows of similar length",
             .help = "Of labelled text: a micro-batch has rows of similar length, so that less of it is padding; which "
                     "rows come together is less random. Every row still comes once an epoch.",
             .audience = schema::Audience::expert}),
        schema::field<&TrainingSettings::recompute>(
            {.key = "recompute",
             .label = "Compute activations twice",
             .help = "Blocks of a transformer keep only what went into them, and compute the rest again for the "
                     "gradients: much less memory, about a third more time, the same results. Automatic does so on a "
                     "processor where the activations would weigh much beside the weights, as with long contexts.",
             .audience = schema::Audience::expert,
             .choices = "auto=Automatic|off=Never|on=Always"}),
        schema::field<&TrainingSettings::clip>(
            {.key = "clip",
             .label = "Gradient clipping",
             .help = "Longest gradient (global norm) that is used as it is; 0 = no clipping.",
             .min = 0,
             .max = 1e6}),
        schema::field<&TrainingSettings::guard>(
            {.key = "guard",
             .label = "When numbers go bad",
             .help = "Of a loss that runs away: say nothing, warn, stop the run, or go back to the last good weights "
                     "(those of the last save, or the first). A loss or gradient that is not a number is never "
                     "learnt from; it ends the run unless such steps are left out or gone back from.",
             .choices = "off=Say nothing|warn=Warn|stop=Stop the run|skip=Leave the step out|rollback=Go back"}),
        schema::field<&TrainingSettings::spike>(
            {.key = "spike",
             .label = "A spike is",
             .help = "A step is left out, or gone back from, whose loss lies so many robust deviations (1.4826 times "
                     "the median distance from the median) above the median of the 64 before; 0 = never for that.",
             .unit = "deviations",
             .min = 0,
             .max = 1e6,
             .audience = schema::Audience::expert,
             .shown_when = "guard=skip|rollback"}),
        schema::field<&TrainingSettings::rollback_rate>(
            {.key = "rollback_rate",
             .label = "Rate after going back",
             .help = "The learning rate is multiplied by this for a while after the run went back; 1 = as before.",
             .min = 1e-6,
             .max = 1,
             .audience = schema::Audience::expert,
             .shown_when = "guard=rollback"}),
        schema::field<&TrainingSettings::cool_down>({.key = "cool_down",
                                                     .label = "Cool-down",
                                                     .help = "How long the rate stays lowered after the run went "
                                                             "back; 0 = to the end.",
                                                     .unit = "steps",
                                                     .min = 0,
                                                     .max = 1e9,
                                                     .audience = schema::Audience::expert,
                                                     .shown_when = "guard=rollback"}),
        schema::field<&TrainingSettings::skip_data>(
            {.key = "skip_data",
             .label = "Pass over the data",
             .help = "After going back go on behind the data that was met since; else meet it again.",
             .audience = schema::Audience::expert,
             .shown_when = "guard=rollback"}),
        schema::field<&TrainingSettings::rollbacks>({.key = "rollbacks",
                                                     .label = "Go back at most",
                                                     .help = "A run that would have to go back once more ends.",
                                                     .unit = "times",
                                                     .min = 1,
                                                     .max = 1e6,
                                                     .audience = schema::Audience::expert,
                                                     .shown_when = "guard=rollback"}),
        schema::field<&TrainingSettings::seed>(
            {.key = "seed",
             .label = "Seed",
             .help = "Names all random choices: weights, order of the data, dropout.",
             .min = 0,
             .max = 9e15}),
        schema::field<&TrainingSettings::precision>(
            {.key = "precision",
             .label = "Precision",
             .help = "Numbers used in matrix products; auto takes bf16 where the processor or GPU gains by it.",
             .choices = "auto=Automatic|fp32=fp32|bf16=bf16"}),
        schema::field<&TrainingSettings::device>({.key = "device",
                                                  .label = "Device",
                                                  .help = "Where to train; auto takes the GPU if there is one.",
                                                  .choices = "auto=Automatic|cpu=Processor|cuda=GPU (CUDA)"}),
        schema::field<&TrainingSettings::deterministic>(
            {.key = "deterministic",
             .label = "Repeatable on a GPU",
             .help = "The same settings give the same numbers on the same GPU, by slower ways of computing where the "
                     "fast ones add up in no fixed order. On a processor they do in any case.",
             .audience = schema::Audience::expert}),
        schema::field<&TrainingSettings::threads>({.key = "threads",
                                                   .label = "Threads",
                                                   .help = "Processor threads for the mathematics; 0 = all cores.",
                                                   .min = 0,
                                                   .max = 1024,
                                                   .audience = schema::Audience::expert}),
        schema::field<&TrainingSettings::priority>(
            {.key = "priority",
             .label = "Priority",
             .help = "Low leaves the processor to other programs whenever they want it: for training in the "
                     "background. Results are the same.",
             .audience = schema::Audience::expert,
             .choices = "normal=Normal|low=Low"}),
    };
    void check(schema::Problems& out, const std::string& at) const;
};

struct EvaluationSettings {
    std::int64_t every = 200, tokens = -1;
    std::int64_t patience = 0;
    double overlap = 0.0, least_gain = 0.0;
    bool whole_at_end = true, restore_best = true;

    static constexpr auto fields = std::tuple{
        schema::field<&EvaluationSettings::every>({.key = "every",
                                                   .label = "Evaluate every",
                                                   .help = "Steps between evaluations; 0 = only at the end.",
                                                   .unit = "steps",
                                                   .min = 0,
                                                   .max = 1e9}),
        schema::field<&EvaluationSettings::tokens>(
            {.key = "tokens",
             .label = "Tokens an evaluation",
             .help =
                 "How much of the validation part is used on the way; 0 = all of it, -1 = half of what is trained on "
                 "between two evaluations, at least 1,000 and at most 50,000.",
             .unit = "tokens",
             .min = -1,
             .max = 1e12}),
        schema::field<&EvaluationSettings::whole_at_end>(
            {.key = "whole_at_end",
             .label = "Whole part at the end",
             .help = "The last evaluation uses the whole validation part, however large it is: so that runs are "
                     "compared by the same figures."}),
        schema::field<&EvaluationSettings::patience>({.key = "patience",
                                                      .label = "Early stopping",
                                                      .help = "End the run after so many evaluations in a row without "
                                                              "a better main metric (accuracy of classes, loss of "
                                                              "text...); 0 = never.",
                                                      .unit = "evaluations",
                                                      .min = 0,
                                                      .max = 1e6}),
        schema::field<&EvaluationSettings::least_gain>(
            {.key = "least_gain",
             .label = "Least gain",
             .help = "How much better the main metric must be to count, in its own unit.",
             .min = 0,
             .max = 1e9,
             .audience = schema::Audience::expert}),
        schema::field<&EvaluationSettings::restore_best>(
            {.key = "restore_best",
             .label = "End with the best weights",
             .help =
                 "A run that is stopped early goes back to its best checkpoint before the last evaluation; that one is "
                 "then kept in any case.",
             .audience = schema::Audience::expert}),
        schema::field<&EvaluationSettings::overlap>(
            {.key = "overlap",
             .label = "Window overlap",
             .help = "Share of the context that windows have in common, so that no token is evaluated without context.",
             .min = 0,
             .max = 0.95,
             .audience = schema::Audience::expert}),
    };
    /// Units (tokens or pictures) that an evaluation on the way is to look at, of a run whose steps train on so many
    /// (0 = not known); 0 = the whole part. By the spec alone: a slow machine finds what a fast one does.
    std::int64_t looked_at(std::int64_t units_per_step) const;
};

struct SavingSettings {
    std::int64_t every = 500, keep_last = 2;
    bool keep_best = true;

    static constexpr auto fields = std::tuple{
        schema::field<&SavingSettings::every>({.key = "every",
                                               .label = "Save every",
                                               .help = "Steps between checkpoints; 0 = only at the end.",
                                               .unit = "steps",
                                               .min = 0,
                                               .max = 1e9}),
        schema::field<&SavingSettings::keep_last>({.key = "keep_last",
                                                   .label = "Keep the last",
                                                   .help = "How many of the newest checkpoints stay on disk.",
                                                   .min = 1,
                                                   .max = 1000}),
        schema::field<&SavingSettings::keep_best>(
            {.key = "keep_best",
             .label = "Keep the best",
             .help = "The checkpoint with the best main metric on the validation part stays too."}),
    };
};

struct SamplingSettings {
    std::int64_t every = 500, tokens = 120, top_k = 0;
    double temperature = 0.8, top_p = 1.0;
    std::vector<std::string> prompts;

    static constexpr auto fields = std::tuple{
        schema::field<&SamplingSettings::every>({.key = "every",
                                                 .label = "Sample every",
                                                 .help = "Steps between samples; 0 = only at the end.",
                                                 .unit = "steps",
                                                 .min = 0,
                                                 .max = 1e9}),
        schema::field<&SamplingSettings::prompts>(
            {.key = "prompts",
             .label = "Prompts",
             .help = "Beginnings to continue, one a line ([MASK] marks what a masked model fills in); empty = from the "
                     "validation text.",
             .holds = schema::Holds::lines}),
        schema::field<&SamplingSettings::tokens>({.key = "tokens",
                                                  .label = "Tokens a sample",
                                                  .help = "Longest continuation.",
                                                  .unit = "tokens",
                                                  .min = 1,
                                                  .max = 100000}),
        schema::field<&SamplingSettings::temperature>(
            {.key = "temperature",
             .label = "Temperature",
             .help = "Below 1 the likely becomes likelier; 0 = always the likeliest token.",
             .min = 0,
             .max = 10}),
        schema::field<&SamplingSettings::top_k>({.key = "top_k",
                                                 .label = "Top k",
                                                 .help = "Draw from the k likeliest tokens only; 0 = all.",
                                                 .min = 0,
                                                 .max = 1e6,
                                                 .audience = schema::Audience::expert}),
        schema::field<&SamplingSettings::top_p>(
            {.key = "top_p",
             .label = "Top p",
             .help = "Draw from the smallest set of tokens with this much probability.",
             .min = 0.01,
             .max = 1,
             .audience = schema::Audience::expert}),
    };
};

struct MonitoringSettings {
    std::int64_t layers_every = 100, histograms_every = 200;
    bool alerts = true, energy = true;

    static constexpr auto fields = std::tuple{
        schema::field<&MonitoringSettings::layers_every>(
            {.key = "layers_every",
             .label = "Layers every",
             .help = "Steps between looks at how far updates move each layer; 0 = never.",
             .unit = "steps",
             .min = 0,
             .max = 1e9}),
        schema::field<&MonitoringSettings::histograms_every>(
            {.key = "histograms_every",
             .label = "Histograms every",
             .help = "Steps between histograms of weights, gradients and activations; 0 = never.",
             .unit = "steps",
             .min = 0,
             .max = 1e9}),
        schema::field<&MonitoringSettings::alerts>(
            {.key = "alerts",
             .label = "Alerts",
             .help = "Watch for spikes, overfitting, slow steps, gradients that vanish or explode, dead units, "
                     "features that collapse and evaluations that take a third of the time, and say so."}),
        schema::field<&MonitoringSettings::energy>(
            {.key = "energy",
             .label = "Energy",
             .help = "Record power and energy of processor and GPU where the machine tells them.",
             .audience = schema::Audience::expert}),
    };
};

/// Labelled data by which the frozen features are judged while a backbone is trained.
struct ProbingSettings {
    std::int64_t every = 0, examples = 1000;
    std::vector<std::string> paths;
    std::string format = "auto", labels = "class", text = "", label = "";

    static constexpr auto fields = std::tuple{
        schema::field<&ProbingSettings::every>(
            {.key = "every",
             .label = "Probe every",
             .help = "Steps between looks at what the frozen features say of labelled data, by nearest "
                     "neighbours and a linear model; 0 = never.",
             .unit = "steps",
             .min = 0,
             .max = 1e9}),
        schema::field<&ProbingSettings::paths>({.key = "paths",
                                                .label = "Labelled files",
                                                .help = "Files, folders and patterns with labelled data, one a line; "
                                                        "none = the run's own data, where it has labels.",
                                                .holds = schema::Holds::paths}),
        schema::field<&ProbingSettings::format>(
            {.key = "format",
             .label = "Format",
             .help = "How texts and labels stand in the files; auto goes by their names.",
             .audience = schema::Audience::expert,
             .choices = "auto=Automatic|csv=CSV|tsv=TSV|jsonl=JSON lines|file_a_class=A file for each "
                        "class|folder_a_class=A folder for each class"}),
        schema::field<&ProbingSettings::labels>({.key = "labels",
                                                 .label = "A label is",
                                                 .help = "One class a text, or a number.",
                                                 .audience = schema::Audience::expert,
                                                 .choices = "class=A class|number=A number"}),
        schema::field<&ProbingSettings::text>({.key = "text",
                                               .label = "Text column",
                                               .help = "Name or number (from 1); empty = found.",
                                               .audience = schema::Audience::expert}),
        schema::field<&ProbingSettings::label>({.key = "label",
                                                .label = "Label column",
                                                .help = "Name or number (from 1); empty = found.",
                                                .audience = schema::Audience::expert}),
        schema::field<&ProbingSettings::examples>({.key = "examples",
                                                   .label = "Examples",
                                                   .help = "At most so many are learnt from, and as many evaluated.",
                                                   .min = 10,
                                                   .max = 1e7}),
    };
    /// As the section of a spec, whose own dataset is of the same sort: of pictures another of its kind, else labelled
    /// text. Without files the run's own data, which must have labels then.
    Json dataset(const Json& own) const;
    /// Likewise beside a run's own split and dataset.
    Json split(const Json& own, const Json& dataset) const;
};

/// The settings of one section, from a complete spec.
template <class Settings>
Settings settings_of(const Json& spec, const std::string& section) {
    Settings settings;
    (void)schema::load(settings, spec.value(section, Json::object()), section);
    return settings;
}

const Sheet& training_sheet();
const Sheet& evaluation_sheet();
const Sheet& saving_sheet();
const Sheet& sampling_sheet();
const Sheet& monitoring_sheet();
const Sheet& probing_sheet();

}  // namespace gw
