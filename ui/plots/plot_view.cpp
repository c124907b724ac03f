#include "ui/plots/plot_view.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "ui/texts/unit_text.h"

namespace gw::ui {

namespace {

const char* idOf(XKind x) {
    for (const XName& name : x_names())
        if (name.kind == x) return name.id;
    return "";
}

template <class T>
std::optional<T> valueIn(const Json& object, const char* key) {
    const auto it = object.find(key);
    if (it == object.end()) return std::nullopt;
    if constexpr (std::is_same_v<T, bool>)
        return it->is_boolean() ? std::optional(it->get<bool>()) : std::nullopt;
    else if constexpr (std::is_same_v<T, double>)
        return it->is_number() && std::isfinite(it->get<double>()) ? std::optional(it->get<double>()) : std::nullopt;
    else
        return it->is_string() ? std::optional(it->get<std::string>()) : std::nullopt;
}

}  // namespace

void PlotView::setZoom(const std::string& run, std::optional<std::pair<double, double>> range) {
    std::erase_if(zooms, [&](const Zoom& zoom) { return zoom.run == run; });
    if (range) zooms.push_back({run, x, range->first, range->second});
    if (zooms.size() > mostZooms) zooms.erase(zooms.begin());
}

std::optional<std::pair<double, double>> PlotView::zoom(const std::string& run) const {
    for (const Zoom& zoom : zooms)
        if (zoom.run == run && zoom.x == x) return std::pair(zoom.from, zoom.to);
    return std::nullopt;
}

Json toJson(const PlotView& view) {
    Json zooms = Json::array();
    for (const PlotView::Zoom& zoom : view.zooms)
        zooms.push_back({{"run", zoom.run}, {"x", idOf(zoom.x)}, {"from", zoom.from}, {"to", zoom.to}});
    return {{"x", idOf(view.x)}, {"window", view.window}, {"log_x", view.logX}, {"log_y", view.logY}, {"zooms", zooms}};
}

PlotView plotView(const Json& json) {
    PlotView view;
    if (!json.is_object()) return view;
    if (const auto x = find_x(valueIn<std::string>(json, "x").value_or(""))) view.x = *x;
    if (const auto window = valueIn<double>(json, "window"); window && *window >= 0) view.window = *window;
    view.logX = valueIn<bool>(json, "log_x").value_or(false);
    view.logY = valueIn<bool>(json, "log_y").value_or(false);
    const auto zooms = json.find("zooms");
    if (zooms == json.end() || !zooms->is_array()) return view;
    for (const Json& one : *zooms) {
        if (!one.is_object()) continue;
        const auto run = valueIn<std::string>(one, "run");
        const auto x = find_x(valueIn<std::string>(one, "x").value_or(""));
        const auto from = valueIn<double>(one, "from"), to = valueIn<double>(one, "to");
        if (run && x && from && to && *from < *to && view.zooms.size() < PlotView::mostZooms)
            view.zooms.push_back({*run, *x, *from, *to});
    }
    return view;
}

QString axisText(XKind x, Unit unit) {
    if (x == XKind::tokens) return unitText(unit);
    for (const XName& name : x_names())
        if (name.kind == x) return QCoreApplication::translate("Core", name.title);
    return {};
}

}  // namespace gw::ui
