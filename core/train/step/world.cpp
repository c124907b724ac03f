#include "train/step/world.h"

#include <cmath>

namespace gw {

bool agreed(World& world, bool decision) {
    return world.alone() ? decision : world.from_first(decision ? "yes" : "no") == "yes";
}

double agreed(World& world, double value) {
    return world.alone() ? value : agreed(world, Ranking::Figure{value, 0}).value;
}

Ranking::Figure agreed(World& world, const Ranking::Figure& figure) {
    if (world.alone()) return figure;
    const Json said = Json::parse(world.from_first(Json{figure.value, figure.loss}.dump()));
    auto number = [](const Json& json) { return json.is_number() ? json.get<double>() : std::nan(""); };
    return {number(said.at(0)), number(said.at(1))};
}

Orders agreed(World& world, const Orders& orders) {
    if (world.alone()) return orders;
    const Json said = Json::parse(world.from_first(Json{
        {"stop", orders.stop},
        {"save_on_stop", orders.save_on_stop},
        {"save", orders.save},
        {"sample", orders.sample},
        {"hold", orders.hold},
        {"knobs", orders.knobs ? to_json(*orders.knobs)
                               : Json()}}.dump()));
    Orders out;
    out.stop = said.at("stop").get<bool>();
    out.save_on_stop = said.at("save_on_stop").get<bool>();
    out.save = said.at("save").get<bool>();
    out.sample = said.at("sample").get<bool>();
    out.hold = said.at("hold").get<bool>();
    if (!said.at("knobs").is_null()) out.knobs = knobs_of(said.at("knobs"));
    return out;
}

}  // namespace gw
