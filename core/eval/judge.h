#pragma once
#include <torch/types.h>

#include <functional>
#include <stop_token>

#include "eval/predictions.h"
#include "objective/objective.h"

namespace gw {

/// What a labelled objective says of examples, and its mean loss.
struct Judged {
    Predictions predictions;
    double loss = 0;        ///< mean over rows (words of a tagger)
    std::int64_t rows = 0;  ///< 0 = stopped before the end, or there was nothing
};

struct JudgeOptions {
    std::int64_t rows = 32;    ///< examples a batch
    std::int64_t at_most = 0;  ///< examples, evenly spread over the table; 0 = all
    torch::Device device = torch::kCPU;
};

/// Judges the examples with the weights as they are. The same table and options always give the same numbers.
Judged judge(Backbone& backbone, const Objective& objective, const TokenStream& stream, const ExampleTable& table, Token padding,
             const Pass& pass, const JudgeOptions& options, const std::function<void(double fraction)>& progress, std::stop_token stop);

/// Pooled features of examples, [examples, width] float32 on the CPU; empty when stopped.
torch::Tensor features_of(Backbone& backbone, const TokenStream& stream, const std::vector<const Example*>& examples, Token padding,
                          const std::string& pooling, const Pass& pass, torch::Device device,
                          const std::function<void(double fraction)>& progress, std::stop_token stop);

/// At most `count` examples, evenly spread over the table (0 = all), the shortest first so that batches pad little.
std::vector<const Example*> spread(const ExampleTable& table, std::int64_t count);

}  // namespace gw
