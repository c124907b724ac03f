#include "cli/spec_options.h"

#include <algorithm>
#include <iostream>

#include "spec/reading.h"

namespace gw::cli {

void add_spec_options(CLI::App& verb, SpecOptions& o, const std::string& settings) {
    verb.add_option(settings, o.spec, "File of settings (JSON); what it leaves out is taken from the defaults")
        ->type_name("SETTINGS.json");
    verb.add_option("--recipe", o.recipe, "Start from a recipe instead")->type_name("NAME");
    add_repeated(verb, "--data", o.data, "File, folder or pattern to learn from (repeatable)")->type_name("PATH");
    add_repeated(verb, "--set", o.set, "Change one setting, such as backbone.width=128 (repeatable)")
        ->type_name("path=value");
}

Json spec_before_options(const SpecOptions& o) {
    if (o.spec.empty() == o.recipe.empty())
        throw Failure(Error{Error::Code::bad_spec,
                            o.spec.empty() ? "There is nothing to run"
                                           : "A file of settings and a recipe are given, but only one can be run",
                            "Name a file of settings, or a recipe with --recipe (`groundwork-cli recipes` lists them)",
                            {}});
    const Json changes =
        o.recipe.empty() ? read_spec(o.spec, Pipes::read).or_throw() : find_recipe(o.recipe).or_throw().spec;
    return overlay_spec(default_spec(), changes);
}

OnceKindsStand data_of(const SpecOptions& o) {
    return [&o](Json spec) -> Result<Json> {
        if (o.data.empty() || !spec.is_object()) return spec;
        const Json own = spec.value("dataset", Json::object());
        // What is wrong with such a section is told with the rest of the spec.
        Json kind = own.is_object() ? own.value("kind", Json()) : Json();
        if (!kind.is_string() || !find_sheet("dataset", kind.get<std::string>())) return spec;
        if (!own.contains("paths")) {
            const std::vector<Setting> set = assignments(o.set);
            if (std::any_of(set.begin(), set.end(), [](const Setting& s) { return names_kind_of(s, "dataset"); }))
                return Error{
                    Error::Code::bad_spec,
                    "Data is given, but the dataset " + kind.get<std::string>() + " reads no files",
                    "Leave out --data, or choose a dataset that reads files (`groundwork-cli describe dataset`)",
                    {"option --data"}};
            kind = files_like(own, /*labelled=*/false).at("kind");
        }
        return overlay_spec(spec, {{"dataset", {{"kind", kind}, {"paths", o.data}}}});
    };
}

Json spec_of(const SpecOptions& o) {
    const Json spec = set_all_in_spec(spec_before_options(o), assignments(o.set), data_of(o)).or_throw();
    check_whole(spec);
    return spec;
}

void check_whole(const Json& spec) {
    spec_status(spec).or_throw();
    for (const schema::Problem& problem : check_spec(spec))
        std::cerr << "warning: " << problem.path << ": " << problem.message << "\n";
}

}  // namespace gw::cli
