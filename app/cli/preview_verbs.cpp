#include <algorithm>
#include <cmath>
#include <iostream>
#include <memory>

#include "cli/cli.h"
#include "cli/follow.h"
#include "cli/progress_line.h"
#include "cli/spec_options.h"
#include "cli/table.h"
#include "data/preview.h"
#include "data/tables/cell_texts.h"
#include "spec/run_spec.h"
#include "util/text.h"

namespace gw::cli {

namespace {

struct PreviewOptions {
    SpecOptions spec;
    std::int64_t rows = 100000;
    bool json = false;
};

/// A histogram, or a curve, as a row of blocks.
std::string blocks_of(const std::vector<double>& values, double least, double most) {
    static constexpr const char* blocks[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    std::string out;
    for (const double value : values) {
        const double share = most > least ? (value - least) / (most - least) : 0.5;
        out += std::isfinite(share) ? blocks[static_cast<int>(std::clamp(share * 8, 0.0, 7.0))] : " ";
    }
    return out;
}

std::string histogram_text(const ColumnSurvey::Column& column) {
    const std::vector<double> counts(column.bins.begin(), column.bins.end());
    return counts.empty() ? "" : blocks_of(counts, 0, *std::max_element(counts.begin(), counts.end()));
}

std::string value_text(const ColumnSurvey::Column& column, double value) {
    if (column.filled == 0) return "";
    return column.type == ColumnSurvey::Type::dates ? date_text(value) : significant(value, 4);
}

void print_numbers(const ColumnSurvey& survey) {
    using Align = Table::Align;
    Table table({{"COLUMN"},
                 {"VALUES", Align::right},
                 {"MISSING", Align::right},
                 {"MEAN", Align::right},
                 {"DEVIATION", Align::right},
                 {"LEAST", Align::right},
                 {"MOST", Align::right},
                 {"HOW OFTEN"}});
    bool any = false;
    for (const ColumnSurvey::Column& one : survey.columns) {
        if (one.type == ColumnSurvey::Type::words) continue;
        any = true;
        const bool dates = one.type == ColumnSurvey::Type::dates;
        table.add({one.name + (one.target ? " (target)" : ""), grouped(one.filled),
                   significant(100 * one.missing_share(), 3) + " %", value_text(one, one.mean),
                   one.filled == 0 ? "" : significant(one.deviation, 4) + (dates ? " days" : ""),
                   value_text(one, one.least), value_text(one, one.most), histogram_text(one)});
    }
    if (any) std::cout << table.text();
}

void print_words(const ColumnSurvey& survey) {
    for (const ColumnSurvey::Column& one : survey.columns) {
        if (one.type != ColumnSurvey::Type::words) continue;
        std::cout << one.name << ": " << grouped(one.different)
                  << (one.different == 1 ? " category, " : " categories, ") << significant(100 * one.missing_share(), 3)
                  << " % missing: ";
        for (std::size_t i = 0; i < one.categories.size(); ++i)
            std::cout << (i > 0 ? ", " : "") << one.categories[i].first << " (" << grouped(one.categories[i].second)
                      << ")";
        const auto told = static_cast<std::int64_t>(one.categories.size());
        std::cout << (told < one.different ? ", and " + grouped(one.different - told) + " more\n" : "\n");
    }
}

/// The strongest alone: the whole table is in --json.
void print_correlations(const ColumnSurvey& survey) {
    struct Pair {
        std::size_t one, other;
        double value;
    };
    std::vector<Pair> pairs;
    const std::size_t width = survey.correlated.size();
    for (std::size_t a = 0; a < width; ++a)
        for (std::size_t b = a + 1; b < width; ++b)
            if (const double value = survey.correlations[a * width + b]; std::isfinite(value))
                pairs.push_back({a, b, value});
    std::stable_sort(pairs.begin(), pairs.end(),
                     [](const Pair& one, const Pair& other) { return std::abs(one.value) > std::abs(other.value); });
    constexpr std::size_t most = 10;
    if (pairs.empty()) return;
    std::cout << "Correlations of the first " << width << " columns of numbers, the strongest first:\n";
    const auto name = [&](std::size_t at) { return survey.columns[survey.correlated[at]].name; };
    for (std::size_t i = 0; i < std::min(most, pairs.size()); ++i)
        std::cout << "  " << (pairs[i].value < 0 ? "" : " ") << significant(pairs[i].value, 3) << "  "
                  << name(pairs[i].one) << " and " << name(pairs[i].other) << "\n";
}

void print_series(const ColumnSurvey& survey) {
    if (!survey.series) return;
    constexpr std::size_t signs = 72;
    std::cout << "Course of each column, from the first row to the last:\n";
    for (const ColumnSurvey::Column& one : survey.columns) {
        if (one.curve.empty()) continue;
        std::vector<double> drawn;
        const std::size_t many = std::min(signs, one.curve.size());
        for (std::size_t i = 0; i < many; ++i) drawn.push_back(one.curve[i * one.curve.size() / many]);
        std::cout << "  " << blocks_of(drawn, one.least, one.most) << "  " << one.name << "\n";
    }
    if (survey.all_gaps == 0) return;
    std::cout << grouped(survey.all_gaps) << (survey.all_gaps == 1 ? " gap" : " gaps") << " in the times:\n";
    for (const ColumnSurvey::Gap& gap : survey.gaps)
        std::cout << "  " << gap.from << " to " << gap.to << ", " << significant(gap.missing_rows, 4)
                  << " rows, before " << place_text(gap.behind) << "\n";
}

Json preview_json(const DatasetPreview& found) {
    Json out = {{"report", to_json(found.report)}, {"whole", found.whole}, {"documents", Json::array()}};
    for (const DatasetPreview::Entry& entry : found.documents)
        out["documents"].push_back(
            {{"source", entry.source}, {"row", entry.row}, {"label", entry.label}, {"text", entry.text}});
    out["columns"] = found.columns ? to_json(*found.columns) : Json();
    return out;
}

/// The section of the data, complete; what is set of other sections may not fit it yet.
Json looked_at(const SpecOptions& o) {
    const Json spec = set_all_in_spec(spec_before_options(o), assignments(o.set), data_of(o)).or_throw();
    for (const schema::Problem& problem : check_spec(spec))
        if (problem.path.starts_with("dataset.") && !problem.warning)
            throw Failure(Error{Error::Code::bad_spec, problem.path + ": " + problem.message, "", {}});
    const Json& section = spec.at("dataset");
    return find_sheet("dataset", section.at("kind"))->complete(section);
}

void preview(const PreviewOptions& o) {
    const Json section = looked_at(o.spec);
    constexpr std::int64_t shown = 5;
    constexpr std::size_t longest = 300;
    const StopAtInterrupt interrupt;
    ProgressLine progress;
    auto looked = inspect_dataset(section, shown, longest, o.rows, interrupt.token(), progress.shown());
    progress.end();
    const DatasetPreview found = std::move(looked).or_throw();
    if (o.json) return print_json(preview_json(found));
    if (const std::string text = read_report_text(found.report); !text.empty()) std::cout << text << "\n";
    for (const std::string& warning : found.report.warnings) std::cout << "! " << warning << "\n";
    for (const DatasetPreview::Entry& entry : found.documents)
        std::cout << "  " << (entry.label.empty() ? "" : "[" + entry.label + "] ") << entry.text << "\n";
    if (!found.columns) return;
    const ColumnSurvey& survey = *found.columns;
    const auto kept = static_cast<std::int64_t>(ColumnSurvey::most_columns);
    std::cout << "Columns, by " << (found.whole ? "all " : "the first ") << grouped(survey.rows) << " rows"
              << (survey.all_columns > kept
                      ? "; the first " + grouped(kept) + " of " + grouped(survey.all_columns) + " columns"
                      : "")
              << ":\n";
    print_numbers(survey);
    print_words(survey);
    print_correlations(survey);
    print_series(survey);
}

}  // namespace

void add_preview_verbs(Cli& cli) {
    auto o = std::make_shared<PreviewOptions>();
    CLI::App& verb = cli.verb("preview",
                              "Look at data before anything is trained: how it is read, its first rows, and of tables "
                              "and series how each column is spread, what is missing and which go together");
    add_spec_options(verb, o->spec);
    whole_number(verb.add_option("--rows", o->rows, "Look at so many rows at most")->capture_default_str())
        ->check(CLI::Range(std::int64_t{1}, std::int64_t{10000000}));
    verb.add_flag("--json", o->json, "Print one JSON object");
    verb.callback([o] { preview(*o); });
}

}  // namespace gw::cli
