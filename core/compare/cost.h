#pragma once
#include "schema/field.h"
#include "store/store.h"

namespace gw {

/// What energy costs where the workspace is: kept with its history, for all runs of it. 0 = not told.
struct CostRates {
    double price = 0;      ///< of a kilowatt-hour
    double hour = 0;       ///< of an hour of the machine, as of a rented one
    std::string currency;  ///< "JPY"
    double co2 = 0;        ///< grams of CO2 equivalent a kilowatt-hour
    double watts = 0;      ///< that the machine draws while it trains, where it does not tell itself
    bool operator==(const CostRates&) const = default;
    static constexpr auto fields = std::make_tuple(
        schema::field<&CostRates::watts>(
            {.key = "watts",
             .label = "Power of the machine",
             .help = "What it draws while it trains, for runs whose energy it did not measure; 0 = no estimate.",
             .unit = "W",
             .min = 0,
             .max = 1e6}),
        schema::field<&CostRates::price>({.key = "price",
                                          .label = "Price of a kWh",
                                          .help = "What a kilowatt-hour costs; 0 = not told.",
                                          .min = 0,
                                          .max = 1e6}),
        schema::field<&CostRates::hour>(
            {.key = "hour",
             .label = "Price of an hour",
             .help = "What an hour of the machine costs besides, as of a rented one; 0 = nothing.",
             .min = 0,
             .max = 1e6}),
        schema::field<&CostRates::currency>(
            {.key = "currency", .label = "Currency", .help = "Of both prices, such as JPY."}),
        schema::field<&CostRates::co2>(
            {.key = "co2",
             .label = "CO2 of a kWh",
             .help = "Grams of CO2 equivalent that a kilowatt-hour of your supplier stands for; 0 = not told.",
             .unit = "g",
             .min = 0,
             .max = 1e5}));
};

/// All defaults where nobody has told any.
Result<CostRates> cost_rates(const Store& store);
/// Keeps them. Errors: a value out of its range, by its key; those of the store.
Status set_cost_rates(Store& store, const CostRates& rates);

/// What a run took, or several.
struct RunCost {
    double seconds = 0;  ///< of training
    std::optional<double> kwh;
    bool estimated = false;  ///< by CostRates::watts, of one run at least
    std::optional<double> co2_kg, money;
    int unknown = 0;  ///< runs without any figure of energy, which are not in the sums
};
RunCost cost_of(const Store& store, const RunRecord& run, const CostRates& rates);
void add_cost(RunCost& sum, const RunCost& run);
/// "0.12 kWh (estimated), 54 g CO2, 3.7 JPY"; empty where nothing is known.
std::string cost_text(const RunCost& cost, const CostRates& rates);

}  // namespace gw
