#pragma once
#include <memory>
#include <string>
#include <vector>

#include "store/records.h"
#include "util/files.h"

namespace gw {

/// One metric's value at one step, on its way into the database.
struct MetricInsert {
    std::string_view metric;
    std::int64_t segment, step;
    double value, seconds;
};

/// The run history: one SQLite database in WAL mode. A Store object belongs to one thread; open one a thread.
/// All writes go through the StoreWriter or these calls; readers see only committed rows. Paths below the database's folder are kept
/// relative to it, so that a workspace may be moved; they come back absolute.
class Store {
  public:
    enum class Mode { read_write, read_only };
    /// Opens or creates `path`, migrating an older schema after a backup beside it. A newer schema, a file that is no database
    /// and an unwritable folder are errors that say what to do; the file is left as it was.
    static Result<Store> open(const fs::path& path, Mode mode = Mode::read_write);
    Store(Store&&) noexcept;
    Store& operator=(Store&&) noexcept;
    ~Store();

    // Reading
    Result<std::vector<RunRecord>> runs() const;  ///< newest first
    /// By id, by unique beginning of an id, or by name (the newest of that name).
    Result<RunRecord> run(const std::string& id_or_name) const;
    Result<std::vector<std::string>> metrics(const std::string& run) const;
    /// All points of one metric in order of (segment, step).
    Result<std::vector<MetricPoint>> series(const std::string& run, const std::string& metric) const;
    /// At most `points` values spread over the series, each the mean of its bucket: a sparkline.
    Result<std::vector<double>> outline(const std::string& run, const std::string& metric, int points) const;
    Result<std::vector<CheckpointRecord>> checkpoints(const std::string& run) const;  ///< newest first
    Result<std::vector<EventRecord>> events(const std::string& run) const;
    Result<std::vector<SampleRecord>> samples(const std::string& run) const;
    /// Changes whenever anything was committed, by any process: poll it to know whether to read again.
    std::int64_t version() const;

    // Writing (each a transaction)
    Status add_run(const RunRecord& run);
    /// Writes every field but id, name, created and spec: the name may be changed by another program meanwhile (rename_run).
    Status update_run(const RunRecord& run);
    Status rename_run(const std::string& id, const std::string& name);
    /// Replaces the frozen spec's budget when a run is extended.
    Status set_spec(const std::string& id, const Json& spec);
    Status add_checkpoint(const CheckpointRecord& checkpoint);
    Status remove_checkpoint(const std::string& path);
    Status add_event(const EventRecord& event);
    Status add_sample(const SampleRecord& sample);
    Status add_metrics(const std::string& run, const std::vector<MetricInsert>& rows);
    /// Marks runs whose program is gone as interrupted; returns how many.
    Result<int> sweep_orphans();
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
