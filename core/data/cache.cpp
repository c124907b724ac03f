#include "data/cache.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>

#include "schema/parse_json.h"
#include "util/hash.h"
#include "util/io_error.h"

namespace gw {

namespace {

constexpr std::string_view building_mark = ".building-", writing_mark = ".writing-";
constexpr auto longest_unused = std::chrono::hours(24 * 90);

/// What a crash left behind a day ago or more; younger ones may be at work.
void clean_leftovers(const fs::path& folder) {
    std::error_code problem;
    for (fs::directory_iterator it(folder, problem), end; !problem && it != end; it.increment(problem)) {
        const std::string name = it->path().filename().string();
        if (!name.starts_with(building_mark) && (name.front() != '.' || name.find(writing_mark) == name.npos)) continue;
        std::error_code ignored;
        if (fs::file_time_type::clock::now() - fs::last_write_time(it->path(), ignored) > std::chrono::hours(24))
            fs::remove_all(it->path(), ignored);
    }
}

}  // namespace

Result<std::unique_ptr<Tokenizer>> DataCache::find_tokenizer(const std::string& key) const {
    const fs::path file = root_ / "tokenizers" / (key + ".json");
    std::error_code ignored;
    if (!fs::exists(file, ignored)) return std::unique_ptr<Tokenizer>();
    Result<std::string> text = read_file(file);
    if (!text) return text.error();
    Result<std::unique_ptr<Tokenizer>> made = tokenizer_from_state(json_or_null(text.value()));
    if (made) return made;
    spdlog::warn("The cached tokenizer {} cannot be read and is made again", file.string());
    return std::unique_ptr<Tokenizer>();
}

Status DataCache::add_tokenizer(const std::string& key, const Tokenizer& tokenizer) const {
    const fs::path folder = root_ / "tokenizers";
    if (Status status = make_folder(folder); !status) return status;
    clean_leftovers(folder);
    return write_file_atomic(folder / (key + ".json"), tokenizer.state().dump());
}

Result<fs::path> DataCache::begin_tokens(const std::string& key) const {
    const fs::path parent = root_ / "tokens";
    if (Status status = make_folder(parent); !status) return status.error();
    clean_leftovers(parent);
    drop_unused(longest_unused, 0);
    const fs::path building =
        parent / (std::string(building_mark) + key.substr(0, 16) + "-" + make_uuid().substr(0, 8));
    if (Status status = make_folder(building); !status) return status.error();
    return building;
}

void DataCache::note_use(const std::string& key) const {
    std::error_code ignored;  // on a disk that only reads nothing is dropped either
    fs::last_write_time(tokens(key), fs::file_time_type::clock::now(), ignored);
}

void DataCache::make_room(std::uint64_t bytes) const {
    if (free_bytes(root_) < bytes) drop_unused(std::chrono::hours(1), bytes);
}

void DataCache::drop_unused(std::chrono::hours unused_for, std::uint64_t wanted) const {
    std::vector<std::pair<fs::file_time_type, fs::path>> entries;
    std::error_code problem, ignored;
    for (fs::directory_iterator it(root_ / "tokens", problem), end; !problem && it != end; it.increment(problem)) {
        if (it->path().filename().string().front() == '.' || !it->is_directory(ignored) || it->is_symlink(ignored))
            continue;
        const auto used = it->last_write_time(problem);
        if (!problem && fs::file_time_type::clock::now() - used > unused_for) entries.emplace_back(used, it->path());
    }
    std::sort(entries.begin(), entries.end());
    for (const auto& [used, path] : entries) {
        if (wanted > 0 && free_bytes(root_) >= wanted) return;
        spdlog::info("Prepared data that was not used for long makes room: {}", path.string());
        // Whoever has it open keeps reading: its files go when they are closed.
        const fs::path going = path.parent_path() / (std::string(building_mark) + make_uuid().substr(0, 8));
        fs::rename(path, going, ignored);
        fs::remove_all(going, ignored);
    }
}

Status DataCache::commit_tokens(const fs::path& building, const std::string& key) const {
    if (Status status = sync_folder(building); !status) return status;
    std::error_code problem;
    fs::rename(building, tokens(key), problem);
    if (!problem) return sync_folder(root_ / "tokens");
    std::error_code ignored;
    if (!fs::is_directory(tokens(key), ignored)) return io_error("write", tokens(key), problem.value());
    fs::remove_all(building, ignored);
    return {};
}

}  // namespace gw
