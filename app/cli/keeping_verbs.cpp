#include <iostream>
#include <memory>

#include "cli/cli.h"
#include "cli/table.h"
#include "util/text.h"
#include "workspace/record/alerts.h"
#include "workspace/record/trash.h"

namespace gw::cli {

namespace {

struct KeepOptions {
    std::vector<std::string> runs, tags, remove;
    std::string run, text;
    bool yes = false, clear = false, seen = false;
};

std::string plural(int runs) {
    return runs == 1 ? "1 run" : grouped(runs) + " runs";
}

void change_tags(const Cli& cli, const KeepOptions& o) {
    for (const std::string& tag : o.tags)
        if (trim(tag).empty())
            throw Failure(Error{Error::Code::bad_spec, "A tag needs at least one character", "", {}});
    const bool changes = o.clear || !o.tags.empty() || !o.remove.empty();
    Store store = changes ? open_store(cli) : look_store(cli);
    const RunRecord run = store.run(o.run).or_throw();
    std::vector<std::string> tags = o.clear ? std::vector<std::string>() : run.tags;
    tags.insert(tags.end(), o.tags.begin(), o.tags.end());
    for (const std::string& gone : o.remove) std::erase(tags, gone);
    if (tags != run.tags) store.set_tags(run.id, tags).or_throw();
    for (const std::string& tag : store.run(run.id).or_throw().tags) std::cout << tag << "\n";
}

void change_trash(const Cli& cli, const KeepOptions& o, bool trashed) {
    Store store = open_store(cli);
    for (const std::string& name : o.runs) {
        const RunRecord run = store.run(name).or_throw();
        if (run.trashed.empty() != trashed) {
            std::cerr << run.name << " (" << run.id.substr(0, 8) << ") "
                      << (trashed ? "lies in the trash already\n" : "does not lie in the trash\n");
            continue;
        }
        store.set_trashed(run.id, trashed).or_throw();
        std::cerr << (trashed ? "In the trash: " : "Restored: ") << run.name << " (" << run.id.substr(0, 8) << ", "
                  << byte_text(folder_bytes(run.path)) << ")\n";
    }
    if (trashed)
        std::cerr
            << "`groundwork-cli restore RUN` takes a run out again, `groundwork-cli empty-trash` frees the space\n";
}

void show_alerts(const Cli& cli, const KeepOptions& o) {
    Store store = o.seen ? open_store(cli) : look_store(cli);
    const RunRecord run = store.run(o.run).or_throw();
    const RunAlerts alerts = alerts_of(store, run.id).or_throw();
    Table table({{"NEW"}, {"STEP", Table::Align::right}, {"ALERT"}});
    for (std::size_t i = 0; i < alerts.all.size(); ++i)
        table.add(
            {static_cast<std::int64_t>(i) < alerts.seen ? "" : "*", grouped(alerts.all[i].step), alerts.all[i].text});
    if (!alerts.all.empty()) std::cout << table.text();
    if (o.seen) mark_alerts_seen(store, run.id).or_throw();
}

}  // namespace

void add_keeping_verbs(Cli& cli) {
    auto o = std::make_shared<KeepOptions>();
    auto one_run = [&](CLI::App& verb) {
        verb.add_option("run", o->run, "Id, its beginning, or name")->required()->type_name("RUN");
    };
    auto many_runs = [&](CLI::App& verb) {
        verb.add_option("runs", o->runs, "Ids, their beginnings, or names")->required()->type_name("RUN...");
    };

    CLI::App& rename = cli.verb("rename", "Give a run another name");
    one_run(rename);
    rename.add_option("name", o->text, "The new name")->required()->type_name("NAME");
    rename.callback([&cli, o] {
        Store store = open_store(cli);
        store.rename_run(store.run(o->run).or_throw().id, std::string(trim(o->text))).or_throw();
    });

    CLI::App& tag = cli.verb("tag", "Show or change the tags of a run");
    one_run(tag);
    tag.add_option("tags", o->tags, "Tags to add")->type_name("TAG...");
    add_repeated(tag, "--remove", o->remove, "Tag to take away (repeatable)")->type_name("TAG");
    tag.add_flag("--clear", o->clear, "Take all others away");
    tag.callback([&cli, o] { change_tags(cli, *o); });

    CLI::App& note = cli.verb("note", "Show or replace the notes of a run (Markdown)");
    one_run(note);
    auto* text = note.add_option("text", o->text, "The notes; - reads them from standard input")->type_name("TEXT");
    note.callback([&cli, o, text] {
        Store store = text->count() == 0 ? look_store(cli) : open_store(cli);
        const RunRecord run = store.run(o->run).or_throw();
        if (text->count() == 0) {
            std::cout << run.notes << (run.notes.empty() ? "" : "\n");
            return;
        }
        std::string notes = o->text;
        if (notes == "-") notes = read_input();
        store.set_notes(run.id, notes).or_throw();
    });

    CLI::App& remove = cli.verb("delete", "Put runs into the trash");
    many_runs(remove);
    remove.callback([&cli, o] { change_trash(cli, *o, true); });
    CLI::App& restore = cli.verb("restore", "Take runs out of the trash");
    many_runs(restore);
    restore.callback([&cli, o] { change_trash(cli, *o, false); });
    CLI::App& empty = cli.verb("empty-trash", "Remove what is in the trash for good");
    empty.add_flag("--yes", o->yes, "Do it; without this it only says what would go");
    empty.callback([&cli, o] {
        const Workspace workspace = o->yes ? cli.open_workspace() : cli.look_workspace();
        const TrashSize size = o->yes ? empty_trash(workspace).or_throw() : trash_size(workspace).or_throw();
        std::cout << (o->yes ? "Removed " : "In the trash: ") << plural(size.runs) << ", " << byte_text(size.bytes)
                  << "\n";
        for (const std::string& left : size.left) std::cerr << "warning: " << left << "\n";
        if (!size.left.empty()) cli.exit_code = exit_failed;
        if (!o->yes && size.runs > 0) std::cerr << "`groundwork-cli empty-trash --yes` removes them for good\n";
    });

    CLI::App& alerts = cli.verb("alerts", "Show what a run has warned of; new ones are marked");
    one_run(alerts);
    alerts.add_flag("--seen", o->seen, "Mark them all as seen");
    alerts.callback([&cli, o] { show_alerts(cli, *o); });

    CLI::App& dismiss = cli.verb("dismiss", "Stop asking about an interrupted run");
    one_run(dismiss);
    dismiss.callback([&cli, o] {
        Store store = open_store(cli);
        store.set_dismissed(store.run(o->run).or_throw().id, true).or_throw();
    });
}

}  // namespace gw::cli
