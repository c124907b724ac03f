#include "objective/label_head.h"

#include <torch/torch.h>

#include <limits>

namespace gw {

torch::Tensor pooled(const torch::Tensor& features_BTD, const torch::Tensor& valid_BT, const std::string& pooling) {
    const torch::Tensor wide = features_BTD.scalar_type() == torch::kFloat64 ? features_BTD : features_BTD.to(torch::kFloat32);
    if (pooling == "first") return wide.select(1, 0);
    if (!valid_BT.defined()) {
        if (pooling == "last") return wide.select(1, wide.size(1) - 1);
        return pooling == "max" ? wide.amax(1) : wide.mean(1);
    }
    const torch::Tensor lengths_B = valid_BT.sum(1);
    if (pooling == "last") {
        const torch::Tensor at = (lengths_B - 1).view({-1, 1, 1}).expand({-1, 1, wide.size(2)});
        return wide.gather(1, at).squeeze(1);
    }
    if (pooling == "max") return wide.masked_fill(valid_BT.logical_not().unsqueeze(2), -std::numeric_limits<float>::infinity()).amax(1);
    return (wide * valid_BT.unsqueeze(2).to(wide.scalar_type())).sum(1) / lengths_B.unsqueeze(1).to(wide.scalar_type());
}

FedBatch feed_rows(const Windows& windows) {
    FedBatch batch;
    batch.ids_BT = torch::tensor(windows.ids, torch::kInt64).view({windows.rows, windows.length});
    batch.targets_BT = torch::full({windows.rows, windows.length}, not_counted, torch::kInt64);
    bool padded = false;
    for (const std::int64_t length : windows.lengths) padded = padded || length < windows.length;
    if (padded) {
        const torch::Tensor lengths_B1 = torch::tensor(windows.lengths, torch::kInt64).unsqueeze(1);
        batch.valid_BT = torch::arange(windows.length, torch::kInt64).unsqueeze(0).lt(lengths_B1);
    }
    return batch;
}

torch::Tensor balanced_weights(const LabelFacts& labels, bool balanced) {
    if (!balanced || labels.classes.empty()) return {};
    double all = 0;
    for (const std::int64_t count : labels.counts) all += static_cast<double>(count);
    std::vector<float> weights;
    for (const std::int64_t count : labels.counts)
        weights.push_back(count > 0 ? static_cast<float>(all / (static_cast<double>(labels.classes.size()) * static_cast<double>(count)))
                                    : 0.0f);
    return torch::tensor(weights);
}

torch::Tensor balanced_positives(const LabelFacts& labels, bool balanced) {
    if (!balanced || labels.classes.empty()) return {};
    std::vector<float> weights;
    for (const std::int64_t with : labels.counts) {
        const std::int64_t without = labels.examples - with;
        weights.push_back(with > 0 && without > 0 ? static_cast<float>(static_cast<double>(without) / static_cast<double>(with)) : 1.0f);
    }
    return torch::tensor(weights);
}

LabelHead::LabelHead(const ObjectiveInputs& inputs, std::int64_t hidden, double dropout, std::int64_t outputs)
    : has_hidden_(hidden > 0), dropout_(dropout) {
    const Initialiser init("gpt2", inputs.seed);
    if (has_hidden_) hidden_ = Linear(init, "hidden", inputs.backbone.width, hidden, /*bias=*/true);
    output_ = Linear(init, "output", has_hidden_ ? hidden : inputs.backbone.width, outputs, /*bias=*/true);
}

torch::Tensor LabelHead::operator()(const torch::Tensor& features_ND, const Pass& pass) const {
    torch::Tensor x = features_ND;
    if (has_hidden_) x = torch::tanh(hidden_(drop(x, dropout_, pass), pass));
    const torch::Tensor y = output_(drop(x, dropout_, pass), pass);
    return y.scalar_type() == torch::kFloat64 ? y : y.to(torch::kFloat32);
}

void LabelHead::list(Parameters& out) const {
    if (has_hidden_) hidden_.list(out);
    output_.list(out);
}

}  // namespace gw
