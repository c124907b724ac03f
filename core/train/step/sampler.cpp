#include "train/step/sampler.h"

#include <torch/types.h>

#include <algorithm>

#include "train/message/row_words.h"
#include "train/message/tell.h"
#include "train/step/gap_samples.h"
#include "train/step/picture_samples.h"
#include "train/step/row_samples.h"
#include "train/step/series_samples.h"
#include "util/rng.h"
#include "util/text.h"

namespace gw {

namespace {

constexpr std::string_view mask_word = "[MASK]";

Result<std::vector<Token>> encode_with_masks(const Tokenizer& tokenizer, const std::string& text) {
    std::vector<Token> ids;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t next = text.find(mask_word, at);
        if (Status status = tokenizer.encode(std::string_view(text).substr(at, next - at), ids); !status)
            return status.error();
        if (next == std::string::npos) break;
        ids.push_back(tokenizer.mask());
        at = next + mask_word.size();
    }
    return ids;
}

std::string first_tokens(const Tokenizer& tokenizer, const TokenStream& stream, std::int64_t count) {
    std::vector<Token> ids(static_cast<std::size_t>(std::min(count, stream.size())));
    stream.copy(0, static_cast<std::int64_t>(ids.size()), ids.data());
    ids.erase(std::find(ids.begin(), ids.end(), tokenizer.separator()), ids.end());
    return tokenizer.decode(ids);
}

/// A stretch of held-out text with every seventh word (or character, where there are no words) behind the mask.
std::string masked_stretch(const Tokenizer& tokenizer, const TokenStream& stream) {
    constexpr std::int64_t length = 40, distance = 7;
    std::vector<Token> ids(static_cast<std::size_t>(std::min(length, stream.size())));
    stream.copy(0, static_cast<std::int64_t>(ids.size()), ids.data());
    std::string out;
    for (std::size_t i = 0; i < ids.size(); ++i)
        out += i % distance == distance - 1 ? std::string(mask_word)
                                            : tokenizer.decode(std::span<const Token>(&ids[i], 1));
    return out;
}

/// Evenly spread over the validation part, always the same.
std::vector<const Example*> shown_examples(const ExampleTable& table) {
    constexpr std::int64_t most = 5;
    std::vector<const Example*> out;
    for (std::int64_t i = 0; i < std::min(most, table.size()); ++i)
        out.push_back(&table.examples[static_cast<std::size_t>(i * table.size() / std::min(most, table.size()))]);
    return out;
}

/// What the model says of a few validation rows that are no text.
std::vector<SampleText> judged_rows(const Model& model, const PreparedData& data, std::int64_t step) {
    const torch::InferenceMode inference;
    const auto rows = data.rows(Part::validation, model.backbone->facts().context);
    const ExampleTable& table = data.validation_examples;
    std::vector<SampleText> out;
    for (const Example* example : shown_examples(table)) {
        const Batch batch = model.objective->feed(rows->rows({example}), 0).to(model.compute.device);
        const std::string said =
            said_text(model.objective->predict(*model.backbone, batch, model.pass(false)), model.labels);
        const std::string place = table.place(*example), text = data.row_text(*example);
        out.push_back({step,
                       data.input.table ? text
                       : text.empty()   ? place
                                        : place + ": " + text,
                       said + "\n(true: " + truth_text(*example, table.kind, table.classes) + ")"});
    }
    return out;
}

/// What the model says of a few validation texts, or of the prompts.
std::vector<SampleText> judged_samples(const Model& model, const PreparedData& data, const SamplingSettings& settings,
                                       std::int64_t step) {
    if (data.input.is_one_thing()) return judged_rows(model, data, step);
    std::vector<std::string> prompts = settings.prompts, truths(prompts.size());
    const ExampleTable& table = data.validation_examples;
    if (settings.prompts.empty())
        for (const Example* example : shown_examples(table)) {
            std::vector<Token> ids(static_cast<std::size_t>(example->length));
            data.validation.copy(example->start, example->length, ids.data());
            prompts.push_back(well_formed_utf8(data.tokenizer->decode(ids)));
            truths.push_back(truth_text(*example, table.kind, table.classes));
        }
    std::vector<SampleText> out;
    for (std::size_t i = 0; i < prompts.size(); ++i) {
        const auto told = tell(model, *data.tokenizer, {prompts[i]});
        std::string text = told ? sentence(told.value().front(), table.kind) : "(" + told.error().message + ")";
        if (!truths[i].empty()) text += "\n(true: " + truths[i] + ")";
        out.push_back({step, prompts[i], std::move(text)});
    }
    return out;
}

}  // namespace

Result<std::string> write_text(Backbone& backbone, const Objective& objective, const Tokenizer& tokenizer,
                               const std::string& prompt, const SamplingOptions& options, const Pass& pass,
                               torch::Device device, std::stop_token stop) {
    Result<std::vector<Token>> ids = encode_with_masks(tokenizer, prompt);
    if (!ids) return ids.error();
    if (objective.fills_gaps()) return gaps_filled(backbone, objective, tokenizer, ids.value(), pass);
    if (!objective.is_language_model())
        return well_formed_utf8(
            tokenizer.decode(fill_masks(backbone, objective, ids.value(), tokenizer.mask(), pass, device)));
    // A model of bytes may well write what is no UTF-8; the history, JSON and screens can only take text.
    return well_formed_utf8(prompt +
                            tokenizer.decode(continue_tokens(backbone, objective, ids.value(), tokenizer.separator(),
                                                             options, pass, device, stop)));
}

std::vector<SampleText> write_samples(const Model& model, const PreparedData& data, const SamplingSettings& settings,
                                      std::uint64_t seed, std::int64_t step, std::stop_token stop) {
    const Objective& objective = *model.objective;
    const Tokenizer& tokenizer = *data.tokenizer;
    if (objective.labels() != LabelKind::none) return judged_samples(model, data, settings, step);
    if (data.input.series) return series_samples(model, data, step);
    if (data.input.image)
        return picture_samples(model, data, seed, step, stop);  // the same each time, to be seen to grow
    if (data.input.table) return row_samples(model, data, seed, step, stop);
    constexpr std::int64_t prompt_tokens = 8;
    std::vector<std::string> prompts = settings.prompts;
    if (prompts.empty() && objective.fills_gaps()) return gap_samples(model, data, step);
    if (prompts.empty())
        prompts.push_back(objective.is_language_model() ? first_tokens(tokenizer, data.validation, prompt_tokens)
                                                        : masked_stretch(tokenizer, data.validation));
    std::vector<SampleText> out;
    for (std::size_t i = 0; i < prompts.size(); ++i) {
        SamplingOptions options{settings.tokens, settings.temperature, settings.top_k, settings.top_p};
        options.seed = mix64(seed, static_cast<std::uint64_t>(step), i);
        Result<std::string> text = write_text(*model.backbone, objective, tokenizer, prompts[i], options,
                                              model.pass(false), model.compute.device, stop);
        out.push_back({step, prompts[i], text ? text.value() : "(" + text.error().message + ")"});
    }
    return out;
}

}  // namespace gw
