#include "compare/tables.h"

#include <cmath>

#include "schema/typed.h"
#include "util/csv.h"
#include "util/text.h"

namespace gw {

namespace {

std::string cell(const std::optional<double>& value, int digits = 4) {
    return value ? significant(*value, digits) : "–";
}

std::string escaped(const std::string& text) {
    std::string out;
    for (const char c : text)  // a viewer of Markdown runs HTML that stands in it
        out += c == '|' ? "\\|" : c == '<' ? "&lt;" : c == '&' ? "&amp;" : std::string(1, c == '\n' ? ' ' : c);
    return out;
}

const XName& x_name(XKind kind) {
    for (const XName& name : x_names())
        if (name.kind == kind) return name;
    return x_names().front();
}

}  // namespace

std::string comparison_markdown(const Comparison& c) {
    std::string out;
    for (const Phrase& warning : c.warnings) out += "> " + escaped(warning.text()) + "\n";
    if (!c.warnings.empty()) out += "\n";
    const std::string at = c.equal_x ? " at " + significant(*c.equal_x) + " " + c.x_unit : " at equal x";
    out += "| Run | Best " + c.wish.metric + " | Last |" + at +
           " | Difference | Time to target | Trained | Cost |\n"
           "| --- | ---: | ---: | ---: | ---: | --- | ---: | --- |\n";
    for (std::size_t i = 0; i < c.runs.size(); ++i) {
        const ComparedRun& run = c.runs[i];
        out += "| " + escaped(run.label) + (i == c.baseline ? " (baseline)" : "") + " | " + cell(run.best) + " | " +
               cell(run.last) + " | " + cell(run.at_equal_x) + " | " +
               (i == c.baseline ? "" : cell(run.difference, 3)) + " | " +
               (run.trace.empty() ? run.missing.text() : target_phrase(c, run).text()) + " | " +
               duration_text(run.cost.seconds) + " | " + escaped(cost_text(run.cost, c.rates)) + " |\n";
    }
    if (tells_of_seeds(c)) {
        out +=
            "\n| Seeds | Group | Mean | Standard deviation | Against the baseline |\n| ---: | --- | ---: | ---: | --- "
            "|\n";
        for (std::size_t i = 0; i < c.groups.size(); ++i) {
            const RunGroup& group = c.groups[i];
            out += "| " + std::to_string(group.runs.size()) + " | " + escaped(group.label) + " | " +
                   (group.spread.count > 0 ? significant(group.spread.mean) : "–") + " | " +
                   (group.spread.count > 1 ? significant(group.spread.deviation, 2) : "–") + " | " +
                   (i == 0 ? "" : group.verdict.phrase().text()) + " |\n";
        }
    }
    std::string rows;
    for (const SpecRow& row : c.settings) {
        if (!row.differs) continue;
        rows += "| " + row.path;
        for (const Json& value : row.values) rows += " | " + escaped(setting_text(value));
        rows += " |\n";
    }
    if (rows.empty()) return out;
    out += "\n| Setting";
    for (const ComparedRun& run : c.runs) out += " | " + escaped(run.label);
    out += " |\n| ---";
    for (std::size_t i = 0; i < c.runs.size(); ++i) out += " | ---";
    return out + " |\n" + rows;
}

std::string comparison_csv(const Comparison& c) {
    std::string out = "run,label," + std::string(x_name(c.wish.x).id) + "," + csv_cell(c.wish.metric) + "\n";
    for (const ComparedRun& run : c.runs)
        for (std::size_t i = 0; i < run.trace.x.size(); ++i)
            out += run.record.id + "," + csv_cell(run.label) + "," + exact_number(run.trace.x[i]) + "," +
                   exact_number(run.trace.y[i]) + "\n";
    return out;
}

Json comparison_json(const Comparison& c) {
    Json runs = Json::array(), groups = Json::array(), warnings = Json::array(), differences = Json::array();
    for (const ComparedRun& run : c.runs)
        runs.push_back({{"run", run.record.id},
                        {"label", run.label},
                        {"group", run.group},
                        {"best", or_null(run.best)},
                        {"best_x", or_null(run.best_x)},
                        {"last", or_null(run.last)},
                        {"at_equal_x", or_null(run.at_equal_x)},
                        {"difference", or_null(run.difference)},
                        {"target_x", or_null(run.target_x)},
                        {"target_share", or_null(run.target_share)},
                        {"seconds", run.cost.seconds},
                        {"kwh", or_null(run.cost.kwh)},
                        {"energy_estimated", run.cost.estimated},
                        {"co2_kg", or_null(run.cost.co2_kg)},
                        {"money", or_null(run.cost.money)},
                        {"missing", run.missing.text()}});
    static const char* const verdicts[] = {"unknown", "inside_noise", "better", "worse", "differs"};
    for (const RunGroup& group : c.groups)
        groups.push_back({{"label", group.label},
                          {"runs", group.runs},
                          {"count", group.spread.count},
                          {"mean", or_null(group.spread.mean)},
                          {"deviation", or_null(group.spread.deviation)},
                          {"difference", or_null(group.verdict.difference)},
                          {"noise", or_null(group.verdict.noise)},
                          {"verdict", verdicts[static_cast<int>(group.verdict.kind)]}});
    for (const Phrase& warning : c.warnings) warnings.push_back(warning.text());
    for (const SpecRow& row : c.settings)
        if (row.differs) differences.push_back({{"path", row.path}, {"values", row.values}});
    return {{"metric", c.wish.metric},
            {"x", x_name(c.wish.x).id},
            {"x_unit", c.x_unit},
            {"equal_x", or_null(c.equal_x)},
            {"target", or_null(c.target)},
            {"baseline", c.runs[c.baseline].record.id},
            {"runs", runs},
            {"groups", groups},
            {"warnings", warnings},
            {"differences", differences}};
}

}  // namespace gw
