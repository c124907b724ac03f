#pragma once
#include "spec/spec_settings.h"
#include "util/phrase.h"
#include "workspace/workspace.h"

namespace gw {

/// A checkpoint as something to begin from.
struct ParentCard {
    fs::path checkpoint;
    Json spec, state;                   ///< as the checkpoint holds them
    std::int64_t step = 0, tokens = 0;  ///< tokens with those of its own ancestors
    std::optional<RunRecord> run;       ///< that it belongs to, where it is in the history
    std::vector<RunRecord> lineage;     ///< the run's parent, its parent, and so on
};

/// Reads what a checkpoint tells of itself; its hashes are not checked.
Result<ParentCard> parent_card(const Workspace& workspace, const fs::path& checkpoint);

/// The run of the history that a checkpoint folder lies in, if any.
std::optional<RunRecord> run_of_checkpoint(const Workspace& workspace, const Store& store, const fs::path& checkpoint);

/// A complete spec for a run that begins from a checkpoint: its backbone and tokenizer as they are, and for the rest
/// what usually works. `changes` is laid over it: at least the dataset; the objective is that which the dataset's
/// labels call for unless it is named. The data is read as the checkpoint's own was, where it is of the same kind and
/// `changes` does not say otherwise.
/// - Labelled data: a stratified split, 5 passes. Text: the checkpoint's objective, one pass, its end kept for
/// validation where there are
///   few documents. The rate warms up over 6 % of the run.
/// - Learning rate: of all weights a tenth of the checkpoint's on labelled data and a third on text; of the head or
/// adapters alone, and
///   of fresh weights, the same.
/// Errors: the changes are no sound spec, or the checkpoint does not fit them; each says where.
Result<Json> finetune_spec(const ParentCard& parent, const Json& changes);
/// The same with settings as typed: those that the suggestion of the rest depends on (dataset, start, kinds) before it,
/// the others over it. A kind that is set takes over what the changes ask of its section; error: it knows no such
/// setting.
Result<Json> finetune_spec(const ParentCard& parent, const Json& changes, const std::vector<Setting>& settings);

/// What a person should see of the differences between a run and its parent: of a section whose kind changes only what
/// differs from the kind's defaults, without what the old kind had.
std::vector<SpecDifference> plan_of(const ParentCard& parent, const Json& spec);

/// A layer of a backbone as a person freezes it.
struct LayerRow {
    std::string name;  ///< as start.frozen takes it: "tokens", "blocks.0", "blocks.0.attention"
    std::int64_t parameters = 0;
    int depth = 0;  ///< 0 = a layer, 1 = a part of it
    Phrase title;   ///< for people: "Block 1", "attention"
};
/// The layers of a checkpoint's backbone from the input to the output, each followed by its parts, as its kind names
/// them. Errors: there is no checkpoint.
Result<std::vector<LayerRow>> layers_of(const fs::path& checkpoint);

}  // namespace gw
