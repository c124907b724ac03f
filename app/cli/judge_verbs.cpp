#include <iostream>
#include <iterator>
#include <memory>

#include "adapt/adapters.h"
#include "cli/cli.h"
#include "cli/model_choice.h"
#include "cli/progress_line.h"
#include "cli/table.h"
#include "study/inference.h"
#include "study/row_view.h"
#include "study/slices.h"
#include "util/text.h"

namespace gw::cli {

namespace {

struct JudgeOptions {
    ModelOption model;
    std::string run, part = "validation", out;
    std::vector<std::string> texts;
    SliceWish wish;
    RowWish rows;
    bool replace = false, json = false;
};

void show_slices(const Cli& cli, const JudgeOptions& o) {
    const RunRecord run = look_store(cli).run(o.run).or_throw();
    ProgressLine progress;
    auto cut = slices_of_run(run.path, run.spec, run.facts.value("dataset_hash", std::string()), o.part, o.wish,
                             progress.shown(), {});
    progress.end();
    const SliceReport report = std::move(cut).at("run " + run.name).or_throw();
    if (o.json) {
        Json slices = Json::array();
        for (const Slice& s : report.slices)
            slices.push_back({{"name", s.name}, {"rows", s.rows}, {"value", s.value}, {"gap", s.gap}});
        print_json({{"run", run.id},
                    {"part", o.part},
                    {"metric", report.metric},
                    {"overall", report.overall},
                    {"rows", report.rows},
                    {"slices", std::move(slices)}});
        return;
    }
    Table table({{"SLICE"},
                 {"ROWS", Table::Align::right},
                 {report.metric, Table::Align::right},
                 {"WORSE BY", Table::Align::right}});
    table.add({"all", grouped(report.rows), significant(report.overall), ""});
    for (const Slice& s : report.slices)
        table.add({s.name, grouped(s.rows), significant(s.value), significant(s.gap, 3)});
    std::cout << table.text();
}

/// On one line, and no longer than one.
std::string shortened(const std::string& text) {
    constexpr std::size_t longest = 60;
    std::string out;
    for (const char c : text) out += c == '\n' || c == '\t' ? ' ' : c;
    if (out.size() <= longest) return out;
    return out.substr(0, utf8_boundary(out, longest)) + "...";
}

void show_mistakes(const Cli& cli, const JudgeOptions& o) {
    const RunRecord run = look_store(cli).run(o.run).or_throw();
    const fs::path file = fs::path(run.path) / ("predictions-" + o.part + ".jsonl");
    std::error_code ignored;
    if (!fs::exists(file, ignored))
        throw Failure(Error{Error::Code::bad_spec,
                            "This run keeps no predictions of the " + o.part + " part",
                            "Only finished runs on labelled data do",
                            {"run " + run.name}});
    const Predictions predictions = read_predictions(file).or_throw();
    const JudgedRows judged = judged_rows(predictions, o.rows);
    std::vector<std::int64_t> documents;
    for (const JudgedRow& row : judged.rows) documents.push_back(row.document);
    ProgressLine progress;
    auto found = view_rows_of_run(run.spec, run.facts.value("dataset_hash", std::string()), std::move(documents),
                                  progress.shown(), {});
    progress.end();
    const auto shown = std::move(found).at("run " + run.name).or_throw();
    const bool numbers = predictions.kind == LabelKind::number;
    if (o.json) {
        Json rows = Json::array();
        for (std::size_t i = 0; i < shown.size(); ++i) {
            const JudgedRow& row = judged.rows[i];
            Json one = {{"document", row.document}, {"file", shown[i].source}, {"row", shown[i].row},
                        {"truth", row.truth},       {"said", row.said},        {"score", row.score},
                        {"text", shown[i].text},    {"wrong", row.wrong}};
            if (const auto& p = shown[i].picture)
                one["picture"] = {{"channels", p->channels}, {"height", p->height}, {"width", p->width}};
            rows.push_back(std::move(one));
        }
        print_json({{"run", run.id}, {"part", o.part}, {"all", judged.all}, {"rows", std::move(rows)}});
        return;
    }
    const char* kind = numbers ? "rows" : o.rows.right ? "right rows" : "wrong rows";
    std::cout << grouped(static_cast<std::int64_t>(shown.size())) << " of " << grouped(judged.all) << " " << kind
              << "\n";
    Table table({{"NUMBER", Table::Align::right},
                 {"ROW", Table::Align::right},
                 {"TRUTH"},
                 {"SAID"},
                 {numbers ? "OFF BY" : "SURE", Table::Align::right},
                 {"TEXT"}});
    for (std::size_t i = 0; i < shown.size(); ++i)
        table.add({grouped(judged.rows[i].document), shown[i].row > 0 ? grouped(shown[i].row) : "",
                   judged.rows[i].truth, judged.rows[i].said, significant(judged.rows[i].score, 3),
                   shortened(shown[i].text)});
    std::cout << table.text();
}

/// The lines of standard input, read as a file of training texts is; an empty one stays, so that there is an answer a
/// line.
std::vector<std::string> lines_of_input() {
    std::string text = plain_text(read_input()).at("standard input").or_throw();
    if (text.ends_with('\n')) text.pop_back();
    return text.empty() ? std::vector<std::string>() : split(text, '\n');
}

void predict(const Cli& cli, JudgeOptions& o) {
    const Workspace workspace = cli.look_workspace();
    const ChosenModel model = chosen_model(workspace, o.model);
    if (o.texts.empty()) o.texts = lines_of_input();
    const auto said = tell_checkpoint(model.checkpoint, o.texts).or_throw();
    const bool each = said.size() == o.texts.size();  // and no rows of one window
    for (std::size_t i = 0; i < said.size(); ++i) {
        const bool line = each && o.texts[i].find('\n') == std::string::npos;  // an answer is one
        std::cout << said[i] << (line ? "\t" + o.texts[i] : "") << "\n";
    }
}

}  // namespace

void add_judge_verbs(Cli& cli) {
    auto o = std::make_shared<JudgeOptions>();
    CLI::App& predict_verb =
        cli.verb("predict", "Let a model that was trained on labels say what texts are, rows of a table, or a window");
    add_model_option(predict_verb, o->model);
    predict_verb
        .add_option("text", o->texts,
                    "Texts; from standard input, a line each, otherwise. Of a model of series: the rows of a window, "
                    "the oldest first")
        ->type_name("TEXT");
    predict_verb.callback([&cli, o] { predict(cli, *o); });

    CLI::App& slices =
        cli.verb("slices", "Where a run on labelled data is worse than on the whole: by a column, or by words");
    slices.add_option("run", o->run, "Id, its beginning, or name")->required()->type_name("RUN");
    slices.add_option("--by", o->wish.column, "Column of the data")->type_name("COLUMN");
    slices.add_option("--words", o->wish.words, "Words, each of which makes a slice of the texts that hold it")
        ->delimiter(',')
        ->type_name("WORDS");
    slices.add_option("--part", o->part, "validation or test")
        ->check(CLI::IsMember({"validation", "test"}))
        ->capture_default_str();
    slices.add_flag("--json", o->json, "Print one JSON object");
    slices.callback([&cli, o] { show_slices(cli, *o); });

    CLI::App& mistakes =
        cli.verb("mistakes", "What a run on labelled data got wrong, the rows first that it was surest of");
    mistakes.add_option("run", o->run, "Id, its beginning, or name")->required()->type_name("RUN");
    mistakes.add_option("--part", o->part, "validation or test")
        ->check(CLI::IsMember({"validation", "test"}))
        ->capture_default_str();
    whole_number(mistakes.add_option("--count", o->rows.most, "How many to print"))
        ->check(zero_or_more())
        ->capture_default_str();
    mistakes.add_flag("--right", o->rows.right, "What it got right instead, the rows first that it was least sure of");
    mistakes.add_flag("--json", o->json, "Print one JSON object");
    mistakes.callback([&cli, o] { show_mistakes(cli, *o); });

    CLI::App& merge = cli.verb("merge", "Write a checkpoint whose adapters are part of its weights");
    add_model_option(merge, o->model);
    merge.add_option("into", o->out, "Folder to make; one that is there must be empty")
        ->required()
        ->type_name("FOLDER");
    merge.callback(
        [&cli, o] { merge_checkpoint(chosen_model(cli.look_workspace(), o->model).checkpoint, o->out).or_throw(); });

    CLI::App& adapters = cli.verb("export-adapters", "Write the adapters of a checkpoint alone");
    add_model_option(adapters, o->model);
    adapters.add_option("file", o->out, "File to write")->required()->type_name("FILE.safetensors");
    add_replace(adapters, o->replace);
    adapters.callback([&cli, o] {
        const fs::path checkpoint = chosen_model(cli.look_workspace(), o->model).checkpoint;
        export_adapters(checkpoint, o->out, o->replace ? Existing::replace : Existing::refuse).or_throw();
    });
}

}  // namespace gw::cli
