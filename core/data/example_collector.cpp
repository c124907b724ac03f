#include "data/example_collector.h"

#include <algorithm>
#include <map>

namespace gw {

const char* part_name(Part part) {
    return part == Part::train ? "train" : part == Part::validation ? "validation" : "test";
}

ExampleCollector::Labelled& ExampleCollector::add(Part part, const Document& document) {
    Labelled& added = of(part).emplace_back();
    if (document.label) {
        added.label.classes = document.label->classes;
        added.example.value = document.label->value;
    }
    added.example.row = document.index;
    auto it = numbers_.find(document.source);
    if (it == numbers_.end()) {
        it = numbers_.emplace(document.source, static_cast<std::int32_t>(files_.size())).first;
        files_.emplace_back(document.source);
    }
    added.example.file = it->second;
    added.example.file_row = document.row;
    return added;
}

std::array<ExampleTable, 3> ExampleCollector::tables(LabelKind kind) const {
    std::map<std::string, std::int32_t> numbers;
    for (const auto& part : labelled_)
        for (const Labelled& one : part)
            for (const std::string& name : one.label.classes) numbers[name] = 0;
    std::array<ExampleTable, 3> out;
    std::vector<std::string> names;
    for (auto& [name, number] : numbers) {
        number = static_cast<std::int32_t>(names.size());
        names.push_back(name);
    }
    for (std::size_t part = 0; part < out.size(); ++part) {
        out[part].kind = kind;
        out[part].classes = names;
        out[part].files = files_;
        for (const Labelled& one : labelled_[part]) {
            Example example = one.example;
            for (const std::string& name : one.label.classes) example.classes.push_back(numbers.at(name));
            if (kind == LabelKind::class_set) {
                std::sort(example.classes.begin(), example.classes.end());
                example.classes.erase(std::unique(example.classes.begin(), example.classes.end()),
                                      example.classes.end());
            }
            out[part].examples.push_back(std::move(example));
        }
    }
    return out;
}

Status ExampleCollector::write(const fs::path& folder, LabelKind kind) const {
    const auto all = tables(kind);
    for (const Part part : all_parts)
        if (Status status = write_examples(folder / (std::string(part_name(part)) + ".examples"),
                                           all[static_cast<std::size_t>(part)]);
            !status)
            return status;
    return {};
}

}  // namespace gw
