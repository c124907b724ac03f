#include "train/step_replay.h"

#include <torch/torch.h>

#include <algorithm>

#include "adapt/model_state.h"
#include "train/engine_error.h"
#include "train/event_texts.h"
#include "train/recovery.h"
#include "util/text.h"

namespace gw {

namespace {

/// Hears nothing; passes a wish to stop on.
class Onlooker final : public RunPort {
  public:
    explicit Onlooker(std::stop_token stop) : stop_(std::move(stop)) {}
    void report(Message) override {}
    Orders between_steps() override { return {}; }
    std::stop_token stop_token() const override { return stop_; }

  private:
    std::stop_token stop_;
};

Error cancelled_replay() {
    return {Error::Code::cancelled, "Stopped before the end", "", {}};
}

Error not_before(std::int64_t step) {
    return {Error::Code::bad_data, Phrase{say::no_weights_before, {grouped(step)}}.text(), say::keep_more, {}};
}

/// Where the run stood with other weights than those of the steps before: it had gone back to them.
void stand_as_after_going_back(RunInProgress& run, const std::optional<BadStepRecord>& record) {
    if (!record || !record->went_back || record->went_back->at.step <= run.at.step) return;
    const WentBack& back = *record->went_back;
    if (back.weights_of != run.at.step) throw Failure(not_before(record->step.step()));
    run.at = back.at;
    run.reports->restore(back.guard);
}

StepReplay run_again(const ReplayRequest& request, const std::function<void(double)>& progress, std::stop_token stop) {
    // The folder is no run's and is not made: a resume from another folder leaves the checkpoint's own alone.
    TrainRequest train{request.spec, request.cache / "replay-without-a-run", request.cache, request.checkpoint, 0};
    Onlooker port(stop);
    RunInProgress run(train, port);
    run.prepare();
    run.stepper->spoil(request.spoilt);
    StepReplay out;
    out.step = request.step;
    out.from_step = run.at.step;
    if (run.at.step >= request.step) throw Failure(not_before(request.step));
    stand_as_after_going_back(run, request.record);
    const std::int64_t first = run.at.step, last = request.step - 1;
    while (run.at.step < last) {
        if (stop.stop_requested()) throw Failure(cancelled_replay());
        if (progress) progress(static_cast<double>(run.at.step - first) / static_cast<double>(last - first));
        Stepper::Taken taken = run.stepper->step(run.at, next_wish(run), *run.watch);
        run.at = after_step(run, taken.tokens);
        run.reports->add(run.at, 0, 0, taken.tokens, std::move(taken.figures));
    }
    run.reports->flush();
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

std::string to_text(const StepReplay& replay) {
    std::string out = Phrase{say::replayed, {grouped(replay.step), grouped(replay.from_step)}}.text() + "\n" +
                      (replay.fault.empty() ? std::string(say::nothing_bad) : replay.fault) + "\n";
    if (const auto& fault = replay.look.fault; fault && fault->row >= 0)
        out += "  micro-batch " + grouped(fault->micro + 1) + ", row " + grouped(fault->row + 1) + "\n";
    const auto list = [&](const char* heading, const std::vector<StepLook::Layer>& layers) {
        if (layers.empty()) return;
        std::size_t width = 0;
        for (const StepLook::Layer& layer : layers) width = std::max(width, layer.name.size());
        out += std::string(heading) + "\n";
        for (const StepLook::Layer& layer : layers)
            out += "  " + layer.name + std::string(width - layer.name.size() + 2, ' ') +
                   (layer.finite ? significant(layer.size, 4) : "not finite") + "\n";
    };
    for (const StepLook::Turn& turn : replay.look.turns) {
        if (!turn.player.empty()) out += turn.player + "\n";
        out += "loss " + significant(turn.loss, 6) + ", gradient " + significant(turn.norm, 6) + ", lr " +
               significant(replay.lr, 3) + "\n";
        list("outputs (root mean square)", turn.outputs);
        list("gradients (length), from the output to the input", turn.gradients);
    }
    return out;
}

}  // namespace gw
