#include "model/reading_direction.h"

namespace gw {

void read_as_set(BackboneKind& kind, const std::string& key, const std::string& one, const std::string& both) {
    constexpr const char *left_to_right = "a backbone that reads left to right",
                         *both_sides = "a backbone that sees both sides";
    kind.offers = [=](const Json& json) {
        const std::string said = json.value(key, "auto");
        std::vector<std::string> words{"sequence", "pooled features"};
        if (said != both) words.emplace_back(left_to_right);
        if (said != one) words.emplace_back(both_sides);
        return words;
    };
    const std::string remedy = "set backbone." + key + " to auto";
    kind.remedies = {{left_to_right, remedy}, {both_sides, remedy}};
    kind.settled = [=](const Json& json, bool causal) {
        Json out = json;
        if (out.value(key, "auto") == "auto") out[key] = causal ? one : both;
        return out;
    };
}

}  // namespace gw
