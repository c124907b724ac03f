#include "train/run_in_progress.h"

#include <torch/types.h>

#include <memory>
#include <new>

#include "artifact/checkpoint.h"
#include "eval/share.h"
#include "schema/metric.h"
#include "train/guard/engine_error.h"
#include "train/guard/memory_retry.h"
#include "train/message/event_texts.h"
#include "util/text.h"

namespace gw {

namespace {

/// What the run's evaluations are ranked by.
Verdict::Rule rule_of(const Json& spec, const EvaluationSettings& evaluation) {
    const std::string metric = find_kind(objectives(), spec.at("objective").at("kind"))->main_metric;
    const Json& schedule = spec.at("schedule");
    return {metric,
            {higher_is_better(metric)},
            evaluation.patience,
            evaluation.least_gain,
            find_kind(schedules(), schedule.at("kind"))->build(schedule)->plateau()};
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
    if (ready.players.size() > 1) reports->allow_any_course();
    stepper.emplace(training, ready, world);
    adaptation_steps = ready.budget.expected_steps(0, 0);
    if (ready.resumed)
        restore(*this, *ready.resumed);
    else
        begin_averages(ready.players);
    examiner.prepare();
    port.report(ready.facts(request.spec));
}

bool RunInProgress::save() {
    reports->flush();
    progress("saving");
    if (!keeper.saved(at.step)) (void)land(/*training=*/true);
    const AveragesInPlace averages(ready.players);
    bool saved = keeper.save(at, [this](const fs::path& folder) { return take(folder); });
    if (!world.alone()) saved = land(/*training=*/true) && saved;
    progress("training", fraction());
    const bool saved_by_first = agreed(world, saved);
    if (!saved_by_first) keeper.not_saved();
    return saved_by_first;
}

Result<CheckpointKeeper::Ready> RunInProgress::take(const fs::path& folder) {
    struct Writing {
        CheckpointWriter place;
        CheckpointImage image;
    };
    const std::vector<Optimized> remembered = optimized(ready.players);
    auto place = CheckpointWriter::begin(folder, checkpoint_bytes(ready.model, remembered));
    if (!place) return place.error();
    const CheckpointFacts facts{as_trained(request.spec, ready.cut), state(), ready.data.tokenizer->state()};
    bool copied = true;
    auto image = [&] {
        try {
            return CheckpointImage::take(ready.model, remembered, facts, CheckpointImage::Tensors::copied);
        } catch (const c10::Error& problem) {
            if (engine_error(problem).code != Error::Code::out_of_memory) throw;
        } catch (const std::bad_alloc&) {
        }
        // No room for a copy: training waits until it is written.
        copied = false;
        return caught(
            [&] { return CheckpointImage::take(ready.model, remembered, facts, CheckpointImage::Tensors::viewed); });
    }();
    if (!image) return image.error();
    const auto writing = std::make_shared<Writing>(Writing{std::move(place).value(), std::move(image).value()});
    return CheckpointKeeper::Ready{
        [writing](const std::function<Status()>& settle) { return writing->image.write(writing->place, settle); },
        !copied};
}

bool RunInProgress::land(bool training) {
    const std::optional<std::int64_t> lost = keeper.land(training);
    if (lost && verdict.best() && verdict.best()->step == *lost) verdict.set_best(best_before);
    return !lost;
}

void RunInProgress::saved_or_throw() {
    (void)land();
    if (!keeper.saved(at.step) && keeper.error())
        throw Failure(Error(*keeper.error())
                          .at("the checkpoint of step " + grouped(at.step) + ", with which the run was to end"));
    const CheckpointKeeper::Cost& cost = keeper.cost();
    constexpr double in_a_second = 1000;
    if (cost.written > 0)
        tell("note", Phrase{say::saving_cost,
                            {grouped(cost.written), significant(in_a_second * cost.writing, 3),
                             significant(in_a_second * cost.stall, 3)}});
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
    if (const Json averages = averages_of(ready.players); !averages.is_null()) state["averages"] = averages;
    state["input"] = to_json(ready.data.input);
    if (ready.labels.kind != LabelKind::none) state["labels"] = to_json(ready.labels);
    state.update(verdict.state());
    return state;
}

}  // namespace gw
