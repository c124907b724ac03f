#pragma once
#include <stop_token>

#include "eval/predictions.h"
#include "schema/field.h"
#include "tokenize/tokenizer.h"
#include "util/files.h"

namespace gw {

/// A part of the judged rows that have something in common.
struct Slice {
    std::string name;  ///< value of the column, or the word
    std::int64_t rows = 0;
    double value = 0;  ///< by the task's main metric
    double gap = 0;    ///< how much worse than all rows; negative = better
};
struct SliceReport {
    std::string metric;
    double overall = 0;
    std::int64_t rows = 0;
    std::vector<Slice> slices;  ///< the largest gaps first
};

/// What to cut by: the values of a column of the table or of what is known of a picture (Label::columns), or whether a
/// text holds each of some words.
struct SliceWish {
    std::string column;
    std::vector<std::string> words;
};

/// Names of the columns beside text and label, by the first row of the data.
Result<std::vector<std::string>> slice_columns(const Json& dataset);

/// What a run said of a part ("validation" or "test"), cut. `spec` and `dataset_hash` are the run's: rows are found
/// again by their number, so data that has changed since is an error. Others: the run keeps no predictions, and those
/// of slices_of().
Result<SliceReport> slices_of_run(const fs::path& run_folder, const Json& spec, const std::string& dataset_hash,
                                  const std::string& part, const SliceWish& wish, const ProgressFn& progress,
                                  std::stop_token stop);

/// Cuts what a run said of its held-out part. `dataset` is the section of its spec. Errors: the data is gone, an
/// unknown column, a slice without rows, a column with a value for nearly every row.
Result<SliceReport> slices_of(const Predictions& predictions, const Json& dataset, const SliceWish& wish,
                              const ProgressFn& progress, std::stop_token stop);

}  // namespace gw
