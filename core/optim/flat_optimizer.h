#pragma once
#include "optim/optimizer.h"

namespace gw {

/// What most optimizers share: state of the same length as the gradients, the walk over what is trained, matrices apart
/// from vectors, on the CPU or by tensors, and that an update which is not finite changes nothing. A kind adds its
/// arithmetic, once for each road.
class FlatOptimizer : public Optimizer {
  public:
    void step(const Update& update) final;
    void step_by_tensors(const Update& update) final;
    std::vector<std::pair<std::string, torch::Tensor>> state() final;
    std::int64_t updates() const final;
    void set_updates(std::int64_t updates) final;

  protected:
    /// What one call of update_values() or update_tensors() gets: any stretch of neighbours, or one parameter whole,
    /// for kinds that go by its norm or its singular values.
    enum class Walk { pieces, parameters };
    /// `state_names`: one tensor each, which begins at zero. The bank must outlive it.
    FlatOptimizer(ParameterBank& bank, std::vector<std::string> state_names, Walk walk = Walk::pieces);

    /// `count` neighbouring values that are updated alike, and where their state lies.
    struct Values {
        float* weights;
        const float* gradients;
        float* const* state;  ///< in the order of the names
        std::int64_t count;
    };
    /// How they are updated.
    struct Rule {
        double lr;
        bool decays;                                      ///< they belong to matrices
        std::int64_t updates;                             ///< of these values, this one included: 1 at their first
        float gradient_scale;                             ///< not yet applied to the gradients
        const ParameterBank::Entry* parameter = nullptr;  ///< of Walk::parameters
    };
    virtual void update_values(const Values& values, const Rule& rule) const = 0;

    /// The same values as tensors. The gradients are scaled already, zero where the update is not finite, and may be
    /// written over: they are the only memory that the arithmetic needs beside what it changes.
    struct Tensors {
        torch::Tensor weights, gradients;
        std::vector<torch::Tensor> state;
    };
    struct TensorRule {
        double lr;
        bool decays;
        torch::Tensor updates;  ///< scalar float64, at least 1
        torch::Tensor go;       ///< scalar float32: 1, or 0 where nothing may change
        const ParameterBank::Entry* parameter = nullptr;
    };
    virtual void update_tensors(Tensors values, const TensorRule& rule) const = 0;

  private:
    /// What is updated by one rule: `from` to `to` of the weights, the same in the gradients and the state at
    /// `trained`.
    struct Part {
        std::int64_t from, to, trained;
        bool decays;
        ParameterBank::Pace pace;
        const ParameterBank::Entry* parameter;
    };
    void lay_out();                   ///< state after what the bank trains now
    std::vector<Part> parts() const;  ///< all that is trained
    ParameterBank& bank_;
    const std::vector<std::string> names_;
    const Walk walk_;
    std::vector<torch::Tensor> state_;
    std::vector<std::int64_t> places_;  ///< of the bank's entries in the state, -1 = none
    std::int64_t layout_ = 0;
    torch::Tensor updates_;  ///< scalar int64 on the bank's device
};

}  // namespace gw
