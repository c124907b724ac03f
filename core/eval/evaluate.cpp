#include "eval/evaluate.h"

#include <torch/types.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "eval/share.h"
#include "eval/side_by_side.h"
#include "model/carried.h"

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

/// Windows that are worked off together: [first, first + count) of the stretches in their order.
struct Round {
    std::size_t first, count;
};

std::vector<Round> rounds_of(std::size_t stretches, std::size_t together) {
    std::vector<Round> out;
    for (std::size_t first = 0; first < stretches; first += together)
        out.push_back({first, std::min(together, stretches - first)});
    return out;
}

/// Puts the windows of a stream into lanes, so that each round has the next of every lane, in the order of the lanes:
/// few lanes where there are few windows, since the first of a lane begins from nothing. The same for any machine.
std::vector<Round> in_lanes(std::vector<Stretch>& stretches) {
    constexpr std::size_t most_lanes = 32, least_windows = 8;
    const std::size_t windows = stretches.size(),
                      lanes = std::clamp<std::size_t>(windows / least_windows, 1, most_lanes),
                      each = (windows + lanes - 1) / lanes;
    std::vector<Stretch> ordered;
    std::vector<Round> out;
    for (std::size_t at = 0; at < each; ++at) {
        const std::size_t first = ordered.size();
        for (std::size_t next = at; next < windows; next += each) ordered.push_back(stretches[next]);
        out.push_back({first, ordered.size() - first});
    }
    stretches = std::move(ordered);
    return out;
}

/// The states of lanes between rounds; nothing where none is carried.
class CarriedStates {
  public:
    CarriedStates(std::int64_t values, std::size_t lanes, torch::Device device) {
        if (values == 0) return;
        behind_LS_ = torch::zeros({static_cast<std::int64_t>(lanes), values},
                                  torch::TensorOptions(torch::kFloat32).device(device));
    }
    void next_round() {
        if (!behind_LS_.defined()) return;
        begun_LS_ = behind_LS_;
        behind_LS_ = torch::zeros_like(begun_LS_);
    }
    /// A window that begins before the one before it ended begins from nothing, and reads that part once more.
    void show(Batch& batch, std::size_t first_lane, std::size_t rows, const Stretch* stretches) {
        if (!behind_LS_.defined()) return;
        for (std::size_t i = 0; i < rows; ++i)
            if (stretches[i].already > 0) begun_LS_.select(0, static_cast<std::int64_t>(first_lane + i)).zero_();
        const auto first = static_cast<std::int64_t>(first_lane), count = static_cast<std::int64_t>(rows);
        batch.set(array::carried, begun_LS_.narrow(0, first, count));
        batch.set(array::left_behind, behind_LS_.narrow(0, first, count));
    }

  private:
    torch::Tensor begun_LS_, behind_LS_;  ///< [lanes, values of a state]
};

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
    std::vector<Stretch> stretches = cover(size, length, shift, options.overlap);
    const std::int64_t carried = options.overlap > 0 ? 0 : carried_values(backbone);
    // A seed of the evaluation's own, so that runs with other seeds are asked the same.
    const RowSeeds seeds = RowSeeds::by_place(0);

    Share share(keeps_running_statistics(backbone) || carried > 0 ? nullptr : options.world);
    std::map<std::string, double> sums;
    bool through = true;
    Evaluation result;
    SideBySide batches(options.device, options.rows, length);
    const auto each = static_cast<std::size_t>(batches.rows());
    const std::vector<Round> rounds =
        carried > 0 ? in_lanes(stretches) : rounds_of(stretches.size(), each * batches.at_once());
    CarriedStates states(carried, rounds.front().count, options.device);
    for (const Round& round : rounds) {
        if (stop.stop_requested()) {
            through = false;
            break;
        }
        states.next_round();
        const std::size_t end = round.first + round.count;
        for (std::size_t first = round.first; first < end; first += each) {
            const std::size_t last = std::min(end, first + each);
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
            states.show(batch, first - round.first, last - first, &stretches[first]);
            result.scored += batch.counted;
            if (batch.counted > 0 && share.next()) batches.add(std::move(batch));
        }
        for (const Measures& found : batches.work_off(backbone, objective, quiet)) add_measures(sums, found);
        if (progress) progress(static_cast<double>(end) / static_cast<double>(stretches.size()));
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
