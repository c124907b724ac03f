#include "workspace/finetune.h"

#include <algorithm>

#include "artifact/checkpoint.h"
#include "artifact/safetensors.h"
#include "train/parent_fit.h"
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
    Json json = Json::parse(text.value(), nullptr, /*allow_exceptions=*/false);
    if (!json.is_object())
        return Error{Error::Code::bad_data,
                     "The checkpoint's " + std::string(name) + " is damaged",
                     "Use another checkpoint",
                     {checkpoint.string()}};
    return json;
}

/// The objective that a dataset's labels call for; nothing for text without labels.
std::optional<std::string> objective_for(const Json& dataset) {
    if (dataset.value("kind", "") != "labelled_text") return std::nullopt;
    const std::string labels = dataset.value("labels", "class");
    if (labels == "set") return "multi_label";
    if (labels == "number") return "sequence_regression";
    return labels == "word" ? "token_classification" : "sequence_classification";
}

/// Two digits are enough of a suggestion.
double rounded(double value) {
    return std::stod(significant(value, 2));
}

Json suggestion(const ParentCard& parent, const Json& changes) {
    const Json dataset = changes.value("dataset", Json::object());
    const Json start = changes.value("start", Json::object());
    const std::string train = start.value("train", "all");
    const auto objective = objective_for(dataset);
    const bool labelled = objective.has_value();
    Json spec = parent.spec;
    spec["backbone"]["attention"] = settled_attention(parent.spec);
    spec["start"] = {{"kind", "checkpoint"}, {"path", parent.checkpoint.string()}};
    if (labelled) spec["objective"] = {{"kind", *objective}};
    spec["split"] = dataset.value("labels", "class") == "class" && labelled ? Json{{"kind", "stratified"}} : Json{{"kind", "by_document"}};
    const bool from_nothing = train == "head" || train == "lora" || start.value("fresh", false);
    const double lr = parent.spec.at("optimizer").value("lr", 1e-3), factor = from_nothing ? 1.0 : labelled ? 0.1 : 0.3;
    spec["optimizer"]["lr"] = rounded(lr * factor);
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

}  // namespace

std::optional<RunRecord> run_of_checkpoint(const Workspace& workspace, const Store& store, const fs::path& checkpoint) {
    const fs::path folder = checkpoint.lexically_normal().parent_path().parent_path();
    if (folder.parent_path() != fs::absolute(workspace.root() / "runs").lexically_normal()) return std::nullopt;
    auto run = store.run(folder.filename().string());
    return run ? std::optional(std::move(run).value()) : std::nullopt;
}

Result<ParentCard> parent_card(const Workspace& workspace, const fs::path& checkpoint) {
    ParentCard card;
    card.checkpoint = fs::absolute(checkpoint).lexically_normal();
    auto spec = read_part(card.checkpoint, "spec.json"), state = read_part(card.checkpoint, "state.json");
    if (!spec) return spec.error();
    if (!state) return state.error();
    if (Status sound = spec_status(spec.value()); !sound) return Error(sound.error()).at("checkpoint " + card.checkpoint.string());
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
    const Json spec = overlay_spec(suggestion(parent, changes), changes);
    if (Status sound = spec_status(spec); !sound) return sound.error();
    Json whole = complete_spec(spec);
    if (Status fits = fits_parent(whole, parent.spec); !fits) return fits.error();
    return whole;
}

std::vector<SpecDifference> plan_of(const ParentCard& parent, const Json& spec) {
    std::vector<SpecDifference> out;
    for (SpecDifference& d : diff_specs(parent.spec, spec)) {
        const std::string section = d.path.substr(0, d.path.find('.')), key = d.path.substr(section.size() + 1);
        const std::string kind = spec.at(section).value("kind", "");
        const bool other_kind = kind != parent.spec.value(section, Json::object()).value("kind", section == "start" ? "scratch" : kind);
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
    Result<SafetensorsFile> file = SafetensorsFile::open(checkpoint / "backbone.safetensors");
    if (!file) return file.error();
    std::vector<LayerRow> rows;
    auto add = [&](const std::string& name, std::int64_t count, int depth) {
        const auto it = std::find_if(rows.begin(), rows.end(), [&](const LayerRow& row) { return row.name == name; });
        if (it != rows.end())
            it->parameters += count;
        else
            rows.push_back({name, count, depth});
    };
    auto block_number = [](const std::string& name) {
        return name.starts_with("blocks.") ? std::strtoll(name.c_str() + 7, nullptr, 10) : name.starts_with("norm") ? 1'000'000LL : -1LL;
    };
    std::vector<const TensorView*> tensors;
    for (const TensorView& tensor : file.value().tensors()) tensors.push_back(&tensor);
    std::stable_sort(tensors.begin(), tensors.end(), [&](const TensorView* a, const TensorView* b) {
        return std::pair(block_number(a->name), a->name) < std::pair(block_number(b->name), b->name);
    });
    for (const TensorView* tensor : tensors) {
        std::int64_t count = 1;
        for (const std::int64_t size : tensor->shape) count *= size;
        const std::string& name = tensor->name;
        std::size_t cut = name.find('.');
        if (name.starts_with("blocks.")) cut = name.find('.', cut + 1);
        add(name.substr(0, cut), count, 0);
        if (!name.starts_with("blocks.")) continue;
        add(name.substr(0, name.find('.', cut + 1)), count, 1);
    }
    std::stable_sort(rows.begin(), rows.end(), [&](const LayerRow& a, const LayerRow& b) {
        return std::pair(block_number(a.name), a.depth) < std::pair(block_number(b.name), b.depth);
    });
    return rows;
}

}  // namespace gw
