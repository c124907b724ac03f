#include "workspace/run_name.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <optional>
#include <set>

#include "schema/render.h"
#include "spec/run_spec.h"
#include "util/name.h"
#include "util/text.h"

namespace gw {

namespace {

constexpr const char* separator = " · ";

/// Words that say nothing of what lies in a file: those of parts, of forms and of pieces ("train-00001-of-00003").
bool is_common(const std::string& stem) {
    static const std::set<std::string> common{
        "all",    "corpus", "data",  "dataset",  "dev",   "development", "eval",  "file",      "idx",
        "images", "input",  "k",     "labels",   "of",    "part",        "shard", "t",         "test",
        "text",   "texts",  "train", "training", "ubyte", "val",         "valid", "validation"};
    std::string word;
    bool any = false;
    for (const char c : lower_case(stem) + "-") {
        if (static_cast<unsigned char>(c) >= 0x80U || (c >= 'a' && c <= 'z')) {
            word += c;
        } else if (!word.empty()) {
            if (!common.contains(word)) return false;
            any = true;
            word.clear();
        }
    }
    return any;  // a year is a name
}

/// "books" of "books.tsv.gz".
std::string stem_of(fs::path path) {
    static const std::set<std::string> packed{".bz2", ".gz", ".xz", ".zst"};
    if (packed.contains(path.extension().string())) path = path.stem();
    return path.stem().string();
}

std::string name_of_path(const std::string& text) {
    fs::path path = fs::path(text).lexically_normal();
    if (!path.has_filename()) path = path.parent_path();  // "books/" is "books"
    while (path.filename().string().find_first_of("*?[") != std::string::npos) path = path.parent_path();
    std::string stem = stem_of(path);
    if (!is_common(stem)) return stem;
    // The folder's name, or that of the one around it ("books/data/train.tsv"); no further, where people's names stand.
    const std::string folder = path.parent_path().filename().string(),
                      around = path.parent_path().parent_path().filename().string();
    if (folder.empty()) return stem;
    return is_common(folder) && !around.empty() ? around : folder;
}

/// 3e-3 rather than 0.003: the shortest that reads back the same.
std::string number_text(const Json& value) {
    std::string plain = value.dump();
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

/// The setting at a path of the spec; null where its kind has none of that name.
const schema::Row* row_at(const Json& spec, const std::string& path) {
    const std::size_t dot = path.find('.');
    const Family* family = find_family(path.substr(0, dot));
    if (!family || dot == std::string::npos) return nullptr;
    const Sheet* sheet = family->single
                             ? family->kinds.front()
                             : find_sheet(family->id, spec.value(family->id, Json::object()).value("kind", ""));
    if (!sheet) return nullptr;
    for (const schema::Row& row : sheet->rows)
        if (row.info.key == path.substr(dot + 1)) return &row;
    return nullptr;
}

/// "4×128": what the backbone's sheet says of its size; empty where it says nothing.
std::string size_words(const Json& spec) {
    const Json backbone = spec.value("backbone", Json::object());
    std::string words;
    if (const Sheet* sheet = find_sheet("backbone", backbone.value("kind", "")))
        for (const schema::Row& row : sheet->rows)
            if (row.info.sizes)
                words +=
                    (words.empty() ? "" : "×") + backbone.value(std::string(row.info.key), row.default_value).dump();
    return words;
}

/// "lr 3e-3"; a kind speaks for itself.
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
/// machine, nor the size that stands beside the data's name anyway.
bool is_telling(const Json& spec, const std::string& path) {
    for (const char* section : {"dataset.", "evaluation.", "saving.", "sampling.", "monitoring.", "probing."})
        if (path.starts_with(section)) return false;
    for (const char* one : {"start.kind", "start.path", "training.threads", "training.priority", "training.device",
                            "training.budget_unit"})
        if (path == one) return false;
    const schema::Row* row = row_at(spec, path);
    return !row || !row->info.sizes;
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
    std::erase_if(out, [&](const SpecDifference& d) { return !is_telling(spec, d.path) || d.right.is_null(); });
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

void in_order(std::vector<SpecDifference>& differences) {
    std::stable_sort(differences.begin(), differences.end(), [](const SpecDifference& a, const SpecDifference& b) {
        return place_of(a.path) < place_of(b.path);
    });
}

}  // namespace

std::string data_name(const Json& spec) {
    const Json dataset = spec.value("dataset", Json::object());
    std::string kind = dataset.value("kind", "");
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
    if (const std::string size = size_words(spec); !size.empty()) name += " " + size;

    std::vector<SpecDifference> found = differences(default_spec(), spec);
    if (const auto all = recipes())
        for (const Recipe& recipe : all.value())
            if (auto other = differences(overlay_spec(default_spec(), recipe.spec), spec); other.size() < found.size())
                found = std::move(other);
    in_order(found);
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

namespace {

/// What a run would be called beside one that has the name already: what differs from that one, wherever it was set,
/// behind the name.
std::string name_beside(const RunRecord& namesake, const Json& spec) {
    std::vector<SpecDifference> found = diff_specs(with_kinds_of(complete_spec(namesake.spec), spec), spec);
    in_order(found);
    constexpr std::size_t most = 3;
    std::size_t count = 0;
    std::string name = namesake.name;
    for (const SpecDifference& difference : found) {
        const std::string& path = difference.path;
        const schema::Row* row = row_at(spec, path);
        const bool silent = path.starts_with("saving.") || path.starts_with("sampling.") || path == "start.path" ||
                            path == "start.kind" || path == "training.threads" || path == "training.priority" ||
                            path == "training.budget_unit" || difference.right.is_null() ||
                            (row && (schema::is_path(row->info.holds) || row->type == schema::Type::list));
        if (silent || count++ >= most) continue;
        name += separator + said(spec, path, difference.right);
    }
    return fit_name(name);
}

}  // namespace

std::string name_from_parent(const std::string& parent, const Json& spec) {
    const Json start = spec.value("start", Json::object());
    std::string name = parent + " -> " + data_name(spec);
    const Sheet* sheet = find_sheet("start", start.value("kind", ""));
    if (!sheet) return name;
    for (const schema::Row& row : sheet->rows) {
        const std::string key(row.info.key);
        const Json value = start.value(key, row.default_value);
        if (schema::is_path(row.info.holds) || row.type == schema::Type::list || value == row.default_value) continue;
        name +=
            ", " + (row.type == schema::Type::choice ? schema::value_text(value) : said(spec, "start." + key, value));
    }
    return fit_name(name);
}

std::string unused_name(const Store& store, const std::string& name, const Json& spec) {
    auto namesake = [&](const std::string& wanted) -> std::optional<RunRecord> {
        auto run = store.run(wanted);
        return run && run.value().name == wanted ? std::optional(std::move(run).value()) : std::nullopt;
    };
    auto taken = [&](const std::string& wanted) { return namesake(wanted).has_value(); };
    std::string fit = fit_name(name);
    // Of a damaged or foreign spec nothing can be said.
    if (const auto other = namesake(fit); other && spec.is_object() && spec_status(spec) && spec_status(other->spec))
        fit = name_beside(*other, complete_spec(spec));
    std::string free = fit;
    for (int number = 2; taken(free); ++number) free = fit + " (" + std::to_string(number) + ")";
    return free;
}

std::string name_after_change(const Store& store, const std::string& name, const Json& before, const Json& after) {
    const std::string made = name_from_spec(before), now = name_from_spec(after);
    if (made != now && (name == made || name.starts_with(made + " ("))) return unused_name(store, now, after);
    std::string out;
    for (std::size_t at = 0; at <= name.size();) {
        const std::size_t end = std::min(name.find(separator, at), name.size());
        std::string part = name.substr(at, end - at);
        for (const char* path : {"training.budget", "optimizer.lr"}) {
            const auto value = [&](const Json& spec) {
                const std::string section(path, std::string_view(path).find('.'));
                return spec.at(section).value(path + section.size() + 1, Json());
            };
            if (at > 0 && part == said(before, path, value(before))) part = said(after, path, value(after));
        }
        out += (at > 0 ? separator : "") + part;
        at = end + std::string_view(separator).size();
    }
    return out == name ? name : unused_name(store, out, after);
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
