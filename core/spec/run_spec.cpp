#include "spec/run_spec.h"

#include <algorithm>

#include "data/augmentation.h"
#include "data/dataset.h"
#include "data/split.h"
#include "model/backbone.h"
#include "objective/objective.h"
#include "optim/averaging.h"
#include "optim/optimizer.h"
#include "optim/regularisation.h"
#include "optim/schedule.h"
#include "schema/former_kinds.h"
#include "schema/render.h"
#include "schema/typed.h"
#include "spec/backbone_size.h"
#include "spec/rate_course.h"
#include "spec/sequence_task.h"
#include "spec/settings.h"
#include "spec/start.h"
#include "spec/usual_split.h"
#include "util/text.h"

namespace gw {

namespace {

template <class Range>
std::vector<const Sheet*> sheets_of(const Range& kinds) {
    std::vector<const Sheet*> out;
    for (const auto& kind : kinds) out.push_back(&kind);
    return out;
}

std::vector<std::string> ids_of(const Family& family) {
    std::vector<std::string> ids;
    for (const Sheet* sheet : family.kinds) ids.push_back(sheet->card.id);
    return ids;
}

const Sheet* sheet_in(const Family& family, const Json& section) {
    if (family.single || (family.optional && (section.is_null() || section == Json::object())))
        return family.kinds.front();
    if (!section.is_object()) return nullptr;
    const auto it = section.find("kind");
    return it != section.end() && it->is_string() ? find_sheet(family.id, it->get<std::string>()) : nullptr;
}

Json completed(const Family& family, const Sheet& sheet, const Json& section) {
    Json out = sheet.complete(section);
    if (family.single) out.erase("kind");
    return out;
}

/// What is wrong with the kind of a section that has no known one.
schema::Problem problem_of_kind(const Family& family, const Json& section) {
    std::string list;
    for (const std::string& id : ids_of(family)) list += (list.empty() ? "" : ", ") + id;
    const std::string kind = section.is_object() && section.contains("kind") ? schema::value_text(section["kind"]) : "";
    const auto near = nearest(kind, ids_of(family));
    return {family.id + ".kind", (kind.empty() ? "is missing" : "\"" + kind + "\" is not a kind of " + family.id) +
                                     (near ? "; did you mean \"" + *near + "\"?" : "; the kinds are " + list)};
}

/// "; augmentation.kind=views does": where a few kinds offer it as they come, which is what to change.
std::string kinds_that_offer(const std::string& word) {
    constexpr int few = 2;
    std::string out;
    int found = 0;
    for (const Family& family : families()) {
        if (family.single) continue;
        for (const Sheet* sheet : family.kinds) {
            const std::vector<std::string> offers = sheet->offers(sheet->complete(Json::object()));
            if (std::find(offers.begin(), offers.end(), word) == offers.end()) continue;
            out += (out.empty() ? "; " : " or ") + family.id + ".kind=" + sheet->card.id;
            ++found;
        }
    }
    return found == 0 || found > few ? "" : out + (found == 1 ? " does" : " do");
}

/// The one place where kinds meet: every need must be offered by some kind of the spec.
void check_needs(const Json& spec, schema::Problems& problems) {
    std::vector<std::string> offered;
    for (const Family& family : families())
        if (const Sheet* sheet = sheet_in(family, spec.value(family.id, Json::object())))
            for (const std::string& word : sheet->offers(spec.value(family.id, Json::object())))
                offered.push_back(word);
    for (const Family& family : families()) {
        const Json section = spec.value(family.id, Json::object());
        const Sheet* sheet = sheet_in(family, section);
        if (!sheet) continue;
        for (const std::string& need : sheet->needs_of(section)) {
            if (std::find(offered.begin(), offered.end(), need) != offered.end()) continue;
            std::string message = sheet->card.title + " needs " + need + ", which nothing offers as it is set";
            const std::string plain = message;
            for (const Family& other : families())
                if (const Sheet* beside = sheet_in(other, spec.value(other.id, Json::object())))
                    for (const auto& [word, change] : beside->remedies)
                        if (word == need) message += "; " + change;
            if (message == plain) message += kinds_that_offer(need);
            problems.push_back({family.id + (family.single ? "" : ".kind"), message});
        }
    }
}

/// What the backbone's builder or the objective would refuse, told while the form is filled in; a warning where the
/// files may be of another size than most of their sort.
void check_input(const Json& spec, schema::Problems& problems) {
    const Json backbone = spec.value("backbone", Json::object()), objective = spec.value("objective", Json::object());
    const ExpectedInput expected = expected_input(spec);
    schema::Problems found;
    if (const BackboneKind* kind = find_kind(backbones(), backbone.value("kind", "")))
        found = kind->check_input(backbone, expected.input, "backbone");
    if (const ObjectiveKind* kind = find_kind(objectives(), objective.value("kind", "")))
        for (schema::Problem& problem : kind->check_input(expected.input, "objective"))
            found.push_back(std::move(problem));
    for (schema::Problem& problem : found) {
        problem.warning = expected.input_is_guess;
        problems.push_back(std::move(problem));
    }
}

void check_probing(const Json& spec, schema::Problems& problems) {
    const auto probing = settings_of<ProbingSettings>(spec, "probing");
    if (probing.every <= 0 || !probing.paths.empty() || !labels_offered(spec.value("dataset", Json::object())).empty())
        return;
    problems.push_back({"probing.paths",
                        "must name labelled data, as the run's own has no labels; set probing.every=0 to do without"});
}

/// A warning: such a run trains far below the rate that was asked for.
void check_warm_up(const Json& spec, schema::Problems& problems) {
    const auto training = settings_of<TrainingSettings>(spec, "training");
    const Json warm_up = spec.value("schedule", Json::object()).value("warmup", Json());
    const auto steps = static_cast<double>(training.budget);
    if (!warm_up.is_number() || training.budget_unit != "steps" || warm_up.get<double>() < std::max(1.0, steps)) return;
    problems.push_back({"schedule.warmup",
                        "takes all of the run's " + grouped(static_cast<std::int64_t>(steps)) +
                            " steps, so that the learning rate never comes to its peak; a share such as 0.05 goes by "
                            "the length of the run",
                        /*warning=*/true});
}

/// A warning: a rate that goes by evaluations stays where there are none on the way.
void check_plateau(const Json& spec, schema::Problems& problems) {
    if (settings_of<EvaluationSettings>(spec, "evaluation").every > 0 || !rate_goes_by_evaluations(spec)) return;
    problems.push_back({"evaluation.every", "is 0, so that nothing tells the learning rate of this schedule to fall",
                        /*warning=*/true});
}

/// A warning: such a run trains, and learns nothing.
void check_rows(const Json& spec, schema::Problems& problems) {
    const std::int64_t rows = settings_of<TrainingSettings>(spec, "training").micro_batch;
    for (const Family& family : families()) {
        const Json section = spec.value(family.id, Json::object());
        const Sheet* sheet = sheet_in(family, section);
        if (const std::int64_t least = sheet ? sheet->least_rows(section) : 1; rows < least)
            problems.push_back({"training.micro_batch",
                                sheet->card.title +
                                    " as it is set looks at the rows of a micro-batch together: of fewer than " +
                                    std::to_string(least) + " it learns little or nothing, and accumulation adds none",
                                /*warning=*/true});
    }
}

}  // namespace

const std::vector<Family>& families() {
    static const std::vector<Family> all{
        {"dataset", "Dataset", "What is learnt from.", sheets_of(datasets())},
        {"split", "Split", "What is kept apart to judge the model by.", sheets_of(splits())},
        {"augmentation", "Augmentation", "How training rows are changed, so that no two passes see the same.",
         sheets_of(augmentations()), false,
         /*optional=*/true},
        {"tokenizer", "Tokenizer", "How text becomes numbers.", sheets_of(tokenizers())},
        {"backbone", "Architecture", "The trunk that is trained, and kept for fine-tuning.", sheets_of(backbones())},
        {"objective", "Objective", "What the model must predict.", sheets_of(objectives())},
        {"start", "Start", "Where the weights come from, and which of them are trained.", start_sheets(), false,
         /*optional=*/true},
        {"sequence", "Sequence of tasks", "Whether the run is one task of several that are learnt in turn.",
         sequence_task_sheets(), false,
         /*optional=*/true},
        {"optimizer", "Optimizer", "How gradients change the weights.", sheets_of(optimizers())},
        {"schedule", "Schedule", "How the learning rate moves over the run.", sheets_of(schedules())},
        {"regularisation",
         "Regularisation",
         "What is done to gradients and weights besides weight decay.",
         {&regularisation_sheet()},
         true},
        {"averaging", "Weight averaging", "Whether an average of the weights stands for the run.",
         sheets_of(averagings()), false,
         /*optional=*/true},
        {"training", "Training", "Budget, batch, precision and device.", {&training_sheet()}, true},
        {"evaluation", "Evaluation", "When and how the validation part is scored.", {&evaluation_sheet()}, true},
        {"saving", "Saving", "When checkpoints are written and which are kept.", {&saving_sheet()}, true},
        {"sampling", "Samples", "What the model writes or draws now and then.", {&sampling_sheet()}, true},
        {"monitoring",
         "Monitoring",
         "What is recorded of layers and machine, and what raises an alert.",
         {&monitoring_sheet()},
         true},
        {"probing", "Probing", "What the frozen features say of labelled texts.", {&probing_sheet()}, true},
    };
    return all;
}

const Family* find_family(const std::string& id) {
    for (const Family& family : families())
        if (family.id == id) return &family;
    return nullptr;
}

const Sheet* find_sheet(const std::string& family, const std::string& kind) {
    const Family* found = find_family(family);
    if (!found) return nullptr;
    for (const Sheet* sheet : found->kinds)
        if (sheet->card.answers_to(kind)) return sheet;
    return nullptr;
}

Json default_spec() {
    Json spec = {{"schema", spec_schema}};
    for (const Family& family : families()) spec[family.id] = completed(family, *family.kinds.front(), Json::object());
    return spec;
}

schema::Problems check_spec(const Json& spec) {
    if (!spec.is_object())
        return {{"spec", "must be a JSON object with the sections dataset, tokenizer, backbone, ..."}};
    schema::Problems problems;
    std::vector<std::string> known{"schema"};
    for (const Family& family : families()) known.push_back(family.id);
    for (const auto& [key, value] : spec.items())
        if (std::find(known.begin(), known.end(), key) == known.end())
            problems.push_back({key, schema::unknown_key_message(key, known)});
    if (const auto it = spec.find("schema");
        it != spec.end() && (!it->is_number_integer() || it->get<int>() > spec_schema))
        problems.push_back({"schema", "this program reads specs up to schema " + std::to_string(spec_schema) +
                                          ", but this one says " + it->dump()});

    for (const Family& family : families()) {
        const auto it = spec.find(family.id);
        if (it == spec.end()) {
            if (!family.single && !family.optional)
                problems.push_back({family.id, "this section is missing; it needs at least {\"kind\": \"" +
                                                   family.kinds.front()->card.id + "\"}"});
            continue;
        }
        if (const Sheet* sheet = sheet_in(family, *it)) {
            schema::Problems found = sheet->check(*it, family.id);
            problems.insert(problems.end(), found.begin(), found.end());
            continue;
        }
        problems.push_back(problem_of_kind(family, *it));
    }
    // Rules between sections are for sections that are sound in themselves; a warning is no hindrance.
    const auto sound = [&] {
        return std::all_of(problems.begin(), problems.end(), [](const schema::Problem& p) { return p.warning; });
    };
    if (sound()) check_needs(spec, problems);
    if (sound()) check_input(spec, problems);
    if (sound()) check_start(spec, problems);
    if (sound()) check_sequence_task(spec, problems);
    if (sound()) check_probing(spec, problems);
    if (sound()) check_rows(spec, problems);
    if (sound()) check_warm_up(spec, problems);
    if (sound()) check_plateau(spec, problems);
    return problems;
}

Status spec_status(const Json& spec) {
    std::string message;
    int count = 0;
    for (const schema::Problem& problem : check_spec(spec)) {
        if (problem.warning) continue;
        message += (count++ ? "\n" : "") + problem.path + ": " + problem.message;
    }
    if (count == 0) return {};
    return Error{
        Error::Code::bad_spec, message, "Run `groundwork-cli describe` to see every section, kind and setting", {}};
}

namespace {

/// Sections and settings in one order, whatever version wrote them down. What is not known here (of a newer version,
/// or damaged) stays as it is: such runs are compared too.
Json settings_of_today(const Json& given) {
    const Json spec = upgraded(given);
    Json out = Json::object();
    for (const Family& family : families()) {
        const auto found = spec.find(family.id);
        const Json section = found == spec.end() ? Json::object() : *found;
        const Sheet* sheet = section.is_object() ? sheet_in(family, section) : nullptr;
        if (!sheet) {
            if (found != spec.end()) out[family.id] = section;
            continue;
        }
        Json& whole = out[family.id] = completed(family, *sheet, section);
        const auto was = [&](const std::string& key) {
            return std::any_of(sheet->rows.begin(), sheet->rows.end(),
                               [&](const schema::Row& row) { return row.info.was == key; });
        };
        for (const auto& [key, value] : section.items())
            if (!whole.contains(key) && !was(key)) whole[key] = value;
    }
    for (const auto& [key, value] : spec.items())
        if (!out.contains(key)) out[key] = value;
    return out;
}

/// Any spec that was ever written down: its kinds may be of a newer version, and its sections damaged.
std::string unit_counted(const Json& spec) {
    const auto section = spec.find("dataset");
    const Sheet* sheet = section == spec.end() ? nullptr : sheet_in(*find_family("dataset"), *section);
    const DatasetKind* kind = sheet ? find_kind(datasets(), sheet->card.id) : nullptr;
    return !kind ? "" : kind->pictures ? "images" : kind->series ? "windows" : kind->table ? "rows" : "tokens";
}

}  // namespace

bool draws(const Json& spec) {
    const auto section = spec.find("objective");
    const Sheet* sheet = section == spec.end() ? nullptr : sheet_in(*find_family("objective"), *section);
    if (!sheet) return false;
    const std::vector<std::string> offered = sheet->offers(*section);
    return std::find(offered.begin(), offered.end(), drawn_rows) != offered.end();
}

void know_former_kinds() {
    static const FormerKinds former = [] {
        FormerKinds out;
        for (const Family& family : families())
            for (const Sheet* sheet : family.kinds)
                for (const std::string& alias : sheet->card.aliases) out[family.id][alias] = sheet->card.id;
        return out;
    }();
    tell_former_kinds(former);
    tell_silence(settings_of_today);
    tell_unit(unit_counted);
}

Json upgraded(Json spec) {
    know_former_kinds();
    spec = with_kinds_of_today(std::move(spec));
    if (!spec.is_object()) return spec;
    const auto version = spec.find("schema");
    if (version == spec.end() || !version->is_number_integer() || version->get<int>() >= spec_schema) return spec;
    for (const Family& family : families()) {
        const auto section = spec.find(family.id);
        if (section == spec.end() || !section->is_object()) continue;
        const Sheet* sheet = sheet_in(family, *section);
        if (!sheet) continue;
        for (const schema::Row& row : sheet->rows) {
            const std::string key(row.info.key), before(row.info.before);
            if (before.empty() || section->contains(key)) continue;
            const bool text = row.type == schema::Type::text || row.type == schema::Type::choice;
            (*section)[key] = text ? Json(before) : Json::parse(before);
        }
    }
    spec["schema"] = spec_schema;
    return spec;
}

Json complete_spec(const Json& given) {
    const Json spec = upgraded(given);
    Json out = {{"schema", spec_schema}};
    for (const Family& family : families()) {
        const Json section = spec.value(family.id, Json::object());
        out[family.id] = completed(family, *sheet_in(family, section), section);
    }
    return out;
}

Result<Json> set_in_spec(Json spec, const std::string& path, const std::string& text) {
    auto bad = [&](const std::string& message, const std::string& hint) {
        return Error{Error::Code::bad_spec, path + ": " + message, hint, {}};
    };
    const std::size_t dot = path.find('.');
    const std::string section = path.substr(0, dot), key = dot == std::string::npos ? "kind" : path.substr(dot + 1);
    const Family* family = find_family(section);
    if (!family) {
        std::vector<std::string> known;
        for (const Family& f : families()) known.push_back(f.id);
        return bad("\"" + section + "\" " + schema::unknown_key_message(section, known),
                   "A path looks like backbone.width");
    }
    if (key == "kind" && !family->single) {
        const Sheet* sheet = find_sheet(section, text);
        // The kind that is there already keeps its settings.
        if (sheet && spec.contains(section) && sheet_in(*family, spec[section]) == sheet) return spec;
        if (sheet)
            spec[section] = completed(*family, *sheet, Json::object());
        else
            spec[section] = {{"kind", text}};
        return spec;
    }
    Json& object = spec[section];
    if (object.is_null()) object = Json::object();
    if (!object.is_object()) return bad("this section is no JSON object", "A section looks like {\"key\": value}");
    const Sheet* sheet = sheet_in(*family, object);
    if (!sheet) {  // an unknown kind was set before: that is wrong, not this setting
        const schema::Problem wrong = problem_of_kind(*family, object);
        return Error{Error::Code::bad_spec,
                     wrong.path + ": " + wrong.message,
                     "`groundwork-cli describe " + section + "` lists the kinds",
                     {}};
    }
    std::vector<std::string> keys;
    for (const schema::Row& row : sheet->rows) {
        keys.emplace_back(row.info.key);
        if (row.info.key != key && (row.info.was.empty() || row.info.was != key)) continue;
        const std::string name(row.info.key);
        Json value = schema::typed_value(row, text);
        object[name] = value;
        if (std::string wrong = schema::misfit(row, value); !wrong.empty())
            return bad(wrong, std::string(row.info.help));
        return spec;
    }
    return bad(schema::unknown_key_message(key, keys),
               "Run `groundwork-cli describe " + section + " " + sheet->card.id + "`");
}

std::string why_not(const Json& spec, const std::string& family, const std::string& kind) {
    Json changed = spec;
    changed[family] = {{"kind", kind}};
    schema::Problems problems;
    check_needs(changed, problems);
    schema::Problems before;
    check_needs(spec, before);
    return problems.size() > before.size() ? problems.front().message : "";
}

std::vector<SpecDifference> diff_specs(const Json& left, const Json& right) {
    know_former_kinds();
    const Json one = with_kinds_of_today(left), other = with_kinds_of_today(right);
    std::vector<SpecDifference> out;
    for (const Family& family : families()) {
        auto section = [&](const Json& spec) {
            return family.optional && !spec.contains(family.id)
                       ? completed(family, *family.kinds.front(), Json::object())
                       : spec.value(family.id, Json::object());
        };
        const Json a = section(one), b = section(other);
        std::vector<std::string> keys;
        for (const auto& [key, value] : a.items()) keys.push_back(key);
        for (const auto& [key, value] : b.items())
            if (!a.contains(key)) keys.push_back(key);
        for (const std::string& key : keys) {
            const Json x = a.value(key, Json()), y = b.value(key, Json());
            if (x != y) out.push_back({family.id + "." + key, x, y});
        }
    }
    return out;
}

Json overlay_spec(const Json& base, const Json& given) {
    if (!given.is_object()) return given;
    const Json changes = upgraded(given);
    Json out = with_kinds_of_today(base);
    for (const auto& [section, value] : changes.items()) {
        const Family* family = find_family(section);
        if (!family || !value.is_object()) {
            out[section] = value;
            continue;
        }
        Json target = out.value(section, Json::object());
        if (value.contains("kind") && value["kind"] != target.value("kind", Json())) {
            const Sheet* sheet = sheet_in(*family, value);
            target = sheet ? completed(*family, *sheet, Json::object()) : Json::object();
        }
        target.update(value);
        out[section] = target;
    }
    return out;
}

}  // namespace gw
