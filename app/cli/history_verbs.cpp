#include <cmath>
#include <iostream>
#include <memory>

#include "artifact/checkpoint.h"
#include "artifact/current.h"
#include "cli/cli.h"
#include "cli/summary.h"
#include "cli/table.h"
#include "compare/cost.h"
#include "compare/diagnosis.h"
#include "util/csv.h"
#include "util/text.h"
#include "workspace/models/figure_basis.h"
#include "workspace/models/lineage.h"

namespace gw::cli {

namespace {

using Align = Table::Align;

std::string short_id(const RunRecord& run) {
    return run.id.substr(0, 8);
}

std::string text_of(const Json& object, const char* section, const char* key) {
    const Json part = object.value(section, Json::object());
    return part.value(key, std::string("-"));
}

std::string count_of(const RunRecord& run, const char* fact) {
    return run.facts.contains(fact) ? grouped(run.facts[fact].get<std::int64_t>()) : std::string("-");
}

std::string tags_of(const RunRecord& run) {
    std::string out;
    for (const std::string& tag : run.tags) out += (out.empty() ? "" : ", ") + tag;
    return out;
}

void list_runs(const Store& store, bool json, const std::string& filter, bool trash) {
    const auto runs = filtered_runs(store, filter, trash);
    if (runs.empty() && filter.empty())
        if (const auto there = store.run_ids(trash).or_throw(); !there.empty())
            throw Failure(Error{Error::Code::bad_data,
                                "None of the runs of this history can be read: their rows are damaged",
                                "`groundwork-cli rebuild` makes the history again from the folders of the runs",
                                {grouped(static_cast<std::int64_t>(there.size())) + " runs"}});
    if (json) {
        Json list = Json::array();
        for (const RunRecord& run : runs) {
            Json one = run_summary(store, run);
            one["name"] = run.name;
            one["created"] = run.created;
            one["tags"] = run.tags;
            one["best_validation_loss"] = run.best_validation_loss ? Json(*run.best_validation_loss) : Json();
            one["main_metric"] = main_metric_of(run);
            one["best_score"] = run.best_score ? Json(*run.best_score) : Json();
            list.push_back(std::move(one));
        }
        print_json({{"runs", std::move(list)}});
        return;
    }
    if (runs.empty() && (trash || !filter.empty())) {
        std::cout << (trash ? "The trash is empty.\n" : "No run fits this filter.\n");
        return;
    }
    if (runs.empty()) {
        std::cout << "There are no runs yet. `groundwork-cli run --recipe quick-start` makes the first.\n";
        return;
    }
    Table table({{"RUN"},
                 {"STATUS"},
                 {"NAME"},
                 {"OBJECTIVE"},
                 {"PARAMETERS", Align::right},
                 {"STEPS", Align::right},
                 {counted_head(runs), Align::right},
                 {"BEST", Align::right},
                 {"STARTED"},
                 {"TRAINED", Align::right},
                 {"TAGS"}});
    // What a run is judged by; a loss needs no name.
    auto best = [](const RunRecord& run) {
        const std::string metric = main_metric_of(run);
        return number_or_dash(run.best_score) + (run.best_score && metric != "loss" ? " " + metric : "");
    };
    for (const RunRecord& run : runs)
        table.add({short_id(run), run.status, run.name, text_of(run.spec, "objective", "kind"),
                   count_of(run, "parameters"), grouped(run.steps), grouped(run.tokens), best(run), run.started,
                   duration_text(run.seconds), tags_of(run)});
    std::cout << table.text();
}

void show_run(const Store& store, const RunRecord& run) {
    auto line = [](const std::string& label, const std::string& value) {
        std::cout << "  " << label << std::string(label.size() < 18 ? 18 - label.size() : 1, ' ') << value << "\n";
    };
    std::cout << run.name << "\n";
    line("run", run.id);
    line("status", run.status);
    line("created", run.created);
    if (!run.ended.empty()) line("ended", run.ended);
    line("segments", std::to_string(run.segment + 1));
    line("steps", grouped(run.steps) + (run.total_steps > 0 ? " of " + grouped(run.total_steps) : ""));
    line(unit_of(run).c_str(), grouped(run.tokens));
    line("trained for", duration_text(run.seconds));
    const CostRates rates = cost_rates(store).or_throw();
    if (const std::string cost = cost_text(cost_of(store, run, rates), rates); !cost.empty()) line("cost", cost);
    line("parameters", count_of(run, "parameters"));
    line("training loss", number_or_dash(run.train_loss));
    const FigureBasis basis = figure_basis(run);
    auto of = [&](bool whole) { return basis.of <= 0 ? "" : whole ? "" : " (of " + part_text(basis) + ")"; };
    line("validation loss", number_or_dash(run.validation_loss) + (run.validation_loss ? of(basis.run_is_whole) : "") +
                                (run.best_validation_loss ? ", best " + significant(*run.best_validation_loss) +
                                                                of(basis.checkpoints_are_whole)
                                                          : ""));
    if (const auto weights = current_checkpoint(run.path, /*verified=*/false))
        line("weights", "step " + grouped(weights.value().step) +
                            (weights.value().why == "best"      ? ", the best: the run went back to them"
                             : weights.value().why == "resumed" ? ", from which it was taken up again"
                                                                : ""));
    if (is_language_model(run)) {
        line("perplexity", number_or_dash(run.perplexity));
        line("bits per byte", number_or_dash(run.bits_per_byte));
    }
    line("device", run.facts.value("device", std::string("-")) + ", " + run.facts.value("precision", std::string("-")));
    line("path", run.path);
    if (!run.tags.empty()) line("tags", tags_of(run));
    if (!run.trashed.empty()) line("in the trash", "since " + run.trashed);
    if (run.fork_step > 0)
        line("forked from", run.parent + ", step " + grouped(run.fork_step));
    else if (run.spec.contains("start") && run.spec["start"].contains("path"))
        line("begun from", run.spec["start"]["path"].get<std::string>());
    if (!run.notes.empty()) std::cout << "\n" << run.notes << "\n";
    for (const Finding& finding : diagnose(store, run))
        std::cout << "\n  " << finding.what.text()
                  << (finding.advice.form.empty() ? "" : "\n    " + finding.advice.text());
    std::cout << "\n";
    if (!run.cause.empty()) std::cout << "\n" << run.cause << "\n";
    const auto events = store.events(run.id).or_throw();
    if (!events.empty()) std::cout << "\n";
    for (const EventRecord& event : events)
        std::cout << event.created << "  step " << grouped(event.step) << "  " << event_title(event.kind) << ": "
                  << event.text << "\n";
}

void print_metrics(const Store& store, const RunRecord& run, const std::vector<std::string>& wanted, bool csv) {
    const auto known = store.metrics(run.id).or_throw();
    for (const std::string& name : wanted) {
        if (std::find(known.begin(), known.end(), name) != known.end()) continue;
        std::string all;
        for (const std::string& one : known) all += (all.empty() ? "" : ", ") + one;
        const auto near = nearest(name, known);
        throw Failure(Error{
            Error::Code::bad_spec,
            "This run has no metric \"" + name + "\"",
            near ? "Did you mean \"" + *near + "\"?" : (known.empty() ? "It has none at all yet" : "It has " + all),
            {"run " + run.name}});
    }
    Table table({{"METRIC"},
                 {"POINTS", Align::right},
                 {"FIRST", Align::right},
                 {"LAST", Align::right},
                 {"LEAST", Align::right},
                 {"GREATEST", Align::right}});
    if (csv) std::cout << "segment,step,metric,value,seconds\n";
    for (const std::string& name : wanted.empty() ? known : wanted) {
        const auto points = store.series(run.id, name).or_throw();
        double least = INFINITY, greatest = -INFINITY;
        for (const MetricPoint& point : points) {
            if (csv)
                std::cout << point.segment << ',' << point.step << ',' << csv_cell(name) << ','
                          << exact_number(point.value) << ',' << exact_number(point.seconds) << '\n';
            least = std::min(least, std::isnan(point.value) ? least : point.value);
            greatest = std::max(greatest, std::isnan(point.value) ? greatest : point.value);
        }
        if (!points.empty())
            table.add({name, grouped(static_cast<std::int64_t>(points.size())), significant(points.front().value),
                       significant(points.back().value), significant(least), significant(greatest)});
    }
    if (!csv) std::cout << table.text();
}

void list_checkpoints_of(const Store& store, const RunRecord& run, bool verify) {
    std::vector<Table::Column> columns{
        {"STEP", Align::right}, {"VALIDATION", Align::right}, {"BEST"}, {"SIZE", Align::right}, {"CREATED"}};
    if (verify) columns.push_back({"STATE"});
    columns.push_back({"PATH"});
    Table table(columns);
    for (const CheckpointRecord& checkpoint : store.checkpoints(run.id).or_throw()) {
        std::vector<std::string> row{grouped(checkpoint.step), number_or_dash(checkpoint.validation_loss),
                                     checkpoint.best ? "best" : "", byte_text(checkpoint.bytes), checkpoint.created};
        if (verify) {
            const Status whole = verify_checkpoint(checkpoint.path);
            row.push_back(whole ? "whole" : whole.error().message);
        }
        row.push_back(checkpoint.path);
        table.add(std::move(row));
    }
    std::cout << table.text();
    if (const std::string note = basis_note(run); !note.empty()) std::cout << note << "\n";
}

void show_lineage(const Store& store, const RunRecord& run, bool json) {
    const std::vector<LineageNode> family = family_of(store, run.id).or_throw();
    if (json) {
        Json rows = Json::array();
        for (const LineageNode& n : family)
            rows.push_back({{"run", n.run.id},
                            {"name", n.run.name},
                            {"parent", n.generation > 0 ? Json(n.run.parent) : Json()},
                            {"from_step", n.from_step ? Json(*n.from_step) : Json()},
                            {"status", n.run.status},
                            {"validation_loss", n.run.validation_loss ? Json(*n.run.validation_loss) : Json()}});
        print_json({{"runs", std::move(rows)}});
        return;
    }
    Table table({{"RUN"}, {"BEGAN AT", Align::right}, {"ID"}, {"OBJECTIVE"}, {"STATUS"}, {"VALIDATION", Align::right}});
    for (const LineageNode& n : family)
        table.add({std::string(2 * static_cast<std::size_t>(n.generation), ' ') + n.run.name +
                       (n.run.id == run.id ? "  <" : ""),
                   n.from_step ? grouped(*n.from_step) : "", n.run.id.substr(0, 8), kind_of(n.run, "objective"),
                   n.run.status, number_or_dash(n.run.validation_loss)});
    std::cout << table.text();
}

struct HistoryOptions {
    std::string run, filter;
    std::vector<std::string> metrics;
    bool trash = false, json = false, spec = false, csv = false, verify = false;
};

}  // namespace

void add_history_verbs(Cli& cli) {
    auto o = std::make_shared<HistoryOptions>();
    auto add_run = [&](CLI::App& verb) {
        verb.add_option("run", o->run, "Id, its beginning, or name")->required()->type_name("RUN");
    };

    CLI::App& runs = cli.verb("runs", "List the history, newest first");
    runs.add_flag("--json", o->json, "Print one JSON object");
    runs.add_option("--filter", o->filter, "Only runs that fit")->type_name("TEXT");
    runs.add_flag("--trash", o->trash, "Those in the trash instead");
    runs.footer(filter_help());
    runs.callback([&cli, o] { list_runs(look_store(cli), o->json, o->filter, o->trash); });

    CLI::App& show = cli.verb("show", "Show one run");
    add_run(show);
    show.add_flag("--json", o->json, "Print one JSON object");
    show.add_flag("--settings", o->spec, "Print its settings as JSON, every value written out");
    show.add_flag("--spec", o->spec, "As --settings")->group("");  // its former name
    show.callback([&cli, o] {
        const Store store = look_store(cli);
        const RunRecord run = store.run(o->run).or_throw();
        if (o->spec)
            std::cout << run.spec.dump(2, ' ', false, Json::error_handler_t::replace) << "\n";
        else if (o->json)
            print_json(run_summary(store, run));
        else
            show_run(store, run);
    });

    CLI::App& metrics = cli.verb("metrics", "Print the curves of a run");
    add_run(metrics);
    add_repeated(metrics, "--metric", o->metrics, "Only this one (repeatable)")->type_name("NAME");
    metrics.add_flag("--csv", o->csv, "Every point, with the columns segment,step,metric,value,seconds");
    metrics.callback([&cli, o] {
        const Store store = look_store(cli);
        print_metrics(store, store.run(o->run).or_throw(), o->metrics, o->csv);
    });

    CLI::App& lineage = cli.verb("lineage", "Show what a run began from, and all that began from those runs");
    add_run(lineage);
    lineage.add_flag("--json", o->json, "Print one JSON object");
    lineage.callback([&cli, o] {
        const Store store = look_store(cli);
        show_lineage(store, store.run(o->run).or_throw(), o->json);
    });

    CLI::App& checkpoints = cli.verb("checkpoints", "List the checkpoints of a run");
    add_run(checkpoints);
    checkpoints.add_flag("--verify", o->verify, "Read every file and compare its hash");
    checkpoints.callback([&cli, o] {
        const Store store = look_store(cli);
        list_checkpoints_of(store, store.run(o->run).or_throw(), o->verify);
    });
}

}  // namespace gw::cli
