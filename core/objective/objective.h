#pragma once
#include <torch/types.h>

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "data/batch_source.h"
#include "model/backbone.h"
#include "schema/kind.h"
#include "util/rng.h"

namespace gw {

/// Sum over rows of -log softmax(logits)[target], float32; logits [N, V], targets [N] int64.
torch::Tensor cross_entropy_sum(const torch::Tensor& logits_NV, const torch::Tensor& targets_N);

/// A named part of what training minimises. It stays on the device; nothing here waits for it.
struct LossPart {
    std::string name;   ///< as it is recorded where there are several
    torch::Tensor sum;  ///< scalar float32, over the counted positions or the rows of the batch; differentiable
    double weight = 1;  ///< of this part in what is minimised
    /// What the sum is over, and so what a step divides it by to have a mean: the positions that count (of labelled
    /// data the rows), or the rows whatever counts in them.
    enum class Per { counted, row } per = Per::counted;
};
using LossParts = std::vector<LossPart>;

/// What a whole step holds, over all its micro-batches.
struct StepCounts {
    std::int64_t counted = 0, rows = 0;
};
/// A part as a share of its mean over the step; what is minimised is the sum of weight * share over parts and
/// micro-batches.
torch::Tensor share_of(const LossPart& part, const StepCounts& step);
torch::Tensor minimised(const LossParts& parts, const StepCounts& step);

/// One side of a training in which parts of the model work against each other (Goodfellow et al. 2014,
/// arXiv:1406.2661). Each has an optimizer and a schedule of its own and is updated in its turn, while the weights of
/// the others stand still.
struct PlayerRole {
    std::string name;  ///< "discriminator"; its loss is recorded as "train/discriminator_loss"
    /// Whether it trains a weight of the head, by its name in parameters(). The first player trains the backbone and
    /// what no other claims.
    std::function<bool(const std::string& weight)> trains;
    std::int64_t turns = 1;  ///< updates a step
    Json optimizer = {};     ///< section of a spec; null = as the run's
    Json schedule = {};      ///< likewise
};

/// What evaluation asks of a batch: a value for each counted position (row of labelled data), in their order, float32
/// on the device.
struct Measures {
    /// The plain measure, which runs with different losses can share: -log p of what is true, without smoothing,
    /// weights or focus (of scores that were trained by a margin: of their softmax); of numbers the squared error in
    /// the labels' own unit.
    torch::Tensor losses_N;
    torch::Tensor criterion_N;  ///< what training minimises, where that is something else; else undefined
    torch::Tensor hits_N;  ///< bool: the likeliest guess is right; undefined with labels, whose predictions tell more
    /// What is said of labelled rows: probabilities [B, classes] or numbers [B, 1], float32; of words [words, classes],
    /// in the order of the counted positions. Undefined without labels.
    torch::Tensor said = {};
    /// Parts of what training minimises, where it has several: name and values like losses_N.
    std::vector<std::pair<std::string, torch::Tensor>> parts = {};
};

/// Features [N, D] and targets [N] of the counted positions.
std::pair<torch::Tensor, torch::Tensor> counted(const torch::Tensor& features_BTD, const Batch& batch);

/// How features become scores (logits) of the vocabulary: `before` if it is set, which maps [N, width] to [N, D], then
/// a product with the weight, in the compute dtype of the pass.
struct OutputLayer {
    torch::Tensor weight_VD, bias_V = {};  ///< the bias may be undefined
    std::function<torch::Tensor(const torch::Tensor& features_ND)> before = {};
};
/// Cross entropy over the counted positions alone. The scores of all positions never exist together.
LossParts loss_of_counted(const torch::Tensor& features_BTD, const Batch& batch, const OutputLayer& output,
                          const Pass& pass);
/// The same position after position, with hits.
Measures measures_of_counted(const torch::Tensor& features_BTD, const Batch& batch, const OutputLayer& output,
                             const Pass& pass);

/// Names the random choices in each row of a batch: by the row, so that a training batch is pure in its seed; or by the
/// row's place in the data, so that a window is fed the same whatever stands beside it.
class RowSeeds {
  public:
    RowSeeds(std::uint64_t seed) : seed_(seed) {}  // implicit: a seed alone is one by row
    static RowSeeds by_place(std::uint64_t seed) {
        RowSeeds seeds(seed);
        seeds.by_place_ = true;
        return seeds;
    }
    /// Names other choices in the same rows.
    RowSeeds another(std::uint64_t stream) const {
        RowSeeds seeds = *this;
        seeds.seed_ = mix64(seed_, stream);
        return seeds;
    }
    std::uint64_t of(const HostBatch& rows, std::int64_t row) const {
        return mix64(seed_, static_cast<std::uint64_t>(by_place_ ? rows.places[static_cast<std::size_t>(row)] : row));
    }

  private:
    std::uint64_t seed_;
    bool by_place_ = false;
};

/// What objectives offer that draw rows out of nothing: pictures, or rows of a table.
inline constexpr const char* drawn_rows = "drawn rows";
/// Pictures that a model draws, in rows: uint8 [R, K, C, H, W], and what they are.
struct PictureSheet {
    /// "drawn" out of nothing, "between" two pictures, "steps" on the way from noise, "redrawn": seen, drawn again and
    /// as they were.
    std::string name;
    torch::Tensor pictures_RKCHW;
};
/// So many are drawn out of nothing where nobody says otherwise: rows and columns of a sheet.
inline constexpr std::int64_t sheet_rows = 8, sheet_columns = 8;

/// What is written into each gap of a text; nothing at all where the writer did not come to a gap.
using Filled = std::vector<std::optional<std::vector<Token>>>;

/// What is learnt: it makes a batch of rows, owns the head, runs the backbone as often as it needs, and gives the loss.
class Objective {
  public:
    virtual ~Objective() = default;
    /// The labels it learns from; with `none` it learns from the rows themselves.
    virtual LabelKind labels() const { return LabelKind::none; }
    /// Views of each picture that a row must hold: 2 = array::second as well.
    virtual std::int64_t views() const { return 1; }
    /// Whether the losses of two batches are those of their rows together. Not where rows are held against each other:
    /// then a score goes over batches of as many rows as a micro-batch of training has.
    virtual bool adds_up() const { return true; }
    /// Of text without labels: tokens that a row must hold for `context` positions to be fed.
    virtual std::int64_t window_length(std::int64_t context) const { return context; }
    /// How far such rows step, so that every token is a target once an epoch.
    virtual std::int64_t window_stride(std::int64_t context) const { return context; }
    /// Pure in (rows, seeds): the same step always feeds the same batch. CPU tensors.
    virtual Batch feed(const HostBatch& rows, const RowSeeds& seeds) const = 0;
    /// Its parts for a batch that lies on the backbone's device; each is divided by what counts in the whole step.
    virtual LossParts loss(Backbone& net, const Batch& batch, const Pass& pass) const = 0;
    /// Its sides in the order of their turns; with none everything is trained by one loss.
    virtual std::vector<PlayerRole> players() const { return {}; }
    /// What the player with this number in players() minimises in its turn; loss() is the first one's.
    virtual LossParts loss_of(std::size_t player, Backbone& net, const Batch& batch, const Pass& pass) const {
        (void)player;
        return loss(net, batch, pass);
    }
    /// What it is judged by, and what it says of labelled rows.
    virtual Measures measures(Backbone& net, const Batch& batch, const Pass& pass) const = 0;
    /// features [N, width] -> logits [N, vocabulary], float32; of objectives that write tokens.
    virtual torch::Tensor logits(const torch::Tensor& features_ND, const Pass& pass) const;
    /// Measures::said alone, without the truth; of objectives with labels.
    virtual torch::Tensor predict(Backbone& net, const Batch& batch, const Pass& pass) const;
    /// Of objectives that draw rows again: what the model is shown (of pictures grey or black where something is
    /// hidden), the same as the objective draws it, and the original; uint8 [B, 3, C, H, W], of rows of a table float32
    /// [B, 3, values], as a backbone sees them. Undefined of others.
    virtual torch::Tensor redrawn(Backbone& net, const Batch& batch, const Pass& pass) const {
        (void)net, (void)batch, (void)pass;
        return {};
    }
    /// Of objectives that draw rows out of nothing: `count` of them on the pass's device; of pictures uint8 [count, C,
    /// H, W], of rows of a table float32 [count, values], as a backbone sees them. The same seed draws the same.
    /// Undefined of others.
    virtual torch::Tensor drawn(Backbone& net, std::int64_t count, std::uint64_t seed, const Pass& pass) const {
        (void)net, (void)count, (void)seed, (void)pass;
        return {};
    }
    /// Whether drawing a row takes about as long as a pass, so that evaluations may judge what is drawn.
    virtual bool draws_quickly() const { return true; }
    /// What can be seen of it besides, for its samples; `some` are a few held-out rows as feed() made them.
    virtual std::vector<PictureSheet> sheets(Backbone& net, const Batch& some, std::uint64_t seed,
                                             const Pass& pass) const {
        (void)net, (void)some, (void)seed, (void)pass;
        return {};
    }
    /// What it keeps of each row to draw it from, [B, K] float32 at least: of a distribution its mean. Undefined of
    /// objectives without such a code.
    virtual torch::Tensor codes(Backbone& net, const Batch& batch, const Pass& pass) const {
        (void)net, (void)batch, (void)pass;
        return {};
    }
    /// What the two sides of a row come to, [B, D] each and of length 1, where an objective holds them against each
    /// other (a picture and its caption); undefined otherwise.
    virtual std::pair<torch::Tensor, torch::Tensor> pair_features(Backbone& net, const Batch& batch,
                                                                  const Pass& pass) const {
        (void)net, (void)batch, (void)pass;
        return {};
    }
    /// Of objectives that forecast: the rows behind those of array::series, [B, horizon, columns] in deviations as
    /// these, float32 at least; array::future is not asked for. Undefined of others.
    virtual torch::Tensor forecast(Backbone& net, const Batch& batch, const Pass& pass) const {
        (void)net, (void)batch, (void)pass;
        return {};
    }
    /// Of objectives that forecast quantiles: which, rising. Empty of others.
    virtual std::vector<double> quantiles() const { return {}; }
    /// Of these: [B, quantiles, horizon, columns] as forecast() gives one line; none lies below the one before it.
    virtual torch::Tensor forecast_quantiles(Backbone& net, const Batch& batch, const Pass& pass) const {
        (void)net, (void)batch, (void)pass;
        return {};
    }
    virtual Parameters parameters() const = 0;      ///< of the head alone
    virtual Buffers buffers() const { return {}; }  ///< likewise
    /// Called after each update of the weights, for what follows them.
    virtual void after_update(Backbone& net) { (void)net; }
    /// Whether the loss is a code length of the text, so that perplexity and bits per byte mean something.
    virtual bool is_language_model() const { return false; }
    /// Whether the loss is nats of a token, so that its exponential means something.
    virtual bool has_perplexity() const { return is_language_model(); }
    /// Whether the mask stands for any number of tokens in it, so that filled() writes them.
    virtual bool fills_gaps() const { return false; }
    /// What it writes for each mask in `ids`, of which the first `context` are seen; the likeliest token each time.
    /// Refused, with the reason, for a text that it cannot be asked. Empty of objectives that fill no gaps.
    virtual Result<Filled> filled(Backbone& net, const std::vector<Token>& ids, const Pass& pass) const {
        (void)net, (void)ids, (void)pass;
        return Filled();
    }
};

/// A trained model that an objective may ask while it teaches another. Frozen: it is never trained, and not saved with
/// its pupil.
struct Teacher {
    Backbone* net = nullptr;
    const Objective* objective = nullptr;
    Pass pass;  ///< without dropout
};

struct ObjectiveInputs {
    BackboneFacts backbone;
    const Tokenizer* tokenizer = nullptr;  ///< where rows hold tokens; outlives the objective
    std::uint64_t seed = 0;                ///< of the head's initial weights
    LabelFacts labels = {};
    /// Makes another backbone of the same kind, settings and first weights, for objectives that keep a copy of it.
    std::function<std::unique_ptr<Backbone>()> twin = {};
    /// Where ObjectiveKind::teacher names one and the model is built to be trained; outlives the objective.
    std::optional<Teacher> teacher = {};
};

/// What an objective takes beside its head and the passes through the backbone, as far as the spec alone tells. A unit
/// is a token, or a picture.
struct ObjectiveCost {
    double share = 1;               ///< of the backbone's work on a unit, and of what it keeps, that a pass takes
    double flops_per_unit = 0;      ///< of its own products, forward and backward
    double activation_bytes = 0;    ///< of a unit, kept by itself for the backward pass
    std::int64_t copies = 0;        ///< of backbone and head, which it holds beside those that are trained
    std::int64_t state_values = 0;  ///< float32, of its other buffers that checkpoints hold
};

struct ObjectiveKind : Kind<std::unique_ptr<Objective>, const ObjectiveInputs&> {
    bool causal = true;          ///< what `attention: auto` becomes
    bool head_when_tied = true;  ///< the head has weights of its own where the output shares the token embedding
    /// Weights of the head, as far as the spec alone tells: classes are known only when the data is read. `backbone` is
    /// what ObjectiveInputs says of it, without tensors.
    std::function<std::int64_t(const Json& settings, const BackboneFacts& backbone)> head_parameters =
        [](const Json&, const BackboneFacts&) { return std::int64_t{0}; };
    /// Times that a row goes through the backbone forward and backward: what a step keeps and computes grows by it.
    double passes = 1;
    /// What it costs besides; `backbone` as in head_parameters.
    std::function<ObjectiveCost(const Json& settings, const BackboneFacts& backbone)> cost =
        [](const Json&, const BackboneFacts&) { return ObjectiveCost(); };
    /// Of a unit whose one pass through the backbone takes `of_backbone`.
    double flops_per_unit(const Json& settings, const BackboneFacts& backbone, double of_backbone) const {
        const ObjectiveCost its = cost(settings, backbone);
        return passes * its.share * of_backbone + its.flops_per_unit;
    }
    /// Problems of settings that are clean in themselves with rows of this sort, as far as it is known: what feed()
    /// would refuse. `at` is the section's path.
    std::function<schema::Problems(const InputFacts&, const std::string& at)> check_input =
        [](const InputFacts&, const std::string&) { return schema::Problems{}; };
    /// The checkpoint whose model teaches, by the settings; empty = none.
    std::function<std::string(const Json&)> teacher = [](const Json&) { return std::string(); };
    /// Judged as labels of this kind are.
    void judged_as(LabelKind labels) {
        metrics = task_metric_names(labels);
        metrics.insert(metrics.begin() + 1, "criterion");
        main_metric = gw::main_metric(labels);
    }
};

/// All objective kinds, in the order people see them.
std::span<const ObjectiveKind> objectives();

}  // namespace gw
