#include "adapt/scoring.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "adapt/draw_many.h"
#include "eval/class_prompts.h"
#include "eval/collapse.h"
#include "eval/evaluate.h"
#include "eval/frechet.h"
#include "eval/gather.h"
#include "eval/judge.h"
#include "eval/retrieval.h"
#include "eval/task_metrics.h"

namespace gw {

namespace {

Score score_stream(const Model& model, const Objective& objective, const Tokenizer& tokenizer,
                   const TokenStream& stream, const ScoreOptions& options, const std::function<void(double)>& progress,
                   const std::stop_token& stop) {
    // Never more tokens at once than training holds with their gradients.
    const std::int64_t fitting = std::max<std::int64_t>(1, model.units_at_once / model.backbone->facts().context);
    const EvaluationOptions ask{options.tokens, options.overlap, std::min(options.rows, fitting), model.compute.device,
                                options.world};
    const Evaluation found =
        evaluate(*model.backbone, objective, tokenizer, stream, model.pass(false), ask, progress, stop);
    auto metrics = found.metrics(objective.is_language_model());
    if (objective.has_perplexity()) metrics["perplexity"] = std::exp(found.loss);
    return {found.loss, found.scored, std::move(metrics), found.nats_per_byte, {}};
}

/// How many examples hold about so many tokens (or pictures).
std::int64_t examples_of(std::int64_t tokens, const ExampleTable& table) {
    if (tokens <= 0 || table.size() == 0) return 0;
    std::int64_t all = 0;
    for (const Example& example : table.examples) all += example.picture >= 0 ? 1 : example.length;
    return all <= tokens ? 0 : std::max<std::int64_t>(1, tokens * table.size() / all);
}

std::vector<const Example*> pointers(const std::vector<Example>& examples) {
    std::vector<const Example*> out;
    for (const Example& example : examples) out.push_back(&example);
    return out;
}

/// Of what is drawn, always of the same seed, beside what is held out: pictures as both look from afar, rows of a table
/// by their values, and by the classes that they have.
void add_drawn(std::map<std::string, double>& metrics, const Model& model, const ExampleRows& rows,
               const ExampleTable& table, const std::vector<const Example*>& examples, const GatherOptions& ask,
               const std::stop_token& stop) {
    const bool of_table = model.input.table.has_value();
    const std::int64_t count = of_table ? 2500 : 512;
    const torch::InferenceMode inference;
    const torch::Tensor drawn = draw_many(model, count, /*seed=*/0, {}, stop);
    if (!drawn.defined()) return;
    std::vector<torch::Tensor> real;
    const auto each = static_cast<std::size_t>(ask.rows);
    for (std::size_t at = 0; at < examples.size(); at += each) {
        const auto begin = examples.begin() + static_cast<std::ptrdiff_t>(at),
                   end = examples.begin() + static_cast<std::ptrdiff_t>(std::min(at + each, examples.size()));
        const Batch some(rows.rows({begin, end}));
        real.push_back(of_table ? some[array::table] : from_afar(some[array::image]));
    }
    if (real.empty()) return;
    const torch::Tensor ours = of_table ? drawn : from_afar(drawn), theirs = torch::cat(real);
    if (!ours.isfinite().all().item<bool>()) return;
    if (of_table && table.kind == LabelKind::one_class) {
        std::vector<std::int64_t> classes;
        for (const Example* example : examples) classes.push_back(example->classes.front());
        const ModeReach found = mode_reach(theirs, torch::tensor(classes, torch::kInt64),
                                           static_cast<std::int64_t>(table.classes.size()), ours);
        metrics["modes_drawn"] = static_cast<double>(found.drawn);
        metrics["near_modes"] = found.near;
    }
    constexpr std::int64_t widest = 512;  // a covariance grows as the square, its root as the cube
    if (ours.size(1) > widest) return;
    for (const auto& [name, value] :
         {std::pair{"frechet", frechet_distance(ours, theirs)}, {"drawn_spread", spread_beside(ours, theirs)}})
        if (std::isfinite(value)) metrics[name] = value;
}

/// Adds the figures that look at many rows at once to those of a score.
void add_gathered(std::map<std::string, double>& metrics, const Model& model, const Objective& objective,
                  const PreparedData& data, const ExampleRows& rows, const ExampleTable& table,
                  const ScoreOptions& options, const std::stop_token& stop) {
    constexpr std::int64_t most = 1000;  // rows: the figures grow slowly with more, their products as the square
    const auto examples = spread(table, most);
    const GatherOptions ask{std::min(options.rows, model.micro_batch), model.compute.device, model.compute.dtype};
    if (objective.views() > 1) {
        const Gathered views = gather_views(*model.backbone, rows, examples, ask, stop);
        if (views.first_ND.defined()) metrics.merge(collapse_meters(views.first_ND, views.second_ND));
    }
    const Gathered codes = gather_codes(*model.backbone, objective, rows, examples, ask, stop);
    if (codes.first_ND.defined() && codes.first_ND.isfinite().all().item<bool>())
        metrics["active_codes"] = active_codes(codes.first_ND);
    if (objective.draws_quickly() &&
        std::find(model.metrics.begin(), model.metrics.end(), "frechet") != model.metrics.end())
        add_drawn(metrics, model, rows, table, examples, ask, stop);
    const Gathered pairs = gather_pairs(*model.backbone, objective, rows, examples, ask, stop);
    if (!pairs.first_ND.defined()) return;
    metrics.merge(retrieval_metrics(pairs));
    if (data.train_examples.kind != LabelKind::one_class) return;
    const std::int64_t context = model.backbone->facts().context;
    const auto classes = static_cast<std::int64_t>(table.classes.size());
    // About as many texts as pictures are looked at for each of a handful of classes.
    constexpr std::int64_t most_prompts = 4 * most;
    const auto asked = spread(table, std::max<std::int64_t>(1, most_prompts / std::max<std::int64_t>(1, classes)));
    const ClassPrompts prompts =
        class_prompts(table, asked, rows, *data.tokenizer,
                      {.prompts = static_cast<std::size_t>(most_prompts), .tokens = static_cast<std::size_t>(context)})
            .or_throw();
    double zero_shot = std::numeric_limits<double>::quiet_NaN();
    if (!prompts.examples.empty()) {
        const Gathered found =
            gather_pairs(*model.backbone, objective, *prompts.rows, pointers(prompts.examples), ask, stop);
        zero_shot = zero_shot_accuracy(found, prompts.right);
    } else {
        const auto seen = data.rows(Part::train, context);
        const Gathered captions =
            gather_pairs(*model.backbone, objective, *seen, spread(data.train_examples, most), ask, stop);
        zero_shot = nearest_caption_accuracy(pairs, captions);
    }
    if (std::isfinite(zero_shot)) metrics["zero_shot_accuracy"] = zero_shot;
}

}  // namespace

Score score_part(const Model& model, const Objective& objective, const PreparedData& data, Part part,
                 const ScoreOptions& options, const std::function<void(double fraction)>& progress,
                 std::stop_token stop) {
    if (!data.feeds_examples(objective.labels()))
        return score_stream(model, objective, *data.tokenizer, data.stream(part), options, progress, stop);
    const ExampleTable& table = data.examples(part);
    const auto plain = data.rows(part, model.backbone->facts().context);
    constexpr std::uint64_t seed = 0x7669657773;  // of the views of held-out rows: the same in every run
    const auto viewed =
        objective.views() > 1 ? viewed_rows(*plain, model.augmentation.get(), seed, objective.views()) : nullptr;
    const ExampleRows& seen = viewed ? *viewed : *plain;
    // Rows that are held against each other meet as many as in training.
    const JudgeOptions ask{objective.adds_up() ? options.rows : model.micro_batch,
                           examples_of(options.tokens, table),
                           model.compute.device,
                           model.units_at_once,
                           options.world,
                           !objective.adds_up()};
    Judged judged = judge(*model.backbone, objective, seen, table, model.pass(false), ask, progress, stop);
    Score out{judged.loss, judged.rows, {}, 0, {}};
    if (judged.rows == 0) return out;
    if (objective.labels() != LabelKind::none)
        out.metrics = task_metrics(judged.predictions);
    else
        add_gathered(out.metrics, model, objective, data, seen, table, options, stop);
    if (judged.accuracy && objective.labels() == LabelKind::none) out.metrics["accuracy"] = *judged.accuracy;
    out.metrics["loss"] = judged.loss;
    if (judged.criterion) out.metrics["criterion"] = *judged.criterion;
    out.metrics.insert(judged.parts.begin(), judged.parts.end());
    out.predictions = std::move(judged.predictions);
    return out;
}

}  // namespace gw
