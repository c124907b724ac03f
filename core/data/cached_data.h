#pragma once
#include "data/prepare.h"

namespace gw {

/// What an entry of the cache is made of.
struct CachedParts {
    bool pictures = false, captions = false, labelled = false;
    bool judge_only = false;  ///< there is a validation part alone
    bool series = false, table = false;
};

/// Where an entry keeps the values of series or of tables.
inline constexpr const char* values_file = "all.values";

/// The file of a part in an entry: `train.tokens`.
fs::path part_file(const fs::path& folder, Part part, const std::string& ending);

/// Opens all parts of an entry and fills `data` with them and with what the entry says of its making. All that is read
/// is checked before it is used: sums over headers and contents, token ids, numbers of classes and rows. An error says
/// what is wrong; the entry must be made again then.
Status open_cached(const fs::path& folder, const CachedParts& parts, PreparedData& data);

}  // namespace gw
