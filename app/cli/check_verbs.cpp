#include <algorithm>
#include <iostream>
#include <memory>

#include "cli/findings.h"
#include "cli/follow.h"
#include "cli/progress_line.h"
#include "cli/tested_settings.h"
#include "study/checkup/checkup.h"
#include "util/text.h"

namespace gw::cli {

namespace {

struct CheckOptions {
    TestedSettings settings;
    std::vector<std::string> only;
    std::int64_t steps = 100;
    bool json = false;
};

void check_verb(Cli& cli, const CheckOptions& o) {
    CheckupRequest request;
    request.spec = o.settings.spec(cli);
    const Workspace workspace = o.settings.workspace(cli);
    const StopAtInterrupt interrupt;
    ProgressLine progress;
    request.cache = workspace.cache();
    request.only = o.only;
    request.steps = o.steps;
    request.progress = [&](const CheckSheet& sheet, double share) { progress.show(sheet.title, share); };
    if (!o.json)
        request.found = [&](const CheckFinding& finding) {
            progress.end();
            print_finding(finding, check_sheets(), " (" + duration_text(finding.seconds) + ")");
        };
    request.stop = interrupt.token();
    auto made = check_up(request);
    progress.end();
    const std::vector<CheckFinding> findings = std::move(made).or_throw();
    const bool wrong = std::any_of(findings.begin(), findings.end(),
                                   [](const CheckFinding& finding) { return finding.verdict == CheckVerdict::wrong; });
    cli.exit_code = wrong ? exit_failed : exit_done;
    if (!o.json) return;
    Json out = {{"wrong", wrong}, {"checks", Json::array()}};
    for (const CheckFinding& finding : findings) out["checks"].push_back(to_json(finding));
    print_json(out);
}

}  // namespace

void add_check_verbs(Cli& cli) {
    auto o = std::make_shared<CheckOptions>();
    CLI::App& verb =
        cli.verb("check", "Look in short trainings whether a model with these settings can learn from this data");
    o->settings.add_to(verb);
    std::string checks;
    for (const CheckSheet& sheet : check_sheets()) checks += (checks.empty() ? "" : ", ") + std::string(sheet.id);
    add_repeated(verb, "--only", o->only, "Of the checks " + checks + " this one (repeatable)")->type_name("CHECK");
    whole_number(verb.add_option("--steps", o->steps, "Steps of each short training"))
        ->check(CLI::Range(10, 100000))
        ->capture_default_str();
    verb.add_flag("--json", o->json, "Print one JSON object, with the curve of losses by learning rate");
    verb.footer("Nothing of it is kept. Exit status 1 where something is wrong.");
    verb.callback([&cli, o] { check_verb(cli, *o); });
}

}  // namespace gw::cli
