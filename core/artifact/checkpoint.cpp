#include "artifact/checkpoint.h"

#include <algorithm>
#include <cerrno>
#include <map>
#include <optional>

#include "artifact/current.h"
#include "artifact/run_files.h"
#include "schema/field.h"
#include "schema/parse_json.h"
#include "util/crash_point.h"
#include "util/file_layer.h"
#include "util/hash.h"
#include "util/io_error.h"
#include "util/named_file.h"
#include "util/number.h"
#include "util/text.h"

namespace gw {

namespace {

constexpr const char* manifest_name = "manifest.json";
constexpr std::string_view writing = ".writing-", removing = ".removing-";
constexpr int manifest_version = 1;
constexpr std::int64_t most_sequence = std::int64_t{1} << 52;  // nobody saves so often; what says so is damaged

struct FileRecord {
    std::uint64_t bytes = 0;
    std::string sha256;
};

struct Manifest {
    std::int64_t sequence = 0;
    std::map<std::string, FileRecord> files;
    std::string created;
    std::uint64_t bytes() const {
        std::uint64_t sum = 0;
        for (const auto& [name, file] : files) sum += file.bytes;
        return sum;
    }
};

Error damaged(const fs::path& checkpoint, const std::string& message) {
    return Error{
        Error::Code::bad_data, message, "Use another checkpoint of this run", {"checkpoint " + checkpoint.string()}};
}

bool is_plain_name(const std::string& name) {
    return !name.empty() && name.find('/') == std::string::npos && name != "." && name != "..";
}

Result<Manifest> read_manifest(const fs::path& checkpoint) {
    const fs::path path = checkpoint / manifest_name;
    std::error_code ignored;
    if (!fs::is_directory(checkpoint, ignored)) return io_error("open the checkpoint", checkpoint, ENOENT);
    auto text = read_file(path);
    if (!text)
        return damaged(checkpoint, "This folder is no whole checkpoint: its " + std::string(manifest_name) +
                                       " is missing or cannot be read");
    const Json json = json_or_null(text.value());
    const Error invalid = damaged(checkpoint, std::string("The file ") + manifest_name +
                                                  " is damaged: it is not the list of files that it should be");
    if (!json.is_object() || !json.contains("version") || !json["version"].is_number_integer() ||
        !json.contains("files") || !json["files"].is_object() || !json.contains("sequence") ||
        !json["sequence"].is_number_integer())
        return invalid;
    if (json["version"].get<double>() > manifest_version)
        return Error{Error::Code::bad_data,
                     "This checkpoint was written by a newer version of Groundwork",
                     "Update this program",
                     {"checkpoint " + checkpoint.string()}};
    // Without a file there is nothing to trust, and the next number must be one as well.
    const double sequence = json["sequence"].get<double>();
    if (json["files"].empty() || sequence < 0 || sequence > static_cast<double>(most_sequence)) return invalid;
    Manifest manifest{json["sequence"].get<std::int64_t>(), {}};
    for (const auto& [name, file] : json["files"].items()) {
        if (!is_plain_name(name) || !file.is_object() || !file.contains("bytes") ||
            !file["bytes"].is_number_unsigned() || !file.contains("sha256") || !file["sha256"].is_string())
            return invalid;
        manifest.files[name] = {file["bytes"].get<std::uint64_t>(), file["sha256"].get<std::string>()};
    }
    if (json.contains("created") && json["created"].is_string()) manifest.created = json["created"].get<std::string>();
    return manifest;
}

/// Told of the bytes of a file that have been read; false ends the reading.
using FileProgress = std::function<bool(std::uint64_t)>;

/// Size and hash of a file, or nothing when `progress` ended it.
Result<std::optional<FileRecord>> record_of(const fs::path& path, const FileProgress& progress = {}) {
    FileRecord record;
    Sha256 hash;
    bool goes_on = true;
    const Status read = read_in_pieces(
        path, [](std::uint64_t) {},
        [&](std::string_view piece) {
            hash.add(piece);
            record.bytes += piece.size();
            return goes_on = !progress || progress(record.bytes);
        });
    if (!goes_on) return std::optional<FileRecord>();
    if (!read) return read.error();
    record.sha256 = hash.finish();
    return std::optional(std::move(record));
}

/// Sizes and hashes of all files in `folder`, synced to the disk on the way.
Result<std::map<std::string, FileRecord>> records_of(const fs::path& folder) {
    std::map<std::string, FileRecord> files;
    std::error_code problem;
    for (fs::directory_iterator it(folder, problem), end; !problem && it != end; it.increment(problem)) {
        if (it->path().filename() == manifest_name) continue;  // of a commit before that was kept out
        if (Status status = sync_file(it->path()); !status) return status.error();
        auto record = record_of(it->path());
        if (!record) return record.error();
        files[it->path().filename().string()] = std::move(*record.value());
    }
    if (problem) return io_error("read the folder", folder, problem.value());
    return files;
}

Error occupied(const fs::path& place) {
    std::error_code ignored;
    const bool folder = fs::is_directory(place, ignored);
    return {
        Error::Code::bad_spec,
        folder ? "The folder " + place.string() + " is not empty" : "There is a file " + place.string() + " already",
        "Name a folder that does not exist yet, or an empty one; nothing was changed",
        {}};
}

std::string manifest_text(const Manifest& manifest) {
    Json files = Json::object();
    for (const auto& [name, file] : manifest.files) files[name] = {{"bytes", file.bytes}, {"sha256", file.sha256}};
    return Json{
               {"version", manifest_version}, {"sequence", manifest.sequence}, {"created", now_utc()}, {"files", files}}
               .dump(2) +
           "\n";
}

/// Whether all that lies in the folder `to` is what the new checkpoint in `from` writes again, or what is put beside a
/// checkpoint afterwards: then nothing is lost by replacing it.
bool holds_nothing_else(const fs::path& to, const fs::path& from) {
    std::error_code problem;
    if (!fs::is_directory(fs::symlink_status(to, problem))) return false;
    for (fs::directory_iterator it(to, problem), end; !problem && it != end; it.increment(problem)) {
        std::error_code ignored;
        const std::string name = it->path().filename().string();
        const bool later = name == run_files::verdict || is_half_written(it->path());
        if (!it->is_regular_file(ignored) || (!later && !fs::exists(from / name, ignored))) return false;
    }
    return !problem;
}

/// rename(2) of a folder takes the place of nothing, or of an empty folder, and leaves all else as it is.
bool rename_to_nothing(const fs::path& from, const fs::path& to) {
    return file_layer().rename(from.c_str(), to.c_str()) == 0;
}

bool is_taken(int number) {
    return number == ENOTEMPTY || number == EEXIST || number == ENOTDIR;
}

/// Renames `from` to `to`. Where a checkpoint is at `to` already the two change places at one stroke, so that a whole
/// one is there at every moment; the older one is then at `from`. Whatever else stands there is left as it is.
Status put_in_place(const fs::path& from, const fs::path& to) {
    if (rename_to_nothing(from, to)) return {};
    if (!is_taken(errno)) return io_error("put in place", to, errno);
    if (!holds_nothing_else(to, from)) return occupied(to);
    if (file_layer().exchange(from.c_str(), to.c_str()) == 0) return {};
    if (errno != EINVAL && errno != ENOSYS) return io_error("put in place", to, errno);
    // A file system that cannot exchange: the older one steps aside first.
    const fs::path older = to.parent_path() / (std::string(removing) + make_uuid());
    if (Status aside = rename_path(to, older); !aside) return aside;
    if (Status placed = rename_path(from, to); !placed) {
        (void)rename_path(older, to);  // a whole one is better than none
        return placed;
    }
    if (Status lasts = sync_folder(to.parent_path()); !lasts) return lasts;
    (void)remove_tree(older);
    return {};
}

}  // namespace

Status may_write_checkpoint(const fs::path& folder) {
    if (Status free = not_of_a_workspace(folder); !free) return free;
    const fs::path place = absolute_path(folder);
    std::error_code ignored;
    if (!fs::exists(fs::symlink_status(place, ignored))) return {};
    if (!fs::is_directory(place, ignored) || !fs::is_empty(place, ignored)) return occupied(place);
    return {};
}

Status place_checkpoint(const fs::path& from, const fs::path& to) {
    const fs::path place = absolute_path(to);
    if (!rename_to_nothing(from, place))
        return is_taken(errno) ? occupied(place) : io_error("put in place", place, errno);
    return sync_folder(place.parent_path());
}

Result<CheckpointWriter> CheckpointWriter::begin(const fs::path& place, std::uint64_t expected_bytes) {
    const fs::path folder = absolute_path(place), parent = folder.parent_path();
    if (Status status = make_folder(parent); !status) return status.error();
    constexpr std::uint64_t reserve = 1 << 20;  // manifest, and block sizes of the file system
    if (const std::uint64_t free = free_bytes(parent); free < expected_bytes + reserve)
        return Error{
            Error::Code::io,
            "The checkpoint needs " + byte_text(expected_bytes) + ", but only " + byte_text(free) + " are free",
            "Free some disk space, or keep fewer checkpoints (saving.keep_last)",
            {"folder " + parent.string()}};
    const fs::path aside = parent / (std::string(writing) + make_uuid());
    if (Status status = make_folder(aside); !status) return status.error();
    return CheckpointWriter(folder, aside);
}

CheckpointWriter::CheckpointWriter(fs::path folder, fs::path aside)
    : folder_(std::move(folder)), aside_(std::move(aside)) {}

CheckpointWriter::CheckpointWriter(CheckpointWriter&& other) noexcept
    : folder_(std::move(other.folder_)), aside_(std::exchange(other.aside_, {})) {}

CheckpointWriter::~CheckpointWriter() {
    if (!aside_.empty()) (void)remove_tree(aside_);
}

Status CheckpointWriter::add(const std::string& name, std::string_view bytes) {
    return write_file_atomic(file(name), bytes);
}

Result<std::uint64_t> CheckpointWriter::commit(const std::function<Status()>& settle) {
    crash_point("checkpoint written");
    Manifest manifest;
    auto files = records_of(aside_);
    if (!files) return files.error();
    manifest.files = std::move(files).value();
    for (const CheckpointEntry& entry : list_checkpoints(folder_.parent_path()))
        manifest.sequence = std::min(std::max(manifest.sequence, entry.sequence + 1), most_sequence);
    crash_point("checkpoint before manifest");
    const std::string text = manifest_text(manifest);
    if (Status status = add(manifest_name, text); !status) return status.error();
    crash_point("checkpoint before rename");
    if (settle)
        if (Status status = settle(); !status) return status.error();
    crash_point("checkpoint settled");
    if (Status status = put_in_place(aside_, folder_); !status) return status.error();
    crash_point("checkpoint after rename");
    // Before the one that was replaced goes: a loss of power must leave one of them.
    if (Status status = sync_folder(folder_.parent_path()); !status) return status.error();
    (void)remove_tree(aside_);
    aside_.clear();
    return manifest.bytes() + text.size();
}

std::string checkpoint_name(std::int64_t step) {
    std::string digits = std::to_string(step);
    return "step-" + std::string(digits.size() < 8 ? 8 - digits.size() : 0, '0') + digits;
}

std::int64_t checkpoint_step(const fs::path& checkpoint) {
    constexpr std::string_view before = "step-";
    const std::string name = (checkpoint.has_filename() ? checkpoint : checkpoint.parent_path()).filename().string();
    return name.starts_with(before) ? parse_count(name.substr(before.size())).value_or(0) : 0;
}

Status verify_checkpoint(const fs::path& checkpoint, const HashProgress& progress) {
    auto manifest = read_manifest(checkpoint);
    if (!manifest) return manifest.error();
    std::uint64_t before = 0;  // bytes of the files that were read
    const auto going_on = [&, all = static_cast<double>(manifest.value().bytes())](std::uint64_t read) {
        return !progress || progress(all > 0 ? static_cast<double>(before + read) / all : 1.0);
    };
    for (const auto& [name, record] : manifest.value().files) {
        const auto found = record_of(checkpoint / name, going_on);
        if (!found) return damaged(checkpoint, "The file " + name + " is missing or cannot be read");
        if (!found.value())
            return Error{Error::Code::cancelled, "Cancelled", "", {"checkpoint " + checkpoint.string()}};
        if (found.value()->bytes != record.bytes)
            return damaged(checkpoint, "The file " + name + " is damaged: it has " +
                                           grouped(static_cast<std::int64_t>(found.value()->bytes)) +
                                           " bytes instead of " + grouped(static_cast<std::int64_t>(record.bytes)));
        if (found.value()->sha256 != record.sha256)
            return damaged(checkpoint, "The file " + name + " is damaged: its SHA-256 is not the one in the manifest");
        before += record.bytes;
    }
    return {};
}

std::vector<CheckpointEntry> list_checkpoints(const fs::path& checkpoints) {
    std::vector<CheckpointEntry> out;
    std::error_code problem;
    for (fs::directory_iterator it(checkpoints, problem), end; !problem && it != end; it.increment(problem)) {
        if (it->path().filename().string().front() == '.') continue;
        if (auto manifest = read_manifest(it->path())) {
            std::error_code unknown;
            const auto own = fs::file_size(it->path() / manifest_name, unknown);
            out.push_back({it->path(), manifest.value().sequence, manifest.value().bytes() + (unknown ? 0 : own),
                           manifest.value().created});
        }
    }
    std::sort(out.begin(), out.end(),
              [](auto& a, auto& b) { return std::pair(a.sequence, a.path) > std::pair(b.sequence, b.path); });
    return out;
}

Result<fs::path> newest_whole_checkpoint(const fs::path& checkpoints, const fs::path& before) {
    auto limit = before.empty() ? Result<Manifest>(Manifest{INT64_MAX, {}}) : read_manifest(before);
    // The order of one without a manifest is unknown: any other may stand in for it.
    const std::int64_t end = limit ? limit.value().sequence : INT64_MAX;
    for (const CheckpointEntry& entry : list_checkpoints(checkpoints))
        if (entry.sequence < end && entry.path.filename() != before.filename() && verify_checkpoint(entry.path))
            return entry.path;
    return Error{
        Error::Code::bad_data,
        before.empty() ? "This run has no whole checkpoint" : "This run has no whole checkpoint before that one",
        "Start it again as a new run",
        {"folder " + checkpoints.string()}};
}

Status remove_checkpoint(const fs::path& checkpoint) {
    const fs::path aside = checkpoint.parent_path() / (std::string(removing) + make_uuid());
    if (file_layer().rename(checkpoint.c_str(), aside.c_str()) != 0) return io_error("remove", checkpoint, errno);
    crash_point("checkpoint removing");
    return remove_tree(aside);
}

namespace {

void find_leftovers(const fs::path& folder, std::vector<fs::path>& out) {
    std::error_code problem;
    for (fs::directory_iterator it(folder, problem), end; !problem && it != end; it.increment(problem)) {
        if (it->path().filename().string().starts_with(removing) || is_half_written(it->path()))
            out.push_back(it->path());
    }
}

}  // namespace

void clean_checkpoint_leftovers(const fs::path& checkpoints) {
    std::error_code ignored;
    if (fs::is_symlink(checkpoints, ignored)) return;  // what lies elsewhere may be somebody else's
    std::vector<fs::path> leftovers;
    find_leftovers(checkpoints, leftovers);
    for (const CheckpointEntry& entry : list_checkpoints(checkpoints)) find_leftovers(entry.path, leftovers);
    for (const fs::path& leftover : leftovers) (void)remove_tree(leftover);
}

void clean_run_leftovers(const fs::path& run_folder) {
    std::vector<fs::path> leftovers;
    find_leftovers(run_folder, leftovers);
    for (const fs::path& leftover : leftovers) (void)remove_tree(leftover);
    clean_checkpoint_leftovers(checkpoints_of(run_folder));
}

}  // namespace gw
