#include "train/trainer.h"

#include <torch/types.h>

#include "data/example_collector.h"
#include "train/examine/judgement.h"
#include "train/guard/engine_error.h"
#include "train/guard/memory_retry.h"
#include "train/guard/recovery.h"
#include "train/keep/save_again.h"
#include "train/run_in_progress.h"

namespace gw {

namespace {

/// The loop of one stretch of a run. It owns the order of things; what is done lies with the parts.
class Trainer {
  public:
    Trainer(const TrainRequest& request, RunPort& port) : run_(request, port), judgement_(run_), recovery_(run_) {}

    Outcome train() {
        run_.prepare();
        run_.stepper->spoil(run_.request.spoilt);
        if (run_.request.around) run_.ready.source = run_.request.around(std::move(run_.ready.source));
        try {
            const bool through = loop();
            tell_wait();
            const bool finished = through && end();
            run_.reports->flush();
            return {finished ? Outcome::End::finished : Outcome::End::stopped, {}};
        } catch (const Failure& failure) {
            if (failure.error().code != Error::Code::diverged) throw;
            throw Failure(recovery_.explained(failure.error()));
        }
    }

  private:
    /// False when an order or `stop_at` ended it before the budget did.
    bool loop() {
        run_.clock.start();
        judgement_.report_beginning();
        run_.progress("training", run_.fraction());
        run_.clock.start();
        if (run_.at.step > 0 && !over() && !carried(judgement_.make_up())) return false;
        while (!over()) {
            if (obey()) return false;
            one_step();
            const bool ends = over();
            if (ends || is_looked_at()) run_.reports->flush();
            recovery_.answer();
            if (ends) break;
            const bool stops_here = run_.request.stop_at > 0 && run_.at.step >= run_.request.stop_at;
            if (stops_here || run_.is_due(run_.saving_every())) run_.save();
            if (stops_here) run_.saved_or_throw();
            if (!carried(within_memory(run_, [&] { return judgement_.settle(); }))) return false;
            if (stops_here) return false;
        }
        return true;
    }

    void tell_wait() {
        run_.reports->flush();
        if (const auto said = run_.reports->data_wait().said()) run_.tell("note", *said);
    }

    /// Whether something besides training goes by this step: it must not meet what should have been answered before.
    bool is_looked_at() const {
        return run_.at.step == run_.request.stop_at || run_.is_due(run_.saving_every()) ||
               run_.is_due(run_.evaluation_every()) || run_.is_due(run_.probing_every) ||
               run_.is_due(run_.sampling_every);
    }

    bool over() {
        run_.set_time();
        return agreed(run_.world, run_.verdict.stopped() || run_.ready.budget.spent(run_.at.step, run_.seconds()));
    }

    /// What was interrupted leaves the order that did so to be obeyed. False when the run must end.
    bool carried(bool through) { return through || !obey(); }

    /// Asks for orders and carries them out; true when the run must end. Time spent waiting is no training time. At the
    /// end of the budget the last figures are made up by a resume.
    bool obey(bool at_the_end = false) {
        for (;;) {
            run_.keeper.tell();
            const auto asked = RunClock::Clock::now();
            const Orders orders = agreed(run_.world, run_.port.between_steps());
            run_.clock.idle(RunClock::since(asked));
            if (orders.knobs) turn(*orders.knobs);
            const bool saves = orders.save || (orders.stop && orders.save_on_stop);
            if (saves && run_.at.step > 0) {
                run_.reports->flush();
                recovery_.answer();
                (void)run_.land(/*training=*/true);  // one of this very step that came to nothing is made up
                run_.save();
            }
            if (orders.stop && saves && run_.at.step > 0) {
                save_when_there_is_room(run_);
                run_.saved_or_throw();
                if (!at_the_end) judgement_.at_stop();
            }
            if (orders.stop) return true;
            if (orders.sample) judgement_.sample();
            if (!orders.hold) return false;
            (void)run_.land();  // nothing is kept waiting by it
        }
    }

    void turn(const Knobs& knobs) {
        run_.reports->flush();
        for (const std::string& change : changes(run_.knobs, knobs)) run_.tell("knob", change);
        run_.knobs = knobs;
    }

    void one_step() {
        const auto start = RunClock::Clock::now();
        recovery_.keep_good_state();
        const Stepper::Wish wish = next_wish(run_);
        Stepper::Taken taken = within_memory(run_, [&] { return run_.stepper->step(run_.at, wish, *run_.watch); });
        run_.at = after_step(run_, taken.tokens);
        run_.dues.reach(run_.at.step);
        if (run_.watch->wants_layers(run_.at.step) || run_.watch->wants_histograms(run_.at.step)) report_layers();
        run_.reports->add(run_.at, run_.clock.seconds(), RunClock::since(start), taken.tokens,
                          std::move(taken.figures));
    }

    void report_layers() {
        std::vector<Point> points = run_.watch->after_update();
        for (const Point& point : run_.watch->dead_units()) points.push_back(point);
        if (!points.empty())
            run_.port.report(MetricRow{run_.at.step, run_.clock.seconds(), run_.at.tokens, std::move(points)});
        for (Histogram& histogram : run_.watch->histograms()) run_.port.report(std::move(histogram));
    }

    /// False when a stop came in between, which is then obeyed: all of the end is made up by a resume.
    bool end() {
        if (judgement_.finish()) return true;
        (void)obey(/*at_the_end=*/true);
        return false;
    }

    RunInProgress run_;
    Judgement judgement_;
    Recovery recovery_;
};

}  // namespace

fs::path predictions_file(const fs::path& run_folder, Part part) {
    return run_folder / ("predictions-" + std::string(part_name(part)) + ".jsonl");
}

Outcome train(const TrainRequest& request, RunPort& port) {
    auto failed = [](Error error) { return Outcome{Outcome::End::failed, std::move(error)}; };
    try {
        return Trainer(request, port).train();
    } catch (const Failure& failure) {
        if (failure.error().code == Error::Code::cancelled) return {Outcome::End::stopped, {}};
        return failed(failure.error());
    } catch (const c10::Error& problem) {
        return failed(what_would_fit(engine_error(problem), request.spec));
    } catch (const std::bad_alloc&) {
        return failed(what_would_fit(out_of_memory(), request.spec));
    }
}

}  // namespace gw
