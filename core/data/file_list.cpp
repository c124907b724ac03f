#include "data/file_list.h"

#include <algorithm>
#include <unordered_set>

#include "util/expand_path.h"
#include "util/hash.h"
#include "util/progress_texts.h"
#include "util/text.h"

namespace gw {

namespace {

fs::path normal(const fs::path& path) {
    return fs::absolute(path).lexically_normal();
}

struct PathHash {
    std::size_t operator()(const fs::path& path) const { return fs::hash_value(path); }
};

fs::path common_folder(const std::vector<fs::path>& files) {
    fs::path common = normal(files.front()).parent_path();
    for (const fs::path& file : files) {
        const fs::path folder = normal(file).parent_path();
        while (std::mismatch(common.begin(), common.end(), folder.begin(), folder.end()).first != common.end())
            common = common.parent_path();
    }
    return common;
}

}  // namespace

std::string shown_name(const std::string& name) {
    static constexpr char digits[] = "0123456789ABCDEF";
    const auto written = [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return std::string("\\x") + digits[byte >> 4] + digits[byte & 15];
    };
    std::string valid, left = name;
    while (const auto bad = first_bad_utf8(left)) {
        valid += left.substr(0, *bad) + written(left[*bad]);
        left.erase(0, *bad + 1);
    }
    valid += left;
    std::string out;
    for (const char c : valid)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
            out += written(c);
        else
            out += c;
    return out;
}

std::string FileList::shown(std::size_t file) const {
    return shown_name(files[file].string());
}

void FileList::tell(ReadReport& report) const {
    for (const fs::path& path : passed_over)
        report.pass_over("a pipe, a socket, a device or a link to nothing", {shown_name(path.string()), 0});
}

void check_paths(const std::vector<std::string>& paths, schema::Problems& out, const std::string& at) {
    if (paths.empty()) out.push_back({at + ".paths", "needs at least one file, folder or pattern"});
    for (const std::string& path : paths)
        if (trim(path).empty()) out.push_back({at + ".paths", "has an empty entry"});
}

Result<FileList> list_files(const std::vector<std::string>& paths) {
    FileList list;
    std::unordered_set<fs::path, PathHash> known;
    for (const std::string& path : paths) {
        auto found = expand_path(path, &list.passed_over);
        if (!found) return Error(found.error()).at("field dataset.paths");
        for (const fs::path& file : found.value())
            if (known.insert(file).second) list.files.push_back(file);
    }
    if (list.files.empty())
        return Error{
            Error::Code::bad_data, "No file is named", "Choose files, folders or patterns", {"field dataset.paths"}};
    const fs::path folder = common_folder(list.files);
    for (const fs::path& file : list.files) {
        list.exact.push_back(normal(file).lexically_relative(folder).string());
        list.relative.push_back(shown_name(list.exact.back()));
    }
    return list;
}

Result<std::string> hash_files(const FileList& list, const std::string& settings, const ProgressFn& progress,
                               std::stop_token stop) {
    Sha256 hash;
    hash.add(settings);
    ReadingProgress shown(list, say::checking_files, progress);
    for (std::size_t i = 0; i < list.files.size(); ++i) {
        shown.begin(i);
        const Status read = read_in_pieces(
            list.files[i], [&](std::uint64_t bytes) { hash.add(list.exact[i] + "\n" + std::to_string(bytes) + "\n"); },
            [&](std::string_view piece) {
                hash.add(piece);
                shown.add(piece.size());
                return !stop.stop_requested();
            });
        if (stop.stop_requested()) return Error{Error::Code::cancelled, "Stopped while reading text", "", {}};
        if (!read) return Error(read.error()).at("file " + list.shown(i));
    }
    return hash.finish();
}

ReadingProgress::ReadingProgress(const FileList& list, std::string phase, const ProgressFn& progress)
    : phase_(std::move(phase)), progress_(progress), starts_{0} {
    if (!progress_) return;
    for (const fs::path& file : list.files) {
        std::error_code ignored;  // one that cannot be read is found by its reader
        const auto size = fs::file_size(file, ignored);
        starts_.push_back(starts_.back() + (ignored ? 0 : size));
    }
}

void ReadingProgress::begin(std::size_t file) {
    if (!progress_) return;
    done_ = starts_[file];
    end_ = starts_[file + 1];
    tell();
}

void ReadingProgress::add(std::size_t bytes) {
    if (!progress_) return;
    done_ = std::min(done_ + bytes, end_);
    constexpr std::uint64_t between = 1 << 20;
    if (done_ - told_ >= between) tell();
}

void ReadingProgress::tell() {
    told_ = done_;
    progress_(phase_, starts_.back() > 0 ? static_cast<double>(done_) / static_cast<double>(starts_.back()) : 0);
}

}  // namespace gw
