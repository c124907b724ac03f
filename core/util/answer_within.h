#pragma once
#include <chrono>

namespace gw {

/// How long a question about files may take in this thread. A thread that draws a window sets it to a moment, and is
/// then told "not known yet" where more would have to be unpacked; every other thread waits for the answer.
inline thread_local std::chrono::milliseconds answer_within = std::chrono::milliseconds::max();

}  // namespace gw
