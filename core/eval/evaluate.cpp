#include "eval/evaluate.h"

#include <torch/torch.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace gw {

namespace {

/// One window: where it starts, and how many of its positions another window has scored already.
struct Stretch {
    std::int64_t start, already;
};

/// Windows of `length` tokens (or the whole stream if that is shorter) that score each position once. `shift` is the distance
/// from an input position to its target (1 for next-token, 0 for masked).
std::vector<Stretch> cover(std::int64_t size, std::int64_t length, std::int64_t shift, double overlap) {
    const std::int64_t positions = length - shift, all = size - shift;
    const auto step = std::max<std::int64_t>(1, positions - static_cast<std::int64_t>(overlap * static_cast<double>(positions)));
    std::vector<Stretch> out{{0, 0}};
    for (std::int64_t scored = positions; scored < all;) {
        const std::int64_t end = std::min(scored + step, all);
        const std::int64_t start = end - positions;
        out.push_back({start, scored - start});
        scored = end;
    }
    return out;
}

}  // namespace

std::map<std::string, double> Evaluation::metrics(bool is_language_model) const {
    std::map<std::string, double> out{{"loss", loss}, {"accuracy", accuracy}};
    if (is_language_model) {
        out["perplexity"] = std::exp(loss);
        out["bits_per_byte"] = bits_per_byte;
    }
    return out;
}

Evaluation evaluate(Backbone& backbone, const Objective& objective, const TokenStream& stream, const Pass& pass, const EvaluationOptions& options,
                    const std::function<void(double fraction)>& progress, std::stop_token stop) {
    const torch::InferenceMode inference;
    const std::int64_t context = backbone.facts().context;
    const std::int64_t shift = objective.window_length(context) - context;
    const std::int64_t size = options.tokens > 0 ? std::min(stream.size(), std::max(options.tokens, shift + 1)) : stream.size();
    const std::int64_t length = std::min(objective.window_length(context), size);
    if (length <= shift) return {};
    const Pass quiet{pass.compute, /*training=*/false};
    const std::vector<Stretch> stretches = cover(size, length, shift, options.overlap);

    double loss_sum = 0, hits = 0;
    Evaluation result;
    for (std::size_t first = 0; first < stretches.size(); first += static_cast<std::size_t>(options.rows)) {
        if (stop.stop_requested()) return {};
        const std::size_t last = std::min(stretches.size(), first + static_cast<std::size_t>(options.rows));
        Windows windows;
        windows.rows = static_cast<std::int64_t>(last - first);
        windows.length = length;
        windows.ids.resize(static_cast<std::size_t>(windows.rows * length));
        for (std::size_t i = first; i < last; ++i) {
            stream.copy(stretches[i].start, length, windows.ids.data() + (i - first) * static_cast<std::size_t>(length));
            windows.starts.push_back(stretches[i].start);
        }
        FedBatch batch = objective.feed(windows, /*seed=*/first);
        for (std::size_t i = first; i < last; ++i)
            if (stretches[i].already > 0)
                batch.targets_BT[static_cast<std::int64_t>(i - first)].narrow(0, 0, stretches[i].already).fill_(not_counted);
        batch.count();
        if (batch.counted == 0) continue;
        batch = batch.to(options.device);
        const LossParts parts = objective.loss(backbone.features(batch.ids_BT, quiet), batch, quiet);
        loss_sum += parts.loss_sum.item<double>();
        for (const auto& [name, sum] : parts.sums)
            if (name == "accuracy") hits += sum.item<double>();
        result.scored += batch.counted;
        if (progress) progress(static_cast<double>(last) / static_cast<double>(stretches.size()));
    }
    if (result.scored == 0) return {};
    result.loss = loss_sum / static_cast<double>(result.scored);
    result.accuracy = hits / static_cast<double>(result.scored);
    if (objective.is_language_model() && stream.bytes() > 0) {
        const double tokens_per_byte = static_cast<double>(stream.size()) / static_cast<double>(stream.bytes());
        result.nats_per_byte = result.loss * tokens_per_byte;
        result.bits_per_byte = result.nats_per_byte / std::numbers::ln2;
    }
    return result;
}

}  // namespace gw
