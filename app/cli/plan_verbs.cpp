#include <cmath>
#include <iostream>
#include <memory>

#include "cli/bench_options.h"
#include "cli/follow.h"
#include "cli/progress_line.h"
#include "cli/table.h"
#include "compare/scaling_study.h"
#include "study/plan.h"
#include "util/text.h"
#include "workspace/run_queue.h"
#include "workspace/studies/scaling.h"

// Verbs that look ahead: what can be trained in a time, and what loss more compute would buy.
namespace gw::cli {

namespace {

struct PlanOptions {
    BenchShape shape;
    double hours = 8;
    std::vector<double> sizes;
    std::string scaling;
    bool history = false, json = false;
};

struct ScalingOptions {
    SpecOptions spec;
    ScalingPlan plan;
    double until = 0;
    std::string svg;
    bool json = false, replace = false;
};

std::optional<ScalingFit> law_of(const Cli& cli, const std::string& study) {
    if (study.empty()) return std::nullopt;
    return fit_scaling(read_scaling(look_store(cli), study).or_throw().points).or_throw();
}

std::string forecast_text(const std::optional<ScalingFit>& fit, double flops) {
    if (!fit || flops <= 0) return "";
    const std::string loss = significant(fit->law.loss(flops), 4);
    const auto band = fit->band(flops);
    return band ? loss + " (" + significant(band->first, 4) + " to " + significant(band->second, 4) + ")" : loss;
}

Json forecast_json(const ScalingFit& fit, double flops) {
    const auto band = fit.band(flops);
    return {{"flops", flops},
            {"loss", fit.law.loss(flops)},
            {"low", band ? Json(band->first) : Json()},
            {"high", band ? Json(band->second) : Json()}};
}

void show_sizes(const Plan& plan, const std::optional<ScalingFit>& fit) {
    std::vector<Table::Column> columns{{"SIZE"},
                                       {"PARAMETERS", Table::Align::right},
                                       {plan.unit == "tokens" ? "TOKENS/S" : "IMAGES/S", Table::Align::right},
                                       {"KNOWN BY"},
                                       {plan.unit == "tokens" ? "TOKENS" : "IMAGES", Table::Align::right},
                                       {"A PARAMETER", Table::Align::right},
                                       {"MEMORY", Table::Align::right},
                                       {"CHECKPOINT", Table::Align::right}};
    if (fit) columns.push_back({"FORECAST LOSS", Table::Align::right});
    columns.push_back({""});
    Table table(columns);
    for (std::size_t i = 0; i < plan.sizes.size(); ++i) {
        const PlannedSize& one = plan.sizes[i];
        std::vector<std::string> cells{one.size,
                                       short_count(static_cast<double>(one.parameters)),
                                       grouped(std::llround(one.units_per_second)),
                                       source_text(one.source),
                                       short_count(one.units),
                                       significant(one.units_per_parameter(), 3),
                                       byte_text(one.memory),
                                       byte_text(one.checkpoint)};
        if (fit) cells.push_back(forecast_text(fit, one.flops()));
        cells.emplace_back(plan.advised == i ? "advised" : one.fits ? "" : "does not fit into memory");
        table.add(cells);
    }
    std::cout << table.text();
    if (!plan.advised) return;
    const PlannedSize& best = plan.sizes[*plan.advised];
    std::cout << "In " << significant(plan.hours, 3) << " h: " << best.size << " on " << short_count(best.units)
              << " tokens, nearest to 20 tokens a parameter, which Hoffmann et al. 2022 found best for large models. "
                 "With less text than that choose a smaller one.\n";
}

void plan_verb(const Cli& cli, const PlanOptions& o) {
    PlanRequest request;
    request.bench = bench_request_of(o.shape);
    request.hours = o.hours;
    if (!o.sizes.empty()) request.factors = o.sizes;
    const auto fit = law_of(cli, o.scaling);
    request.bench.cache = cli.open_workspace().cache();
    const StopAtInterrupt interrupt;
    request.bench.stop = interrupt.token();
    std::vector<RunRecord> history;
    if (o.history) {
        history = look_store(cli).runs().or_throw();
        request.known = [&history](const Json& spec) -> std::optional<double> {
            Json counted = spec;  // by tokens, so that the history tells seconds of a known amount
            counted["training"]["budget_unit"] = "tokens";
            constexpr double amount = 1e6;
            counted["training"]["budget"] = amount;
            const auto seconds = expected_seconds(history, counted);
            return seconds && *seconds > 0 ? std::optional(amount / *seconds) : std::nullopt;
        };
    }
    ProgressLine progress;
    request.bench.progress = progress.shown();
    auto made = make_plan(request);
    progress.end();
    const Plan plan = std::move(made).or_throw();
    if (!o.json) return show_sizes(plan, fit);
    Json out = to_json(plan);
    for (std::size_t i = 0; fit && i < plan.sizes.size(); ++i)
        if (plan.sizes[i].flops() > 0) out["sizes"][i]["forecast"] = forecast_json(*fit, plan.sizes[i].flops());
    print_json(out);
}

void queue_scaling(const Cli& cli, const ScalingOptions& o) {
    if (o.plan.name.empty())
        throw Failure(Error{Error::Code::bad_spec,
                            "A scaling study needs a name",
                            "Name it, such as `groundwork-cli scaling stories --recipe quick-start`",
                            {}});
    const auto runs = scaling_runs(complete_spec(spec_of(o.spec)), o.plan).or_throw();
    enqueue_scaling(cli.open_workspace(), runs, o.plan.name).or_throw();
    std::cout << runs.size() << " runs of \"" << o.plan.name
              << "\" wait in the queue. `groundwork-cli queue run` trains them, `groundwork-cli scaling \""
              << o.plan.name << "\"` tells the law.\n";
}

void list_scaling(const Store& store) {
    for (const SavedRecord& record : store.saved("scaling").or_throw())
        std::cout << record.changed << "  " << record.name << "\n";
}

void show_scaling(const Cli& cli, const ScalingOptions& o) {
    const Store store = look_store(cli);
    if (o.plan.name.empty()) return list_scaling(store);
    const ScalingStudy study = read_scaling(store, o.plan.name).or_throw();
    if (study.waiting > 0)
        std::cerr << study.waiting << " runs of the study have not ended well, or not yet, and are left out\n";
    const ScalingFit fit = fit_scaling(study.points).or_throw();
    constexpr double ahead = 100;
    const double until = o.until > 0 ? o.until : ahead * most_compute(study.points);
    if (!o.svg.empty()) put_out(scaling_svg(study.points, fit, until), o.svg, o.replace);
    if (o.json) {
        Json out = to_json(fit);
        out["name"] = o.plan.name;
        out["waiting"] = study.waiting;
        out["points"] = Json::array();
        for (const ScalingPoint& point : study.points)
            out["points"].push_back({{"size", point.size}, {"flops", point.compute}, {"loss", point.loss}});
        out["forecast"] = forecast_json(fit, until);
        return print_json(out);
    }
    Table table({{"SIZE"}, {"FLOP", Table::Align::right}, {"LOSS", Table::Align::right}, {"LAW", Table::Align::right}});
    for (const ScalingPoint& point : study.points)
        table.add({point.size, significant(point.compute, 3), significant(point.loss, 4),
                   significant(fit.law.loss(point.compute), 4)});
    constexpr double percent = 100;
    std::cout << table.text() << "L(C) = " << significant(fit.law.a, 4) << " C^-" << significant(fit.law.b, 4) << " + "
              << significant(fit.law.c, 4) << "; the runs lie " << significant(percent * fit.error, 2)
              << " % from it. At " << significant(until, 3) << " FLOP: " << forecast_text(fit, until)
              << (fit.resampled.empty() ? " (one seed a size gives no band)" : ", nine times in ten") << "\n";
}

}  // namespace

void add_plan_verbs(Cli& cli) {
    auto o = std::make_shared<PlanOptions>();
    CLI::App& plan = cli.verb("plan", "Tell what can be trained on this machine in a time, by measured rates");
    add_bench_shape(plan, o->shape);
    real_number(plan.add_option("--hours", o->hours, "That the training may take"))
        ->check(above_zero())
        ->capture_default_str();
    plan.add_option("--sizes", o->sizes, "Factors on the size of these settings, such as 0.5,1,2")
        ->delimiter(',')
        ->check(above_zero())
        ->type_name("F");
    plan.add_option("--scaling", o->scaling, "Forecast losses by the law of this scaling study")->type_name("NAME");
    plan.add_flag("--history", o->history,
                  "Take rates from runs of the history: of alike ones, or by the FLOP of others");
    plan.add_flag("--json", o->json, "Print one JSON object");
    plan.callback([&cli, o] { plan_verb(cli, *o); });

    auto s = std::make_shared<ScalingOptions>();
    s->plan.factors = {0.35, 0.5, 0.7, 1, 1.4};
    CLI::App& scaling =
        cli.verb("scaling", "Fit the loss by compute: put sizes and seeds into the queue, or tell the law of a study");
    scaling.add_option("name", s->plan.name, "Of the study; without one all are listed")->type_name("NAME");
    add_spec_options(scaling, s->spec, "--settings");
    scaling.footer("Settings or a recipe begin a study; without them the law of one that there is is told.");
    scaling.add_option("--sizes", s->plan.factors, "Factors on the size of these settings")
        ->delimiter(',')
        ->check(above_zero())
        ->type_name("F")
        ->capture_default_str();
    whole_number(scaling.add_option("--seeds", s->plan.seeds, "Seeds of each"))
        ->check(CLI::Range(1, 100))
        ->capture_default_str();
    real_number(scaling.add_option("--units-per-parameter", s->plan.units_per_parameter,
                                   "Tokens (or images) that each is trained on, for each of its parameters"))
        ->check(above_zero())
        ->capture_default_str();
    real_number(scaling.add_option("--until", s->until, "FLOP to forecast; 100 times the dearest run otherwise"))
        ->check(above_zero());
    scaling.add_option("--svg", s->svg, "Write the plot of points, law and band")->type_name("FILE.svg");
    add_replace(scaling, s->replace);
    scaling.add_flag("--json", s->json, "Print one JSON object");
    scaling.callback(
        [&cli, s] { s->spec.spec.empty() && s->spec.recipe.empty() ? show_scaling(cli, *s) : queue_scaling(cli, *s); });
}

}  // namespace gw::cli
