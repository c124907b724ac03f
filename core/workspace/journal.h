#pragma once
#include <mutex>

#include "store/writer.h"
#include "train/run_port.h"
#include "workspace/alert_watch.h"
#include "workspace/run_log.h"

namespace gw {

/// RunFacts as the run's row keeps them, with the program's version; keys are the members' names.
Json facts_json(const RunFacts& facts);

/// The record of one run while it is trained: turns messages into rows for the store, lines for the log and the state
/// of the run's own row. Calls are safe from several threads.
class Journal {
  public:
    Journal(RunRecord record, RunLog& log);
    /// Alerts that the last message gave rise to, once: note them like any other message.
    std::vector<Event> take_alerts();
    /// Takes note of a message; the write that it calls for, or nothing.
    StoreWriter::Write note(const Message& message);
    /// "paused", "stopping" or "running", unless the run has ended meanwhile.
    void set_status(const std::string& status);
    void end(const Outcome& outcome);
    /// The run's row as of now, with a fresh heartbeat.
    RunRecord record() const;

  private:
    StoreWriter::Write note_row(const MetricRow& row);
    void note_score(double value);
    StoreWriter::Write note_checkpoint(const CheckpointSaved& saved);
    void note_phase(const Progress& progress);
    mutable std::mutex mutex_;
    RunRecord record_;
    RunLog& log_;
    std::string phase_;
    std::string main_metric_;  ///< "validation/accuracy"
    bool ended_ = false, watching_ = true;
    AlertWatch watch_;
    std::vector<Event> alerts_;
    double clock_at_ = 0;  ///< when the clock was last written down, seconds since the epoch
};

}  // namespace gw
