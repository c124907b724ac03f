#pragma once
#include "data/curation/step.h"

namespace gw {

CurationKind unicode_kind();
CurationKind whitespace_kind();
CurationKind length_kind();
CurationKind script_kind();
CurationKind quality_kind();
CurationKind blocked_words_kind();
CurationKind personal_data_kind();
CurationKind exact_duplicates_kind();
CurationKind near_duplicates_kind();

}  // namespace gw
