#include "data/tables/encoded_rows.h"

#include <algorithm>
#include <cmath>

#include "data/example_collector.h"
#include "data/reckoned.h"
#include "data/tables/cells.h"
#include "data/text/table_layout.h"
#include "util/text.h"

namespace gw {

void TableMeasure::add(Part part, const Document& document) {
    const TableValues& row = *document.table;
    if (seen_.empty()) {
        columns_ = *row.columns;
        seen_.resize(columns_.size());
        for (std::size_t c = 0; c < columns_.size(); ++c) seen_[c].words.resize(columns_[c].categories.size());
    }
    for (std::size_t c = 0; c < seen_.size(); ++c) {
        Column& column = seen_[c];
        const double value = row.values[c];
        if (std::isnan(value)) {
            if (part == measured_) column.gaps = true;
        } else if (!column.words.empty()) {
            Word& word = column.words[static_cast<std::size_t>(value)];
            if (part == measured_)
                word.known = true;
            else if (word.outside++ == 0)
                word.first_outside = {std::string(document.source), document.row};
        } else if (part == measured_) {
            if (column.count == 0) column.least = column.most = value;
            column.least = std::min(column.least, value);
            column.most = std::max(column.most, value);
            const double gap = value - column.mean;  // Welford 1962
            column.mean += gap / static_cast<double>(++column.count);
            column.squares += gap * (value - column.mean);
        }
    }
}

Result<TableInput> TableMeasure::input(ReadReport& report) const {
    TableInput out;
    for (std::size_t c = 0; c < columns_.size(); ++c) {
        const Column& seen = seen_[c];
        TableInput::Column& column = out.columns.emplace_back();
        column.name = columns_[c].name;
        column.dates = columns_[c].dates;
        if (seen.words.empty()) {
            column.gaps = seen.gaps;
            column.least = seen.least;
            column.most = seen.most;
            if (!standardises_) continue;
            column.mean = seen.mean;
            const double deviation = seen.count > 0 ? std::sqrt(seen.squares / static_cast<double>(seen.count)) : 0.0;
            if (!std::isfinite(column.mean) || !std::isfinite(deviation))
                return Error{Error::Code::bad_data,
                             "The numbers of this column lie too far apart to be measured",
                             "Write them in a larger unit, or as their logarithms",
                             {"column " + column.name, "section dataset"}};
            if (deviation == 0)
                report.warnings.push_back("The column \"" + column.name + "\" has " +
                                          (seen.count == 0 ? "no value" : "one value alone") + " in the " +
                                          part_name(measured_) + " part: what others have of it is seen as it is");
            column.deviation = deviation > 0 ? deviation : 1.0;
            continue;
        }
        std::int64_t strange = 0;
        const Word* first = nullptr;
        std::string named;
        for (std::size_t w = 0; w < seen.words.size(); ++w) {
            const Word& word = seen.words[w];
            if (word.known) {
                column.categories.push_back(columns_[c].categories[w]);
                continue;
            }
            if (word.outside == 0) continue;  // of rows alone that were left out
            strange += word.outside;
            if (!first) first = &word, named = columns_[c].categories[w];
        }
        // A column that lacks everything in this part still is one of words.
        if (column.categories.empty()) column.categories.push_back(columns_[c].categories.front());
        if (first)
            report.warnings.push_back("The " + std::string(part_name(measured_)) + " part has no \"" +
                                      shortened_cell(named) + "\" in the column \"" + column.name + "\", as " +
                                      place_text(first->first_outside) + " has: " + grouped(strange) +
                                      (strange == 1 ? " row is" : " rows are") + " of no category there");
    }
    if (const std::int64_t values = out.values(); values > static_cast<std::int64_t>(TableInput::most_values))
        return Error{Error::Code::bad_data,
                     "A row comes to " + grouped(values) + " values, more than " +
                         grouped(static_cast<std::int64_t>(TableInput::most_values)),
                     "Leave out columns with many categories: name the others in dataset.columns",
                     {"section dataset"}};
    return out;
}

Status same_columns(const TableInput& input, const std::vector<TableColumn>& columns) {
    std::vector<std::string> names;
    for (const TableInput::Column& column : input.columns) names.push_back(column.name);
    if (columns.size() != names.size())
        return Error{Error::Code::bad_data,
                     "The model was made for " + grouped(static_cast<std::int64_t>(names.size())) +
                         " columns, but the data has " + grouped(static_cast<std::int64_t>(columns.size())),
                     "Name the model's columns in dataset.columns: " + quoted_list(names),
                     {"section dataset"}};
    for (std::size_t c = 0; c < columns.size(); ++c) {
        if (columns[c].name != names[c])
            return Error{
                Error::Code::bad_data,
                "The data has the column \"" + columns[c].name + "\" where the model was made for \"" + names[c] + "\"",
                "Name the model's columns in dataset.columns in their order: " + quoted_list(names),
                {"section dataset"}};
        if (columns[c].dates != input.columns[c].dates && columns[c].categories.empty() && !input.columns[c].is_words())
            return Error{Error::Code::bad_data,
                         "The column \"" + names[c] + "\" holds " +
                             (columns[c].dates ? "dates, but the model was made for numbers"
                                               : "numbers, but the model was made for dates"),
                         "Write it as the model's own data has it",
                         {"section dataset"}};
        if (columns[c].categories.empty() == input.columns[c].is_words())
            return Error{Error::Code::bad_data,
                         "The column \"" + names[c] + "\" holds " +
                             (input.columns[c].is_words() ? "numbers, but the model was made for words"
                                                          : "words, but the model was made for numbers"),
                         input.columns[c].is_words() ? "Name it in dataset.categories" : "Mend its cells",
                         {"section dataset"}};
    }
    return {};
}

RowEncoder::RowEncoder(const TableInput& input, const std::vector<TableColumn>& columns)
    : input_(input), values_(input.values()) {
    for (std::size_t c = 0; c < columns.size(); ++c) {
        const std::vector<std::string>& known = input_.columns[c].categories;
        std::vector<std::int64_t>& places = places_.emplace_back();
        for (const std::string& word : columns[c].categories) {
            const auto it = std::find(known.begin(), known.end(), word);
            places.push_back(it == known.end() ? -1 : it - known.begin());
        }
    }
}

float* RowEncoder::encode(std::span<const double> values, float* into) const {
    for (std::size_t c = 0; c < values.size(); ++c) {
        const TableInput::Column& column = input_.columns[c];
        const double value = values[c];
        const bool missing = std::isnan(value);
        if (column.is_words()) {
            std::fill_n(into, column.values(), 0.0F);
            const std::int64_t at = missing ? -1 : places_[c][static_cast<std::size_t>(value)];
            if (at >= 0) into[at] = 1;
        } else {
            into[0] = missing ? 0.0F : reckoned(value, column.mean, column.deviation, column.name);
            if (column.gaps) into[1] = missing ? 1.0F : 0.0F;
        }
        into += column.values();
    }
    return into;
}

namespace {

class EncodedRows final : public ExampleRows {
  public:
    EncodedRows(const ValueStore& store, const TableInput& input, const std::vector<TableColumn>& columns)
        : store_(store), encoder_(input, columns) {}

    std::int64_t units(const Example&) const override { return 1; }

    HostBatch rows(const std::vector<const Example*>& examples) const override {
        HostBatch out;
        out.rows = static_cast<std::int64_t>(examples.size());
        out.examples = examples;
        HostArray table(HostArray::Type::f32, {out.rows, encoder_.values()});
        float* into = table.values<float>();
        for (const Example* example : examples) {
            out.places.push_back(example->start);
            into = encoder_.encode(store_.at(example->start, 1), into);
        }
        store_.require_read();
        out.arrays.emplace(array::table, std::move(table));
        return out;
    }

  private:
    const ValueStore& store_;
    const RowEncoder encoder_;
};

}  // namespace

std::unique_ptr<ExampleRows> encoded_rows(const ValueStore& store, const TableInput& input,
                                          const std::vector<TableColumn>& columns) {
    return std::make_unique<EncodedRows>(store, input, columns);
}

}  // namespace gw
