#pragma once
#include <memory>

#include "data/batch_source.h"
#include "data/dataset.h"
#include "data/read_report.h"
#include "data/split.h"
#include "data/value_store.h"

namespace gw {

/// What rows of a table come to is measured on one part of them, while they are read.
class TableMeasure {
  public:
    TableMeasure(Part measured, bool standardises) : measured_(measured), standardises_(standardises) {}
    void add(Part part, const Document& document);
    /// `report` is warned of words that stand in another part alone. Errors: more than TableInput::most_values.
    Result<TableInput> input(ReadReport& report) const;
    const std::vector<TableColumn>& columns() const { return columns_; }

  private:
    struct Word {
        bool known = false;        ///< stands in the measured part
        std::int64_t outside = 0;  ///< how often in the others
        FilePlace first_outside;
    };
    struct Column {
        std::int64_t count = 0;
        double mean = 0, squares = 0, least = 0, most = 0;
        bool gaps = false;
        std::vector<Word> words;
    };
    Part measured_;
    bool standardises_;
    std::vector<TableColumn> columns_;
    std::vector<Column> seen_;
};

/// Whether a model that was made for `input` can be shown rows of these columns: the same in the same order, and
/// numbers where there were numbers.
Status same_columns(const TableInput& input, const std::vector<TableColumn>& columns);

/// The values of one row of such columns (as TableValues::values) as `input` has them, written from `into` on; gives
/// what lies behind them.
class RowEncoder {
  public:
    RowEncoder(const TableInput& input, const std::vector<TableColumn>& columns);
    float* encode(std::span<const double> values, float* into) const;
    std::int64_t values() const { return values_; }

  private:
    TableInput input_;
    std::vector<std::vector<std::int64_t>> places_;  ///< of each word of each column; -1 = of no category
    std::int64_t values_ = 0;
};

/// Rows of array::table [B, values], float32. The store must outlive them.
std::unique_ptr<ExampleRows> encoded_rows(const ValueStore& store, const TableInput& input,
                                          const std::vector<TableColumn>& columns);

}  // namespace gw
