#pragma once
#include "study/checkup/checkup.h"
#include "train/guard/recovery.h"
#include "train/host/onlooker.h"
#include "train/run_in_progress.h"

namespace gw {

/// A run that a check trains for a while, of which nothing is kept.
class CheckSubject {
  public:
    using Around = std::function<std::unique_ptr<BatchSource>(std::unique_ptr<BatchSource>)>;
    /// Reads the data and builds the model with its first weights. `change` may change the spec that is trained: it has
    /// a budget of request.steps at a constant rate by then, and saves, samples and warms up nowhere. Throws Failure.
    explicit CheckSubject(const CheckupRequest& request, const std::function<void(Json& spec)>& change = {},
                          const Around& around = {});
    RunInProgress& run() { return run_; }
    Model& model() { return run_.ready.model; }

    struct Step {
        double loss = 0, lr = 0;
        bool finite = true;  ///< loss and gradient: else the update was left out
    };
    /// Makes a step at a multiple of the spec's rate. Throws Failure when it is asked to stop.
    Step step(double rate_scale = 1);
    /// The validation part, or about so much of it as one look of the run takes.
    Score score();
    void look_for_stop() const;
    /// Of how many classes or tokens a row or position is one; 0 of other objectives.
    std::int64_t choices() const;

  private:
    TrainRequest request_;
    Onlooker port_;
    RunInProgress run_;
};

/// A look at losses one after the other: a mean in which each counts less than the one after it, without the bias of
/// its beginning (Kingma and Ba 2015, section 3).
class SmoothedLoss {
  public:
    explicit SmoothedLoss(double keeps) : keeps_(keeps) {}
    double add(double loss) {
        sum_ = keeps_ * sum_ + (1 - keeps_) * loss;
        weight_ *= keeps_;
        return sum_ / (1 - weight_);
    }

  private:
    double keeps_, sum_ = 0, weight_ = 1;
};

}  // namespace gw
