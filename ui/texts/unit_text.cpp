#include "ui/texts/unit_text.h"

#include <QCoreApplication>
#include <algorithm>
#include <string_view>

#include "data/dataset.h"
#include "spec/run_spec.h"
#include "ui/texts/text.h"

namespace gw::ui {

bool isOfPictures(const Json& dataset) {
    const DatasetKind* kind = dataset.is_object() ? find_kind(datasets(), dataset.value("kind", "")) : nullptr;
    return kind && kind->pictures;
}

bool isLabelled(const Json& dataset, const std::string& kind) {
    const Sheet* sheet = dataset.is_object() ? find_sheet("dataset", dataset.value("kind", "")) : nullptr;
    if (!sheet) return false;
    const auto offered = sheet->offers(dataset);
    return std::any_of(offered.begin(), offered.end(), [&](const std::string& word) {
        return word.starts_with("labels of the kind ") && (kind.empty() || word.ends_with(" " + kind));
    });
}

bool specCountsImages(const Json& spec) {
    return spec.is_object() && isOfPictures(spec.value("dataset", Json()));
}

bool countsImages(const RunRecord& run) {
    const Json input = run.facts.is_object() ? run.facts.value("input", Json()) : Json();
    if (!input.is_object() || input.empty()) return specCountsImages(run.spec);  // its data has not been read yet
    return std::string_view(unit_of(input_facts_of(input))) == "images";
}

QString amountText(double amount, bool images) {
    const QString text =
        images ? QCoreApplication::translate("Unit", "%1 images") : QCoreApplication::translate("Unit", "%1 tokens");
    return text.arg(shortCount(amount));
}

QString countedText(Counted counted) {
    switch (counted) {
        case Counted::images:
            return QCoreApplication::translate("Unit", "Images");
        case Counted::both:
            return QCoreApplication::translate("Unit", "Tokens, images");
        case Counted::tokens:
            break;
    }
    return QCoreApplication::translate("Unit", "Tokens");
}

QString tokensText(double amount, bool images, Counted counted) {
    return images && counted == Counted::both ? amountText(amount, true) : shortCount(amount);
}

QString speedText(Counted counted) {
    switch (counted) {
        case Counted::images:
            return QCoreApplication::translate("Unit", "Images a second");
        case Counted::both:
            return QCoreApplication::translate("Unit", "Tokens or images a second");
        case Counted::tokens:
            break;
    }
    return QCoreApplication::translate("Unit", "Tokens a second");
}

}  // namespace gw::ui
