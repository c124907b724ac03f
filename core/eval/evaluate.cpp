#include "eval/evaluate.h"

#include <torch/types.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "eval/share.h"
#include "eval/side_by_side.h"

namespace gw {

namespace {

/// One window: where it starts, and how many of its positions another window has scored already.
struct Stretch {
    std::int64_t start, already;
};

/// Windows of `length` tokens (or the whole stream if that is shorter) that score each position once. `shift` is the
/// distance from an input position to its target (1 for next-token, 0 for masked).
std::vector<Stretch> cover(std::int64_t size, std::int64_t length, std::int64_t shift, double overlap) {
    const std::int64_t positions = length - shift, all = size - shift;
    const auto step =
        std::max<std::int64_t>(1, positions - static_cast<std::int64_t>(overlap * static_cast<double>(positions)));
    std::vector<Stretch> out{{0, 0}};
    for (std::int64_t scored = positions; scored < all;) {
        const std::int64_t end = std::min(scored + step, all);
        const std::int64_t start = end - positions;
        out.push_back({start, scored - start});
        scored = end;
    }
    return out;
}

const std::string part_prefix = "part/";

void add_in_order(double& sum, const torch::Tensor& values_N) {
    const torch::Tensor values = values_N.to(torch::kCPU, torch::kFloat64).contiguous();
    for (std::int64_t i = 0; i < values.numel(); ++i) sum += values.data_ptr<double>()[i];
}

}  // namespace

void add_measures(std::map<std::string, double>& sums, const Measures& found) {
    add_in_order(sums["loss"], found.losses_N);
    if (found.criterion_N.defined()) add_in_order(sums["criterion"], found.criterion_N);
    for (const auto& [name, values_N] : found.parts) add_in_order(sums[part_prefix + name], values_N);
    if (found.hits_N.defined()) sums["hits"] += static_cast<double>(found.hits_N.sum().item<std::int64_t>());
}

std::map<std::string, double> parts_of(const std::map<std::string, double>& sums, double count) {
    std::map<std::string, double> out;
    for (const auto& [name, sum] : sums)
        if (name.starts_with(part_prefix)) out[name.substr(part_prefix.size())] = sum / count;
    return out;
}

std::map<std::string, double> Evaluation::metrics(bool is_language_model) const {
    std::map<std::string, double> out{{"loss", loss}, {"accuracy", accuracy}};
    if (is_language_model) {
        out["perplexity"] = std::exp(loss);
        out["bits_per_byte"] = bits_per_byte;
    }
    if (criterion) out["criterion"] = *criterion;
    for (const auto& [name, mean] : parts) out[name] = mean;
    return out;
}

std::int64_t text_bytes(const Tokenizer& tokenizer, const TokenStream& stream, std::int64_t first, std::int64_t last) {
    constexpr std::int64_t block = 1 << 16;
    std::int64_t bytes = 0;
    std::vector<Token> ids(static_cast<std::size_t>(std::min(block, std::max<std::int64_t>(0, last - first)))), run;
    // Whole runs between separators: a tokenizer may write the beginning of a text in another way than its middle.
    auto close = [&] {
        if (!run.empty()) bytes += static_cast<std::int64_t>(tokenizer.decode(run).size());
        run.clear();
    };
    for (std::int64_t at = first; at < last; at += block) {
        const std::int64_t count = std::min(block, last - at);
        stream.copy(at, count, ids.data());
        for (std::int64_t i = 0; i < count; ++i) {
            const Token id = ids[static_cast<std::size_t>(i)];
            if (id == tokenizer.separator() || id == tokenizer.mask())
                close();
            else
                run.push_back(id);
        }
    }
    close();
    return bytes;
}

Evaluation evaluate(Backbone& backbone, const Objective& objective, const Tokenizer& tokenizer,
                    const TokenStream& stream, const Pass& pass, const EvaluationOptions& options,
                    const std::function<void(double fraction)>& progress, std::stop_token stop) {
    const torch::InferenceMode inference;
    const std::int64_t context = backbone.facts().context;
    const std::int64_t shift = objective.window_length(context) - context;
    const std::int64_t size =
        options.tokens > 0 ? std::min(stream.size(), std::max(options.tokens, shift + 1)) : stream.size();
    const std::int64_t length = std::min(objective.window_length(context), size);
    if (length <= shift) return {};
    const Pass quiet{pass.compute, /*training=*/false};
    const std::vector<Stretch> stretches = cover(size, length, shift, options.overlap);
    // A seed of the evaluation's own, so that runs with other seeds are asked the same.
    const RowSeeds seeds = RowSeeds::by_place(0);

    Share share(keeps_running_statistics(backbone) ? nullptr : options.world);
    std::map<std::string, double> sums;
    bool through = true;
    Evaluation result;
    SideBySide batches(options.device, options.rows, length);
    const auto each = static_cast<std::size_t>(batches.rows());
    const std::size_t together = each * batches.at_once();
    for (std::size_t first = 0; first < stretches.size(); first += each) {
        if (first % together == 0 && stop.stop_requested()) {
            through = false;
            break;
        }
        const std::size_t last = std::min(stretches.size(), first + each);
        HostBatch rows;
        rows.rows = static_cast<std::int64_t>(last - first);
        HostArray tokens(HostArray::Type::i32, {rows.rows, length});
        for (std::size_t i = first; i < last; ++i) {
            stream.copy(stretches[i].start, length,
                        tokens.values<Token>() + (i - first) * static_cast<std::size_t>(length));
            rows.places.push_back(stretches[i].start);
        }
        rows.arrays.emplace(array::tokens, std::move(tokens));
        Batch batch = objective.feed(rows, seeds);
        for (std::size_t i = first; i < last; ++i)
            if (stretches[i].already > 0)
                batch[array::targets][static_cast<std::int64_t>(i - first)]
                    .narrow(0, 0, stretches[i].already)
                    .fill_(not_counted);
        batch.count();
        result.scored += batch.counted;
        if (batch.counted > 0 && share.next()) batches.add(std::move(batch));
        if (last % together != 0 && last < stretches.size()) continue;
        for (const Measures& found : batches.work_off(backbone, objective, quiet)) add_measures(sums, found);
        if (progress) progress(static_cast<double>(last) / static_cast<double>(stretches.size()));
    }
    if (!share.all_through(through) || result.scored == 0) return {};
    share.meet(sums);
    const auto scored = static_cast<double>(result.scored);
    result.loss = sums["loss"] / scored;
    if (const auto it = sums.find("criterion"); it != sums.end()) result.criterion = it->second / scored;
    result.parts = parts_of(sums, scored);
    result.accuracy = sums["hits"] / scored;
    if (!objective.is_language_model()) return result;
    // Of the whole stream the bytes of its text are known; a tokenizer that normalises writes back others.
    const std::int64_t all = size == stream.size() ? stream.bytes() : text_bytes(tokenizer, stream, 0, size);
    const std::int64_t bytes = all - text_bytes(tokenizer, stream, 0, shift);
    if (bytes > 0) {
        result.nats_per_byte = sums["loss"] / static_cast<double>(bytes);
        result.bits_per_byte = result.nats_per_byte / std::numbers::ln2;
    }
    return result;
}

}  // namespace gw
