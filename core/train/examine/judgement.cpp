#include "train/examine/judgement.h"

#include <algorithm>
#include <cmath>

#include "artifact/checkpoint.h"
#include "train/keep/save_again.h"
#include "train/message/event_texts.h"
#include "train/tasks/other_tasks.h"
#include "util/text.h"

namespace gw {

template <class Look>
auto Judgement::timed(const Look& look) {
    const auto begun = RunClock::Clock::now();
    const auto found = run_.during("evaluating", look);
    last_seconds_ = RunClock::since(begun);
    cost_.note(last_seconds_, run_.clock.seconds_here());
    return found;
}

Score Judgement::score(Part part, std::int64_t tokens) {
    return timed([&] { return run_.examiner.score(part, tokens); });
}

bool Judgement::forgetting() {
    return timed([&] { return run_.examiner.forgetting(); });
}

void Judgement::tell_cost(const std::optional<Phrase>& said) {
    if (said && run_.monitoring.alerts) run_.tell("alert", *said);
}

bool Judgement::sample() {
    return run_.during("sampling", [&] { return run_.examiner.sample(); });
}

void Judgement::report_beginning() {
    if (run_.at.step > 0 || !checkpoint_start(run_.request.spec)) return;
    (void)forgetting();
    if (run_.ready.model.objective->labels() != LabelKind::none) return;
    if (const Score found = score(Part::validation, run_.looked_at()); found.scored > 0)
        run_.examiner.report_scores(found, "validation");
}

bool Judgement::make_up() {
    std::string owed;
    for (const auto& [due, every] : {std::pair{Dues::Due::evaluation, run_.evaluation_every()},
                                     {Dues::Due::probe, run_.probing_every},
                                     {Dues::Due::samples, run_.sampling_every}})
        if (run_.dues.owed(due, every)) owed += (owed.empty() ? "" : ", ") + Dues::name(due);
    if (!owed.empty()) run_.tell("note", Phrase{say::made_up, {grouped(run_.at.step), owed}});
    return settle();
}

bool Judgement::settle() {
    Dues& dues = run_.dues;
    if (dues.owed(Dues::Due::evaluation, run_.evaluation_every()) && !evaluate()) return false;
    if (run_.verdict.stopped()) return true;  // finish() does the rest
    if (!pay(Dues::Due::probe, run_.probing_every, "probing", [&] { return run_.examiner.probe(); })) return false;
    if (!pay(Dues::Due::samples, run_.sampling_every, "sampling", [&] { return run_.examiner.sample(); })) return false;
    if (dues.settled()) return true;
    dues.settle();
    run_.write_verdict();
    return true;
}

template <class Look>
bool Judgement::pay(Dues::Due due, std::int64_t every, const char* phase, const Look& look) {
    if (!run_.dues.owed(due, every)) return true;
    if (!agreed(run_.world, run_.during(phase, look))) return false;
    run_.dues.note(due);
    run_.write_verdict();
    return true;
}

bool Judgement::evaluate() {
    const Score found = score(Part::validation, run_.looked_at());
    if (agreed(run_.world, found.scored == 0 && run_.examiner.interrupted())) return false;
    if (found.scored > 0) {
        evaluation_seconds_ = found.seconds;
        run_.examiner.report_scores(found, "validation");
    }
    if (!agreed(run_.world, forgetting())) return false;
    tell_cost(cost_.often(run_.evaluation_every()));
    judge(found, /*counts=*/true, /*may_stop=*/true);
    if (run_.verdict.stopped()) run_.tell("early_stop", run_.verdict.why_it_ends());
    return true;
}

void Judgement::at_stop() {
    constexpr double longest = 60;  // seconds
    if (run_.dues.done(Dues::Due::evaluation) || !agreed(run_.world, expected_seconds() < longest)) return;
    const auto begun = RunClock::Clock::now();
    const auto goes_on = [&] {
        const bool dropped = run_.world.writes() && !run_.port.between_steps().save_on_stop;
        return !dropped && RunClock::since(begun) < longest;
    };
    const auto look = [&] {
        const Score found = timed([&] { return run_.examiner.score(Part::validation, run_.looked_at(), goes_on); });
        if (found.scored == 0) return;
        run_.examiner.report_scores(found, "validation");
        run_.keeper.report_figure(run_.at.step, run_.verdict.metric(), figure_of(found));
    };
    if (!run_.world.alone()) return look();
    // What was asked for, the save, is done: a look that fails must not make a failed run of it.
    try {
        look();
    } catch (const std::exception& problem) {
        run_.tell("warning", Phrase{say::not_evaluated_at_stop, {problem.what()}});
    }
}

/// Of an evaluation: as the last one took, else as long as training on as much, which is about three times too long;
/// without end where nothing is known.
double Judgement::expected_seconds() const {
    if (evaluation_seconds_) return *evaluation_seconds_;
    const double rate = run_.reports->tokens_per_second();
    const std::int64_t all = run_.ready.data.units(Part::validation), tokens = run_.looked_at(),
                       most = tokens > 0 ? std::min(all, tokens) : all;
    return rate > 0 ? static_cast<double>(most) / rate / (1 - run_.evaluation.overlap) : HUGE_VAL;
}

Ranking::Figure Judgement::figure_of(const Score& found) const {
    const auto it = found.metrics.find(run_.verdict.metric());
    return agreed(run_.world, Ranking::Figure{it != found.metrics.end() ? it->second : std::nan(""), found.loss});
}

/// Takes the evaluation of this step down, beside the weights if they are saved, and saves and marks them if they are
/// the best. `counts`: for patience too, which may then stop the run.
void Judgement::judge(const Score& found, bool counts, bool may_stop) {
    Verdict& verdict = run_.verdict;
    // Whether an earlier best came to nothing is known by now whatever the disk's pace: decisions do not depend on it.
    if (!run_.keeper.saved(run_.at.step)) (void)run_.land(/*training=*/true);
    if (found.scored > 0) {
        const Ranking::Figure figure = figure_of(found);
        if (counts && verdict.note(figure, may_stop)) run_.tell("rate", verdict.why_it_falls());
        if (run_.marks_best() && verdict.would_be_best(figure)) {
            run_.best_before = verdict.best();
            verdict.set_best(Verdict::Best{run_.at.step, figure});
            run_.dues.note(Dues::Due::evaluation);
            if (!run_.save()) verdict.set_best(run_.best_before);
        }
    }
    run_.dues.note(Dues::Due::evaluation);
    run_.write_verdict();
    if (verdict.best() && verdict.best()->step == run_.at.step)
        run_.keeper.mark_best(verdict.metric(), *verdict.best());
}

/// Goes back to the best checkpoint's weights after an early stop, if they are kept.
bool Judgement::went_back() {
    const auto& best = run_.verdict.best();
    if (!run_.verdict.stopped() || !run_.evaluation.restore_best || !best || best->step == run_.at.step) return false;
    if (Status loaded = load_weights(run_.keeper.folder_of(best->step), run_.ready.model); !loaded) {
        run_.tell("warning", Phrase{say::best_not_restored, {to_text(loaded.error())}});
        return false;
    }
    begin_averages(run_.ready.players);
    run_.tell("early_stop", Phrase{say::back_to, {checkpoint_name(best->step)}});
    return true;
}

bool Judgement::finish() {
    {
        const AveragesInPlace averages(run_.ready.players);
        end_of_task(run_.ready);
    }
    run_.save();
    save_when_there_is_room(run_);
    run_.saved_or_throw();
    const bool back = went_back();
    const std::int64_t figures_step = back ? run_.verdict.best()->step : run_.at.step;
    if (!final_figures(figures_step)) return false;
    if (!agreed(run_.world, forgetting())) return false;
    if (!agreed(run_.world, run_.during("probing", [&] { return run_.examiner.probe(); }))) return false;
    if (!agreed(run_.world, sample())) return false;
    run_.dues.settle();
    run_.write_verdict();
    run_.keeper.end(back);
    run_.progress("finished", 1);
    return true;
}

/// Of the weights as they are, which are those of `step`.
bool Judgement::final_figures(std::int64_t step) {
    const PreparedData& data = run_.ready.data;
    const std::int64_t tokens = run_.looked_at();
    Examiner& examiner = run_.examiner;
    Score found = score(Part::validation, tokens);
    if (agreed(run_.world, examiner.interrupted())) return false;
    if (!run_.verdict.stopped() && !run_.dues.done(Dues::Due::evaluation))
        judge(found, /*counts=*/run_.is_due(run_.evaluation_every()), /*may_stop=*/false);
    const bool part = tokens > 0 && tokens < data.units(Part::validation);
    if (found.scored > 0 && part && run_.evaluation.whole_at_end) {
        found = score(Part::validation, 0);
        tell_cost(cost_.at_end(last_seconds_));
    }
    if (agreed(run_.world, examiner.interrupted())) return false;
    if (found.scored > 0) examiner.report_scores(found, "validation");
    examiner.report_answers(found, Part::validation);
    if (found.scored > 0) run_.keeper.report_figure(step, run_.verdict.metric(), figure_of(found));
    if (data.test_examples.size() == 0) return true;
    const Score test = score(Part::test, 0);
    if (agreed(run_.world, examiner.interrupted())) return false;
    if (test.scored > 0) examiner.report_scores(test, "test");
    examiner.report_answers(test, Part::test);
    return true;
}

}  // namespace gw
