#include "workspace/record/checkpoint_rows.h"

#include <algorithm>
#include <map>

#include "artifact/checkpoint.h"
#include "artifact/current.h"
#include "artifact/run_files.h"
#include "schema/field.h"
#include "schema/parse_json.h"

namespace gw {

namespace {

/// The row of a checkpoint that the history has not heard of.
CheckpointRecord row_of(const RunRecord& run, const CheckpointEntry& entry) {
    const auto text = read_file(entry.path / "state.json");
    const Json state = text ? json_or_null(text.value()) : Json();
    CheckpointRecord row;
    row.run = run.id;
    row.path = entry.path.string();
    row.segment = run.segment;
    row.step = checkpoint_step(entry.path);
    if (state.is_object())
        if (const auto it = state.find("tokens"); it != state.end() && it->is_number_integer())
            row.tokens = it->get<std::int64_t>();
    row.bytes = entry.bytes;
    row.created = entry.created;
    return row;
}

}  // namespace

bool was_trained(const fs::path& run_folder) {
    std::error_code unknown;
    const fs::path checkpoints = checkpoints_of(run_folder), journal = run_folder / run_files::journal;
    return (fs::is_directory(checkpoints, unknown) && !fs::is_empty(checkpoints, unknown)) ||
           (fs::exists(journal, unknown) && !fs::is_empty(journal, unknown));
}

Status still_waits(const RunRecord& run) {
    if (!was_trained(run.path)) return {};
    return Error{Error::Code::bad_data,
                 "The history says that this run waits its turn, but its folder says that it was trained",
                 "`groundwork-cli rebuild --replace` takes from the folders what became of the runs",
                 {"run " + run.name, "folder " + run.path}};
}

Status reconcile_checkpoints(Store& store, const RunRecord& run) {
    std::error_code problem;
    // A folder that cannot be looked at (a disk that is not mounted) says nothing of what was in it.
    if (!fs::is_directory(run.path, problem)) return {};
    auto known = store.checkpoints(run.id);
    if (!known) return known.error();
    std::map<std::string, CheckpointRecord> rows;
    for (CheckpointRecord& row : known.value()) {
        const fs::file_status there = fs::status(row.path, problem);
        if (there.type() == fs::file_type::not_found) {
            if (Status gone = store.remove_checkpoint(row.path); !gone) return gone;
        } else {
            std::string name = fs::path(row.path).filename().string();
            rows.emplace(std::move(name), std::move(row));
        }
    }
    std::vector<CheckpointEntry> oldest_first = list_checkpoints(checkpoints_of(run.path));
    std::reverse(oldest_first.begin(), oldest_first.end());
    const std::optional<BestCheckpoint> best = best_checkpoint_of(run.path);
    const std::string best_name = best ? best->path.filename().string() : "";
    bool changed = false;
    std::vector<CheckpointRecord> wanted;
    for (const CheckpointEntry& entry : oldest_first) {
        const std::string name = entry.path.filename().string();
        const auto it = rows.find(name);
        CheckpointRecord row = it == rows.end() ? row_of(run, entry) : it->second;
        // Runs of earlier versions kept the mark elsewhere.
        const bool marked = best ? name == best_name : row.best;
        changed = changed || it == rows.end() || row.best != marked;
        row.best = marked;
        if (best && marked && !row.score) {
            row.metric = best->metric;
            row.score = best->value;
            row.validation_loss = best->loss;
        }
        wanted.push_back(std::move(row));
    }
    // All anew where one differs: they are listed in the order in which their rows were written.
    for (std::size_t i = 0; changed && i < wanted.size(); ++i)
        if (Status added = store.add_checkpoint(wanted[i]); !added) return added;
    return {};
}

}  // namespace gw
