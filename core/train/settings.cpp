#include "train/settings.h"

#include <cmath>

namespace gw {

void TrainingSettings::check(schema::Problems& out, const std::string& at) const {
    if ((budget_unit == "steps" || budget_unit == "tokens") && budget != std::floor(budget))
        out.push_back({at + ".budget", "must be a whole number of " + budget_unit});
}

const Sheet& training_sheet() {
    static const Sheet sheet =
        sheet_of<TrainingSettings>({.id = "training", .title = "Training", .summary = "Budget, batch, precision and device.", .source = ""});
    return sheet;
}

const Sheet& evaluation_sheet() {
    static const Sheet sheet = sheet_of<EvaluationSettings>(
        {.id = "evaluation", .title = "Evaluation", .summary = "When and how the validation part is scored.", .source = ""});
    return sheet;
}

const Sheet& saving_sheet() {
    static const Sheet sheet =
        sheet_of<SavingSettings>({.id = "saving", .title = "Saving", .summary = "When checkpoints are written and which are kept.", .source = ""});
    return sheet;
}

const Sheet& sampling_sheet() {
    static const Sheet sheet = sheet_of<SamplingSettings>(
        {.id = "sampling", .title = "Samples", .summary = "What the model writes now and then, so that progress can be read.", .source = ""});
    return sheet;
}

const Sheet& monitoring_sheet() {
    static const Sheet sheet = sheet_of<MonitoringSettings>(
        {.id = "monitoring", .title = "Monitoring", .summary = "What is recorded of the layers and the machine, and what raises an alert.", .source = ""});
    return sheet;
}

}  // namespace gw
