#pragma once
#include <functional>

#include "study/bench.h"

namespace gw {

struct PlanRequest {
    BenchRequest bench;  ///< the spec whose sizes are planned, and what it is measured on
    double hours = 8;    ///< that the training may take
    std::vector<double> factors = {0.25, 0.35, 0.5, 0.7, 1, 1.4, 2, 2.8, 4};  ///< of the spec's size
    double seconds_each = 10;  ///< what would take longer is not measured, but reckoned from the size before it
    /// Units a second of a spec as this machine trained it before; nothing where that is not known.
    std::function<std::optional<double>(const Json& spec)> known = {};
};

/// A size that could be trained.
struct PlannedSize {
    enum class Source { measured, history, reckoned };
    Json spec;         ///< the request's with this size; its budget is what fits into the time
    std::string size;  ///< "4×128"
    std::int64_t parameters = 0;
    double units_per_second = 0, units = 0;  ///< tokens or images, and those of the whole time
    double flops_per_unit = 0;               ///< forward and backward
    Source source = Source::reckoned;
    std::uint64_t memory = 0, checkpoint = 0;                ///< bytes, estimated
    bool fits = true;                                        ///< into the free memory of the machine
    double flops() const { return units * flops_per_unit; }  ///< of the whole time
    double units_per_parameter() const { return parameters > 0 ? units / static_cast<double>(parameters) : 0; }
};

struct Plan {
    double hours = 0;
    std::string unit;
    std::vector<PlannedSize> sizes;      ///< from the smallest
    std::optional<std::size_t> advised;  ///< of text: about 20 tokens a parameter (Hoffmann et al. 2022,
                                         ///< arXiv:2203.15556); nothing where no size fits, or of pictures
};
Json to_json(const Plan& plan);

/// The same sizes, with what fits into another time.
Plan for_hours(Plan plan, double hours);

/// What could be trained in a time on this machine. The rate of each size is that of the history, else it is measured
/// in some steps, else reckoned from the operations a second of the size before it. Errors: those of a run;
/// `cancelled`.
Result<Plan> make_plan(const PlanRequest& request);

/// How a size was known, for a person.
const char* source_text(PlannedSize::Source source);

}  // namespace gw
