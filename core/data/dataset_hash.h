#pragma once
#include "schema/field.h"
#include "util/hash.h"

namespace gw {

/// What names the data of a run: the fingerprint of its files and of how they are read, and the section "split" by
/// which they are cut.
inline std::string dataset_hash_of(const std::string& fingerprint, const Json& split) {
    return sha256(fingerprint + split.dump());
}

}  // namespace gw
