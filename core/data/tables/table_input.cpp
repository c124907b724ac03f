#include "data/tables/table_input.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace gw {

std::int64_t TableInput::values() const {
    return std::accumulate(columns.begin(), columns.end(), std::int64_t{0},
                           [](std::int64_t sum, const Column& column) { return sum + column.values(); });
}

Json to_json(const TableInput& table) {
    Json columns = Json::array();
    for (const TableInput::Column& column : table.columns)
        columns.push_back(column.is_words() ? Json{{"name", column.name}, {"categories", column.categories}}
                                            : Json{{"name", column.name},
                                                   {"mean", column.mean},
                                                   {"deviation", column.deviation},
                                                   {"least", column.least},
                                                   {"most", column.most},
                                                   {"dates", column.dates},
                                                   {"gaps", column.gaps}});
    return {{"columns", columns}};
}

std::optional<TableInput> table_input_of(const Json& json) {
    TableInput out;
    for (const Json& one : json.value("columns", Json::array())) {
        TableInput::Column& column = out.columns.emplace_back();
        column.name = one.value("name", "");
        column.categories = one.value("categories", std::vector<std::string>());
        column.mean = one.value("mean", 0.0);
        column.deviation = one.value("deviation", 1.0);
        column.least = one.value("least", 0.0);
        column.most = one.value("most", 0.0);
        column.dates = one.value("dates", false);
        column.gaps = one.value("gaps", false);
    }
    const bool sound = !out.columns.empty() && out.values() <= static_cast<std::int64_t>(TableInput::most_values) &&
                       std::all_of(out.columns.begin(), out.columns.end(), [](const TableInput::Column& column) {
                           return std::isfinite(column.mean) && std::isfinite(column.deviation) &&
                                  column.deviation > 0 && std::isfinite(column.least) && std::isfinite(column.most) &&
                                  column.categories.size() <= TableInput::most_categories;
                       });
    return sound ? std::optional(std::move(out)) : std::nullopt;
}

}  // namespace gw
