#include "compare/pilot_report.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "compare/html_page.h"
#include "compare/svg_plot.h"
#include "schema/metric.h"
#include "store/stored_json.h"
#include "util/text.h"

namespace gw {

namespace {

std::string way_title(const std::string& way) {
    static const std::map<std::string, std::string> titles{{"scratch", "From scratch"},
                                                           {"head", "Head alone (feature extraction)"},
                                                           {"full", "All weights"},
                                                           {"lora", "LoRA adapters"},
                                                           {"lp_ft", "Head first, then all (LP-FT)"}};
    const auto it = titles.find(way);
    return it == titles.end() ? way : it->second;
}

std::string count_text(std::int64_t count) {
    return count > 0 ? grouped(count) : "all";
}

std::optional<double> last_of(const Store& store, const std::string& run, const std::string& metric) {
    const auto points = store.series(run, metric);
    return points && !points.value().empty() ? std::optional(points.value().back().value) : std::nullopt;
}

/// What a run is judged by; runs from before that was kept were judged by the first of these that they have.
std::vector<std::string> judged_by(const RunRecord& run) {
    if (run.facts.contains("main_metric")) return {main_metric_of(run)};
    return {"accuracy", "f1_macro", "r2"};
}

std::string row_of(const std::vector<std::string>& cells, const char* tag = "td") {
    std::string out = "<tr>";
    for (std::size_t i = 0; i < cells.size(); ++i)
        out +=
            std::string("<") + tag + (i > 1 ? " class=\"number\">" : ">") + html_escaped(cells[i]) + "</" + tag + ">";
    return out + "</tr>\n";
}

/// Quality against the number of labels; "all" stands at the right end. Dashed lines are one deviation above and below.
std::string curve(const Pilot& pilot) {
    std::vector<std::int64_t> counts;
    for (const PilotCell& cell : pilot.cells)
        if (std::find(counts.begin(), counts.end(), cell.count) == counts.end()) counts.push_back(cell.count);
    std::sort(counts.begin(), counts.end(),
              [](std::int64_t a, std::int64_t b) { return (a > 0 ? a : INT64_MAX) < (b > 0 ? b : INT64_MAX); });
    std::string label = "labels:";
    for (std::size_t i = 0; i < counts.size(); ++i)
        label += " " + std::to_string(i + 1) + " = " + count_text(counts[i]);
    SvgPlot svg{"Quality on unseen texts against labels", label, {}, false};
    std::map<std::string, int> colors;
    for (const PilotCell& cell : pilot.cells) {
        if (cell.quality.count == 0) continue;
        const auto [it, fresh] = colors.emplace(cell.way, static_cast<int>(colors.size()));
        if (fresh) svg.lines.push_back({way_title(cell.way), {}, {}, it->second, false, true});
    }
    for (SvgLine& line : svg.lines) {
        std::vector<double> low, high;
        for (std::size_t i = 0; i < counts.size(); ++i)
            for (const PilotCell& cell : pilot.cells)
                if (way_title(cell.way) == line.label && cell.count == counts[i] && cell.quality.count > 0) {
                    line.x.push_back(static_cast<double>(i + 1));
                    line.y.push_back(cell.quality.mean);
                }
    }
    std::vector<SvgLine> bands;
    for (const SvgLine& line : svg.lines)
        for (const double side : {-1.0, 1.0}) {
            SvgLine band{"", {}, {}, line.color, true, false};
            for (std::size_t i = 0; i < counts.size(); ++i)
                for (const PilotCell& cell : pilot.cells)
                    if (way_title(cell.way) == line.label && cell.count == counts[i] && cell.quality.count > 1) {
                        band.x.push_back(static_cast<double>(i + 1));
                        band.y.push_back(cell.quality.mean + side * cell.quality.deviation);
                    }
            if (band.x.size() > 1) bands.push_back(std::move(band));
        }
    svg.lines.insert(svg.lines.end(), bands.begin(), bands.end());
    return svg_of(svg);
}

/// The way with the best quality, and whether a cheaper one is as good within the noise.
std::string advice(const Pilot& pilot) {
    const PilotCell* best = nullptr;
    for (const PilotCell& cell : pilot.cells)
        if (cell.quality.count > 0 &&
            (!best || is_better(better_of(cell.metric), cell.quality.mean, best->quality.mean)))
            best = &cell;
    if (!best) return "<p>No run of this pilot has ended yet.</p>\n";
    std::string out = "<p>The best result is " + significant(best->quality.mean, 3) + ", by <b>" +
                      html_escaped(way_title(best->way)) + "</b> with " + count_text(best->count) + " labels.";
    const PilotCell* enough = nullptr;
    for (const PilotCell& cell : pilot.cells)
        if (cell.quality.count > 1 && cell.count > 0 &&
            std::abs(cell.quality.mean - best->quality.mean) <=
                std::max(best->quality.deviation, cell.quality.deviation) &&
            (!enough || cell.count < enough->count))
            enough = &cell;
    if (enough)
        out += " With only " + count_text(enough->count) + " labels " + html_escaped(way_title(enough->way)) +
               " comes as near as the noise between " + (pilot.folds > 0 ? "folds." : "seeds.");
    return out + "</p>\n";
}

}  // namespace

std::string TriedSettings::text() const {
    std::string out;
    auto add = [&](const std::string& part) { out += (out.empty() ? "" : ", ") + part; };
    auto plain = [](double value) {
        return value == std::floor(value) ? grouped(static_cast<std::int64_t>(value)) : significant(value, 3);
    };
    if (rate > 0) add("rate " + Json(rate).dump());
    if (rank > 0) add("rank " + std::to_string(rank) + ", alpha " + plain(alpha));
    std::string named;
    for (const std::string& name : projections) named += (named.empty() ? "of " : " ") + name;
    if (!named.empty()) add(named);
    if (passes > 0) add(plain(passes) + " passes");
    return out;
}

Json TriedSettings::json() const {
    Json out = {{"rate", rate}};
    if (rank > 0) out.update({{"rank", rank}, {"alpha", alpha}, {"projections", projections}});
    if (passes > 0) out["passes"] = passes;
    return out;
}

TriedSettings tried_settings(const Json& spec) {
    auto section = [&](const char* name) { return spec.value(name, Json::object()); };
    TriedSettings out;
    out.rate = section("optimizer").value("lr", 0.0);
    if (section("training").value("budget_unit", "") == "epochs") out.passes = section("training").value("budget", 0.0);
    const Json start = section("start");
    if (start.value("train", "") != "lora") return out;
    out.rank = start.value("rank", std::int64_t{0});
    out.alpha = start.value("alpha", 0.0);
    out.projections = start.value("projections", std::vector<std::string>{});
    return out;
}

double PilotCell::answers_a_day(const CostModel& model) const {
    return milliseconds.mean / 3.6e6 * model.price_an_hour * model.items_a_day;
}
double PilotCell::errors_a_day(const CostModel& model) const {
    return metric.ends_with("/accuracy") && quality.count > 0
               ? (1 - quality.mean) * model.items_a_day * model.value_of_an_error
               : 0;
}

Result<Pilot> read_pilot(const Store& store, const std::string& name) {
    auto saved = store.saved("pilot");
    if (!saved) return saved.error();
    const auto record =
        std::find_if(saved.value().begin(), saved.value().end(), [&](const SavedRecord& r) { return r.name == name; });
    if (record == saved.value().end())
        return Error{
            Error::Code::bad_spec, "There is no pilot \"" + name + "\"", "`groundwork-cli pilots` lists them", {}};
    struct Gathered {
        PilotCell cell;
        std::vector<double> quality, seconds, milliseconds, memory, kwh;
    };
    std::map<std::pair<std::string, std::int64_t>, Gathered> cells;
    std::vector<std::pair<std::string, std::int64_t>> order;
    const auto folds = stored_at(record->body, "folds", std::int64_t{0});
    for (const Json& row : stored_at(record->body, "runs", Json())) {
        const std::pair key{stored_at(row, "way", std::string()), stored_at(row, "count", std::int64_t{0})};
        if (cells.count(key) == 0) order.push_back(key);
        Gathered& g = cells[key];
        g.cell.way = key.first;
        g.cell.count = key.second;
        const auto run = store.run(stored_at(row, "run", std::string()));
        if (run && g.cell.tried.rate <= 0) g.cell.tried = tried_settings(run.value().spec);
        if (!run || run.value().status != "finished") {
            ++g.cell.waiting;
            continue;
        }
        const RunRecord& r = run.value();
        const std::string part = folds > 0 ? "validation/" : "test/";
        for (const std::string& metric : judged_by(r))
            if (const auto value = last_of(store, r.id, part + metric)) {
                g.cell.metric = part + metric;
                g.quality.push_back(*value);
                break;
            }
        g.seconds.push_back(r.seconds);
        if (const auto v = last_of(store, r.id, part + "milliseconds_per_item")) g.milliseconds.push_back(*v);
        if (const auto v = last_of(store, r.id, "train/memory_bytes")) g.memory.push_back(*v);
        if (const auto v = last_of(store, r.id, "system/energy_kwh")) g.kwh.push_back(*v);
        g.cell.trainable_share =
            r.facts.value("trainable_parameters", 0.0) / std::max(1.0, r.facts.value("parameters", 1.0));
    }
    Pilot pilot{name, folds, {}};
    for (const auto& key : order) {
        Gathered& g = cells[key];
        g.cell.quality = spread_of(g.quality);
        g.cell.seconds = spread_of(g.seconds);
        g.cell.milliseconds = spread_of(g.milliseconds);
        g.cell.memory = spread_of(g.memory);
        if (!g.kwh.empty()) g.cell.kwh = spread_of(g.kwh).mean;
        pilot.cells.push_back(std::move(g.cell));
    }
    std::stable_sort(pilot.cells.begin(), pilot.cells.end(), [&](const PilotCell& a, const PilotCell& b) {
        const auto place = [&](const PilotCell& c) {
            return std::find_if(order.begin(), order.end(), [&](const auto& key) { return key.first == c.way; }) -
                   order.begin();
        };
        return std::pair(place(a), a.count > 0 ? a.count : INT64_MAX) <
               std::pair(place(b), b.count > 0 ? b.count : INT64_MAX);
    });
    return pilot;
}

std::string pilot_report(const Pilot& pilot, const CostModel& model) {
    std::int64_t waiting = 0;
    for (const PilotCell& cell : pilot.cells) waiting += cell.waiting;
    std::string body = "<h1>Pilot: " + html_escaped(pilot.name) + "</h1>\n";
    if (waiting > 0)
        body += "<p class=\"warning\">Without a result yet: " + grouped(waiting) +
                " of the runs. The figures below are of those that have one.</p>\n";
    body += advice(pilot) + curve(pilot) + "<p class=\"muted\">Dashed lines: one standard deviation over " +
            (pilot.folds > 0 ? "the " + grouped(pilot.folds) + " folds of a cross-validation" : "seeds") +
            ".</p>\n<h2>Results</h2>\n<table>";
    body += row_of({"Way", "Tried with", "Labels", "Quality", "Trained", "Seconds to train", "kWh",
                    "Milliseconds an item", "Memory"},
                   "th");
    for (const PilotCell& c : pilot.cells)
        body += row_of({way_title(c.way), c.tried.text(), count_text(c.count), spread_text(c.quality, 3, "–"),
                        significant(100 * c.trainable_share, 3) + " %", spread_text(c.seconds, 3, "–"),
                        c.kwh ? significant(*c.kwh, 3) : "not measured", spread_text(c.milliseconds, 3, "–"),
                        c.memory.count > 0 ? byte_text(static_cast<std::uint64_t>(c.memory.mean)) : "–"});
    body += "</table>\n";
    if (model.items_a_day > 0) {
        body += "<h2>What it costs a day</h2>\n<p>" + grouped(static_cast<std::int64_t>(model.items_a_day)) +
                " items a day, " + significant(model.price_an_hour) + " " + html_escaped(model.currency) +
                " an hour of machine, " + significant(model.value_of_an_error) + " " + html_escaped(model.currency) +
                " an error.</p>\n<table>" +
                row_of({"Way", "Labels", "Answering", "Errors", "Together", "Training, once"}, "th");
        for (const PilotCell& c : pilot.cells) {
            if (c.quality.count == 0) continue;
            const double answers = c.answers_a_day(model), errors = c.errors_a_day(model);
            body +=
                row_of({way_title(c.way), count_text(c.count), significant(answers, 3), significant(errors, 3),
                        significant(answers + errors, 3), significant(c.seconds.mean / 3600 * model.price_an_hour, 3)});
        }
        body += "</table>\n";
    }
    return html_page("Pilot: " + pilot.name, body);
}

}  // namespace gw
