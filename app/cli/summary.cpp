#include "cli/summary.h"

#include "util/text.h"

namespace gw::cli {

namespace {

Json or_null(const std::optional<double>& value) {
    return value ? Json(*value) : Json();
}

}  // namespace

std::string number_or_dash(const std::optional<double>& value, int digits) {
    return value ? significant(*value, digits) : "-";
}

Json run_summary(const Store& store, const RunRecord& run) {
    const auto checkpoints = store.checkpoints(run.id).or_throw();
    return {{"run", run.id},
            {"status", run.status},
            {"steps", run.steps},
            {"tokens", run.tokens},
            {"seconds", run.seconds},
            {"tokens_per_second", or_null(run.tokens_per_second)},
            {"train_loss", or_null(run.train_loss)},
            {"validation_loss", or_null(run.validation_loss)},
            {"perplexity", or_null(run.perplexity)},
            {"bits_per_byte", or_null(run.bits_per_byte)},
            {"checkpoint", checkpoints.empty() ? Json() : Json(checkpoints.front().path)},
            {"path", run.path}};
}

std::string ending_text(const Store& store, const RunRecord& run) {
    std::string out = "Run \"" + run.name + "\" " + run.status + " after " + grouped(run.steps) + " steps, " + grouped(run.tokens) +
                      " tokens and " + duration_text(run.seconds) + " of training.\n";
    if (run.validation_loss) {
        out += "On held-out text: loss " + significant(*run.validation_loss) + " nats per token";
        if (run.perplexity) out += ", perplexity " + significant(*run.perplexity) + " (as unsure as among so many equally likely tokens)";
        if (run.bits_per_byte) out += ", " + significant(*run.bits_per_byte) + " bits per byte";
        out += ".\n";
    }
    if (run.facts.contains("floor_loss") && run.facts["floor_loss"].is_number())
        out += "No model of this data can get below a loss of " + significant(run.facts["floor_loss"].get<double>()) +
               " by more than chance.\n";
    const auto samples = store.samples(run.id).or_throw();
    if (!samples.empty()) out += "It now writes:\n\n" + samples.back().text + "\n\n";
    out += "Everything lies in " + run.path + "\n";
    return out;
}

}  // namespace gw::cli
