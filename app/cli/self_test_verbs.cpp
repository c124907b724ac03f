#include <iostream>
#include <memory>

#include "cli/cli.h"
#include "cli/follow.h"
#include "cli/progress_line.h"
#include "cli/spec_options.h"
#include "spec/run_spec.h"
#include "train/replay/self_test.h"
#include "util/text.h"

namespace gw::cli {

namespace {

struct SelfTestOptions {
    std::string what, recipe;
    std::vector<std::string> data, set;
    std::int64_t steps = 12, resumes = 2;
    bool json = false;
};

bool is_of_run(const SelfTestOptions& o) {
    std::error_code ignored;
    return !o.what.empty() && o.recipe.empty() && !fs::is_regular_file(o.what, ignored);
}

/// Of a run of the history, or as `run` takes one.
Json tested_spec(const Cli& cli, const SelfTestOptions& o) {
    if (is_of_run(o)) {
        if (!o.data.empty())
            throw Failure({Error::Code::bad_spec,
                           "Data is given, but a run is tested on the data that it was trained on",
                           "Leave out --data, or name settings or a recipe instead of a run",
                           {"option --data"}});
        const RunRecord run = look_store(cli).run(o.what).or_throw();
        return set_all_in_spec(complete_spec(run.spec), assignments(o.set)).or_throw();
    }
    return spec_of({o.what, o.recipe, o.data, o.set});
}

void self_test_verb(Cli& cli, const SelfTestOptions& o) {
    SelfTestRequest request;
    const Json spec = tested_spec(cli, o);
    spec_status(spec).or_throw();
    request.spec = complete_spec(spec);
    const Workspace workspace = is_of_run(o) ? cli.look_workspace() : cli.open_workspace();
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
    verb.add_option("run", o->what, "Run, by id, its beginning, or name; or a file of settings (JSON)")
        ->type_name("RUN");
    verb.add_option("--recipe", o->recipe, "Test the settings of a recipe instead")->type_name("NAME");
    add_repeated(verb, "--data", o->data,
                 "With settings or a recipe: file, folder or pattern to learn from (repeatable)")
        ->type_name("PATH");
    add_repeated(verb, "--set", o->set, "Change one setting, such as training.threads=1 (repeatable)")
        ->type_name("path=value");
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
