#include "spec/wants_captions.h"

#include <algorithm>

#include "model/backbone.h"
#include "objective/objective.h"

namespace gw {

namespace {

template <class Kinds>
bool needs_captions(const Kinds& kinds, const Json& section) {
    const Sheet* sheet = section.is_object() ? find_kind(kinds, section.value("kind", "")) : nullptr;
    return sheet && std::find(sheet->needs.begin(), sheet->needs.end(), "captions") != sheet->needs.end();
}

}  // namespace

bool wants_captions(const Json& spec) {
    return spec.is_object() && (needs_captions(backbones(), spec.value("backbone", Json::object())) ||
                                needs_captions(objectives(), spec.value("objective", Json::object())));
}

}  // namespace gw
