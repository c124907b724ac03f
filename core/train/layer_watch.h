#pragma once
#include "adapt/model_state.h"
#include "train/messages.h"

namespace gw {

/// Looks into the layers at chosen steps: how far an update moves each tensor, how long its gradient is, and how values
/// are spread. Costs one copy of the weights and a pass over them at those steps and nothing at the others.
class LayerWatch {
  public:
    LayerWatch(Model& model, std::int64_t layers_every, std::int64_t histograms_every)
        : model_(model), layers_every_(layers_every), histograms_every_(histograms_every) {}
    /// `step` is the one about to be made.
    bool wants_layers(std::int64_t step) const { return layers_every_ > 0 && step % layers_every_ == 0; }
    bool wants_histograms(std::int64_t step) const { return histograms_every_ > 0 && step % histograms_every_ == 0; }
    /// Before the update: remembers the weights, and the gradients' lengths and spread.
    void before_update(std::int64_t step);
    /// After it: "layers/update_ratio/NAME" and "layers/grad_norm/NAME" for every tensor of two axes or more. The ratio
    /// is |change of the weights| / |weights|; about 1e-3 is usual for a healthy run with Adam.
    std::vector<Point> after_update();
    /// What before_update() and observe() have gathered.
    std::vector<Histogram> histograms();
    /// Hands `pass` an observer that gathers the activations of every block, in the step that is about to be made.
    void observe(Pass& pass, std::int64_t step);

  private:
    Model& model_;
    const std::int64_t layers_every_, histograms_every_;
    std::int64_t step_ = 0;
    torch::Tensor before_;
    std::vector<double> gradient_norms_;
    std::vector<Histogram> histograms_;
};

/// Counts of the finite values of a tensor in `bins` equal bins between its least and greatest.
Histogram histogram_of(const torch::Tensor& values, const std::string& kind, const std::string& name, std::int64_t step,
                       int bins = 64);

}  // namespace gw
