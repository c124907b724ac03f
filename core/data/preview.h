#pragma once
#include <string>
#include <vector>

#include "data/dataset.h"

namespace gw {

/// The beginning of a dataset, for a person to look at.
struct DatasetPreview {
    struct Entry {
        std::string source, text;  ///< text shortened to `longest` bytes
        std::int64_t bytes = 0;    ///< of the whole document
    };
    std::vector<Entry> documents;
    bool more = false;  ///< whether there are documents beyond these
};

/// The first `count` documents of a dataset section (already checked). Reads no further than it must, by the same code that training uses.
Result<DatasetPreview> preview_dataset(const Json& section, std::int64_t count, std::size_t longest, std::stop_token stop);

}  // namespace gw
