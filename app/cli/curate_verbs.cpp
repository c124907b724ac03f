#include <algorithm>
#include <iostream>
#include <memory>

#include "cli/cli.h"
#include "cli/follow.h"
#include "cli/progress_line.h"
#include "cli/table.h"
#include "data/curation/curation.h"
#include "schema/parse_json.h"
#include "util/text.h"

namespace gw::cli {

namespace {

struct CurateOptions {
    std::vector<std::string> data, read, steps, keep;
    std::string plan, preset, out;
    std::int64_t examples = 3;
    bool plain = false, dry_run = false, replace = false, json = false;
};

constexpr const char* usual_preset = "clean-text";

/// "documents=line" as a setting of how text is read.
void set_reading(CurationPlan& plan, const Setting& setting) {
    const auto& [key, text] = setting;
    const auto& rows = curation_data_sheet().rows;
    const auto row = std::find_if(rows.begin(), rows.end(), [&, key = key](const schema::Row& one) {
        return one.info.key == key && key != "paths";
    });
    if (row != rows.end()) {
        plan.data[key] = schema::typed_value(*row, text);
        return;
    }
    std::vector<std::string> known;
    for (const schema::Row& one : rows)
        if (one.info.key != "paths") known.emplace_back(one.info.key);
    throw Failure(Error{Error::Code::bad_spec, schema::unknown_key_message(key, known), "", {"option --read " + key}});
}

CurationPlan plan_of(const CurateOptions& o) {
    CurationPlan plan;
    if (!o.plan.empty()) {
        const std::string text = o.plan == "-" ? read_input() : gw::read_file(o.plan, Pipes::read).or_throw();
        plan = gw::plan_of(parse_json(text).at("file " + o.plan).or_throw()).at("file " + o.plan).or_throw();
    }
    if (!o.data.empty()) plan.data["paths"] = o.data;
    for (const Setting& setting : assignments(o.read)) set_reading(plan, setting);
    if (!o.preset.empty()) plan.steps = preset_steps(o.preset);
    if (!o.steps.empty()) {
        if (o.preset.empty()) plan.steps.clear();
        for (const std::string& step : o.steps) plan.steps.push_back(curation_step(step).or_throw());
    }
    if (plan.steps.empty()) plan.steps = preset_steps(usual_preset);
    if (!o.keep.empty()) plan.keep = o.keep;
    plan.plain = plan.plain || o.plain;
    if (!plan.data.contains("paths"))
        throw Failure(Error{
            Error::Code::bad_spec, "No data is named", "Name files, folders or patterns with --data, or a plan", {}});
    return plan;
}

std::string bytes_of(std::int64_t bytes) {
    return byte_text(static_cast<std::uint64_t>(bytes));
}

std::string one_line(const std::string& text) {
    constexpr std::size_t longest = 100;
    std::string out;
    for (const char c : text.substr(0, utf8_boundary(text, std::min(longest, text.size()))))
        out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    return out;
}

void print_step(const CurationReport::Step& step) {
    std::cout << step.section.at("kind").get<std::string>() << "\n";
    for (const auto& [why, count] : step.reasons)
        std::cout << "  dropped " << grouped(count) << ": " << why.text() << "\n";
    for (const auto& [what, count] : step.found) std::cout << "  " << what.text() << ": " << grouped(count) << "\n";
    for (const CurationReport::Example& example : step.examples)
        std::cout << "    " << place_text(example.place) << ": " << example.why.text() << " | "
                  << one_line(example.text) << "\n";
}

void print_report(const CurationReport& report) {
    std::cout << grouped(report.read.files) << (report.read.files == 1 ? " file, " : " files, ")
              << grouped(report.documents) << (report.documents == 1 ? " document, " : " documents, ")
              << bytes_of(report.bytes) << " of text (" << report.read.format << ")\n";
    for (const ReadReport::Passed& passed : report.read.passed) {
        std::cout << "! passed over " << grouped(passed.count) << ": " << passed.why << " (";
        for (std::size_t i = 0; i < passed.first.size(); ++i)
            std::cout << (i > 0 ? ", " : "") << place_text(passed.first[i]);
        std::cout << (passed.count > static_cast<std::int64_t>(passed.first.size()) ? ", ...)\n" : ")\n");
    }
    using Align = Table::Align;
    Table table({{"STEP"},
                 {"GIVEN", Align::right},
                 {"CHANGED", Align::right},
                 {"DROPPED", Align::right},
                 {"LEFT", Align::right},
                 {"TEXT LEFT", Align::right}});
    for (const CurationReport::Step& step : report.steps)
        table.add({step.section.at("kind"), grouped(step.given), grouped(step.changed), grouped(step.dropped),
                   grouped(step.left), bytes_of(step.left_bytes)});
    std::cout << table.text();
    for (const CurationReport::Step& step : report.steps)
        if (!step.reasons.empty() || !step.found.empty()) print_step(step);
    if (report.file.empty())
        std::cout << "Nothing was written: " << grouped(report.left()) << " documents would be.\n";
    else
        std::cout << "Written: " << report.file.string() << " (" << grouped(report.left()) << " documents, "
                  << bytes_of(report.left_bytes()) << " of text)\n";
}

void curate_verb(const CurateOptions& o) {
    CurationRequest request;
    request.plan = plan_of(o);
    if (o.out.empty() && !o.dry_run)
        throw Failure(Error{Error::Code::bad_spec,
                            "No folder is named for the result",
                            "Name one with --out, or only count with --dry-run",
                            {}});
    if (!o.dry_run) request.out = o.out;
    request.replace = o.replace;
    request.examples = static_cast<std::size_t>(o.examples);
    const StopAtInterrupt interrupt;
    ProgressLine progress;
    request.stop = interrupt.token();
    request.progress = progress.shown();
    auto made = curate(request);
    progress.end();
    const CurationReport report = std::move(made).or_throw();
    if (!o.json) return print_report(report);
    Json out = to_json(report);
    if (!report.file.empty()) out["folder"] = report.file.parent_path().string();
    print_json(out);
}

std::string steps_help() {
    std::string out =
        "Steps, taken in the order in which they are given; `groundwork-cli describe curation STEP` shows "
        "the settings of one:\n";
    for (const CurationKind& kind : curation_kinds()) {
        constexpr std::size_t width = 18;
        out += "  " + kind.card.id + std::string(width - std::min(width, kind.card.id.size()), ' ') +
               kind.card.summary + "\n";
    }
    out += "Presets:\n";
    for (const std::string& preset : curation_presets()) {
        std::string steps;
        for (const Json& step : preset_steps(preset))
            steps += (steps.empty() ? "" : ", ") + step.at("kind").get<std::string>();
        out += "  " + preset + (preset == usual_preset ? " (where no step is given)" : "") + ": " + steps + "\n";
    }
    return out +
           "The result is a folder with data.jsonl (or data.txt) for training, and curation.json, which tells how it "
           "was made and can be given to --plan again.";
}

}  // namespace

void add_curate_verbs(Cli& cli) {
    auto o = std::make_shared<CurateOptions>();
    CLI::App& verb =
        cli.verb("curate", "Clean text data before training: drop copies and unfit documents, mask what must not stay");
    add_repeated(verb, "--data", o->data, "A text file, a folder or a pattern (repeatable)")->type_name("PATH");
    add_repeated(verb, "--read", o->read,
                 "How the text is read, as of the dataset of text files: documents=line, json_field=body, ... "
                 "(repeatable)")
        ->type_name("SETTING=VALUE");
    add_repeated(verb, "--step", o->steps, "A step, STEP or STEP:setting=value,setting=value (repeatable, in order)")
        ->type_name("STEP");
    verb.add_option("--preset", o->preset, "Begin with the steps of a list that is named below")
        ->check(CLI::IsMember(curation_presets()));
    verb.add_option("--plan", o->plan, "A JSON file with data and steps, or the curation.json of an earlier result")
        ->type_name("FILE");
    verb.add_option("--out", o->out, "Folder of the result; it must be new")->type_name("FOLDER");
    verb.add_flag("--replace", o->replace, "Where the folder holds the result of an earlier curation, write it anew");
    add_repeated(verb, "--keep", o->keep,
                 "A column or field to keep beside the text, unchanged; \"*\" keeps all (repeatable)")
        ->type_name("NAME");
    verb.add_flag("--plain", o->plain, "Write plain text, lines or paragraphs as they were read, and not JSON rows");
    verb.add_flag("--dry-run", o->dry_run, "Write nothing: only count");
    whole_number(verb.add_option("--examples", o->examples, "Dropped documents to show of each step"))
        ->check(CLI::Range(0, 1000))
        ->capture_default_str();
    verb.add_flag("--json", o->json, "Print one JSON object");
    verb.footer(steps_help());
    verb.callback([o] { curate_verb(*o); });
}

}  // namespace gw::cli
