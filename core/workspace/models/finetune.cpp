#include "workspace/models/finetune.h"

#include <algorithm>
#include <tuple>

#include "adapt/parent_fit.h"
#include "artifact/checkpoint.h"
#include "artifact/safetensors.h"
#include "schema/parse_json.h"
#include "spec/backbone_size.h"
#include "spec/layer_places.h"
#include "spec/reading.h"
#include "spec/usual_split.h"
#include "util/named_file.h"
#include "util/number.h"
#include "util/text.h"

namespace gw {

namespace {

Result<Json> read_part(const fs::path& checkpoint, const char* name) {
    Result<std::string> text = read_file(checkpoint / name);
    if (!text)
        return Error{Error::Code::bad_spec,
                     "This is no checkpoint: it has no " + std::string(name),
                     "Name a folder like .../checkpoints/step-00002000, or a run",
                     {checkpoint.string()}};
    Json json = json_or_null(text.value());
    if (!json.is_object())
        return Error{Error::Code::bad_data,
                     "The checkpoint's " + std::string(name) + " is damaged",
                     "Use another checkpoint",
                     {checkpoint.string()}};
    return json;
}

/// The objective that a dataset's labels call for; nothing for data without labels.
std::optional<std::string> objective_for(const Json& dataset) {
    const std::string labels = labels_offered(dataset);
    if (labels.empty()) return std::nullopt;
    for (const Sheet* sheet : find_family("objective")->kinds)
        if (std::find(sheet->needs.begin(), sheet->needs.end(), labels) != sheet->needs.end()) return sheet->card.id;
    return std::nullopt;
}

/// Two digits are enough of a suggestion.
double rounded(double value) {
    return parse_number(significant(value, 2)).value_or(value);
}

/// Whether a section "dataset" reads what another does, be it a draw of it or by other labels.
bool is_same_data(Json one, Json other) {
    for (const char* draw : {"examples", "examples_seed", "only", "label", "labels"}) {
        one.erase(draw);
        other.erase(draw);
    }
    return one == other;
}

/// Data that the checkpoint has learnt from keeps its parts: nothing is judged by what was seen before. Else the usual
/// split, of text with the shares of the checkpoint's own where those are shares.
Json split_for(const Json& dataset, const Json& parent_spec) {
    const Json& own = parent_spec.at("split");
    if (is_same_data(dataset, parent_spec.at("dataset"))) return own;
    Json split = usual_split_of(dataset);
    if (!labels_offered(dataset).empty()) return split;
    for (const char* part : {"validation", "test"})
        if (own.contains(part) && own[part].is_number() && split.contains(part)) split[part] = own[part];
    return split;
}

/// The checkpoint's dataset as something that new files are read like: text is told apart by what its reader found,
/// labelled data by what its settings say, for another task has columns of its own.
Json dataset_to_follow(const ParentCard& parent) {
    const Json& own = parent.spec.at("dataset");
    return labels_offered(own).empty() ? dataset_as_read(own, parent.state) : own;
}

/// Of the checkpoint's own peak rate. Tried on rt-polarity from a masked transformer of 1.4 million weights with a peak
/// of 0.003: all weights learnt more at 0.001 than at 0.0003, adapters at 0.005 as fast as all weights at 0.001.
double rate_factor(const std::string& train, bool fresh) {
    if (train == "lora") return 1.7;
    return train == "head" || fresh ? 1.0 : 0.3;
}

Json suggestion(const ParentCard& parent, const Json& changes) {
    Json spec = parent.spec;
    spec["dataset"] = dataset_to_follow(parent);
    const Json dataset = overlay_spec(spec, {{"dataset", changes.at("dataset")}}).at("dataset");
    const Json start = changes.value("start", Json::object());
    const std::string train = start.value("train", "all");
    const auto objective = objective_for(dataset);
    const bool labelled = objective.has_value();
    spec["backbone"] = settled_backbone(parent.spec);
    spec["start"] = {{"kind", "checkpoint"}, {"path", parent.checkpoint.string()}};
    if (labelled) spec["objective"] = {{"kind", *objective}};
    // Which of its own data the checkpoint's run drew says nothing of the new, nor that it was one task of several.
    if (spec["dataset"].contains("examples")) spec["dataset"].update({{"examples", 0}, {"examples_seed", 1}});
    if (spec["dataset"].contains("only")) spec["dataset"]["only"] = Json::array();
    spec.erase("sequence");
    spec["split"] = split_for(dataset, parent.spec);
    const double lr = parent.spec.at("optimizer").value("lr", 1e-3);
    spec["optimizer"]["lr"] = rounded(lr * rate_factor(train, start.value("fresh", false)));
    // A share, since these runs are of all lengths: that of Liu et al. 2019 (arXiv:1907.11692), table 10.
    spec["schedule"]["warmup"] = 0.06;
    spec["training"]["budget"] = labelled ? 5 : 1;
    spec["training"]["budget_unit"] = "epochs";
    spec["evaluation"]["every"] = labelled ? 50 : 200;
    spec["sampling"] = {{"every", 0}};
    spec["saving"]["every"] = 0;
    spec["saving"]["keep_last"] = 1;
    return spec;
}

/// The suggestion with what no weight depends on at its default: a way of reading the parent's data, such as a state
/// that is carried along a text, may not go with the new.
Json without_ways(Json spec) {
    Json& backbone = spec.at("backbone");
    const Sheet* sheet = find_sheet("backbone", backbone.value("kind", ""));
    if (!sheet) return spec;
    for (const schema::Row& row : sheet->rows)
        if (row.info.weightless) backbone[std::string(row.info.key)] = row.default_value;
    return spec;
}

}  // namespace

std::optional<RunRecord> run_of_checkpoint(const Workspace& workspace, const Store& store, const fs::path& checkpoint) {
    const fs::path folder = absolute_path(checkpoint).parent_path().parent_path();
    if (folder.parent_path() != absolute_path(workspace.root() / "runs")) return std::nullopt;
    auto run = store.run(folder.filename().string());
    return run ? std::optional(std::move(run).value()) : std::nullopt;
}

Result<ParentCard> parent_card(const Workspace& workspace, const fs::path& checkpoint) {
    ParentCard card;
    card.checkpoint = absolute_path(checkpoint);
    auto spec = read_part(card.checkpoint, "spec.json"), state = read_part(card.checkpoint, "state.json");
    if (!spec) return spec.error();
    if (!state) return state.error();
    if (Status sound = spec_status(spec.value()); !sound)
        return Error(sound.error()).at("checkpoint " + card.checkpoint.string());
    card.spec = complete_spec(spec.value());
    card.state = std::move(state).value();
    card.step = card.state.value("step", std::int64_t{0});
    card.tokens = card.state.value("tokens", std::int64_t{0}) + card.state.value("tokens_before", std::int64_t{0});
    auto store = workspace.store(Store::Mode::read_only);
    if (!store) return card;
    card.run = run_of_checkpoint(workspace, store.value(), card.checkpoint);
    constexpr std::size_t longest = 100;  // generations; also ends a circle that a hand has made
    for (std::string next = card.run ? card.run->parent : ""; !next.empty() && card.lineage.size() < longest;) {
        auto run = store.value().run(next);
        if (!run) break;
        next = run.value().parent;
        card.lineage.push_back(std::move(run).value());
    }
    return card;
}

Result<Json> finetune_spec(const ParentCard& parent, const Json& changes) {
    if (!changes.contains("dataset"))
        return Error{Error::Code::bad_spec, "There is nothing to learn from", "Name the new data", {"section dataset"}};
    const Json suggested = suggestion(parent, changes);
    Json spec = overlay_spec(suggested, changes);
    if (Status sound = spec_status(spec); !sound) {
        spec = overlay_spec(without_ways(suggested), changes);
        if (!spec_status(spec)) return sound.error();
    }
    Json whole = complete_spec(spec);
    if (Status fits = fits_parent(whole, parent.spec); !fits) return fits.error();
    return whole;
}

Result<Json> finetune_spec(const ParentCard& parent, const Json& changes, const std::vector<Setting>& settings) {
    std::vector<Setting> shaping, rest;
    for (const Setting& setting : settings) {
        const std::string section = setting.first.substr(0, setting.first.find('.'));
        const bool shapes = section == "dataset" || section == "start" ||
                            ((section == "split" || section == "objective") && names_kind(setting));
        (shapes ? shaping : rest).push_back(setting);
    }
    // What the changes ask of a section they ask of the kind that is set for it: a kind alone would reset it.
    Json asked = changes;
    for (const Setting& setting : shaping) {
        const std::string section = setting.first.substr(0, setting.first.find('.'));
        if (names_kind(setting) && asked.contains(section)) asked[section]["kind"] = setting.second;
    }
    const auto shaped = set_all_in_spec(asked, shaping);
    if (!shaped) return shaped.error();
    const auto suggested = finetune_spec(parent, shaped.value());
    if (!suggested) return suggested.error();
    const auto spec = set_all_in_spec(suggested.value(), rest);
    if (!spec) return spec.error();
    if (Status sound = spec_status(spec.value()); !sound) return sound.error();
    return complete_spec(spec.value());
}

std::vector<SpecDifference> plan_of(const ParentCard& parent, const Json& spec) {
    std::vector<SpecDifference> out;
    for (SpecDifference& d : diff_specs(parent.spec, spec)) {
        const std::string section = d.path.substr(0, d.path.find('.')), key = d.path.substr(section.size() + 1);
        const std::string kind = spec.at(section).value("kind", "");
        const bool other_kind =
            kind != parent.spec.value(section, Json::object()).value("kind", section == "start" ? "scratch" : kind);
        if (other_kind && key != "kind") {
            const Sheet* sheet = find_sheet(section, kind);
            if (!sheet || d.right.is_null() || sheet->complete(Json::object()).value(key, Json()) == d.right) continue;
            d.left = Json();
        }
        out.push_back(std::move(d));
    }
    return out;
}

Result<std::vector<LayerRow>> layers_of(const fs::path& checkpoint) {
    auto spec = read_spec((checkpoint / "spec.json").string());
    if (!spec) return spec.error();
    const Json backbone = spec.value().value("backbone", Json::object());
    Result<SafetensorsFile> file = SafetensorsFile::open(checkpoint / "backbone.safetensors");
    if (!file) return file.error();
    struct Placed {
        LayerRow row;
        std::int64_t layer;
        std::string name;  ///< of the layer
    };
    std::vector<Placed> all;
    auto add = [&](const LayerPlace& place, const std::string& name, int depth, Phrase title, std::int64_t count) {
        const auto it = std::find_if(all.begin(), all.end(), [&](const Placed& one) { return one.row.name == name; });
        if (it != all.end())
            it->row.parameters += count;
        else
            all.push_back({{name, count, depth, std::move(title)}, place.layer, place.name});
    };
    for (const TensorView& tensor : file.value().tensors()) {
        std::int64_t count = 1;
        for (const std::int64_t size : tensor.shape) count *= size;
        const LayerPlace place = layer_place(backbone, tensor.name);
        add(place, place.name, 0, place.title, count);
        if (!place.part.empty()) add(place, place.part, 1, {"%1", {place.part_title}}, count);
    }
    std::sort(all.begin(), all.end(), [](const Placed& a, const Placed& b) {
        return std::tie(a.layer, a.name, a.row.depth, a.row.name) < std::tie(b.layer, b.name, b.row.depth, b.row.name);
    });
    std::vector<LayerRow> rows;
    for (Placed& one : all) rows.push_back(std::move(one.row));
    return rows;
}

}  // namespace gw
