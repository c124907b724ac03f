#include "compare/spec_table.h"

#include <algorithm>
#include <map>

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

std::vector<SpecRow> telling_rows(const std::vector<SpecRow>& table) {
    std::vector<SpecRow> out;
    for (const SpecRow& row : table)
        if (row.differs && !row.path.starts_with("sampling.") && !row.path.starts_with("saving.") &&
            row.path != "training.threads")
            out.push_back(row);
    return out;
}

std::string seed_group_key(const RunRecord& run) {
    Json spec = run.spec;
    if (spec.contains("training") && spec["training"].is_object()) spec["training"].erase("seed");
    return spec.dump() + run.facts.value("dataset_hash", std::string()) +
           run.facts.value("tokenizer_hash", std::string());
}

}  // namespace gw
