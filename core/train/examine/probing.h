#pragma once
#include <optional>

#include "adapt/model_state.h"
#include "data/prepare.h"
#include "train/message/probe_report.h"

namespace gw {

/// Labelled data that the frozen features of a backbone are judged by.
class FeatureProbe {
  public:
    /// `tokenizer_state` and `input` are those of the backbone. Learns from at most `examples` of the training part,
    /// judges at most so many of validation. Errors: the data cannot be read, or has labels of another kind than
    /// classes or numbers, or one class only.
    static Result<FeatureProbe> make(const Json& tokenizer_state, const InputFacts& input, const Json& dataset,
                                     const Json& split, std::int64_t examples, const fs::path& cache,
                                     const ProgressFn& progress, std::stop_token stop);
    /// Nothing when stopped.
    std::optional<ProbeScores> score(const Model& model, const std::function<void(double)>& progress,
                                     std::stop_token stop) const;
    std::int64_t train_examples() const { return train_.size(); }
    std::int64_t judged_examples() const { return judged_.size(); }
    LabelKind kind() const { return train_.kind; }
    /// What guessing without looking reaches: the share of the commonest class; 0 for numbers (R2).
    double baseline() const { return baseline_; }

  private:
    PreparedData data_;
    ExampleTable train_, judged_;
    double baseline_ = 0;
};

}  // namespace gw
