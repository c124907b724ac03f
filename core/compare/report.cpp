#include "compare/report.h"

#include <algorithm>

#include "compare/cost.h"
#include "compare/diagnosis.h"
#include "compare/html_page.h"
#include "compare/svg_plot.h"
#include "schema/metric.h"
#include "util/base64.h"
#include "util/files.h"
#include "util/text.h"

namespace gw {

namespace {

std::string cell(const std::string& text, bool number = false) {
    return std::string("<td") + (number ? " class=\"number\">" : ">") + html_escaped(text) + "</td>";
}

std::string text_of(const std::optional<double>& value, int digits = 4) {
    return value ? significant(*value, digits) : "–";
}

std::string pairs_table(const std::vector<std::pair<std::string, std::string>>& pairs) {
    std::string out = "<table>\n";
    for (const auto& [name, value] : pairs)
        out += "<tr><td class=\"muted\">" + html_escaped(name) + "</td>" + cell(value) + "</tr>\n";
    return out + "</table>\n";
}

std::string settings_table(const std::vector<SpecRow>& rows, const std::vector<std::string>& heads,
                           bool only_differing) {
    std::string out = "<table><tr><th>Setting</th>";
    for (const std::string& head : heads) out += "<th>" + html_escaped(head) + "</th>";
    out += "</tr>\n";
    for (const SpecRow& row : rows) {
        if (only_differing && !row.differs) continue;
        out += "<tr><td class=\"muted\">" + html_escaped(row.path) + "</td>";
        for (const Json& value : row.values) out += cell(setting_text(value));
        out += "</tr>\n";
    }
    return out + "</table>\n";
}

SvgLine line_of(const Trace& trace, const std::string& label, int color) {
    return {label, trace.x, trace.y, color, false, false};
}

std::string curves(const Store& store, const RunRecord& run) {
    constexpr std::size_t fine = 700;
    constexpr double window = 20;
    const RunScale scale(run, {});
    struct Wanted {
        const char *title, *raw, *points;
        bool log_y;
    };
    std::string out;
    const auto recorded = store.metrics(run.id);
    const bool by_criterion = recorded && std::find(recorded.value().begin(), recorded.value().end(),
                                                    "validation/criterion") != recorded.value().end();
    const bool of_tokens = unit_of(run) == "tokens" && !learns_from_labels(run);
    for (const Wanted& plot :
         {Wanted{of_tokens ? "Loss (nats per token)" : "Loss", "train/loss", "validation/loss", false},
          Wanted{"Perplexity of the validation part", nullptr, "validation/perplexity", true},
          Wanted{"Gradient norm", "train/grad_norm", nullptr, true},
          Wanted{"Learning rate", "train/lr", nullptr, false}}) {
        SvgPlot svg{plot.title, "steps", {}, plot.log_y};
        auto add = [&](const char* metric, const char* label, int color, bool points) {
            if (!metric) return;
            const auto buckets = store.curve(run.id, metric, {.at_most = fine});
            if (!buckets || buckets.value().empty()) return;
            const bool smooth = std::string_view(metric) != "train/lr";
            SvgLine line =
                line_of(make_trace(buckets.value(), scale, {metric, XKind::step, YKind::value, smooth ? window : 0}),
                        label, color);
            line.points = points && line.x.size() < 60;
            svg.lines.push_back(std::move(line));
        };
        // Where training minimises more than the plain loss, its curve and that of the validation part do not meet.
        const bool criterion = by_criterion && plot.raw && std::string_view(plot.raw) == "train/loss";
        add(plot.raw,
            criterion ? "training: what it minimises, with smoothing, weights or a teacher (mean over about 20 steps)"
                      : "training (mean over about 20 steps)",
            0, false);
        add(plot.points, criterion ? "validation: the plain loss" : "validation", 1, true);
        if (svg.lines.empty()) continue;
        out += svg_of(svg);
        if (svg.lines.size() > 1)
            for (const SvgLine& line : svg.lines)
                out += "<span class=\"muted\"><span class=\"key\" style=\"background:" +
                       std::string(palette_color(line.color)) + "\"></span>" + html_escaped(line.label) +
                       "</span>&emsp;";
    }
    return out;
}

std::string environment(const RunRecord& run) {
    std::vector<std::pair<std::string, std::string>> pairs{
        {"Run", run.id}, {"Created", run.created}, {"Ended", run.ended.empty() ? "–" : run.ended}};
    for (const auto& [key, value] : run.facts.items())
        if (!value.is_null())
            pairs.emplace_back(key,
                               value.is_number_integer() ? grouped(value.get<std::int64_t>()) : setting_text(value));
    return pairs_table(pairs);
}

}  // namespace

Result<std::string> run_report(const Store& store, const RunRecord& run, const ForecastView& forecasts) {
    const auto samples = store.samples(run.id);
    const auto events = store.events(run.id);
    if (!samples) return samples.error();
    if (!events) return events.error();
    std::string body = "<h1>" + html_escaped(run.name) + "</h1>\n<p class=\"muted\">" + html_escaped(run.status) +
                       " · " + grouped(run.steps) + " steps · " + grouped(run.tokens) + " " + unit_of(run) + " · " +
                       duration_text(run.seconds) + " of training</p>\n";
    if (!run.cause.empty()) body += "<div class=\"warning\">" + html_escaped(run.cause) + "</div>\n";
    if (!run.tags.empty()) {
        body += "<p>";
        for (const std::string& tag : run.tags) body += "#" + html_escaped(tag) + " ";
        body += "</p>\n";
    }
    if (!run.notes.empty()) body += "<h2>Notes</h2>\n<pre>" + html_escaped(run.notes) + "</pre>\n";
    const Metric* judged_by = find_metric(main_metric_of(run));
    const std::string judged = judged_by ? judged_by->title : main_metric_of(run);
    std::vector<std::pair<std::string, std::string>> results{
        {judged + " (judged by)", text_of(run.score)},
        {judged + ", best", text_of(run.best_score)},
        {"Training loss", text_of(run.train_loss)},
        {"Validation loss", text_of(run.validation_loss)},
        {"Best validation loss", text_of(run.best_validation_loss)}};
    if (is_language_model(run)) {
        results.emplace_back("Perplexity", text_of(run.perplexity));
        results.emplace_back("Bits per byte", text_of(run.bits_per_byte));
    }
    results.emplace_back(unit_of(run) == "images"    ? "Images a second"
                         : unit_of(run) == "windows" ? "Windows a second"
                         : unit_of(run) == "rows"    ? "Rows a second"
                                                     : "Tokens a second",
                         text_of(run.tokens_per_second));
    const auto rates = cost_rates(store);
    if (!rates) return rates.error();
    if (const std::string cost = cost_text(cost_of(store, run, rates.value()), rates.value()); !cost.empty())
        results.emplace_back("Cost", cost);
    body += "<h2>Results</h2>\n" + pairs_table(results);
    const auto findings = diagnose(store, run);
    if (!findings.empty()) {
        body += "<ul>\n";
        for (const Finding& finding : findings)
            body += "<li>" + html_escaped(finding.what.text()) +
                    (finding.advice.form.empty()
                         ? ""
                         : " <span class=\"muted\">" + html_escaped(finding.advice.text()) + "</span>") +
                    "</li>\n";
        body += "</ul>\n";
    }
    body += "<h2>Curves</h2>\n" + curves(store, run);
    body += forecasts_html(forecasts);
    if (!samples.value().empty())
        body += samples.value().back().picture.empty() ? "<h2>What it writes</h2>\n" : "<h2>What it draws</h2>\n";
    constexpr std::size_t shown_samples = 4;
    for (std::size_t i = 0; i < std::min(shown_samples, samples.value().size()); ++i) {
        const SampleRecord& sample = samples.value()[samples.value().size() - 1 - i];
        const auto picture = sample.picture.empty() ? Result<std::string>(std::string()) : read_file(sample.picture);
        if (picture && !picture.value().empty())
            body += "<p class=\"muted\">Step " + grouped(sample.step) + " · " + html_escaped(sample.text) +
                    "</p>\n<p><img alt=\"" + html_escaped(sample.text) + "\" src=\"data:image/png;base64," +
                    to_base64(picture.value()) + "\"></p>\n";
        else
            body += "<p class=\"muted\">Step " + grouped(sample.step) + "</p>\n<pre>" + html_escaped(sample.text) +
                    "</pre>\n";
    }
    if (!events.value().empty()) {
        body += "<h2>Events</h2>\n<table>\n";
        for (const EventRecord& event : events.value())
            body += "<tr>" + cell(grouped(event.step), true) + cell(event.kind) + cell(event.text) + "</tr>\n";
        body += "</table>\n";
    }
    body += "<h2>Settings</h2>\n" + settings_table(spec_table({run}), {"Value"}, false);
    body += "<h2>Environment</h2>\n" + environment(run);
    return html_page(run.name, body);
}

Result<std::string> comparison_report(const Store& store, const ComparisonWish& wish) {
    auto compared = compare(store, wish);
    if (!compared) return compared.error();
    const Comparison& c = compared.value();
    const std::string title = "Comparison of " + std::to_string(c.runs.size()) + " runs";
    std::string body = "<h1>" + title + "</h1>\n<p class=\"muted\">" + html_escaped(c.wish.metric) + "</p>\n";
    for (const Phrase& warning : c.warnings)
        body += "<div class=\"warning\">" + html_escaped(warning.text()) + "</div>\n";
    const std::string& unit = c.x_unit;
    SvgPlot plot{c.wish.metric, unit, {}, false, 760, 360};
    std::vector<std::string> labels;
    for (const ComparedRun& run : c.runs) {
        const int number = static_cast<int>(run.record.number);
        SvgLine line = line_of(run.trace, run.label, number);
        line.dashed = number / 6 % 2 == 1;
        plot.lines.push_back(std::move(line));
        labels.push_back(run.label);
    }
    body += svg_of(plot) +
            "<h2>Summary</h2>\n<table><tr><th>Run</th><th class=\"number\">Best</th><th class=\"number\">Last</th><th "
            "class=\"number\">" +
            (c.equal_x ? "At " + significant(*c.equal_x) + " " + unit : std::string("At equal x")) +
            "</th><th class=\"number\">Difference</th><th>Time to target</th><th class=\"number\">Trained</th>"
            "<th>Cost</th></tr>\n";
    for (std::size_t i = 0; i < c.runs.size(); ++i) {
        const ComparedRun& run = c.runs[i];
        body += "<tr><td><span class=\"key\" style=\"background:" +
                std::string(palette_color(static_cast<int>(run.record.number))) + "\"></span>" +
                html_escaped(run.label) + (i == c.baseline ? " <span class=\"muted\">(baseline)</span>" : "") +
                "</td>" + cell(text_of(run.best), true) + cell(text_of(run.last), true) +
                cell(text_of(run.at_equal_x), true) + cell(i == c.baseline ? "" : text_of(run.difference, 3), true) +
                cell(run.trace.empty() ? run.missing.text() : target_phrase(c, run).text()) +
                cell(duration_text(run.cost.seconds), true) + cell(cost_text(run.cost, c.rates)) + "</tr>\n";
    }
    body += "</table>\n";
    if (tells_of_seeds(c)) {
        body +=
            "<h2>Seeds</h2>\n<table><tr><th>Group</th><th class=\"number\">Runs</th><th class=\"number\">Mean</th><th "
            "class=\"number\">Standard deviation</th><th>Against the baseline</th></tr>\n";
        for (std::size_t i = 0; i < c.groups.size(); ++i) {
            const RunGroup& group = c.groups[i];
            body += "<tr>" + cell(group.label) + cell(std::to_string(group.runs.size()), true) +
                    cell(group.spread.count > 0 ? significant(group.spread.mean) : "–", true) +
                    cell(group.spread.count > 1 ? significant(group.spread.deviation, 2) : "–", true) +
                    cell(i == 0 ? "" : group.verdict.phrase().text()) + "</tr>\n";
        }
        body += "</table>\n";
    }
    body += "<h2>Settings that differ</h2>\n" + settings_table(c.settings, labels, true);
    for (const ComparedRun& run : c.runs)
        body += "<h2>" + html_escaped(run.label) + "</h2>\n" + environment(run.record);
    return html_page(title, body);
}

}  // namespace gw
