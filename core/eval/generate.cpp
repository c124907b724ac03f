#include "eval/generate.h"

#include <torch/types.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>

#include "util/rng.h"

namespace gw {

namespace {

/// Ids by how likely they are, the likeliest first and ties towards the lower id; put in order only as far as they are
/// asked for: a vocabulary is large, and a draw hardly ever goes beyond its first few.
class ByLikelihood {
  public:
    explicit ByLikelihood(std::span<const float> logits) : logits_(logits), ids_(logits.size()) {
        std::iota(ids_.begin(), ids_.end(), Token{0});
    }
    std::size_t size() const { return ids_.size(); }
    Token operator[](std::size_t rank) {
        constexpr std::size_t first_stretch = 64, growth = 8;
        while (rank >= ordered_) {
            const std::size_t end = std::min(size(), std::max(first_stretch, growth * ordered_));
            std::partial_sort(ids_.begin() + static_cast<std::ptrdiff_t>(ordered_),
                              ids_.begin() + static_cast<std::ptrdiff_t>(end), ids_.end(), [this](Token a, Token b) {
                                  const float left = logits_[static_cast<std::size_t>(a)],
                                              right = logits_[static_cast<std::size_t>(b)];
                                  return left != right ? left > right : a < b;
                              });
            ordered_ = end;
        }
        return ids_[rank];
    }

  private:
    std::span<const float> logits_;
    std::vector<Token> ids_;
    std::size_t ordered_ = 0;  ///< so many stand in order
};

/// What a backbone says at the end of a text that grows.
class EndOfText {
  public:
    EndOfText(Backbone& backbone, const Pass& pass, torch::Device device)
        : backbone_(backbone),
          pass_(pass),
          device_(device),
          context_(static_cast<std::size_t>(backbone.facts().context)) {
        if (auto decoder = backbone.decoder(pass)) decoder_ = std::move(decoder).value();
    }

    /// Features [1, D] of the last token of `text`, which goes on where the last call's ended; its last `context`
    /// tokens are seen. As soon as it is longer than those, every token stands at another place, and what was kept of
    /// the others is of no use: they are all read again.
    torch::Tensor features(const std::vector<Token>& text) {
        const std::size_t seen = std::min(context_, text.size());
        if (!decoder_)
            return backbone_.features(Batch::of_tokens(ids(text, seen).unsqueeze(0)), pass_)
                .sequence_BTD[0]
                .narrow(0, static_cast<std::int64_t>(seen) - 1, 1);
        if (text.size() > context_) decoder_->begin_anew();
        return decoder_->read(ids(text, seen - static_cast<std::size_t>(decoder_->length())));
    }

  private:
    /// The last `count` of the text.
    torch::Tensor ids(const std::vector<Token>& text, std::size_t count) const {
        const std::vector<std::int64_t> last(text.end() - static_cast<std::ptrdiff_t>(count), text.end());
        return torch::tensor(last, torch::kInt64).to(device_);
    }

    Backbone& backbone_;
    const Pass pass_;
    const torch::Device device_;
    const std::size_t context_;
    std::unique_ptr<Decoder> decoder_;
};

}  // namespace

Token draw_token(const torch::Tensor& logits_V, const SamplingOptions& options, double uniform) {
    const std::span<const float> logits(logits_V.data_ptr<float>(), static_cast<std::size_t>(logits_V.size(0)));
    const auto likeliest = std::max_element(logits.begin(), logits.end());  // the first of equals
    if (options.temperature <= 0) return static_cast<Token>(likeliest - logits.begin());
    ByLikelihood order(logits);
    auto weight = [&](Token id) {
        return std::exp((logits[static_cast<std::size_t>(id)] - *likeliest) / options.temperature);
    };
    std::size_t count = logits.size();
    double total = 0;
    if (options.top_k > 0) {
        count = std::min(count, static_cast<std::size_t>(options.top_k));
        for (std::size_t i = 0; i < count; ++i) total += weight(order[i]);
    } else {
        for (std::size_t i = 0; i < count; ++i) total += weight(static_cast<Token>(i));
    }
    if (options.top_p < 1.0) {
        const double wanted = options.top_p * total;
        std::size_t kept = 0;
        for (total = 0; kept < count && (kept == 0 || total < wanted); ++kept) total += weight(order[kept]);
        count = kept;
    }
    double left = uniform * total;
    for (std::size_t i = 0; i < count; ++i) {
        left -= weight(order[i]);
        if (left < 0) return order[i];
    }
    return order[count - 1];
}

std::vector<Token> continue_tokens(Backbone& backbone, const Objective& objective, std::vector<Token> prompt,
                                   Token separator, const SamplingOptions& options, const Pass& pass,
                                   torch::Device device, std::stop_token stop) {
    const torch::InferenceMode inference;
    const Pass quiet{pass.compute, /*training=*/false};
    if (prompt.empty()) prompt.push_back(separator);
    const std::size_t begin = prompt.size();
    Rng rng(options.seed);
    EndOfText end(backbone, quiet, device);
    for (std::int64_t i = 0; i < options.tokens && !stop.stop_requested(); ++i) {
        const torch::Tensor logits_V = objective.logits(end.features(prompt), quiet)[0].cpu().contiguous();
        const Token next = draw_token(logits_V, options, rng.uniform());
        if (next == separator && options.stop_at_separator) break;
        prompt.push_back(next);
    }
    return {prompt.begin() + static_cast<std::ptrdiff_t>(begin), prompt.end()};
}

std::vector<Token> fill_masks(Backbone& backbone, const Objective& objective, std::vector<Token> ids, Token mask,
                              const Pass& pass, torch::Device device) {
    const torch::InferenceMode inference;
    const Pass quiet{pass.compute, /*training=*/false};
    const std::size_t seen = std::min(ids.size(), static_cast<std::size_t>(backbone.facts().context));
    if (seen == 0) return ids;
    const std::vector<std::int64_t> window(ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(seen));
    const torch::Tensor features =
        backbone.features(Batch::of_tokens(torch::tensor(window, torch::kInt64).unsqueeze(0).to(device)), quiet)
            .sequence_BTD[0];
    const torch::Tensor best = objective.logits(features, quiet).argmax(-1).cpu().contiguous();
    for (std::size_t i = 0; i < seen; ++i)
        if (ids[i] == mask) ids[i] = static_cast<Token>(best.data_ptr<std::int64_t>()[i]);
    return ids;
}

}  // namespace gw
