#include "train/inference.h"

#include "data/prepare.h"
#include "eval/evaluate.h"
#include "train/checkpoint_model.h"
#include "train/run_spec.h"
#include "train/sampler.h"

namespace gw {

namespace {

Error bad_part(const std::string& part) {
    return {Error::Code::bad_spec, "There is no part \"" + part + "\"", "Use validation or test", {}};
}

}  // namespace

Result<std::string> sample_checkpoint(const fs::path& checkpoint, const std::string& prompt, const SamplingOptions& options) {
    Result<CheckpointModel> loaded = CheckpointModel::load(checkpoint);
    if (!loaded) return loaded.error();
    const CheckpointModel& it = loaded.value();
    return write_text(*it.model.backbone, *it.model.objective, *it.tokenizer, prompt, options, it.model.pass(false), it.model.compute.device, {});
}

Result<std::map<std::string, double>> evaluate_checkpoint(const fs::path& checkpoint, const std::string& part, const std::vector<std::string>& data,
                                                          const fs::path& cache, const ProgressFn& progress, std::stop_token stop) {
    if (part != "validation" && part != "test") return bad_part(part);
    Result<CheckpointModel> loaded = CheckpointModel::load(checkpoint);
    if (!loaded) return loaded.error();
    CheckpointModel& it = loaded.value();
    Json spec = it.facts.spec;
    if (!data.empty()) {
        spec["dataset"] = {{"kind", "text_files"}, {"paths", data}};
        if (Status sound = spec_status(spec); !sound) return sound.error();
        spec = complete_spec(spec);
    }
    PrepareRequest ask{spec.at("dataset"), spec.at("split"), spec.at("tokenizer"), it.facts.tokenizer, !data.empty(), cache, progress, stop};
    Result<PreparedData> prepared = prepare_data(ask);
    if (!prepared) return prepared.error();
    const TokenStream& stream = part == "test" ? prepared.value().test : prepared.value().validation;
    if (stream.size() < 2)
        return Error{Error::Code::bad_data, "The " + part + " part is empty", "Give other text with --data, or a split with a " + part + " part", {}};
    const auto settings = settings_of<EvaluationSettings>(spec, "evaluation");
    EvaluationOptions options;
    options.overlap = settings.overlap;
    options.device = it.model.compute.device;
    const Evaluation scored = evaluate(*it.model.backbone, *it.model.objective, stream, it.model.pass(false), options,
                                       [&](double done) { if (progress) progress("evaluating", done); }, stop);
    if (scored.scored == 0) return Error{Error::Code::cancelled, "Stopped before the end", "", {}};
    auto metrics = scored.metrics(it.model.objective->is_language_model());
    metrics["tokens"] = static_cast<double>(scored.scored);
    metrics["bytes"] = static_cast<double>(stream.bytes());
    return metrics;
}

}  // namespace gw
