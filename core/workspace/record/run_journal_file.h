#pragma once
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "store/store.h"
#include "util/descriptor.h"

namespace gw {

/// The curves' values of one step.
struct JournalRow {
    std::int64_t segment = 0, step = 0, tokens = 0;
    double seconds = 0;
    std::vector<std::pair<std::string, double>> values;  ///< by metric
    std::optional<double> time;                          ///< the wall clock, where it is noted down
};

/// A checkpoint that was put in place, and the paths of those that went for it.
struct JournalCheckpoint {
    CheckpointRecord record;
    std::vector<std::string> removed;
};

/// What is written down of a run while it is trained: in the history and, in the same form, in its folder.
using JournalEntry = std::variant<JournalRow, JournalCheckpoint, EventRecord, SampleRecord, HistogramRecord>;

/// Writes an entry into the history.
Status keep_entry(Store& store, const std::string& run, const JournalEntry& entry);

/// An entry as a line of journal.jsonl, without its end.
std::string journal_line(const JournalEntry& entry);
/// An entry of the run in `run_folder` from such a line; nothing where it is damaged or of a kind that is not known.
/// Never throws.
std::optional<JournalEntry> entry_of_line(const std::string& line, const std::string& run, const fs::path& run_folder);

/// What became of a journal that was read.
struct JournalReading {
    std::int64_t entries = 0, damaged = 0;  ///< lines
};
/// Hands the entries of a run's journal to `take` in order. A damaged line costs that line. Errors: the file cannot be
/// read; those of `take`, which end it.
Result<JournalReading> read_journal(const fs::path& run_folder, const std::string& run,
                                    const std::function<Status(const JournalEntry&)>& take);

/// Takes the figures that a run's row shows over from a step's values; `main_metric` is "validation/accuracy".
void take_figures(RunRecord& run, const JournalRow& row, const std::string& main_metric);

/// The file journal.jsonl in a run's folder while the run is trained. Of one thread.
class RunJournalFile {
  public:
    explicit RunJournalFile(fs::path run_folder) : folder_(std::move(run_folder)) {}
    /// Appends entries; a checkpoint among them is on the disk when this returns. Where they cannot be written they
    /// wait, in memory, for the next call.
    Status append(std::vector<JournalEntry> entries);

  private:
    Status write(const std::string& lines, bool sync);
    Status open();
    const fs::path folder_;
    Descriptor file_;
    std::string waiting_;
    bool waiting_checkpoint_ = false;
};

}  // namespace gw
