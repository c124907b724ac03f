#include "artifact/current.h"

#include <algorithm>
#include <cerrno>

#include "artifact/checkpoint.h"
#include "artifact/run_files.h"
#include "schema/field.h"
#include "schema/parse_json.h"
#include "util/io_error.h"

namespace gw {

namespace {

/// An object with a string "name" that is no path, or null.
Json read_pointer(const fs::path& file) {
    const auto text = read_file(file);
    Json json = text ? json_or_null(text.value()) : Json();
    if (!json.is_object() || !json.contains("name") || !json["name"].is_string()) return {};
    const fs::path name = json["name"].get<std::string>();
    return name.empty() || name != name.filename() || name.string().front() == '.' ? Json() : json;
}

std::int64_t last_written(const std::vector<CheckpointEntry>& newest_first) {
    return newest_first.empty() ? -1 : newest_first.front().sequence;
}

template <class Value>
Value value_of(const Json& json, const char* key, Value otherwise) {
    const auto it = json.find(key);
    return it != json.end() && it->is_number() ? it->get<Value>() : otherwise;
}

}  // namespace

fs::path checkpoints_of(const fs::path& run_folder) {
    return run_folder / run_files::checkpoints;
}

Status can_be_listed(const fs::path& checkpoints) {
    std::error_code problem;
    fs::directory_iterator(checkpoints, problem);
    return problem && problem.value() != ENOENT ? Status(io_error("read", checkpoints, problem.value())) : Status();
}

Result<CurrentCheckpoint> current_checkpoint(const fs::path& run_folder, bool verified, const HashProgress& progress) {
    const fs::path folder = checkpoints_of(run_folder);
    const std::vector<CheckpointEntry> all = list_checkpoints(folder);
    const Json pointer = read_pointer(folder / run_files::current);
    std::vector<fs::path> in_order;
    for (const CheckpointEntry& entry : all) in_order.push_back(entry.path);
    const bool stands = pointer.is_object() && value_of<std::int64_t>(pointer, "written", -1) >= last_written(all);
    std::string why = "newest";
    if (stands) {
        why = pointer.value("why", Json("saved")).is_string() ? pointer.value("why", Json("saved")).get<std::string>()
                                                              : "saved";
        const fs::path named = folder / pointer["name"].get<std::string>();
        std::erase(in_order, named);
        in_order.insert(in_order.begin(), named);
    }
    CurrentCheckpoint out;
    for (const fs::path& path : in_order) {
        std::error_code ignored;
        if (!verified && !fs::exists(path / "manifest.json", ignored)) continue;
        if (Status whole = verified ? verify_checkpoint(path, progress) : Status(); !whole) {
            if (whole.error().code == Error::Code::cancelled) return whole.error();
            out.passed_over.push_back(path.filename().string() + ": " + whole.error().message);
            continue;
        }
        out.path = path;
        out.step = checkpoint_step(path);
        out.why = path == in_order.front() ? why : "newest";
        return out;
    }
    if (Status listed = can_be_listed(folder); !listed) return listed.error();
    return Error{Error::Code::bad_data,
                 out.passed_over.empty() ? "This run has no checkpoint"
                                         : "This run has no whole checkpoint: " + out.passed_over.front(),
                 "Start it again as a new run",
                 {"folder " + folder.string()}};
}

Status set_current_checkpoint(const fs::path& checkpoints, const std::string& name, const std::string& why) {
    const Json pointer = {{"name", name},
                          {"step", checkpoint_step(name)},
                          {"why", why},
                          {"written", last_written(list_checkpoints(checkpoints))}};
    return write_file_atomic(checkpoints / run_files::current, pointer.dump(1) + "\n");
}

std::optional<BestCheckpoint> best_checkpoint_of(const fs::path& run_folder) {
    const fs::path folder = checkpoints_of(run_folder);
    const Json pointer = read_pointer(folder / run_files::best);
    if (!pointer.is_object()) return std::nullopt;
    BestCheckpoint best{folder / pointer["name"].get<std::string>(), 0, "", value_of<double>(pointer, "value", 0),
                        value_of<double>(pointer, "loss", 0)};
    std::error_code ignored;
    if (!fs::is_directory(best.path, ignored)) return std::nullopt;
    best.step = checkpoint_step(best.path);
    if (pointer.contains("metric") && pointer["metric"].is_string()) best.metric = pointer["metric"].get<std::string>();
    return best;
}

Status set_best_checkpoint(const fs::path& checkpoints, const std::optional<BestCheckpoint>& best) {
    if (!best) {
        Status gone = remove_file(checkpoints / run_files::best);
        return gone ? sync_folder(checkpoints) : gone;
    }
    const Json pointer = {{"name", best->path.filename().string()},
                          {"step", best->step},
                          {"metric", best->metric},
                          {"value", best->value},
                          {"loss", best->loss}};
    return write_file_atomic(checkpoints / run_files::best, pointer.dump(1) + "\n");
}

}  // namespace gw
