#pragma once
#include <cmath>

#include "draw.h"
#include "engine/small.h"
#include "model/noise_time.h"

namespace gw::test {

/// Shapes in views, and a small backbone that gives what the objective needs; those with captions keep their tokenizer.
inline Json pictures_for(const ObjectiveKind& kind) {
    Json out = Json::parse(R"({
        "dataset": {"kind": "shapes", "pictures": 120, "size": 16},
        "split": {"kind": "by_document", "validation": 0.2, "test": 0.1},
        "augmentation": {"kind": "views"},
        "backbone": {"kind": "cnn", "stages": 2, "channels": 4, "hidden": 16}
    })");
    if (!has_word(kind.needs, "captions")) out["tokenizer"] = {{"kind", "none"}};
    if (has_word(kind.needs, "patches"))
        out["backbone"] = {{"kind", "vit"}, {"patch", 4}, {"layers", 1}, {"width", 16}, {"heads", 2}};
    if (has_word(kind.needs, noise_features))
        out["backbone"] = {{"kind", "unet"}, {"stages", 1}, {"channels", 4}, {"groups", 2}};
    if (has_word(kind.needs, "two towers"))
        out["backbone"] = {{"kind", "two_towers"}, {"image_width", 4}, {"text_layers", 1}, {"text_width", 16},
                           {"heads", 2},           {"context", 16},    {"width", 8}};
    return out;
}

/// A wave and a slope over 300 hours, and a small map of it.
inline Json series_in(const fs::path& folder) {
    const fs::path file = folder / "waves.csv";
    std::ofstream out(file);
    out << "time,wave,slope\n";
    for (int i = 0; i < 300; ++i)
        out << "2024-01-" << (i / 24 < 9 ? "0" : "") << i / 24 + 1 << " " << (i % 24 < 10 ? "0" : "") << i % 24
            << ":00:00," << std::sin(0.5 * i) << "," << 0.01 * i + std::cos(0.1 * i) << "\n";
    return {{"dataset", {{"kind", "series"}, {"paths", {file.string()}}, {"look_back", 16}, {"horizon", 6}}},
            {"split", {{"kind", "tail"}, {"validation", 0.2}, {"test", 0.1}}},
            {"tokenizer", {{"kind", "none"}}},
            {"backbone", {{"kind", "linear"}}}};
}

/// A complete spec of a tiny run of an objective, on data of its own sort that is written into `folder`.
inline Json tiny_spec_of(const ObjectiveKind& kind, const fs::path& folder, const Json& changes = Json::object()) {
    const auto labels_of = [&]() -> std::string {
        for (const std::string& word : kind.needs)
            if (word.starts_with("labels of the kind "))
                return word.substr(std::string_view("labels of the kind ").size());
        return "";
    };
    Json spec = {{"objective", {{"kind", kind.card.id}}}};
    if (const std::string labels = labels_of(); !labels.empty()) {
        const fs::path file = folder / (labels + (labels == "word" ? ".conll" : ".csv"));
        std::ofstream out(file);
        if (labels != "word") out << "text,label\n";
        for (int i = 0; i < 80; ++i) {
            const std::string word = i % 2 ? "oil" : "ball", text = "the " + word + " number " + std::to_string(i);
            if (labels == "class") out << text << "," << (i % 2 ? "trade" : "sport") << "\n";
            if (labels == "set") out << text << ",\"" << (i % 2 ? "trade,world" : i % 3 ? "sport" : "world") << "\"\n";
            if (labels == "number") out << text << "," << (i % 2 ? 2.5 : -1.0) + 0.01 * i << "\n";
            if (labels == "word")
                out << "the O\n" << word << (i % 2 ? " B-TRADE" : " B-SPORT") << "\nnumber O\n" << i << " O\n\n";
        }
        spec["dataset"] = {{"kind", "labelled_text"}, {"paths", {file.string()}}, {"labels", labels}};
        if (labels == "word")
            spec["dataset"]["format"] = "columns";
        else
            spec["dataset"].update({{"text", "text"}, {"label", "label"}});
        spec["split"] = {{"kind", "by_document"}, {"validation", 0.25}, {"test", 0.15}};
    }
    if (has_word(kind.needs, "image") || has_word(kind.needs, value_rows)) spec.update(pictures_for(kind));
    if (has_word(kind.needs, "windows of series")) spec.update(series_in(folder));
    return tiny_spec(overlay_spec(spec, changes));
}

}  // namespace gw::test
