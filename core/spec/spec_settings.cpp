#include "spec/spec_settings.h"

#include <algorithm>

#include "schema/parse_json.h"
#include "util/files.h"
#include "util/text.h"

namespace gw {

namespace {

const schema::Row* row_at(const Json& spec, const std::string& path) {
    const std::size_t dot = path.find('.');
    const std::string section = path.substr(0, dot), key = dot == std::string::npos ? "kind" : path.substr(dot + 1);
    const Family* family = find_family(section);
    if (!family) return nullptr;
    const Sheet* sheet = family->single
                             ? family->kinds.front()
                             : find_sheet(section, spec.value(section, Json::object()).value("kind", std::string()));
    if (!sheet) return nullptr;
    for (const schema::Row& row : sheet->rows)
        if (row.info.key == key || (!row.info.was.empty() && row.info.was == key)) return &row;
    return nullptr;
}

Error ambiguous(const Setting& setting, const std::string& remedy) {
    return {Error::Code::bad_spec,
            setting.first + ": \"" + setting.second + "\" may be meant as one value or as several",
            remedy,
            {}};
}

/// What a JSON list holds, each as it would be typed.
std::vector<std::string> typed(const Json& list) {
    std::vector<std::string> out;
    for (const Json& one : list) out.push_back(one.is_string() ? one.get<std::string>() : one.dump());
    return out;
}

Result<std::vector<std::string>> parts_at_commas(const Setting& setting) {
    std::vector<std::string> out;
    for (const std::string& part : split(setting.second, ',')) {
        const std::string one(trim(part));
        // "1,000": nobody writes the number 000.
        if (one.size() > 1 && one[0] == '0' && one.find_first_not_of("0123456789") == std::string::npos)
            return ambiguous(setting, "Write a number without commas, or a list as [1,0]");
        out.push_back(one);
    }
    return out;
}

/// The values of a setting: one, or those of its list.
Result<std::vector<std::string>> values_of(const Json& spec, const Setting& setting) {
    const std::string& text = setting.second;
    const schema::Row* row = row_at(spec, setting.first);
    const Json json = json_or_null(text);
    const schema::Type type = names_kind(setting) || !row ? schema::Type::choice : row->type;
    if (type == schema::Type::list) {
        if (json.is_array() && !json.empty() &&
            std::all_of(json.begin(), json.end(), [](const Json& one) { return one.is_array(); }))
            return typed(json);
        std::error_code ignored;
        if (!json.is_array() && text.find(',') != std::string::npos && !fs::exists(text, ignored) &&
            row->info.holds == schema::Holds::paths)
            return ambiguous(setting, "Write [\"a\",\"b\"] for one run on two paths, [[\"a\"],[\"b\"]] for two runs");
        return std::vector<std::string>{text};
    }
    if (json.is_array() && !json.empty()) return typed(json);
    if (type == schema::Type::text || text.find(',') == std::string::npos) return std::vector<std::string>{text};
    return parts_at_commas(setting);
}

/// Settings by what must stand before what.
struct InOrder {
    std::vector<Setting> kinds, rest;
};
InOrder in_order(const std::vector<Setting>& settings) {
    InOrder out;
    for (const Setting& setting : settings) (names_kind(setting) ? out.kinds : out.rest).push_back(setting);
    return out;
}

Json value_at(const Json& spec, const std::string& path) {
    const std::size_t dot = path.find('.');
    const Json section = spec.value(path.substr(0, dot), Json::object());
    return section.value(dot == std::string::npos ? "kind" : path.substr(dot + 1), Json());
}

Status set_each(Json& spec, const std::vector<Setting>& settings) {
    for (const auto& [path, value] : settings) {
        auto set = set_in_spec(std::move(spec), path, value);
        if (!set) return set.error();
        spec = std::move(set).value();
    }
    return {};
}

Status expand_each(std::vector<Variation>& all, const std::vector<Setting>& settings) {
    for (const Setting& setting : settings) {
        std::vector<Variation> more;
        for (const Variation& one : all) {
            const auto values = values_of(one.spec, setting);
            if (!values) return values.error();
            for (const std::string& value : values.value()) {
                auto changed = set_in_spec(one.spec, setting.first, value);
                if (!changed) return changed.error();
                Variation next{std::move(changed).value(), one.chosen};
                if (values.value().size() > 1)
                    next.chosen.emplace_back(setting.first, value_at(next.spec, setting.first));
                more.push_back(std::move(next));
            }
        }
        all = std::move(more);
    }
    return {};
}

Status lay_between(Json& spec, const OnceKindsStand& between) {
    if (!between) return {};
    auto laid = between(std::move(spec));
    if (!laid) return laid.error();
    spec = std::move(laid).value();
    return {};
}

}  // namespace

bool names_kind(const Setting& setting) {
    return setting.first.find('.') == std::string::npos || setting.first.ends_with(".kind");
}

bool names_kind_of(const Setting& setting, const std::string& section) {
    return names_kind(setting) && setting.first.substr(0, setting.first.find('.')) == section;
}

Result<Json> set_all_in_spec(const Json& spec, const std::vector<Setting>& settings, const OnceKindsStand& between) {
    const InOrder ordered = in_order(settings);
    Json out = spec;
    if (Status set = set_each(out, ordered.kinds); !set) return set.error();
    if (Status laid = lay_between(out, between); !laid) return laid.error();
    if (Status set = set_each(out, ordered.rest); !set) return set.error();
    return out;
}

Result<std::vector<Variation>> expand_settings(const Json& spec, const std::vector<Setting>& settings,
                                               const OnceKindsStand& between) {
    const InOrder ordered = in_order(settings);
    std::vector<Variation> all{{spec, {}}};
    if (Status set = expand_each(all, ordered.kinds); !set) return set.error();
    for (Variation& one : all)
        if (Status laid = lay_between(one.spec, between); !laid) return laid.error();
    if (Status set = expand_each(all, ordered.rest); !set) return set.error();
    return all;
}

std::string list_help() {
    return "\nA setting with several values makes a run of each, and all combinations of several such settings:\n"
           "  numbers, choices, kinds:  --set optimizer.lr=1e-4,3e-4\n"
           "  texts and a single path:  --set 'dataset.label=[\"a\",\"b\"]'   (a comma is part of the text otherwise)\n"
           "  lists of texts, paths:    --set 'dataset.paths=[[\"a.txt\",\"b.txt\"],[\"c.txt\"]]'   ([\"a\",\"b\"] is "
           "one value)\n";
}

}  // namespace gw
