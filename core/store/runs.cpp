#include <spdlog/spdlog.h>

#include <mutex>
#include <optional>
#include <set>

#include "schema/former_kinds.h"
#include "schema/parse_json.h"
#include "schema/typed.h"
#include "store/removed.h"
#include "store/run_record_file.h"
#include "store/store_impl.h"
#include "store/stored_json.h"
#include "util/text.h"

// The part of Store that deals with rows of the table `runs`.
namespace gw {

namespace {

const std::string columns =
    "id, name, status, cause, created, started, ended, parent, spec, facts, path, segment, steps, total_steps, tokens, "
    "seconds, "
    "tokens_per_second, "
    "train_loss, validation_loss, best_validation_loss, perplexity, bits_per_byte, heartbeat, process, fork_step, "
    "score, best_score";

// What update_run() and add_run() leave alone, behind the columns above.
const std::string people_columns =
    ", (SELECT json_group_array(tag) FROM tags WHERE run = runs.key), notes, trashed, dismissed, key, revision";

RunRecord record_of(Query& row, const Store::Impl& store) {
    auto damaged = [&] {
        return Failure(Error{Error::Code::bad_data,
                             "The run " + row.text(0) + " has a damaged row in the history",
                             "`groundwork-cli rebuild` makes the history again from the folders of the runs",
                             {"database " + store.path.string()}});
    };
    auto json = [&](int column) -> Json {
        const std::string text = row.text(column);
        if (text.empty() || text == "null") return Json::object();
        auto value = stored_object(text);
        if (!value) throw damaged();
        return std::move(*value);
    };
    RunRecord run;
    run.id = row.text(0);
    run.name = row.text(1);
    run.status = row.text(2);
    run.cause = row.text(3);
    run.created = row.text(4);
    run.started = row.text(5);
    run.ended = row.text(6);
    run.parent = row.text(7);
    run.spec = json(8);
    if (!is_sound_spec(run.spec)) throw damaged();
    run.spec = with_kinds_of_today(std::move(run.spec));
    run.facts = sound_facts(json(9));
    run.path = store.folder_of(run.id).string();  // what the row says of it is for older programs
    constexpr int first_number = 11, last_number = 26;
    for (int column = first_number; column <= last_number; ++column)
        if (!row.is_number(column)) throw damaged();
    run.segment = row.integer(11);
    run.steps = row.integer(12);
    run.total_steps = row.integer(13);
    run.tokens = row.integer(14);
    run.seconds = row.real(15);
    run.tokens_per_second = row.maybe_real(16);
    run.train_loss = row.maybe_real(17);
    run.validation_loss = row.maybe_real(18);
    run.best_validation_loss = row.maybe_real(19);
    run.perplexity = row.maybe_real(20);
    run.bits_per_byte = row.maybe_real(21);
    run.heartbeat = row.integer(22);
    run.process = row.integer(23);
    run.fork_step = row.integer(24);
    run.score = row.maybe_real(25);
    run.best_score = row.maybe_real(26);
    if (!run.facts.contains("main_metric")) {  // from before a run kept what it is judged by
        run.score = run.validation_loss;
        run.best_score = run.best_validation_loss;
    }
    const Json tags = json_or_null(row.text(27));
    if (tags.is_array())
        for (const Json& tag : tags)
            if (tag.is_string()) run.tags.push_back(tag.get<std::string>());
    run.notes = row.text(28);
    run.trashed = row.text(29);
    run.dismissed = row.integer(30) != 0;
    run.number = row.integer(31);
    run.revision = row.integer(32);
    if (!is_sound_record(run)) throw damaged();
    return run;
}

}  // namespace

std::string kind_of(const RunRecord& run, const char* section) {
    const auto it = run.spec.find(section);
    return it != run.spec.end() ? stored_at(*it, "kind", std::string()) : std::string();
}

std::string main_metric_of(const RunRecord& run) {
    const auto it = run.facts.find("main_metric");
    return it != run.facts.end() && it->is_string() ? it->get<std::string>() : "loss";
}

std::string unit_of(const RunRecord& run) {
    const auto unit = run.facts.find("unit");
    if (unit != run.facts.end() && unit->is_string()) return unit->get<std::string>();
    const auto input = run.facts.find("input");  // from before the unit itself was kept
    if (input != run.facts.end() && input->is_object() && !input->empty())
        return input->contains("image")    ? "images"
               : input->contains("series") ? "windows"
               : input->contains("table")  ? "rows"
                                           : "tokens";
    const std::string meant = unit_of_spec(run.spec);  // its data has not been read
    return meant.empty() ? "tokens" : meant;
}

bool is_language_model(const RunRecord& run) {
    const auto told = run.facts.find("language_model");
    return told != run.facts.end() && told->is_boolean() ? told->get<bool>() : run.perplexity.has_value();
}

bool learns_from_labels(const RunRecord& run) {
    const auto examples = run.facts.find("train_examples");
    return examples != run.facts.end() && examples->is_number() && examples->get<double>() > 0;
}

namespace {

/// A spec is kept to the letter, or not at all.
std::string exact(const Json& spec) {
    try {
        return spec.dump();
    } catch (const Json::type_error&) {
        throw Failure(
            Error{Error::Code::bad_spec,
                  "A path or another text of these settings is not UTF-8: " + schema::json_line(spec).substr(0, 300),
                  "Rename the file or folder, or run from another folder",
                  {}});
    }
}

/// Lists are read again and again; a row is complained of once.
void warn_once(const Error& error) {
    static std::mutex guard;
    static std::set<std::string> told;
    const std::lock_guard lock(guard);
    if (told.insert(error.message).second) spdlog::warn("{}; it is left out", error.message);
}

/// With `alone` a row that cannot be read is an error where nothing else fits.
std::vector<RunRecord> select(Store::Impl& store, Query&& query, bool alone) {
    std::vector<RunRecord> out;
    // A damaged row costs that run alone.
    std::optional<Failure> damaged;
    while (query.next()) {
        try {
            out.push_back(record_of(query, store));
        } catch (const Failure& failure) {
            damaged.emplace(failure);
            warn_once(failure.error());
        }
    }
    if (out.empty() && damaged && alone) throw *damaged;
    return out;
}

const std::string is_there = " status <> '" + std::string(removed_status) + "' AND ";

}  // namespace

std::optional<RunRecord> Store::Impl::record_with(std::int64_t key) {
    auto found = select(*this, Query(*this, "SELECT " + columns + people_columns + " FROM runs WHERE key = ?", key),
                        /*alone=*/false);
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

Result<std::vector<RunRecord>> Store::runs(const RunQuery& query) const {
    return impl_->guarded([&] {
        return select(*impl_,
                      Query(*impl_,
                            "SELECT " + columns + people_columns + " FROM runs WHERE" + is_there +
                                "revision > ? AND (trashed <> '') = ? ORDER BY created DESC, key DESC",
                            query.since, query.trash),
                      /*alone=*/false);
    });
}

Result<std::vector<std::string>> Store::run_ids(bool trash) const {
    return impl_->guarded([&] {
        std::vector<std::string> out;
        Query row(*impl_,
                  "SELECT id FROM runs WHERE" + is_there + "(trashed <> '') = ? ORDER BY created DESC, key DESC",
                  trash);
        while (row.next()) out.push_back(row.text(0));
        return out;
    });
}

Result<RunRecord> Store::run(const std::string& id_or_name) const {
    return impl_->guarded([&]() -> RunRecord {
        auto find = [&](const std::string& where) {
            return select(*impl_,
                          Query(*impl_,
                                "SELECT " + columns + people_columns + " FROM runs WHERE" + is_there + where +
                                    " ORDER BY trashed <> '', created DESC, key DESC LIMIT 3",
                                id_or_name),
                          /*alone=*/true);
        };
        auto hits = find("id = ?");
        if (hits.empty()) hits = find("name = ?");
        if (!hits.empty()) return hits.front();
        if (!id_or_name.empty()) hits = find("substr(id, 1, length(?1)) = ?1");
        if (hits.size() == 1) return hits.front();
        const std::string where = "database " + impl_->path.string();
        if (hits.size() > 1)
            throw Failure(Error{Error::Code::bad_spec,
                                "More than one run begins with \"" + id_or_name + "\"",
                                "Write more characters of its id",
                                {where}});
        std::vector<std::string> names;
        Query all(*impl_, "SELECT DISTINCT name FROM runs ORDER BY key DESC LIMIT 1000");
        while (all.next()) names.push_back(all.text(0));
        const auto near = nearest(id_or_name, names);
        throw Failure(
            Error{Error::Code::bad_spec,
                  "There is no run \"" + id_or_name + "\" in this workspace",
                  near ? "Did you mean \"" + *near + "\"?" : "`groundwork-cli runs` lists the runs of a workspace",
                  {where}});
    });
}

Status Store::add_run(const RunRecord& r) {
    return impl_->written([&] {
        Impl::check_name("run", r.name);
        for (const std::string& tag : r.tags) Impl::check_name("tag", tag);
        Query(*impl_, "INSERT INTO runs(" + columns + ") VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
              r.id, r.name, r.status, r.cause, r.created, r.started, r.ended, r.parent, exact(r.spec),
              schema::json_line(r.facts), impl_->stored(r.path), r.segment, r.steps, r.total_steps, r.tokens, r.seconds,
              r.tokens_per_second, r.train_loss, r.validation_loss, r.best_validation_loss, r.perplexity,
              r.bits_per_byte, r.heartbeat, r.process, r.fork_step, r.score, r.best_score)
            .run();
        const std::int64_t key = impl_->key_of(r.id);
        impl_->touch(key);
        for (const std::string& tag : r.tags)
            Query(*impl_, "INSERT OR IGNORE INTO tags(run, tag) VALUES(?,?)", key, tag).run();
        if (!r.notes.empty()) Query(*impl_, "UPDATE runs SET notes = ? WHERE key = ?", r.notes, key).run();
    });
}

Status Store::update_run(const RunRecord& r) {
    return impl_->written([&] {
        const std::int64_t key = impl_->key_of(r.id);
        const std::string facts = schema::json_line(r.facts);
        bool tell = false;
        {
            Query before(*impl_,
                         "SELECT status <> ? OR segment <> ? OR cause <> ? OR facts <> ? FROM runs WHERE key = ?",
                         r.status, r.segment, r.cause, facts, key);
            tell = before.next() && before.integer(0) != 0;
        }
        Query(*impl_,
              "UPDATE runs SET status=?, cause=?, started=?, ended=?, parent=?, facts=?, path=?, segment=?, steps=?, "
              "total_steps=?, "
              "tokens=?, seconds=?, "
              "tokens_per_second=?, train_loss=?, validation_loss=?, best_validation_loss=?, perplexity=?, "
              "bits_per_byte=?, heartbeat=?, "
              "process=?, fork_step=?, score=?, best_score=? WHERE key=?",
              r.status, r.cause, r.started, r.ended, r.parent, facts, impl_->stored(r.path), r.segment, r.steps,
              r.total_steps, r.tokens, r.seconds, r.tokens_per_second, r.train_loss, r.validation_loss,
              r.best_validation_loss, r.perplexity, r.bits_per_byte, r.heartbeat, r.process, r.fork_step, r.score,
              r.best_score, key)
            .run();
        impl_->touch(key, tell);
    });
}

Status Store::rename_run(const std::string& id, const std::string& name) {
    return impl_->written([&] {
        Impl::check_name("run", name);
        const std::int64_t key = impl_->key_of(id);
        Query(*impl_, "UPDATE runs SET name=? WHERE key=?", name, key).run();
        impl_->touch(key);
    });
}

Status Store::set_spec(const std::string& id, const Json& spec) {
    return impl_->written([&] {
        const std::int64_t key = impl_->key_of(id);
        Query(*impl_, "UPDATE runs SET spec=? WHERE key=?", exact(spec), key).run();
        impl_->touch(key);
    });
}

Status Store::set_tags(const std::string& id, const std::vector<std::string>& tags) {
    return impl_->written([&] {
        const std::int64_t key = impl_->key_of(id);
        Query(*impl_, "DELETE FROM tags WHERE run = ?", key).run();
        for (const std::string& tag : tags)
            if (const std::string bare(trim(tag)); !bare.empty()) {
                Impl::check_name("tag", bare);
                Query(*impl_, "INSERT OR IGNORE INTO tags(run, tag) VALUES(?,?)", key, bare).run();
            }
        impl_->touch(key);
    });
}

Status Store::set_notes(const std::string& id, const std::string& notes) {
    return impl_->written([&] {
        if (first_bad_utf8(notes))
            throw Failure(Error{Error::Code::bad_spec, "These notes are not UTF-8", "Convert them first", {}});
        const std::int64_t key = impl_->key_of(id);
        Query(*impl_, "UPDATE runs SET notes = ? WHERE key = ?", notes, key).run();
        impl_->touch(key);
    });
}

Status Store::set_dismissed(const std::string& id, bool dismissed) {
    return impl_->written([&] {
        const std::int64_t key = impl_->key_of(id);
        Query(*impl_, "UPDATE runs SET dismissed = ? WHERE key = ?", dismissed, key).run();
        impl_->touch(key);
    });
}

Status Store::set_trashed(const std::string& id, bool trashed) {
    return impl_->written([&] {
        const std::int64_t key = impl_->key_of(id);
        Query state(*impl_, "SELECT status, name FROM runs WHERE key = ?", key);
        state.next();
        if (trashed && is_busy(state.text(0)))
            throw Failure(
                Error{Error::Code::bad_spec,
                      state.text(0) == "queued" ? "This run waits in the queue" : "This run is being trained right now",
                      state.text(0) == "queued" ? "Take it out of the queue first" : "Stop it first",
                      {"run " + state.text(1)}});
        Query(*impl_, "UPDATE runs SET trashed = ? WHERE key = ?", trashed ? now_utc() : std::string(), key).run();
        impl_->touch(key);
    });
}

}  // namespace gw
