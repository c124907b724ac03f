#include "workspace/models/figure_basis.h"

#include "spec/settings.h"
#include "util/text.h"

namespace gw {

FigureBasis figure_basis(const RunRecord& run) {
    const auto evaluation = settings_of<EvaluationSettings>(run.spec, "evaluation");
    auto fact = [&](const char* key) {
        const Json value = run.facts.value(key, Json());
        return value.is_number() ? value.get<std::int64_t>() : std::int64_t{0};
    };
    FigureBasis basis;
    basis.unit = unit_of(run);
    basis.tokens = evaluation.looked_at(fact("tokens_per_step"));
    // Of labelled data the separators between examples are not counted.
    basis.of = fact("validation_tokens") - fact("validation_examples");
    basis.checkpoints_are_whole = basis.tokens <= 0 || (basis.of > 0 && basis.tokens >= basis.of);
    basis.run_is_whole = basis.checkpoints_are_whole || (evaluation.whole_at_end && run.status == "finished");
    return basis;
}

std::string part_text(const FigureBasis& basis) {
    return "about the first " + grouped(basis.tokens) + (basis.of > 0 ? " of " + grouped(basis.of) : "") + " " +
           basis.unit;
}

std::string basis_note(const RunRecord& run) {
    const FigureBasis basis = figure_basis(run);
    if (basis.checkpoints_are_whole || !basis.run_is_whole) return "";
    return "Figures beside checkpoints are of " + part_text(basis) + " of the validation part; the run's last one" +
           (run.validation_loss ? ", " + significant(*run.validation_loss) + "," : "") + " is of all of it.";
}

}  // namespace gw
