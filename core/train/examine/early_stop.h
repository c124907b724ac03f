#pragma once
#include <cmath>
#include <cstdint>
#include <optional>

namespace gw {

/// What evaluations are ranked by: a metric with its direction, and the plain loss where two are equal.
struct Ranking {
    bool higher_is_better = false;
    struct Figure {
        double value = 0, loss = 0;
    };
    /// Whether `now` beats `before` by more than `gain`, in the metric's unit. A value that is not finite beats
    /// nothing.
    bool better(const Figure& now, const Figure& before, double gain = 0) const {
        if (!std::isfinite(now.value)) return false;
        const double ahead = higher_is_better ? now.value - before.value : before.value - now.value;
        return ahead > gain || (gain == 0 && ahead == 0 && now.loss < before.loss);
    }
};

/// Counts evaluations that brought no improvement (Prechelt 1998, "Early stopping - but when?").
class EarlyStop {
  public:
    EarlyStop(std::int64_t patience, double least_gain, Ranking ranking = {})
        : patience_(patience), least_gain_(least_gain), ranking_(ranking) {}
    /// Takes an evaluation; true when the run should end.
    bool note(double value, double loss = 0) {
        if (patience_ <= 0) return false;
        const Ranking::Figure now{value, loss};
        if (std::isfinite(value) && (!best_ || ranking_.better(now, *best_, least_gain_))) {
            best_ = now;
            waited_ = 0;
            return false;
        }
        ++waited_;
        return ends();
    }
    bool ends() const { return patience_ > 0 && waited_ >= patience_; }
    std::int64_t waited() const { return waited_; }
    const std::optional<Ranking::Figure>& best() const { return best_; }
    void restore(std::optional<Ranking::Figure> best, std::int64_t waited) {
        best_ = best;
        waited_ = waited;
    }

  private:
    std::int64_t patience_;
    double least_gain_;
    Ranking ranking_;
    std::optional<Ranking::Figure> best_;
    std::int64_t waited_ = 0;
};

}  // namespace gw
