#include "workspace/record/rebuild.h"

#include <algorithm>
#include <chrono>
#include <limits>

#include "artifact/run_files.h"
#include "spec/run_spec.h"
#include "store/run_record_file.h"
#include "store/store_backup.h"
#include "store/stored_json.h"
#include "train/message/rebuild_texts.h"
#include "util/crash_point.h"
#include "util/hash.h"
#include "util/name.h"
#include "util/text.h"
#include "workspace/record/backup.h"
#include "workspace/record/checkpoint_rows.h"
#include "workspace/record/rebuild_rows.h"
#include "workspace/record/run_remains.h"
#include "workspace/run_name.h"

namespace gw {

namespace {

constexpr const char* half_made = "rebuilding-";

bool is_run_folder(const fs::path& folder) {
    const std::string name = folder.filename().string();
    std::error_code ignored;
    constexpr std::size_t length = 36;  // of a UUID
    return name.size() == length && name.find_first_not_of("0123456789abcdefABCDEF-") == std::string::npos &&
           fs::is_directory(fs::symlink_status(folder, ignored));
}

std::vector<fs::path> run_folders(const fs::path& root) {
    std::vector<fs::path> out;
    std::error_code problem;
    for (fs::directory_iterator it(root / "runs", problem), end; !problem && it != end; it.increment(problem))
        if (is_run_folder(it->path())) out.push_back(it->path());
    return out;
}

/// What programs that were killed while they did this have left; it is made in minutes.
void sweep_half_made(const fs::path& root) {
    std::vector<fs::path> left;
    std::error_code problem;
    for (fs::directory_iterator it(root, problem), end; !problem && it != end; it.increment(problem))
        if (it->path().filename().string().starts_with(half_made)) left.push_back(it->path());
    for (const fs::path& one : left) {
        const auto written = fs::last_write_time(one, problem);
        if (!problem && fs::file_time_type::clock::now() - written > std::chrono::hours(1)) (void)remove_tree(one);
    }
}

/// A run as it is to stand in the new history.
struct Found {
    fs::path folder;
    RunRecord record;
    std::optional<RunRecord> former;
    std::optional<RunRemains> remains;
    std::int64_t journal_from = std::numeric_limits<std::int64_t>::max();  ///< first segment in its journal
};

/// The first segment of which a journal tells; the largest number where there is none.
std::int64_t first_segment(const fs::path& folder, const std::string& id) {
    std::int64_t first = std::numeric_limits<std::int64_t>::max();
    (void)read_journal(folder, id, [&](const JournalEntry& entry) -> Status {
        first = std::visit(
            [](const auto& e) {
                if constexpr (requires { e.record; })
                    return e.record.segment;
                else
                    return e.segment;
            },
            entry);
        return Error{Error::Code::cancelled, "the first is enough", "", {}};
    });
    return first;
}

/// For a run whose own name is lost.
std::string made_name(const RunRecord& run) {
    return spec_status(run.spec) ? name_from_spec(run.spec) : "run " + run.id.substr(0, 8);
}

/// Whether no run is left out of the history for a row that cannot be read.
bool all_rows_are_read(const Store& store) {
    for (const bool trash : {false, true}) {
        const auto ids = store.run_ids(trash);
        RunQuery all;
        all.trash = trash;
        const auto runs = store.runs(all);
        if (!ids || !runs || ids.value().size() != runs.value().size()) return false;
    }
    return true;
}

std::optional<Found> find_run(const fs::path& folder, const Store* former) {
    Found found;
    found.folder = folder;
    const std::string id = folder.filename().string();
    const auto text = read_file(folder / run_files::record);
    const auto json = text ? stored_object(text.value()) : std::nullopt;
    auto own = json ? record_of_json(*json, id) : std::nullopt;
    if (former)
        if (auto row = former->run(id); row && row.value().id == id) found.former = std::move(row).value();
    found.journal_from = first_segment(folder, id);
    // Where the former history still has the run, what it has of earlier segments is exact.
    found.remains = read_remains(folder, id, found.former ? 0 : found.journal_from);
    if (own)
        found.record = std::move(*own);
    else if (found.former)
        found.record = *found.former;
    else if (found.remains)
        found.record = found.remains->record;
    else
        return std::nullopt;
    RunRecord& run = found.record;
    if (run.created.empty()) run.created = found.remains ? found.remains->record.created : "";
    if (run.created.empty()) run.created = now_utc();
    if (name_fault(run.name)) run.name = run.name.empty() ? made_name(run) : fit_name(run.name);
    if (is_active(run.status)) {
        run.status = "interrupted";
        run.cause = "The program ended before this run did";
    }
    return found;
}

Error not_made_again() {
    return {Error::Code::cancelled, "The history was not made again", "", {}};
}

/// `goes_on` is asked now and then; where it says no the run is left in the middle (Code::cancelled).
Status put_run(Store& store, const Found& found, const Store* former, const std::function<bool()>& goes_on,
               Rebuilt& out) {
    const std::string& id = found.record.id;
    RunRecord run = found.record;
    // The new database lies in a folder of its own as yet; relative to that are the paths in it.
    if (Status added = store.add_run(run); !added) return added;
    RebuildRows rows(store, id);
    const auto note = [&](const char* form, std::vector<std::string> values) {
        values.insert(values.begin(), {run.name, id.substr(0, 8)});
        out.notes.push_back(Phrase{form, std::move(values)}.text());
    };
    const bool journal = found.journal_from != std::numeric_limits<std::int64_t>::max();
    if (found.journal_from > 0) {
        bool whole = found.former && former;
        if (whole) whole = copy_former(*former, id, found.journal_from, rows);
        if (!found.former && found.remains) {
            for (const JournalEntry& entry : found.remains->entries) {
                const bool is_checkpoint = std::holds_alternative<JournalCheckpoint>(entry);
                if (journal && is_checkpoint) continue;  // its journal knows them better
                if (Status kept = rows.add(entry); !kept) return kept;
            }
        }
        const bool nothing_due = run.status == "queued" || run.steps == 0;
        if (!whole && !nothing_due)
            note(found.former ? say::rebuilt_in_part
                 : journal    ? say::rebuilt_beginning
                              : say::rebuilt_without_journal,
                 {});
    }
    if (journal) {
        const std::string metric = "validation/" + main_metric_of(run);
        std::int64_t count = 0;
        constexpr std::int64_t between_questions = 1000;
        auto read = read_journal(found.folder, id, [&](const JournalEntry& entry) -> Status {
            if (++count % between_questions == 0 && !goes_on()) return not_made_again();
            if (const auto* row = std::get_if<JournalRow>(&entry)) take_figures(run, *row, metric);
            return rows.add(entry);
        });
        if (!read) {
            if (read.error().code == Error::Code::io && read.error().message.starts_with("Cannot read"))
                note(say::rebuilt_unread, {read.error().message});
            else
                return read.error();
        } else {
            out.entries += read.value().entries;
            out.damaged_lines += read.value().damaged;
            if (const std::int64_t bad = read.value().damaged + rows.refused; bad > 0)
                note(say::rebuilt_damaged_lines, {grouped(bad)});
        }
    }
    if (Status ended = rows.end(); !ended) return ended;
    if (journal && found.former && former) {
        // A loss of power may leave a hole in a journal: it is not waited for as the history is.
        const auto taken = take_over_missing(store, *former, id);
        if (!taken) return taken.error();
        if (taken.value() > 0) note(say::rebuilt_from_former, {grouped(taken.value())});
    }
    if (Status updated = store.update_run(run); !updated) return updated;
    if (run.status == "queued")
        if (Status queued = store.enqueue(id); !queued) return queued;
    if (run.dismissed)
        if (Status done = store.set_dismissed(id, true); !done) return done;
    if (!run.trashed.empty())
        if (Status done = store.set_trashed(id, true); !done) return done;
    ++out.runs;
    return {};
}

/// What people keep under names lies in no run's folder.
void copy_saved(Store& store, const fs::path& root, const Store* former, Rebuilt& out) {
    std::optional<Store> backup;
    if (const auto backups = history_backups(root); !backups.empty())
        if (auto opened = Store::open(backups.front().path, Store::Mode::read_only)) backup = std::move(opened).value();
    bool all = true;
    for (const char* kind : {"filter", "comparison", "pilot", "sequence", "view", "alerts", "queue"}) {
        bool read = false;
        const Store* const sources[] = {former, backup ? &*backup : nullptr};
        for (const Store* from : sources) {
            if (!from || read) continue;
            const auto saved = from->saved(kind);
            if (!saved) continue;
            read = true;
            for (const SavedRecord& record : saved.value()) (void)store.set_saved(record);
        }
        all = all && read;
    }
    if (!all) out.notes.push_back(say::rebuilt_without_saved);
}

Status make_again(const fs::path& root, const fs::path& aside, const RebuildOptions& options, Rebuilt& out) {
    std::optional<Store> former;
    std::error_code ignored;
    if (fs::exists(root / "groundwork.db", ignored))
        if (auto opened = Store::open(root / "groundwork.db", Store::Mode::read_only))
            former = std::move(opened).value();
    const Store* old = former ? &*former : nullptr;
    std::vector<Found> found;
    for (const fs::path& folder : run_folders(root)) {
        if (auto run = find_run(folder, old))
            found.push_back(std::move(*run));
        else
            out.notes.push_back(Phrase{say::rebuilt_no_run, {folder.string()}}.text());
    }
    // In this order they get their numbers, and with these their colours.
    std::stable_sort(found.begin(), found.end(), [](const Found& a, const Found& b) {
        return std::pair(a.record.created, a.record.number) < std::pair(b.record.created, b.record.number);
    });
    auto store = Store::open(aside / "groundwork.db");
    if (!store) return store.error();
    int done = 0;
    const auto goes_on = [&] { return !options.progress || options.progress(done, static_cast<int>(found.size())); };
    for (Found& run : found) {
        if (!goes_on()) return not_made_again();
        run.record.path = (aside / "runs" / run.record.id).string();
        std::erase_if(run.record.tags, [](const std::string& tag) { return name_fault(tag).has_value(); });
        Status put = put_run(store.value(), run, old, goes_on, out);
        ++done;
        if (put) continue;
        if (put.error().code == Error::Code::io || put.error().code == Error::Code::cancelled) return put;
        // What is wrong with one run costs that one.
        out.notes.push_back(Phrase{say::rebuilt_left_out, {run.record.name, put.error().message}}.text());
        (void)store.value().remove_run(run.record.id);
    }
    copy_saved(store.value(), root, old, out);
    return {};
}

}  // namespace

bool history_is_missing(const fs::path& root) {
    std::error_code unknown;
    // An empty file is what a copy that failed leaves; a history has tables from the first.
    if (const auto bytes = fs::file_size(root / "groundwork.db", unknown); !unknown && bytes > 0) return false;
    const auto folders = run_folders(root);
    return std::any_of(folders.begin(), folders.end(), [](const fs::path& folder) {
        std::error_code nobody_asks;
        const fs::path checkpoints = folder / run_files::checkpoints;
        return fs::exists(folder / run_files::record, nobody_asks) ||
               (fs::is_directory(checkpoints, nobody_asks) && !fs::is_empty(checkpoints, nobody_asks));
    });
}

bool history_is_lost(const fs::path& root) {
    const fs::path database = root / "groundwork.db";
    std::error_code ignored;
    if (!fs::exists(database, ignored) || fs::file_size(database, ignored) == 0) return history_is_missing(root);
    const auto store = Store::open(database, Store::Mode::read_only);
    if (!store) return store.error().code == Error::Code::bad_data;
    const auto runs = store.value().runs();
    return !runs && runs.error().code == Error::Code::bad_data;
}

int trained_beyond_history(const fs::path& root) {
    const auto store = Store::open(root / "groundwork.db", Store::Mode::read_only);
    if (!store) return 0;
    int count = 0;
    for (const fs::path& folder : run_folders(root)) {
        if (!was_trained(folder)) continue;
        const auto run = store.value().run(folder.filename().string());
        count += !run || run.value().status == "queued" || is_active(run.value().status);
    }
    return count;
}

Result<Rebuilt> rebuild_history(const fs::path& root, const RebuildOptions& options) {
    know_former_kinds();
    std::error_code ignored;
    if (!fs::is_directory(root / "runs", ignored))
        return Error{Error::Code::bad_spec,
                     "There is no workspace with runs here",
                     "Name its folder with --workspace",
                     {"folder " + root.string()}};
    if (Status idle = nobody_trains(root); !idle) return idle.error();
    const fs::path history = root / "groundwork.db";
    if (!options.replace && fs::exists(history, ignored) && !fs::is_empty(history, ignored)) {
        const Status sound = check_database(history);
        const auto store = Store::open(history, Store::Mode::read_only);
        // That of a newer version or of another program is none of ours to replace unasked.
        if (!store && store.error().code != Error::Code::bad_data) return store.error();
        if (sound && store && all_rows_are_read(store.value()))
            return Error{Error::Code::bad_spec,
                         "The history of this workspace is not damaged",
                         "Say --replace to make it again all the same; it is kept beside the new one",
                         {"workspace " + root.string()}};
    }
    sweep_half_made(root);
    const fs::path aside = root / (half_made + make_uuid());
    if (Status made = make_folder(aside); !made) return made.error();
    Rebuilt out;
    Status status = make_again(root, aside, options, out);
    crash_point("history made again");
    if (status) {
        auto put = replace_history(root, aside / "groundwork.db");
        if (put)
            out.aside = put.value();
        else
            status = put.error();
    }
    (void)remove_tree(aside);
    if (!status) return status.error();
    // The folders have the last word on which checkpoints there are.
    auto store = Store::open(root / "groundwork.db");
    if (!store) return store.error();
    for (const bool trash : {false, true}) {
        const auto runs = store.value().runs({.trash = trash});
        if (!runs) return runs.error();
        for (const RunRecord& run : runs.value())
            if (Status made = reconcile_checkpoints(store.value(), run); !made)
                out.notes.push_back(Phrase{say::rebuilt_checkpoints, {run.name, made.error().message}}.text());
    }
    return out;
}

}  // namespace gw
