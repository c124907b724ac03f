#pragma once
#include <limits>
#include <span>
#include <string_view>

namespace gw {

/// Which way a metric is better. `neither`: it describes (a learning rate, the share of the commonest class) and cannot
/// be won.
enum class Better { higher, lower, neither };

/// What values a metric can have: an axis that shows it never goes beyond. Both ends are infinite where nothing bounds
/// it.
struct MetricRange {
    double least = -std::numeric_limits<double>::infinity(), most = std::numeric_limits<double>::infinity();
};

/// A figure that some kind reports, declared here once: whoever ranks, draws or judges by a metric asks this table.
struct Metric {
    const char* name;   ///< without the part of the data before it: "f1_macro"
    const char* title;  ///< English, marked for translation
    Better better;
    const char* unit;  ///< "nats", "share", "" for a plain number
    MetricRange range;
    const char* summary;  ///< definition in a line
    /// The same quantity as one that stands beside it, averaged in another way: shown to who asks for all figures.
    bool another_average = false;
};

/// All metrics, in the order people see them.
std::span<const Metric> metrics();

/// The metric behind a recorded name: "validation/f1_macro", "probe/knn_accuracy", "layers/grad_norm/head" or
/// "f1_macro". Null when no kind declares it.
const Metric* find_metric(std::string_view recorded);

/// Of a recorded name; without bounds for one that no kind declares.
MetricRange range_of(std::string_view recorded);
/// Of a recorded name; `neither` for one that no kind declares.
Better better_of(std::string_view recorded);
inline bool higher_is_better(std::string_view recorded) {
    return better_of(recorded) == Better::higher;
}

/// Whether `value` is better than `other`; never where neither way is better.
bool is_better(Better better, double value, double other);

}  // namespace gw
