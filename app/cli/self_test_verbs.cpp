#include <iostream>
#include <memory>

#include "cli/cli.h"
#include "cli/follow.h"
#include "cli/progress_line.h"
#include "cli/tested_settings.h"
#include "train/replay/self_test.h"
#include "util/text.h"

namespace gw::cli {

namespace {

struct SelfTestOptions {
    TestedSettings settings;
    std::int64_t steps = 12, resumes = 2;
    bool json = false;
};

void self_test_verb(Cli& cli, const SelfTestOptions& o) {
    SelfTestRequest request;
    request.spec = o.settings.spec(cli);
    const Workspace workspace = o.settings.workspace(cli);
    const StopAtInterrupt interrupt;
    ProgressLine progress;
    request.cache = request.scratch = workspace.cache();
    request.steps = o.steps;
    request.resumes = o.resumes;
    request.progress = [&](SelfTestStage stage, double share) { progress.show(stage_text(stage), share); };
    request.stop = interrupt.token();
    auto tested = self_test(request);
    progress.end();
    const SelfTestReport report = std::move(tested).or_throw();
    cli.exit_code = report.same ? exit_done : exit_failed;
    if (o.json) return print_json(to_json(report));
    for (const Phrase& phrase : self_test_words(report)) std::cout << phrase.text() << "\n";
    std::cout << "On " << report.device << " in " << report.precision << ", " << report.threads
              << (report.threads == 1 ? " thread" : " threads") << ", accumulation " << report.accumulation << ", "
              << significant(report.epochs, 3) << " epochs, in " << duration_text(report.seconds) << "\n";
}

}  // namespace

void add_self_test_verbs(Cli& cli) {
    auto o = std::make_shared<SelfTestOptions>();
    CLI::App& verb = cli.verb("selftest", "Prove that training goes on exactly after a resume, with these settings");
    o->settings.add_to(verb);
    whole_number(verb.add_option("--steps", o->steps, "Steps that are trained, once in one go and once with resumes"))
        ->check(CLI::Range(2, 10000))
        ->capture_default_str();
    whole_number(verb.add_option("--resumes", o->resumes, "Saves with a resume among these steps"))
        ->check(CLI::Range(1, 1000))
        ->capture_default_str();
    verb.add_flag("--json", o->json, "Print one JSON object");
    verb.footer("Exit status 0 where both are the same to the bit, 1 where they differ.");
    verb.callback([&cli, o] { self_test_verb(cli, *o); });
}

}  // namespace gw::cli
