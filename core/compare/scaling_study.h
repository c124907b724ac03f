#pragma once
#include "compare/scaling_fit.h"
#include "store/store.h"

namespace gw {

/// What is known of a study so far.
struct ScalingStudy {
    std::vector<ScalingPoint> points;  ///< of the runs that have ended well, in their order
    std::int64_t waiting = 0;          ///< runs that have not
};

/// The runs of a study by its name: compute is what each was trained on times its operations a token, loss that of its
/// last look at the held-out part. Errors: there is no such study.
Result<ScalingStudy> read_scaling(const Store& store, const std::string& name);

/// The name of the study that all of these runs (by id) belong to; nothing where there is none.
Result<std::optional<std::string>> scaling_of_runs(const Store& store, const std::vector<std::string>& runs);

}  // namespace gw
