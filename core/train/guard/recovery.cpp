#include "train/guard/recovery.h"

#include "train/message/event_texts.h"
#include "util/text.h"

namespace gw {

namespace {

const char* reason_of(BadStep::Why why) {
    switch (why) {
        case BadStep::Why::not_finite:
            return say::for_not_finite;
        case BadStep::Why::spike:
            return say::for_spike;
        case BadStep::Why::runaway:
            break;
    }
    return say::for_runaway;
}

}  // namespace

Stepper::Wish next_wish(const RunInProgress& run) {
    return {run.expected_steps(), run.knobs.rate_scale * run.reports->rate_scale(run.at.step) * run.verdict.rate(),
            run.knobs.clip.value_or(run.training.clip), run.reports->most_loss()};
}

Standing after_step(const RunInProgress& run, std::int64_t tokens) {
    return {run.at.step + 1, run.at.tokens + tokens, run.at.next_sample + run.stepper->samples_per_step()};
}

void Recovery::keep_good_state() {
    if (run_.training.guard != "rollback") return;
    const bool newer = good_.empty() || good_.at().step < run_.at.step;
    if (good_.empty() || (newer && run_.keeper.saved(run_.at.step))) good_.keep(run_.ready, run_.at);
}

void Recovery::answer() {
    const std::vector<BadStep> bad = run_.reports->take_bad();
    if (bad.empty()) return;
    for (const BadStep& one : bad) {
        const std::string fault = keep(one);
        if (run_.training.guard == "skip") tell_left_out(one, fault);
    }
    if (run_.training.guard == "rollback") go_back(bad.front());
}

Error Recovery::explained(Error error) {
    for (const BadStep& one : run_.reports->take_bad()) {
        const std::string fault = keep(one);
        if (!fault.empty()) error = std::move(error).at(fault);
        if (one.why == BadStep::Why::not_finite) tell_left_out(one, fault);
    }
    return error;
}

/// Says where the step was first not finite; empty where it was finite, or where that was asked too often.
std::string Recovery::keep(const BadStep& bad) {
    constexpr int most_kept = 16, most_looked = 3;  // in a stretch: files and passes for those who look for a cause
    BadStepRecord record{bad, {}, {}, "", went_back_};
    if (kept_++ >= most_kept) return "";
    if (bad.why == BadStep::Why::not_finite && looked_++ < most_looked) {
        try {
            if (const auto fault = run_.stepper->look(bad.before).fault) record.fault = fault_phrase(*fault).text();
        } catch (const std::exception&) {
            // A look more is no reason to end a run, and what is too large for memory shows in training.
            if (!run_.world.alone()) throw;
        }
    }
    if (!run_.world.writes()) return record.fault;
    record.samples = {{"first", bad.before.next_sample},
                      {"count", run_.stepper->samples_per_step()},
                      {"places", run_.stepper->places(bad.before)}};
    record.generators = {{"seed", run_.training.seed}, {"step", bad.before.step}};
    if (const Status written = write_bad_step(run_.request.run_folder, record); !written)
        run_.port.report(Event{bad.step(), "warning",
                               Phrase{say::bad_step_not_kept, {grouped(bad.step()), to_text(written.error())}}.text()});
    return record.fault;
}

/// The first few one by one; later, that it goes on, ever more seldom.
void Recovery::tell_left_out(const BadStep& bad, const std::string& fault) {
    constexpr std::int64_t one_by_one = 3;
    const std::int64_t count = run_.reports->left_out();
    auto tell = [&](const char* kind, const std::string& text) { run_.port.report(Event{bad.step(), kind, text}); };
    if (bad.why == BadStep::Why::runaway || (count > one_by_one && (count & (count - 1)) != 0)) return;
    if (count > one_by_one)
        return tell("warning", Phrase{say::left_out_so_far, {grouped(count), grouped(bad.step())}}.text());
    if (bad.why == BadStep::Why::spike)
        return tell("warning", Phrase{say::left_out_spike,
                                      {grouped(bad.step()), significant(bad.loss, 4), significant(bad.limit, 4)}}
                                   .text());
    tell("warning", Phrase{say::left_out, {grouped(bad.step()), bad.metric}}.text());
    if (!fault.empty()) tell("note", fault);
}

void Recovery::go_back(const BadStep& bad) {
    const std::int64_t step = run_.at.step;
    if (good_.empty() || !run_.reports->go_back(step))
        throw run_.reports->ends(
            bad, Phrase{say::back_too_often, {grouped(bad.step()), grouped(run_.reports->times_back())}}.text());
    good_.give_back(run_.ready);
    if (!run_.training.skip_data) run_.at.next_sample = good_.at().next_sample;
    went_back_ = WentBack{good_.at().step, run_.at, run_.reports->state()};
    if (run_.world.writes())
        if (const Status written = write_going_back(run_.request.run_folder, *went_back_); !written)
            run_.tell("warning", Phrase{say::bad_step_not_kept, {grouped(step), to_text(written.error())}});
    run_.tell("warning", Phrase{say::went_back,
                                {grouped(good_.at().step), grouped(step), reason_of(bad.why),
                                 significant(run_.reports->rate_scale(step), 3), grouped(run_.reports->times_back()),
                                 grouped(run_.training.rollbacks)}});
}

}  // namespace gw
