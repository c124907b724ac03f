#include <algorithm>
#include <iostream>
#include <memory>
#include <set>

#include "cli/cli.h"
#include "cli/completion.h"
#include "cli/man_page.h"
#include "cli/table.h"
#include "compare/cost.h"
#include "data/curation/plan.h"
#include "schema/metric.h"
#include "schema/render.h"
#include "spec/curation_family.h"
#include "util/text.h"

namespace gw::cli {

namespace {

Error unknown(const std::string& what, const std::string& name, const std::vector<std::string>& known) {
    std::string all;
    for (const std::string& one : known) all += (all.empty() ? "" : ", ") + one;
    const auto near = nearest(name, known);
    return {Error::Code::bad_spec,
            "There is no " + what + " \"" + name + "\"",
            near ? "Did you mean \"" + *near + "\"?" : "There are " + all,
            {}};
}

/// The sections of a run, and what has kinds besides them.
std::vector<const Family*> all_families() {
    std::vector<const Family*> out;
    for (const Family& family : families()) out.push_back(&family);
    out.push_back(&curation_family());
    return out;
}

/// Every text that a form shows of a sheet, once, as calls that Qt's lupdate reads.
void print_texts() {
    std::set<std::string> texts;
    for (const Family* family : all_families()) {
        texts.insert({family->title, family->help});
        for (const Sheet* sheet : family->kinds) {
            texts.insert({sheet->card.title, sheet->card.summary});
            for (const schema::Row& row : sheet->rows) {
                texts.insert({std::string(row.info.label), std::string(row.info.help), std::string(row.info.unit)});
                for (const std::string& choice : schema::choices_of(row.info))
                    texts.insert(schema::choice_title(row.info, choice));
            }
        }
    }
    for (const schema::Row& row : schema::rows_of<CostRates>())
        texts.insert({std::string(row.info.label), std::string(row.info.help), std::string(row.info.unit)});
    texts.insert(curation_data_sheet().card.title);
    for (const Recipe& recipe : recipes().or_throw()) texts.insert({recipe.title, recipe.summary});
    texts.erase("");
    for (const std::string& text : texts) std::cout << "QT_TRANSLATE_NOOP(\"Sheet\", " << Json(text).dump() << ");\n";
}

std::vector<const Family*> chosen_families(const std::string& name) {
    std::vector<const Family*> out;
    std::vector<std::string> known;
    for (const Family* family : all_families()) {
        known.push_back(family->id);
        if (name.empty() || name == family->id) out.push_back(family);
    }
    if (out.empty()) throw Failure(unknown("section", name, known));
    return out;
}

std::vector<const Sheet*> chosen_kinds(const Family& family, const std::string& name) {
    std::vector<const Sheet*> out;
    std::vector<std::string> known;
    for (const Sheet* sheet : family.kinds) {
        known.push_back(sheet->card.id);
        if (name.empty() || sheet->card.answers_to(name)) out.push_back(sheet);
    }
    if (out.empty()) throw Failure(unknown("kind of " + family.id, name, known));
    return out;
}

void describe(const std::string& family_name, const std::string& kind_name, bool json) {
    Json list = Json::array();
    for (const Family* family : chosen_families(family_name)) {
        Json kinds = Json::array();
        if (!json) std::cout << family->title << " (" << family->id << "): " << family->help << "\n";
        for (const Sheet* sheet : chosen_kinds(*family, kind_name)) {
            kinds.push_back(schema::sheet_json(*sheet));
            if (json) continue;
            // The list of everything names the kinds alone; a family or a kind is shown with its settings.
            if (family_name.empty() && !family->single)
                std::cout << "  " << sheet->card.id << ": " << sheet->card.summary << "\n";
            else if (!family_name.empty())
                std::cout << "\n" << schema::sheet_text(*sheet);
        }
        if (!json) std::cout << "\n";
        list.push_back({{"id", family->id},
                        {"title", family->title},
                        {"help", family->help},
                        {"single", family->single},
                        {"kinds", std::move(kinds)}});
    }
    if (json)
        std::cout << Json{{"families", std::move(list)}}.dump() << "\n";
    else if (family_name.empty())
        std::cout << "`groundwork-cli describe FAMILY [KIND]` shows the settings.\n";
}

const char* better_text(Better better) {
    return better == Better::higher ? "higher" : better == Better::lower ? "lower" : "-";
}

/// Every metric with its direction, and the objectives that report it; a star marks those that are judged by it.
void describe_metrics(bool json) {
    const auto objectives = chosen_kinds(*chosen_families("objective").front(), "");
    Json list = Json::array();
    Table table({{"METRIC"}, {"BETTER"}, {"UNIT"}, {"REPORTED BY (* = runs are ranked by it)"}, {"WHAT IT IS"}});
    for (const Metric& metric : metrics()) {
        Json reported = Json::array(), judged = Json::array();
        std::string names;
        for (const Sheet* sheet : objectives) {
            if (std::find(sheet->metrics.begin(), sheet->metrics.end(), metric.name) == sheet->metrics.end()) continue;
            reported.push_back(sheet->card.id);
            const bool main = sheet->main_metric == metric.name;
            if (main) judged.push_back(sheet->card.id);
            names += (names.empty() ? "" : ", ") + sheet->card.id + (main ? "*" : "");
        }
        if (reported.size() == objectives.size() && judged.empty()) names = "all objectives";
        table.add({metric.name, better_text(metric.better), metric.unit,
                   names.empty() ? "training, monitoring and probes" : names, metric.summary});
        list.push_back({{"name", metric.name},
                        {"title", metric.title},
                        {"better", better_text(metric.better)},
                        {"unit", metric.unit},
                        {"summary", metric.summary},
                        {"reported_by", std::move(reported)},
                        {"main_of", std::move(judged)}});
    }
    if (json)
        std::cout << Json{{"metrics", std::move(list)}}.dump() << "\n";
    else
        std::cout << table.text();
}

void print_manual() {
    std::cout
        << "# Settings of a run\n\n"
           "Every section, kind and setting of a run, made by `groundwork-cli manual` from the declarations in the "
           "program. A file of settings "
           "is a JSON object\n"
           "with one object a section; `{\"kind\": ...}` chooses the kind, and what is left out has its default.\n";
    for (const Family* family : all_families()) {
        std::cout << "\n## " << family->title << " (`" << family->id << "`)\n\n" << family->help << "\n";
        for (const Sheet* sheet : family->kinds) std::cout << "\n" << schema::sheet_markdown(*sheet, 3);
    }
}

void list_recipes(bool json) {
    const auto all = recipes().or_throw();
    Json list = Json::array();
    Table table({{"RECIPE"}, {"TITLE"}, {"WHAT IT DOES"}});
    for (const Recipe& recipe : all) {
        list.push_back(
            {{"id", recipe.id}, {"title", recipe.title}, {"summary", recipe.summary}, {"spec", recipe.spec}});
        table.add({recipe.id, recipe.title, recipe.summary});
    }
    if (json)
        std::cout << Json{{"recipes", std::move(list)}}.dump() << "\n";
    else
        std::cout << table.text();
}

struct ReferenceOptions {
    std::string family, kind, page, shell;
    bool json = false;
};

}  // namespace

void add_reference_verbs(Cli& cli) {
    auto o = std::make_shared<ReferenceOptions>();
    CLI::App& recipes = cli.verb("recipes", "List the recipes");
    recipes.add_flag("--json", o->json, "Print one JSON object");
    recipes.callback([o] { list_recipes(o->json); });

    CLI::App& describe_verb = cli.verb("describe", "Describe every section, kind and setting of a run");
    describe_verb
        .add_option("family", o->family,
                    "Only this section; or metrics: every figure that is reported, and which way it is better")
        ->type_name("FAMILY");
    describe_verb.add_option("kind", o->kind, "Only this kind of it")->type_name("KIND");
    describe_verb.add_flag("--json", o->json, "Print one JSON object");
    describe_verb.callback([o] {
        if (o->family == "metrics") return describe_metrics(o->json);
        describe(o->family, o->kind, o->json);
    });

    cli.verb("texts", "Print the texts of all sheets and recipes for translation (see tools/translations.sh)")
        .callback([] { print_texts(); });
    CLI::App& manual = cli.verb("manual", "Print the reference of all settings as Markdown");
    manual
        .add_option("--man", o->page,
                    "Instead as a page for man: commands is groundwork-cli(1), settings is groundwork-settings(5)")
        ->check(CLI::IsMember({"commands", "settings"}));
    manual.callback([&cli, o] {
        if (o->page.empty()) return print_manual();
        std::cout << (o->page == "commands" ? commands_page(facts_of(cli.app)) : settings_page());
    });
    CLI::App& completion =
        cli.verb("completion", "Print a script that completes this program's command line in a shell");
    completion.add_option("shell", o->shell, "bash or zsh")->required()->check(CLI::IsMember({"bash", "zsh"}));
    completion.callback([&cli, o] {
        const VerbFacts program = facts_of(cli.app);
        std::cout << (o->shell == "bash" ? bash_completion(program) : zsh_completion(program));
    });
}

}  // namespace gw::cli
