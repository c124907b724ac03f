#pragma once
#include <string>
#include <vector>

#include "data/column_survey.h"
#include "data/dataset.h"
#include "data/images/picture_copy.h"

namespace gw {

/// The beginning of a dataset, for a person to look at, and what the reader took its files for.
struct DatasetPreview {
    struct Entry {
        std::string source, text;                 ///< text shortened to `longest` bytes
        std::int64_t bytes = 0;                   ///< of the whole document; of a picture its values
        std::string label;                        ///< of labelled data: its class, its classes or its number
        std::int64_t row = 0;                     ///< of the file, from 1; 0 where rows mean nothing
        std::optional<PictureCopy> picture = {};  ///< of pictures, whose text is their caption, if they have one
    };
    std::vector<Entry> documents;
    bool more = false;  ///< whether there are documents beyond these
    ReadReport report;  ///< of what was read: counts are those of the whole dataset only where `whole` is set
    bool whole = false;
    std::optional<ColumnSurvey> columns = {};  ///< of tables and series: of all rows that were read
};

/// The first `count` documents of a dataset section (already checked). Reads no further than it must, by the same code
/// that training uses.
Result<DatasetPreview> preview_dataset(const Json& section, std::int64_t count, std::size_t longest,
                                       std::stop_token stop);

/// The same, and reads on to the end or to `most` documents, so that what is passed over, the classes and the sizes of
/// pictures are counted. Warns of a class that has less than a twentieth of the commonest one's, where all were read.
Result<DatasetPreview> inspect_dataset(const Json& section, std::int64_t count, std::size_t longest, std::int64_t most,
                                       std::stop_token stop, const ProgressFn& progress = {});

}  // namespace gw
