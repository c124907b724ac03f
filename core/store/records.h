#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schema/field.h"

namespace gw {

/// States of a run. `running` with a heartbeat older than a minute and no living process is shown as `interrupted`.
/// queued, preparing, running, paused, stopping -> finished, stopped, failed, interrupted
using RunStatus = std::string;

struct RunRecord {
    std::string id;  ///< UUID; the name is only a label
    std::string name;
    RunStatus status = "queued";
    std::string cause;                    ///< why it failed or was interrupted, for a person; else empty
    std::string created, started, ended;  ///< UTC, "2026-01-31T12:34:56Z"; empty if not yet
    std::string parent;                   ///< run that it was forked or fine-tuned from; else empty
    Json spec;                            ///< frozen at launch, every value written out
    Json facts = Json::object();          ///< RunFacts as JSON: parameters, hashes, device, versions, floor
    std::string path;                     ///< folder of the run, absolute
    std::int64_t segment = 0;             ///< number of the current stretch, from 0
    std::int64_t steps = 0, total_steps = 0, tokens = 0;
    double seconds = 0;
    std::optional<double> tokens_per_second, train_loss, validation_loss, best_validation_loss, perplexity, bits_per_byte;
    std::int64_t heartbeat = 0;  ///< seconds since the epoch
    std::int64_t process = 0;    ///< pid of the program that trains it
};

struct MetricPoint {
    std::int64_t segment = 0, step = 0;
    double value = 0;  ///< NaN or infinite values come back as such (the database keeps a flag)
    double seconds = 0;
};

struct CheckpointRecord {
    std::string run, path;
    std::int64_t segment = 0, step = 0, tokens = 0;
    std::uint64_t bytes = 0;
    std::optional<double> validation_loss;
    bool best = false;
    std::string created;
};

struct EventRecord {
    std::string run, kind, text, created;
    std::int64_t segment = 0, step = 0;
};

struct SampleRecord {
    std::string run, prompt, text, created;
    std::int64_t segment = 0, step = 0;
};

}  // namespace gw
