#include "train/keep/counts.h"

#include <array>

namespace gw {

void check_counts(const Json& state, const fs::path& checkpoint) {
    const auto check = [&](const Json& value, const std::string& name) {
        constexpr std::int64_t most = std::int64_t{1} << 53;  // what a number of JSON is exact up to
        if (value.is_number_integer() && value >= 0 && value <= most) return;
        throw Failure({Error::Code::bad_data,
                       "The state of this checkpoint is damaged: its " + name + " is no count",
                       "Use another checkpoint of this run",
                       {"file state.json", "checkpoint " + checkpoint.string()}});
    };
    check(state.value("step", Json()), "step");
    if (state.contains("tokens")) check(state["tokens"], "tokens");
    for (const auto& [section, keys] : {std::pair{"sampler", std::array{"next_sample", "rows", ""}},
                                        {"origin", std::array{"step", "tokens", "next_sample"}},
                                        {"adaptation", std::array{"fresh_from", "", ""}}}) {
        const auto there = state.find(section);
        if (there == state.end() || there->is_null()) continue;  // as in older ones
        if (!there->is_object()) check(Json(), section);
        for (const std::string key : keys)
            if (!key.empty() && there->contains(key)) check((*there)[key], std::string(section) + "." + key);
    }
    const Json updates = state.value("optimizer_updates", Json());
    for (const Json& one : updates.is_array() ? updates : Json::array({updates})) check(one, "optimizer_updates");
}

}  // namespace gw
