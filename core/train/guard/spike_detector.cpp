#include "train/guard/spike_detector.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace gw {

namespace {

constexpr std::size_t most_losses = 64, least_losses = 32;
constexpr double of_normal = 1.4826;      // standard deviation over median distance from the median
constexpr double least_deviation = 0.02;  // of the median: a loss that hardly moves has no spikes of a hair's breadth

double middle_of(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

}  // namespace

std::optional<double> SpikeDetector::limit() const {
    if (deviations_ <= 0 || recent_.size() < least_losses) return std::nullopt;
    const double median = middle_of({recent_.begin(), recent_.end()});
    std::vector<double> distances;
    for (const double loss : recent_) distances.push_back(std::abs(loss - median));
    return median +
           deviations_ * std::max(of_normal * middle_of(std::move(distances)), least_deviation * std::abs(median));
}

void SpikeDetector::note(double loss) {
    if (!std::isfinite(loss)) return;
    recent_.push_back(loss);
    if (recent_.size() > most_losses) recent_.pop_front();
}

Json SpikeDetector::state() const {
    return std::vector<double>(recent_.begin(), recent_.end());
}

void SpikeDetector::restore(const Json& state) {
    recent_.clear();
    if (!state.is_array()) return;
    for (const Json& loss : state)
        if (loss.is_number()) note(loss.get<double>());
}

}  // namespace gw
