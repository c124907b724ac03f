#include <iostream>
#include <memory>

#include "cli/carry_out.h"
#include "cli/cli.h"
#include "cli/finetune_options.h"
#include "cli/model_choice.h"
#include "data/batch.h"
#include "schema/render.h"
#include "spec/run_spec.h"
#include "util/text.h"
#include "workspace/run_name.h"
#include "workspace/run_queue.h"

namespace gw::cli {

namespace {

struct FinetuneOptions {
    BeginOptions begin;
    std::string name;
    std::int64_t stop_at = 0;
    bool json = false, queue = false, dry_run = false;
};

/// What differs from the run that the checkpoint comes from, before anything is launched.
void show_plan(const ParentCard& parent, const Json& spec) {
    std::cout << "Begins from step " << grouped(parent.step) << (parent.run ? " of \"" + parent.run->name + "\"" : "")
              << ", trained on " << grouped(parent.tokens) << " "
              << unit_of(input_facts_of(parent.state.value("input", Json()))) << "\n";
    for (const RunRecord& run : parent.lineage) std::cout << "  which began from \"" << run.name << "\"\n";
    std::cout << "Differs from it in:\n";
    for (const SpecDifference& d : plan_of(parent, spec))
        std::cout << "  " << d.path << ": " << (d.left.is_null() ? "" : schema::value_text(d.left) + " -> ")
                  << schema::value_text(d.right) << "\n";
}

void begin_run(Cli& cli, const FinetuneOptions& o, bool labelled) {
    const Workspace workspace = o.dry_run ? Workspace::look(cli.root()).or_throw() : cli.open_workspace();
    const ParentCard parent = parent_of(workspace, o.begin);
    LaunchRequest request;
    request.spec = begun_spec(parent, o.begin, labelled);
    if (o.dry_run && o.json) {
        print_json(request.spec);
        return;
    }
    if (o.dry_run) return show_plan(parent, request.spec);
    request.name = o.name.empty() ? unused_name(workspace.store(Store::Mode::read_only).or_throw(),
                                                begun_name(parent, request.spec))
                                  : o.name;
    request.stop_at = o.stop_at;
    if (!o.queue) return carry_out(cli, workspace, request, o.json);
    const auto added = RunQueue(workspace).add({request}).or_throw();
    std::cout << "Run " << added.front().id << " \"" << added.front().name << "\" waits in the queue\n";
}

void add_verb(Cli& cli, const std::string& name, const std::string& help, bool labelled) {
    auto o = std::make_shared<FinetuneOptions>();
    CLI::App& verb = cli.verb(name, help);
    add_begin_options(verb, o->begin);
    verb.add_option("--name", o->name, "Name in the history; made from parent and data otherwise")->type_name("N");
    verb.add_flag("--queue", o->queue, "Put it into the queue instead of training now");
    verb.add_flag("--dry-run", o->dry_run,
                  "Only show what would be launched and how it differs from its parent; with --json all settings");
    whole_number(verb.add_option("--stop-at", o->stop_at, "Save and stop at this step; the schedule stays as it is"))
        ->check(above_zero())
        ->type_name("STEP");
    verb.add_flag("--json", o->json, "Print the result as one JSON object on the last line");
    verb.callback([&cli, o, labelled] { begin_run(cli, *o, labelled); });
}

}  // namespace

void add_finetune_verbs(Cli& cli) {
    add_verb(cli, "finetune", "Train a checkpoint's backbone on labelled data", /*labelled=*/true);
    add_verb(cli, "continue", "Train a checkpoint further on new text", /*labelled=*/false);
}

}  // namespace gw::cli
