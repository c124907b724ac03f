#include "spec/usual_split.h"

#include <algorithm>

#include "data/dataset.h"
#include "data/split.h"

namespace gw {

std::string labels_offered(const Json& dataset) {
    const DatasetKind* kind = find_kind(datasets(), dataset.value("kind", ""));
    if (!kind) return "";
    for (const std::string& word : kind->offers(dataset))
        if (word.starts_with("labels of the kind ")) return word;
    return "";
}

bool has_classes(const Json& dataset) {
    return labels_offered(dataset) == std::string("labels of the kind ") + label_kind_name(LabelKind::one_class);
}

Json usual_split_of(const Json& dataset) {
    const DatasetKind* kind = find_kind(datasets(), dataset.value("kind", ""));
    const bool in_order =
        kind && std::find(kind->needs.begin(), kind->needs.end(), parts_in_order) != kind->needs.end();
    const SplitUse use = in_order                                   ? SplitUse::few_documents
                         : has_classes(dataset)                     ? SplitUse::classes
                         : kind && kind->has_few_documents(dataset) ? SplitUse::few_documents
                                                                    : SplitUse::documents;
    return usual_split(use).complete(Json::object());
}

const Sheet& fold_sheet() {
    return cross_validation_split();
}

const std::vector<std::string>& fold_settings() {
    return cross_validation_split().cross_validation->choosable;
}

Json fold_split(const Json& dataset, std::int64_t folds, std::int64_t fold, const Json& chosen) {
    return cross_validation_split().cross_validation->fold(folds, fold, has_classes(dataset), chosen);
}

}  // namespace gw
