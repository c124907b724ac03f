#include <iostream>
#include <memory>

#include "cli/cli.h"
#include "util/text.h"
#include "workspace/record/backup.h"
#include "workspace/record/rebuild.h"

namespace gw::cli {

namespace {

struct RebuildVerbOptions {
    bool replace = false, backup = false;
};

void from_backup(const fs::path& root, const RebuildVerbOptions& o) {
    if (!o.replace && !history_is_lost(root))
        throw Failure(Error{Error::Code::bad_spec,
                            "The history of this workspace is not damaged",
                            "Say --replace to put a backup in its place all the same; it is kept beside",
                            {"workspace " + root.string()}});
    const auto all = history_backups(root);
    if (all.empty())
        throw Failure(Error{Error::Code::bad_spec,
                            "There is no backup of this history",
                            "`groundwork-cli rebuild` makes it again from the folders of the runs",
                            {"workspace " + root.string()}});
    for (const HistoryBackup& one : all) {
        const auto restored = restore_backup(root, one);
        if (restored) {
            std::cout << "The history is as it was on " << one.day << "\n";
            if (!restored.value().empty()) std::cout << "The former one is kept: " << restored.value().string() << "\n";
            if (const int others = trained_beyond_history(root); others > 0)
                std::cerr
                    << "warning: " << grouped(others) << (others == 1 ? " run" : " runs")
                    << " of this workspace went on after that day; `groundwork-cli rebuild --replace` brings what "
                       "their folders hold into the history\n";
            return;
        }
        if (restored.error().code != Error::Code::bad_data || one.path == all.back().path)
            throw Failure(restored.error());
        std::cerr << "warning: " << restored.error().message << "\n";
    }
}

void from_runs(const fs::path& root, const RebuildVerbOptions& o) {
    const Rebuilt made = rebuild_history(root, {.replace = o.replace, .progress = {}}).or_throw();
    std::cout << "Made again: " << grouped(made.runs) << (made.runs == 1 ? " run, " : " runs, ")
              << grouped(made.entries) << " lines of their journals\n";
    if (!made.aside.empty()) std::cout << "The former history is kept: " << made.aside.string() << "\n";
    for (const std::string& note : made.notes) std::cerr << "warning: " << note << "\n";
}

}  // namespace

void add_rebuild_verbs(Cli& cli) {
    auto o = std::make_shared<RebuildVerbOptions>();
    CLI::App& rebuild = cli.verb("rebuild", "Make a damaged history again from the folders of the runs, or a backup");
    rebuild.add_flag("--replace", o->replace, "Also where the history is not damaged; it is kept beside the new one");
    rebuild.add_flag("--backup", o->backup, "Put the newest backup in its place instead");
    rebuild.callback([&cli, o] {
        const fs::path root =
            absolute_path(cli.workspace.empty() ? Workspace::default_root() : fs::path(cli.workspace));
        o->backup ? from_backup(root, *o) : from_runs(root, *o);
    });
}

}  // namespace gw::cli
