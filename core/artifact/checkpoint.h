#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "util/files.h"

namespace gw {

/// Writes one checkpoint folder so that a crash or a full disk at any moment leaves either all of it or nothing: files
/// go into a hidden folder beside, each synced, then `manifest.json` with size and SHA-256 of each, then one rename.
/// Without commit() nothing stays.
class CheckpointWriter {
  public:
    /// `folder` is the checkpoint to be; its parent is made if missing. Fails at once when fewer than `expected_bytes`
    /// are free.
    static Result<CheckpointWriter> begin(const fs::path& folder, std::uint64_t expected_bytes);
    CheckpointWriter(CheckpointWriter&& other) noexcept;
    CheckpointWriter& operator=(CheckpointWriter&&) = delete;
    ~CheckpointWriter();
    /// Where to write the file called `name` (no folders in it) before commit().
    fs::path file(const std::string& name) const { return aside_ / name; }
    /// Writes a small file.
    Status add(const std::string& name, std::string_view bytes);
    /// Puts the checkpoint in place, over an older one of the same name if there is one; returns its bytes. A file, or
    /// a folder that holds anything besides the files of a checkpoint, is never replaced: that is an error, and what
    /// was written goes. `settle` is called when everything is on the disk and only the rename is left: it waits for
    /// whatever must be there before the checkpoint can be seen, and its error keeps it out.
    Result<std::uint64_t> commit(const std::function<Status()>& settle = {});

  private:
    CheckpointWriter(fs::path folder, fs::path aside);
    fs::path folder_, aside_;
};

/// Why nothing new can be written into `folder`: it is a file, or a folder that is not empty.
Status may_write_checkpoint(const fs::path& folder);
/// Moves a checkpoint to a place on the same file system where nothing is, or an empty folder; anything else there is
/// an error and stays.
Status place_checkpoint(const fs::path& from, const fs::path& to);

/// Folder name of the checkpoint of `step`: "step-00002000".
std::string checkpoint_name(std::int64_t step);
/// The step of a checkpoint folder by its name; 0 when that is none.
std::int64_t checkpoint_step(const fs::path& checkpoint);

/// Told of the share of the bytes that have been read, from 0 to 1; false ends the reading.
using HashProgress = std::function<bool(double)>;
/// Whether every file of a checkpoint is there with the size and hash of the manifest; the error names the damaged
/// file, or is `cancelled` by `progress`.
Status verify_checkpoint(const fs::path& checkpoint, const HashProgress& progress = {});

/// A checkpoint whose manifest could be read; its files are not looked at.
struct CheckpointEntry {
    fs::path path;
    std::int64_t sequence = 0;  ///< order of writing within the folder, across rewinds of the run
    std::uint64_t bytes = 0;
    std::string created;  ///< UTC; empty where the manifest does not say
};

/// All checkpoints in a run's `checkpoints` folder, newest first. What a crash left half-written does not count.
std::vector<CheckpointEntry> list_checkpoints(const fs::path& checkpoints);

/// The newest one that passes verify_checkpoint and, when `before` is given, was written before that one.
Result<fs::path> newest_whole_checkpoint(const fs::path& checkpoints, const fs::path& before = {});

/// Takes a checkpoint away; it disappears as a whole before its files are deleted.
Status remove_checkpoint(const fs::path& checkpoint);

/// Deletes what crashed writers and removals left, beside the checkpoints and in them. Only for whoever holds the run's
/// lock.
void clean_checkpoint_leftovers(const fs::path& checkpoints);
/// The same, and half-written files of the run's folder itself. Only before anything is written there.
void clean_run_leftovers(const fs::path& run_folder);

}  // namespace gw
