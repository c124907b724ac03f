#include "ui/texts/cost_text.h"

#include <QCoreApplication>

#include "ui/texts/text.h"

namespace gw::ui {

namespace {

constexpr int shownDigits = 3;
constexpr double thousand = 1e3;

struct CostTexts {
    Q_DECLARE_TR_FUNCTIONS(CostTexts)
};

QString energyText(const RunCost& cost) {
    constexpr double least = 0.1;
    const QString text = *cost.kwh < least ? valueText(*cost.kwh * thousand, shownDigits) + QStringLiteral(" Wh")
                                           : valueText(*cost.kwh, shownDigits) + QStringLiteral(" kWh");
    return cost.estimated ? QStringLiteral("≈ ") + text : text;
}

QString moneyText(double money, const CostRates& rates) {
    return valueText(money, shownDigits) +
           (rates.currency.empty() ? QString() : QStringLiteral(" ") + qs(rates.currency));
}

}  // namespace

QString shortCostText(const RunCost& cost, const CostRates& rates) {
    if (cost.money) return moneyText(*cost.money, rates);
    return cost.kwh ? energyText(cost) : QStringLiteral("–");
}

QString costLines(const RunCost& cost, const CostRates& rates) {
    QStringList lines;
    if (cost.kwh)
        lines << (cost.estimated ? CostTexts::tr("Energy: %1, estimated by %2 W")
                                       .arg(energyText(cost), valueText(rates.watts, shownDigits))
                                 : CostTexts::tr("Energy: %1, measured").arg(energyText(cost)));
    if (cost.co2_kg)
        lines << CostTexts::tr("CO2: %1").arg(
            *cost.co2_kg < 1 ? valueText(*cost.co2_kg * thousand, shownDigits) + QStringLiteral(" g")
                             : valueText(*cost.co2_kg, shownDigits) + QStringLiteral(" kg"));
    if (cost.money) lines << CostTexts::tr("Money: %1").arg(moneyText(*cost.money, rates));
    if (cost.unknown > 0 && lines.isEmpty())
        lines << CostTexts::tr("Nothing measured the energy; Settings can say what the machine draws.");
    else if (cost.unknown > 0)
        lines << CostTexts::tr("Runs whose energy nobody knows: %1").arg(countText(cost.unknown));
    return lines.isEmpty() ? QStringLiteral("–") : lines.join(QLatin1Char('\n'));
}

}  // namespace gw::ui
