#pragma once
#include "data/batch.h"
#include "schema/field.h"

namespace gw {

/// What data of series offers where the rows behind each window are to be forecast, and no label of it.
inline constexpr const char* rows_that_follow = "rows that follow";

/// The settings behind Dataset::windows(), the same for all data of series.
inline constexpr schema::Info look_back_setting{.key = "look_back",
                                                .label = "Look-back",
                                                .help = "Rows that a forecast is made from.",
                                                .unit = "rows",
                                                .min = 1,
                                                .max = SeriesInput::longest,
                                                .scale = schema::Scale::log};
constexpr schema::Info horizon_setting(std::string_view shown_when = "") {
    return {.key = "horizon",
            .label = "Horizon",
            .help = "Rows that are forecast at once.",
            .unit = "rows",
            .min = 1,
            .max = SeriesInput::longest,
            .scale = schema::Scale::log,
            .shown_when = shown_when};
}
inline constexpr schema::Info stride_setting{.key = "stride",
                                             .label = "Stride",
                                             .help = "Rows from one window to the next.",
                                             .unit = "rows",
                                             .min = 1,
                                             .max = 100000};

}  // namespace gw
