#include "data/series/windows.h"

#include <algorithm>
#include <cmath>

#include "data/batch_source.h"
#include "data/dataset.h"
#include "data/reckoned.h"
#include "data/text/table_layout.h"
#include "util/text.h"

namespace gw {

void WindowCollector::Moments::add(std::span<const double> values) {
    if (count == 0) mean.assign(values.size(), 0.0), squares.assign(values.size(), 0.0);
    ++count;
    for (std::size_t c = 0; c < values.size(); ++c) {
        const double gap = values[c] - mean[c];
        mean[c] += gap / static_cast<double>(count);
        squares[c] += gap * (values[c] - mean[c]);
    }
}

void WindowCollector::add(Part part, const Document& document) {
    const SeriesRow& row = *document.series;
    if (columns_.empty()) columns_ = *row.columns;
    if (files_.empty() || files_.back() != document.source) files_.emplace_back(document.source);
    rows_.push_back({document.index, document.row, static_cast<std::int32_t>(files_.size()) - 1, part});
    if (document.label) {
        Example& one = labelled_.add(part, document).example;
        one.start = static_cast<std::int64_t>(rows_.size());
        one.length = 1;
    }
    if (part == measured_) moments_.add(row.values);
}

bool WindowCollector::has_rows(Part part) const {
    return std::any_of(rows_.begin(), rows_.end(), [&](const Row& row) { return row.part == part; });
}

std::array<ExampleTable, 3> WindowCollector::labelled_tables(const SeriesWindows& windows) const {
    std::array<ExampleTable, 3> out = labelled_.tables(kind_);
    std::vector<std::int64_t> begins;  // of the series of each row
    for (std::size_t at = 0; at < rows_.size(); ++at)
        begins.push_back(at > 0 && rows_[at].file == rows_[at - 1].file ? begins.back()
                                                                        : static_cast<std::int64_t>(at));
    for (ExampleTable& table : out) {
        std::int64_t next = 0, series = 0;  // a window of this series ends here or later
        std::erase_if(table.examples, [&](const Example& one) {
            const std::int64_t begin = begins[static_cast<std::size_t>(one.start - 1)];
            if (begin != series) series = begin, next = 0;
            if (one.start - begin < windows.look_back || one.start < next) return true;
            next = one.start + windows.stride;
            return false;
        });
    }
    return out;
}

std::array<ExampleTable, 3> WindowCollector::forecast_tables(const SeriesWindows& windows) const {
    std::array<ExampleTable, 3> out;
    for (ExampleTable& table : out) table.files = files_;
    const auto all = static_cast<std::int64_t>(rows_.size());
    const auto row = [&](std::int64_t at) -> const Row& { return rows_[static_cast<std::size_t>(at)]; };
    for (std::int64_t begin = 0, series = 0; begin < all;) {
        std::int64_t end = begin + 1;  // of the neighbours in one part of one series
        while (end < all && row(end).file == row(begin).file && row(end).part == row(begin).part) ++end;
        ExampleTable& table = out[static_cast<std::size_t>(row(begin).part)];
        for (std::int64_t at = std::max(begin, series + windows.look_back); at + windows.horizon <= end;
             at += windows.stride) {
            Example& one = table.examples.emplace_back();
            one.start = at;
            one.length = 1;
            one.row = row(at).document;
            one.file = row(at).file;
            one.file_row = row(at).file_row;
        }
        if (end < all && row(end).file != row(begin).file) series = end;
        begin = end;
    }
    return out;
}

std::array<ExampleTable, 3> WindowCollector::tables(const SeriesWindows& windows) const {
    std::array<ExampleTable, 3> out = kind_ == LabelKind::none ? forecast_tables(windows) : labelled_tables(windows);
    if (const std::int64_t batch = windows.whole_batches; batch > 0)
        for (const Part part : {Part::validation, Part::test}) {
            auto& examples = out[static_cast<std::size_t>(part)].examples;
            const auto size = static_cast<std::int64_t>(examples.size());
            if (size >= batch) examples.resize(static_cast<std::size_t>(size / batch * batch));
        }
    return out;
}

SeriesInput WindowCollector::facts(const SeriesWindows& windows, ReadReport& report) const {
    SeriesInput out{windows.look_back, windows.horizon, columns_, {}, {}};
    out.mean = moments_.mean;
    for (std::size_t c = 0; c < columns_.size(); ++c) {
        const double deviation = std::sqrt(moments_.squares[c] / static_cast<double>(moments_.count));
        if (deviation <= 0)
            report.warnings.push_back("The column \"" + columns_[c] + "\" has one value alone in the " +
                                      std::string(part_name(measured_)) + " part: there is nothing to " +
                                      (windows.horizon > 0 ? "forecast" : "learn from"));
        out.deviation.push_back(deviation > 0 ? deviation : 1.0);
    }
    return out;
}

float* in_deviations(std::span<const double> values, const SeriesInput& input, float* into) {
    const std::size_t columns = input.columns.size();
    for (std::size_t i = 0; i < values.size(); ++i) {
        const std::size_t c = i % columns;
        *into++ = reckoned(values[i], input.mean[c], input.deviation[c], input.columns[c]);
    }
    return into;
}

namespace {

class WindowRows final : public ExampleRows {
  public:
    WindowRows(const ValueStore& store, const SeriesInput& input) : store_(store), input_(input) {}

    std::int64_t units(const Example&) const override { return 1; }

    HostBatch rows(const std::vector<const Example*>& examples) const override {
        HostBatch out;
        out.rows = static_cast<std::int64_t>(examples.size());
        out.examples = examples;
        const auto columns = static_cast<std::int64_t>(input_.columns.size());
        HostArray past(HostArray::Type::f32, {out.rows, input_.look_back, columns});
        float* before = past.values<float>();
        for (const Example* example : examples) {
            out.places.push_back(example->start);
            before = in_deviations(store_.at(example->start - input_.look_back, input_.look_back), input_, before);
        }
        if (input_.horizon > 0) add_future(out, columns);
        store_.require_read();
        out.arrays.emplace(array::series, std::move(past));
        return out;
    }

  private:
    void add_future(HostBatch& out, std::int64_t columns) const {
        HostArray future(HostArray::Type::f32, {out.rows, input_.horizon, columns});
        float* behind = future.values<float>();
        for (const Example* example : out.examples)
            behind = in_deviations(store_.at(example->start, input_.horizon), input_, behind);
        out.arrays.emplace(array::future, std::move(future));
    }

    const ValueStore& store_;
    const SeriesInput input_;
};

}  // namespace

Status same_columns(const SeriesInput& model, const std::vector<std::string>& columns) {
    if (columns.size() != model.columns.size())
        return Error{Error::Code::bad_data,
                     "The model was made for " + grouped(static_cast<std::int64_t>(model.columns.size())) +
                         " columns, but the data has " + grouped(static_cast<std::int64_t>(columns.size())),
                     "Name as many in dataset.columns",
                     {"section dataset"}};
    if (columns == model.columns || !std::is_permutation(columns.begin(), columns.end(), model.columns.begin()))
        return {};
    return Error{Error::Code::bad_data,
                 "The data's columns stand in another order than those that the model was made for",
                 "Name them in dataset.columns in the model's order: " + quoted_list(model.columns),
                 {"section dataset"}};
}

std::unique_ptr<ExampleRows> window_rows(const ValueStore& store, const SeriesInput& input) {
    return std::make_unique<WindowRows>(store, input);
}

}  // namespace gw
