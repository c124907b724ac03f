#include "eval/judge.h"

#include <torch/types.h>

#include <algorithm>

#include "eval/evaluate.h"
#include "eval/share.h"
#include "eval/side_by_side.h"
#include "objective/label_head.h"
#include "util/rng.h"

namespace gw {

namespace {

/// Calls `work(batch)` for batch after batch; false when stopped.
bool in_batches(const ExampleRows& rows, const std::vector<const Example*>& examples, std::int64_t most_rows,
                std::int64_t most_units, const std::function<void(double)>& progress, const std::stop_token& stop,
                const std::function<void(const HostBatch&)>& work) {
    std::size_t last = 0;
    for (std::size_t first = 0; first < examples.size(); first = last) {
        if (stop.stop_requested()) return false;
        std::int64_t width = 0;
        for (last = first; last < examples.size() && last - first < static_cast<std::size_t>(most_rows); ++last) {
            width = std::max(width, std::max<std::int64_t>(1, rows.units(*examples[last])));
            if (most_units > 0 && last > first && static_cast<std::int64_t>(last - first + 1) * width > most_units)
                break;
        }
        work(rows.rows({examples.begin() + static_cast<std::ptrdiff_t>(first),
                        examples.begin() + static_cast<std::ptrdiff_t>(last)}));
        if (progress) progress(static_cast<double>(last) / static_cast<double>(examples.size()));
    }
    return true;
}

void add_rows(Predictions& into, const HostBatch& rows, const Batch& fed) {
    const torch::Tensor words_BT = fed[array::targets];
    for (std::size_t row = 0; row < rows.examples.size(); ++row) {
        const Example& example = *rows.examples[row];
        if (into.kind != LabelKind::word_classes) {
            into.truth.push_back(example.classes);
            into.values.push_back(example.value);
            into.documents.push_back(example.row);
            continue;
        }
        const std::int64_t* targets =
            words_BT.data_ptr<std::int64_t>() + static_cast<std::int64_t>(row) * rows.length();
        for (std::int64_t t = 0; t < rows.length(); ++t) {
            if (targets[t] == not_counted) continue;
            into.truth.push_back({static_cast<std::int32_t>(targets[t])});
            into.values.push_back(0);
            into.documents.push_back(example.row);
        }
    }
}

}  // namespace

std::vector<const Example*> spread(const ExampleTable& table, std::int64_t count) {
    const std::int64_t size = table.size(), wanted = count > 0 ? std::min(count, size) : size;
    std::vector<const Example*> out;
    for (std::int64_t i = 0; i < wanted; ++i)
        out.push_back(&table.examples[static_cast<std::size_t>(i * size / wanted)]);
    std::stable_sort(out.begin(), out.end(), [](const Example* a, const Example* b) { return a->length < b->length; });
    return out;
}

Judged judge(Backbone& backbone, const Objective& objective, const ExampleRows& rows, const ExampleTable& table,
             const Pass& pass, const JudgeOptions& options, const std::function<void(double fraction)>& progress,
             std::stop_token stop) {
    const torch::InferenceMode inference;
    const Pass quiet{pass.compute, /*training=*/false};
    Judged out;
    const bool labelled = objective.labels() != LabelKind::none;
    out.predictions.kind = objective.labels();
    if (labelled) out.predictions.classes = table.classes;
    out.predictions.outputs =
        out.predictions.kind == LabelKind::number ? 1 : static_cast<std::int64_t>(out.predictions.classes.size());
    Share share(keeps_running_statistics(backbone) ? nullptr : options.world);
    std::map<std::string, double> sums;
    std::vector<const Example*> examples = spread(table, options.at_most);
    const auto each = static_cast<std::size_t>(options.rows);
    if (options.whole_batches) {  // data stands in the order of its classes often: mixed as in training, the same each
                                  // time
        Rng rng(0x6d697865);
        for (std::size_t i = examples.size(); i > 1; --i) std::swap(examples[i - 1], examples[rng.below(i)]);
    }
    if (options.whole_batches && examples.size() > each) examples.resize(examples.size() / each * each);
    // Rows that are held against each other stay in one batch, which takes all threads for itself.
    constexpr std::int64_t most_units = 256, units_of_row = 16;  // of a batch that one thread works on
    SideBySide batches(options.device, options.rows, units_of_row);
    const bool parted = !options.whole_batches && batches.at_once() > 1;
    const std::int64_t units = options.whole_batches ? 0
                               : !parted             ? options.units
                               : options.units > 0   ? std::min(options.units, most_units)
                                                     : most_units;
    std::vector<std::size_t> places;  // of what each waiting batch says, among the scores
    auto work_off = [&] {
        std::size_t i = 0;
        for (const Measures& found : batches.work_off(backbone, objective, quiet)) {
            add_measures(sums, found);
            if (!labelled) continue;
            const torch::Tensor said = found.said.to(torch::kCPU, torch::kFloat32).contiguous();
            std::copy_n(said.data_ptr<float>(), said.numel(),
                        out.predictions.scores.begin() + static_cast<std::ptrdiff_t>(places[i++]));
        }
        places.clear();
    };
    const bool whole = in_batches(
        rows, examples, parted ? batches.rows() : options.rows, units, progress, stop, [&](const HostBatch& host) {
            Batch fed = objective.feed(host, RowSeeds::by_place(0));
            if (fed.counted == 0) return;
            out.rows += fed.counted;
            if (labelled) add_rows(out.predictions, host, fed);
            std::vector<float>& scores = out.predictions.scores;
            const std::size_t place = scores.size();
            scores.resize(static_cast<std::size_t>(out.predictions.rows() * out.predictions.outputs));
            if (!share.next()) return;
            places.push_back(place);
            batches.add(std::move(fed));
            if (!parted || batches.size() == batches.at_once()) work_off();
        });
    if (whole) work_off();
    if (!share.all_through(whole) || out.rows == 0) return {};
    share.meet(sums);
    share.meet(out.predictions.scores);
    const auto count = static_cast<double>(out.rows);
    out.loss = sums["loss"] / count;
    if (const auto it = sums.find("criterion"); it != sums.end()) out.criterion = it->second / count;
    out.parts = parts_of(sums, count);
    if (const auto it = sums.find("hits"); it != sums.end()) out.accuracy = it->second / count;
    if (out.predictions.kind == LabelKind::number) {
        const double deviation = table.facts().deviation;
        out.loss /= deviation * deviation;
    }
    return out;
}

torch::Tensor features_of(Backbone& backbone, const ExampleRows& rows, const std::vector<const Example*>& examples,
                          const std::string& pooling, const Pass& pass, torch::Device device, std::int64_t units,
                          const std::function<void(double fraction)>& progress, std::stop_token stop) {
    const torch::InferenceMode inference;
    constexpr std::int64_t most_rows = 32;
    std::vector<torch::Tensor> parts;
    const bool whole = in_batches(rows, examples, most_rows, units, progress, stop, [&](const HostBatch& host) {
        const Batch batch = Batch(host).to(device);
        const Features features = backbone.features(batch, {pass.compute, /*training=*/false});
        parts.push_back(pooled(features, batch[array::valid], pooling).to(torch::kCPU, torch::kFloat32));
    });
    return whole && !parts.empty() ? torch::cat(parts) : torch::Tensor();
}

}  // namespace gw
