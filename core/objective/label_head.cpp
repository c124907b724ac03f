#include "objective/label_head.h"

#include <torch/types.h>

#include <limits>

#include "model/single_precision.h"
#include "objective/losses.h"

namespace gw {

torch::Tensor pooled(const Features& features, const torch::Tensor& valid_BT, const std::string& pooling) {
    const torch::Tensor& found = features.pooled_BD.defined() ? features.pooled_BD : features.sequence_BTD;
    const torch::Tensor wide = found.scalar_type() == torch::kFloat64 ? found : found.to(torch::kFloat32);
    if (features.pooled_BD.defined()) return wide;
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
    if (pooling == "max")
        return wide.masked_fill(valid_BT.logical_not().unsqueeze(2), -std::numeric_limits<float>::infinity()).amax(1);
    return (wide * valid_BT.unsqueeze(2).to(wide.scalar_type())).sum(1) / lengths_B.unsqueeze(1).to(wide.scalar_type());
}

torch::Tensor balanced_weights(const LabelFacts& labels, bool balanced) {
    if (!balanced || labels.classes.empty()) return {};
    double all = 0;
    for (const std::int64_t count : labels.counts) all += static_cast<double>(count);
    std::vector<float> weights;
    for (const std::int64_t count : labels.counts)
        weights.push_back(count > 0 ? static_cast<float>(all / (static_cast<double>(labels.classes.size()) *
                                                                static_cast<double>(count)))
                                    : 0.0f);
    return torch::tensor(weights);
}

torch::Tensor balanced_positives(const LabelFacts& labels, bool balanced) {
    if (!balanced || labels.classes.empty()) return {};
    std::vector<float> weights;
    for (const std::int64_t with : labels.counts) {
        const std::int64_t without = labels.examples - with;
        weights.push_back(with > 0 && without > 0
                              ? static_cast<float>(static_cast<double>(without) / static_cast<double>(with))
                              : 1.0f);
    }
    return torch::tensor(weights);
}

std::vector<std::string> offers_of_whole_rows(const Json&) {
    return {mixes_labels, labels_whole_rows};
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

Batch LabelledObjective::feed(const HostBatch& rows, const RowSeeds&) const {
    Batch batch(rows);
    batch.set(array::labels, labels_of(rows));
    if (!rows.partners.empty()) {
        HostBatch partners;
        partners.rows = rows.rows;
        partners.examples = rows.partners;
        batch.set(array::partner_labels, labels_of(partners));
        batch.set(array::shares, torch::tensor(rows.shares, torch::kFloat32));
    }
    batch.counted = rows.rows;
    return batch;
}

torch::Tensor LabelledObjective::mixed_criterion(const torch::Tensor& scores, const Batch& batch) const {
    const torch::Tensor own_B = criterion(scores, batch), shares_B = batch[array::shares];
    if (!shares_B.defined()) return own_B;
    Batch partners = batch;
    partners.set(array::labels, batch[array::partner_labels]);
    return mixed_rows(own_B, criterion(scores, partners), shares_B);
}

LossParts LabelledObjective::loss(Backbone& net, const Batch& batch, const Pass& pass) const {
    return {{"loss", mixed_criterion(scores(net, batch, pass), batch).sum()}};
}

Measures LabelledObjective::measures(Backbone& net, const Batch& batch, const Pass& pass) const {
    const torch::Tensor found = scores(net, batch, pass);
    const bool same = criterion_is_plain() && !batch[array::shares].defined();
    return {plain(found, batch), same ? torch::Tensor() : mixed_criterion(found, batch), {}, said(found)};
}

torch::Tensor LabelledObjective::predict(Backbone& net, const Batch& batch, const Pass& pass) const {
    return said(scores(net, batch, pass));
}

Parameters LabelledObjective::parameters() const {
    Parameters all;
    head_.list(all);
    return all;
}

torch::Tensor LabelledObjective::scores(Backbone& net, const Batch& batch, const Pass& pass) const {
    // What is said of measured values is as exact as they are; half precision would leave three digits.
    const bool measured = batch[array::table].defined() || batch[array::series].defined();
    const Pass own = measured ? in_single_precision(pass) : pass;
    return head_(pooled(net.features(batch, own), batch[array::valid], pooling_), own);
}

}  // namespace gw
