#include "train/message/knobs.h"

#include <cmath>

#include "util/text.h"

namespace gw {

Json to_json(const Knobs& knobs) {
    Json out = {{"rate_scale", knobs.rate_scale}};
    if (knobs.clip) out["clip"] = *knobs.clip;
    if (knobs.evaluation_every) out["evaluation_every"] = *knobs.evaluation_every;
    if (knobs.saving_every) out["saving_every"] = *knobs.saving_every;
    return out;
}

Knobs knobs_of(const Json& json) {
    Knobs knobs;
    if (!json.is_object()) return knobs;
    auto number = [&](const char* key) -> std::optional<double> {
        const auto it = json.find(key);
        return it != json.end() && it->is_number() ? std::optional(it->get<double>()) : std::nullopt;
    };
    knobs.rate_scale = number("rate_scale").value_or(1);
    knobs.clip = number("clip");
    if (const auto every = number("evaluation_every")) knobs.evaluation_every = static_cast<std::int64_t>(*every);
    if (const auto every = number("saving_every")) knobs.saving_every = static_cast<std::int64_t>(*every);
    return knobs;
}

std::string why_not(const Knobs& knobs) {
    if (!std::isfinite(knobs.rate_scale) || knobs.rate_scale < 0 || knobs.rate_scale > 1000)
        return "The rate scale must lie between 0 and 1,000";
    if (knobs.clip && (!std::isfinite(*knobs.clip) || *knobs.clip < 0)) return "The clip must be 0 (none) or more";
    if (knobs.evaluation_every.value_or(0) < 0 || knobs.saving_every.value_or(0) < 0)
        return "A number of steps must be 0 (never) or more";
    return "";
}

std::vector<std::string> changes(const Knobs& from, const Knobs& to) {
    std::vector<std::string> out;
    const Json before = to_json(from), after = to_json(to);
    for (const char* key : {"rate_scale", "clip", "evaluation_every", "saving_every"}) {
        const Json a = before.value(key, Json()), b = after.value(key, Json());
        auto text = [](const Json& value) {
            return value.is_null()           ? std::string("as set")
                   : value.is_number_float() ? significant(value.get<double>(), 3)
                                             : value.dump();
        };
        if (a != b) out.push_back(std::string(key) + ": " + text(a) + " -> " + text(b));
    }
    return out;
}

}  // namespace gw
