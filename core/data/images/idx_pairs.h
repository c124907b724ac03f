#pragma once
#include "data/file_list.h"
#include "data/read_report.h"

namespace gw {

/// A file of pictures and the file of their labels, as numbers of a FileList.
struct IdxPair {
    std::size_t images = 0, labels = 0;
    std::string source;  ///< the pictures' file without ".gz", so that it is the same packed and unpacked
};

/// Finds the IDX files in a list: pictures have "images" in their name, and their labels the same name with "labels"
/// (and "idx1" in the place of "idx3"). Files for training come first, then the others, each by name. What is neither
/// is passed over, as is a packed file with its unpacked twin beside it.
Result<std::vector<IdxPair>> idx_pairs(const FileList& list, ReadReport& report);

}  // namespace gw
