#pragma once
#include <QString>

#include "compare/cost.h"

namespace gw::ui {

/// What a run took in the fewest words: money where its price is known, else energy; a dash where nothing is.
QString shortCostText(const RunCost& cost, const CostRates& rates);
/// Energy, CO2 and money, each as far as known, a line each; a sentence where nothing is.
QString costLines(const RunCost& cost, const CostRates& rates);

}  // namespace gw::ui
