#include "compare/cost.h"

#include "util/text.h"

namespace gw {

namespace {

constexpr const char *saved_kind = "cost", *saved_name = "rates";
constexpr int shown_digits = 3;

/// 0.0000382 kWh is 0.0382 Wh.
std::string energy_text(double kwh) {
    constexpr double in_kwh = 1e3, least = 0.1;
    return kwh < least ? significant(kwh * in_kwh, shown_digits) + " Wh" : significant(kwh, shown_digits) + " kWh";
}

std::string co2_text(double kg) {
    constexpr double in_kg = 1e3;
    return kg < 1 ? significant(kg * in_kg, shown_digits) + " g CO2" : significant(kg, shown_digits) + " kg CO2";
}

void add_known(std::optional<double>& sum, const std::optional<double>& one) {
    if (one) sum = sum.value_or(0) + *one;
}

}  // namespace

Result<CostRates> cost_rates(const Store& store) {
    const auto saved = store.saved(saved_kind);
    if (!saved) return saved.error();
    CostRates rates;
    for (const SavedRecord& record : saved.value())
        if (record.name == saved_name) {
            // What a newer version keeps besides is passed over.
            CostRates read;
            schema::load(read, record.body, "cost");
            rates = std::move(read);
        }
    return rates;
}

Status set_cost_rates(Store& store, const CostRates& rates) {
    CostRates checked;
    if (const schema::Problems problems = schema::load(checked, schema::dump(rates), "cost"); !problems.empty())
        return Error{Error::Code::bad_spec, problems.front().message, "", {problems.front().path}};
    return store.set_saved({saved_kind, saved_name, schema::dump(rates), ""});
}

RunCost cost_of(const Store& store, const RunRecord& run, const CostRates& rates) {
    constexpr double hour = 3600, watts_in_kilowatt = 1e3, grams_in_kg = 1e3;
    RunCost cost;
    cost.seconds = run.seconds;
    const auto curve = store.curve(run.id, "system/energy_kwh", {.at_most = 8});
    if (curve && !curve.value().empty()) {
        cost.kwh = curve.value().back().last;
    } else if (rates.watts > 0 && run.seconds > 0) {
        cost.kwh = rates.watts / watts_in_kilowatt * run.seconds / hour;
        cost.estimated = true;
    }
    if (!cost.kwh) cost.unknown = run.seconds > 0 ? 1 : 0;
    if (cost.kwh && rates.co2 > 0) cost.co2_kg = *cost.kwh * rates.co2 / grams_in_kg;
    if (cost.kwh && rates.price > 0) cost.money = *cost.kwh * rates.price;
    if (rates.hour > 0) cost.money = cost.money.value_or(0) + run.seconds / hour * rates.hour;
    return cost;
}

void add_cost(RunCost& sum, const RunCost& run) {
    sum.seconds += run.seconds;
    add_known(sum.kwh, run.kwh);
    add_known(sum.co2_kg, run.co2_kg);
    add_known(sum.money, run.money);
    sum.estimated = sum.estimated || run.estimated;
    sum.unknown += run.unknown;
}

std::string cost_text(const RunCost& cost, const CostRates& rates) {
    std::string out;
    auto put = [&](const std::string& text) { out += (out.empty() ? "" : ", ") + text; };
    if (cost.kwh) put(energy_text(*cost.kwh) + (cost.estimated ? " (estimated)" : ""));
    if (cost.co2_kg) put(co2_text(*cost.co2_kg));
    if (cost.money) put(significant(*cost.money, shown_digits) + (rates.currency.empty() ? "" : " " + rates.currency));
    return out;
}

}  // namespace gw
