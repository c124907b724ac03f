#include "spec/settings.h"

#include <algorithm>
#include <cmath>

#include "data/dataset.h"
#include "data/split.h"
#include "spec/reading.h"
#include "spec/usual_split.h"

namespace gw {

void TrainingSettings::check(schema::Problems& out, const std::string& at) const {
    if ((budget_unit == "steps" || budget_unit == "tokens") && budget != std::floor(budget))
        out.push_back({at + ".budget", "must be a whole number of " + budget_unit});
}

std::int64_t EvaluationSettings::looked_at(std::int64_t units_per_step) const {
    if (tokens >= 0) return tokens;
    // A look goes forward alone, which is about a third of a step on as much: half as much takes a sixth of the time.
    constexpr double share = 0.5;
    constexpr std::int64_t least = 1000, most = 50000;  // figures of fewer say little; of more, hardly more
    if (every <= 0 || units_per_step <= 0) return most;
    const double between = static_cast<double>(every) * static_cast<double>(units_per_step) * (1 - overlap);
    return between * share >= static_cast<double>(most) ? most
                                                        : std::max(least, static_cast<std::int64_t>(between * share));
}

const Sheet& training_sheet() {
    static const Sheet sheet = sheet_of<TrainingSettings>(
        {.id = "training", .title = "Training", .summary = "Budget, batch, precision and device.", .source = ""});
    return sheet;
}

const Sheet& evaluation_sheet() {
    static const Sheet sheet = sheet_of<EvaluationSettings>({.id = "evaluation",
                                                             .title = "Evaluation",
                                                             .summary = "When and how the validation part is scored.",
                                                             .source = ""});
    return sheet;
}

const Sheet& saving_sheet() {
    static const Sheet sheet = sheet_of<SavingSettings>({.id = "saving",
                                                         .title = "Saving",
                                                         .summary = "When checkpoints are written and which are kept.",
                                                         .source = ""});
    return sheet;
}

const Sheet& sampling_sheet() {
    static const Sheet sheet = sheet_of<SamplingSettings>(
        {.id = "sampling",
         .title = "Samples",
         .summary = "What the model writes or draws now and then, so that progress can be seen.",
         .source = ""});
    return sheet;
}

const Sheet& monitoring_sheet() {
    static const Sheet sheet = sheet_of<MonitoringSettings>(
        {.id = "monitoring",
         .title = "Monitoring",
         .summary = "What is recorded of the layers and the machine, and what raises an alert.",
         .source = ""});
    return sheet;
}

Json ProbingSettings::dataset(const Json& own) const {
    if (paths.empty()) return own;
    Json section = files_like(own, /*labelled=*/true);
    const Json wishes = {{"paths", paths}, {"format", format}, {"labels", labels}, {"text", text}, {"label", label}};
    for (const auto& [key, value] : wishes.items())
        if (section.contains(key)) section[key] = value;
    return section;
}

Json ProbingSettings::split(const Json& own, const Json& dataset) const {
    if (paths.empty()) return own;
    Json split = usual_split_of(this->dataset(dataset));
    split["validation"] = 0.3;
    split["test"] = 0.0;
    return split;
}

const Sheet& probing_sheet() {
    static const Sheet sheet = sheet_of<ProbingSettings>(
        {.id = "probing",
         .title = "Probing",
         .summary = "What the frozen features say of labelled texts, while they are trained.",
         .source = "kNN: Wu et al. 2018, arXiv:1805.01978; linear: Alain and Bengio 2017, arXiv:1610.01644"});
    return sheet;
}

}  // namespace gw
