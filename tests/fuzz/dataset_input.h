#pragma once
#include "data/catalog.h"
#include "fuzz/fuzz.h"
#include "util/text.h"

namespace gw::fuzz {

/// Reads a whole dataset of this kind, whose settings `paths` and the rest are given, and looks at all of every
/// document.
inline void read_dataset(const std::string& kind, Json settings, const std::vector<fs::path>& paths) {
    settings["kind"] = kind;
    for (const fs::path& path : paths) settings["paths"].push_back(path.string());
    const DatasetKind* found = find_kind(datasets(), kind);
    must(found && found->check(settings, "dataset").empty());
    const auto dataset = found->build(found->complete(settings));
    std::uint64_t sum = 0;
    const Status read = dataset->visit(
        [&](const Document& document) {
            for (const char c : document.text) sum += static_cast<unsigned char>(c);
            must(!first_bad_utf8(document.text).has_value());
            if (document.label)
                for (const std::string& name : document.label->classes) must(!first_bad_utf8(name).has_value());
            if (document.table) {
                must(!first_bad_utf8(text_of(document)).has_value());
                must(document.table->values.size() == document.table->columns->size());
            }
            if (document.picture)
                for (const std::uint8_t value : document.picture->pixels) sum += value;
            return true;
        },
        {}, {});
    keep(sum);
    if (!read) must(!read.error().message.empty());
}

}  // namespace gw::fuzz
