#include "spec/fit_spec.h"

#include <algorithm>

#include "spec/run_spec.h"

namespace gw {

namespace {

using Words = std::vector<std::string>;

/// A kind that a section may have.
struct Option {
    const Sheet* sheet = nullptr;
    Json section;
    Words offers;
};
/// A section and its kinds: the one that it has, then all others in the order of the family.
struct Section {
    const Family* family = nullptr;
    std::vector<Option> options;
};

/// The data is what the rest is fitted to, and where weights come from is for a person to say.
bool may_change(const Family& family) {
    return !family.single && family.id != "dataset" && family.id != "start";
}

bool has(const Words& words, std::string_view beginning) {
    return std::any_of(words.begin(), words.end(),
                       [&](const std::string& word) { return word.starts_with(beginning); });
}

std::vector<Section> sections_of(const Json& spec) {
    std::vector<Section> out;
    bool labelled = false;
    for (const Family& family : families()) {
        const Json section = spec.value(family.id, Json::object());
        const bool first = family.single || (family.optional && section == Json::object());
        const Sheet* own = first                 ? family.kinds.front()
                           : section.is_object() ? find_sheet(family.id, section.value("kind", ""))
                                                 : nullptr;
        if (!own) return {};
        Section& made = out.emplace_back(Section{&family, {{own, section, own->offers(section)}}});
        labelled = labelled || (family.id == "dataset" && has(own->offers(section), "labels of the kind "));
        // A family whose kinds neither need nor offer anything has nothing to do with it.
        for (const Sheet* sheet : family.kinds) {
            if (sheet == own || !may_change(family)) continue;
            // Data with labels is there for them: its captions are read by who asks for that.
            if (labelled && has(sheet->needs, "captions")) continue;
            Json fresh = sheet->complete(Json::object());
            Words offers = sheet->offers(fresh);
            if (!sheet->needs.empty() || !offers.empty() || !own->needs.empty() || !own->offers(section).empty())
                made.options.push_back({sheet, std::move(fresh), std::move(offers)});
        }
    }
    return out;
}

bool all_met(const std::vector<const Option*>& chosen) {
    for (const Option* one : chosen)
        for (const std::string& need : one->sheet->needs_of(one->section))
            if (std::none_of(chosen.begin(), chosen.end(), [&](const Option* other) {
                    return std::find(other->offers.begin(), other->offers.end(), need) != other->offers.end();
                }))
                return false;
    return true;
}

/// Puts the first choice of all that changes `changes` sections, from `at` on, into `chosen`.
bool choose(const std::vector<Section>& sections, std::size_t at, int changes, std::vector<const Option*>& chosen) {
    if (at == sections.size()) return changes == 0 && all_met(chosen);
    if (static_cast<int>(sections.size() - at) < changes) return false;
    const auto& options = sections[at].options;
    for (std::size_t i = 0; i < (changes > 0 ? options.size() : 1); ++i) {
        chosen.push_back(&options[i]);
        if (choose(sections, at + 1, changes - (i > 0 ? 1 : 0), chosen)) return true;
        chosen.pop_back();
    }
    return false;
}

}  // namespace

std::optional<Json> fitted_spec(const Json& spec) {
    if (!spec.is_object()) return std::nullopt;
    const std::vector<Section> sections = sections_of(spec);
    int most = 0;
    for (const Section& section : sections) most += section.options.size() > 1 ? 1 : 0;
    for (int changes = 0; changes <= most; ++changes) {
        std::vector<const Option*> chosen;
        if (!choose(sections, 0, changes, chosen)) continue;
        if (changes == 0) return std::nullopt;
        Json out = spec;
        for (std::size_t i = 0; i < sections.size(); ++i)
            if (chosen[i] != &sections[i].options.front()) out[sections[i].family->id] = chosen[i]->section;
        return out;
    }
    return std::nullopt;
}

}  // namespace gw
