#pragma once
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "data/images/picture_copy.h"
#include "eval/predictions.h"
#include "schema/field.h"
#include "tokenize/tokenizer.h"

namespace gw {

/// Which of the judged rows are wanted.
struct RowWish {
    bool right = false;  ///< those that are right, the least sure first; otherwise the wrong ones, the surest first
    /// Of one class a row: true and guessed class instead, the surest first.
    std::optional<std::pair<std::int32_t, std::int32_t>> cell = std::nullopt;
    std::size_t most = 60;
};

/// What a run said of a row, for a person.
struct JudgedRow {
    std::int64_t document = 0;  ///< number in its dataset
    std::string truth, said;
    /// How sure the model was: the probability of what it said; of sets that of the answer which decides whether the
    /// set is right. Of numbers how far off it is.
    double score = 0;
    bool wrong = false;  ///< of numbers never
};
struct JudgedRows {
    std::int64_t all = 0;  ///< that are of the wanted sort
    std::vector<JudgedRow> rows;
};

/// Of numbers there is no right and wrong: the furthest off first, or those that come closest.
JudgedRows judged_rows(const Predictions& predictions, const RowWish& wish);

/// A row as its dataset holds it.
struct ShownRow {
    std::int64_t document = 0;
    std::string text;  ///< of a picture its caption, if it has one
    std::optional<PictureCopy> picture;
    std::string source;    ///< file, or the generator's name
    std::int64_t row = 0;  ///< of the file, from 1; 0 where rows mean nothing
};

/// The rows with these numbers, in this order; a number may come twice. Reads no further than it must.
/// Errors: the data is gone, or has fewer rows.
Result<std::vector<ShownRow>> view_rows(const Json& dataset_section, std::vector<std::int64_t> documents,
                                        const ProgressFn& progress, std::stop_token stop);

/// The same of the data that a run has judged. `spec` and `dataset_hash` are the run's: rows are found again by their
/// number, so data that has changed since is an error.
Result<std::vector<ShownRow>> view_rows_of_run(const Json& spec, const std::string& dataset_hash,
                                               std::vector<std::int64_t> documents, const ProgressFn& progress,
                                               std::stop_token stop);

}  // namespace gw
