#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>

#include "objective/catalog.h"
#include "objective/contrastive.h"

// Shape letters: N pictures, D width of the embeddings, K keys of the queue.
namespace gw {

namespace {

struct MocoConfig : ProjectionSettings {
    double temperature = 0.2, momentum = 0.99;
    std::int64_t queue = 4096;

    static constexpr auto fields = std::tuple_cat(
        std::tuple{
            schema::field<&MocoConfig::queue>(
                {.key = "queue",
                 .label = "Queue",
                 .help =
                     "Pictures of earlier steps that each picture is held against, so that a small micro-batch will "
                     "do. 0 = the others of its micro-batch, to which accumulation adds none.",
                 .unit = "pictures",
                 .min = 0,
                 .max = 1048576}),
            schema::field<&MocoConfig::momentum>(
                {.key = "momentum",
                 .label = "Momentum",
                 .help = "Share of its own weights that the copy of the model, which makes the keys, keeps at each "
                         "step; the rest comes from the model that is trained. The fewer the steps, the lower.",
                 .min = 0,
                 .max = 1}),
            schema::field<&MocoConfig::temperature>(
                {.key = "temperature",
                 .label = "Temperature",
                 .help = "What similarities are divided by: the lower, the more the loss looks at the likest of the "
                         "other pictures.",
                 .min = 0.01,
                 .max = 10,
                 .scale = schema::Scale::log}),
        },
        ProjectionSettings::fields);
};

constexpr const char *backbone_key = "key.backbone.", *head_key = "key.head.";

/// A view's embedding (the query) is to be nearer to that of the picture's other view (the key) than to the keys of a
/// queue. Keys are made by a copy of backbone and head whose weights follow the trained ones: after each update
/// key = m key + (1 - m) query. Then the step's keys take the place of the queue's oldest, micro-batch after
/// micro-batch. Without a queue the other keys of the batch stand for it (Chen et al. 2021, arXiv:2104.02057).
///
/// The queue begins as random directions. The copy begins as what is trained when the first step does, which is not
/// what the backbone was built as where its weights come from a checkpoint.
///
/// While training the copy's batch norms take the statistics of the keys' micro-batch, as the trained one's do of the
/// queries', and keep running ones of their own; a norm that is frozen is so in both. One device has nobody to shuffle
/// pictures with, so that batch norms can tell the key of a batch from those of the queue (He et al. 2020, section
/// 3.3): a backbone with another norm cannot cheat so.
///
/// Evaluations hold each picture against the keys of its own batch: the queue begins at random and fills with time, so
/// that figures against it would tell its age. They change neither the copy nor the queue.
class Moco final : public Objective {
  public:
    Moco(const MocoConfig& config, const ObjectiveInputs& inputs) : config_(config), head_(inputs, config) {
        if (!inputs.twin) return;  // of features alone: nothing asks for a loss
        key_ = inputs.twin();
        key_head_ = ProjectionHead(inputs, config);
        begun_ = torch::zeros({1}, torch::kInt64);
        if (config.queue == 0) return;
        const torch::NoGradGuard no_grad;
        queue_KD = unit_rows(
            Initialiser("gpt2", inputs.seed).table("queue", config.queue, config.projection, /*spread=*/1).detach());
        oldest_ = torch::zeros({1}, torch::kInt64);
    }

    std::int64_t views() const override { return 2; }
    bool adds_up() const override { return false; }

    Batch feed(const HostBatch& rows, const RowSeeds&) const override {
        Batch batch(rows);
        batch.counted = rows.rows;
        return batch;
    }

    LossParts loss(Backbone& net, const Batch& batch, const Pass& pass) const override {
        if (pass.training && key_) begin(net);
        const torch::Tensor query_ND = embedded(net, batch[array::image], head_, pass), key_ND = keys(net, batch, pass);
        if (pass.training && queue_KD.defined()) remember(key_ND);
        return {{"loss", contrast(query_ND, key_ND).losses.sum()}};
    }

    Measures measures(Backbone& net, const Batch& batch, const Pass& pass) const override {
        const Contrast found =
            one_way(embedded(net, batch[array::image], head_, pass), keys(net, batch, pass), config_.temperature);
        return {found.losses, {}, found.hits};
    }

    Parameters parameters() const override {
        Parameters all;
        head_.list(all);
        return all;
    }

    Buffers buffers() const override {
        if (!key_) return {};
        Buffers all;
        for (const Parameter& p : copied()) all.push_back({p.name, p.tensor, /*state=*/true});
        for (const Buffer& b : key_->buffers()) all.push_back({backbone_key + b.name, b.tensor, b.state});
        all.push_back({"key.begun", begun_, /*state=*/true});
        if (!queue_KD.defined()) return all;
        all.push_back({"queue", queue_KD, /*state=*/true});
        all.push_back({"queue.oldest", oldest_, /*state=*/true});
        return all;
    }

    void after_update(Backbone& net) override {
        if (!key_) return;
        const torch::NoGradGuard no_grad;
        begin(net);
        for (auto& [key, query] : pairs(net)) key.lerp_(query, 1 - config_.momentum);
        enqueue();
    }

  private:
    /// Weights of the copy, by their names among the buffers.
    Parameters copied() const {
        Parameters all, of_head;
        for (const Parameter& p : key_->parameters()) all.push_back({backbone_key + p.name, p.tensor});
        key_head_.list(of_head);
        for (const Parameter& p : of_head) all.push_back({head_key + p.name, p.tensor});
        return all;
    }

    /// Each weight of the copy with the one that it follows.
    std::vector<std::pair<torch::Tensor, torch::Tensor>> pairs(const Backbone& net) const {
        Parameters trained;
        for (const Parameter& p : net.parameters()) trained.push_back({backbone_key + p.name, p.tensor});
        Parameters of_head;
        head_.list(of_head);
        for (const Parameter& p : of_head) trained.push_back({head_key + p.name, p.tensor});
        const Parameters copies = copied();
        const bool alike = std::equal(copies.begin(), copies.end(), trained.begin(), trained.end(),
                                      [](const Parameter& a, const Parameter& b) { return a.name == b.name; });
        if (!alike)
            throw Failure({Error::Code::bad_spec,
                           "Momentum contrast keeps a copy of the backbone, which adapters have no part in",
                           "Set start.train to something else than lora, or objective.kind=simclr",
                           {"field objective.kind"}});
        std::vector<std::pair<torch::Tensor, torch::Tensor>> out;
        for (std::size_t i = 0; i < copies.size(); ++i) out.emplace_back(copies[i].tensor, trained[i].tensor.detach());
        return out;
    }

    /// Makes the copy what is trained, once in a run. Whether it was done is read where it changed alone (a checkpoint
    /// was loaded), since reading waits for a device.
    void begin(const Backbone& net) const {
        if (has_begun()) return;
        const torch::NoGradGuard no_grad;
        for (auto& [key, query] : pairs(net)) key.copy_(query);
        const Buffers ours = net.buffers(), theirs = key_->buffers();
        for (std::size_t i = 0; i < theirs.size(); ++i)
            if (torch::Tensor to = theirs[i].tensor; theirs[i].state) to.copy_(ours[i].tensor);
        torch::Tensor(begun_).fill_(1);
    }
    bool has_begun() const {
        const auto version = static_cast<std::int64_t>(begun_._version());
        if (version != begun_version_) begun_seen_ = begun_.item<std::int64_t>() != 0;
        begun_version_ = version;
        return begun_seen_;
    }

    /// Unit vectors [N, D] of the second views.
    torch::Tensor keys(Backbone& net, const Batch& batch, const Pass& pass) const {
        TORCH_CHECK(key_, "built without a twin of the backbone, so that there are no keys to compare with");
        TORCH_CHECK(batch[array::second].defined(), "rows hold one view of each picture, and two are needed");
        const torch::NoGradGuard no_grad;
        Pass quiet = pass;
        quiet.observe = {};
        if (!has_begun()) return embedded(net, batch[array::second], head_, quiet);
        if (pass.training) {
            // What a frozen weight means to the layer that has it, it means to the layer's copy.
            const Parameters trained = net.parameters(), copies = key_->parameters();
            for (std::size_t i = 0; i < copies.size(); ++i)
                torch::Tensor(copies[i].tensor).requires_grad_(trained[i].tensor.requires_grad());
        }
        return embedded(*key_, batch[array::second], key_head_, quiet);
    }

    Contrast contrast(const torch::Tensor& query_ND, const torch::Tensor& key_ND) const {
        return queue_KD.defined() ? against_queue(query_ND, key_ND, queue_KD, config_.temperature)
                                  : one_way(query_ND, key_ND, config_.temperature);
    }

    /// Keeps the keys of a micro-batch until the step ends; of more than the queue holds the last.
    void remember(const torch::Tensor& key_ND) const {
        fresh_.push_back(key_ND);
        std::int64_t count = 0;
        for (const torch::Tensor& keys : fresh_) count += keys.size(0);
        while (count - fresh_.front().size(0) >= config_.queue) {
            count -= fresh_.front().size(0);
            fresh_.erase(fresh_.begin());
        }
    }

    /// Keys that are not finite stay out: one would spoil every loss until it left the queue.
    void enqueue() {
        if (fresh_.empty()) return;
        torch::Tensor keys_ND = torch::cat(fresh_).to(queue_KD.scalar_type());
        fresh_.clear();
        if (keys_ND.size(0) > config_.queue)
            keys_ND = keys_ND.narrow(0, keys_ND.size(0) - config_.queue, config_.queue);
        const torch::Tensor at_N =
            (oldest_ + torch::arange(keys_ND.size(0), oldest_.options())).remainder(config_.queue);
        const torch::Tensor finite_N1 = torch::isfinite(keys_ND).all(1, /*keepdim=*/true);
        queue_KD.index_copy_(0, at_N, torch::where(finite_N1, keys_ND, queue_KD.index_select(0, at_N)));
        oldest_.add_(keys_ND.size(0)).remainder_(config_.queue);
    }

    MocoConfig config_;
    ProjectionHead head_, key_head_;
    std::unique_ptr<Backbone> key_;             ///< null where no twin was given
    torch::Tensor queue_KD;                     ///< unit vectors; undefined without a queue
    torch::Tensor oldest_;                      ///< [1] row of the queue that is replaced next
    torch::Tensor begun_;                       ///< [1], 1 once the copy follows
    mutable std::vector<torch::Tensor> fresh_;  ///< keys of the step, in their order
    mutable std::int64_t begun_version_ = -1;
    mutable bool begun_seen_ = false;
};

}  // namespace

ObjectiveKind moco_kind() {
    auto kind = kind_of<ObjectiveKind, MocoConfig>(
        {.id = "moco",
         .title = "MoCo",
         .summary = "Two views of each picture are found among pictures of earlier steps, kept in a queue by a slower "
                    "copy of the model: features from pictures without labels, with small micro-batches.",
         .source = "He et al. 2020, arXiv:1911.05722; head of Chen et al. 2020, arXiv:2003.04297"},
        [](const MocoConfig& config, const ObjectiveInputs& inputs) -> std::unique_ptr<Objective> {
            return std::make_unique<Moco>(config, inputs);
        });
    kind.needs = {"image", "pooled features", "views that differ"};
    kind.causal = false;
    kind.head_parameters = projection_parameters;
    // The copy and the queue; of each picture its similarities to the queue and the softmax of them.
    kind.cost = [](const Json& settings, const BackboneFacts&) {
        MocoConfig config;
        (void)schema::load(config, settings, "objective");
        return ObjectiveCost{.activation_bytes = 2.0 * 4.0 * static_cast<double>(config.queue),
                             .copies = 1,
                             .state_values = config.queue * config.projection};
    };
    kind.least_rows = [](const Json& settings) { return settings.value("queue", MocoConfig().queue) > 0 ? 1 : 2; };
    kind.metrics = view_metrics();
    kind.main_metric = "loss";
    return kind;
}

}  // namespace gw
