#include "schema/former_kinds.h"

#include <atomic>

namespace gw {

namespace {

std::atomic<const FormerKinds*> told = nullptr;
std::atomic<Json (*)(const Json&)> told_silence = nullptr;
std::atomic<std::string (*)(const Json&)> told_unit = nullptr;

}  // namespace

void tell_former_kinds(const FormerKinds& former) {
    told = &former;
}

std::string kind_of_today(const std::string& section, const std::string& id) {
    const FormerKinds* former = told;
    if (!former) return id;
    const auto kinds = former->find(section);
    if (kinds == former->end()) return id;
    const auto renamed = kinds->second.find(id);
    return renamed == kinds->second.end() ? id : renamed->second;
}

Json with_kinds_of_today(Json spec) {
    const FormerKinds* former = told;
    if (!former || !spec.is_object()) return spec;
    for (const auto& [section, kinds] : *former) {
        const auto it = spec.find(section);
        if (it == spec.end() || !it->is_object()) continue;
        const auto kind = it->find("kind");
        if (kind != it->end() && kind->is_string()) *kind = kind_of_today(section, kind->get<std::string>());
    }
    return spec;
}

void tell_silence(Json (*filled)(const Json& spec)) {
    told_silence = filled;
}

Json with_settings_of_today(const Json& spec) {
    Json (*const filled)(const Json&) = told_silence;
    return filled && spec.is_object() ? filled(spec) : spec;
}

void tell_unit(std::string (*counted)(const Json& spec)) {
    told_unit = counted;
}

std::string unit_of_spec(const Json& spec) {
    std::string (*const counted)(const Json&) = told_unit;
    return counted && spec.is_object() ? counted(spec) : "";
}

}  // namespace gw
