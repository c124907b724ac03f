#pragma once
#include <cmath>
#include <cstdint>
#include <optional>

namespace gw {

/// Counts evaluations that brought no improvement (Prechelt 1998, "Early stopping - but when?").
class EarlyStop {
  public:
    EarlyStop(std::int64_t patience, double least_gain) : patience_(patience), least_gain_(least_gain) {}
    /// Takes a validation loss; true when the run should end.
    bool note(double loss) {
        if (patience_ <= 0) return false;
        if (std::isfinite(loss) && (!best_ || loss < *best_ - least_gain_)) {
            best_ = loss;
            waited_ = 0;
            return false;
        }
        return ++waited_ >= patience_;
    }
    std::int64_t waited() const { return waited_; }
    std::optional<double> best() const { return best_; }
    void restore(std::optional<double> best, std::int64_t waited) {
        best_ = best;
        waited_ = waited;
    }

  private:
    std::int64_t patience_;
    double least_gain_;
    std::optional<double> best_;
    std::int64_t waited_ = 0;
};

}  // namespace gw
