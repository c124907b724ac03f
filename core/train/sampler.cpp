#include "train/sampler.h"

#include <algorithm>

#include "util/rng.h"
#include "util/text.h"

namespace gw {

namespace {

constexpr std::string_view mask_word = "[MASK]";

Result<std::vector<Token>> encode_with_masks(const Tokenizer& tokenizer, const std::string& text) {
    std::vector<Token> ids;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t next = text.find(mask_word, at);
        if (Status status = tokenizer.encode(std::string_view(text).substr(at, next - at), ids); !status) return status.error();
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
        out += i % distance == distance - 1 ? std::string(mask_word) : tokenizer.decode(std::span<const Token>(&ids[i], 1));
    return out;
}

}  // namespace

Result<std::string> write_text(Backbone& backbone, const Objective& objective, const Tokenizer& tokenizer, const std::string& prompt,
                               const SamplingOptions& options, const Pass& pass, torch::Device device, std::stop_token stop) {
    Result<std::vector<Token>> ids = encode_with_masks(tokenizer, prompt);
    if (!ids) return ids.error();
    if (!objective.is_language_model())
        return well_formed_utf8(tokenizer.decode(fill_masks(backbone, objective, ids.value(), tokenizer.mask(), pass, device)));
    // A model of bytes may well write what is no UTF-8; the history, JSON and screens can only take text.
    return well_formed_utf8(prompt + tokenizer.decode(continue_tokens(backbone, objective, ids.value(), tokenizer.separator(), options, pass, device, stop)));
}

std::vector<SampleText> write_samples(Backbone& backbone, const Objective& objective, const Tokenizer& tokenizer, const TokenStream& held_out,
                                      const SamplingSettings& settings, std::uint64_t seed, std::int64_t step, const Pass& pass,
                                      torch::Device device, std::stop_token stop) {
    constexpr std::int64_t prompt_tokens = 8;
    std::vector<std::string> prompts = settings.prompts;
    if (prompts.empty())
        prompts.push_back(objective.is_language_model() ? first_tokens(tokenizer, held_out, prompt_tokens) : masked_stretch(tokenizer, held_out));
    std::vector<SampleText> out;
    for (std::size_t i = 0; i < prompts.size(); ++i) {
        SamplingOptions options{settings.tokens, settings.temperature, settings.top_k, settings.top_p};
        options.seed = mix64(seed, static_cast<std::uint64_t>(step), i);
        Result<std::string> text = write_text(backbone, objective, tokenizer, prompts[i], options, pass, device, stop);
        out.push_back({step, prompts[i], text ? text.value() : "(" + text.error().message + ")"});
    }
    return out;
}

}  // namespace gw
