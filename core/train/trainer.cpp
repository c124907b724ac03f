#include "train/trainer.h"

#include <torch/torch.h>

#include <cmath>

#include "artifact/checkpoint.h"
#include "data/text/tokenise.h"
#include "schema/metric.h"
#include "train/checkpoint_keeper.h"
#include "train/dues.h"
#include "train/engine_error.h"
#include "train/examiner.h"
#include "train/step_reports.h"
#include "train/stepper.h"
#include "train/verdict.h"
#include "util/text.h"

namespace gw {

namespace {

/// What the run's evaluations are ranked by.
Verdict::Rule rule_of(const Json& spec, const EvaluationSettings& evaluation) {
    const std::string metric = find_kind(objectives(), spec.at("objective").at("kind"))->main_metric;
    return {metric, {higher_is_better(metric)}, evaluation.patience, evaluation.least_gain};
}

/// The budget of the run that wrote a checkpoint, when it wrote it.
std::pair<double, std::string> budget_of(const Json& spec) {
    const auto training = settings_of<TrainingSettings>(spec, "training");
    return {training.budget, training.budget_unit};
}

std::int64_t whole_number(const Json& state, const char* section, const char* key, std::int64_t otherwise) {
    const Json found = state.value(section, Json::object()).value(key, Json());
    return found.is_number() ? found.get<std::int64_t>() : otherwise;
}

/// One stretch of a run. It owns the order of things; what is done lies with the parts.
class Trainer {
  public:
    Trainer(const TrainRequest& request, RunPort& port)
        : request_(request),
          port_(port),
          training_(settings_of<TrainingSettings>(request.spec, "training")),
          evaluation_(settings_of<EvaluationSettings>(request.spec, "evaluation")),
          saving_(settings_of<SavingSettings>(request.spec, "saving")),
          sampling_every_(settings_of<SamplingSettings>(request.spec, "sampling").every),
          monitoring_(settings_of<MonitoringSettings>(request.spec, "monitoring")),
          probing_every_(settings_of<ProbingSettings>(request.spec, "probing").every),
          verdict_(rule_of(request.spec, evaluation_)),
          keeper_(checkpoints_folder(), saving_, marks_best(), port),
          examiner_(request, ready_, port) {}

    Outcome run() {
        prepare();
        const bool finished = loop() && finish();
        reports_->flush();
        return {finished ? Outcome::End::finished : Outcome::End::stopped, {}};
    }

  private:
    /// A look at the model, as a phase of its own.
    template <class Look>
    auto during(const char* phase, const Look& look) {
        reports_->flush();
        examiner_.stand(at_, clock_.seconds());
        progress(phase, 0);
        const auto found = look();
        progress("training", fraction());
        return found;
    }

    // ---- before the first step

    void prepare() {
        clean_checkpoint_leftovers(checkpoints_folder());
        ready_.prepare(request_, port_);
        watch_.emplace(ready_.model, monitoring_.layers_every, monitoring_.histograms_every);
        reports_.emplace(training_, monitoring_, ready_.compute.device, port_);
        stepper_.emplace(training_, ready_);
        adaptation_steps_ = ready_.budget.expected_steps(0, 0);
        if (ready_.resumed) restore(*ready_.resumed);
        examiner_.prepare();
        port_.report(ready_.facts(request_.spec));
    }

    void restore(const CheckpointFacts& facts) {
        const Json state = CheckpointKeeper::judged_state(request_.resume_from, facts.state);
        load_weights(request_.resume_from, ready_.model).or_throw();
        at_.step = state.at("step").get<std::int64_t>();
        at_.tokens = state.value("tokens", at_.step * ready_.budget.tokens_per_step());
        at_.next_sample = whole_number(state, "sampler", "next_sample", at_.step * stepper_->samples_per_step());
        restore_origin(facts, state);
        clock_.restore(state.value("seconds", 0.0));
        knobs_ = knobs_of(state.value("knobs", Json()));
        reports_->restore(state.value("guard", Json()));
        restore_adaptation(facts, state);
        restore_optimizer(facts, state);
        // A fork has evaluations and checkpoints of its own: what its parent's said stays with the parent.
        if (keeper_.owns(request_.resume_from))
            restore_judgement(facts, state);
        else
            dues_.settle();
        port_.report(Event{at_.step, "resume", "Resumed from step " + grouped(at_.step)});
    }

    /// A fork with another batch goes on where its parent stood, in the data and in its budget.
    void restore_origin(const CheckpointFacts& facts, const Json& state) {
        const auto before = settings_of<TrainingSettings>(facts.spec, "training");
        origin_ = {whole_number(state, "origin", "step", 0), whole_number(state, "origin", "tokens", 0),
                   whole_number(state, "origin", "next_sample", 0)};
        if (before.micro_batch * before.accumulation != stepper_->samples_per_step()) origin_ = at_;
        if (origin_.step > 0) ready_.budget.begin_at(origin_.step, origin_.tokens, origin_.next_sample);
    }

    /// When layers join depends on the length that the run was begun with: one that is extended must not freeze them
    /// again.
    void restore_adaptation(const CheckpointFacts& facts, const Json& state) {
        const auto start = checkpoint_start(request_.spec);
        const Budget then(settings_of<TrainingSettings>(facts.spec, "training"), ready_.budget.tokens_per_step(),
                          ready_.source->rows_per_epoch());
        const Json steps = state.value("adaptation", Json::object()).value("steps", Json());
        adaptation_steps_ = steps.is_number() ? steps.get<double>() : then.expected_steps(0, 0);
        if (start) ready_.adaptation = Adaptation(*start, *ready_.model.bank, adaptation_steps_);
        fresh_from_ = whole_number(state, "adaptation", "fresh_from", 0);
        ready_.adaptation.forget_before(fresh_from_);
        ready_.adaptation.apply(*ready_.model.bank, at_.step);  // what is trained here has moments in the checkpoint
    }

    void restore_optimizer(const CheckpointFacts& facts, const Json& state) {
        const Json kind = facts.spec.at("optimizer").at("kind"), now = request_.spec.at("optimizer").at("kind");
        ready_.optimizer->set_updates(state.at("optimizer_updates").get<std::int64_t>());
        if (kind == now) return load_optimizer(request_.resume_from, ready_.model, *ready_.optimizer).or_throw();
        fresh_from_ = ready_.optimizer->updates();
        ready_.adaptation.forget_before(fresh_from_);
        port_.report(Event{at_.step, "note",
                           "The optimizer " + now.get<std::string>() +
                               " begins without a memory: the checkpoint holds that of " + kind.get<std::string>()});
    }

    void restore_judgement(const CheckpointFacts& facts, const Json& state) {
        verdict_.restore(state);
        if (!keeper_.resume_from(request_.resume_from, verdict_.metric(), verdict_.best()))
            verdict_.set_best(std::nullopt);
        dues_.restore(state.value("dues", Json()), at_.step);
        if (budget_of(facts.spec) != budget_of(request_.spec)) verdict_.wait_again();
    }

    // ---- the loop

    /// False when an order or `stop_at` ended it before the budget did.
    bool loop() {
        clock_.start();
        report_beginning();
        progress("training", fraction());
        clock_.start();
        if (at_.step > 0 && !over() && !make_up()) return false;
        while (!over()) {
            if (obey()) return false;
            one_step();
            if (over()) break;
            const bool stops_here = request_.stop_at > 0 && at_.step >= request_.stop_at;
            if (stops_here || is_due(knobs_.saving_every.value_or(saving_.every))) save();
            if (stops_here) saved_or_throw();
            if (!settle()) return false;
            if (stops_here) return false;
        }
        return true;
    }

    bool over() const { return verdict_.stopped() || ready_.budget.spent(at_.step, clock_.seconds()); }
    bool is_due(std::int64_t every) const { return every > 0 && at_.step % every == 0; }

    /// Asks for orders and carries them out; true when the run must end. Time spent waiting is no training time.
    bool obey() {
        for (;;) {
            const auto asked = RunClock::Clock::now();
            const Orders orders = port_.between_steps();
            clock_.idle(RunClock::since(asked));
            if (orders.knobs) turn(*orders.knobs);
            const bool saves = orders.save || (orders.stop && orders.save_on_stop);
            if (saves && at_.step > 0) save();
            if (orders.stop && saves && at_.step > 0) saved_or_throw();
            if (orders.stop) return true;
            if (orders.sample) during("sampling", [&] { return examiner_.sample(); });
            if (!orders.hold) return false;
        }
    }

    void turn(const Knobs& knobs) {
        reports_->flush();
        for (const std::string& change : changes(knobs_, knobs)) port_.report(Event{at_.step, "knob", change});
        knobs_ = knobs;
    }

    void one_step() {
        const auto start = RunClock::Clock::now();
        const double lr = knobs_.rate_scale * ready_.peak_lr *
                          ready_.schedule->factor(static_cast<double>(at_.step),
                                                  ready_.budget.expected_steps(at_.step, clock_.seconds()));
        const Stepper::Taken taken = stepper_->step(at_, lr, knobs_.clip.value_or(training_.clip), *watch_);
        at_ = {at_.step + 1, at_.tokens + taken.tokens, at_.next_sample + stepper_->samples_per_step()};
        dues_.reach(at_.step);
        if (watch_->wants_layers(at_.step) || watch_->wants_histograms(at_.step)) report_layers();
        reports_->add(at_, clock_.seconds(), RunClock::since(start), taken.tokens, lr, taken.loss_and_norm);
    }

    void report_layers() {
        if (auto points = watch_->after_update(); !points.empty())
            port_.report(MetricRow{at_.step, clock_.seconds(), at_.tokens, std::move(points)});
        for (Histogram& histogram : watch_->histograms()) port_.report(std::move(histogram));
    }

    // ---- what is due at a step

    /// What the step of the checkpoint owed and was not done before a stop or a crash. False when a stop came in
    /// between.
    bool make_up() {
        std::string owed;
        for (const auto& [due, every] : {std::pair{Dues::Due::evaluation, evaluation_every()},
                                         {Dues::Due::probe, probing_every_},
                                         {Dues::Due::samples, sampling_every_}})
            if (dues_.owed(due, every)) owed += (owed.empty() ? "" : ", ") + Dues::name(due);
        if (!owed.empty()) port_.report(Event{at_.step, "note", "Made up at step " + grouped(at_.step) + ": " + owed});
        return settle();
    }

    /// Evaluates, probes and samples where that is due and not done. False when a stop came in between.
    bool settle() {
        if (dues_.owed(Dues::Due::evaluation, evaluation_every()) && !evaluate()) return false;
        if (verdict_.stopped()) return true;  // finish() does the rest
        if (!pay(Dues::Due::probe, probing_every_, "probing", [&] { return examiner_.probe(); })) return false;
        if (!pay(Dues::Due::samples, sampling_every_, "sampling", [&] { return examiner_.sample(); })) return false;
        if (dues_.settled()) return true;
        dues_.settle();
        write_verdict();
        return true;
    }

    template <class Look>
    bool pay(Dues::Due due, std::int64_t every, const char* phase, const Look& look) {
        if (!dues_.owed(due, every)) return true;
        if (!during(phase, look)) return !obey();
        dues_.note(due);
        write_verdict();
        return true;
    }

    /// False when a stop came in between.
    bool evaluate() {
        const Score found = score(Part::validation, evaluation_.tokens);
        if (found.scored == 0 && examiner_.interrupted()) return !obey();
        if (found.scored > 0) examiner_.report_scores(found, "validation");
        if (!during("evaluating", [&] { return examiner_.forgetting(); })) return !obey();
        judge(found, /*counts=*/true, /*may_stop=*/true);
        if (verdict_.stopped()) port_.report(Event{at_.step, "early_stop", "Stopped early: " + verdict_.why_it_ends()});
        return true;
    }

    Ranking::Figure figure_of(const Score& found) const {
        const auto it = found.metrics.find(verdict_.metric());
        return {it != found.metrics.end() ? it->second : std::nan(""), found.loss};
    }

    /// Takes the evaluation of this step down, beside the weights if they are saved, and saves and marks them if they
    /// are the best. `counts`: for patience too, which may then stop the run.
    void judge(const Score& found, bool counts, bool may_stop) {
        if (found.scored > 0) {
            const Ranking::Figure figure = figure_of(found);
            if (counts) verdict_.note(figure, may_stop);
            if (marks_best() && verdict_.would_be_best(figure)) {
                const auto before = verdict_.best();
                verdict_.set_best(Verdict::Best{at_.step, figure});
                dues_.note(Dues::Due::evaluation);
                if (!save()) verdict_.set_best(before);
            }
        }
        dues_.note(Dues::Due::evaluation);
        write_verdict();
        if (verdict_.best() && verdict_.best()->step == at_.step)
            keeper_.mark_best(verdict_.metric(), *verdict_.best());
    }

    /// Where a run that begins from a checkpoint stands before its first step.
    void report_beginning() {
        if (at_.step > 0 || !checkpoint_start(request_.spec)) return;
        during("evaluating", [&] { return examiner_.forgetting(); });
        if (ready_.model.objective->labels() != LabelKind::none) return;
        if (const Score found = score(Part::validation, evaluation_.tokens); found.scored > 0)
            examiner_.report_scores(found, "validation");
    }

    // ---- saving

    bool save() {
        reports_->flush();
        progress("saving");
        const bool saved = keeper_.save(at_, [this](const fs::path& folder) {
            return save_checkpoint(folder, ready_.model, *ready_.optimizer,
                                   {request_.spec, state(), ready_.data.tokenizer->state()});
        });
        progress("training", fraction());
        return saved;
    }

    /// A run that ends without what it was to leave behind has failed.
    void saved_or_throw() const {
        if (!keeper_.saved(at_.step) && keeper_.error())
            throw Failure(Error(*keeper_.error())
                              .at("the checkpoint of step " + grouped(at_.step) + ", with which the run was to end"));
    }

    void write_verdict() {
        if (!keeper_.saved(at_.step)) return;
        Json verdict = verdict_.state();
        verdict["dues"] = dues_.state();
        keeper_.write_verdict(verdict);
    }

    Json state() const {
        Json state = {
            {"step", at_.step},
            {"tokens", at_.tokens},
            {"tokens_before", ready_.tokens_before},
            {"seconds", clock_.seconds()},
            {"optimizer_updates", ready_.optimizer->updates()},
            {"schedule", {{"expected_steps", ready_.budget.expected_steps(at_.step, clock_.seconds())}}},
            {"adaptation", {{"steps", adaptation_steps_}, {"fresh_from", fresh_from_}}},
            {"generators", {{"seed", training_.seed}, {"named_by", "step"}}},
            {"sampler", {{"next_sample", at_.next_sample}}},
            {"origin", {{"step", origin_.step}, {"tokens", origin_.tokens}, {"next_sample", origin_.next_sample}}},
            {"dataset_hash", ready_.data.dataset_hash},
            {"tokenizer_hash", ready_.data.tokenizer_hash},
            {"read", to_json(ready_.data.read)},
            {"knobs", to_json(knobs_)},
            {"guard", reports_->state()},
            {"dues", dues_.state()}};
        state["input"] = to_json(ready_.data.input);
        if (ready_.labels.kind != LabelKind::none) state["labels"] = to_json(ready_.labels);
        state.update(verdict_.state());
        return state;
    }

    // ---- the end

    /// Goes back to the best checkpoint's weights after an early stop, if they are kept.
    bool went_back() {
        const auto& best = verdict_.best();
        if (!verdict_.stopped() || !evaluation_.restore_best || !best || best->step == at_.step) return false;
        if (Status loaded = load_weights(keeper_.folder_of(best->step), ready_.model); !loaded) {
            port_.report(
                Event{at_.step, "warning", "The best weights could not be restored: " + to_text(loaded.error())});
            return false;
        }
        port_.report(Event{at_.step, "early_stop", "Back to the weights of " + checkpoint_name(best->step)});
        return true;
    }

    /// The end of the budget: save, evaluate, sample. False when a stop came in between: all of it is then made up by a
    /// resume.
    bool finish() {
        save();
        saved_or_throw();
        const bool back = went_back();
        const std::int64_t figures_step = back ? verdict_.best()->step : at_.step;
        if (!final_figures(figures_step)) return stopped();
        if (!during("evaluating", [&] { return examiner_.forgetting(); })) return stopped();
        if (!during("probing", [&] { return examiner_.probe(); })) return stopped();
        if (!during("sampling", [&] { return examiner_.sample(); })) return stopped();
        dues_.settle();
        write_verdict();
        keeper_.end(back);
        progress("finished", 1);
        return true;
    }

    /// Of the weights as they are, which are those of `step`.
    bool final_figures(std::int64_t step) {
        Score found = score(Part::validation, evaluation_.tokens);
        if (examiner_.interrupted()) return false;
        if (!verdict_.stopped() && !dues_.done(Dues::Due::evaluation))
            judge(found, /*counts=*/is_due(evaluation_every()), /*may_stop=*/false);
        const bool part = evaluation_.tokens > 0 && evaluation_.tokens < ready_.data.units(Part::validation);
        if (found.scored > 0 && part && evaluation_.whole_at_end) found = score(Part::validation, 0);
        if (examiner_.interrupted()) return false;
        if (found.scored > 0) examiner_.report_scores(found, "validation");
        examiner_.report_answers(found, Part::validation);
        if (found.scored > 0) keeper_.report_figure(step, verdict_.metric(), figure_of(found));
        if (ready_.data.test_examples.size() == 0) return true;
        const Score test = score(Part::test, 0);
        if (examiner_.interrupted()) return false;
        if (test.scored > 0) examiner_.report_scores(test, "test");
        examiner_.report_answers(test, Part::test);
        return true;
    }

    /// Takes the order that interrupted the end.
    bool stopped() {
        (void)obey();
        return false;
    }

    // ---- small things

    Score score(Part part, std::int64_t tokens) {
        return during("evaluating", [&] { return examiner_.score(part, tokens); });
    }

    bool marks_best() const { return saving_.keep_best || (evaluation_.patience > 0 && evaluation_.restore_best); }
    std::int64_t evaluation_every() const { return knobs_.evaluation_every.value_or(evaluation_.every); }
    fs::path checkpoints_folder() const { return request_.run_folder / "checkpoints"; }
    void progress(const std::string& phase, double fraction = -1) { port_.report(Progress{phase, fraction, ""}); }
    double fraction() const { return ready_.budget.fraction(at_.step, clock_.seconds()); }

    const TrainRequest& request_;
    RunPort& port_;
    const TrainingSettings training_;
    const EvaluationSettings evaluation_;
    const SavingSettings saving_;
    const std::int64_t sampling_every_;
    const MonitoringSettings monitoring_;
    const std::int64_t probing_every_;
    PreparedRun ready_;
    Verdict verdict_;
    CheckpointKeeper keeper_;
    Examiner examiner_;
    std::optional<LayerWatch> watch_;
    std::optional<StepReports> reports_;
    std::optional<Stepper> stepper_;
    Dues dues_;
    Knobs knobs_;
    RunClock clock_;
    Standing at_, origin_;         ///< now, and where steps of this size began
    double adaptation_steps_ = 0;  ///< the run's length when it began, by which layers join
    std::int64_t fresh_from_ = 0;  ///< update at which the optimizer's memory begins
};

}  // namespace

fs::path predictions_file(const fs::path& run_folder, Part part) {
    return run_folder / ("predictions-" + std::string(part_name(part)) + ".jsonl");
}

Outcome train(const TrainRequest& request, RunPort& port) {
    auto failed = [](Error error) { return Outcome{Outcome::End::failed, std::move(error)}; };
    try {
        return Trainer(request, port).run();
    } catch (const Failure& failure) {
        if (failure.error().code == Error::Code::cancelled) return {Outcome::End::stopped, {}};
        return failed(failure.error());
    } catch (const c10::Error& problem) {
        return failed(engine_error(problem));
    } catch (const std::bad_alloc&) {
        return failed(out_of_memory());
    }
}

}  // namespace gw
