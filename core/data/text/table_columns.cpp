#include "data/text/table_columns.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>

#include "util/text.h"

namespace gw {

namespace {

std::size_t median(std::vector<std::size_t> values) {
    if (values.empty()) return 0;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

std::string number_name(std::size_t column) {
    return "column " + std::to_string(column + 1);
}

Error doubtful(const std::string& message, const std::string& setting) {
    return {
        Error::Code::bad_data, message, "Set " + setting + " to the name of the column, or its number (from 1)", {}};
}

/// Evidence of one first cell: above 0 for a name, below 0 for a text like the others.
int text_evidence(const std::string& first, const ColumnStatistics& column) {
    const std::size_t usual_words = column.median_words();
    if (usual_words >= 3) {  // a script with spaces
        const std::size_t words = words_in(first);
        return words <= 1 ? 1 : words * 2 >= usual_words && words >= 3 ? -1 : 0;
    }
    const std::size_t usual = column.median_length(), length = characters_in(first);
    if (usual < 8) return 0;
    return length * 3 <= usual ? 1 : length * 2 >= usual ? -1 : 0;
}

}  // namespace

std::size_t characters_in(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::size_t words_in(std::string_view text) {
    std::size_t words = 0;
    bool inside = false;
    for (const char c : text) {
        const bool space = c == ' ' || (c >= '\t' && c <= '\r');
        words += !space && !inside;
        inside = !space;
    }
    return words;
}

bool is_number(std::string_view text) {
    std::string plain(trim(text));
    if (std::count(plain.begin(), plain.end(), ',') == 1 && plain.find('.') == std::string::npos)
        plain[plain.find(',')] = '.';
    if (plain.starts_with('+')) plain.erase(0, 1);
    double value = 0;
    const auto [end, failed] = std::from_chars(plain.data(), plain.data() + plain.size(), value);
    return !plain.empty() && failed == std::errc() && end == plain.data() + plain.size() && std::isfinite(value);
}

void ColumnStatistics::add(const std::string& cell) {
    const std::string value(trim(cell));
    ++rows;
    ++values[value];
    lengths.push_back(characters_in(value));
    words.push_back(words_in(value));
    filled += !value.empty();
    numbers += is_number(value);
}

double ColumnStatistics::mean_length() const {
    return lengths.empty() ? 0
                           : static_cast<double>(std::accumulate(lengths.begin(), lengths.end(), std::size_t{0})) /
                                 static_cast<double>(lengths.size());
}
std::size_t ColumnStatistics::median_length() const {
    return median(lengths);
}
std::size_t ColumnStatistics::median_words() const {
    return median(words);
}
std::size_t ColumnStatistics::rarest() const {
    std::size_t least = rows;
    for (const auto& [value, count] : values) least = std::min(least, count);
    return least;
}

std::vector<ColumnStatistics> column_statistics(const std::vector<TableSample>& samples, bool with_first_rows) {
    std::vector<ColumnStatistics> out(samples.front().rows.front().cells.size());
    for (const TableSample& sample : samples) {
        if (sample.rows.empty() || sample.rows.front().cells.size() != out.size()) continue;
        for (std::size_t i = with_first_rows ? 0 : 1; i < sample.rows.size(); ++i) {
            // Tables that were put one behind the other repeat their header.
            if (!with_first_rows && sample.rows[i].cells == samples.front().rows.front().cells) continue;
            for (std::size_t column = 0; column < out.size() && column < sample.rows[i].cells.size(); ++column)
                out[column].add(sample.rows[i].cells[column]);
        }
    }
    return out;
}

std::optional<bool> first_rows_are_names(const std::vector<TableSample>& samples,
                                         const std::vector<ColumnStatistics>& columns) {
    const std::vector<std::string>& first = samples.front().rows.front().cells;
    std::size_t like_first = 0, files = 0;
    for (const TableSample& sample : samples) {
        if (sample.rows.empty()) continue;
        ++files;
        like_first += sample.rows.front().cells == first;
    }
    std::size_t longest = 0;
    for (std::size_t c = 1; c < columns.size(); ++c)
        if (columns[c].mean_length() > columns[longest].mean_length()) longest = c;
    int label_says = 0;
    bool number_says = false, data_says = false, rare_classes = false;
    for (std::size_t c = 0; c < columns.size(); ++c) {
        const std::string cell(trim(first[c]));
        const ColumnStatistics& column = columns[c];
        if (column.numeric()) {
            if (is_number(cell))
                data_says = true;
            else if (!cell.empty())
                number_says = true;
            continue;
        }
        if (cell.empty()) continue;
        if (column.has(cell))
            data_says = true;
        else if (c != longest && column.repeats() && !column.constant()) {
            label_says = 1;
            rare_classes = rare_classes || column.rarest() < 3 || column.rows < 10;
        }
    }
    // Several files that begin with one and the same row, which stands nowhere else, begin with their header.
    if (files >= 2 && like_first == files && !data_says) return true;
    if (number_says != data_says) return number_says;
    if (number_says) return std::nullopt;
    const int text_says = text_evidence(std::string(trim(first[longest])), columns[longest]);
    if (label_says > 0) {
        if (text_says > 0 || (text_says == 0 && !rare_classes)) return true;
        return std::nullopt;
    }
    if (text_says > 0) return std::nullopt;
    return false;
}

Result<std::size_t> text_column(const std::vector<ColumnStatistics>& columns, std::optional<std::size_t> label,
                                const TableWishes& wishes) {
    std::optional<std::size_t> best, second;
    auto length = [&](std::size_t c) { return columns[c].mean_length(); };
    for (std::size_t c = 0; c < columns.size(); ++c) {
        if (c == label || columns[c].numeric()) continue;
        if (!best || length(c) > length(*best)) {
            second = best;
            best = c;
        } else if (!second || length(c) > length(*second)) {
            second = c;
        }
    }
    if (!best) return doubtful("No column of this table looks like text", wishes.text_setting);
    if (second && length(*best) < 1.5 * length(*second)) {
        // Classes with long names beside short texts: what comes again and again is no text.
        if (columns[*second].repeats() && !columns[*best].repeats()) return *best;
        if (columns[*best].repeats() && !columns[*second].repeats()) return *second;
        return doubtful("It is not clear which column is the text: " + number_name(*best) + " and " +
                            number_name(*second) + " are about as long",
                        wishes.text_setting);
    }
    return *best;
}

Result<std::size_t> label_column(const std::vector<ColumnStatistics>& columns, std::size_t text,
                                 const TableWishes& wishes) {
    if (columns.size() == 2) return 1 - text;
    std::vector<std::size_t> likely;
    for (std::size_t c = 0; c < columns.size(); ++c) {
        if (c == text || columns[c].constant()) continue;
        if (wishes.labels == LabelKind::number ? columns[c].numeric() : columns[c].repeats()) likely.push_back(c);
    }
    std::sort(likely.begin(), likely.end(),
              [&](std::size_t a, std::size_t b) { return columns[a].values.size() < columns[b].values.size(); });
    const char* wanted = wishes.labels == LabelKind::number ? "numbers" : "classes";
    if (likely.empty())
        return doubtful(std::string("It is not clear which column is the label: none but the text's holds ") + wanted +
                            " that come again",
                        "dataset.label");
    constexpr std::size_t clearly = 4;
    if (likely.size() > 1 && (wishes.labels == LabelKind::number ||
                              columns[likely[1]].values.size() < clearly * columns[likely[0]].values.size()))
        return doubtful(std::string("It is not clear which column is the label: ") + number_name(likely[0]) + " and " +
                            number_name(likely[1]) + " both hold " + wanted,
                        "dataset.label");
    return likely.front();
}

}  // namespace gw
