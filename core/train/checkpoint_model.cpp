#include "train/checkpoint_model.h"

#include "train/run_spec.h"
#include "train/settings.h"

namespace gw {

Result<CheckpointModel> CheckpointModel::load(const fs::path& checkpoint) {
    CheckpointModel loaded;
    Result<CheckpointFacts> facts = read_checkpoint_facts(checkpoint);
    if (!facts) return facts.error();
    loaded.facts = std::move(facts).value();
    if (Status sound = spec_status(loaded.facts.spec); !sound) return Error(sound.error()).at("checkpoint " + checkpoint.string());
    Result<std::unique_ptr<Tokenizer>> tokenizer = tokenizer_from_state(loaded.facts.tokenizer);
    if (!tokenizer) return tokenizer.error();
    loaded.tokenizer = std::move(tokenizer).value();
    // The device is this machine's business, not that of the machine that trained.
    auto training = settings_of<TrainingSettings>(loaded.facts.spec, "training");
    training.device = "auto";
    training.precision = "auto";
    training.threads = 0;
    Result<Compute> compute = resolve_compute(training);
    if (!compute) return compute.error();
    loaded.model = build_model(loaded.facts.spec, *loaded.tokenizer, compute.value(), label_facts_of(loaded.facts.state.value("labels", Json())));
    if (Status copied = load_weights(checkpoint, loaded.model); !copied) return copied.error();
    return loaded;
}

}  // namespace gw
