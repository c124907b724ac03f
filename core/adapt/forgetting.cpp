#include "adapt/forgetting.h"

#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>

namespace gw {

Result<ForgettingProbe> ForgettingProbe::make(const CheckpointModel& checkpoint, const Model& run,
                                              const fs::path& cache, const ProgressFn& progress, std::stop_token stop) {
    const Json& spec = checkpoint.facts.spec;
    Result<PreparedData> data = prepare_data(checkpoint.data_of(spec, cache, progress, stop));
    if (!data) return data.error();
    if (!is_data_of(checkpoint.facts.state, data.value()))
        return Error{Error::Code::bad_data,
                     "The checkpoint's dataset has changed since it was trained",
                     "Put the old files back to see what is forgotten",
                     {}};
    ForgettingProbe probe;
    probe.data_ = std::move(data).value();
    const Json& objective = spec.at("objective");
    // The weights of the head that was are those of what it said, which the run's windows need not ask for.
    BackboneFacts facts = run.backbone->facts();
    facts.series = checkpoint.model.backbone->facts().series;
    probe.objective_ =
        find_kind(objectives(), objective.at("kind"))
            ->build(objective, ObjectiveInputs{facts, probe.data_.tokenizer.get(), 0, checkpoint.model.labels});
    const torch::NoGradGuard no_grad;
    const Parameters source = checkpoint.model.objective->parameters();
    for (const Parameter& p : probe.objective_->parameters()) {
        const auto found =
            std::find_if(source.begin(), source.end(), [&](const Parameter& other) { return other.name == p.name; });
        if (found == source.end())
            return Error{Error::Code::internal, "The checkpoint's head has no weight \"" + p.name + "\"", "", {}};
        torch::Tensor home = p.tensor;
        home.set_data(found->tensor.detach().to(run.compute.device, torch::kFloat32).clone());
        home.requires_grad_(false);
    }
    move_to(run.compute.device, probe.objective_->buffers());
    return probe;
}

Score ForgettingProbe::score(const Model& run, const ScoreOptions& options, const std::function<void(double)>& progress,
                             std::stop_token stop) const {
    return score_part(run, *objective_, data_, Part::validation, options, progress, stop);
}

}  // namespace gw
