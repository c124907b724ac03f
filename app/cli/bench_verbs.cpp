#include <iostream>
#include <memory>

#include "cli/bench_options.h"
#include "cli/follow.h"
#include "cli/progress_line.h"
#include "cli/table.h"
#include "util/text.h"
#include "workspace/record/bench_store.h"

namespace gw::cli {

namespace {

struct BenchOptions {
    BenchShape shape;
    std::string part = "steps";
    std::int64_t steps = 40, warmup = 5, points = 400'000, tokens = 1'000'000'000;
    double seconds = 0;
    bool no_products = false, json = false;
};

const std::map<std::string, BenchPart>& bench_parts() {
    static const std::map<std::string, BenchPart> parts{{"tokenizing", BenchPart::tokenizing},
                                                        {"sampling", BenchPart::sampling},
                                                        {"saving", BenchPart::saving},
                                                        {"evaluating", BenchPart::evaluating}};
    return parts;
}

std::string processor_text(const Processor& processor) {
    std::string out = processor.name;
    if (processor.cores > 0)
        out += ", " + std::to_string(processor.cores) + (processor.cores == 1 ? " core" : " cores");
    return out + ", " + std::to_string(processor.threads) + (processor.threads == 1 ? " thread" : " threads") + "; " +
           processor.instructions();
}

std::string giga(double rate) {
    constexpr double milliard = 1e9;
    return significant(rate / milliard, 3) + " GFLOP/s";
}

std::string bench_text(const BenchReport& report) {
    constexpr double in_ms = 1e3, percent = 100;
    Table table({{""}, {""}});
    table.add({"Processor", processor_text(report.processor)});
    table.add({"Trained on", report.device + " in " + report.precision + ", " + std::to_string(report.threads) +
                                 (report.threads == 1 ? " thread" : " threads") + "; other programs kept " +
                                 significant(report.others, 2) + " threads busy"});
    table.add({"Model", grouped(report.parameters) + " parameters, " + grouped(report.rows_per_step) + " rows and " +
                            grouped(report.units_per_step) + " " + report.unit + " a step"});
    table.add({"Step", significant(in_ms * report.seconds.median, 4) + " ms (half of " + std::to_string(report.steps) +
                           " between " + significant(in_ms * report.seconds.low, 4) + " and " +
                           significant(in_ms * report.seconds.high, 4) + ")"});
    table.add({"Speed", grouped(static_cast<std::int64_t>(report.units_per_second())) + " " + report.unit + "/s"});
    for (const ProductRate& product : report.products)
        table.add({"Product", grouped(product.rows) + " x " + grouped(product.inner) + " x " +
                                  grouped(product.columns) + ", " + significant(product.times, 3) +
                                  " times: " + giga(product.rate())});
    if (report.bound() > 0)
        table.add({"Bound", significant(in_ms * report.bound(), 4) + " ms a step of products alone, at " +
                                giga(report.product_rate()) + "; reached: " + significant(percent * report.share(), 3) +
                                " %"});
    table.add({"Peak memory", byte_text(report.peak_memory)});
    const std::string text = table.text();
    return text.substr(text.find('\n') + 1);  // there are no titles
}

std::string figures_text(const std::vector<BenchFigure>& figures) {
    Table table({{"FIGURE"}, {"MEDIAN", Table::Align::right}, {"UNIT"}, {"QUARTILES"}});
    for (const BenchFigure& figure : figures)
        table.add({figure.name, significant(figure.value.median, 4), figure.unit,
                   figure.value.low == figure.value.high
                       ? ""
                       : significant(figure.value.low, 4) + " to " + significant(figure.value.high, 4)});
    return table.text();
}

void bench_verb(const Cli& cli, const BenchOptions& o) {
    // The history and the order of the data are measured without a model, so none is asked for.
    const bool of_model = o.part != "store" && o.part != "order";
    BenchRequest request = of_model ? bench_request_of(o.shape) : BenchRequest();
    request.cache = cli.open_workspace().cache();
    request.steps = o.steps;
    request.warmup = o.warmup;
    request.seconds = o.seconds;
    request.products = !o.no_products;
    const StopAtInterrupt interrupt;
    request.stop = interrupt.token();
    ProgressLine progress;
    request.progress = progress.shown();
    if (o.part == "steps") {
        auto measured = bench_steps(request);
        progress.end();
        const BenchReport report = std::move(measured).or_throw();
        return o.json ? print_json(to_json(report)) : void(std::cout << bench_text(report));
    }
    auto measured = o.part == "store"   ? bench_store(o.points, request.cache, request.progress, request.stop)
                    : o.part == "order" ? bench_order(o.tokens, request.progress, request.stop)
                                        : bench_part(bench_parts().at(o.part), request);
    progress.end();
    const std::vector<BenchFigure> figures = std::move(measured).or_throw();
    const Processor processor = this_processor();
    if (o.json)
        return print_json({{"part", o.part},
                           {"processor", processor.name},
                           {"instructions", processor.instructions()},
                           {"figures", to_json(figures)}});
    std::cout << processor_text(processor) << "\n" << figures_text(figures);
}

}  // namespace

void add_bench_verbs(Cli& cli) {
    auto o = std::make_shared<BenchOptions>();
    CLI::App& verb = cli.verb("bench", "Measure how fast this machine trains, and how near that is to its bound");
    add_bench_shape(verb, o->shape);
    std::vector<std::string> parts{"steps", "store", "order"};
    for (const auto& [name, part] : bench_parts()) parts.push_back(name);
    verb.add_option("--part", o->part, "Measure a part besides training instead")
        ->check(CLI::IsMember(parts))
        ->capture_default_str();
    whole_number(verb.add_option("--steps", o->steps, "Steps that are counted"))
        ->check(CLI::Range(1, 100000))
        ->capture_default_str();
    whole_number(verb.add_option("--warmup", o->warmup, "Steps before them"))
        ->check(CLI::Range(0, 100000))
        ->capture_default_str();
    real_number(verb.add_option("--seconds", o->seconds, "Count no further steps after so long a time"))
        ->check(above_zero());
    whole_number(verb.add_option("--points", o->points, "Of the part store: points that are written"))
        ->check(CLI::Range(4, 1000000000))
        ->capture_default_str();
    whole_number(verb.add_option("--tokens", o->tokens, "Of the part order: tokens of a text that is not there"))
        ->check(CLI::Range(std::int64_t{640}, std::int64_t{1'000'000'000'000}))
        ->capture_default_str();
    verb.add_flag("--no-products", o->no_products, "Measure no matrix products, and tell no bound");
    verb.add_flag("--json", o->json, "Print one JSON object");
    verb.footer(
        "Without settings and recipe a model of the given shape is trained on random tokens. The bound is the time\n"
        "that the model's own matrix products take alone, at the rate that they reach in the same run.");
    verb.callback([&cli, o] { bench_verb(cli, *o); });
}

}  // namespace gw::cli
