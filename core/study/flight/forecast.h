#pragma once
#include "study/flight/flight.h"

// What follows from the figures of a flight check: arithmetic alone.
namespace gw {

/// The run of a spec at a pace. `steps` of its budget; nothing = it is one of time, which counts the looks too.
FlightCourse flight_course(const Json& spec, const FlightPace& pace, std::optional<std::int64_t> steps);

/// How many checkpoints lie on the disk at most: those that are kept, and one that is being written before an older
/// one goes.
std::int64_t most_checkpoints(const Json& spec, std::int64_t saves);

/// The next larger micro-batches that make the same step; none where one holds all rows.
std::optional<FlightBatch> larger_batch(const FlightBatch& of);
/// The next smaller ones; none where they hold one row.
std::optional<FlightBatch> smaller_batch(const FlightBatch& of);

/// Which of the tried ones to take: the fastest that fits, if it is faster than the settings' own beyond doubt, or if
/// those do not fit; nothing where the settings are best as they are, or none fits.
std::optional<std::size_t> best_batch(const std::vector<FlightBatch>& tried);

/// Puts advice and findings into a report whose figures are known. `may_cut`: whether other micro-batches would be the
/// same training.
struct FlightTold {
    bool finite = true, may_cut = true;
    bool untried = false;        ///< others were not asked for
    bool ran_out = false;        ///< memory, with the settings' own micro-batches
    bool too_long = false;       ///< others were not tried, since steps are long
    bool nothing_ran = false;    ///< nothing was tried for want of memory
    std::uint64_t expected = 0;  ///< bytes that the settings' own micro-batches would need, where they were not tried
    double longest_sample = 0;   ///< seconds that were waited for samples
};
void judge_flight(const Json& spec, const FlightTold& told, FlightReport& report);

}  // namespace gw
