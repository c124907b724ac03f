#include "objective/contrastive.h"

#include <torch/types.h>

#include <limits>

#include "objective/label_head.h"
#include "objective/losses.h"

// Shape letters: N pictures, M views (2 N), D width of the embeddings, C candidates that a row is compared with.
namespace gw {

namespace {

constexpr double never = -std::numeric_limits<double>::infinity();

Contrast contrast_of(const torch::Tensor& logits_NC, const torch::Tensor& targets_N) {
    const torch::Tensor at = targets_N.unsqueeze(1), seen = logits_NC.detach();
    return {cross_entropy_rows(logits_NC, targets_N, {}, 0),
            seen.gather(1, at).squeeze(1).gt(seen.scatter(1, at, never).amax(1))};
}

torch::Tensor numbered(std::int64_t count, const torch::Tensor& like) {
    return torch::arange(count, torch::TensorOptions(torch::kInt64).device(like.device()));
}

/// True where a view meets itself.
torch::Tensor itself(std::int64_t views, const torch::Tensor& like) {
    return torch::eye(views, torch::TensorOptions(torch::kBool).device(like.device()));
}

/// Similarities of all views with each other, over the temperature; minus infinity with themselves.
torch::Tensor among_views(const torch::Tensor& first_ND, const torch::Tensor& second_ND, double temperature) {
    const torch::Tensor all_MD = torch::cat({first_ND, second_ND});
    return (torch::matmul(all_MD, all_MD.t()) / temperature).masked_fill(itself(all_MD.size(0), all_MD), never);
}

}  // namespace

std::int64_t projection_parameters(const Json& settings, const BackboneFacts& backbone) {
    ProjectionSettings of_head;
    (void)schema::load(of_head, settings, "objective");  // the kind's other settings are none of the head's
    const std::int64_t hidden = of_head.hidden_of(backbone.width);
    return (backbone.width + 1) * hidden + (hidden + 1) * of_head.projection;
}

ProjectionHead::ProjectionHead(const ObjectiveInputs& inputs, const ProjectionSettings& settings) {
    const Initialiser init("he", inputs.seed);
    const std::int64_t width = inputs.backbone.width, hidden = settings.hidden_of(width);
    hidden_ = Linear(init, "hidden", width, hidden, /*bias=*/true);
    output_ = Linear(init, "output", hidden, settings.projection, /*bias=*/true);
}

torch::Tensor ProjectionHead::operator()(const torch::Tensor& features_NF, const Pass& pass) const {
    const torch::Tensor y = output_(torch::relu(hidden_(features_NF, pass)), pass);
    return unit_rows(y.scalar_type() == torch::kFloat64 ? y : y.to(torch::kFloat32));
}

void ProjectionHead::list(Parameters& out) const {
    hidden_.list(out);
    output_.list(out);
}

torch::Tensor unit_rows(const torch::Tensor& x_ND) {
    const torch::Tensor length_N1 = x_ND.norm(2, 1, /*keepdim=*/true);
    // Over a length that is only kept above zero, a row of zeros would have a gradient without measure.
    return x_ND / length_N1.masked_fill(length_N1.lt(1e-12), 1);
}

Contrast nt_xent(const torch::Tensor& first_ND, const torch::Tensor& second_ND, double temperature) {
    const std::int64_t pictures = first_ND.size(0), views = 2 * pictures;
    return contrast_of(among_views(first_ND, second_ND, temperature),
                       (numbered(views, first_ND) + pictures).remainder(views));
}

Contrast one_way(const torch::Tensor& query_ND, const torch::Tensor& key_ND, double temperature) {
    return contrast_of(torch::matmul(query_ND, key_ND.t()) / temperature, numbered(query_ND.size(0), query_ND));
}

Contrast against_queue(const torch::Tensor& query_ND, const torch::Tensor& key_ND, const torch::Tensor& queue_KD,
                       double temperature) {
    const torch::Tensor own_N1 = (query_ND * key_ND).sum(1, /*keepdim=*/true),
                        others_NK = torch::matmul(query_ND, queue_KD.t());
    return contrast_of(torch::cat({own_N1, others_NK}, 1) / temperature,
                       torch::zeros_like(numbered(query_ND.size(0), query_ND)));
}

Contrast supervised_contrast(const torch::Tensor& first_ND, const torch::Tensor& second_ND,
                             const torch::Tensor& classes_N, double temperature) {
    const torch::Tensor logits_MM = among_views(first_ND, second_ND, temperature), seen = logits_MM.detach();
    const torch::Tensor classes_M = torch::cat({classes_N, classes_N});
    const torch::Tensor same_MM = classes_M.unsqueeze(1)
                                      .eq(classes_M.unsqueeze(0))
                                      .logical_and(itself(classes_M.size(0), classes_M).logical_not());
    // Its partner is always of the same class, so that no row divides by zero.
    const torch::Tensor log_p = torch::log_softmax(logits_MM, 1).masked_fill(same_MM.logical_not(), 0);
    return {-log_p.sum(1) / same_MM.sum(1),
            seen.masked_fill(same_MM.logical_not(), never).amax(1).gt(seen.masked_fill(same_MM, never).amax(1))};
}

namespace {

/// Squared distances of all views, and which of them are of one class.
struct Among {
    torch::Tensor squares_MM, same_MM, itself_MM;

    Among(const torch::Tensor& first_ND, const torch::Tensor& second_ND, const torch::Tensor& classes_N) {
        const torch::Tensor all_MD = torch::cat({first_ND, second_ND}), classes_M = torch::cat({classes_N, classes_N});
        squares_MM = (2 - 2 * torch::matmul(all_MD, all_MD.t())).clamp_min(0);
        same_MM = classes_M.unsqueeze(1).eq(classes_M.unsqueeze(0));
        itself_MM = itself(all_MD.size(0), all_MD);
    }
    torch::Tensor like_MM() const { return same_MM.logical_and(itself_MM.logical_not()); }
    torch::Tensor hits_M() const {
        const torch::Tensor seen_MM = squares_MM.detach();
        return seen_MM.masked_fill(like_MM().logical_not(), -never)
            .amin(1)
            .lt(seen_MM.masked_fill(same_MM, -never).amin(1));
    }
};

}  // namespace

Contrast triplet_contrast(const torch::Tensor& first_ND, const torch::Tensor& second_ND, const torch::Tensor& classes_N,
                          double margin) {
    const Among among(first_ND, second_ND, classes_N);
    const torch::Tensor farthest_M = among.squares_MM.masked_fill(among.like_MM().logical_not(), 0).amax(1);
    constexpr double out_of_reach = 1e3;  // of any margin
    const torch::Tensor nearest_M = among.squares_MM.masked_fill(among.same_MM, out_of_reach).amin(1);
    return {torch::relu(farthest_M - nearest_M + margin), among.hits_M()};
}

Contrast pair_contrast(const torch::Tensor& first_ND, const torch::Tensor& second_ND, const torch::Tensor& classes_N,
                       double margin) {
    constexpr double tiny = 1e-12;  // a root of nothing has no gradient
    const Among among(first_ND, second_ND, classes_N);
    const torch::Tensor short_by_MM = torch::relu(margin - (among.squares_MM + tiny).sqrt()).square();
    const torch::Tensor pairs_MM =
        torch::where(among.same_MM, among.squares_MM, short_by_MM).masked_fill(among.itself_MM, 0);
    return {pairs_MM.sum(1) / static_cast<double>(pairs_MM.size(0) - 1), among.hits_M()};
}

torch::Tensor classes_of(const HostBatch& rows) {
    std::vector<std::int64_t> classes;
    for (const Example* example : rows.examples) {
        if (example->classes.empty())
            throw Failure({Error::Code::bad_data,
                           "A picture has no class to be compared by",
                           "Set objective.kind=simclr, which needs none",
                           {"row " + std::to_string(example->row)}});
        classes.push_back(example->classes.front());
    }
    return torch::tensor(classes, torch::kInt64);
}

torch::Tensor embedded(Backbone& net, const torch::Tensor& pictures, const ProjectionHead& head, const Pass& pass) {
    return head(pooled(net.features(Batch::of_images(pictures), pass), {}, "mean"), pass);
}

Batch ViewContrast::feed(const HostBatch& rows, const RowSeeds&) const {
    Batch batch(rows);
    batch.counted = rows.rows;
    return batch;
}

Contrast ViewContrast::of_pictures(Backbone& net, const Batch& batch, const Pass& pass) const {
    TORCH_CHECK(batch[array::second].defined(), "rows hold one view of each picture, and two are needed");
    const torch::Tensor all_MD = embedded(net, torch::cat({batch[array::image], batch[array::second]}), head_, pass);
    const std::int64_t pictures = all_MD.size(0) / 2;
    const Contrast found = contrast(all_MD.narrow(0, 0, pictures), all_MD.narrow(0, pictures, pictures), batch);
    return {found.losses.view({2, pictures}).mean(0), found.hits.narrow(0, 0, pictures)};
}

LossParts ViewContrast::loss(Backbone& net, const Batch& batch, const Pass& pass) const {
    return {{"loss", of_pictures(net, batch, pass).losses.sum()}};
}

Measures ViewContrast::measures(Backbone& net, const Batch& batch, const Pass& pass) const {
    const Contrast found = of_pictures(net, batch, pass);
    return {found.losses, {}, found.hits};
}

Parameters ViewContrast::parameters() const {
    Parameters all;
    head_.list(all);
    return all;
}

std::vector<std::string> view_metrics() {
    return {"loss", "accuracy", "feature_std", "effective_rank", "alignment", "uniformity"};
}

void learns_from_views(ObjectiveKind& kind) {
    kind.passes = 2;
    kind.causal = false;
    kind.head_parameters = projection_parameters;
    kind.least_rows = [](const Json&) { return std::int64_t{2}; };
    kind.metrics = view_metrics();
    kind.main_metric = "loss";
}

}  // namespace gw
