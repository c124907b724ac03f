#include "cli/summary.h"

#include <algorithm>

#include "artifact/current.h"
#include "schema/typed.h"
#include "util/text.h"
#include "workspace/models/figure_basis.h"

namespace gw::cli {

std::map<std::string, double> last_scores(const Store& store, const RunRecord& run) {
    std::map<std::string, double> out;
    for (const std::string& metric : store.metrics(run.id).or_throw()) {
        if (!metric.starts_with("validation/") && !metric.starts_with("test/") && !metric.starts_with("parent/") &&
            !metric.starts_with("probe/"))
            continue;
        const auto points = store.series(run.id, metric).or_throw();
        if (!points.empty()) out[metric] = points.back().value;
    }
    return out;
}

std::string event_title(const std::string& kind) {
    if (kind == "knob") return "live settings";
    std::string title = kind;
    std::replace(title.begin(), title.end(), '_', ' ');
    return title;
}

std::string number_or_dash(const std::optional<double>& value, int digits) {
    return value ? significant(*value, digits) : "-";
}

Json run_summary(const Store& store, const RunRecord& run) {
    const auto weights = current_checkpoint(run.path, /*verified=*/false);
    const FigureBasis basis = figure_basis(run);
    Json out = {{"run", run.id},
                {"status", run.status},
                {"steps", run.steps},
                {"tokens", run.tokens},
                {"seconds", run.seconds},
                {"tokens_per_second", or_null(run.tokens_per_second)},
                {"train_loss", or_null(run.train_loss)},
                {"validation_loss", or_null(run.validation_loss)},
                {"perplexity", or_null(run.perplexity)},
                {"bits_per_byte", or_null(run.bits_per_byte)},
                {"validation_is_whole", run.validation_loss ? Json(basis.run_is_whole) : Json()},
                {"checkpoint", weights ? Json(weights.value().path.string()) : Json()},
                {"checkpoint_step", weights ? Json(weights.value().step) : Json()},
                {"weights", weights ? Json(weights.value().why) : Json()},
                {"path", run.path}};
    for (const auto& [name, value] : last_scores(store, run)) out["scores"][name] = value;
    return out;
}

std::string counted_head(const std::vector<RunRecord>& runs) {
    const auto counts = [&](std::string_view unit) {
        return std::any_of(runs.begin(), runs.end(), [&](const RunRecord& run) { return unit_of(run) == unit; });
    };
    std::string out;
    for (const auto& [unit, head] :
         {std::pair{"tokens", "TOKENS"}, {"images", "IMAGES"}, {"windows", "WINDOWS"}, {"rows", "ROWS"}})
        if (counts(unit)) out += (out.empty() ? "" : ", ") + std::string(head);
    return out.empty() ? "TOKENS" : out;
}

std::string ending_text(const Store& store, const RunRecord& run) {
    std::string out = "Run \"" + run.name + "\" " + run.status + " after " + grouped(run.steps) + " steps, " +
                      grouped(run.tokens) + " " + unit_of(run) + " and " + duration_text(run.seconds) +
                      " of training.\n";
    const auto scores = last_scores(store, run);
    const bool labelled = !run.facts.value("classes", Json::array()).empty() || scores.count("validation/rmse") > 0;
    const bool text = std::string_view(unit_of(run)) == "tokens";
    // Of pictures that are learnt from without labels every figure says something of its own.
    if (labelled || (!text && run.validation_loss)) {
        for (const auto& [name, value] : scores)
            out += "  " + name + std::string(name.size() < 34 ? 34 - name.size() : 1, ' ') + significant(value) + "\n";
    } else if (run.validation_loss) {
        out += "On held-out text: loss " + significant(*run.validation_loss) + " nats per token";
        if (run.perplexity)
            out +=
                ", perplexity " + significant(*run.perplexity) + " (as unsure as among so many equally likely tokens)";
        if (run.bits_per_byte) out += ", " + significant(*run.bits_per_byte) + " bits per byte";
        out += ".\n";
    }
    if (run.facts.contains("floor_loss") && run.facts["floor_loss"].is_number())
        out += "No model of this data can get below a loss of " + significant(run.facts["floor_loss"].get<double>()) +
               " by more than chance.\n";
    const auto samples = store.samples(run.id).or_throw();
    if (!samples.empty() && !labelled && text) out += "It now writes:\n\n" + samples.back().text + "\n\n";
    if (const auto weights = current_checkpoint(run.path, /*verified=*/false); weights && weights.value().why == "best")
        out += "Its weights are those of step " + grouped(weights.value().step) +
               ", the best: the run went back to them.\n";
    out += "Everything lies in " + run.path + "\n";
    return out;
}

}  // namespace gw::cli
