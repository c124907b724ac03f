#include "data/catalog.h"

#include <array>

namespace gw {

std::span<const DatasetKind> datasets() {
    static const std::array all{storybook_kind(), text_files_kind()};
    return all;
}

std::span<const SplitKind> splits() {
    static const std::array all{by_document_kind(), tail_kind(), by_file_kind()};
    return all;
}

}  // namespace gw
