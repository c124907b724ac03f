#pragma once
#include "model/layers.h"
#include "objective/objective.h"

// What objectives share that pull the views of a picture together and push other pictures away. Shape letters:
// N pictures, M two views of each (2 N), D width of the embeddings, K keys of a queue.
namespace gw {

/// The settings of a projection head; a kind's config derives from it and puts its fields behind its own.
struct ProjectionSettings {
    std::int64_t hidden = 0, projection = 128;

    static constexpr auto fields = std::tuple{
        schema::field<&ProjectionSettings::hidden>(
            {.key = "hidden",
             .label = "Hidden layer",
             .help = "Width of the layer between the features and the embedding; 0 = as wide as the features.",
             .min = 0,
             .max = 65536,
             .audience = schema::Audience::expert}),
        schema::field<&ProjectionSettings::projection>(
            {.key = "projection",
             .label = "Embedding",
             .help = "Width of the vectors that are compared. They are made for training alone: what is used "
                     "afterwards are the features before them.",
             .min = 2,
             .max = 8192,
             .scale = schema::Scale::log}),
    };
    std::int64_t hidden_of(std::int64_t width) const { return hidden > 0 ? hidden : width; }
};

/// ObjectiveKind::head_parameters of a kind whose config derives from ProjectionSettings and has no other head.
std::int64_t projection_parameters(const Json& settings, const BackboneFacts& backbone);

/// Linear, ReLU, linear, and the length taken away (Chen et al. 2020, arXiv:2002.05709, section 4.2).
class ProjectionHead {
  public:
    ProjectionHead() = default;
    ProjectionHead(const ObjectiveInputs& inputs, const ProjectionSettings& settings);
    /// [N, width] -> unit vectors [N, D], float32 (float64 for float64 input).
    torch::Tensor operator()(const torch::Tensor& features_NF, const Pass& pass) const;
    void list(Parameters& out) const;

  private:
    Linear hidden_, output_;
};

/// Each row over its length; a row of zeros stays one.
torch::Tensor unit_rows(const torch::Tensor& x_ND);

/// Of each row what training minimises, in nats, and whether its partner is nearer than everything that it is held
/// against (bool; a draw is no hit, so that a collapse does not look like success).
struct Contrast {
    torch::Tensor losses, hits;
};

/// NT-Xent (Chen et al. 2020, equation 1): -log softmax of s(i, partner) / T among the similarities of view i with the
/// 2 N - 1 other views. Takes unit vectors and gives M = 2 N rows: those of the first views, then those of the second.
Contrast nt_xent(const torch::Tensor& first_ND, const torch::Tensor& second_ND, double temperature);

/// InfoNCE one way (van den Oord et al. 2018, arXiv:1807.03748): -log softmax of s(query, its key) / T among the keys
/// of the batch. N rows.
Contrast one_way(const torch::Tensor& query_ND, const torch::Tensor& key_ND, double temperature);

/// The same among its own key and those of a queue (He et al. 2020, arXiv:1911.05722, equation 1). N rows.
Contrast against_queue(const torch::Tensor& query_ND, const torch::Tensor& key_ND, const torch::Tensor& queue_KD,
                       double temperature);

/// L_out (Khosla et al. 2020, arXiv:2004.11362, equation 2): the mean over all views of the same class, its own other
/// one among them, of -log softmax of s(i, p) / T among the 2 N - 1 other views. M rows as of nt_xent, which it is
/// where no two pictures share a class. A hit is the nearest view being of the same class.
Contrast supervised_contrast(const torch::Tensor& first_ND, const torch::Tensor& second_ND,
                             const torch::Tensor& classes_N, double temperature);

/// max(0, d2(i, farthest of its class) - d2(i, nearest of another) + margin) of each view i, d2 the squared distance of
/// unit vectors, 0 to 4 (Hermans, Beyer and Leibe 2017, arXiv:1703.07737, equation 5, with the squares of Schroff et
/// al. 2015, arXiv:1503.03832). M rows; where all are of one class there is nothing to be told apart, and the loss is
/// 0.
Contrast triplet_contrast(const torch::Tensor& first_ND, const torch::Tensor& second_ND, const torch::Tensor& classes_N,
                          double margin);

/// The mean over all other views of d^2 within a class and max(0, margin - d)^2 between classes, d the distance of unit
/// vectors, 0 to 2 (Hadsell, Chopra and LeCun 2006, "Dimensionality reduction by learning an invariant mapping"). M
/// rows; a hit as of supervised_contrast.
Contrast pair_contrast(const torch::Tensor& first_ND, const torch::Tensor& second_ND, const torch::Tensor& classes_N,
                       double margin);

/// The class of each row, int64 [N]. Throws Failure where a picture has none to be compared by.
torch::Tensor classes_of(const HostBatch& rows);

/// Embeddings of pictures by the features that the backbone pooled.
torch::Tensor embedded(Backbone& net, const torch::Tensor& pictures, const ProjectionHead& head, const Pass& pass);

/// Learns from two views of each picture of a batch, which pass the backbone together, so that batch norms see both. A
/// picture's loss is the mean over its views; its hit is that of its first.
class ViewContrast : public Objective {
  public:
    std::int64_t views() const override { return 2; }
    bool adds_up() const override { return false; }
    Batch feed(const HostBatch& rows, const RowSeeds&) const override;
    LossParts loss(Backbone& net, const Batch& batch, const Pass& pass) const override;
    Measures measures(Backbone& net, const Batch& batch, const Pass& pass) const override;
    Parameters parameters() const override;

  protected:
    ViewContrast(const ObjectiveInputs& inputs, const ProjectionSettings& settings) : head_(inputs, settings) {}
    /// M rows of the batch's embeddings.
    virtual Contrast contrast(const torch::Tensor& first_ND, const torch::Tensor& second_ND,
                              const Batch& batch) const = 0;

  private:
    /// N rows.
    Contrast of_pictures(Backbone& net, const Batch& batch, const Pass& pass) const;
    ProjectionHead head_;
};

/// What all kinds of such objectives have alike.
void learns_from_views(ObjectiveKind& kind);

/// What evaluations of an objective of two views report: loss, share of hits, and the meters of collapse.
std::vector<std::string> view_metrics();

}  // namespace gw
