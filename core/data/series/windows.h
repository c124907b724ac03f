#pragma once
#include <array>

#include "data/batch_source.h"
#include "data/dataset.h"
#include "data/example_collector.h"
#include "data/value_store.h"

namespace gw {

/// Gathers the rows of a dataset of series while it is read, in their order; at the end it knows the windows of each
/// part and how the training part is spread.
class WindowCollector {
  public:
    /// `measured`: the part whose values are to be known; `labels`: what is said of windows.
    explicit WindowCollector(Part measured, LabelKind labels = LabelKind::none) : measured_(measured), kind_(labels) {}
    void add(Part part, const Document& document);
    /// The windows of each part. What is to be forecast, or the row with the label, lies in the part; what is looked
    /// back at may lie before it, within the same series. An example's `start` is the row behind the past: the first
    /// that is to be forecast. Of held-out parts those are left out that fill no batch of
    /// SeriesWindows::whole_batches.
    std::array<ExampleTable, 3> tables(const SeriesWindows& windows) const;
    /// Whether any row lies in the part.
    bool has_rows(Part part) const;
    /// Mean and standard deviation (of the rows themselves, no estimate) of each column over the measured part; a
    /// column of one value has the deviation 1, and `report` is warned of it.
    SeriesInput facts(const SeriesWindows& windows, ReadReport& report) const;

  private:
    struct Row {
        std::int64_t document, file_row;
        std::int32_t file;
        Part part;
    };
    /// Sums about a first value, so that nothing cancels (Welford 1962).
    struct Moments {
        std::int64_t count = 0;
        std::vector<double> mean, squares;
        void add(std::span<const double> values);
    };
    std::array<ExampleTable, 3> forecast_tables(const SeriesWindows& windows) const;
    std::array<ExampleTable, 3> labelled_tables(const SeriesWindows& windows) const;
    std::vector<Row> rows_;
    ExampleCollector labelled_;  ///< rows with a label; `start` is the row behind
    std::vector<std::string> files_, columns_;
    Part measured_;
    LabelKind kind_;
    Moments moments_;
};

/// What a model was made for, and columns of data, go together: as many of them, and the same names in no other order.
/// Other names are taken: a forecast of other series of the same sort is what a model may be tried on.
Status same_columns(const SeriesInput& model, const std::vector<std::string>& columns);

/// Whole rows in deviations from `input`'s mean, written from `into` on; gives what lies behind them.
float* in_deviations(std::span<const double> values, const SeriesInput& input, float* into);

/// Rows of windows: array::series [B, look-back, columns] and, with a horizon, array::future [B, horizon, columns],
/// float32, in deviations from `input`'s mean. The store must outlive them.
std::unique_ptr<ExampleRows> window_rows(const ValueStore& store, const SeriesInput& input);

}  // namespace gw
