#include "train/run_in_progress.h"

#include "artifact/checkpoint.h"
#include "eval/share.h"
#include "schema/metric.h"
#include "util/text.h"

namespace gw {

namespace {

/// What the run's evaluations are ranked by.
Verdict::Rule rule_of(const Json& spec, const EvaluationSettings& evaluation) {
    const std::string metric = find_kind(objectives(), spec.at("objective").at("kind"))->main_metric;
    return {metric, {higher_is_better(metric)}, evaluation.patience, evaluation.least_gain};
}

}  // namespace

RunInProgress::RunInProgress(const TrainRequest& request, RunPort& port)
    : request(request),
      port(port),
      world(request.world ? *request.world : alone),
      training(settings_of<TrainingSettings>(request.spec, "training")),
      evaluation(settings_of<EvaluationSettings>(request.spec, "evaluation")),
      saving(settings_of<SavingSettings>(request.spec, "saving")),
      monitoring(settings_of<MonitoringSettings>(request.spec, "monitoring")),
      sampling_every(settings_of<SamplingSettings>(request.spec, "sampling").every),
      probing_every(settings_of<ProbingSettings>(request.spec, "probing").every),
      verdict(rule_of(request.spec, evaluation)),
      keeper(checkpoints_of(request.run_folder), saving, marks_best(), port, world.writes()),
      examiner(request, ready, port, world) {}

void RunInProgress::prepare() {
    if (world.writes()) clean_checkpoint_leftovers(checkpoints_of(request.run_folder));
    ready.prepare(request, port);
    // A look that processes share is taken by all or by none.
    if (!Share(&world).all_through(ready.forgetting.has_value())) ready.forgetting.reset();
    watch.emplace(ready.model, monitoring.layers_every, monitoring.histograms_every);
    reports.emplace(training, monitoring, ready.compute.device, port);
    stepper.emplace(training, ready, world);
    adaptation_steps = ready.budget.expected_steps(0, 0);
    if (ready.resumed) restore(*this, *ready.resumed);
    examiner.prepare();
    port.report(ready.facts(request.spec));
}

bool RunInProgress::save() {
    reports->flush();
    progress("saving");
    const bool saved = keeper.save(at, [this](const fs::path& folder) {
        return save_checkpoint(folder, ready.model, optimized(ready.players),
                               {request.spec, state(), ready.data.tokenizer->state()});
    });
    progress("training", fraction());
    const bool saved_by_first = agreed(world, saved);
    if (!saved_by_first) keeper.not_saved();
    return saved_by_first;
}

void RunInProgress::saved_or_throw() const {
    if (!keeper.saved(at.step) && keeper.error())
        throw Failure(Error(*keeper.error())
                          .at("the checkpoint of step " + grouped(at.step) + ", with which the run was to end"));
}

void RunInProgress::write_verdict() {
    if (!keeper.saved(at.step)) return;
    Json found = verdict.state();
    found["dues"] = dues.state();
    keeper.write_verdict(found);
}

Json RunInProgress::state() const {
    Json state = {{"step", at.step},
                  {"tokens", at.tokens},
                  {"tokens_before", ready.tokens_before},
                  {"seconds", clock.seconds()},
                  {"optimizer_updates", updates_of(ready.players)},
                  {"schedule", {{"expected_steps", expected_steps()}}},
                  {"adaptation", {{"steps", adaptation_steps}, {"fresh_from", fresh_from}}},
                  {"generators", {{"seed", training.seed}, {"named_by", "step"}}},
                  {"sampler", {{"next_sample", at.next_sample}, {"rows", stepper->samples_per_step()}}},
                  {"origin", {{"step", origin.step}, {"tokens", origin.tokens}, {"next_sample", origin.next_sample}}},
                  {"dataset_hash", ready.data.dataset_hash},
                  {"tokenizer_hash", ready.data.tokenizer_hash},
                  {"read", to_json(ready.data.read)},
                  {"knobs", to_json(knobs)},
                  {"guard", reports->state()},
                  {"dues", dues.state()}};
    state["input"] = to_json(ready.data.input);
    if (ready.labels.kind != LabelKind::none) state["labels"] = to_json(ready.labels);
    state.update(verdict.state());
    return state;
}

}  // namespace gw
