#pragma once
#include "study/bench.h"
#include "study/bench_folder.h"
#include "train/step/stepper.h"

// A model in training that is measured, and how its products are.
namespace gw {

/// All that steps of a spec need: prepared as for a run, or with random tokens in the place of its data. Throws
/// Failure.
class BenchSubject {
  public:
    explicit BenchSubject(const BenchRequest& request);
    BenchSubject(const BenchSubject&) = delete;
    BenchSubject& operator=(const BenchSubject&) = delete;
    /// Makes a step and waits for its device; seconds.
    double step();
    PreparedRun& ready() { return ready_; }
    std::int64_t rows_per_step() const { return stepper_->samples_per_step(); }
    std::int64_t units_per_step() const { return ready_.budget.tokens_per_step(); }

  private:
    void draw_tokens(std::int64_t vocabulary);

    const BenchRequest& request_;
    const TrainingSettings training_;
    std::optional<BenchFolder> folder_;
    World world_;
    PreparedRun ready_;
    std::optional<LayerWatch> watch_;
    std::optional<Stepper> stepper_;
    Standing at_;
};

/// The products that a micro-batch of `units` makes with the weights of a model, forward and backward; the costliest
/// shapes only, most of the work first. Of a convolution, whose places are not known from its weights, the rows are
/// those of 64 places a picture.
std::vector<ProductRate> products_of(const Model& model, std::int64_t units);
/// Measures each and keeps the shortest time that was ever seen.
void measure_products(std::vector<ProductRate>& products, const Compute& compute, const std::stop_token& stop);

Error bench_stopped();

}  // namespace gw
