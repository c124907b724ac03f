#include "train/replay/step_replay.h"

#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>

#include "adapt/model_state.h"
#include "train/guard/engine_error.h"
#include "train/guard/memory_retry.h"
#include "train/guard/recovery.h"
#include "train/host/onlooker.h"
#include "train/message/event_texts.h"
#include "train/tasks/rehearsal.h"
#include "util/text.h"

namespace gw {

namespace {

Error cancelled_replay() {
    return {Error::Code::cancelled, "Stopped before the end", "", {}};
}

Error not_before(std::int64_t step) {
    return {Error::Code::bad_data, Phrase{say::no_weights_before, {grouped(step)}}.text(), say::keep_more, {}};
}

/// The going back between the weights that the replay begins with and the step.
std::optional<WentBack> going_back_before(const ReplayRequest& request, const Standing& at) {
    std::optional<WentBack> back = request.went_back;
    if (!back && request.record) back = request.record->went_back;
    return back && back->at.step > at.step ? back : std::nullopt;
}

/// Where the run stood with other weights than those of the steps before: it had gone back to them.
void stand_as_after_going_back(RunInProgress& run, const WentBack& back, std::int64_t step) {
    if (back.weights_of != run.at.step) throw Failure(not_before(step));
    // What is shown of other tasks was counted on.
    const torch::NoGradGuard no_grad;
    for (Parameter& held : run.ready.model.held)
        if (held.name == shown_so_far) held.tensor.add_(back.at.step - back.weights_of);
    run.at = back.at;
    run.reports->restore(back.guard);
}

/// Cuts the rows of the next step as the run did.
void cut_as_the_run(RunInProgress& run, const ReplayRequest& request, std::vector<Phrase>& notes) {
    auto later = request.cuts.upper_bound(run.at.step + 1);
    if (later == request.cuts.begin()) return;
    const auto& [from, wanted] = *std::prev(later);
    if (wanted == run.ready.cut || wanted.rows * wanted.number != run.ready.cut.rows * run.ready.cut.number) return;
    take_over_micro_batches(run.ready, as_trained(request.spec, wanted));
    notes.push_back({say::replayed_in_cuts, {grouped(from), grouped(wanted.rows)}});
}

/// Lets the rate of the next step be what the run's evaluations had made of it.
void fall_as_the_run(RunInProgress& run, const ReplayRequest& request) {
    const auto later = request.falls.upper_bound(run.at.step + 1);
    if (later != request.falls.begin()) run.verdict.set_falls(std::prev(later)->second);
}

StepReplay run_again(const ReplayRequest& request, const std::function<void(double)>& progress, std::stop_token stop) {
    // The folder is no run's and is not made: a resume from another folder leaves the checkpoint's own alone.
    TrainRequest train{request.spec, request.cache / "replay-without-a-run", request.cache, request.checkpoint, 0};
    Onlooker port(stop);
    RunInProgress run(train, port);
    run.prepare();
    run.stepper->spoil(request.spoilt);
    if (run.ready.resumed) take_over_micro_batches(run.ready, run.ready.resumed->spec);
    StepReplay out;
    out.step = request.step;
    out.from_step = run.at.step;
    if (run.at.step >= request.step) throw Failure(not_before(request.step));
    if (const auto back = going_back_before(request, run.at)) {
        stand_as_after_going_back(run, *back, request.step);
        out.notes.push_back({say::replayed_after_back, {grouped(back->at.step), grouped(back->weights_of)}});
    }
    const std::int64_t first = run.at.step, last = request.step - 1;
    while (run.at.step < last) {
        if (stop.stop_requested()) throw Failure(cancelled_replay());
        if (progress) progress(static_cast<double>(run.at.step - first) / static_cast<double>(last - first));
        cut_as_the_run(run, request, out.notes);
        fall_as_the_run(run, request);
        Stepper::Taken taken = run.stepper->step(run.at, next_wish(run), *run.watch);
        run.at = after_step(run, taken.tokens);
        run.reports->add(run.at, 0, 0, taken.tokens, std::move(taken.figures));
    }
    run.reports->flush();
    cut_as_the_run(run, request, out.notes);
    fall_as_the_run(run, request);
    if (request.settings_changed) out.notes.push_back({say::replayed_with_settings, {grouped(out.from_step)}});
    if (run.ready.budget.timed() && first < last) out.notes.push_back({say::replayed_by_clock, {}});
    if (request.record) run.at = request.record->step.before;
    run.ready.adaptation.apply(*run.ready.model.bank, run.at.step);
    const Player& player = run.ready.players.front();
    out.lr = next_wish(run).rate_scale * player.lr(run.ready.adaptation.schedule(run.at.step, run.expected_steps()));
    out.places = run.stepper->places(run.at);
    out.look = run.stepper->look(run.at);
    if (out.look.fault) out.fault = fault_phrase(*out.look.fault).text();
    return out;
}

}  // namespace

Result<StepReplay> replay_step(const ReplayRequest& request, const std::function<void(double)>& progress,
                               std::stop_token stop) {
    try {
        return run_again(request, progress, stop);
    } catch (const Failure& failure) {
        return Error(failure.error()).at("replay of step " + grouped(request.step));
    } catch (const c10::Error& problem) {
        return engine_error(problem).at("replay of step " + grouped(request.step));
    } catch (const std::bad_alloc&) {
        return out_of_memory();
    }
}

std::vector<ReplayLine> lines_of(const StepReplay& replay) {
    std::vector<ReplayLine> out;
    out.push_back({{say::replayed, {grouped(replay.step), grouped(replay.from_step)}}});
    for (const Phrase& note : replay.notes) out.push_back({note});
    const auto& fault = replay.look.fault;
    out.push_back({fault ? fault_phrase(*fault) : Phrase{say::nothing_bad, {}}});
    if (fault && fault->row >= 0)
        out.push_back({{say::replay_place, {grouped(fault->micro + 1), grouped(fault->row + 1)}}, true});
    const auto list = [&](const char* heading, const std::vector<StepLook::Layer>& layers) {
        if (layers.empty()) return;
        std::size_t width = 0;
        for (const StepLook::Layer& layer : layers) width = std::max(width, layer.name.size());
        out.push_back({{heading, {}}});
        for (const StepLook::Layer& layer : layers) {
            const std::string name = layer.name + std::string(width - layer.name.size(), ' ');
            out.push_back({layer.finite ? Phrase{say::replay_layer, {name, significant(layer.size, 4)}}
                                        : Phrase{say::replay_layer_bad, {name}},
                           true});
        }
    };
    for (const StepLook::Turn& turn : replay.look.turns) {
        if (!turn.player.empty()) out.push_back({{"%1", {turn.player}}});
        out.push_back(
            {{say::replay_figures, {significant(turn.loss, 6), significant(turn.norm, 6), significant(replay.lr, 3)}}});
        list(say::replay_outputs, turn.outputs);
        list(say::replay_gradients, turn.gradients);
    }
    return out;
}

std::string to_text(const StepReplay& replay) {
    std::string out;
    for (const ReplayLine& line : lines_of(replay)) out += (line.inner ? "  " : "") + line.text.text() + "\n";
    return out;
}

}  // namespace gw
