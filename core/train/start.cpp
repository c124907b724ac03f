#include "train/start.h"

#include <algorithm>

#include "train/settings.h"
#include "util/text.h"

namespace gw {

namespace {

constexpr const char* scratch = "scratch";
constexpr const char* checkpoint = "checkpoint";
const std::vector<std::string> known_projections{"qkv", "out", "up", "down"};

struct ScratchStart {
    static constexpr auto fields = std::tuple<>{};
};

}  // namespace

void CheckpointStart::check(schema::Problems& out, const std::string& at) const {
    if (trim(path).empty()) out.push_back({at + ".path", "must name the folder of a checkpoint"});
    if (fresh && train != "all") out.push_back({at + ".fresh", "random weights must all be trained: set " + at + ".train=all"});
    if (fresh && keep_head) out.push_back({at + ".fresh", "cannot stand beside " + at + ".keep_head=true, which wants the trained head"});
    if (train != "lora") return;
    if (projections.empty()) out.push_back({at + ".projections", "must name at least one of qkv, out, up, down"});
    for (const std::string& name : projections) {
        if (std::find(known_projections.begin(), known_projections.end(), name) != known_projections.end()) continue;
        const auto near = nearest(name, known_projections);
        out.push_back({at + ".projections", "\"" + name + "\" is no projection" +
                                                (near ? "; did you mean \"" + *near + "\"?" : "; there are qkv, out, up and down")});
    }
}

std::vector<const Sheet*> start_sheets() {
    static const Sheet fresh =
        sheet_of<ScratchStart>({.id = scratch, .title = "From scratch", .summary = "Random weights, drawn from the seed.", .source = ""});
    static const Sheet trained =
        sheet_of<CheckpointStart>({.id = checkpoint,
                                   .title = "From a checkpoint",
                                   .summary = "The backbone of a trained model, all of it or part of it trained further.",
                                   .source = "LoRA: Hu et al. 2021, arXiv:2106.09685; head first: Kumar et al. 2022, arXiv:2202.10054; "
                                             "gradual unfreezing and layer-wise rates: Howard and "
                                             "Ruder 2018, arXiv:1801.06146"});
    return {&fresh, &trained};
}

std::optional<CheckpointStart> checkpoint_start(const Json& spec) {
    const Json section = spec.value("start", Json::object());
    if (section.value("kind", scratch) != checkpoint) return std::nullopt;
    return settings_of<CheckpointStart>(spec, "start");
}

std::optional<LoraShape> lora_of(const Json& spec) {
    const auto start = checkpoint_start(spec);
    if (!start || start->train != "lora") return std::nullopt;
    return LoraShape{start->rank, start->alpha, start->lora_dropout, start->projections};
}

void check_start(const Json& spec, schema::Problems& out) {
    const auto start = checkpoint_start(spec);
    if (!start) return;
    const std::int64_t width = spec.at("backbone").value("width", std::int64_t{0});
    if (start->train == "lora" && width > 0 && start->rank > width)
        out.push_back({"start.rank", "the rank " + std::to_string(start->rank) + " is above the width " + std::to_string(width) +
                                         " of the backbone, so adapters would hold more than the weights themselves; 4 to 64 is usual"});
    const std::int64_t layers = spec.at("backbone").value("layers", std::int64_t{0});
    if (start->train == "last" && layers > 0 && start->last > layers)
        out.push_back({"start.last", "the backbone has " + std::to_string(layers) + " layers; set " + std::to_string(layers) +
                                         " or less, or start.train=all"});
    const bool timed = settings_of<TrainingSettings>(spec, "training").budget_unit == "minutes";
    if (start->head_first > 0 && timed) out.push_back({"start.head_first", "needs a budget in steps, tokens or epochs, not in minutes"});
}

}  // namespace gw
