#pragma once
#include <optional>
#include <string>

#include "schema/field.h"
#include "train/examine/early_stop.h"
#include "util/phrase.h"

namespace gw {

/// What the evaluations of a run have said so far: which checkpoint is the best, and for how long nothing was better.
/// It goes by the main metric of the run's objective.
class Verdict {
  public:
    struct Rule {
        std::string metric = "loss";  ///< as a score names it: "accuracy"
        Ranking ranking;
        std::int64_t patience = 0;
        double least_gain = 0;  ///< in the metric's unit
    };
    struct Best {
        std::int64_t step = 0;
        Ranking::Figure figure;
    };
    explicit Verdict(Rule rule) : rule_(std::move(rule)), patience_(rule_.patience, rule_.least_gain, rule_.ranking) {}

    const std::string& metric() const { return rule_.metric; }
    /// Takes an evaluation as one that counts for patience. With `may_stop` the run is stopped when that has run out.
    void note(const Ranking::Figure& figure, bool may_stop) {
        stopped_ = (patience_.note(figure.value, figure.loss) && may_stop) || stopped_;
    }
    /// Whether the run was stopped early.
    bool stopped() const { return stopped_; }
    /// A run that is extended after patience has run out waits as long again.
    void wait_again() {
        if (patience_.ends()) patience_.restore(patience_.best(), 0);
        stopped_ = false;
    }
    /// Whether a checkpoint with this figure would be the best.
    bool would_be_best(const Ranking::Figure& figure) const;
    const std::optional<Best>& best() const { return best_; }
    void set_best(std::optional<Best> best) { best_ = best; }
    /// "Stopped early: 5 evaluations in a row without a better accuracy than 0.7340"
    Phrase why_it_ends() const;

    /// Keys "best" and "early_stop".
    Json state() const;
    /// Also reads what earlier versions wrote: "best_loss" with "best_checkpoint", an absolute path. Figures of another
    /// metric are left out.
    void restore(const Json& state);

  private:
    Rule rule_;
    EarlyStop patience_;
    std::optional<Best> best_;
    bool stopped_ = false;
};

}  // namespace gw
