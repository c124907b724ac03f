#include "model/layer_place.h"

#include <algorithm>

#include "util/number.h"

namespace gw {

LayerPlace place_by_block(const std::string& parameter) {
    LayerPlace place;
    const std::size_t first = parameter.find('.');
    place.name = parameter.substr(0, first);
    if (place.name == "blocks" && first != std::string::npos) {
        const std::size_t second = parameter.find('.', first + 1);
        const auto number = parse_count(parameter.substr(first + 1, second - first - 1));
        if (number && second != std::string::npos) {
            place.layer = *number + 1;
            place.name = parameter.substr(0, second);
            place.title = {GW_TEXT("Block %1"), {std::to_string(place.layer)}};
            place.part = parameter.substr(0, parameter.find('.', second + 1));
            place.part_title = place.part.substr(second + 1);
            std::replace(place.part_title.begin(), place.part_title.end(), '_', ' ');
            return place;
        }
    }
    if (place.name == "norm") {
        place.layer = LayerPlace::last;
        place.title = {GW_TEXT("Last norm"), {}};
    } else if (place.name == "tokens") {
        place.title = {GW_TEXT("Table of tokens"), {}};
    } else if (place.name == "patches") {
        place.title = {GW_TEXT("Embedding of patches"), {}};
    } else if (place.name == "class_token") {
        place.title = {GW_TEXT("Class token"), {}};
    } else if (place.name == "positions") {
        place.title = {GW_TEXT("Table of positions"), {}};
    } else {
        place.title = {"%1", {place.name}};
    }
    return place;
}

bool is_adapter(const std::string& parameter) {
    return parameter.ends_with(".lora_a") || parameter.ends_with(".lora_b");
}

}  // namespace gw
