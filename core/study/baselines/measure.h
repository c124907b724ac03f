#pragma once
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "schema/field.h"
#include "tokenize/tokenizer.h"
#include "util/files.h"

namespace gw {

struct BaselineScore {
    std::string id, title;
    std::map<std::string, double> figures;  ///< by BaselineReport::metrics
    double seconds = 0;
};

/// What classic methods reach on the split that a network was trained on.
struct BaselineReport {
    std::string part;
    std::int64_t learnt = 0, learnt_of = 0;  ///< rows of the training part that were learnt from, and all of them
    std::int64_t judged = 0;
    std::vector<std::string> metrics;  ///< that are told, by the names of schema/metric.h; the main one first
    std::optional<std::map<std::string, double>> network;  ///< the same of the run's own predictions of these rows
    std::vector<BaselineScore> scores;                     ///< in the order of baselines()
};

struct BaselineRequest {
    fs::path checkpoint;  ///< says how the data was read and cut
    fs::path run_folder;  ///< whose predictions are held against them; empty = none
    std::string part = "validation";
    std::int64_t rows = 10000;  ///< at most so many are learnt from, of each class its share, and judged; 0 = all
    fs::path cache;
    ProgressFn progress;
    std::stop_token stop;
};

/// Errors: data that is gone or has changed, labels other than a class or a number each, a part without rows, stopped.
Result<BaselineReport> measure_baselines(const BaselineRequest& request);

}  // namespace gw
