#include "workspace/run_name.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <set>

#include "schema/render.h"
#include "spec/run_spec.h"
#include "util/name.h"
#include "util/text.h"

namespace gw {

namespace {

constexpr const char* separator = " · ";

/// Names that say nothing of what lies in a file.
bool is_common(const std::string& stem) {
    static const std::set<std::string> common{"all",   "corpus",   "data",  "dataset", "dev",       "file",
                                              "input", "labels",   "part",  "test",    "text",      "texts",
                                              "train", "training", "valid", "val",     "validation"};
    std::string small = stem;
    std::transform(small.begin(), small.end(), small.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return common.contains(small);
}

std::string name_of_path(const std::string& text) {
    fs::path path = fs::path(text).lexically_normal();
    if (!path.has_filename()) path = path.parent_path();  // "books/" is "books"
    while (path.filename().string().find_first_of("*?[") != std::string::npos) path = path.parent_path();
    const std::string stem = path.stem().string(), folder = path.parent_path().filename().string();
    return is_common(stem) && !folder.empty() ? folder : stem;
}

/// 3e-3 rather than 0.003: the shortest that reads back the same.
std::string number_text(const Json& value) {
    const std::string plain = value.dump();
    if (!value.is_number_float()) return plain;
    const double x = value.get<double>();
    constexpr double small = 0.01, large = 1e5;
    if (x == 0 || (std::abs(x) >= small && std::abs(x) < large))
        return x == std::floor(x) && std::abs(x) < large ? Json(static_cast<std::int64_t>(x)).dump() : plain;
    for (int digits = 1; digits <= 17; ++digits) {
        char text[40];
        std::snprintf(text, sizeof text, "%.*e", digits - 1, x);
        if (std::strtod(text, nullptr) != x) continue;
        const std::string whole = text;
        const std::size_t e = whole.find('e');
        return whole.substr(0, e) + "e" + std::to_string(std::atoi(whole.c_str() + e + 1));
    }
    return plain;
}

/// "lr 3e-3"; a kind and a choice of words speak for themselves.
std::string said(const Json& spec, const std::string& path, const Json& value) {
    const std::string key = path.substr(path.find('.') + 1);
    if (key == "kind") return schema::value_text(value);
    if (path == "training.budget") return number_text(value) + " " + spec["training"].value("budget_unit", "");
    if (value.is_number()) return key + " " + number_text(value);
    std::string text = schema::value_text(value);
    constexpr std::size_t longest = 24;
    if (text.size() > longest) text = text.substr(0, utf8_boundary(text, longest)) + "…";
    return key + " " + (text.empty() ? "–" : text);
}

/// What a name tells of: not where and how often something is measured, saved or shown, nor what follows from the
/// machine.
bool is_telling(const std::string& path) {
    for (const char* section : {"dataset.", "evaluation.", "saving.", "sampling.", "monitoring.", "probing."})
        if (path.starts_with(section)) return false;
    for (const char* one : {"start.kind", "start.path", "training.threads", "training.device", "training.budget_unit",
                            "backbone.layers", "backbone.width"})
        if (path == one) return false;
    return true;
}

/// The defaults of the kinds that the spec has, so that another kind counts as one difference and not with each of its
/// settings.
Json with_kinds_of(Json base, const Json& spec) {
    for (const Family& family : families()) {
        if (family.single || !spec.contains(family.id)) continue;
        const std::string kind = spec[family.id].value("kind", "");
        if (base.value(family.id, Json::object()).value("kind", "") == kind) continue;
        const Sheet* sheet = find_sheet(family.id, kind);
        if (!sheet) continue;
        const Json was = base.value(family.id, Json::object()).value("kind", Json());
        base[family.id] = sheet->complete(Json::object());
        base[family.id]["kind"] = was;
    }
    return base;
}

std::vector<SpecDifference> differences(const Json& base, const Json& spec) {
    std::vector<SpecDifference> out = diff_specs(with_kinds_of(base, spec), spec);
    std::erase_if(out, [](const SpecDifference& d) { return !is_telling(d.path) || d.right.is_null(); });
    return out;
}

/// What tells of the model first, then of its training, the length and the seed at the end.
int place_of(const std::string& path) {
    if (path == "training.seed") return 9;
    if (path == "training.budget") return 8;
    if (path.ends_with(".kind")) return 0;
    if (path == "optimizer.lr") return 1;
    for (const auto& [section, place] :
         {std::pair{"start.", 2}, {"backbone.", 3}, {"objective.", 4}, {"optimizer.", 5}, {"training.", 6}})
        if (path.starts_with(section)) return place;
    return 7;
}

}  // namespace

std::string data_name(const Json& spec) {
    const Json dataset = spec.value("dataset", Json::object());
    const std::string kind = dataset.value("kind", "");
    const Sheet* sheet = find_sheet("dataset", kind);
    if (!sheet) return kind;
    for (const schema::Row& row : sheet->rows) {
        const Json value = dataset.value(std::string(row.info.key), Json());
        if (row.info.holds == schema::Holds::path && value.is_string() && !value.get<std::string>().empty())
            return name_of_path(value.get<std::string>());
        if (row.info.holds != schema::Holds::paths || !value.is_array() || value.empty()) continue;
        std::vector<std::string> names;
        for (const Json& one : value)
            if (std::string name = name_of_path(schema::value_text(one));
                std::find(names.begin(), names.end(), name) == names.end())
                names.push_back(std::move(name));
        return names.front() + (names.size() > 1 ? " +" + std::to_string(names.size() - 1) : "");
    }
    return kind;
}

std::string name_from_spec(const Json& spec, const std::vector<std::string>& telling) {
    std::string name = data_name(spec);
    const Json backbone = spec.value("backbone", Json::object());
    if (backbone.contains("layers") && backbone.contains("width"))
        name += " " + backbone["layers"].dump() + "×" + backbone["width"].dump();

    std::vector<SpecDifference> found = differences(default_spec(), spec);
    if (const auto all = recipes())
        for (const Recipe& recipe : all.value())
            if (auto other = differences(overlay_spec(default_spec(), recipe.spec), spec); other.size() < found.size())
                found = std::move(other);
    std::stable_sort(found.begin(), found.end(), [](const SpecDifference& a, const SpecDifference& b) {
        return place_of(a.path) < place_of(b.path);
    });

    constexpr std::size_t most = 3;  // beside the seed and what must be said
    std::vector<std::string> paths = telling;
    const std::size_t room = telling.size() + most;
    for (const SpecDifference& difference : found) {
        if (std::find(paths.begin(), paths.end(), difference.path) != paths.end()) continue;
        if (paths.size() < room || difference.path == "training.seed") paths.push_back(difference.path);
    }
    for (const std::string& path : paths) {
        const std::size_t dot = path.find('.');
        const Json value = spec.value(path.substr(0, dot), Json::object()).value(path.substr(dot + 1), Json());
        name += separator + said(spec, path, value);
    }
    return fit_name(name);
}

std::string name_from_parent(const std::string& parent, const Json& spec) {
    const Json start = spec.value("start", Json::object());
    std::string name = parent + " -> " + data_name(spec);
    const Sheet* sheet = find_sheet("start", start.value("kind", ""));
    if (!sheet) return name;
    for (const schema::Row& row : sheet->rows) {
        const std::string key(row.info.key);
        const Json value = start.value(key, row.default_value);
        if (row.info.holds == schema::Holds::path || row.type == schema::Type::list || value == row.default_value)
            continue;
        name +=
            ", " + (row.type == schema::Type::choice ? schema::value_text(value) : said(spec, "start." + key, value));
    }
    return fit_name(name);
}

std::string unused_name(const Store& store, const std::string& name) {
    auto taken = [&](const std::string& wanted) {
        const auto run = store.run(wanted);
        return run && run.value().name == wanted;
    };
    const std::string fit = fit_name(name);
    std::string free = fit;
    for (int number = 2; taken(free); ++number) free = fit + " (" + std::to_string(number) + ")";
    return free;
}

std::vector<std::string> telling_names(const std::vector<fs::path>& files) {
    std::vector<std::string> names;
    std::vector<fs::path> before;
    for (const fs::path& file : files) {
        const fs::path whole = fs::absolute(file).lexically_normal();
        names.push_back(whole.stem().string());
        before.push_back(whole.parent_path());
    }
    auto all_differ = [&] { return std::set<std::string>(names.begin(), names.end()).size() == names.size(); };
    constexpr int deepest = 20;  // the same file named twice never differs
    for (int depth = 0; depth < deepest && !all_differ(); ++depth)
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (before[i].filename().empty()) continue;
            names[i] = before[i].filename().string() + "/" + names[i];
            before[i] = before[i].parent_path();
        }
    if (!all_differ())
        for (std::size_t i = 0; i < names.size(); ++i)
            names[i] = files[i].stem().string() + " " + std::to_string(i + 1);
    for (std::string& name : names) name = fit_name(name);
    return names;
}

}  // namespace gw
