#include <iostream>
#include <memory>

#include "cli/cli.h"
#include "cli/model_choice.h"
#include "cli/table.h"
#include "train/adapters.h"
#include "train/inference.h"
#include "train/slices.h"
#include "util/text.h"

namespace gw::cli {

namespace {

struct JudgeOptions {
    std::string checkpoint, run, part = "validation", out;
    std::vector<std::string> texts;
    SliceWish wish;
    bool best = false, json = false;
};

void show_slices(const Cli& cli, const JudgeOptions& o) {
    const RunRecord run = open_store(cli).run(o.run).or_throw();
    const fs::path file = fs::path(run.path) / ("predictions-" + o.part + ".jsonl");
    std::error_code ignored;
    if (!fs::exists(file, ignored))
        throw Failure({Error::Code::bad_spec,
                       "This run keeps no predictions of the " + o.part + " part",
                       "Only finished runs on labelled data do",
                       {"run " + run.name}});
    const SliceReport report = slices_of(read_predictions(file).or_throw(), run.spec.at("dataset"), o.wish, {}, {}).or_throw();
    if (o.json) {
        Json slices = Json::array();
        for (const Slice& s : report.slices) slices.push_back({{"name", s.name}, {"rows", s.rows}, {"value", s.value}, {"gap", s.gap}});
        std::cout
            << Json{{"metric", report.metric}, {"overall", report.overall}, {"rows", report.rows}, {"slices", std::move(slices)}}.dump()
            << "\n";
        return;
    }
    Table table({{"SLICE"}, {"ROWS", Table::Align::right}, {report.metric, Table::Align::right}, {"WORSE BY", Table::Align::right}});
    table.add({"all", grouped(report.rows), significant(report.overall), ""});
    for (const Slice& s : report.slices) table.add({s.name, grouped(s.rows), significant(s.value), significant(s.gap, 3)});
    std::cout << table.text();
}

}  // namespace

void add_judge_verbs(Cli& cli) {
    auto o = std::make_shared<JudgeOptions>();
    auto add_checkpoint = [&](CLI::App& verb) {
        verb.add_option("checkpoint", o->checkpoint, "Checkpoint folder, or a run (then its newest whole one)")
            ->required()
            ->type_name("CHECKPOINT");
        verb.add_flag("--best", o->best, "Of a run: the one with the lowest validation loss instead of the newest");
    };
    CLI::App& predict = cli.verb("predict", "Let a model that was trained on labels judge texts");
    add_checkpoint(predict);
    predict.add_option("text", o->texts, "Texts; from standard input, a line each, otherwise")->type_name("TEXT");
    predict.callback([&cli, o] {
        if (o->texts.empty())
            for (std::string line; std::getline(std::cin, line);) o->texts.push_back(line);
        const auto said = tell_checkpoint(checkpoint_of(cli, o->checkpoint, o->best), o->texts).or_throw();
        for (std::size_t i = 0; i < said.size(); ++i) std::cout << said[i] << "\t" << o->texts[i] << "\n";
    });

    CLI::App& slices = cli.verb("slices", "Where a run on labelled data is worse than on the whole: by a column, or by words");
    slices.add_option("run", o->run, "Id, its beginning, or name")->required()->type_name("RUN");
    slices.add_option("--by", o->wish.column, "Column of the data")->type_name("COLUMN");
    slices.add_option("--words", o->wish.words, "Words, each of which makes a slice of the texts that hold it")
        ->delimiter(',')
        ->type_name("WORDS");
    slices.add_option("--part", o->part, "validation or test")->check(CLI::IsMember({"validation", "test"}))->capture_default_str();
    slices.add_flag("--json", o->json, "Print one JSON object");
    slices.callback([&cli, o] { show_slices(cli, *o); });

    CLI::App& merge = cli.verb("merge", "Write a checkpoint whose adapters are part of its weights");
    add_checkpoint(merge);
    merge.add_option("into", o->out, "Folder to make")->required()->type_name("FOLDER");
    merge.callback([&cli, o] { merge_checkpoint(checkpoint_of(cli, o->checkpoint, o->best), o->out).or_throw(); });

    CLI::App& adapters = cli.verb("export-adapters", "Write the adapters of a checkpoint alone");
    add_checkpoint(adapters);
    adapters.add_option("file", o->out, "File to write")->required()->type_name("FILE.safetensors");
    adapters.callback([&cli, o] { export_adapters(checkpoint_of(cli, o->checkpoint, o->best), o->out).or_throw(); });
}

}  // namespace gw::cli
