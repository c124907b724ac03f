#include "ui/plots/curve_reader.h"

#include <algorithm>
#include <cmath>

#include "compare/trace.h"
#include "ui/background.h"

namespace gw::ui {

namespace {

/// The steps that a part of the axis shows, with as much again on either side: a drag shows something at once.
CurveRange stepsOf(const ReadWish& wish, const ReadRun& run, const DrawnCurve* overview) {
    CurveRange range{.at_most = 2 * wish.columns};
    if (!wish.range) return range;
    const double width = wish.range->second - wish.range->first;
    double from = wish.range->first - width, to = wish.range->second + width;
    if (wish.steps) {
        const double aside = wish.steps->second - wish.steps->first;
        from = wish.steps->first - aside;
        to = wish.steps->second + aside;
    } else if (RunScale::is_time(wish.drawing.x)) {
        if (!overview || overview->empty()) return range;
        from = overview->stepAt(from);
        to = overview->stepAt(to);
    } else {
        from = run.scale.step_at(wish.drawing.x, from);
        to = run.scale.step_at(wish.drawing.x, to);
    }
    range.at_most = 6 * wish.columns;
    range.from = static_cast<std::int64_t>(std::floor(std::max(from, -1e15))) - 1;
    range.to = static_cast<std::int64_t>(std::ceil(std::min(to, 1e15))) + 1;
    return range;
}

DrawnCurvePtr readOne(Store& store, const ReadWish& wish, const ReadRun& run, const std::string& metric,
                      const DrawnCurve* overview) {
    if (!run.scale.why_not(wish.drawing.x).empty() || !run.scale.why_not(wish.drawing.y, metric).empty())
        return std::make_shared<DrawnCurve>();
    CurveRange range = stepsOf(wish, run, overview);
    const double from = wish.range ? static_cast<double>(range.from) : -HUGE_VAL;
    // exp(-12) is 6e-6: what lies further back does not show.
    constexpr double memory = 12;
    DrawingWish drawing = wish.drawing;
    if (std::find(wish.plain.begin(), wish.plain.end(), metric) != wish.plain.end()) drawing.window = 0;
    if (wish.range && is_smoothed(metric)) range.from -= static_cast<std::int64_t>(memory * drawing.window);
    CurveParts parts;
    if (wish.grouped || wish.difference)
        parts.counted = store.curve(run.id, metric, range).or_throw();
    else
        parts = store.curve_parts(run.id, metric, range).or_throw();
    auto curve = std::make_shared<DrawnCurve>(drawnCurve(parts.counted, run.scale, metric, drawing, from));
    for (const auto& its : parts.given_up)
        curve->givenUp.push_back(std::make_shared<DrawnCurve>(drawnCurve(its, run.scale, metric, drawing, -HUGE_VAL)));
    return curve;
}

ReadCurves grouped(const ReadWish& wish, const ReadCurves& curves) {
    ReadCurves out;
    for (const std::string& metric : wish.metrics) {
        std::map<std::size_t, std::vector<DrawnCurvePtr>> groups;
        for (std::size_t i = 0; i < wish.runs.size(); ++i) {
            const auto found = curves.find({metric, i});
            if (found != curves.end() && !found->second->empty()) groups[wish.runs[i].group].push_back(found->second);
        }
        for (const auto& [group, members] : groups)
            out[{metric, group}] = members.size() == 1
                                       ? members.front()
                                       : std::make_shared<DrawnCurve>(bandOf(members, static_cast<int>(wish.columns)));
    }
    return out;
}

}  // namespace

CurveReader::CurveReader(fs::path database, QObject* parent)
    : QObject(parent), database_(std::move(database)), shared_(std::make_shared<Shared>()) {}

Result<ReadCurves> CurveReader::readNow(Store& store, const ReadWish& wish, const ReadCurves& overview) {
    try {
        ReadCurves curves;
        for (const std::string& metric : wish.metrics) {
            for (std::size_t i = 0; i < wish.runs.size(); ++i) {
                const auto known = overview.find({metric, i});
                curves[{metric, i}] =
                    readOne(store, wish, wish.runs[i], metric, known == overview.end() ? nullptr : known->second.get());
            }
            if (!wish.difference || wish.baseline >= wish.runs.size()) continue;
            const DrawnCurvePtr baseline = curves[{metric, wish.baseline}];
            for (std::size_t i = 0; i < wish.runs.size(); ++i)
                curves[{metric, i}] = std::make_shared<DrawnCurve>(differenceTo(*curves[{metric, i}], *baseline));
        }
        return curves;
    } catch (const Failure& failure) {
        return failure.error();
    }
}

void CurveReader::read(ReadWish wish) {
    if (busy_) {
        waiting_ = std::move(wish);
        return;
    }
    start(std::move(wish));
}

void CurveReader::start(ReadWish wish) {
    busy_ = true;
    const bool whole = !wish.range;
    const int tag = wish.tag;
    inBackground(
        this,
        [shared = shared_, database = database_, wish = std::move(wish), whole]() -> Result<ReadCurves> {
            const std::scoped_lock lock(shared->mutex);
            if (!shared->store) {
                auto store = Store::open(database, Store::Mode::read_only);
                if (!store) return store.error();
                shared->store.emplace(std::move(store).value());
            }
            auto curves = readNow(*shared->store, wish, shared->overview);
            if (!curves) return curves;
            if (whole) shared->overview = curves.value();
            return wish.grouped ? grouped(wish, curves.value()) : curves.value();
        },
        [this, whole, tag](const Result<ReadCurves>& curves) {
            busy_ = false;
            if (curves)
                Q_EMIT ready(curves.value(), whole, tag);
            else
                Q_EMIT failed(curves.error());
            if (waiting_) start(*std::exchange(waiting_, std::nullopt));
        });
}

}  // namespace gw::ui
