#include "data/images/picture_folders.h"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <mutex>
#include <set>

#include "data/images/picture_archive.h"
#include "data/images/picture_files.h"
#include "util/expand_path.h"
#include "util/progress_texts.h"
#include "util/text.h"

namespace gw {

namespace {

bool names_a_part(const std::string& folder) {
    constexpr std::array parts{"train", "training", "test", "testing", "val", "valid", "validation", "dev"};
    const std::string lower = lower_case(folder);
    return std::find(parts.begin(), parts.end(), lower) != parts.end();
}

/// The folders around a file that name a part of the data, or those that do not, joined by "/".
std::string folders_around(const std::string& file, bool of_parts) {
    std::string out;
    std::vector<std::string> names = split(fs::path(file).lexically_normal().generic_string(), '/');
    names.pop_back();
    for (const std::string& name : names)
        if (!name.empty() && name != "." && name != ".." && names_a_part(name) == of_parts)
            out += (out.empty() ? "" : "/") + name;
    return out;
}

/// Whether two folders lie beside each other that name classes, of those it was shown.
class BesideEachOther {
  public:
    bool add(const std::string& folders) {
        const std::string one = folders.empty() ? "" : folders + "/";
        if (found_ || std::find(seen_.begin(), seen_.end(), one) != seen_.end()) return found_;
        for (const std::string& other : seen_) found_ = found_ || !(one.starts_with(other) || other.starts_with(one));
        seen_.push_back(one);
        return found_;
    }
    bool any() const { return !seen_.empty(); }
    bool found() const { return found_; }

  private:
    std::vector<std::string> seen_;  ///< each within the one before or after it, so that they are few
    bool found_ = false;
};

/// Shows one picture of each folder, and every archive; false when `look` wants no more.
bool look_below(const fs::path& folder, const std::function<bool(const fs::path&)>& look, int depth = 0) {
    constexpr int deepest = 40;
    std::vector<fs::path> below;
    bool seen = false;
    std::error_code problem, ignored;
    for (fs::directory_iterator it(folder, problem), end; !problem && it != end; it.increment(problem)) {
        const std::string name = it->path().filename().string();
        if (is_hidden_name(name)) continue;
        if (it->is_directory(ignored)) {
            if (!it->is_symlink(ignored)) below.push_back(it->path());  // which may lead back into itself
        } else if (is_archive_name(name) || (!seen && is_picture_name(name))) {
            seen = seen || is_picture_name(name);
            if (!look(it->path())) return false;
        }
    }
    for (const fs::path& one : below)
        if (depth < deepest && !look_below(one, look, depth + 1)) return false;
    return true;
}

}  // namespace

std::string class_folders(const std::string& file) {
    return folders_around(file, /*of_parts=*/false);
}

std::string part_folders(const std::string& file) {
    return folders_around(file, /*of_parts=*/true);
}

Result<ArchiveFolders> archive_folders(const fs::path& archive, const std::string& shown, const Looking& looking) {
    using Clock = std::chrono::steady_clock;
    struct Known {
        std::uintmax_t size = 0;
        fs::file_time_type time{};
        ArchiveFolders found;
    };
    static std::mutex mutex;
    static std::map<fs::path, Known> known;
    Known now;
    std::error_code no_size, no_time;
    now.size = fs::file_size(archive, no_size);
    now.time = fs::last_write_time(archive, no_time);
    const fs::path path = fs::absolute(archive);
    {
        const std::lock_guard lock(mutex);
        const auto it = known.find(path);
        if (it != known.end() && !no_size && !no_time && it->second.size == now.size && it->second.time == now.time &&
            (it->second.found.whole || looking.until))
            return it->second.found;
    }
    auto opened = PictureArchive::open(archive, shown);
    if (!opened) return opened.error();
    PictureArchive stream = std::move(opened).value();
    std::set<std::string> folders;
    ReadReport unread;
    constexpr int between_reports = 256;
    for (int count = 0;; ++count) {
        if (looking.stop.stop_requested())
            return Error{Error::Code::cancelled, "Stopped while looking into an archive", "", {"file " + shown}};
        if (looking.until && Clock::now() > *looking.until) {
            now.found.whole = false;
            break;
        }
        if (looking.progress && count % between_reports == 0 && now.size > 0)
            looking.progress(say::looking_into_archives,
                             static_cast<double>(stream.read_so_far()) / static_cast<double>(now.size));
        auto name = stream.next(unread);
        if (!name) return name.error();
        if (!name.value()) break;
        if (is_picture_name(*name.value())) folders.insert(class_folders(*name.value()));
    }
    now.found.folders.assign(folders.begin(), folders.end());
    const std::lock_guard lock(mutex);
    Known& kept = known[path];  // a look in another thread may have come further meanwhile
    const bool same = kept.size == now.size && kept.time == now.time;
    if (now.found.whole || !same || !kept.found.whole) kept = now;
    return now.found;
}

void SharedFolders::add(const std::string& folders) {
    if (folders.empty()) return;
    if (!any_) shared_ = folders;
    any_ = true;
    while (!shared_.empty() && !(folders + "/").starts_with(shared_ + "/")) {
        const std::size_t cut = shared_.rfind('/');
        shared_.resize(cut == std::string::npos ? 0 : cut);
    }
}

std::string SharedFolders::below(const std::string& shared, const std::string& folders) {
    if (shared.empty()) return folders;
    if (!(folders + "/").starts_with(shared + "/")) return "";
    return folders.size() == shared.size() ? "" : folders.substr(shared.size() + 1);
}

std::optional<bool> in_class_folders(const std::vector<std::string>& paths, const Looking& looking) {
    BesideEachOther folders;
    bool whole = true;
    const auto look = [&](const fs::path& file) {  // false when enough is known
        const std::string name = file.string();
        if (is_hidden_name(file.filename().string())) return true;
        if (is_picture_name(name)) return !folders.add(class_folders(fs::absolute(file).lexically_normal().string()));
        if (!is_archive_name(name)) return true;
        const auto inside = archive_folders(file, name, looking);
        if (!inside) {  // its reader says what is wrong with it
            whole = whole && inside.error().code != Error::Code::cancelled;
            return whole;
        }
        whole = whole && inside.value().whole;
        for (const std::string& one : inside.value().folders)
            if (folders.add(one.empty() ? class_folders(fs::absolute(file).lexically_normal().string()) : one))
                return false;
        return true;
    };
    const auto answer = [&]() -> std::optional<bool> {
        if (folders.found()) return true;
        if (!whole) return std::nullopt;
        return !folders.any();
    };
    for (const std::string& path : paths) {
        std::error_code ignored;
        if (fs::is_directory(path, ignored)) {
            if (!look_below(path, look)) return answer();
            continue;
        }
        const auto files = expand_path(path);
        if (!files) continue;
        for (const fs::path& file : files.value())
            if (!look(file)) return answer();
    }
    return answer();
}

}  // namespace gw
