#pragma once
#include "data/augmentation.h"
#include "data/dataset.h"
#include "data/split.h"

namespace gw {

DatasetKind storybook_kind();
DatasetKind text_files_kind();
DatasetKind labelled_text_kind();
DatasetKind shapes_kind();
DatasetKind idx_kind();
DatasetKind image_text_data_kind();
DatasetKind image_folder_kind();
DatasetKind cifar_kind();
DatasetKind series_kind();
DatasetKind ar_process_kind();
DatasetKind adding_kind();
DatasetKind table_kind();
DatasetKind gaussians_kind();
DatasetKind factors_kind();
DatasetKind copy_memory_kind();

AugmentationKind image_changes_kind();
AugmentationKind views_kind();
AugmentationKind text_changes_kind();

SplitKind by_document_kind();
SplitKind by_file_kind();
SplitKind stratified_kind();
SplitKind k_fold_kind();
SplitKind by_time_kind();
SplitKind tail_kind();
SplitKind test_files_kind();

}  // namespace gw
