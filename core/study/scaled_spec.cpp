#include "study/scaled_spec.h"

#include <algorithm>
#include <cmath>

#include "util/text.h"

namespace gw {

namespace {

constexpr std::int64_t wide = 16, wide_step = 8;

const Sheet* backbone_sheet(const Json& spec) {
    const Json backbone = spec.value("backbone", Json::object());
    return find_sheet("backbone", backbone.value("kind", ""));
}

/// Of the settings that are whole numbers and say a size.
std::vector<std::string> size_keys(const Json& spec) {
    std::vector<std::string> out;
    const Sheet* sheet = backbone_sheet(spec);
    if (!sheet) return out;
    const Json complete = sheet->complete(spec.at("backbone"));
    for (const schema::Row& row : sheet->rows)
        if (row.info.sizes && complete.value(std::string(row.info.key), Json()).is_number_integer())
            out.emplace_back(row.info.key);
    return out;
}

std::int64_t scaled(std::int64_t value, double factor) {
    constexpr double most = 1e15;  // more than any field takes, and a whole number
    const double exact = std::min(static_cast<double>(value) * factor, most);
    if (value < wide) return std::max<std::int64_t>(1, std::llround(exact));
    return std::max<std::int64_t>(wide_step, wide_step * std::llround(exact / static_cast<double>(wide_step)));
}

}  // namespace

Result<Json> scaled_spec(const Json& spec, double factor) {
    const std::vector<std::string> keys = size_keys(spec);
    if (keys.empty() || !(factor > 0) || !std::isfinite(factor))
        return Error{Error::Code::bad_spec,
                     "A model of this kind cannot be made " + significant(factor, 3) + " times as large",
                     "Choose a kind whose size is said by layers and width, and a factor above 0",
                     {"section backbone"}};
    const Sheet* sheet = backbone_sheet(spec);
    Json out = spec;
    Json& backbone = out["backbone"] = sheet->complete(spec.at("backbone"));
    const Json before = backbone;
    for (const std::string& key : keys) backbone[key] = scaled(before.at(key).get<std::int64_t>(), factor);
    constexpr int most_raises = 64;
    for (int raise = 0; raise <= most_raises; ++raise) {
        if (sheet->check(backbone, "backbone").empty()) return out;
        for (const std::string& key : keys)
            if (before.at(key).get<std::int64_t>() >= wide)
                backbone[key] = backbone.at(key).get<std::int64_t>() + wide_step;
    }
    return Error{Error::Code::bad_spec,
                 "No size near " + significant(factor, 3) + " times that of these settings is possible",
                 "Choose another factor, or fewer heads",
                 {"section backbone"}};
}

std::string size_text(const Json& spec) {
    std::string out;
    for (const std::string& key : size_keys(spec)) {
        const Json complete = backbone_sheet(spec)->complete(spec.at("backbone"));
        out += (out.empty() ? "" : "×") + std::to_string(complete.at(key).get<std::int64_t>());
    }
    return out;
}

}  // namespace gw
