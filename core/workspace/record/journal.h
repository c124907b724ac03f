#pragma once
#include <atomic>
#include <mutex>

#include "store/writer.h"
#include "train/host/run_port.h"
#include "workspace/record/alert_watch.h"
#include "workspace/record/run_journal_file.h"
#include "workspace/record/run_log.h"

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
    /// Takes note of a message; the write that it calls for, or nothing. keep() brings it into the run's folder.
    StoreWriter::Write note(const Message& message);
    /// "paused", "stopping" or "running", unless the run has ended meanwhile.
    void set_status(const std::string& status);
    void end(const Outcome& outcome);
    /// Writes what was noted into the journal in the run's folder. Of one thread, that of the writer; what cannot be
    /// written now is tried again at the next call, and said once in the log.
    void keep();
    /// Whether keep() could write all that it was asked to.
    bool is_kept() const { return !file_failed_; }
    /// The run's row as of now, with a fresh heartbeat.
    RunRecord record() const;

  private:
    StoreWriter::Write note_row(const MetricRow& row);
    StoreWriter::Write written(JournalEntry entry);
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
    std::vector<std::pair<fs::path, std::string>> pictures_;  ///< likewise: of samples, and their bytes
    std::vector<JournalEntry> noted_;                         ///< not yet in the run's folder
    RunJournalFile file_;
    std::atomic<bool> file_failed_ = false;
    double clock_at_ = 0;  ///< when the clock was last written down, seconds since the epoch
};

}  // namespace gw
