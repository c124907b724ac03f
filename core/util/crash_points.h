#pragma once
#include <string_view>

namespace gw {

/// Every place that crash_point() is called with, around the writes that must not be torn: tests end the program at
/// each of them (tests/faults/kills.py reads the names here). One a line.
inline constexpr std::string_view crash_points[] = {
    // write_file_atomic(), each time that a small file is written: marks, verdicts, the run's own record, its spec
    "file opened",
    "file written",
    "file synced",
    "file renamed",
    // remove_tree(): what was in the folder is gone, the folder is not
    "folder emptied",
    // a checkpoint, from its first file to what points to it
    "checkpoint written",
    "checkpoint before manifest",
    "checkpoint before rename",
    "checkpoint settled",
    "checkpoint after rename",
    "checkpoint before current",
    "checkpoint before verdict",
    "checkpoint removing",
    // a new run, whose folder is there and whose row is not; one that goes for good
    "run before row",
    "trash before folder",
    // the history
    "journal written",
    "store before commit",
    "store migrating",
    "store discarding",
    "backup before rename",
    // the history made again from the folders of its runs
    "history made again",
    "history before replacing",
};

}  // namespace gw
