#include "train/guard/memory_retry.h"
#include "train/message/event_texts.h"
#include "train/run_in_progress.h"
#include "util/text.h"

namespace gw {

namespace {

std::int64_t whole_number(const Json& state, const char* section, const char* key, std::int64_t otherwise) {
    const Json found = state.value(section, Json::object()).value(key, Json());
    return found.is_number() ? found.get<std::int64_t>() : otherwise;
}

/// The budget of the run that wrote a checkpoint, when it wrote it.
std::pair<double, std::string> budget_of(const Json& spec) {
    const auto training = settings_of<TrainingSettings>(spec, "training");
    return {training.budget, training.budget_unit};
}

/// A fork with another batch goes on where its parent stood, in the data and in its budget.
void restore_origin(RunInProgress& run, const CheckpointFacts& facts, const Json& state) {
    const auto before = settings_of<TrainingSettings>(facts.spec, "training");
    run.origin = {whole_number(state, "origin", "step", 0), whole_number(state, "origin", "tokens", 0),
                  whole_number(state, "origin", "next_sample", 0)};
    const std::int64_t rows = whole_number(state, "sampler", "rows", before.micro_batch * before.accumulation);
    if (rows != run.stepper->samples_per_step()) run.origin = run.at;
    if (run.origin.step > 0) run.ready.budget.begin_at(run.origin.step, run.origin.tokens, run.origin.next_sample);
}

/// When layers join depends on the length that the run was begun with: one that is extended must not freeze them again.
void restore_adaptation(RunInProgress& run, const CheckpointFacts& facts, const Json& state) {
    const auto start = checkpoint_start(run.request.spec);
    const Budget then(settings_of<TrainingSettings>(facts.spec, "training"), run.ready.budget.tokens_per_step(),
                      run.ready.source->rows_per_epoch());
    const Json steps = state.value("adaptation", Json::object()).value("steps", Json());
    run.adaptation_steps = steps.is_number() ? steps.get<double>() : then.expected_steps(0, 0);
    const BackboneKind& backbone = *find_kind(backbones(), run.request.spec.at("backbone").at("kind"));
    if (start) run.ready.adaptation = Adaptation(*start, *run.ready.model.bank, backbone.place, run.adaptation_steps);
    run.fresh_from = whole_number(state, "adaptation", "fresh_from", 0);
    run.ready.adaptation.forget_before(run.fresh_from);
    // What is trained here has moments in the checkpoint.
    run.ready.adaptation.apply(*run.ready.model.bank, run.at.step);
}

/// `averaged`: the checkpoint's weights are an average, and those that were trained lie with the optimizers' state.
void restore_optimizers(RunInProgress& run, const CheckpointFacts& facts, const Json& state, bool averaged) {
    const Json kind = facts.spec.at("optimizer").at("kind"), now = run.request.spec.at("optimizer").at("kind");
    set_updates(run.ready.players, state.at("optimizer_updates"));
    const std::vector<PlayerRole> roles = run.ready.model.objective->players();
    std::vector<Optimized> remembered;
    for (std::size_t i = 0; i < run.ready.players.size(); ++i) {
        Player& player = run.ready.players[i];
        const bool own = i < roles.size() && !roles[i].optimizer.is_null(), same = own || kind == now;
        torch::Tensor aside;
        if (averaged && player.average) aside = player.average->aside();
        if (same || aside.defined())
            remembered.push_back({player.bank, same ? player.optimizer.get() : nullptr, aside});
        if (!same && i > 0)
            player.bank->set_paces([&](const ParameterBank::Entry&) {
                return ParameterBank::Pace{1, player.optimizer->updates()};
            });
    }
    load_optimizers(run.request.resume_from, remembered).or_throw();
    if (kind == now) return;
    run.fresh_from = run.ready.players.front().optimizer->updates();
    run.ready.adaptation.forget_before(run.fresh_from);
    run.tell("note", Phrase{say::no_memory, {now.get<std::string>(), kind.get<std::string>()}});
}

/// What was trained goes on beside its average; a run that averages from here on begins with what the checkpoint has,
/// and one that averages in another way with what was trained.
void restore_averages(RunInProgress& run, const CheckpointFacts& facts, const Json& averages) {
    std::vector<Player>& players = run.ready.players;
    if (!players.front().average) {
        if (!averages.is_null()) run.tell("note", Phrase{say::goes_on_from_average, {}});
        return;
    }
    if (averages.is_null()) return;
    for (Player& player : players) player.average->exchange();
    const auto kind = [](const Json& spec) {
        return spec.value("averaging", Json::object()).value("kind", std::string("none"));
    };
    if (kind(facts.spec) == kind(run.request.spec))
        set_averages(players, averages);
    else
        begin_averages(players);
}

void restore_judgement(RunInProgress& run, const CheckpointFacts& facts, const Json& state) {
    run.verdict.restore(state);
    if (!run.keeper.resume_from(run.request.resume_from, run.verdict.metric(), run.verdict.best()))
        run.verdict.set_best(std::nullopt);
    run.dues.restore(state.value("dues", Json()), run.at.step);
    if (budget_of(facts.spec) != budget_of(run.request.spec)) run.verdict.wait_again();
}

}  // namespace

void restore(RunInProgress& run, const CheckpointFacts& facts) {
    const Json state = CheckpointKeeper::judged_state(run.request.resume_from, facts.state);
    load_weights(run.request.resume_from, run.ready.model).or_throw();
    if (run.keeper.owns(run.request.resume_from)) take_over_micro_batches(run.ready, facts.spec);
    run.at.step = state.at("step").get<std::int64_t>();
    run.at.tokens = state.value("tokens", run.at.step * run.ready.budget.tokens_per_step());
    run.at.next_sample = whole_number(state, "sampler", "next_sample", run.at.step * run.stepper->samples_per_step());
    restore_origin(run, facts, state);
    run.clock.restore(state.value("seconds", 0.0));
    run.knobs = knobs_of(state.value("knobs", Json()));
    run.reports->restore(state.value("guard", Json()));
    restore_adaptation(run, facts, state);
    const Json averages = state.value("averages", Json());
    begin_averages(run.ready.players);
    restore_optimizers(run, facts, state, !averages.is_null());
    restore_averages(run, facts, averages);
    // A fork has evaluations and checkpoints of its own: what its parent's said stays with the parent, but for the rate
    // that they had made of the same schedule.
    if (run.keeper.owns(run.request.resume_from)) {
        restore_judgement(run, facts, state);
    } else {
        run.dues.settle();
        if (facts.spec.value("schedule", Json()) == run.request.spec.at("schedule"))
            run.verdict.set_falls(whole_number(state, "plateau", "falls", 0));
    }
    run.tell("resume", Phrase{say::resumed, {grouped(run.at.step)}});
}

}  // namespace gw
