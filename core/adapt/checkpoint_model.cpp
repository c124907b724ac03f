#include "adapt/checkpoint_model.h"

#include <algorithm>
#include <thread>

#include "spec/run_spec.h"
#include "spec/settings.h"
#include "spec/wants_captions.h"

namespace gw {

namespace {

Result<Compute> compute_of(const CheckpointFacts& facts) {
    auto training = settings_of<TrainingSettings>(facts.spec, "training");
    if (training.device != "cpu") training.device = "auto";
    const Json before = facts.state.value("computed_with", Json::object());
    const auto cores = static_cast<std::int64_t>(std::max(1U, std::thread::hardware_concurrency()));
    training.threads = std::min(training.threads, cores);
    training.precision = "auto";
    Result<Compute> compute = resolve_compute(training);
    if (!compute || before.value("device", "") != (compute.value().device.is_cuda() ? "cuda" : "cpu")) return compute;
    training.precision = before.value("precision", "auto");
    return resolve_compute(training);
}

}  // namespace

Result<CheckpointModel> CheckpointModel::load(const fs::path& checkpoint, const std::optional<Compute>& where) {
    CheckpointModel loaded;
    Result<CheckpointFacts> facts = read_checkpoint_facts(checkpoint);
    if (!facts) return facts.error();
    loaded.facts = std::move(facts).value();
    if (Status sound = spec_status(loaded.facts.spec); !sound)
        return Error(sound.error()).at("checkpoint " + checkpoint.string());
    Result<std::unique_ptr<Tokenizer>> tokenizer = tokenizer_from_state(loaded.facts.tokenizer);
    if (!tokenizer) return Error(tokenizer.error()).at("file " + (checkpoint / "tokenizer.json").string());
    loaded.tokenizer = std::move(tokenizer).value();
    Result<Compute> compute = where ? Result<Compute>(*where) : compute_of(loaded.facts);
    if (!compute) return compute.error();
    loaded.model = build_model(loaded.facts.spec, input_of(loaded.facts, *loaded.tokenizer), *loaded.tokenizer,
                               compute.value(), label_facts_of(loaded.facts.state.value("labels", Json())), {},
                               tasks_of(loaded.facts.state.value("tasks", Json())));
    if (Status copied = load_weights(checkpoint, loaded.model); !copied) return copied.error();
    return loaded;
}

PrepareRequest CheckpointModel::data_of(const Json& spec, const fs::path& cache, const ProgressFn& progress,
                                        std::stop_token stop) const {
    PrepareRequest ask{
        spec.at("dataset"), spec.at("split"), spec.at("tokenizer"), facts.tokenizer, false, cache, progress, stop};
    if (model.labels.kind != LabelKind::none) ask.labels = model.labels;
    ask.input = model.input;
    ask.captions = wants_captions(spec);
    return ask;
}

}  // namespace gw
