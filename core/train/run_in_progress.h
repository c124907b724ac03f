#pragma once
#include <optional>

#include "train/examine/dues.h"
#include "train/examine/examiner.h"
#include "train/examine/verdict.h"
#include "train/keep/checkpoint_keeper.h"
#include "train/message/step_reports.h"
#include "train/step/stepper.h"
#include "util/phrase.h"

namespace gw {

/// One stretch of a run with all its parts, and how far it has come: what the loop, the judgement and the resume work
/// on together. Nothing here decides; that is theirs.
struct RunInProgress {
    RunInProgress(const TrainRequest& request, RunPort& port);
    RunInProgress(const RunInProgress&) = delete;
    RunInProgress& operator=(const RunInProgress&) = delete;

    /// Reads the data, builds the model, and takes up the checkpoint that the request names. Throws Failure.
    void prepare();

    // ---- saving
    /// Begins to save the weights as they are, once a step; training may go on at once. False when they could not be.
    /// Where processes train together this returns when the checkpoint is there, since all must know of it.
    bool save();
    /// Waits for what is being written; false where that came to nothing: it is then no longer the best. `training` as
    /// in CheckpointKeeper::land().
    bool land(bool training = false);
    /// For a stretch that ends with a save: one that ends without what it was to leave behind has failed.
    void saved_or_throw();
    /// Puts the judgement of this step beside its weights, where they are saved.
    void write_verdict();
    /// What a checkpoint of now keeps beside the tensors.
    Json state() const;

    // ---- asked by all parts
    bool marks_best() const { return saving.keep_best || (evaluation.patience > 0 && evaluation.restore_best); }
    std::int64_t evaluation_every() const { return knobs.evaluation_every.value_or(evaluation.every); }
    /// Of the validation part on the way; 0 = all of it.
    std::int64_t looked_at() const { return evaluation.looked_at(ready.budget.tokens_per_step()); }
    std::int64_t saving_every() const { return knobs.saving_every.value_or(saving.every); }
    bool is_due(std::int64_t every) const { return every > 0 && at.step % every == 0; }
    /// Seconds of training as schedules and budgets go by them: rank 0's, as of the last set_time().
    double seconds() const { return world.alone() ? clock.seconds() : common_seconds; }
    void set_time() { common_seconds = ready.budget.timed() ? agreed(world, clock.seconds()) : clock.seconds(); }
    double expected_steps() const { return ready.budget.expected_steps(at.step, seconds()); }
    double fraction() const { return ready.budget.fraction(at.step, seconds()); }
    void tell(const std::string& kind, const std::string& text) { port.report(Event{at.step, kind, text}); }
    void tell(const std::string& kind, const Phrase& phrase) { tell(kind, phrase.text()); }
    void progress(const std::string& phase, double fraction = -1) { port.report(Progress{phase, fraction, ""}); }
    /// A look at the model, as a phase of its own.
    template <class Look>
    auto during(const char* phase, const Look& look) {
        reports->flush();
        examiner.stand(at, clock.seconds());
        progress(phase, 0);
        const AveragesInPlace averages(ready.players);
        const auto found = look();
        progress("training", fraction());
        return found;
    }

    const TrainRequest& request;
    RunPort& port;
    World alone;  ///< stands in where the request names none
    World& world;
    const TrainingSettings training;
    const EvaluationSettings evaluation;
    const SavingSettings saving;
    const MonitoringSettings monitoring;
    const std::int64_t sampling_every, probing_every;
    PreparedRun ready;
    Verdict verdict;
    CheckpointKeeper keeper;
    Examiner examiner;
    std::optional<LayerWatch> watch;
    std::optional<StepReports> reports;
    std::optional<Stepper> stepper;
    Dues dues;
    Knobs knobs;
    RunClock clock;
    double common_seconds = 0;
    Standing at, origin;                       ///< now, and where steps of this size began
    double adaptation_steps = 0;               ///< the run's length when it began, by which layers join
    std::int64_t fresh_from = 0;               ///< update at which the optimizer's memory begins
    std::optional<Verdict::Best> best_before;  ///< that is the best again if what was marked last comes to nothing

  private:
    Result<CheckpointKeeper::Ready> take(const fs::path& folder);
};

/// Takes up what the checkpoint of `facts` says of the run: weights, optimizers, and all that the run knew then.
void restore(RunInProgress& run, const CheckpointFacts& facts);

}  // namespace gw
