#pragma once
#include "spec/run_spec.h"

namespace gw {

/// The steps of a curation as a family, for what shows families and their kinds. No spec has a section of it.
const Family& curation_family();

}  // namespace gw
