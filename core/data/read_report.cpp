#include "data/read_report.h"

#include <algorithm>
#include <array>

#include "util/text.h"

namespace gw {

namespace {

using How = ReadReport::How;
constexpr std::array hows{std::pair{How::none, "none"}, std::pair{How::given, "given"}, std::pair{How::name, "name"},
                          std::pair{How::content, "content"}};

How how_named(const std::string& name) {
    for (const auto& [how, known] : hows)
        if (name == known) return how;
    return How::none;
}

std::string by(How how) {
    return how == How::given     ? " (as set)"
           : how == How::name    ? " (by its name)"
           : how == How::content ? " (by its content)"
                                 : "";
}

Json column_json(const ReadReport::Column& column) {
    if (column.how == How::none) return nullptr;
    return {{"name", column.name}, {"number", column.number}, {"how", how_name(column.how)}};
}

ReadReport::Column column_of(const Json& json) {
    if (!json.is_object()) return {};
    return {json.value("name", ""), json.value("number", std::int64_t{0}), how_named(json.value("how", "none"))};
}

std::string column_text(const ReadReport::Column& column) {
    std::string out;
    if (column.number > 0) out = "column " + std::to_string(column.number);
    if (!column.name.empty()) out += std::string(out.empty() ? "field" : "") + " \"" + column.name + "\"";
    if (out.empty()) return column.how == How::name ? "by the names of the files" : "by the content";
    return out + by(column.how);
}

Json size_json(const ReadReport::Size& size) {
    return {{"height", size.height}, {"width", size.width}, {"count", size.count}};
}

ReadReport::Size size_of(const Json& json) {
    if (!json.is_object()) return {};
    return {json.value("height", std::int64_t{0}), json.value("width", std::int64_t{0}),
            json.value("count", std::int64_t{0})};
}

std::string size_text(const ReadReport::Size& size) {
    return std::to_string(size.height) + " x " + std::to_string(size.width);
}

std::string places_text(const ReadReport::Passed& passed) {
    std::string out;
    for (const FilePlace& place : passed.first) out += (out.empty() ? "" : ", ") + place_text(place);
    if (passed.count > static_cast<std::int64_t>(passed.first.size())) out += ", ...";
    return out;
}

/// "text" column for a setting: its name where names tell it apart, else its number.
std::string setting_of(const ReadReport::Column& column, const ReadReport& report) {
    if (!column.name.empty() && std::count(report.columns.begin(), report.columns.end(), column.name) <= 1)
        return column.name;
    return column.number > 0 ? std::to_string(column.number) : "";
}

}  // namespace

const char* how_name(ReadReport::How how) {
    for (const auto& [known, name] : hows)
        if (known == how) return name;
    return "none";
}

std::string place_text(const FilePlace& place) {
    return (place.row > 0 ? "row " + grouped(place.row) + " of " : "") + place.file;
}

void ReadReport::pass_over(const std::string& why, const FilePlace& place, std::int64_t count) {
    constexpr std::size_t few = 5;
    auto it = std::find_if(passed.begin(), passed.end(), [&](const Passed& one) { return one.why == why; });
    if (it == passed.end()) it = passed.insert(passed.end(), {why, 0, {}});
    it->count += count;
    if (it->first.size() < few) it->first.push_back(place);
}

Json to_json(const ReadReport& r) {
    Json passed = Json::array(), classes = Json::array();
    for (const auto& one : r.passed) {
        Json first = Json::array();
        for (const FilePlace& place : one.first) first.push_back({{"file", place.file}, {"row", place.row}});
        passed.push_back({{"why", one.why}, {"count", one.count}, {"first", std::move(first)}});
    }
    for (const auto& [name, count] : r.classes) classes.push_back({{"name", name}, {"count", count}});
    Json out = {{"format", r.format},
                {"format_how", how_name(r.format_how)},
                {"separator", r.separator},
                {"separator_how", how_name(r.separator_how)},
                {"quoted", r.quoted},
                {"header", r.header},
                {"header_how", how_name(r.header_how)},
                {"columns", r.columns},
                {"text", column_json(r.text)},
                {"label", column_json(r.label)},
                {"files", r.files},
                {"rows", r.rows},
                {"passed", std::move(passed)},
                {"classes", std::move(classes)},
                {"byte_order_marks", r.byte_order_marks},
                {"crlf_files", r.crlf_files},
                {"cr_files", r.cr_files},
                {"warnings", r.warnings},
                {"reading", r.reading}};
    if (r.different_sizes > 0) {
        Json sizes = Json::array();
        for (const ReadReport::Size& size : r.sizes) sizes.push_back(size_json(size));
        out["sizes"] = {{"common", std::move(sizes)},
                        {"smallest", size_json(r.smallest)},
                        {"largest", size_json(r.largest)},
                        {"different", r.different_sizes}};
    }
    return out;
}

ReadReport read_report_of(const Json& json) {
    ReadReport r;
    if (!json.is_object()) return r;
    r.format = json.value("format", "");
    r.format_how = how_named(json.value("format_how", "none"));
    r.separator = json.value("separator", "");
    r.separator_how = how_named(json.value("separator_how", "none"));
    r.quoted = json.value("quoted", false);
    r.header = json.value("header", false);
    r.header_how = how_named(json.value("header_how", "none"));
    r.columns = json.value("columns", std::vector<std::string>());
    r.text = column_of(json.value("text", Json()));
    r.label = column_of(json.value("label", Json()));
    r.files = json.value("files", std::int64_t{0});
    r.rows = json.value("rows", std::int64_t{0});
    for (const Json& one : json.value("passed", Json::array())) {
        ReadReport::Passed passed{one.value("why", ""), one.value("count", std::int64_t{0}), {}};
        for (const Json& place : one.value("first", Json::array()))
            passed.first.push_back({place.value("file", ""), place.value("row", std::int64_t{0})});
        r.passed.push_back(std::move(passed));
    }
    for (const Json& one : json.value("classes", Json::array()))
        r.classes.emplace_back(one.value("name", ""), one.value("count", std::int64_t{0}));
    if (const Json sizes = json.value("sizes", Json()); sizes.is_object()) {
        for (const Json& size : sizes.value("common", Json::array())) r.sizes.push_back(size_of(size));
        r.smallest = size_of(sizes.value("smallest", Json()));
        r.largest = size_of(sizes.value("largest", Json()));
        r.different_sizes = sizes.value("different", std::int64_t{0});
    }
    r.byte_order_marks = json.value("byte_order_marks", std::int64_t{0});
    r.crlf_files = json.value("crlf_files", std::int64_t{0});
    r.cr_files = json.value("cr_files", std::int64_t{0});
    r.warnings = json.value("warnings", std::vector<std::string>());
    r.reading = json.value("reading", "");
    return r;
}

std::string read_report_text(const ReadReport& r) {
    if (r.format.empty()) return "";
    // What has a label and no text is a picture, or a whole file.
    const std::string noun = r.text.how == How::none && r.label.how != How::none ? " example"
                             : r.format == "pictures"                            ? " picture"
                             : r.format == "series"                              ? " row"
                                                                                 : " text";
    std::string out = grouped(r.rows) + noun + (r.rows == 1 ? " of " : "s of ") + grouped(r.files) +
                      (r.files == 1 ? " file" : " files") + ", read as " + r.format + by(r.format_how);
    if (!r.separator.empty())
        out += std::string(", cut at ") + (r.separator == "tab" ? "tabs" : "\"" + r.separator + "\"") +
               by(r.separator_how);
    if (r.header_how != How::none)
        out +=
            std::string(r.header ? ", the first row names the columns" : ", the first row is data") + by(r.header_how);
    if (r.text.how != How::none) out += "; text: " + column_text(r.text);
    if (r.label.how != How::none) out += "; label: " + column_text(r.label);
    if (!r.classes.empty()) {
        constexpr std::size_t shown = 12;
        out += "; classes: ";
        for (std::size_t i = 0; i < r.classes.size() && i < shown; ++i)
            out += (i ? ", " : "") + r.classes[i].first + " " + grouped(r.classes[i].second);
        if (r.classes.size() > shown)
            out += ", and " + grouped(static_cast<std::int64_t>(r.classes.size() - shown)) + " more";
    }
    if (r.different_sizes > 0 && !r.sizes.empty())
        out += "; " + grouped(r.different_sizes) + " sizes from " + size_text(r.smallest) + " to " +
               size_text(r.largest) + " pixels, most of " + size_text(r.sizes.front());
    for (const auto& one : r.passed)
        out += "; passed over: " + grouped(one.count) + " with " + one.why + " (" + places_text(one) + ")";
    return out + ".";
}

Json read_alike(const Json& section, const ReadReport& r) {
    Json out = section;
    auto set = [&](const char* key, const std::string& value) {
        if (out.contains(key) && !value.empty()) out[key] = value;
    };
    if (r.format_how == How::none) return out;
    // Tables and rows tell their own form; what is plain, and what names or columns mean, does not show.
    const bool tells_itself = r.format == "csv" || r.format == "tsv" || r.format == "jsonl" || r.format == "json";
    if (out.contains("json_field"))
        set("format", r.format == "json" ? "jsonl" : r.format);
    else if (!tells_itself)
        set("format", r.format);
    if (r.header_how != How::none) set("header", r.header ? "names" : "data");
    set("text", setting_of(r.text, r));
    set("label", setting_of(r.label, r));
    if (r.text.how != How::none) set("json_field", setting_of(r.text, r));
    return out;
}

}  // namespace gw
