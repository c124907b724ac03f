#pragma once
#include "data/dataset.h"
#include "data/split.h"

namespace gw {

DatasetKind storybook_kind();
DatasetKind text_files_kind();
DatasetKind labelled_text_kind();

SplitKind by_document_kind();
SplitKind by_file_kind();
SplitKind stratified_kind();
SplitKind k_fold_kind();
SplitKind by_time_kind();
SplitKind tail_kind();

}  // namespace gw
