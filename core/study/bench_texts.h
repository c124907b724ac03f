#pragma once
#include "util/phrase.h"

// What measurements say of themselves while they go on.
namespace gw::say {

inline constexpr const char* bench_steps = GW_TEXT("measuring steps");
inline constexpr const char* bench_products = GW_TEXT("measuring matrix products");
inline constexpr const char* bench_preparing = GW_TEXT("measuring how data is prepared");
inline constexpr const char* bench_encoding = GW_TEXT("measuring how text is encoded");
inline constexpr const char* bench_sampling = GW_TEXT("measuring how fast text is written");
inline constexpr const char* bench_saving = GW_TEXT("measuring how checkpoints are written");
inline constexpr const char* bench_evaluating = GW_TEXT("measuring evaluation");
inline constexpr const char* bench_order = GW_TEXT("measuring the order of the data");
inline constexpr const char* bench_history = GW_TEXT("measuring the history");

// Of a plan: how the speed of a size is known.
inline constexpr const char* known_by_measuring = GW_TEXT("measured");
inline constexpr const char* known_by_history = GW_TEXT("the history");
inline constexpr const char* known_by_reckoning = GW_TEXT("reckoned");

/// All of them, for a window that says them in another language.
inline constexpr const char* bench_texts[] = {bench_steps,    bench_products,     bench_preparing,  bench_encoding,
                                              bench_sampling, bench_saving,       bench_evaluating, bench_order,
                                              bench_history,  known_by_measuring, known_by_history, known_by_reckoning};

}  // namespace gw::say
