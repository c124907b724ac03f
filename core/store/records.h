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
/// Whether a program is at it: the run has begun and not ended.
inline bool is_active(const RunStatus& status) {
    return status == "preparing" || status == "running" || status == "paused" || status == "stopping";
}
/// Whether it may not be taken away: it is trained, or waits to be.
inline bool is_busy(const RunStatus& status) {
    return status == "queued" || is_active(status);
}

/// Whether it is one of these at all.
inline bool is_run_status(const RunStatus& status) {
    return is_busy(status) || status == "finished" || status == "stopped" || status == "failed" ||
           status == "interrupted";
}

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
    std::optional<double> tokens_per_second, train_loss, validation_loss, best_validation_loss, perplexity,
        bits_per_byte;
    std::optional<double> score,
        best_score;              ///< of the validation part by main_metric_of(): the last one and the best one
    std::int64_t heartbeat = 0;  ///< seconds since the epoch
    std::int64_t process = 0;    ///< pid of the program that trains it
    std::int64_t fork_step =
        0;  ///< of a fork, whose steps go on from there: step of the parent's checkpoint; of others 0

    // What people add; written by calls of their own, never by update_run().
    std::vector<std::string> tags;  ///< in alphabetical order
    std::string notes;              ///< Markdown
    std::string trashed;            ///< since when it lies in the trash (UTC); empty = it does not
    bool dismissed = false;         ///< interrupted, and nobody wants to be asked about it any more
    std::int64_t number = 0;        ///< counts the runs of a workspace from 1: gives the run its colour
    std::int64_t revision = 0;      ///< grows with every change of any run
};

/// The kind that a section of the run's spec chose; empty where a damaged spec has none.
std::string kind_of(const RunRecord& run, const char* section);

/// The metric that a run is judged by, such as "accuracy"; schema/metric.h says which way it is better. Runs from
/// before it was kept are judged by their loss.
std::string main_metric_of(const RunRecord& run);

/// What a run counts as it goes: "tokens", "images" of runs on pictures, "windows" of series. Before its data has been
/// read, by the kind of its data; "tokens" where that is none of today's.
std::string unit_of(const RunRecord& run);

/// Whether the run's loss is a code length of its text in nats a token, so that perplexity and bits per byte can be
/// made of it. Runs from before that was kept: whether they recorded them.
bool is_language_model(const RunRecord& run);

/// Whether it learns from labelled rows, each of which is scored as one.
bool learns_from_labels(const RunRecord& run);

struct MetricPoint {
    std::int64_t segment = 0, step = 0;
    double value = 0;  ///< NaN or infinite values come back as such (the database keeps a flag)
    double seconds = 0;
};

/// Where the wall clock stood when a run was at a step.
struct ClockPoint {
    std::int64_t segment = 0, step = 0;
    double seconds = 0;  ///< of training
    double time = 0;     ///< since the epoch
};

/// How the values of a tensor were spread at a step: counts of equal bins from `low` to `high`.
struct HistogramRecord {
    std::string run, kind, name;  ///< kind: "weights", "gradients" or "activations"
    std::int64_t segment = 0, step = 0;
    double low = 0, high = 0;
    std::vector<std::int64_t> counts;
};

/// Something a person keeps under a name: a filter, a comparison.
struct SavedRecord {
    std::string kind, name;
    Json body;
    std::string changed;  ///< UTC
};

struct CheckpointRecord {
    std::string run, path;
    std::int64_t segment = 0, step = 0, tokens = 0;
    std::uint64_t bytes = 0;
    std::optional<double> validation_loss;
    bool best = false;
    std::string created;
    std::string metric;           ///< main metric of its run; empty where nothing was judged
    std::optional<double> score;  ///< by that metric, of the validation part
};

struct EventRecord {
    std::string run, kind, text, created;
    std::int64_t segment = 0, step = 0;
};

struct SampleRecord {
    std::string run, prompt, text, created;
    std::int64_t segment = 0, step = 0;
    std::string picture = {};  ///< PNG in the run's folder, which the history has no part in; empty where there is none
};

}  // namespace gw
