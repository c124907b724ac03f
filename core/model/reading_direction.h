#pragma once
#include <string>

#include "model/backbone.h"

namespace gw {

/// For a kind that reads tokens from the beginning alone or sees both sides, as its setting `key` says: `one`, `both`,
/// or "auto" for what the objective needs. Fills in what it offers, its remedies and what its objective settles.
void read_as_set(BackboneKind& kind, const std::string& key, const std::string& one, const std::string& both);

}  // namespace gw
