#include "ui/plots/run_look.h"

#include <algorithm>

namespace gw::ui {

QColor runColor(std::int64_t number, const Tokens& tokens) {
    return tokens.curve(static_cast<int>(std::max<std::int64_t>(0, number - 1) % 6));
}

QPen runPen(std::int64_t number, double width, const Tokens& tokens) {
    static constexpr Qt::PenStyle dashes[] = {Qt::SolidLine, Qt::DashLine, Qt::DotLine, Qt::DashDotLine};
    QPen pen(runColor(number, tokens), width, dashes[std::max<std::int64_t>(0, number - 1) / 6 % 4]);
    pen.setCosmetic(true);
    pen.setCapStyle(Qt::FlatCap);
    pen.setJoinStyle(Qt::RoundJoin);
    return pen;
}

}  // namespace gw::ui
