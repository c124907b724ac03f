#pragma once
#include "data/dataset.h"
#include "data/split.h"

namespace gw {

DatasetKind storybook_kind();
DatasetKind text_files_kind();

SplitKind by_document_kind();
SplitKind by_file_kind();
SplitKind tail_kind();

}  // namespace gw
