#include "adapt/scoring.h"

#include <algorithm>

#include "eval/evaluate.h"
#include "eval/judge.h"
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
    return {found.loss, found.scored, found.metrics(objective.is_language_model()), found.nats_per_byte, {}};
}

/// How many examples hold about so many tokens.
std::int64_t examples_of(std::int64_t tokens, const ExampleTable& table) {
    if (tokens <= 0 || table.size() == 0) return 0;
    std::int64_t all = 0;
    for (const Example& example : table.examples) all += example.length;
    return all <= tokens ? 0 : std::max<std::int64_t>(1, tokens * table.size() / all);
}

}  // namespace

Score score_part(const Model& model, const Objective& objective, const PreparedData& data, Part part,
                 const ScoreOptions& options, const std::function<void(double fraction)>& progress,
                 std::stop_token stop) {
    if (objective.labels() == LabelKind::none)
        return score_stream(model, objective, *data.tokenizer, data.stream(part), options, progress, stop);
    const ExampleTable& table = data.examples(part);
    const JudgeOptions ask{options.rows, examples_of(options.tokens, table), model.compute.device, model.units_at_once,
                           options.world};
    const auto rows = data.rows(part, model.backbone->facts().context);
    Judged judged = judge(*model.backbone, objective, *rows, table, model.pass(false), ask, progress, stop);
    Score out{judged.loss, judged.rows, {}, 0, {}};
    if (judged.rows == 0) return out;
    out.metrics = task_metrics(judged.predictions);
    out.metrics["loss"] = judged.loss;
    if (judged.criterion) out.metrics["criterion"] = *judged.criterion;
    out.metrics.insert(judged.parts.begin(), judged.parts.end());
    out.predictions = std::move(judged.predictions);
    return out;
}

}  // namespace gw
