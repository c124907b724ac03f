#include "store/run_record_file.h"

#include <spdlog/spdlog.h>
#include <time.h>

#include <cmath>
#include <limits>

#include "artifact/run_files.h"
#include "schema/typed.h"
#include "store/removed.h"
#include "store/store_impl.h"
#include "store/stored_json.h"
#include "util/named_file.h"

namespace gw {

namespace {

// The figures of a row, by the names under which run.json has them.
template <class Run, class Visit>
void each_figure(Run& run, Visit visit) {
    visit("tokens_per_second", run.tokens_per_second);
    visit("train_loss", run.train_loss);
    visit("validation_loss", run.validation_loss);
    visit("best_validation_loss", run.best_validation_loss);
    visit("perplexity", run.perplexity);
    visit("bits_per_byte", run.bits_per_byte);
    visit("score", run.score);
    visit("best_score", run.best_score);
}

template <class Run, class Visit>
void each_text(Run& run, Visit visit) {
    visit("name", run.name);
    visit("status", run.status);
    visit("cause", run.cause);
    visit("created", run.created);
    visit("started", run.started);
    visit("ended", run.ended);
    visit("parent", run.parent);
    visit("notes", run.notes);
    visit("trashed", run.trashed);
}

template <class Run, class Visit>
void each_count(Run& run, Visit visit) {
    visit("segment", run.segment);
    visit("steps", run.steps);
    visit("total_steps", run.total_steps);
    visit("tokens", run.tokens);
    visit("fork_step", run.fork_step);
}

/// "2026-01-31T12:34:56Z", or nothing.
bool is_time_or_none(const std::string& text) {
    if (text.empty()) return true;
    std::tm parts{};
    const char* end = ::strptime(text.c_str(), "%Y-%m-%dT%H:%M:%SZ", &parts);
    return end == text.c_str() + text.size() && text.size() == std::string("2026-01-31T12:34:56Z").size();
}

}  // namespace

bool is_sound_record(const RunRecord& run) {
    constexpr std::int64_t most = std::int64_t{1} << 53;          // a JSON reader's doubles hold it
    constexpr std::int64_t last_segment = std::int64_t{1} << 40;  // a resume makes the next
    bool sound = is_run_status(run.status) || run.status == removed_status;
    each_count(run, [&](const char*, std::int64_t count) { sound = sound && count >= 0 && count <= most; });
    for (const std::string* time : {&run.created, &run.started, &run.ended, &run.trashed})
        sound = sound && is_time_or_none(*time);
    return sound && run.segment <= last_segment && std::isfinite(run.seconds) && run.seconds >= 0;
}

Json number_json(double value) {
    if (std::isnan(value)) return "nan";
    if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
    return value;
}

std::optional<double> number_of_json(const Json& json) {
    if (json.is_number()) return json.get<double>();
    if (json == "nan") return std::numeric_limits<double>::quiet_NaN();
    if (json == "inf") return std::numeric_limits<double>::infinity();
    if (json == "-inf") return -std::numeric_limits<double>::infinity();
    return std::nullopt;
}

Json record_json(const RunRecord& run) {
    Json out = {{"format", 1}, {"id", run.id}};
    each_text(run, [&](const char* key, const std::string& value) { out[key] = value; });
    each_count(run, [&](const char* key, std::int64_t value) { out[key] = value; });
    out["seconds"] = number_json(run.seconds);
    each_figure(run, [&](const char* key, const std::optional<double>& value) {
        if (value) out[key] = number_json(*value);
    });
    out["number"] = run.number;
    out["dismissed"] = run.dismissed;
    out["tags"] = run.tags;
    out["facts"] = run.facts;
    out["spec"] = run.spec;
    return out;
}

std::optional<RunRecord> record_of_json(const Json& json, const std::string& id) {
    const Json spec = stored_at(json, "spec", Json());
    if (!is_sound_spec(spec)) return std::nullopt;
    RunRecord run;
    run.id = id;
    run.spec = spec;
    run.facts = sound_facts(stored_at(json, "facts", Json()));
    each_text(run, [&](const char* key, std::string& value) { value = stored_at(json, key, value); });
    each_count(run, [&](const char* key, std::int64_t& value) { value = stored_at(json, key, value); });
    run.seconds = number_of_json(stored_at(json, "seconds", Json())).value_or(0);
    each_figure(run, [&](const char* key, std::optional<double>& value) {
        value = number_of_json(stored_at(json, key, Json()));
    });
    run.number = stored_at(json, "number", std::int64_t{0});
    run.dismissed = stored_at(json, "dismissed", false);
    const Json tags = stored_at(json, "tags", Json());
    if (tags.is_array())
        for (const Json& tag : tags)
            if (tag.is_string()) run.tags.push_back(tag.get<std::string>());
    if (!is_sound_record(run)) return std::nullopt;
    return run;
}

bool Store::Impl::tell_folder(std::int64_t key) {
    const auto run = record_with(key);
    if (!run) return true;
    const fs::path folder = folder_of(run->id);
    std::error_code ignored;
    if (!fs::is_directory(folder, ignored)) return true;
    if (Status written = write_file_atomic(folder / run_files::record, schema::json_line(record_json(*run)) + "\n");
        !written) {
        spdlog::warn("{}", to_text(written.error()));
        return true;
    }
    Query now(*this, "SELECT revision FROM runs WHERE key = ?", key);
    return !now.next() || now.integer(0) == run->revision;
}

Status Store::tell_old_folders() {
    return impl_->guarded([&] {
        {
            Query row(*impl_, "SELECT key, id FROM runs");
            std::error_code ignored;
            while (row.next())
                if (const fs::path folder = impl_->folder_of(row.text(1));
                    fs::is_directory(folder, ignored) && !fs::exists(folder / run_files::record, ignored))
                    impl_->told.insert(row.integer(0));
        }
        impl_->tell_folders();
    });
}

namespace {

/// What a program that was killed while it wrote the file left beside it.
std::vector<fs::path> half_written_records(const fs::path& folder) {
    const std::string start = std::string(".") + run_files::record + ".";
    std::vector<fs::path> out;
    std::error_code problem;
    for (fs::directory_iterator it(folder, problem), end; !problem && it != end; it.increment(problem))
        if (it->path().filename().string().starts_with(start) && is_half_written(it->path())) out.push_back(it->path());
    return out;
}

}  // namespace

Status Store::tell_behind() {
    // Such a program left the runs of its last transaction behind, so the search goes back over what changed last.
    constexpr int enough = 8;  // runs in a row in good order
    // Where no file can be written, or another version wrote all of them, every one is behind: whoever opens the
    // workspace waits for this.
    constexpr int most = 64;
    return impl_->guarded([&] {
        std::vector<fs::path> leftovers;
        Query changed(*impl_, "SELECT key FROM runs ORDER BY revision DESC");
        for (int in_order = 0, seen = 0; in_order < enough && seen < most && changed.next(); ++seen) {
            const auto run = impl_->record_with(changed.integer(0));
            // Who trains a run tells its folder all along, but for figures that its journal has.
            if (!run || is_active(run->status)) continue;
            const fs::path folder = impl_->folder_of(run->id);
            const std::vector<fs::path> left = half_written_records(folder);
            const auto said = read_file(folder / run_files::record);
            const bool behind = said && said.value() != schema::json_line(record_json(*run)) + "\n";
            if (behind) impl_->told.insert(changed.integer(0));
            leftovers.insert(leftovers.end(), left.begin(), left.end());
            in_order = behind || !left.empty() ? 0 : in_order + 1;
        }
        for (const fs::path& leftover : leftovers) file_layer().unlink(leftover.c_str());
        impl_->tell_folders();
    });
}

void Store::Impl::tell_folders() {
    // Another program may write the same file: whoever finds that the row has changed meanwhile writes it again.
    constexpr int attempts = 3;
    for (const std::int64_t key : std::exchange(told, {})) {
        try {
            for (int attempt = 0; attempt < attempts; ++attempt)
                if (tell_folder(key)) break;
        } catch (const std::exception& problem) {
            spdlog::warn("run.json is behind: {}", problem.what());
        }
    }
}

}  // namespace gw
