#include <iostream>
#include <memory>

#include "cli/cli.h"
#include "cli/finetune_options.h"
#include "cli/model_choice.h"
#include "cli/progress_line.h"
#include "cli/table.h"
#include "spec/run_spec.h"
#include "train/message/probe_report.h"
#include "util/text.h"

namespace gw::cli {

namespace {

struct ProbeOptions {
    BeginOptions begin;
    std::int64_t examples = 2000;
    bool json = false;
};

void probe(const Cli& cli, const ProbeOptions& o) {
    const Workspace workspace = cli.look_workspace();
    const ParentCard parent = parent_of(workspace, o.begin);
    const Json spec = begun_spec(parent, o.begin, /*labelled=*/true);
    ProgressLine progress;
    ProbeRequest request{
        parent.checkpoint, spec.at("dataset"), spec.at("split"), o.examples, workspace.cache(), {}, {}};
    request.progress = progress.shown();
    auto result = probe_checkpoint(request);
    progress.end();
    const ProbeReport report = std::move(result).or_throw();
    auto scores = [](const ProbeScores& s) {
        return Json{{"knn", s.knn}, {"linear", s.linear}, {"log_evidence", s.log_evidence}};
    };
    if (o.json) {
        const char* verdicts[] = {"helps", "little", "harms"};
        print_json(Json{{"checkpoint", parent.checkpoint.string()},
                        {"step", parent.step},
                        {"metric", report.trained.metric},
                        {"trained", scores(report.trained)},
                        {"untrained", scores(report.untrained)},
                        {"baseline", report.baseline},
                        {"noise", report.noise},
                        {"train_examples", report.train_examples},
                        {"judged_examples", report.judged_examples},
                        {"seconds", report.seconds},
                        {"verdict", verdicts[static_cast<int>(report.verdict)]}});
        return;
    }
    Table table({{"FEATURES OF"},
                 {"K-NN", Table::Align::right},
                 {"LINEAR", Table::Align::right},
                 {"LOGME", Table::Align::right}});
    for (const auto& [name, s] : {std::pair{"the checkpoint", report.trained}, {"random weights", report.untrained}})
        table.add({name, significant(s.knn), significant(s.linear), significant(s.log_evidence)});
    std::cout << table.text() << "Guessing alone reaches " << report.trained.metric << " "
              << significant(report.baseline) << ". Learnt from " << grouped(report.train_examples)
              << " examples, evaluated on " << grouped(report.judged_examples) << ", in "
              << duration_text(report.seconds) << ".\n"
              << report.words << "\n";
}

}  // namespace

void add_probe_verbs(Cli& cli) {
    auto o = std::make_shared<ProbeOptions>();
    CLI::App& verb =
        cli.verb("probe", "Tell in seconds whether a checkpoint's features are worth beginning from on labelled data");
    add_begin_options(verb, o->begin);
    whole_number(verb.add_option("--examples", o->examples, "At most so many are learnt from, and as many evaluated"))
        ->check(CLI::Range(10, 10000000))
        ->capture_default_str();
    verb.add_flag("--json", o->json, "Print one JSON object");
    verb.callback([&cli, o] { probe(cli, *o); });
}

}  // namespace gw::cli
