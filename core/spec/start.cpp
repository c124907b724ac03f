#include "spec/start.h"

#include <algorithm>
#include <cmath>

#include "objective/objective.h"
#include "spec/backbone_size.h"
#include "spec/settings.h"
#include "util/text.h"

namespace gw {

namespace {

constexpr const char* scratch = "scratch";
constexpr const char* checkpoint = "checkpoint";

const BackboneKind* backbone_of(const Json& spec) {
    return find_kind(backbones(), spec.at("backbone").value("kind", ""));
}

/// Those of a kind's projections that a backbone with these settings has.
std::vector<std::string> projections_of(const BackboneKind& kind, const Json& spec) {
    std::vector<std::string> out = kind.projections;
    for (const std::string& absent : kind.absent_projections(spec.at("backbone")))
        out.erase(std::remove(out.begin(), out.end(), absent), out.end());
    return out;
}

/// Adapters stand beside products that the backbone has.
void check_projections(const CheckpointStart& start, const BackboneKind& kind, const Json& spec,
                       schema::Problems& out) {
    std::vector<std::string> names = projections_of(kind, spec);
    names.insert(names.end(), kind.more_projections.begin(), kind.more_projections.end());
    std::string known;
    for (const std::string& name : names) known += (known.empty() ? "" : ", ") + name;
    if (known.empty())
        out.push_back(
            {"start.train",
             kind.card.title +
                 " as it is set has no products that adapters could stand beside; set start.train=all, head or last"});
    for (const std::string& name : start.projections) {
        if (known.empty() || std::find(names.begin(), names.end(), name) != names.end()) continue;
        const auto near = nearest(name, names);
        out.push_back({"start.projections", "\"" + name + "\" is no projection of " + kind.card.title +
                                                (near ? "; did you mean \"" + *near + "\"?" : "; there are " + known)});
    }
}

/// Adapters must be smaller than what they stand beside, and reach what they are to change. Those that a kind gives
/// only by name are of tables, which an output layer may share.
void check_adapters(const CheckpointStart& start, const Json& spec, const BackboneKind& kind, const BackboneSize& size,
                    schema::Problems& out) {
    if (size.width > 0 && start.rank > size.width)
        out.push_back({"start.rank",
                       "the rank " + std::to_string(start.rank) + " is above the width " + std::to_string(size.width) +
                           " of the backbone, so adapters would hold more than the weights themselves; 4 to 64 is "
                           "usual"});
    if (!size.tied || learns_from_labels(spec)) return;
    for (const std::string& name : kind.more_projections)
        if (std::find(start.projections.begin(), start.projections.end(), name) != start.projections.end())
            out.push_back({"start.projections", "an adapter of the " + name +
                                                    " does not reach the output layer that shares their table; take "
                                                    "\"" +
                                                    name + "\" out, or learn from labels"});
}

/// A head that is the token embedding cannot be trained while the backbone rests.
void check_head_alone(const CheckpointStart& start, const Json& spec, const BackboneSize& size, schema::Problems& out) {
    const ObjectiveKind* objective = find_kind(objectives(), spec.at("objective").value("kind", ""));
    if (!objective || objective->head_when_tied || !size.tied) return;
    const std::string why =
        "the head of " + objective->card.title +
        " is the token embedding (tied), so that nothing is left to train while the backbone rests; ";
    if (start.train == "head")
        out.push_back({"start.train", why + "set start.train=last, lora or all"});
    else if (start.head_first > 0)
        out.push_back({"start.head_first", why + "set start.head_first=0"});
}

struct ScratchStart {
    static constexpr auto fields = std::tuple<>{};
};

}  // namespace

bool learns_from_labels(const Json& spec) {
    const ObjectiveKind* objective = find_kind(objectives(), spec.value("objective", Json::object()).value("kind", ""));
    return objective && std::any_of(objective->needs.begin(), objective->needs.end(),
                                    [](const std::string& need) { return need.starts_with("labels"); });
}

void CheckpointStart::check(schema::Problems& out, const std::string& at) const {
    if (trim(path).empty()) out.push_back({at + ".path", "must name the folder of a checkpoint"});
    if (fresh && train != "all")
        out.push_back({at + ".fresh", "random weights must all be trained: set " + at + ".train=all"});
    if (fresh && keep_head)
        out.push_back({at + ".fresh", "cannot stand beside " + at + ".keep_head=true, which wants the trained head"});
    if (head_first_rate > 0 && head_first == 0)
        out.push_back({at + ".head_first_rate", "means nothing while " + at + ".head_first=0: there is no first part",
                       /*warning=*/true});
}

std::int64_t CheckpointStart::head_steps(double steps) const {
    return train == "head" ? 0 : std::llround(head_first * steps);
}

ScheduleStand schedule_stand(const CheckpointStart& start, std::int64_t head_steps, std::int64_t step, double steps) {
    if (head_steps <= 0 || start.head_first_rate <= 0) return {static_cast<double>(step), steps, std::nullopt};
    if (step < head_steps) return {static_cast<double>(step), static_cast<double>(head_steps), start.head_first_rate};
    return {static_cast<double>(step - head_steps), std::max(1.0, steps - static_cast<double>(head_steps)),
            std::nullopt};
}

std::vector<const Sheet*> start_sheets() {
    static const Sheet fresh = sheet_of<ScratchStart>(
        {.id = scratch, .title = "From scratch", .summary = "Random weights, drawn from the seed.", .source = ""});
    static const Sheet trained = sheet_of<CheckpointStart>(
        {.id = checkpoint,
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
    LoraShape lora{start->rank, start->alpha, start->lora_dropout, start->projections};
    const BackboneKind* kind = backbone_of(spec);
    if (!lora.projections.empty() || !kind) return lora;
    lora.projections = projections_of(*kind, spec);
    if (learns_from_labels(spec))
        lora.projections.insert(lora.projections.end(), kind->more_projections.begin(), kind->more_projections.end());
    return lora;
}

void check_start(const Json& spec, schema::Problems& out) {
    const auto start = checkpoint_start(spec);
    if (!start) return;
    const BackboneKind* backbone = backbone_of(spec);
    if (backbone && start->train == "lora") check_projections(*start, *backbone, spec, out);
    if (const auto size = backbone_size(spec)) {
        check_head_alone(*start, spec, *size, out);
        if (backbone && start->train == "lora") check_adapters(*start, spec, *backbone, *size, out);
        if (start->train == "last" && size->layers > 0 && start->last > size->layers)
            out.push_back({"start.last", "the backbone has " + std::to_string(size->layers) + " layers; set " +
                                             std::to_string(size->layers) + " or less, or start.train=all"});
    }
    const bool timed = settings_of<TrainingSettings>(spec, "training").budget_unit == "minutes";
    if (start->head_first > 0 && timed)
        out.push_back({"start.head_first", "needs a budget in steps, tokens or epochs, not in minutes"});
}

}  // namespace gw
