#pragma once
#include <optional>

#include "adapt/scoring.h"
#include "train/examine/probing.h"
#include "train/message/standing.h"
#include "train/prepared_run.h"
#include "train/step/sampler.h"
#include "train/step/world.h"
#include "train/trainer.h"

namespace gw {

/// Looks at the model as it stands and reports what it sees. Every look that a stop interrupts reports nothing of its
/// last part and says so, so that it can be made up later.
class Examiner {
  public:
    /// Data of labels and text is scored by all processes together; the other looks each takes for itself. What stands
    /// on the disk is written by one alone (World::writes()).
    Examiner(const TrainRequest& request, PreparedRun& ready, RunPort& port, World& world);
    /// Reads the labelled texts of the probe, if there is one. Throws Failure.
    void prepare();
    /// When and where the looks that follow are taken.
    void stand(const Standing& at, double seconds) {
        at_ = at;
        seconds_ = seconds;
    }
    /// Scores about so many tokens of a part (0 = all of it); of which `scored` is 0 when a stop came in between, or
    /// nothing is there. With `goes_on` that is asked after every batch in the place of the port's stop token.
    Score score(Part part, std::int64_t tokens, const std::function<bool()>& goes_on = {});
    void report_scores(const Score& found, const std::string& part);
    /// What an answer costs in time, and what the model said of every labelled row, which stays with the run for curves
    /// and slices.
    void report_answers(const Score& found, Part part);
    /// How well the checkpoint's own task still goes. False when interrupted, like those below.
    bool forgetting();
    /// What the features say of labelled texts as they are now.
    bool probe();
    bool sample();
    bool interrupted() const { return port_.stop_token().stop_requested(); }

  private:
    ScoreOptions options(std::int64_t tokens) const;
    void report(std::vector<Point> points);

    const TrainRequest& request_;
    PreparedRun& ready_;
    RunPort& port_;
    World& world_;
    const TrainingSettings training_;
    const EvaluationSettings evaluation_;
    const SamplingSettings sampling_;
    const ProbingSettings probing_;
    std::optional<FeatureProbe> probe_;
    Standing at_;
    double seconds_ = 0;
};

}  // namespace gw
