#include <algorithm>

#include "study/sequence.h"

namespace gw {

std::string strategy_title(const std::string& strategy) {
    if (strategy == "sequential") return "One after another";
    if (strategy == "lp_ft") return "Head first (LP-FT)";
    if (strategy == "ewc") return "Elastic weights (EWC)";
    if (strategy == "si") return "Synaptic intelligence";
    if (strategy == "replay") return "Replay";
    return strategy == "joint" ? "All at once (bound)" : strategy;
}

const Sheet& sequence_sheet() {
    static const Sheet sheet = sheet_of<SequenceSettings>({.id = "sequence",
                                                           .title = "Sequence of tasks",
                                                           .summary = "How each task of a sequence is trained.",
                                                           .source = ""});
    return sheet;
}

Json to_json(const SequenceResult& r) {
    Json heads = Json::array();
    for (const auto& row : r.by_head) {
        Json cells = Json::array();
        for (const auto& cell : row) cells.push_back(cell ? Json(*cell) : Json());
        heads.push_back(std::move(cells));
    }
    return {{"strategy", r.strategy},
            {"seed", r.seed},
            {"tasks", r.tasks},
            {"by_head", std::move(heads)},
            {"by_neighbours", r.by_neighbours},
            {"neighbours_before", r.neighbours_before},
            {"seconds", r.seconds}};
}

SequenceResult sequence_result_of(const Json& json) {
    SequenceResult r{json.value("strategy", ""),
                     json.value("seed", std::int64_t{1}),
                     json.value("tasks", std::vector<std::string>()),
                     {},
                     json.value("by_neighbours", std::vector<std::vector<double>>()),
                     json.value("neighbours_before", std::vector<double>()),
                     json.value("seconds", 0.0)};
    for (const Json& row : json.value("by_head", Json::array())) {
        auto& cells = r.by_head.emplace_back();
        for (const Json& cell : row)
            cells.push_back(cell.is_number() ? std::optional(cell.get<double>()) : std::nullopt);
    }
    return r;
}

SequenceFigures figures_of(const SequenceResult& r) {
    SequenceFigures out;
    const std::size_t tasks = r.tasks.size(), rows = r.by_head.size();
    if (tasks == 0 || rows == 0) return out;
    const auto& end = r.by_head.back();
    for (std::size_t t = 0; t < tasks; ++t) {
        out.average += end[t].value_or(0) / static_cast<double>(tasks);
        out.average_neighbours += r.by_neighbours.back()[t] / static_cast<double>(tasks);
    }
    if (rows < tasks || tasks < 2) return out;  // joint training has no earlier state to compare with
    const double others = static_cast<double>(tasks - 1);
    for (std::size_t t = 0; t + 1 < tasks; ++t) {
        double best = 0;
        for (std::size_t row = t; row + 1 < rows; ++row) best = std::max(best, r.by_head[row][t].value_or(0));
        out.forgetting += (best - end[t].value_or(0)) / others;
        out.backward += (end[t].value_or(0) - r.by_head[t][t].value_or(0)) / others;
    }
    if (r.neighbours_before.size() != tasks) return out;
    out.forward = 0;
    for (std::size_t t = 1; t < tasks; ++t)
        *out.forward += (r.by_neighbours[t - 1][t] - r.neighbours_before[t]) / others;
    return out;
}

}  // namespace gw
