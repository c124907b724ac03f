#include "eval/gather.h"

#include <torch/types.h>

#include "eval/retrieval.h"
#include "objective/label_head.h"

namespace gw {

namespace {

using Sides = std::pair<torch::Tensor, torch::Tensor>;

Gathered gather(const ExampleRows& rows, const std::vector<const Example*>& examples, const GatherOptions& options,
                const std::stop_token& stop, const std::function<Sides(const HostBatch&)>& sides) {
    const torch::InferenceMode inference;
    std::vector<torch::Tensor> first, second;
    const auto each = static_cast<std::size_t>(options.rows);
    for (std::size_t at = 0; at < examples.size(); at += each) {
        if (stop.stop_requested()) return {};
        const auto begin = examples.begin() + static_cast<std::ptrdiff_t>(at),
                   end = examples.begin() + static_cast<std::ptrdiff_t>(std::min(at + each, examples.size()));
        const auto [one, other] = sides(rows.rows({begin, end}));
        if (!one.defined() || !other.defined()) return {};
        first.push_back(one.to(torch::kCPU, torch::kFloat32));
        second.push_back(other.to(torch::kCPU, torch::kFloat32));
    }
    if (first.empty()) return {};
    return {torch::cat(first), torch::cat(second), examples};
}

}  // namespace

Gathered gather_views(Backbone& backbone, const ExampleRows& rows, const std::vector<const Example*>& examples,
                      const GatherOptions& options, const std::stop_token& stop) {
    const Pass pass{options.compute, /*training=*/false};
    return gather(rows, examples, options, stop, [&](const HostBatch& host) -> Sides {
        const Batch batch = Batch(host).to(options.device);
        auto seen = [&](const char* view) {
            return pooled(backbone.features(Batch::of_images(batch[view]), pass), {}, "mean");
        };
        if (!batch[array::second].defined()) return {};
        return {seen(array::image), seen(array::second)};
    });
}

Gathered gather_pairs(Backbone& backbone, const Objective& objective, const ExampleRows& rows,
                      const std::vector<const Example*>& examples, const GatherOptions& options,
                      const std::stop_token& stop) {
    const Pass pass{options.compute, /*training=*/false};
    std::vector<std::uint64_t> captions;
    Gathered out = gather(rows, examples, options, stop, [&](const HostBatch& host) {
        if (host.length() > 0)
            for (std::int64_t row = 0; row < host.rows; ++row) captions.push_back(caption_identity(host, row));
        return objective.pair_features(backbone, objective.feed(host, RowSeeds::by_place(0)).to(options.device), pass);
    });
    if (out.first_ND.defined()) out.captions = std::move(captions);
    return out;
}

Gathered gather_codes(Backbone& backbone, const Objective& objective, const ExampleRows& rows,
                      const std::vector<const Example*>& examples, const GatherOptions& options,
                      const std::stop_token& stop) {
    const Pass pass{options.compute, /*training=*/false};
    return gather(rows, examples, options, stop, [&](const HostBatch& host) -> Sides {
        const torch::Tensor codes_BK =
            objective.codes(backbone, objective.feed(host, RowSeeds::by_place(0)).to(options.device), pass);
        return {codes_BK, codes_BK};
    });
}

}  // namespace gw
