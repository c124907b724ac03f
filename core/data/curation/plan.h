#pragma once
#include <string>
#include <vector>

#include "data/curation/step.h"

namespace gw {

/// What a curation is to do: the text, the steps in their order, and what becomes of it.
struct CurationPlan {
    Json data = Json::object();     ///< paths and how they are read, as of the dataset of text files
    std::vector<Json> steps;        ///< {"kind": ..., settings}
    std::vector<std::string> keep;  ///< columns that are kept beside the text; "*" = all
    bool plain = false;             ///< written as plain text and not as JSON rows
};

/// Everything wrong with a plan; no file is read. Paths are "data.paths", "steps.2.threshold" (from 1).
schema::Problems check_plan(const CurationPlan& plan);
/// The same with every setting written out. Call only after a clean check.
CurationPlan complete_plan(CurationPlan plan);
/// A plan from JSON, {"data": {...}, "steps": [...], "keep": [...], "plain": false}, or from what a curation wrote
/// beside its result. Not checked. Errors: of another form.
Result<CurationPlan> plan_of(const Json& json);
Json to_json(const CurationPlan& plan);

/// Lists of steps that have names, and their steps with their defaults.
std::vector<std::string> curation_presets();
std::vector<Json> preset_steps(const std::string& preset);

/// A step as a command line writes it: "length:min_characters=200,max_words=5000". Errors: no such step or setting.
Result<Json> curation_step(const std::string& text);

/// How text is read, for a form.
const Sheet& curation_data_sheet();

}  // namespace gw
