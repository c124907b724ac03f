#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "adapt/other_task.h"
#include "artifact/checkpoint.h"
#include "data/augmentation.h"
#include "objective/objective.h"
#include "optim/optimizer.h"
#include "spec/device.h"
#include "util/files.h"

namespace gw {

/// The trained whole: backbone, head, and the bank that holds both their weights.
struct Model {
    Compute compute;
    InputFacts input;   ///< what the backbone was made for
    LabelFacts labels;  ///< what the head was made for
    std::unique_ptr<Backbone> backbone;
    std::unique_ptr<Objective> objective;
    /// What the first player trains, or all there is; names begin with "backbone." or "head.".
    std::unique_ptr<ParameterBank> bank;
    /// Of the other players (Objective::players()), in their order.
    std::vector<std::unique_ptr<ParameterBank>> rivals = {};
    std::vector<ParameterBank*> banks() const;  ///< of every player
    std::vector<OtherTask> others = {};         ///< of a task of a sequence: heads of tasks besides its own
    /// What holds weights near where earlier tasks left them (Holding::state), and what is carried from step to step
    /// (Lanes): lies in checkpoints beside the weights.
    Parameters held = {};
    /// Tokens (or pictures) that one micro-batch of its training holds at most: nothing that merely looks at the model
    /// takes more at once.
    std::int64_t units_at_once = 0;
    std::int64_t micro_batch = 1;           ///< rows of one
    std::vector<std::string> metrics = {};  ///< that evaluations of its objective report
    /// Changes training pictures, and held-out ones for an objective of several views; null = none.
    std::shared_ptr<const Augmentation> augmentation = {};
    Pass pass(bool training) const { return {compute.dtype, training}; }
};

/// Builds the model of a complete spec with its first weights, and with the adapters that it asks for. Nothing is
/// trained until the bank's paces are set. The tokenizer must outlive it. Throws Failure when an adapter is asked for
/// where there is no such projection. `others`: tasks to have heads for besides; those beside are trained, and with
/// `train_earlier` all.
Model build_model(const Json& spec, const InputFacts& input, const Tokenizer& tokenizer, const Compute& compute,
                  const LabelFacts& labels = {}, const std::optional<Teacher>& teacher = {},
                  const std::vector<TaskFacts>& others = {}, bool train_earlier = false);

/// Gathers the weights of backbone and head in the banks of those who train them, on the model's device. build_model()
/// does so.
void fill_banks(Model& model);

/// Moves a kind's buffers to where they are used.
void move_to(const torch::Device& device, Buffers buffers);

/// What a checkpoint holds besides tensors.
struct CheckpointFacts {
    Json spec;
    Json state;      ///< step, tokens, seconds, seed, sampler, schedule, hashes, best so far, input, labels
    Json tokenizer;  ///< Tokenizer::state()
};

/// A bank and what updates it.
struct Optimized {
    ParameterBank* bank = nullptr;
    Optimizer* optimizer = nullptr;  ///< may be null where only what follows is meant
    /// As long as the bank's weights: those that are trained, while the bank holds their average. Undefined where it
    /// holds none.
    torch::Tensor aside = {};
};

/// A checkpoint on its way to the disk: all that goes into its folder.
class CheckpointImage {
  public:
    /// Copied: in memory of its own, which the training that goes on does not touch, so that any thread may write it
    /// whenever it likes. Viewed: the tensors of a model on the CPU are its own, which must rest until it is written.
    enum class Tensors { copied, viewed };
    /// Of the optimizer's state, and of what lies aside, what is trained is taken; what a kind calls state among its
    /// buffers lies with the weights. Refuses weights that are not finite.
    static Result<CheckpointImage> take(Model& model, const std::vector<Optimized>& optimized,
                                        const CheckpointFacts& facts, Tensors tensors);
    CheckpointImage(CheckpointImage&&) noexcept;
    CheckpointImage& operator=(CheckpointImage&&) noexcept;
    ~CheckpointImage();
    /// Writes the checkpoint's files (backbone, head and optimizer apart, state, spec, tokenizer, manifest) and puts it
    /// in place; returns its size in bytes. `settle` as in CheckpointWriter::commit().
    Result<std::uint64_t> write(CheckpointWriter& writer, const std::function<Status()>& settle = {}) const;

  private:
    struct Parts;
    explicit CheckpointImage(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

/// Bytes that a checkpoint of now would take, without what is small beside the tensors.
std::uint64_t checkpoint_bytes(Model& model, const std::vector<Optimized>& optimized);

/// Takes an image and writes it at once into a folder, atomically; returns its size in bytes.
Result<std::uint64_t> save_checkpoint(const fs::path& folder, Model& model, const std::vector<Optimized>& optimized,
                                      const CheckpointFacts& facts);

/// What a checkpoint's backbone was made for; one that does not say so was made for the tokens of its tokenizer.
InputFacts input_of(const CheckpointFacts& facts, const Tokenizer& tokenizer);

/// Verifies a checkpoint and reads its JSON parts, the spec as today's program writes it.
Result<CheckpointFacts> read_checkpoint_facts(const fs::path& folder);

/// Copies weights into the model in place, and what holds them; every tensor must be there with its shape, but for what
/// is carried from step to step, which stays as it is where the checkpoint has other rows.
Status load_weights(const fs::path& folder, Model& model);

/// Copies what holds weights from the checkpoint of the task before: what it has of it. Nothing where it has none.
Status load_held(const fs::path& folder, Model& model);

/// Copies the optimizers' state and what lies aside in place, for what the banks train now. What joined the training
/// after the checkpoint was written (its pace says since when) has none there and begins at zero; what is frozen now is
/// passed over.
Status load_optimizers(const fs::path& folder, const std::vector<Optimized>& optimized);

}  // namespace gw
