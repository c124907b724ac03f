#pragma once
#include "train/examine/evaluation_cost.h"
#include "train/run_in_progress.h"

namespace gw {

/// What a run owes at a step besides training: evaluation, probe and samples, in this order, each once; and what
/// follows from an evaluation: the best checkpoint, patience, the figures at the end. Everything that a stop interrupts
/// is made up by a resume.
class Judgement {
  public:
    explicit Judgement(RunInProgress& run) : run_(run) {}
    /// Where a run that begins from a checkpoint stands before its first step.
    void report_beginning();
    /// What the step of the checkpoint owed and was not done before a stop or a crash. False when a stop came in
    /// between and is still to be obeyed, as below.
    bool make_up();
    /// Does what is due and not done.
    bool settle();
    /// The end of the budget: saves, goes back to the best weights where that is asked for, and tells the last figures.
    bool finish();
    bool sample();
    /// A run that is stopped and saved tells the figure of what it leaves behind, where that takes under a minute and
    /// nobody asks for an end without it. It counts for nothing: a resume goes on as if the run had not been stopped.
    void at_stop();

  private:
    template <class Look>
    bool pay(Dues::Due due, std::int64_t every, const char* phase, const Look& look);
    bool evaluate();
    void judge(const Score& found, bool counts, bool may_stop);
    bool went_back();
    bool final_figures(std::int64_t step);
    Score score(Part part, std::int64_t tokens);
    bool forgetting();
    template <class Look>
    auto timed(const Look& look);
    void tell_cost(const std::optional<Phrase>& said);
    Ranking::Figure figure_of(const Score& found) const;
    double expected_seconds() const;

    RunInProgress& run_;
    std::optional<double> evaluation_seconds_;  ///< that the last evaluation on the way took
    EvaluationCost cost_;
    double last_seconds_ = 0;  ///< of the last look
};

}  // namespace gw
