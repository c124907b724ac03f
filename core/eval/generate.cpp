#include "eval/generate.h"

#include <torch/torch.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "util/rng.h"

namespace gw {

Token draw_token(const torch::Tensor& logits_V, const SamplingOptions& options, double uniform) {
    const float* logit = logits_V.data_ptr<float>();
    std::vector<Token> order(static_cast<std::size_t>(logits_V.size(0)));
    std::iota(order.begin(), order.end(), Token{0});
    std::stable_sort(order.begin(), order.end(), [&](Token a, Token b) { return logit[a] > logit[b]; });
    if (options.temperature <= 0) return order.front();
    if (options.top_k > 0) order.resize(std::min(order.size(), static_cast<std::size_t>(options.top_k)));
    std::vector<double> weight;
    for (Token id : order) weight.push_back(std::exp((logit[id] - logit[order.front()]) / options.temperature));
    double total = std::accumulate(weight.begin(), weight.end(), 0.0);
    if (options.top_p < 1.0) {
        double kept = 0;
        std::size_t count = 0;
        while (count < weight.size() && kept < options.top_p * total) kept += weight[count++];
        weight.resize(std::max<std::size_t>(1, count));
        total = std::max(kept, weight.front());
    }
    double left = uniform * total;
    for (std::size_t i = 0; i < weight.size(); ++i) {
        left -= weight[i];
        if (left < 0) return order[i];
    }
    return order[weight.size() - 1];
}

std::vector<Token> continue_tokens(Backbone& backbone, const Objective& objective, std::vector<Token> prompt,
                                   Token separator, const SamplingOptions& options, const Pass& pass,
                                   torch::Device device, std::stop_token stop) {
    const torch::InferenceMode inference;
    const Pass quiet{pass.compute, /*training=*/false};
    const auto context = static_cast<std::size_t>(backbone.facts().context);
    if (prompt.empty()) prompt.push_back(separator);
    const std::size_t begin = prompt.size();
    Rng rng(options.seed);
    for (std::int64_t i = 0; i < options.tokens && !stop.stop_requested(); ++i) {
        const std::size_t seen = std::min(context, prompt.size());
        const std::vector<std::int64_t> window(prompt.end() - static_cast<std::ptrdiff_t>(seen), prompt.end());
        const torch::Tensor ids = torch::tensor(window, torch::kInt64).unsqueeze(0).to(device);
        const torch::Tensor last = backbone.features(Batch::of_tokens(ids), quiet)
                                       .sequence_BTD[0][static_cast<std::int64_t>(seen) - 1]
                                       .unsqueeze(0);
        const Token next = draw_token(objective.logits(last, quiet)[0].cpu().contiguous(), options, rng.uniform());
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
