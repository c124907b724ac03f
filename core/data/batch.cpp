#include "data/batch.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace gw {

InputFacts tokens_input(std::int64_t vocabulary) {
    return {TokensInput{vocabulary}, std::nullopt, std::nullopt};
}

InputFacts image_input(std::int64_t channels, std::int64_t height, std::int64_t width) {
    return {std::nullopt, ImageInput{channels, height, width, {}, {}}, std::nullopt};
}

Json to_json(const InputFacts& facts) {
    Json out = Json::object();
    if (facts.tokens) out["tokens"] = {{"vocabulary", facts.tokens->vocabulary}};
    if (facts.image)
        out["image"] = {{"channels", facts.image->channels},
                        {"height", facts.image->height},
                        {"width", facts.image->width},
                        {"mean", facts.image->mean},
                        {"deviation", facts.image->deviation}};
    if (facts.series)
        out["series"] = {{"look_back", facts.series->look_back},
                         {"horizon", facts.series->horizon},
                         {"columns", facts.series->columns},
                         {"mean", facts.series->mean},
                         {"deviation", facts.series->deviation}};
    if (facts.table) out["table"] = to_json(*facts.table);
    return out;
}

namespace {

/// Facts may come from a file that was damaged or made by hand: what no data has is left out.
bool is_sound(const SeriesInput& series) {
    const std::size_t columns = series.columns.size();
    const auto in_range = [](std::int64_t rows, std::int64_t least) {
        return rows >= least && rows <= SeriesInput::longest;
    };
    return columns >= 1 && columns <= SeriesInput::most_columns && series.mean.size() == columns &&
           series.deviation.size() == columns && in_range(series.look_back, 1) && in_range(series.horizon, 0) &&
           std::all_of(series.mean.begin(), series.mean.end(), [](double value) { return std::isfinite(value); }) &&
           std::all_of(series.deviation.begin(), series.deviation.end(),
                       [](double value) { return std::isfinite(value) && value > 0; });
}

}  // namespace

InputFacts input_facts_of(const Json& json) {
    InputFacts out;
    if (!json.is_object()) return out;
    if (const auto it = json.find("tokens"); it != json.end())
        out.tokens = TokensInput{it->value("vocabulary", std::int64_t{0})};
    if (const auto it = json.find("image"); it != json.end())
        out.image = ImageInput{it->value("channels", std::int64_t{0}), it->value("height", std::int64_t{0}),
                               it->value("width", std::int64_t{0}), it->value("mean", std::vector<double>()),
                               it->value("deviation", std::vector<double>())};
    if (const auto it = json.find("series"); it != json.end())
        out.series =
            SeriesInput{it->value("look_back", std::int64_t{0}), it->value("horizon", std::int64_t{0}),
                        it->value("columns", std::vector<std::string>()), it->value("mean", std::vector<double>()),
                        it->value("deviation", std::vector<double>())};
    if (out.series && !is_sound(*out.series)) out.series.reset();
    if (const auto it = json.find("table"); it != json.end()) out.table = table_input_of(*it);
    return out;
}

const char* unit_of(const InputFacts& facts) {
    return facts.image ? "images" : facts.series ? "windows" : facts.table ? "rows" : "tokens";
}

HostArray::HostArray(Type type, std::vector<std::int64_t> shape) : type_(type), shape_(std::move(shape)) {
    const std::size_t each = type == Type::u8 ? 1 : sizeof(std::int32_t);
    bytes_.resize((static_cast<std::size_t>(size()) * each + sizeof(std::int64_t) - 1) / sizeof(std::int64_t));
}

std::int64_t HostArray::size() const {
    return std::accumulate(shape_.begin(), shape_.end(), std::int64_t{1}, std::multiplies<>());
}

std::int64_t HostBatch::length() const {
    const auto it = arrays.find(array::tokens);
    return it == arrays.end() ? 0 : it->second.shape()[1];
}

std::int32_t HostBatch::token(std::int64_t row, std::int64_t at) const {
    return arrays.find(array::tokens)->second.values<std::int32_t>()[row * length() + at];
}

}  // namespace gw
