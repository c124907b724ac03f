#pragma once
#include <string>
#include <vector>

#include "schema/kind.h"

// What data is labelled with, and the splits that fit it, for who chooses no split.
namespace gw {

/// What a section "dataset" is labelled with, as objectives name it ("labels of the kind class"); empty without labels.
std::string labels_offered(const Json& dataset);

/// Whether each of its rows has one class.
bool has_classes(const Json& dataset);

/// The split that is usual for such data, with its defaults. Lists files and reads none.
Json usual_split_of(const Json& dataset);

/// The split that makes the folds of a cross-validation, and the settings of it that a person may choose beside them.
const Sheet& fold_sheet();
const std::vector<std::string>& fold_settings();

/// The section "split" for one fold of `folds`, from 1: with the classes in the same shares where rows have one class
/// each, unless `chosen` (the split as it was) says otherwise.
Json fold_split(const Json& dataset, std::int64_t folds, std::int64_t fold, const Json& chosen);

}  // namespace gw
