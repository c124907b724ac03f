#pragma once
#include <optional>
#include <string>

#include "optim/schedule.h"
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
        std::optional<Plateau> plateau = {};
    };
    struct Best {
        std::int64_t step = 0;
        Ranking::Figure figure;
    };
    explicit Verdict(Rule rule)
        : rule_(std::move(rule)),
          patience_(rule_.patience, rule_.least_gain, rule_.ranking),
          plateau_(rule_.plateau ? rule_.plateau->patience : 0, rule_.least_gain, rule_.ranking) {}

    const std::string& metric() const { return rule_.metric; }
    /// Takes an evaluation as one that counts for patience. With `may_stop` the run is stopped when that has run out.
    /// True when the learning rate falls by it.
    bool note(const Ranking::Figure& figure, bool may_stop);
    /// How often the learning rate has fallen by evaluations, and what that multiplies it by.
    std::int64_t falls() const { return falls_; }
    void set_falls(std::int64_t falls) { falls_ = falls; }
    double rate() const { return rule_.plateau ? rule_.plateau->rate(falls_) : 1; }
    /// "The learning rate falls, 2 times so far: 3 evaluations in a row without a better accuracy"
    Phrase why_it_falls() const;
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

    /// Keys "best" and "early_stop", and "plateau" where the learning rate goes by evaluations.
    Json state() const;
    /// Also reads what earlier versions wrote: "best_loss" with "best_checkpoint", an absolute path. Figures of another
    /// metric are left out.
    void restore(const Json& state);

  private:
    Rule rule_;
    EarlyStop patience_, plateau_;
    std::int64_t falls_ = 0;
    std::optional<Best> best_;
    bool stopped_ = false;
};

}  // namespace gw
