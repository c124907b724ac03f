#include "ui/texts/unit_text.h"

#include <QCoreApplication>
#include <algorithm>
#include <string_view>

#include "data/dataset.h"
#include "schema/former_kinds.h"
#include "spec/run_spec.h"
#include "ui/texts/text.h"

namespace gw::ui {

bool isOfPictures(const Json& dataset) {
    const DatasetKind* kind = dataset.is_object() ? find_kind(datasets(), dataset.value("kind", "")) : nullptr;
    return kind && kind->pictures;
}

bool isOfSeries(const Json& dataset) {
    const DatasetKind* kind = dataset.is_object() ? find_kind(datasets(), dataset.value("kind", "")) : nullptr;
    return kind && kind->series;
}

bool isOfTables(const Json& dataset) {
    const DatasetKind* kind = dataset.is_object() ? find_kind(datasets(), dataset.value("kind", "")) : nullptr;
    return kind && kind->table;
}

bool isLabelled(const Json& dataset, const std::string& kind) {
    const Sheet* sheet = dataset.is_object() ? find_sheet("dataset", dataset.value("kind", "")) : nullptr;
    if (!sheet) return false;
    const auto offered = sheet->offers(dataset);
    return std::any_of(offered.begin(), offered.end(), [&](const std::string& word) {
        return word.starts_with("labels of the kind ") && (kind.empty() || word.ends_with(" " + kind));
    });
}

namespace {

Unit unitNamed(std::string_view name) {
    return name == "images"    ? Unit::images
           : name == "windows" ? Unit::windows
           : name == "rows"    ? Unit::rows
                               : Unit::tokens;
}

}  // namespace

Unit unitOfSpec(const Json& spec) {
    return unitNamed(unit_of_spec(spec));
}

Unit unitOf(const RunRecord& run) {
    return unitNamed(unit_of(run));
}

QString amountText(double amount, Unit unit) {
    const QString text = unit == Unit::images    ? QCoreApplication::translate("Unit", "%1 images")
                         : unit == Unit::windows ? QCoreApplication::translate("Unit", "%1 windows")
                         : unit == Unit::rows    ? QCoreApplication::translate("Unit", "%1 rows")
                                                 : QCoreApplication::translate("Unit", "%1 tokens");
    return text.arg(shortCount(amount));
}

QString unitText(Unit unit) {
    switch (unit) {
        case Unit::images:
            return QCoreApplication::translate("Unit", "Images");
        case Unit::windows:
            return QCoreApplication::translate("Unit", "Windows");
        case Unit::rows:
            return QCoreApplication::translate("Unit", "Rows");
        case Unit::tokens:
            break;
    }
    return QCoreApplication::translate("Unit", "Tokens");
}

QString countedText(Counted counted) {
    return counted ? unitText(*counted) : QCoreApplication::translate("Unit", "Tokens, images, windows, rows");
}

QString tokensText(double amount, Unit unit, Counted counted) {
    return counted || unit == Unit::tokens ? shortCount(amount) : amountText(amount, unit);
}

QString speedText(Counted counted) {
    if (!counted) return QCoreApplication::translate("Unit", "Tokens, images, windows or rows a second");
    switch (*counted) {
        case Unit::images:
            return QCoreApplication::translate("Unit", "Images a second");
        case Unit::windows:
            return QCoreApplication::translate("Unit", "Windows a second");
        case Unit::rows:
            return QCoreApplication::translate("Unit", "Rows a second");
        case Unit::tokens:
            break;
    }
    return QCoreApplication::translate("Unit", "Tokens a second");
}

}  // namespace gw::ui
