#include "data/column_survey.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "data/dates.h"
#include "data/series/time_gaps.h"

namespace gw {

namespace {

constexpr double no_value = std::numeric_limits<double>::quiet_NaN();

/// How the values that are there are spread (Welford 1962), and the parts they fall into.
void spread_into(ColumnSurvey::Column& out, const std::vector<double>& values) {
    double squares = 0;
    bool whole = true;
    for (const double value : values) {
        if (std::isnan(value)) {
            ++out.missing;
            continue;
        }
        out.least = out.filled == 0 ? value : std::min(out.least, value);
        out.most = out.filled == 0 ? value : std::max(out.most, value);
        const double gap = value - out.mean;
        out.mean += gap / static_cast<double>(++out.filled);
        squares += gap * (value - out.mean);
        whole = whole && value == std::floor(value);
    }
    if (out.filled == 0) return;
    out.deviation = std::sqrt(squares / static_cast<double>(out.filled));
    const double range = out.most - out.least;
    constexpr double least_bins = 5, most_bins = ColumnSurvey::most_bins;
    // A few whole numbers have a bar each.
    double bins = std::clamp(std::ceil(std::sqrt(static_cast<double>(out.filled))), least_bins, most_bins);
    if (whole && range < most_bins) bins = range + 1;
    if (!(range > 0) || !std::isfinite(range)) bins = 1;
    out.bins.assign(static_cast<std::size_t>(bins), 0);
    for (const double value : values) {
        if (std::isnan(value)) continue;
        const double share = bins > 1 ? (value - out.least) / range : 0;
        ++out.bins[static_cast<std::size_t>(std::min(bins - 1, std::floor(share * bins)))];
    }
}

std::vector<double> curve_of(const std::vector<double>& values) {
    const std::size_t points = std::min(values.size(), ColumnSurvey::most_points);
    std::vector<double> out;
    for (std::size_t i = 0; i < points; ++i) {
        const std::size_t first = i * values.size() / points, last = (i + 1) * values.size() / points;
        double sum = 0;
        std::size_t count = 0;
        for (std::size_t at = first; at < last; ++at)
            if (!std::isnan(values[at])) sum += values[at], ++count;
        out.push_back(count > 0 ? sum / static_cast<double>(count) : no_value);
    }
    return out;
}

/// Over what both have; two passes, so that nothing cancels.
double pearson(const std::vector<double>& one, const std::vector<double>& other) {
    double count = 0, mean = 0, other_mean = 0;
    for (std::size_t r = 0; r < one.size(); ++r) {
        if (std::isnan(one[r]) || std::isnan(other[r])) continue;
        ++count;
        mean += (one[r] - mean) / count;
        other_mean += (other[r] - other_mean) / count;
    }
    double both = 0, squares = 0, other_squares = 0;
    for (std::size_t r = 0; r < one.size(); ++r) {
        if (std::isnan(one[r]) || std::isnan(other[r])) continue;
        const double a = one[r] - mean, b = other[r] - other_mean;
        both += a * b, squares += a * a, other_squares += b * b;
    }
    if (!(squares > 0) || !(other_squares > 0)) return no_value;
    return std::clamp(both / std::sqrt(squares) / std::sqrt(other_squares), -1.0, 1.0);
}

Json number_or_null(double value) {
    return std::isfinite(value) ? Json(value) : Json();
}

const char* type_word(ColumnSurvey::Type type) {
    switch (type) {
        case ColumnSurvey::Type::numbers:
            return "numbers";
        case ColumnSurvey::Type::dates:
            return "dates";
        case ColumnSurvey::Type::words:
            break;
    }
    return "words";
}

}  // namespace

void ColumnSurveyor::add(const Document& document) {
    if (!document.series && !document.table) return;
    const std::span<const double> values = document.series ? document.series->values : document.table->values;
    if (columns_.empty()) {
        series_ = document.series != nullptr;
        all_columns_ = values.size();
        const std::size_t kept = std::min(all_columns_, ColumnSurvey::most_columns);
        for (std::size_t c = 0; c < kept; ++c)
            columns_.push_back(series_ ? TableColumn{(*document.series->columns)[c], {}, false}
                                       : (*document.table->columns)[c]);
        values_.resize(kept);
    }
    for (std::size_t c = 0; c < values_.size(); ++c) {
        const bool made_up = document.series && !document.series->filled.empty() && document.series->filled[c] != 0;
        values_[c].push_back(made_up ? no_value : values[c]);
    }
    ++rows_;
    if (document.label && document.label->classes.empty()) {
        targets_.resize(rows_ - 1, no_value);
        targets_.push_back(document.label->value);
    }
    if (document.series && !document.series->time.empty()) {
        times_.resize(rows_ - 1);
        times_.emplace_back(document.series->time);
        if (files_.empty() || files_.back().name != document.source)
            files_.push_back({std::string(document.source), rows_ - 1});
        places_.resize(rows_ - 1);
        places_.push_back(document.row);
    }
}

ColumnSurvey::Column ColumnSurveyor::column_of(std::size_t place) const {
    const TableColumn& known = columns_[place];
    const std::vector<double>& values = values_[place];
    ColumnSurvey::Column out;
    out.name = known.name;
    if (known.categories.empty()) {
        out.type = known.dates ? ColumnSurvey::Type::dates : ColumnSurvey::Type::numbers;
        spread_into(out, values);
        if (series_) out.curve = curve_of(values);
        return out;
    }
    out.type = ColumnSurvey::Type::words;
    std::vector<std::int64_t> counts(known.categories.size(), 0);
    for (const double value : values) {
        if (std::isnan(value)) {
            ++out.missing;
            continue;
        }
        ++out.filled;
        ++counts[static_cast<std::size_t>(value)];
    }
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < counts.size(); ++i)
        if (counts[i] > 0) order.push_back(i);
    out.different = static_cast<std::int64_t>(order.size());
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return counts[a] > counts[b]; });
    order.resize(std::min(order.size(), ColumnSurvey::most_categories));
    for (const std::size_t i : order) out.categories.emplace_back(known.categories[i], counts[i]);
    return out;
}

std::optional<ColumnSurvey> ColumnSurveyor::made(const std::string& target) const {
    if (rows_ == 0) return std::nullopt;
    ColumnSurvey out;
    out.rows = static_cast<std::int64_t>(rows_);
    out.all_columns = static_cast<std::int64_t>(all_columns_);
    out.series = series_;
    std::vector<const std::vector<double>*> numbers;
    std::vector<double> targets = targets_;
    if (!targets.empty()) {
        targets.resize(rows_, no_value);
        ColumnSurvey::Column& one = out.columns.emplace_back();
        one.name = target;
        one.target = true;
        spread_into(one, targets);
        out.correlated.push_back(0);
        numbers.push_back(&targets);
    }
    for (std::size_t c = 0; c < values_.size(); ++c) {
        out.columns.push_back(column_of(c));
        if (out.columns.back().type != ColumnSurvey::Type::numbers || numbers.size() >= ColumnSurvey::most_correlated)
            continue;
        out.correlated.push_back(out.columns.size() - 1);
        numbers.push_back(&values_[c]);
    }
    const std::size_t width = numbers.size();
    out.correlations.assign(width * width, no_value);
    for (std::size_t a = 0; a < width; ++a)
        for (std::size_t b = a; b < width; ++b)
            out.correlations[a * width + b] = out.correlations[b * width + a] = pearson(*numbers[a], *numbers[b]);
    find_gaps(out);
    return out;
}

void ColumnSurveyor::find_gaps(ColumnSurvey& survey) const {
    for (std::size_t f = 0; f < files_.size(); ++f) {
        const std::size_t begin = files_[f].begin, end = f + 1 < files_.size() ? files_[f + 1].begin : times_.size();
        const std::vector<std::string> cells(times_.begin() + static_cast<std::ptrdiff_t>(begin),
                                             times_.begin() + static_cast<std::ptrdiff_t>(end));
        std::size_t bad = 0;
        const auto times = read_times(cells, bad);
        if (!times) continue;  // the reader says what is wrong with them
        const TimeGaps found = gaps_in(times.value().values);
        for (const std::size_t at : found.before) {
            ++survey.all_gaps;
            if (survey.gaps.size() >= ColumnSurvey::most_gaps) continue;
            const std::vector<double>& all = times.value().values;
            survey.gaps.push_back({{files_[f].name, places_[begin + at]},
                                   cells[at - 1],
                                   cells[at],
                                   std::round((all[at] - all[at - 1]) / found.usual) - 1});
        }
    }
}

Json to_json(const ColumnSurvey& survey) {
    Json columns = Json::array(), correlated = Json::array(), matrix = Json::array(), gaps = Json::array();
    for (const ColumnSurvey::Column& one : survey.columns) {
        Json told = {{"name", one.name},     {"type", type_word(one.type)}, {"target", one.target},
                     {"filled", one.filled}, {"missing", one.missing},      {"missing_share", one.missing_share()}};
        if (one.type == ColumnSurvey::Type::words) {
            told["different"] = one.different;
            told["categories"] = Json::array();
            for (const auto& [word, count] : one.categories)
                told["categories"].push_back({{"name", word}, {"count", count}});
        } else {
            told.update({{"mean", number_or_null(one.mean)},
                         {"deviation", number_or_null(one.deviation)},
                         {"least", number_or_null(one.least)},
                         {"most", number_or_null(one.most)},
                         {"bins", one.bins}});
        }
        if (!one.curve.empty()) {
            told["curve"] = Json::array();
            for (const double value : one.curve) told["curve"].push_back(number_or_null(value));
        }
        columns.push_back(std::move(told));
    }
    const std::size_t width = survey.correlated.size();
    for (std::size_t a = 0; a < width; ++a) {
        correlated.push_back(survey.columns[survey.correlated[a]].name);
        Json row = Json::array();
        for (std::size_t b = 0; b < width; ++b) row.push_back(number_or_null(survey.correlations[a * width + b]));
        matrix.push_back(std::move(row));
    }
    for (const ColumnSurvey::Gap& gap : survey.gaps)
        gaps.push_back({{"file", gap.behind.file},
                        {"row", gap.behind.row},
                        {"from", gap.from},
                        {"to", gap.to},
                        {"missing_rows", gap.missing_rows}});
    return {{"rows", survey.rows},      {"all_columns", survey.all_columns}, {"columns", std::move(columns)},
            {"correlated", correlated}, {"correlations", std::move(matrix)}, {"all_gaps", survey.all_gaps},
            {"gaps", std::move(gaps)}};
}

}  // namespace gw
