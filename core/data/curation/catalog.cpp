#include "data/curation/catalog.h"

#include <array>

namespace gw {

std::span<const CurationKind> curation_kinds() {
    static const std::array all{unicode_kind(),       whitespace_kind(),       length_kind(),
                                script_kind(),        quality_kind(),          blocked_words_kind(),
                                personal_data_kind(), exact_duplicates_kind(), near_duplicates_kind()};
    return all;
}

}  // namespace gw
