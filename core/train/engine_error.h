#pragma once
#include <c10/util/Exception.h>

#include "util/result.h"

namespace gw {

/// What LibTorch could not do, as an error of a run. Out of memory is what an allocator says, and nothing else that
/// names memory.
Error engine_error(const c10::Error& problem);
/// Memory that the program itself could not get.
Error out_of_memory(const std::string& detail = "");

}  // namespace gw
