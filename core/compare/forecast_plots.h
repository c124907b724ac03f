#pragma once
#include <string>

#include "data/series/series_forecast.h"

namespace gw {

/// As plots in a page of HTML: of each the first columns, what was looked back at, what came, what is said with its
/// band, and the repeated last value. Empty where there are none.
std::string forecasts_html(const ForecastView& forecasts);

}  // namespace gw
