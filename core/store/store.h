#pragma once
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "store/pyramid.h"
#include "store/records.h"
#include "util/files.h"

namespace gw {

/// One metric's value at one step, on its way into the database.
struct MetricInsert {
    std::string_view metric;
    std::int64_t segment, step;
    double value, seconds;
};

/// A part of a curve, and how fine it is wanted.
struct CurveRange {
    std::int64_t from = std::numeric_limits<std::int64_t>::min(),
                 to = std::numeric_limits<std::int64_t>::max();  ///< steps, both included
    std::size_t at_most = 2000;                                  ///< buckets, 64 or more
};

/// A curve with what became of nothing.
struct CurveParts {
    std::vector<Bucket> counted;                ///< of the weights that exist, as Store::curve() has it
    std::vector<std::vector<Bucket>> given_up;  ///< of those that were given up: a curve each segment that has any, of
                                                ///< which several may lie over each other
};

/// Runs to read: those in the trash stand apart from the others.
struct RunQuery {
    std::int64_t since = 0;  ///< only runs that changed after this revision
    bool trash = false;
};

/// The run history: one SQLite database in WAL mode. A Store object belongs to one thread; open one a thread.
/// All writes go through the StoreWriter or these calls; readers see only committed rows. Paths below the database's
/// folder are kept relative to it, so that a workspace may be moved; they come back absolute.
class Store {
  public:
    enum class Mode { read_write, read_only };
    /// Opens or creates `path`, migrating an older schema after a backup beside it. A newer schema, a file that is no
    /// database and an unwritable folder are errors that say what to do; the file is left as it was.
    static Result<Store> open(const fs::path& path, Mode mode = Mode::read_write);
    Store(Store&&) noexcept;
    Store& operator=(Store&&) noexcept;
    ~Store();

    // Reading
    /// Newest first.
    Result<std::vector<RunRecord>> runs(const RunQuery& query = {}) const;
    /// Ids of the runs that are (or are not) in the trash, newest first: what is gone from a list is not in here.
    Result<std::vector<std::string>> run_ids(bool trash = false) const;
    /// By id, by unique beginning of an id, or by name (the newest of that name).
    Result<RunRecord> run(const std::string& id_or_name) const;
    Result<std::vector<std::string>> metrics(const std::string& run) const;
    /// All points of one metric in order of (segment, step).
    Result<std::vector<MetricPoint>> series(const std::string& run, const std::string& metric) const;
    /// The last step of a segment that has a value of this metric; -1 = none. Quick for any length.
    Result<std::int64_t> last_step(const std::string& run, const std::string& metric, std::int64_t segment) const;
    /// The curve of the weights that exist, in buckets from the pyramid: where a run was taken up again from an earlier
    /// step, what came after that step before is left out. Buckets of one point where so many fit.
    Result<std::vector<Bucket>> curve(const std::string& run, const std::string& metric,
                                      const CurveRange& range = {}) const;
    /// The same, and beside it what was recorded after the steps from which the run was taken up again.
    Result<CurveParts> curve_parts(const std::string& run, const std::string& metric,
                                   const CurveRange& range = {}) const;
    Result<std::vector<ClockPoint>> clock(const std::string& run) const;  ///< in order of (segment, step)
    /// At most `points` values spread over the series, each the mean of its bucket: a sparkline.
    Result<std::vector<double>> outline(const std::string& run, const std::string& metric, int points) const;
    Result<std::vector<CheckpointRecord>> checkpoints(const std::string& run) const;  ///< newest first
    Result<std::vector<EventRecord>> events(const std::string& run) const;
    Result<std::vector<SampleRecord>> samples(const std::string& run) const;
    Result<std::vector<HistogramRecord>> histograms(const std::string& run, std::int64_t step) const;
    Result<std::vector<std::int64_t>> histogram_steps(const std::string& run) const;
    Result<std::vector<SavedRecord>> saved(const std::string& kind) const;  ///< in alphabetical order
    /// Runs that wait their turn, the next first.
    Result<std::vector<RunRecord>> queue() const;
    /// Changes whenever anything was committed, by any process: poll it to know whether to read again.
    std::int64_t version() const;

    // Writing (each a transaction)
    Status add_run(const RunRecord& run);
    /// Writes every field but id, name, created and spec: the name may be changed by another program meanwhile
    /// (rename_run).
    Status update_run(const RunRecord& run);
    Status rename_run(const std::string& id, const std::string& name);
    /// Replaces the frozen spec's budget when a run is extended.
    Status set_spec(const std::string& id, const Json& spec);
    Status add_checkpoint(const CheckpointRecord& checkpoint);
    Status remove_checkpoint(const std::string& path);
    Status add_event(const EventRecord& event);
    Status add_sample(const SampleRecord& sample);
    Status add_metrics(const std::string& run, const std::vector<MetricInsert>& rows);
    Status add_clock(const std::string& run, const ClockPoint& point);
    Status add_histogram(const HistogramRecord& histogram);
    /// All tags of a run; duplicates and blanks around them go.
    Status set_tags(const std::string& id, const std::vector<std::string>& tags);
    Status set_notes(const std::string& id, const std::string& notes);
    Status set_dismissed(const std::string& id, bool dismissed);
    /// Into the trash or out of it; a run that is being trained or waits in the queue stays where it is (an error).
    Status set_trashed(const std::string& id, bool trashed);
    /// Takes a run's rows away for good, at once: for runs that have few. The files are the caller's.
    Status remove_run(const std::string& id);
    /// Begins to discard a run that lies in the trash and is not being trained; false of any other run. It is in no
    /// list from now on. Between this and finish_discarding() the caller deletes its files (empty_trash), so that
    /// whoever finds it half discarded knows which are left.
    Result<bool> begin_discarding(const std::string& id);
    /// Runs that were begun to be discarded: by this program, or by one that has ended since.
    Result<std::vector<std::string>> half_discarded() const;
    /// Takes its rows away, in slices, so that nobody waits long for the history.
    Status finish_discarding(const std::string& id);
    Status set_saved(const SavedRecord& record);
    Status remove_saved(const std::string& kind, const std::string& name);
    /// Puts a run with status "queued" at the end of the queue, or takes it out. `position` of move_in_queue counts
    /// from 0.
    Status enqueue(const std::string& id);
    Status dequeue(const std::string& id);
    Status move_in_queue(const std::string& id, std::size_t position);
    /// Writes run.json for runs that have a folder and none in it (those of earlier versions). The calls above do so
    /// for every run that they change.
    Status tell_old_folders();
    /// Writes it anew where a program was killed between a change of the row and that of the file. For whoever opens
    /// the workspace.
    Status tell_behind();
    /// Whether somebody trains the run in this folder; nothing where that cannot be told.
    using Trained = std::function<std::optional<bool>(const fs::path& folder)>;
    /// Marks runs that nobody trains any more as interrupted; returns how many. Of those that `trained` says nothing of
    /// the process and its heartbeat decide.
    Result<int> sweep_orphans(const Trained& trained = {});
    /// Begins and ends one transaction around several of the calls above.
    Status begin();
    Status commit();  ///< a failure takes the whole transaction back
    void rollback();

    struct Impl;  ///< see store_impl.h

  private:
    explicit Store(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace gw
