#include "compare/spec_table.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

#include "schema/former_kinds.h"

namespace gw {

namespace {

using Settings = std::vector<std::pair<std::string, Json>>;

void flatten(const Json& value, const std::string& path, Settings& out) {
    if (!value.is_object()) {
        out.emplace_back(path, value);
        return;
    }
    for (const auto& [key, inner] : value.items()) flatten(inner, path.empty() ? key : path + "." + key, out);
}

constexpr std::string_view kind_end = ".kind";

std::string section_of(const std::string& path) {
    return path.substr(0, path.find('.'));
}

/// What a setting is called beside its value.
std::string word_of(const std::string& path) {
    return path.ends_with(kind_end) ? section_of(path) : path.substr(path.rfind('.') + 1);
}

/// Paths and texts are told apart by their ends.
std::string end_of(const std::string& text) {
    constexpr std::size_t longest = 40;
    if (text.size() <= longest) return text;
    std::size_t from = text.size() - longest;
    while (from < text.size() && (static_cast<unsigned char>(text[from]) & 0xC0U) == 0x80U) ++from;
    return "…" + text.substr(from);
}

}  // namespace

std::vector<SpecRow> spec_table(const std::vector<RunRecord>& runs) {
    std::vector<SpecRow> rows;
    std::map<std::string, std::size_t> known;
    for (std::size_t r = 0; r < runs.size(); ++r) {
        Settings settings;
        flatten(runs[r].spec, "", settings);
        std::size_t place = 0;  // behind the setting before it, so that one kind's settings stay together
        for (auto& [path, value] : settings) {
            auto found = known.find(path);
            if (found == known.end()) {
                rows.insert(rows.begin() + static_cast<std::ptrdiff_t>(place), {path, std::vector<Json>(runs.size())});
                for (auto& [other, index] : known) index += index >= place ? 1 : 0;
                found = known.emplace(path, place).first;
            }
            rows[found->second].values[r] = std::move(value);
            place = found->second + 1;
        }
    }
    for (SpecRow& row : rows)
        row.differs = std::any_of(row.values.begin(), row.values.end(),
                                  [&](const Json& value) { return value != row.values.front(); });
    return rows;
}

std::string setting_text(const Json& value) {
    if (value.is_null()) return "–";
    if (value.is_string()) return value.get<std::string>();
    if (!value.is_array()) return value.dump();
    std::string out;
    for (const Json& one : value) out += (out.empty() ? "" : ", ") + setting_text(one);
    return out;
}

std::vector<SpecRow> whole_spec_table(std::vector<RunRecord> runs) {
    for (RunRecord& run : runs) run.spec = with_settings_of_today(run.spec);
    return spec_table(runs);
}

std::vector<SpecRow> telling_rows(const std::vector<SpecRow>& table) {
    std::set<std::string> other_kinds;  // sections in which another kind was chosen
    for (const SpecRow& row : table)
        if (row.differs && row.path.ends_with(kind_end)) other_kinds.insert(section_of(row.path));
    std::vector<SpecRow> out;
    for (const SpecRow& row : table) {
        if (!row.differs || row.path.starts_with("sampling.") || row.path.starts_with("saving.") ||
            row.path.starts_with("monitoring.") || row.path == "training.threads" || row.path == "training.priority" ||
            row.path == "schema")
            continue;
        // What only one kind has follows from the kind, unless it differs among runs of that kind.
        std::vector<Json> had;
        for (const Json& value : row.values)
            if (!value.is_null()) had.push_back(value);
        const bool follows =
            had.size() < row.values.size() && other_kinds.contains(section_of(row.path)) &&
            std::all_of(had.begin(), had.end(), [&](const Json& value) { return value == had.front(); });
        if (!follows) out.push_back(row);
    }
    return out;
}

std::string settings_label(const std::vector<SpecRow>& rows, std::size_t run, std::size_t most) {
    most = std::min(most, rows.size());
    std::map<std::string, int> words;
    for (std::size_t i = 0; i < most; ++i) ++words[word_of(rows[i].path)];
    std::string label;
    for (std::size_t i = 0; i < most; ++i) {
        const std::string word = word_of(rows[i].path);
        label += (label.empty() ? "" : " · ") + (words[word] > 1 ? rows[i].path : word) + " " +
                 end_of(setting_text(rows[i].values[run]));
    }
    return label;
}

std::string seed_group_key(const RunRecord& run) {
    Json spec = with_settings_of_today(run.spec);
    if (spec.is_object()) spec.erase("schema");
    if (spec.is_object()) spec.erase("monitoring");  // nothing that is trained depends on what is recorded
    if (spec.contains("training") && spec["training"].is_object()) spec["training"].erase("seed");
    return spec.dump() + run.facts.value("dataset_hash", std::string()) +
           run.facts.value("tokenizer_hash", std::string());
}

}  // namespace gw
