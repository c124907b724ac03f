#include "workspace/new_run.h"

#include <algorithm>

#include "adapt/parent_fit.h"
#include "artifact/run_files.h"
#include "spec/run_spec.h"
#include "spec/sequence_plan.h"
#include "util/crash_point.h"
#include "util/hash.h"
#include "util/named_file.h"
#include "util/text.h"
#include "workspace/models/finetune.h"
#include "workspace/run_name.h"

namespace gw {

namespace {

/// Paths as they were meant where the run was launched: a resume may happen in another folder.
Json with_absolute_paths(Json spec) {
    auto absolute = [](Json& path) {
        if (path.is_string() && !path.get<std::string>().empty())
            path = fs::absolute(path.get<std::string>()).lexically_normal().string();
    };
    auto in_section = [&](Json& section, const Sheet& sheet) {
        for (const schema::Row& row : sheet.rows) {
            const std::string key(row.info.key);
            if (!section.contains(key)) continue;
            if (schema::is_path(row.info.holds)) absolute(section[key]);
            if (row.info.holds == schema::Holds::paths)
                for (Json& path : section[key]) absolute(path);
        }
    };
    for (const Family& family : families()) {
        Json& section = spec[family.id];
        const Sheet* sheet = family.single ? family.kinds.front() : find_sheet(family.id, section.value("kind", ""));
        in_section(section, *sheet);
    }
    if (Json& sequence = spec["sequence"]; sequence.contains("beside"))
        for (Json& line : sequence["beside"]) {
            Json task = Json::parse(line.get<std::string>());
            in_section(task["dataset"], *find_sheet("dataset", task["dataset"].at("kind")));
            line = task.dump();
        }
    return spec;
}

}  // namespace

Status write_spec(const fs::path& folder, const Json& spec) {
    return write_file_atomic(folder / run_files::spec, spec.dump(2) + "\n");
}

fs::path start_checkpoint(const Json& spec) {
    const Json start =
        spec.is_object() ? spec.value("start", Json::object()) : Json();  // a resume has no spec of its own
    const Json path =
        start.is_object() && start.value("kind", Json()) == "checkpoint" ? start.value("path", Json()) : Json();
    return path.is_string() && !path.get<std::string>().empty() ? absolute_path(path.get<std::string>()) : fs::path();
}

Status check_parent(const LaunchRequest& request, const HashProgress& progress) {
    const fs::path checkpoint = start_checkpoint(request.spec);
    if (checkpoint.empty()) return {};
    if (fs::path(request.checked) != checkpoint)
        if (Status whole = verify_checkpoint(checkpoint, progress); !whole)
            return Error(whole.error()).at("field start.path");
    auto parent = read_spec((checkpoint / "spec.json").string());
    if (!parent) return parent.error();
    if (Status sound = spec_status(parent.value()); !sound)
        return Error(sound.error()).at("checkpoint " + checkpoint.string());
    return fits_parent(complete_spec(request.spec), complete_spec(parent.value()));
}

Result<RunRecord> new_record(const Workspace& workspace, const Store& store, const LaunchRequest& request) {
    if (Status sound = spec_status(request.spec); !sound) return sound.error();
    if (sequence_plan(request.spec))
        return Error{Error::Code::bad_spec,
                     "These settings describe a sequence of tasks, which is many runs and not one",
                     "Set sequence.kind=alone for a single run, or carry the sequence out: groundwork-cli run",
                     {"field sequence.kind"}};
    RunRecord record;
    record.id = make_uuid();
    record.spec = with_absolute_paths(complete_spec(request.spec));
    record.name = request.name.empty() ? unused_name(store, name_from_spec(record.spec, request.telling), record.spec)
                                       : request.name;
    record.created = now_utc();
    record.path = workspace.run_folder(record.id).string();
    LaunchRequest meant = request;
    meant.spec = record.spec;
    // The weights of a fork are those of its run; what that began from long ago is not read again.
    if (!request.fork_run.empty()) meant.checked = start_checkpoint(record.spec).string();
    if (Status fits = check_parent(meant); !fits) return fits.error();
    const Json start = record.spec.value("start", Json::object());
    if (start.value("kind", "") == "checkpoint")
        if (const auto parent = run_of_checkpoint(workspace, store, start.value("path", ""));
            parent && !start.value("fresh", false))
            record.parent = parent->id;
    return record;
}

Result<std::vector<RunRecord>> enqueue_runs(const Workspace& workspace, std::vector<LaunchRequest> requests,
                                            const AlsoWrite& also) {
    // Hashes take their time, in which nobody else should wait for the history; runs of one checkpoint read them once.
    std::vector<std::string> whole;
    for (LaunchRequest& request : requests) {
        if (Status sound = spec_status(request.spec); !sound) return sound.error();
        const std::string start = start_checkpoint(request.spec).string();
        if (start.empty()) continue;
        if (std::find(whole.begin(), whole.end(), start) != whole.end()) request.checked = start;
        if (Status fits = check_parent(request); !fits) return fits.error();
        whole.push_back(request.checked = start);
    }
    auto opened = workspace.store();
    if (!opened) return opened.error();
    Store& store = opened.value();
    std::vector<RunRecord> added;
    auto add = [&](const LaunchRequest& request) -> Status {
        auto record = new_record(workspace, store, request);
        if (!record) return record.error();
        added.push_back(std::move(record).value());
        const RunRecord& run = added.back();
        Status status = make_folder(run.path);
        if (status) status = write_spec(run.path, run.spec);
        crash_point("run before row");
        if (status) status = store.add_run(run);
        return status ? store.enqueue(run.id) : status;
    };
    if (Status begun = store.begin(); !begun) return begun.error();
    Status status;
    for (const LaunchRequest& request : requests)
        if (status = add(request); !status) break;
    if (status && also) status = also(store, added);
    if (status)
        status = store.commit();
    else
        store.rollback();
    if (status) return added;
    for (const RunRecord& run : added) (void)remove_tree(run.path);
    return status.error();
}

}  // namespace gw
