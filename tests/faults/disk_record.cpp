#include "faults/disk_record.h"

#include <algorithm>
#include <fstream>

namespace gw::test {

namespace {

std::string parent_of(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    return slash == std::string::npos ? "" : path.substr(0, slash);
}

bool is_in(const std::string& path, const std::string& folder) {
    return path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/';
}

/// Takes what is at `from`, and below it, out of a map by paths.
template <class Value>
std::map<std::string, Value> take_out(std::map<std::string, Value>& all, const std::string& from) {
    std::map<std::string, Value> out;
    for (auto it = all.begin(); it != all.end();)
        if (it->first == from || is_in(it->first, from)) {
            out.emplace(it->first.substr(from.size()), std::move(it->second));
            it = all.erase(it);
        } else {
            ++it;
        }
    return out;
}

template <class Value>
void put_in(std::map<std::string, Value>& all, const std::map<std::string, Value>& some, const std::string& to) {
    for (const auto& [rest, value] : some) all[to + rest] = value;
}

template <class Value>
void move_names(std::map<std::string, Value>& all, const std::string& from, const std::string& to) {
    const auto moved = take_out(all, from);
    if (moved.empty()) return;
    take_out(all, to);
    put_in(all, moved, to);
}

template <class Value>
void exchange_names(std::map<std::string, Value>& all, const std::string& one, const std::string& other) {
    const auto first = take_out(all, one), second = take_out(all, other);
    put_in(all, first, other);
    put_in(all, second, one);
}

void overwrite(std::string& bytes, std::int64_t offset, std::string_view with) {
    const auto at = static_cast<std::size_t>(offset);
    if (bytes.size() < at + with.size()) bytes.resize(at + with.size(), '\0');
    std::copy(with.begin(), with.end(), bytes.begin() + offset);
}

std::string bytes_of(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

std::string_view DiskRecord::text(Unsynced unsynced) {
    switch (unsynced) {
        case Unsynced::lost:
            return "what was not synced is lost";
        case Unsynced::kept:
            return "what was not synced is kept";
        case Unsynced::names_only:
            return "names without their bytes";
        case Unsynced::names_zeros:
            return "names with zeros";
        case Unsynced::names_halves:
            return "names with halves of their bytes";
        case Unsynced::bytes_only:
            return "bytes without their names";
    }
    return "";
}

DiskRecord::DiskRecord(const fs::path& root) : root_(fs::absolute(root).lexically_normal().string()) {
    while (root_.ends_with('/')) root_.pop_back();
    for (const auto& entry : fs::recursive_directory_iterator(root_)) {
        const std::string path = below(entry.path().string());
        if (entry.is_directory()) {
            first_[path] = -1;
        } else if (entry.is_regular_file()) {
            first_[path] = next_file_;
            first_bytes_[next_file_++] = bytes_of(entry.path());
        }
    }
    now_ = first_;
}

bool DiskRecord::is_below(const std::string& path) const {
    return is_in(path, root_);
}

std::string DiskRecord::below(const std::string& path) const {
    return path.size() > root_.size() ? path.substr(root_.size() + 1) : "";
}

int DiskRecord::folder_number(const std::string& path_below) {
    const auto [it, added] = folders_.emplace(path_below, next_folder_);
    if (added) ++next_folder_;
    return it->second;
}

bool DiskRecord::knows(const std::string& path_below) const {
    return now_.count(path_below) > 0;
}

void DiskRecord::add(Done done) {
    const std::size_t index = done_.size();
    if (done.kind == Kind::sync || done.kind == Kind::sync_folder)
        for (Done& before : done_) {
            if (before.lasts_from != std::string::npos) continue;
            const bool bytes = before.kind == Kind::write || before.kind == Kind::truncate;
            const bool covered = done.kind == Kind::sync
                                     ? bytes && before.file == done.file
                                     : !bytes && before.kind != Kind::sync && before.kind != Kind::sync_folder &&
                                           std::any_of(before.folders.begin(), before.folders.end(),
                                                       [&](int folder) { return done.folders.count(folder) > 0; });
            if (covered) before.lasts_from = index;
        }
    done_.push_back(std::move(done));
}

void DiskRecord::add_name(Kind kind, const std::string& path, const std::string& other, int file) {
    Done done{kind, path, other, file, 0, {}, {folder_number(parent_of(path))}};
    if (!other.empty()) done.folders.insert(folder_number(parent_of(other)));
    carry_out(done, now_);
    if (kind == Kind::rename) move_names(folders_, path, other);
    if (kind == Kind::exchange) exchange_names(folders_, path, other);
    if (kind == Kind::remove_folder) take_out(folders_, path);
    add(std::move(done));
}

int DiskRecord::opened(const std::string& path, bool created, bool emptied) {
    const std::string name = below(path);
    if (const auto found = now_.find(name); found != now_.end() && !created) {
        if (emptied) truncated(found->second, 0);
        return found->second;
    }
    // A file that came about past this record counts as new: what was written to it before is read now.
    const int file = next_file_++;
    add_name(Kind::create, name, {}, file);
    if (!created && !emptied)
        if (const std::string bytes = bytes_of(path); !bytes.empty()) wrote(file, 0, bytes);
    return file;
}

void DiskRecord::wrote(int file, std::int64_t offset, std::string_view bytes) {
    add({Kind::write, {}, {}, file, offset, std::string(bytes), {}});
}
void DiskRecord::truncated(int file, std::int64_t size) {
    add({Kind::truncate, {}, {}, file, size, {}, {}});
}
void DiskRecord::synced(int file) {
    add({Kind::sync, {}, {}, file, 0, {}, {}});
}
void DiskRecord::synced_folder(const std::string& path) {
    const std::string name = below(path);
    add({Kind::sync_folder, name, {}, -1, 0, {}, {folder_number(name)}});
}
void DiskRecord::linked(const std::string& from, const std::string& to) {
    if (const auto found = now_.find(below(from)); found != now_.end())
        add_name(Kind::link, below(to), {}, found->second);
}
void DiskRecord::renamed(const std::string& from, const std::string& to) {
    if (knows(below(from))) add_name(Kind::rename, below(from), below(to));
}
void DiskRecord::exchanged(const std::string& one, const std::string& other) {
    if (knows(below(one)) && knows(below(other))) add_name(Kind::exchange, below(one), below(other));
}
void DiskRecord::unlinked(const std::string& path) {
    if (knows(below(path))) add_name(Kind::unlink, below(path));
}
void DiskRecord::made_folder(const std::string& path) {
    add_name(Kind::make_folder, below(path), {}, -1);
}
void DiskRecord::removed_folder(const std::string& path) {
    if (knows(below(path))) add_name(Kind::remove_folder, below(path));
}

void DiskRecord::carry_out(const Done& done, Names& names) {
    const auto has_place = [&](const std::string& path) {
        const std::string parent = parent_of(path);
        const auto found = names.find(parent);
        return parent.empty() || (found != names.end() && found->second < 0);
    };
    switch (done.kind) {
        case Kind::create:
        case Kind::link:
        case Kind::make_folder:
            if (has_place(done.path)) names[done.path] = done.file;
            break;
        case Kind::rename:
            if (has_place(done.other)) move_names(names, done.path, done.other);
            break;
        case Kind::exchange:
            exchange_names(names, done.path, done.other);
            break;
        case Kind::unlink:
        case Kind::remove_folder:
            take_out(names, done.path);
            break;
        default:
            break;
    }
}

std::map<std::string, std::string> DiskRecord::disk(std::size_t count, Unsynced unsynced) const {
    const bool names_kept = unsynced != Unsynced::lost && unsynced != Unsynced::bytes_only;
    const bool bytes_kept = unsynced == Unsynced::kept || unsynced == Unsynced::bytes_only;
    Names names = first_;
    std::map<int, std::string> bytes = first_bytes_;
    for (std::size_t i = 0; i < count; ++i) {
        const Done& done = done_[i];
        const bool lasts = done.lasts_from < count;
        if (done.kind == Kind::write) {
            std::string& file = bytes[done.file];
            if (lasts || bytes_kept)
                overwrite(file, done.offset, done.bytes);
            else if (unsynced == Unsynced::names_zeros)
                overwrite(file, done.offset, std::string(done.bytes.size(), '\0'));
            else if (unsynced == Unsynced::names_halves)
                overwrite(file, done.offset, std::string_view(done.bytes).substr(0, done.bytes.size() / 2));
        } else if (done.kind == Kind::truncate) {
            if (lasts || bytes_kept) bytes[done.file].resize(static_cast<std::size_t>(done.offset), '\0');
        } else if (lasts || names_kept) {
            carry_out(done, names);
        }
    }
    std::map<std::string, std::string> out;
    for (const auto& [path, file] : names)
        if (file < 0)
            out[path + "/"];
        else
            out[path] = bytes[file];
    return out;
}

void DiskRecord::put(std::size_t count, Unsynced unsynced, const fs::path& into) const {
    fs::create_directories(into);
    for (const auto& [path, bytes] : disk(count, unsynced)) {
        if (path.ends_with('/')) {
            fs::create_directories(into / path);
            continue;
        }
        fs::create_directories((into / path).parent_path());
        std::ofstream(into / path, std::ios::binary) << bytes;
    }
}

std::vector<std::pair<std::size_t, std::string>> DiskRecord::lasting_renames(
    const std::function<bool(const std::string&)>& pick) const {
    std::vector<std::pair<std::size_t, std::string>> out;
    for (const Done& done : done_)
        if (done.kind == Kind::rename && done.lasts_from != std::string::npos && pick(done.other))
            out.emplace_back(done.lasts_from + 1, done.other);
    return out;
}

std::string DiskRecord::describe(std::size_t index) const {
    constexpr const char* words[] = {"create", "write",    "truncate", "sync",        "sync folder",  "link",
                                     "rename", "exchange", "unlink",   "make folder", "remove folder"};
    const Done& done = done_.at(index);
    std::string out = words[static_cast<int>(done.kind)];
    if (!done.path.empty()) out += " " + done.path;
    if (!done.other.empty()) out += " -> " + done.other;
    if (done.file >= 0) out += " (file " + std::to_string(done.file) + ")";
    if (!done.bytes.empty())
        out += " " + std::to_string(done.bytes.size()) + " bytes at " + std::to_string(done.offset);
    return out;
}

}  // namespace gw::test
