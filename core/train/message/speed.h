#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>

namespace gw {

/// Tokens a second over about the last ten steps. The first steps of a stretch warm caches up and are forgotten soon.
class Speed {
  public:
    /// Of `steps` that together took `seconds`, the wait for their device included.
    void note(std::int64_t steps, std::int64_t tokens, double seconds) {
        constexpr double memory = 0.9;  // of a step
        const double now = static_cast<double>(tokens) / std::max(seconds, 1e-9),
                     kept = std::pow(memory, static_cast<double>(steps));
        rate_ = rate_ == 0 || now == 0 ? now : 1.0 / (kept / rate_ + (1 - kept) / now);
    }
    double tokens_per_second() const { return rate_; }

  private:
    double rate_ = 0;
};

}  // namespace gw
