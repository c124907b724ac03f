#include "cli/tested_settings.h"

#include "cli/spec_options.h"
#include "spec/run_spec.h"

namespace gw::cli {

bool TestedSettings::of_run() const {
    std::error_code ignored;
    return !what.empty() && recipe.empty() && !fs::is_regular_file(what, ignored);
}

Json TestedSettings::spec(const Cli& cli) const {
    Json spec;
    if (of_run()) {
        if (!data.empty())
            throw Failure({Error::Code::bad_spec,
                           "Data is given, but a run is tested on the data that it was trained on",
                           "Leave out --data, or name settings or a recipe instead of a run",
                           {"option --data"}});
        const RunRecord run = look_store(cli).run(what).or_throw();
        spec = set_all_in_spec(complete_spec(run.spec), assignments(set)).or_throw();
    } else {
        spec = spec_of({what, recipe, data, set});
    }
    spec_status(spec).or_throw();
    return complete_spec(spec);
}

void TestedSettings::add_to(CLI::App& verb) {
    verb.add_option("run", what, "Run, by id, its beginning, or name; or a file of settings (JSON)")->type_name("RUN");
    verb.add_option("--recipe", recipe, "Test the settings of a recipe instead")->type_name("NAME");
    add_repeated(verb, "--data", data, "With settings or a recipe: file, folder or pattern to learn from (repeatable)")
        ->type_name("PATH");
    add_repeated(verb, "--set", set, "Change one setting, such as training.threads=1 (repeatable)")
        ->type_name("path=value");
}

}  // namespace gw::cli
