#pragma once
#include <QString>

#include "store/records.h"

namespace gw::ui {

/// Whether a run counts images: those on pictures do, all others count tokens. The one place that decides which of the
/// two words stands.
bool countsImages(const RunRecord& run);
/// The same of a spec, before anything has been read.
bool specCountsImages(const Json& spec);
/// Whether a section "dataset" hands out pictures.
bool isOfPictures(const Json& dataset);
/// Whether a section "dataset" has labels, of a kind ("class", "set", "number", "word") or of any.
bool isLabelled(const Json& dataset, const std::string& kind = "");

/// "12.3 M tokens" or "60 K images".
QString amountText(double amount, bool images);

/// Of several runs: what they count, or that it is not the same.
enum class Counted { tokens, images, both };
template <class Runs, class Record>
Counted countedBy(const Runs& runs, Record record) {
    bool tokens = false, images = false;
    for (const auto& run : runs) (countsImages(record(run)) ? images : tokens) = true;
    return images && tokens ? Counted::both : images ? Counted::images : Counted::tokens;
}
/// "Tokens", "Images" or "Tokens, images", for the head of a column or an axis.
QString countedText(Counted counted);
/// A cell below such a head, which says that images are meant where the head does not.
QString tokensText(double amount, bool images, Counted counted);
/// "Tokens a second", ...
QString speedText(Counted counted);

}  // namespace gw::ui
