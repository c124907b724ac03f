#pragma once
#include <ATen/core/Generator.h>
#include <torch/types.h>

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "model/batch.h"
#include "model/decoder.h"
#include "model/layer_place.h"
#include "schema/kind.h"

namespace gw {

/// A trainable tensor with its place in the model ("blocks.0.attention.qkv.weight").
struct Parameter {
    std::string name;
    torch::Tensor tensor;  ///< float32 leaf
};
using Parameters = std::vector<Parameter>;

/// A tensor that is not trained but belongs to a kind: it moves with the model to its device. Keeps its identity, as a
/// parameter does.
struct Buffer {
    std::string name;
    torch::Tensor tensor;
    bool state = false;  ///< follows from no setting, so that checkpoints must hold it (running statistics); tables
                         ///< need not be saved
};
using Buffers = std::vector<Buffer>;

/// Whether the blocks of a transformer keep nothing for the backward pass but what went into each, and go forward once
/// more when its turn comes (Chen et al. 2016, arXiv:1604.06174). `automatic`: where recompute_pays() says so.
enum class Recompute : std::uint8_t { off, automatic, on };

/// What one forward pass runs in: the dtype of matrix products, and whether dropout is on.
struct Pass {
    torch::Dtype compute = torch::kFloat32;
    bool training = false;
    /// Bool [B, T], true where a row holds a token; undefined = everywhere. Rows are padded behind their end only. Set
    /// by the backbone.
    torch::Tensor valid_BT = {};
    /// Float [T, T], minus infinity where a column lies ahead of its row: made once for all layers; undefined =
    /// attention makes its own.
    torch::Tensor future_TT = {};
    /// Shown the output of every block, if set, by the name that its parameters' names begin with (LayerPlace::name).
    std::function<void(const std::string& name, const torch::Tensor& values)> observe = {};
    /// Shown what every attention looks at, if set: [B, heads, T, T] before dropout, by the name that its parameters'
    /// names begin with. Costs as much again as the attention.
    std::function<void(const std::string& name, const torch::Tensor& weights_BHTT)> attended = {};
    /// Dropout draws from it, of the device of the pass; without one from LibTorch's, which everybody in the process
    /// shares.
    std::optional<at::Generator> generator = {};
    Recompute recompute = Recompute::off;
};

/// How a picture is cut into patches: `rows` x `columns` of them, each `side` pixels high and wide.
struct PatchGrid {
    std::int64_t rows = 0, columns = 0, side = 0, channels = 0;
    std::int64_t count() const { return rows * columns; }
    std::int64_t values() const { return channels * side * side; }  ///< of a patch
};

/// The windows that a backbone of series reads.
struct SeriesShape {
    std::int64_t look_back = 0, horizon = 0, columns = 0;
    /// Its features [B, columns, horizon] are a forecast already; else they are [B, look-back, width].
    bool forecasts = false;
};

/// What an objective needs to know of a backbone to build heads for it.
struct BackboneFacts {
    std::int64_t width = 0;    ///< of the features
    std::int64_t context = 1;  ///< tokens that a row holds at most; 1 where a row is one thing, such as a picture
    std::int64_t vocabulary = 0;
    bool causal = true;
    bool tied = false;                       ///< the output projection shares the token embedding
    torch::Tensor token_embedding;           ///< [vocabulary, width]; undefined where there are no tokens
    std::optional<PatchGrid> patches = {};   ///< of a backbone with by_patches()
    std::optional<SeriesShape> series = {};  ///< of a backbone of series
    std::optional<ImageInput> image = {};    ///< what it reads, of a backbone of pictures alone
    std::optional<TableInput> table = {};    ///< likewise of tables
    bool maps = false;                       ///< its map is as high and wide as the pictures
};

/// What a backbone makes of a batch, in the pass's compute dtype, normalised and ready for a head. One of the first
/// two, and then pooled as the objective wishes; or pooled alone.
struct Features {
    torch::Tensor sequence_BTD;
    torch::Tensor map_BCHW;
    torch::Tensor pooled_BD;  ///< undefined of sequences, which are pooled in several ways
};

/// Low-rank adapters (Hu et al. 2021, arXiv:2106.09685): y = x (W + alpha / rank B A)^T with A [rank, in] and B [out,
/// rank].
struct LoraShape {
    std::int64_t rank = 8;
    double alpha = 16, dropout = 0;
    std::vector<std::string> projections;  ///< of those that the backbone's kind lists
};

/// A weight that got an adapter, and the projection that it is.
struct Adapted {
    std::string projection, weight;
};

/// What a backbone that reads pictures by patches can do beside features(): see a part of them alone (He et al. 2021,
/// arXiv:2111.06377).
class PatchEncoder {
  public:
    virtual ~PatchEncoder() = default;
    virtual PatchGrid grid() const = 0;
    /// The batch's pictures, standardised, as values of patch after patch in row order: [B, N, channels * side^2].
    virtual torch::Tensor patches(const Batch& batch, const Pass& pass) = 0;
    /// Features [B, K, D] of the patches that `kept_BK` (int64) numbers, which see each other alone.
    virtual torch::Tensor encode(const torch::Tensor& patches_BNP, const torch::Tensor& kept_BK, const Pass& pass) = 0;
    /// Such patches as pictures again: uint8 [B, C, H, W], what is darker than black or brighter than white cut off.
    virtual torch::Tensor drawn(const torch::Tensor& patches_BNP) const = 0;
};

/// The trunk that is kept for fine-tuning: from what rows are made of to features.
class Backbone {
  public:
    virtual ~Backbone() = default;
    virtual Features features(const Batch& batch, const Pass& pass) = 0;
    virtual BackboneFacts facts() const = 0;
    /// In a fixed order, each tensor once. Freezing, rates by layer and the list of layers ask BackboneKind::place
    /// where each stands; norms and biases are those with one axis.
    virtual Parameters parameters() const = 0;
    /// Whether such a pass cuts nearly all of its work into pieces for TaskPool itself, the same for any number of
    /// threads: then rows need no slots of their own for all threads to have work.
    virtual bool shares_work(const Pass& pass) const {
        (void)pass;
        return false;
    }
    virtual Buffers buffers() const { return {}; }  ///< in a fixed order, each tensor once
    /// Itself by patches; null of a backbone that does not read pictures so (its kind does not offer "patches").
    virtual PatchEncoder* by_patches() { return nullptr; }
    /// Itself token by token; refused, with the reason, by a backbone that cannot. `pass` is none of training.
    virtual Result<std::unique_ptr<Decoder>> decoder(const Pass& pass) {
        (void)pass;
        return Error{Error::Code::bad_spec,
                     "This architecture does not write token by token",
                     "Read the whole text at once",
                     {"section backbone"}};
    }
    /// Puts low-rank adapters beside the projections that `lora` names; parameters() lists them from then on. Gives
    /// what it adapted: a projection that is not among them was missed. A kind that lists no projections takes none.
    virtual std::vector<Adapted> adapt(const LoraShape& lora, std::uint64_t seed) {
        (void)lora, (void)seed;
        return {};
    }
    /// Adds the adapters to the weights that they stand beside, and takes them away.
    virtual void merge_adapters() {}
};

/// What exists only at run time when a backbone is built.
struct BackboneInputs {
    InputFacts input;        ///< what rows are made of
    bool causal = true;      ///< what the objective asks of `attention: auto`
    std::uint64_t seed = 0;  ///< of the initial weights
};

/// Bytes that a step on a CPU in float32 keeps of a unit for its backward pass, as the blocks of a transformer do; 0 =
/// not known.
struct KeptForBackward {
    double all = 0;            ///< by all blocks
    double inputs = 0;         ///< by all blocks of which only what went into each is kept
    double at_work = 0;        ///< by the block that is at work, besides
    double block_weights = 0;  ///< parameters of the blocks
    bool shares_work = false;  ///< as Backbone::shares_work()
};

/// Analytic size of a backbone, known without building it.
/// A unit is a token, or a picture.
struct BackboneSize {
    std::int64_t parameters = 0;
    std::int64_t context = 1, width = 0, layers = 0;
    bool tied = false;
    std::optional<PatchGrid> patches = {};   ///< as in BackboneFacts; none while the pictures' size is unknown
    std::optional<SeriesShape> series = {};  ///< as in BackboneFacts
    bool maps = false;                       ///< likewise
    double activation_bytes_per_unit = 0;    ///< kept for the backward pass, in bf16 where the pass would use it
    double flops_per_unit = 0;               ///< of its products, forward and backward
    KeptForBackward on_cpu = {};             ///< of a unit, where it is known apart
};

/// What a kind of backbone promises beside its class. Required: `size`. A setting that no weight depends on is
/// `weightless`; what a spec leaves to the objective is settled by `settled`; parameters that are not named by blocks
/// need a `place` of their own, or freezing, gradual unfreezing and rates by layer would take them all for layer 0.
/// `remedies` name settings under which it would offer what an objective needs.
struct BackboneKind : Kind<std::unique_ptr<Backbone>, const BackboneInputs&> {
    /// Counts what the backbone would have, without building it; `layers` is that of places other than layer 0.
    std::function<BackboneSize(const Json&, const InputFacts&)> size;
    /// Problems of settings that are clean in themselves with rows of this sort, as far as it is known: what the
    /// builder would refuse. `at` is the section's path.
    std::function<schema::Problems(const Json&, const InputFacts&, const std::string& at)> check_input =
        [](const Json&, const InputFacts&, const std::string&) { return schema::Problems{}; };
    /// Where a parameter stands, by its name as in parameters(). Pure.
    std::function<LayerPlace(const std::string& parameter)> place = place_by_block;
    /// The settings with what `auto` came to under an objective that is causal or not, so that another objective leaves
    /// the weights their sense.
    std::function<Json(const Json&, bool causal)> settled = [](const Json& json, bool) { return json; };
    std::vector<std::string> projections;       ///< that adapters may stand beside; none = the kind takes no adapters
    std::vector<std::string> more_projections;  ///< that take one only where the spec names them
    /// Of `projections`, those that these settings leave out.
    std::function<std::vector<std::string>(const Json&)> absent_projections = [](const Json&) {
        return std::vector<std::string>{};
    };
};

/// All backbone kinds, in the order people see them.
std::span<const BackboneKind> backbones();

}  // namespace gw
