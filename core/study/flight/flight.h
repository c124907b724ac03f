#pragma once
#include <optional>

#include "study/bench.h"
#include "study/checkup/checkup.h"

namespace gw {

struct FlightRequest {
    Json spec;       ///< complete and checked
    fs::path cache;  ///< of prepared data, as a run's; the checkpoint that is tried lies below it for a moment
    fs::path runs;   ///< where the run would be kept: the disk that is asked for room
    std::optional<std::uint64_t> memory = {};  ///< bytes that the run may take; nothing = what is free now
    std::optional<std::uint64_t> disk = {};    ///< bytes that it may keep; nothing = what is free now
    std::int64_t steps = 30;                   ///< at most so many are counted, and three at least
    double seconds = 5;                        ///< of counted steps, once three are made
    double others = 30;  ///< seconds that other micro-batches of the same rows may take to be tried; 0 = none are
    ProgressFn progress = {};
    std::stop_token stop = {};
};

/// Seconds of what a run is made of, measured in a few steps of it.
struct FlightPace {
    Quartiles step;
    double evaluation = 0;          ///< one on the way
    double last = 0;                ///< the evaluation at the end: all of the validation and test parts that it scores
    double stall = 0, writing = 0;  ///< that a save keeps training waiting, and that it is written beside it
    std::optional<double> samples = {};  ///< nothing: none was measured, or it takes longer than was waited for
    double probe = 0;
};

/// What a run with that pace comes to.
struct FlightCourse {
    std::int64_t steps = 0, evaluations = 0, saves = 0, samples = 0, probes = 0;
    double seconds = 0;  ///< of all; saves are at most so many, since only evaluations that find the best save it
    double looks = 0;    ///< of them for evaluations, samples and probes
};

/// Bytes.
struct FlightMemory {
    std::uint64_t before = 0;     ///< that this process held before the run was made; 0 on a GPU
    std::uint64_t peak = 0;       ///< the most that it held from then on (VmHWM), or that tensors held on the GPU
    std::uint64_t recorded = 0;   ///< the most of what a run records after its steps (train/memory_bytes)
    std::uint64_t estimated = 0;  ///< by the settings alone (estimate_run)
    std::uint64_t allowed = 0;    ///< that a run may take; 0 = not known
    bool measured = false;
    std::uint64_t needed() const { return !measured ? estimated : peak > before ? peak - before : 0; }
};

struct FlightDisk {
    std::uint64_t checkpoint = 0;     ///< of one, as it was saved, or as it would be
    std::int64_t checkpoints = 0;     ///< at most on the disk at once, one on its way included
    std::uint64_t record = 0;         ///< of the history and the run's journal
    std::uint64_t allowed = 0;        ///< free
    std::optional<Error> error = {};  ///< why the checkpoint could not be saved
    std::uint64_t needed() const { return checkpoint * static_cast<std::uint64_t>(checkpoints) + record; }
};

/// A way to cut the rows of a step, tried.
struct FlightBatch {
    std::int64_t rows = 0, number = 0;  ///< of a micro-batch, and of micro-batches in a step
    Quartiles seconds;                  ///< of a step
    std::uint64_t memory = 0;           ///< bytes that a run with it needs
    bool fits = true, own = false;      ///< own: the settings'
};

struct FlightReport {
    std::string device, precision, unit;  ///< unit: unit_of(InputFacts)
    int threads = 1;
    std::int64_t parameters = 0, units_per_step = 0, counted_steps = 0;
    double units = 0, epochs = 0;  ///< of the run
    double units_per_second = 0;   ///< in the counted steps
    bool own_batch = true;         ///< whether the settings' own micro-batches were measured, and not smaller ones
    FlightPace pace;
    FlightCourse course;
    FlightMemory memory;
    FlightDisk disk;
    std::vector<FlightBatch> batches;                  ///< the first is the one that all else was measured with
    std::vector<std::pair<std::string, Json>> advice;  ///< settings by path
    std::vector<CheckFinding> findings;                ///< what of it a person should know, in order
    double seconds = 0;                                ///< that the check took
    bool can_go() const;                               ///< nothing is wrong
};
Json to_json(const FlightReport& report);

/// What findings are about, in their order.
std::vector<CheckSheet> flight_sheets();

/// Makes a few real steps of a run on its own data and device, one evaluation as the run would make it, one save and
/// one sample, and reckons from them how long the run takes and what memory and disk it needs; tries other
/// micro-batches of the same rows where that is cheap. Nothing of it is kept. That the run cannot go is a finding.
/// Errors: those of a run that cannot begin, and `cancelled`.
Result<FlightReport> flight_check(const FlightRequest& request);

}  // namespace gw
