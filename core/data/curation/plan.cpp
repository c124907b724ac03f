#include "data/curation/plan.h"

#include <algorithm>

#include "data/text/text_files.h"
#include "schema/typed.h"
#include "util/text.h"

namespace gw {

namespace {

std::string list_of_steps() {
    std::string out;
    for (const CurationKind& kind : curation_kinds()) out += (out.empty() ? "" : ", ") + kind.card.id;
    return out;
}

Error unknown_step(const std::string& name) {
    std::vector<std::string> known;
    for (const CurationKind& kind : curation_kinds()) known.push_back(kind.card.id);
    const auto near = nearest(name, known);
    return {Error::Code::bad_spec,
            "There is no step \"" + name + "\"",
            near ? "Did you mean \"" + *near + "\"?" : "There are " + list_of_steps(),
            {}};
}

}  // namespace

const Sheet& curation_data_sheet() {
    static const Sheet sheet =
        sheet_of<TextFilesConfig>(Card{"data", "Text", "Plain files, JSON rows or a column of a table.", ""});
    return sheet;
}

schema::Problems check_plan(const CurationPlan& plan) {
    schema::Problems out = curation_data_sheet().check(plan.data, "data");
    if (plan.steps.empty()) out.push_back({"steps", "needs at least one step; there are " + list_of_steps()});
    for (std::size_t i = 0; i < plan.steps.size(); ++i) {
        const std::string at = "steps." + std::to_string(i + 1);
        const Json& step = plan.steps[i];
        const std::string name = step.is_object() && step.contains("kind") && step["kind"].is_string()
                                     ? step["kind"].get<std::string>()
                                     : "";
        const CurationKind* kind = find_kind(curation_kinds(), name);
        if (!kind) {
            const Error unknown = unknown_step(name);
            out.push_back({at, name.empty() ? "must be an object such as {\"kind\": \"...\"}"
                                            : unknown.message + ". " + unknown.hint});
            continue;
        }
        for (schema::Problem& problem : kind->check(step, at)) out.push_back(std::move(problem));
    }
    if (plan.plain && !plan.keep.empty())
        out.push_back({"keep", "has no place in plain text: write JSON rows, or keep no columns"});
    if (plan.plain && plan.data.value("documents", "file") == "file")
        out.push_back({"plain", "needs documents that are lines or paragraphs (data.documents); write JSON rows"});
    return out;
}

CurationPlan complete_plan(CurationPlan plan) {
    plan.data = curation_data_sheet().complete(plan.data);
    plan.data.erase("kind");
    for (Json& step : plan.steps) step = find_kind(curation_kinds(), step.at("kind"))->complete(step);
    return plan;
}

Result<CurationPlan> plan_of(const Json& json) {
    const auto wrong = [](const std::string& message) {
        return Error{Error::Code::bad_spec,
                     message,
                     "Write it like {\"data\": {\"paths\": [\"corpus\"]}, \"steps\": [{\"kind\": \"...\"}]}",
                     {}};
    };
    if (!json.is_object()) return wrong("A plan of a curation is a JSON object");
    if (json.contains("plan")) return plan_of(json.at("plan"));
    CurationPlan plan;
    for (const auto& [key, value] : json.items()) {
        if (key == "data" && value.is_object()) {
            plan.data = value;
        } else if (key == "steps" && value.is_array()) {
            plan.steps.assign(value.begin(), value.end());
        } else if (key == "keep" && value.is_array() &&
                   std::all_of(value.begin(), value.end(), [](const Json& one) { return one.is_string(); })) {
            plan.keep = value.get<std::vector<std::string>>();
        } else if (key == "plain" && value.is_boolean()) {
            plan.plain = value.get<bool>();
        } else {
            const std::vector<std::string> known{"data", "steps", "keep", "plain"};
            const bool there = std::find(known.begin(), known.end(), key) != known.end();
            return wrong(there ? "\"" + key + "\" of this plan is of another form"
                               : key + ": " + schema::unknown_key_message(key, known));
        }
    }
    return plan;
}

Json to_json(const CurationPlan& plan) {
    return {{"data", plan.data}, {"steps", plan.steps}, {"keep", plan.keep}, {"plain", plan.plain}};
}

std::vector<std::string> curation_presets() {
    std::vector<std::string> out;
    for (const CurationKind& kind : curation_kinds())
        for (const std::string& preset : kind.presets)
            if (std::find(out.begin(), out.end(), preset) == out.end()) out.push_back(preset);
    return out;
}

std::vector<Json> preset_steps(const std::string& preset) {
    std::vector<Json> out;
    for (const CurationKind& kind : curation_kinds())
        if (std::find(kind.presets.begin(), kind.presets.end(), preset) != kind.presets.end())
            out.push_back(kind.complete({{"kind", kind.card.id}}));
    return out;
}

Result<Json> curation_step(const std::string& text) {
    const std::size_t colon = text.find(':');
    const std::string name = text.substr(0, colon);
    const CurationKind* kind = find_kind(curation_kinds(), name);
    if (!kind) return unknown_step(name);
    Json step = {{"kind", kind->card.id}};
    if (colon == std::string::npos) return step;
    // A comma that no setting stands behind belongs to the value before it.
    std::vector<std::pair<std::string, std::string>> settings;
    std::vector<std::string> known;
    for (const schema::Row& row : kind->rows) known.emplace_back(row.info.key);
    for (const std::string& part : split(text.substr(colon + 1), ',')) {
        const std::size_t equals = part.find('=');
        const std::string key = part.substr(0, equals);
        const bool setting =
            equals != std::string::npos &&
            (settings.empty() || std::find(known.begin(), known.end(), key) != known.end() || nearest(key, known));
        if (setting)
            settings.emplace_back(key, part.substr(equals + 1));
        else if (!settings.empty())
            settings.back().second += "," + part;
        else
            return Error{Error::Code::bad_spec,
                         "\"" + part + "\" sets nothing",
                         "Write settings of a step as " + name + ":setting=value,setting=value",
                         {"step " + name}};
    }
    for (const auto& [key, value] : settings) {
        const auto row = std::find_if(kind->rows.begin(), kind->rows.end(),
                                      [&, key = key](const schema::Row& one) { return one.info.key == key; });
        if (row == kind->rows.end())
            return Error{Error::Code::bad_spec,
                         name + "." + key + ": " + schema::unknown_key_message(key, known),
                         "",
                         {"step " + name}};
        Json typed = schema::typed_value(*row, value);
        // A list is written with commas here.
        if (row->type == schema::Type::list && typed.size() == 1 && typed[0] == value) typed = split(value, ',');
        step[key] = std::move(typed);
    }
    return step;
}

}  // namespace gw
