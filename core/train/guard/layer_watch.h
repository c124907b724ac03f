#pragma once
#include "adapt/model_state.h"
#include "train/message/messages.h"

namespace gw {

/// Looks into the layers at chosen steps: how far an update moves each tensor, how long its gradient is, and how values
/// are spread. Costs one copy of the weights and some passes over them at those steps and nothing at the others: at the
/// usual distances well under a hundredth of the time. Nothing that is trained depends on it.
class LayerWatch {
  public:
    LayerWatch(Model& model, std::int64_t layers_every, std::int64_t histograms_every)
        : model_(model), layers_every_(layers_every), histograms_every_(histograms_every) {}
    /// `step` is the one about to be made.
    bool wants_layers(std::int64_t step) const { return falls_on(step, layers_every_); }
    bool wants_histograms(std::int64_t step) const { return falls_on(step, histograms_every_); }
    /// Before the update: remembers the weights, and the gradients' lengths and spread.
    void before_update(std::int64_t step);
    /// After it: "layers/update_ratio/NAME" and "layers/grad_norm/NAME" for every tensor of two axes or more. The ratio
    /// is |change of the weights| / |weights|; about 1e-3 is usual for a healthy run with Adam.
    std::vector<Point> after_update();
    /// What before_update() and observe() have gathered.
    std::vector<Histogram> histograms();
    /// Likewise "layers/dead_units/BLOCK" where a block has such: the share of its units (channels) that were zero in
    /// every row and place of the micro-batch.
    std::vector<Point> dead_units();
    /// Hands `pass` an observer that gathers the activations of every block, in the step that is about to be made.
    void observe(Pass& pass, std::int64_t step);

  private:
    /// Looks that lie far apart have one soon after the beginning besides, so that a short run has something to show.
    static bool falls_on(std::int64_t step, std::int64_t every) {
        constexpr std::int64_t far = 100;
        return every > 0 && (step % every == 0 || (every >= far && step == every / 10));
    }
    Model& model_;
    const std::int64_t layers_every_, histograms_every_;
    std::int64_t step_ = 0;
    torch::Tensor before_;
    std::vector<double> gradient_norms_;
    std::vector<Histogram> histograms_;
    std::vector<Point> dead_units_;
};

/// The share of the units of [N, C] or [N, T, C] (the last axis) or [N, C, H, W] (the second) that are zero everywhere.
double dead_share(const torch::Tensor& values);

/// Counts of the finite values of a tensor in `bins` equal bins between their least and greatest; of one with more than
/// twice `histogram_values` those of about so many of them, evenly spread.
inline constexpr std::int64_t histogram_values = std::int64_t{1} << 17;
Histogram histogram_of(const torch::Tensor& values, const std::string& kind, const std::string& name, std::int64_t step,
                       int bins = 64);

}  // namespace gw
