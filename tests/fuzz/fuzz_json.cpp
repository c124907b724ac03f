#include "fuzz/fuzz.h"
#include "schema/parse_json.h"
#include "schema/typed.h"

GW_FUZZ(json) {
    using namespace gw;
    JsonFault fault;
    const auto value = parse_json(input, fault);
    const auto told = parse_json(input);
    fuzz::must(value.has_value() == static_cast<bool>(told));
    if (!value) return;
    const std::string line = schema::json_line(*value);
    fuzz::must(parse_json(line).or_throw() == *value);
}
