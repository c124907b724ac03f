#include <iostream>
#include <map>
#include <memory>

#include "cli/cli.h"
#include "cli/table.h"
#include "compare/cost.h"
#include "util/text.h"

namespace gw::cli {

namespace {

struct CostOptions {
    std::vector<std::string> runs, rates;
    std::string filter, by;
    bool json = false;
};

/// Sets what --rate says; nothing is kept unless all of it can be.
CostRates new_rates(Store& store, const std::vector<std::string>& texts) {
    Json body = schema::dump(cost_rates(store).or_throw());
    for (const auto& [key, text] : assignments(texts)) {
        body[key] = text;  // of an unknown key, which is refused below
        for (const schema::Row& row : schema::rows_of<CostRates>())
            if (key == row.info.key) body[key] = schema::typed_value(row, text);
    }
    CostRates rates;
    if (const schema::Problems problems = schema::load(rates, body, "rate"); !problems.empty())
        throw Failure(Error{Error::Code::bad_spec, problems.front().message, "", {problems.front().path}});
    set_cost_rates(store, rates).or_throw();
    return rates;
}

/// What a run is counted under; several tags make several groups.
std::vector<std::string> groups_of(const RunRecord& run, const std::string& by) {
    if (by == "status") return {run.status};
    if (by == "day") return {(run.started.empty() ? run.created : run.started).substr(0, 10)};
    if (by == "tag") return run.tags.empty() ? std::vector<std::string>{"-"} : run.tags;
    return {kind_of(run, by.c_str())};
}

Json cost_json(const RunCost& cost) {
    return {{"seconds", cost.seconds},        {"kwh", or_null(cost.kwh)},     {"estimated", cost.estimated},
            {"co2_kg", or_null(cost.co2_kg)}, {"money", or_null(cost.money)}, {"runs_without_energy", cost.unknown}};
}

std::string or_dash(const std::optional<double>& value) {
    constexpr int digits = 3;
    return value ? significant(*value, digits) : "-";
}

void cost(const Cli& cli, const CostOptions& o) {
    Store store = o.rates.empty() ? look_store(cli) : open_store(cli);
    const CostRates rates = o.rates.empty() ? cost_rates(store).or_throw() : new_rates(store, o.rates);
    std::vector<RunRecord> runs;
    for (const std::string& name : o.runs) runs.push_back(store.run(name).or_throw());
    if (o.runs.empty()) runs = filtered_runs(store, o.filter, /*trash=*/false);
    RunCost all;
    std::vector<std::pair<std::string, RunCost>> lines;
    std::map<std::string, std::size_t> places;
    Json told = Json::array();
    for (const RunRecord& run : runs) {
        const RunCost one = cost_of(store, run, rates);
        add_cost(all, one);
        if (o.by.empty()) {
            lines.emplace_back(run.id.substr(0, 8) + "  " + run.name, one);
            told.push_back(cost_json(one));
            told.back()["run"] = run.id;
            continue;
        }
        for (const std::string& group : groups_of(run, o.by)) {
            const auto [place, fresh] = places.emplace(group, lines.size());
            if (fresh) lines.emplace_back(group, RunCost());
            add_cost(lines[place->second].second, one);
        }
    }
    if (!o.by.empty())
        for (const auto& [group, sum] : lines) {
            told.push_back(cost_json(sum));
            told.back()[o.by] = group;
        }
    if (o.json)
        return print_json({{"rates", schema::dump(rates)},
                           {o.by.empty() ? "runs" : "groups", std::move(told)},
                           {"all", cost_json(all)}});
    Table table({{o.by.empty() ? "RUN" : "GROUP"},
                 {"TRAINED", Table::Align::right},
                 {"KWH", Table::Align::right},
                 {"CO2 KG", Table::Align::right},
                 {rates.currency.empty() ? "MONEY" : rates.currency, Table::Align::right}});
    lines.emplace_back("all", all);
    for (const auto& [name, one] : lines)
        table.add({name, duration_text(one.seconds), or_dash(one.kwh) + (one.estimated ? " (estimated)" : ""),
                   or_dash(one.co2_kg), or_dash(one.money)});
    std::cout << table.text();
    if (all.unknown > 0)
        std::cerr << grouped(all.unknown)
                  << " runs are in no sum of energy: nothing measured it. --rate watts=N has it estimated by N watts\n";
    if (all.kwh && rates.price == 0 && rates.co2 == 0)
        std::cerr << "--rate price=N and co2=N (grams) say what a kWh stands for; they are kept for this workspace\n";
}

}  // namespace

void add_cost_verbs(Cli& cli) {
    auto o = std::make_shared<CostOptions>();
    CLI::App& verb = cli.verb("cost", "Tell what runs took: time, energy, CO2 and money");
    CLI::Option* runs =
        verb.add_option("runs", o->runs, "Ids, their beginnings, or names; without any, all of the history")
            ->type_name("RUN");
    verb.add_option("--filter", o->filter, filter_help())->type_name("FILTER")->excludes(runs);
    verb.add_option("--by", o->by, "Sum up by this")
        ->check(CLI::IsMember({"tag", "status", "day", "objective", "backbone", "dataset"}));
    std::string keys;
    for (const schema::Row& row : schema::rows_of<CostRates>())
        keys += (keys.empty() ? "" : ", ") + std::string(row.info.key) + " (" + std::string(row.info.label) + ")";
    add_repeated(verb, "--rate", o->rates, "Keep a rate for this workspace: " + keys)->type_name("key=value");
    verb.add_flag("--json", o->json, "Print one JSON object");
    verb.footer(
        "Energy is measured where the machine tells it (monitoring.energy), by processors and GPU of the whole "
        "machine;\n"
        "else estimated by the rate watts, and said to be so.");
    verb.callback([&cli, o] { cost(cli, *o); });
}

}  // namespace gw::cli
