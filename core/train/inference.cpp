#include "train/inference.h"

#include "data/prepare.h"
#include "train/checkpoint_model.h"
#include "train/run_spec.h"
#include "train/sampler.h"
#include "train/scoring.h"
#include "train/tell.h"

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

Result<Score> score_checkpoint(const fs::path& checkpoint, const std::string& part, const std::vector<std::string>& data, const fs::path& cache,
                               const ProgressFn& progress, std::stop_token stop) {
    if (part != "validation" && part != "test") return bad_part(part);
    Result<CheckpointModel> loaded = CheckpointModel::load(checkpoint);
    if (!loaded) return loaded.error();
    const CheckpointModel& it = loaded.value();
    const bool labelled = it.model.labels.kind != LabelKind::none;
    Json spec = it.facts.spec;
    if (!data.empty()) {
        if (labelled) spec["dataset"]["paths"] = data;
        else spec["dataset"] = {{"kind", "text_files"}, {"paths", data}};
        if (Status sound = spec_status(spec); !sound) return sound.error();
        spec = complete_spec(spec);
    }
    PrepareRequest ask{spec.at("dataset"), spec.at("split"), spec.at("tokenizer"), it.facts.tokenizer, !data.empty(), cache, progress, stop};
    if (labelled) ask.labels = it.model.labels;
    Result<PreparedData> prepared = prepare_data(ask);
    if (!prepared) return prepared.error();
    const Part which = part == "test" ? Part::test : Part::validation;
    if (labelled ? prepared.value().examples(which).size() == 0 : prepared.value().stream(which).size() < 2)
        return Error{Error::Code::bad_data, "The " + part + " part is empty", "Give other data with --data, or a split with a " + part + " part", {}};
    const auto settings = settings_of<EvaluationSettings>(spec, "evaluation");
    Score found = score_part(it.model, *it.model.objective, prepared.value(), which, {0, settings.overlap, 32},
                             [&](double done) { if (progress) progress("evaluating", done); }, stop);
    if (found.scored == 0) return Error{Error::Code::cancelled, "Stopped before the end", "", {}};
    if (!labelled) {
        found.metrics["tokens"] = static_cast<double>(found.scored);
        found.metrics["bytes"] = static_cast<double>(prepared.value().stream(which).bytes());
    } else {
        found.metrics["rows"] = static_cast<double>(found.scored);
    }
    return found;
}

Result<std::vector<std::string>> tell_checkpoint(const fs::path& checkpoint, const std::vector<std::string>& texts) {
    Result<CheckpointModel> loaded = CheckpointModel::load(checkpoint);
    if (!loaded) return loaded.error();
    const CheckpointModel& it = loaded.value();
    const auto told = tell(it.model, *it.tokenizer, texts);
    if (!told) return told.error();
    std::vector<std::string> out;
    for (const Told& one : told.value()) out.push_back(sentence(one, it.model.labels.kind));
    return out;
}

}  // namespace gw
