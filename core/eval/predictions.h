#pragma once
#include <vector>

#include "data/labels.h"
#include "util/files.h"

namespace gw {

/// What a model said of labelled rows, beside what is true. A row is a text, or a word of LabelKind::word_classes.
struct Predictions {
    LabelKind kind = LabelKind::none;
    std::vector<std::string> classes;
    std::int64_t outputs = 0;                      ///< columns of `scores`: classes, or 1
    std::vector<float> scores;                     ///< row-major [rows, outputs]: probabilities, or the number
    std::vector<std::vector<std::int32_t>> truth;  ///< classes of each row
    std::vector<double> values;                    ///< numbers of each row
    std::vector<std::int64_t> documents;           ///< number of the document in its dataset

    std::int64_t rows() const { return static_cast<std::int64_t>(documents.size()); }
    float score(std::int64_t row, std::int64_t output) const {
        return scores[static_cast<std::size_t>(row * outputs + output)];
    }
    std::int32_t guess(std::int64_t row) const;  ///< the likeliest class; the first of equals
    /// The rows for which `keep` holds.
    Predictions only(const std::vector<bool>& keep) const;
};

/// One row a line of JSON, behind a line that tells kind and classes.
Status write_predictions(const fs::path& path, const Predictions& predictions);
Result<Predictions> read_predictions(const fs::path& path);

}  // namespace gw
