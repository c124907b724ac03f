#include <iostream>
#include <memory>

#include "cli/cli.h"
#include "cli/model_choice.h"
#include "cli/progress_line.h"
#include "cli/table.h"
#include "study/drawing.h"
#include "util/named_file.h"
#include "util/text.h"

namespace gw::cli {

namespace {

struct DrawOptions {
    ModelOption model;
    ModelOption judge;
    std::string out, of_class;
    std::optional<double> guidance;
    std::int64_t count = usually_drawn, seed = 1;
    bool replace = false, json = false;
};

Json quality_json(const DrawnQuality& found) {
    Json classes = Json::array();
    for (const DrawnQuality::Class& one : found.classes)
        classes.push_back({{"class", one.name}, {"drawn", one.drawn}, {"real", one.real}});
    return {{"drawn", found.drawn},           {"real", found.real},
            {"frechet", found.frechet},       {"least_frechet", found.least},
            {"precision", found.precision},   {"recall", found.recall},
            {"confidence", found.confidence}, {"classes_drawn", found.classes_drawn()},
            {"classes", std::move(classes)}};
}

void print_quality(const DrawnQuality& found, const std::string& judge) {
    std::cout << grouped(found.drawn) << " drawn pictures and " << grouped(found.real) << " held-out ones, as " << judge
              << " sees them:\n"
              << "  Fréchet distance  " << significant(found.frechet)
              << "  (two halves of the held-out ones: " << significant(found.least) << ")\n"
              << "  precision         " << significant(found.precision) << "  of the drawn ones lie among real ones\n"
              << "  recall            " << significant(found.recall) << "  of the real ones lie among drawn ones\n"
              << "  confidence        " << significant(found.confidence) << "  of the judge in its guess\n"
              << "  classes           " << found.classes_drawn() << " of " << found.classes.size() << " are drawn\n";
    Table table({{"CLASS"}, {"DRAWN", Table::Align::right}, {"REAL", Table::Align::right}});
    for (const DrawnQuality::Class& one : found.classes)
        table.add({one.name, significant(one.drawn), significant(one.real)});
    std::cout << table.text();
}

void draw(const Cli& cli, const DrawOptions& o) {
    if (o.out.empty() && o.judge.text.empty())
        throw Failure(Error{
            Error::Code::bad_spec,
            "Nothing is to be done with what is drawn",
            "Write it with --out FILE.png (rows of a table: FILE.csv), or let a classifier judge it with --judge RUN",
            {}});
    const Workspace workspace = cli.look_workspace();
    const ChosenModel chosen = chosen_model(workspace, o.model);
    const Existing existing = o.replace ? Existing::replace : Existing::refuse;
    const fs::path out = o.out.empty() ? fs::path() : absolute_path(o.out);
    if (!o.out.empty()) {
        may_write_file(out, existing).or_throw();
        std::error_code unknown;
        if (!fs::is_directory(out.parent_path(), unknown))
            throw Failure(Error{Error::Code::io,
                                "The folder of that file is not there",
                                "Make it first, or name another file",
                                {"folder " + out.parent_path().string()}});
    }
    ProgressLine progress;
    DrawRequest request{chosen.checkpoint, o.count, static_cast<std::uint64_t>(o.seed)};
    request.of_class = o.of_class;
    request.out = out;
    request.guidance = o.guidance;
    request.cache = workspace.cache();
    request.progress = progress.shown();
    std::optional<ChosenModel> judge;
    if (!o.judge.text.empty()) judge = chosen_model(workspace, o.judge);
    if (judge) request.judge = judge->checkpoint;
    auto found = gw::draw(request);
    progress.end();
    const DrawnSheet sheet = std::move(found).or_throw();
    Json told = model_json(chosen);
    const bool rows = !sheet.csv.empty();
    told.update({{rows ? "rows" : "pictures", o.count}, {"seed", o.seed}});
    if (!o.of_class.empty()) told["class"] = o.of_class;
    if (o.guidance) told["guidance"] = *o.guidance;
    if (!o.out.empty()) {
        write_named_file(out, rows ? sheet.csv : sheet.png, existing).or_throw();
        told["file"] = out.string();
        std::cerr << "Written: " << grouped(o.count) << (rows ? " rows" : " pictures") << " by the weights of "
                  << model_text(chosen) << " in " << out.string() << "\n";
    }
    if (sheet.quality) {
        told["judge"] = model_json(*judge);
        told["quality"] = quality_json(*sheet.quality);
        if (!o.json) print_quality(*sheet.quality, model_text(*judge));
    }
    if (o.json) print_json(told);
}

}  // namespace

void add_draw_verbs(Cli& cli) {
    auto o = std::make_shared<DrawOptions>();
    CLI::App& verb = cli.verb("draw", "Let a model draw pictures, or rows of a table, out of nothing");
    add_model_option(verb, o->model);
    verb.add_option("--out", o->out, "Write the pictures to this file, as one sheet; rows of a table as CSV")
        ->type_name("FILE");
    verb.add_option("--judge", o->judge.text,
                    "A run that classifies such pictures: tells how near the drawn ones come to held-out ones, as it "
                    "sees both")
        ->type_name("RUN");
    whole_number(verb.add_option("--count", o->count, "How many to draw"))
        ->check(CLI::Range(std::int64_t{1}, most_rows_drawn))
        ->capture_default_str()
        ->type_name("N");
    whole_number(verb.add_option("--seed", o->seed, "The same one draws the same pictures"))
        ->check(zero_or_more())
        ->capture_default_str()
        ->type_name("N");
    verb.add_option(
            "--class", o->of_class,
            "Draw this class alone, with a model that was told classes (objective.by_class); without, as many of "
            "each")
        ->type_name("NAME");
    real_number(
        verb.add_option("--guidance", o->guidance, "How far past what the class says, instead of objective.guidance"))
        ->check(CLI::Range(0.0, 100.0))
        ->type_name("W");
    add_replace(verb, o->replace);
    verb.add_flag("--json", o->json, "Print one JSON object");
    verb.callback([&cli, o] { draw(cli, *o); });
}

}  // namespace gw::cli
