#include <algorithm>
#include <iostream>
#include <memory>

#include "cli/cli.h"
#include "cli/summary.h"
#include "compare/model_card.h"
#include "compare/report.h"
#include "compare/run_filter.h"
#include "compare/tables.h"
#include "store/stored_json.h"
#include "util/text.h"
#include "workspace/models/run_forecasts.h"

namespace gw::cli {

namespace {

struct CompareOptions {
    std::vector<std::string> runs;
    std::string filter, baseline, metric, x = "step", y = "value", open, save, note, out, format = "markdown";
    double smoothing = 20;
    bool replace = false;
    std::optional<double> target;
};

std::string ids(auto names) {
    std::string out;
    for (const auto& name : names) out += (out.empty() ? "" : ", ") + std::string(name.id);
    return out;
}

template <class Kind>
Kind chosen(std::optional<Kind> found, const std::string& text, const std::string& option, const std::string& all) {
    if (found) return *found;
    throw Failure(Error{Error::Code::bad_spec,
                        "\"" + text + "\" is nothing to choose here",
                        "Choose one of " + all,
                        {"option " + option}});
}

ComparisonWish saved_wish(const Store& store, const std::string& name) {
    std::vector<std::string> names;
    for (const SavedRecord& record : store.saved("comparison").or_throw()) {
        if (record.name == name) return comparison_wish(record.body);
        names.push_back(record.name);
    }
    const auto near = nearest(name, names);
    throw Failure(Error{Error::Code::bad_spec,
                        "There is no saved comparison \"" + name + "\"",
                        near ? "Did you mean \"" + *near + "\"?" : "`groundwork-cli comparisons` lists them",
                        {}});
}

ComparisonWish wish_of(const Store& store, const CompareOptions& o) {
    ComparisonWish wish;
    if (!o.open.empty()) {
        wish = saved_wish(store, o.open);
    } else {
        wish.metric = o.metric;
        wish.x = chosen(find_x(o.x), o.x, "--x", ids(x_names()));
        wish.y = chosen(find_y(o.y), o.y, "--y", ids(y_names()));
        wish.window = o.smoothing;
    }
    if (o.target) wish.target = o.target;
    for (const std::string& run : o.runs) wish.runs.push_back(store.run(run).or_throw().id);
    if (!o.filter.empty())
        for (const RunRecord& run : filtered_runs(store, o.filter, false)) wish.runs.push_back(run.id);
    if (!o.baseline.empty()) wish.baseline = store.run(o.baseline).or_throw().id;
    if (wish.runs.empty() && !o.filter.empty())
        throw Failure(Error{Error::Code::bad_spec,
                            "No run fits this filter: " + o.filter,
                            "`groundwork-cli runs --help` shows how a filter is written",
                            {"option --filter"}});
    if (wish.runs.empty())
        throw Failure(Error{Error::Code::bad_spec,
                            "There is nothing to compare",
                            "Name two runs or more, or choose them with --filter",
                            {}});
    return wish;
}

std::string written(const Store& store, const Comparison& comparison, const std::string& format) {
    if (format == "csv") return comparison_csv(comparison);
    if (format == "json") return schema::json_line(comparison_json(comparison)) + "\n";
    if (format == "html") return comparison_report(store, comparison.wish).or_throw();
    return comparison_markdown(comparison);
}

void compare_runs(const Cli& cli, const CompareOptions& o) {
    if (!o.out.empty()) may_write_file(o.out, o.replace ? Existing::replace : Existing::refuse).or_throw();
    Store store = o.save.empty() ? look_store(cli) : open_store(cli);
    const Comparison comparison = compare(store, wish_of(store, o)).or_throw();
    const auto& known = comparison.metrics;
    if (!o.metric.empty() && std::find(known.begin(), known.end(), o.metric) == known.end()) {
        const auto near = nearest(o.metric, known);
        throw Failure(
            Error{Error::Code::bad_spec,
                  "None of these runs has a metric \"" + o.metric + "\"",
                  near ? "Did you mean \"" + *near + "\"?" : "`groundwork-cli metrics RUN` lists those of a run",
                  {"option --metric"}});
    }
    if (!o.save.empty()) {
        Json body = to_json(comparison.wish);
        if (!o.note.empty()) body["note"] = o.note;
        store.set_saved({"comparison", o.save, body, ""}).or_throw();
    }
    put_out(written(store, comparison, o.format), o.out, o.replace);
}

}  // namespace

std::vector<RunRecord> filtered_runs(const Store& store, const std::string& filter, bool trash) {
    std::vector<FilterProblem> problems;
    const RunFilter wanted = RunFilter::parse(filter, problems);
    if (!problems.empty()) {
        const FilterProblem& p = problems.front();
        throw Failure(Error{Error::Code::bad_spec,
                            p.reason.text() + ":\n    " + filter + "\n    " + std::string(p.at, ' ') +
                                std::string(std::max<std::size_t>(1, p.length), '^'),
                            "`groundwork-cli runs --help` shows how a filter is written",
                            {"option --filter"}});
    }
    std::vector<RunRecord> out;
    for (RunRecord& run : store.runs({.trash = trash}).or_throw())
        if (wanted.accepts(run)) out.push_back(std::move(run));
    return out;
}

std::string filter_help() {
    std::string out =
        "\nA filter is words and conditions, all of which must hold, such as\n  val<3.2 tag:good arch:transformer "
        "-masked\nConditions (: contains, = != < <= > >=):\n";
    for (const RunFilter::Key& key : RunFilter::keys())
        out +=
            "  " + std::string(key.name) + std::string(12 - std::string_view(key.name).size(), ' ') + key.help + "\n";
    return out + "  and any setting by its path or last word: optimizer.lr<=1e-3, width:128\n";
}

void add_compare_verbs(Cli& cli) {
    auto o = std::make_shared<CompareOptions>();
    CLI::App& compare = cli.verb(
        "compare",
        "Compare runs: what differs, who is better and by how much, and whether that is more than noise between seeds");
    compare.add_option("runs", o->runs, "Ids, their beginnings, or names")->type_name("RUN...");
    compare.add_option("--filter", o->filter, "Compare all runs that this filter lets through (see runs --help)")
        ->type_name("TEXT");
    compare.add_option("--baseline", o->baseline, "Run that the others are measured against; the first otherwise")
        ->type_name("RUN");
    compare.add_option("--metric", o->metric, "Metric; the validation loss otherwise")->type_name("NAME");
    compare.add_option("--x", o->x, "Common axis: " + ids(x_names()))->type_name("AXIS");
    compare.add_option("--y", o->y, "How a loss is shown: " + ids(y_names()))->type_name("KIND");
    real_number(compare.add_option("--smoothing", o->smoothing,
                                   "Moving mean over about so many steps for what is recorded at every step; 0 = none"))
        ->check(zero_or_more())
        ->type_name("STEPS");
    real_number(
        compare.add_option("--target", o->target, "Value whose reaching is timed; the baseline's last otherwise"))
        ->type_name("VALUE");
    compare.add_option("--format", o->format, "markdown, csv, json or html")
        ->check(CLI::IsMember({"markdown", "csv", "json", "html"}))
        ->type_name("FORMAT");
    compare.add_option("--out", o->out, "Write to this file")->type_name("FILE");
    add_replace(compare, o->replace);
    compare.add_option("--open", o->open, "Begin with a saved comparison")->type_name("NAME");
    compare.add_option("--save", o->save, "Keep this comparison under a name")->type_name("NAME");
    compare.add_option("--note", o->note, "A note to keep with it")->type_name("TEXT");
    compare.callback([&cli, o] { compare_runs(cli, *o); });

    CLI::App& comparisons = cli.verb("comparisons", "List the saved comparisons");
    auto forget = std::make_shared<std::string>();
    comparisons.add_option("--forget", *forget, "Take one away")->type_name("NAME");
    comparisons.callback([&cli, forget] {
        Store store = forget->empty() ? look_store(cli) : open_store(cli);
        if (!forget->empty()) {
            (void)saved_wish(store, *forget);
            store.remove_saved("comparison", *forget).or_throw();
        }
        for (const SavedRecord& record : store.saved("comparison").or_throw())
            std::cout << record.name << "  (" << stored_at(record.body, "runs", Json()).size() << " runs, "
                      << record.changed << ")  " << stored_at(record.body, "note", std::string()) << "\n";
    });

    auto written = [&cli](const char* name, const char* help, auto made) {
        CLI::App& verb = cli.verb(name, help);
        auto run = std::make_shared<std::string>(), out = std::make_shared<std::string>();
        verb.add_option("run", *run, "Id, its beginning, or name")->required()->type_name("RUN");
        verb.add_option("--out", *out, "File to write; standard output otherwise")->type_name("FILE");
        auto replace = std::make_shared<bool>(false);
        add_replace(verb, *replace);
        verb.callback([&cli, run, out, replace, made] {
            if (!out->empty()) may_write_file(*out, *replace ? Existing::replace : Existing::refuse).or_throw();
            const Store store = look_store(cli);
            put_out(made(store, store.run(*run).or_throw()).or_throw(), *out, *replace);
        });
    };
    written("report", "Write a run as one HTML page that needs nothing else (compare --format html: several)",
            [&cli](const Store& store, const RunRecord& run) {
                return run_report(store, run, forecasts_to_report(cli.look_workspace(), run));
            });
    written("card", "Write the model card of a run: data, settings, figures, limits and cost, as Markdown",
            [](const Store& store, const RunRecord& run) { return model_card(store, run); });
}

}  // namespace gw::cli
