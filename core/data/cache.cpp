#include "data/cache.h"

#include <spdlog/spdlog.h>

#include <chrono>

#include "util/hash.h"
#include "util/io_error.h"

namespace gw {

namespace {

constexpr std::string_view building_mark = ".building-";

/// What a crash left behind a day ago or more; younger ones may be at work.
void clean_leftovers(const fs::path& folder) {
    std::error_code problem;
    for (fs::directory_iterator it(folder, problem), end; !problem && it != end; it.increment(problem)) {
        if (!it->path().filename().string().starts_with(building_mark)) continue;
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
    Result<std::unique_ptr<Tokenizer>> made =
        tokenizer_from_state(Json::parse(text.value(), nullptr, /*allow_exceptions=*/false));
    if (made) return made;
    spdlog::warn("The cached tokenizer {} cannot be read and is made again", file.string());
    return std::unique_ptr<Tokenizer>();
}

Status DataCache::add_tokenizer(const std::string& key, const Tokenizer& tokenizer) const {
    const fs::path folder = root_ / "tokenizers";
    if (Status status = make_folder(folder); !status) return status;
    return write_file_atomic(folder / (key + ".json"), tokenizer.state().dump());
}

Result<fs::path> DataCache::begin_tokens(const std::string& key) const {
    const fs::path parent = root_ / "tokens";
    if (Status status = make_folder(parent); !status) return status.error();
    clean_leftovers(parent);
    const fs::path building =
        parent / (std::string(building_mark) + key.substr(0, 16) + "-" + make_uuid().substr(0, 8));
    if (Status status = make_folder(building); !status) return status.error();
    return building;
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
