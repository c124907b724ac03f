#include "data/examples.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "data/class_names.h"
#include "schema/parse_json.h"
#include "util/hash.h"
#include "util/rng.h"
#include "util/text.h"

namespace gw {

LabelFacts ExampleTable::facts() const {
    LabelFacts facts{kind, classes, std::vector<std::int64_t>(classes.size(), 0), size(), 0, 1};
    double sum = 0, squares = 0;
    for (const Example& example : examples) {
        for (const std::int32_t c : example.classes) ++facts.counts[static_cast<std::size_t>(c)];
        sum += example.value;
    }
    if (kind != LabelKind::number || examples.empty()) return facts;
    facts.mean = sum / static_cast<double>(examples.size());
    for (const Example& example : examples) squares += (example.value - facts.mean) * (example.value - facts.mean);
    const double deviation = std::sqrt(squares / static_cast<double>(examples.size()));
    facts.deviation = deviation > 0 ? deviation : 1;
    return facts;
}

std::vector<std::string> ExampleTable::where(const Example& example) const {
    if (example.file < 0 || static_cast<std::size_t>(example.file) >= files.size())
        return {"document " + grouped(example.row + 1)};
    const std::string file = "file " + files[static_cast<std::size_t>(example.file)];
    if (example.file_row > 0) return {"row " + grouped(example.file_row), file};
    return {file};
}

std::string ExampleTable::place(const Example& example) const {
    std::string out;
    for (const std::string& part : where(example)) out += (out.empty() ? "" : ", ") + part;
    return out;
}

ExampleTable ExampleTable::drawn(std::int64_t count, std::uint64_t seed) const {
    if (count <= 0 || count >= size()) return *this;
    // Shuffled within each class, then taken in turns by share: the i-th of n in a class stands at (i + 1/2) / n.
    std::map<std::int32_t, std::vector<std::size_t>> by_class;
    for (std::size_t i = 0; i < examples.size(); ++i)
        by_class[kind == LabelKind::one_class && !examples[i].classes.empty() ? examples[i].classes.front() : 0]
            .push_back(i);
    struct Place {
        double at;
        std::size_t example;
        bool first;
    };
    std::vector<Place> places;
    for (auto& [label, members] : by_class) {
        Rng rng(mix64(seed, static_cast<std::uint64_t>(label)));
        for (std::size_t i = 0; i + 1 < members.size(); ++i)
            std::swap(members[i], members[i + rng.below(members.size() - i)]);
        for (std::size_t i = 0; i < members.size(); ++i)
            places.push_back(
                {(static_cast<double>(i) + 0.5) / static_cast<double>(members.size()), members[i], i == 0});
    }
    std::stable_sort(places.begin(), places.end(), [](const Place& a, const Place& b) {
        return std::pair(!a.first, a.at) < std::pair(!b.first, b.at);
    });
    places.resize(static_cast<std::size_t>(count));
    std::sort(places.begin(), places.end(), [](const Place& a, const Place& b) { return a.example < b.example; });
    ExampleTable out{kind, classes, {}, files};
    for (const Place& place : places) out.examples.push_back(examples[place.example]);
    return out;
}

ExampleTable ExampleTable::only(const std::vector<std::string>& names) const {
    if (names.empty()) return *this;
    ExampleTable out{kind, names, {}, files};
    for (const Example& example : examples) {
        const auto it =
            std::find(names.begin(), names.end(), classes[static_cast<std::size_t>(example.classes.front())]);
        if (it == names.end()) continue;
        out.examples.push_back(example);
        out.examples.back().classes = {static_cast<std::int32_t>(it - names.begin())};
    }
    return out;
}

Status ExampleTable::rename(const std::vector<std::string>& names) {
    if (names == classes) return {};
    std::vector<std::int32_t> to;
    for (const std::string& name : classes) {
        auto it = std::find(names.begin(), names.end(), name);
        // "1.0" is the class that other data spelt "1".
        if (const auto number = whole_number(name); number && it == names.end())
            it = std::find_if(names.begin(), names.end(),
                              [&](const std::string& known) { return whole_number(known) == number; });
        to.push_back(it == names.end() ? -1 : static_cast<std::int32_t>(it - names.begin()));
    }
    for (const Example& example : examples)
        for (const std::int32_t c : example.classes)
            if (to[static_cast<std::size_t>(c)] < 0) {
                std::string known;
                for (std::size_t i = 0; i < names.size() && i < 10; ++i) known += (i ? ", " : "") + names[i];
                return Error{Error::Code::bad_data,
                             "The class \"" + classes[static_cast<std::size_t>(c)] +
                                 "\" is not one that this model was trained for",
                             "It knows " + known + (names.size() > 10 ? ", ..." : ""), where(example)};
            }
    for (Example& example : examples) {
        for (std::int32_t& c : example.classes) c = to[static_cast<std::size_t>(c)];
        if (kind == LabelKind::class_set) std::sort(example.classes.begin(), example.classes.end());
    }
    classes = names;
    return {};
}

namespace {

/// Checksum of the rows as text, for the first line of a table.
std::string rows_mark(std::string_view rows) {
    Checksum64 sum;
    sum.add(rows);
    return std::to_string(sum.value());
}

Example example_of(const Json& json, const ExampleTable& table) {
    Example example;
    example.start = json.at(0);
    example.length = json.at(1);
    example.row = json.at(2);
    example.file = json.at(3);
    example.file_row = json.at(4);
    if (table.kind == LabelKind::number)
        example.value = json.at(5);
    else
        example.classes = json.at(5).get<std::vector<std::int32_t>>();
    if (table.kind == LabelKind::word_classes) example.word_starts = json.at(6).get<std::vector<std::int64_t>>();
    const std::size_t behind = table.kind == LabelKind::word_classes ? 7 : 6;
    if (json.size() > behind) example.picture = json.at(behind);
    return example;
}

/// Whether its numbers can be used as indices.
bool sound(const Example& example, const ExampleTable& table) {
    const auto classes = static_cast<std::int64_t>(table.classes.size());
    for (const std::int32_t c : example.classes)
        if (c < 0 || c >= classes) return false;
    std::int64_t before = 0;
    for (const std::int64_t start : example.word_starts) {
        if (start < before || start > example.length) return false;
        before = start;
    }
    if (table.kind == LabelKind::one_class && example.classes.size() != 1) return false;
    if (table.kind == LabelKind::word_classes && example.classes.size() != example.word_starts.size()) return false;
    if (table.kind == LabelKind::class_set && !std::is_sorted(example.classes.begin(), example.classes.end()))
        return false;
    return example.start >= 0 && example.length >= 0 && std::isfinite(example.value);
}

}  // namespace

bool lie_inside(const ExampleTable& table, std::int64_t tokens, std::int64_t pictures, bool captions) {
    return std::all_of(table.examples.begin(), table.examples.end(), [&](const Example& example) {
        if (captions && (example.picture < 0 || example.picture >= pictures)) return false;
        const std::int64_t room = captions || pictures == 0 ? tokens : pictures;
        return example.start <= room && example.length <= room - example.start;
    });
}

Status write_examples(const fs::path& path, const ExampleTable& table) {
    std::string rows;
    for (const Example& e : table.examples) {
        Json line = Json::array({e.start, e.length, e.row, e.file, e.file_row});
        if (table.kind == LabelKind::number)
            line.push_back(e.value);
        else
            line.push_back(e.classes);
        if (table.kind == LabelKind::word_classes) line.push_back(e.word_starts);
        if (e.picture >= 0) line.push_back(e.picture);
        rows += line.dump() + "\n";
    }
    const Json head = {{"kind", label_kind_name(table.kind)},
                       {"classes", table.classes},
                       {"files", table.files},
                       {"rows", table.size()},
                       {"check", rows_mark(rows)}};
    return write_file_atomic(path, head.dump() + "\n" + rows);
}

Result<ExampleTable> read_examples(const fs::path& path) {
    auto text = read_file(path);
    if (!text) return text.error();
    ExampleTable table;
    auto damaged = [&](std::int64_t line) {
        return Error{Error::Code::bad_data,
                     "The table of examples is damaged",
                     "Delete it: it will be made again",
                     {"file " + path.string(), "line " + grouped(line)}};
    };
    const std::string_view all = text.value();
    const std::size_t end = all.find('\n');
    std::int64_t number = 1;
    try {
        if (end == std::string_view::npos) return damaged(number);
        const Json head = parse_json(all.substr(0, end)).or_throw();
        std::string_view rows = all.substr(end + 1);
        table.kind = label_kind_named(head.at("kind").get<std::string>());
        table.classes = head.at("classes").get<std::vector<std::string>>();
        table.files = head.at("files").get<std::vector<std::string>>();
        if (head.value("check", "") != rows_mark(rows)) return damaged(number);
        while (!rows.empty()) {
            ++number;
            const std::size_t length = std::min(rows.find('\n'), rows.size());
            Example example = example_of(parse_json(rows.substr(0, length)).or_throw(), table);
            if (!sound(example, table)) return damaged(number);
            table.examples.push_back(std::move(example));
            rows.remove_prefix(std::min(length + 1, rows.size()));
        }
    } catch (const Json::exception&) {
        return damaged(number);
    } catch (const Failure&) {
        return damaged(number);
    }
    return table;
}

}  // namespace gw
