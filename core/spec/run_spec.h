#pragma once
#include <optional>
#include <string>
#include <vector>

#include "schema/kind.h"
#include "util/files.h"

namespace gw {

/// One section of a spec: a family of kinds to choose from, or a single sheet of settings.
struct Family {
    std::string id;     ///< key in the spec: "dataset", "optimizer", "training", ...
    std::string title;  ///< as a form shows it
    std::string help;
    std::vector<const Sheet*> kinds;
    bool single = false;    ///< no choice: the section has no "kind" key in the manual's sense
    bool optional = false;  ///< a spec without this section means its first kind
};

/// All sections, in the order of the form.
const std::vector<Family>& families();
const Family* find_family(const std::string& id);
const Sheet* find_sheet(const std::string& family, const std::string& kind);

/// 2: backbone.embedding_scale.
inline constexpr int spec_schema = 2;

/// Tells the rooms that know no kinds what kinds were called before and what runs of them count
/// (schema/former_kinds.h): whoever opens a workspace calls it first.
void know_former_kinds();

/// The one place where what a spec says is brought to the names of today: kinds are called by their ids
/// (Card::aliases), and what the silence of an earlier schema meant is written out (Info::before). Needs no clean
/// check.
Json upgraded(Json spec);

/// A complete spec with every default written out.
Json default_spec();

/// Everything wrong with a spec: unknown keys and sections, types, ranges, rules across fields and between sections.
/// Cheap (no file is read), so a form may call it on every edit. Paths look like "backbone.width".
schema::Problems check_spec(const Json& spec);

/// Problems without the warnings as one Error (Code::bad_spec), or success.
Status spec_status(const Json& spec);

/// The same spec with every value written out. Call only after a clean check.
Json complete_spec(const Json& spec);

/// Sets `path` ("backbone.width", "dataset.kind", "training.budget") from text as typed on a command line: JSON where
/// it parses as the field's type, else the text itself. Setting a kind resets that section to the kind's defaults.
Result<Json> set_in_spec(Json spec, const std::string& path, const std::string& text);

/// Why `kind` of `family` cannot be combined with the rest of this spec; empty if it can.
std::string why_not(const Json& spec, const std::string& family, const std::string& kind);

/// Differences between two specs as (path, left, right), in the order of the form.
struct SpecDifference {
    std::string path;
    Json left, right;
};
std::vector<SpecDifference> diff_specs(const Json& left, const Json& right);

/// Reads a spec file; errors name file, line and column.
Result<Json> read_spec(const std::string& path, Pipes pipes = Pipes::refuse);

/// A named starting spec shipped in resources/recipes.
struct Recipe {
    std::string id, title, summary;
    Json spec;  ///< only what differs from the defaults
};
Result<std::vector<Recipe>> recipes();
Result<Recipe> find_recipe(const std::string& id);

/// A spec file or recipe laid over the defaults (sections whose kind differs start from that kind's defaults).
Json overlay_spec(const Json& base, const Json& changes);

/// Whether the objective of a spec that was ever written down draws pictures or rows out of nothing.
bool draws(const Json& spec);

/// What can be said of a spec before anything is read.
struct Estimate {
    std::string unit = "tokens";  ///< what is counted: unit_of(InputFacts)
    std::int64_t parameters = 0, backbone_parameters = 0, vocabulary = 0;
    bool vocabulary_is_guess = false;  ///< the tokenizer's size is known only after it has seen the data
    std::int64_t tokens_per_step = 0;
    std::optional<std::int64_t> steps, tokens;  ///< where the budget fixes them without the data
    double flops_per_token = 0;                 ///< forward and backward, of a token (or picture)
    std::uint64_t memory_weights = 0, memory_optimizer = 0, memory_activations = 0;  ///< bytes
    std::uint64_t checkpoint_bytes = 0;
};
Estimate estimate_run(const Json& spec);

/// Learning rate at `points` evenly spaced steps of `steps` in all, as the schedule and the optimizer of `spec` give
/// it.
std::vector<double> schedule_curve(const Json& spec, std::int64_t steps, int points);

}  // namespace gw
