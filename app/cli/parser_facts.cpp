#include "cli/parser_facts.h"

#include <set>

#include "spec/run_spec.h"
#include "util/text.h"

namespace gw::cli {

namespace {

OptionFacts facts_of(const CLI::Option& option) {
    OptionFacts out;
    out.positional = option.get_positional();
    if (out.positional) {
        out.names.push_back(option.get_name(/*positional=*/true));
    } else {
        for (const std::string& name : option.get_snames()) out.names.push_back("-" + name);
        for (const std::string& name : option.get_lnames()) out.names.push_back("--" + name);
    }
    out.help = option.get_description();
    out.required = option.get_required();
    out.repeats = option.get_expected_max() > 1 || option.get_multi_option_policy() == CLI::MultiOptionPolicy::TakeAll;
    if (option.get_expected_max() == 0) return out;  // a flag
    // CLI11 hangs what a validator says of itself behind the type: "TEXT:{all,head}", "STEP:POSITIVE".
    const std::string type = option.get_type_name();
    out.type = type.substr(0, type.find(':'));
    const std::size_t open = type.find('{'), close = type.rfind('}');
    if (open != std::string::npos && close != std::string::npos && open < close)
        out.choices = split(type.substr(open + 1, close - open - 1), ',');
    return out;
}

}  // namespace

VerbFacts facts_of(const CLI::App& app) {
    VerbFacts out{app.get_name(), app.get_description(), app.get_footer(), {}, {}};
    for (const CLI::Option* option : app.get_options())
        if (!option->get_group().empty()) out.options.push_back(facts_of(*option));
    for (const CLI::App* verb : app.get_subcommands(nullptr))
        if (!verb->get_group().empty()) out.verbs.push_back(facts_of(*verb));
    return out;
}

std::vector<std::string> setting_paths() {
    std::set<std::string> paths;
    for (const Family& family : families()) {
        if (!family.single) paths.insert(family.id + ".kind");
        for (const Sheet* sheet : family.kinds)
            for (const schema::Row& row : sheet->rows) paths.insert(family.id + "." + std::string(row.info.key));
    }
    return {paths.begin(), paths.end()};
}

}  // namespace gw::cli
