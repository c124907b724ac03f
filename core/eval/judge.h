#pragma once
#include <torch/types.h>

#include <functional>
#include <map>
#include <optional>
#include <stop_token>

#include "data/batch_source.h"
#include "eval/predictions.h"
#include "eval/world.h"
#include "objective/objective.h"

namespace gw {

/// What an objective says of examples, and its mean loss.
struct Judged {
    Predictions predictions;         ///< without rows where the objective learns from no labels
    std::optional<double> accuracy;  ///< share of Measures::hits_N, where those are measured
    /// Mean of Measures::losses_N over rows (words of a tagger); of numbers over the variance of the table's labels: 1
    /// is what guessing their mean gives, whatever the run was trained on.
    double loss = 0;
    std::optional<double> criterion;      ///< mean of Measures::criterion_N, where training minimises something else
    std::map<std::string, double> parts;  ///< means of Measures::parts, by name
    std::int64_t rows = 0;                ///< 0 = stopped before the end, or there was nothing
};

struct JudgeOptions {
    std::int64_t rows = 32;    ///< examples a batch; the numbers are the same for any, to rounding
    std::int64_t at_most = 0;  ///< examples, evenly spread over the table; 0 = all
    torch::Device device = torch::kCPU;
    std::int64_t units =
        0;  ///< tokens (or pictures) a batch, padding included, unless one example has more; 0 = any number
    World* world = nullptr;  ///< whose processes share the look; null = this one alone
    /// Every batch has `rows` examples, and what is left at the end is not judged: for losses that hold the rows of a
    /// batch against each other. Fewer examples than one batch are judged as they are.
    bool whole_batches = false;
};

/// Judges the examples with the weights as they are. The same table and options always give the same numbers; shared by
/// a world every process gets all predictions, as one alone would make them.
Judged judge(Backbone& backbone, const Objective& objective, const ExampleRows& rows, const ExampleTable& table,
             const Pass& pass, const JudgeOptions& options, const std::function<void(double fraction)>& progress,
             std::stop_token stop);

/// Pooled features of examples, [examples, width] float32 on the CPU; empty when stopped. `units` as in JudgeOptions.
torch::Tensor features_of(Backbone& backbone, const ExampleRows& rows, const std::vector<const Example*>& examples,
                          const std::string& pooling, const Pass& pass, torch::Device device, std::int64_t units,
                          const std::function<void(double fraction)>& progress, std::stop_token stop);

/// At most `count` examples, evenly spread over the table (0 = all), the shortest first so that batches pad little.
std::vector<const Example*> spread(const ExampleTable& table, std::int64_t count);

}  // namespace gw
