#pragma once
#include <QString>
#include <optional>

#include "store/records.h"

namespace gw::ui {

/// What a run counts: unit_of() decides.
enum class Unit { tokens, images, windows, rows };
Unit unitOf(const RunRecord& run);
/// The same of a spec, before anything has been read.
Unit unitOfSpec(const Json& spec);
inline bool countsImages(const RunRecord& run) {
    return unitOf(run) == Unit::images;
}
inline bool specCountsImages(const Json& spec) {
    return unitOfSpec(spec) == Unit::images;
}
/// Whether a section "dataset" hands out pictures.
bool isOfPictures(const Json& dataset);
/// Whether it hands out rows of tables.
bool isOfTables(const Json& dataset);
/// Whether it hands out rows of series.
bool isOfSeries(const Json& dataset);
/// Whether a section "dataset" has labels, of a kind ("class", "set", "number", "word") or of any.
bool isLabelled(const Json& dataset, const std::string& kind = "");

/// "12.3 M tokens", "60 K images" or "8.4 K windows".
QString amountText(double amount, Unit unit);
/// "Tokens", "Images" or "Windows".
QString unitText(Unit unit);

/// Of several runs: what they all count, or nothing where that is not the same.
using Counted = std::optional<Unit>;
template <class Runs, class Record>
Counted countedBy(const Runs& runs, Record record) {
    Counted all = Unit::tokens;
    bool first = true;
    for (const auto& run : runs) {
        const Unit unit = unitOf(record(run));
        if (!first && all != unit) return std::nullopt;
        all = unit;
        first = false;
    }
    return all;
}
/// "Tokens", "Images", "Windows" or all three, for the head of a column or an axis.
QString countedText(Counted counted);
/// A cell below such a head, which says what is meant where the head does not.
QString tokensText(double amount, Unit unit, Counted counted);
/// "Tokens a second", ...
QString speedText(Counted counted);

}  // namespace gw::ui
