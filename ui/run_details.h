#pragma once
#include <map>
#include <vector>

#include "compare/diagnosis.h"
#include "store/store.h"

namespace gw::ui {

/// All that the history knows of one run.
struct RunDetails {
    RunRecord record;
    std::map<std::string, std::vector<Bucket>> curves;                ///< of the metrics that are drawn or told of
    std::map<std::string, std::vector<std::vector<Bucket>>> givenUp;  ///< of these, CurveParts::given_up
    std::vector<ClockPoint> clock;
    std::vector<EventRecord> events;            ///< oldest first
    std::int64_t alertsSeen = 0;                ///< of the events of kind "alert", the oldest
    std::vector<SampleRecord> samples;          ///< oldest first
    std::vector<CheckpointRecord> checkpoints;  ///< newest first
    std::string current;  ///< path of the checkpoint that the run stands for; empty where there is none
    std::vector<Finding> findings;
    std::optional<double> kwh, watts;  ///< energy of all segments, and the last power; where they were measured
    std::string log;                   ///< the end of the run's log file, or why it cannot be read
};

/// Call from a background thread.
Result<RunDetails> readRunDetails(const fs::path& database, const std::string& run);

}  // namespace gw::ui
