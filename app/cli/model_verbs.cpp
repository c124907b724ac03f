#include <iostream>
#include <memory>

#include "cli/cli.h"
#include "cli/model_choice.h"
#include "cli/progress_line.h"
#include "schema/former_kinds.h"
#include "spec/reading.h"
#include "study/inference.h"
#include "util/text.h"
#include "workspace/models/figure_basis.h"

namespace gw::cli {

namespace {

struct ModelOptions {
    ModelOption model;
    std::string prompt, part = "validation";
    std::vector<std::string> data, set;
    SamplingOptions sampling;
    ScoreWish wish;
    bool json = false;
};

/// What the run itself recorded last of a part.
struct Recorded {
    double loss = 0;
    std::int64_t step = 0;
    bool whole = true;
};

std::optional<Recorded> recorded(const Workspace& workspace, const ChosenModel& model, const std::string& part) {
    if (!model.run) return std::nullopt;
    const auto store = workspace.store(Store::Mode::read_only);
    if (!store) return std::nullopt;
    const auto points = store.value().series(model.run->id, part + "/loss");
    if (!points || points.value().empty()) return std::nullopt;
    const MetricPoint& last = points.value().back();
    return Recorded{last.value, last.step, part == "test" || figure_basis(*model.run).run_is_whole};
}

std::string size_text(const CheckpointScore& score) {
    const std::string one = score.part_size == 1 ? " example" : " examples";
    return grouped(score.part_size) + (score.labelled ? one : " " + unit_of_spec({{"dataset", score.dataset}}));
}

void print_score(const ChosenModel& model, const CheckpointScore& score, const std::string& what,
                 const std::optional<Recorded>& run) {
    std::cout << "Step " << model_text(model).substr(5) << "; " << what << (score.whole ? ", all " : ", the first of ")
              << size_text(score) << "\n";
    for (const auto& [name, value] : score.metrics) {
        const bool is_count = name == "tokens" || name == "bytes" || name == "rows";
        std::cout << name << std::string(name.size() < 16 ? 16 - name.size() : 1, ' ')
                  << (is_count ? grouped(static_cast<std::int64_t>(value)) : significant(value, 6)) << "\n";
    }
    if (!run) return;
    const FigureBasis basis = figure_basis(*model.run);
    std::cout << "The run itself recorded " << significant(run->loss, 6) << " at step " << grouped(run->step)
              << (run->whole ? ""
                             : ", over about the first " + grouped(basis.tokens) + " " + basis.unit + " (--tokens)")
              << "\n";
}

void evaluate_model(const Cli& cli, const ModelOptions& o, bool part_was_named) {
    if (!o.data.empty() && part_was_named)
        throw Failure({Error::Code::bad_spec,
                       "Other data is scored as a whole: it has no parts",
                       "Leave out --part or --data",
                       {"option --part"}});
    if (o.data.empty() && !o.set.empty())
        throw Failure({Error::Code::bad_spec,
                       "The run's own data is read as the run read it",
                       "Settings are for other data: add --data, or leave out --set",
                       {"option --set"}});
    const Workspace workspace = cli.look_workspace();
    const ChosenModel model = chosen_model(workspace, o.model);
    ProgressLine progress;
    ScoreWish wish = o.wish;
    wish.settings = assignments(o.set);
    auto found = score_checkpoint(model.checkpoint, o.part, o.data, workspace.cache(), progress.shown(), {}, wish);
    progress.end();
    const CheckpointScore score = std::move(found).or_throw();
    if (score.data_has_changed)
        std::cerr << "warning: the data has changed since this run was trained on it, so its parts may be other ones\n";
    if (!o.data.empty()) std::cerr << "read as " << reading_text(score.dataset) << "\n";
    const std::string what = o.data.empty() ? "the " + o.part + " part" : "other data";
    const auto run = o.data.empty() && !score.data_has_changed ? recorded(workspace, model, o.part) : std::nullopt;
    if (!o.json) return print_score(model, score, what, run);
    Json out = model_json(model);
    out.update({{"part", o.data.empty() ? o.part : "data"}, {"whole", score.whole}, {"part_size", score.part_size}});
    if (!o.data.empty()) out["read_as"] = score.dataset;
    if (run) out["recorded"] = {{"loss", run->loss}, {"step", run->step}, {"whole", run->whole}};
    if (score.data_has_changed) out["data_has_changed"] = true;
    for (const auto& [name, value] : score.metrics) out[name] = value;
    print_json(out);
}

}  // namespace

void add_model_verbs(Cli& cli) {
    auto o = std::make_shared<ModelOptions>();
    CLI::App& sample = cli.verb("sample", "Let a model write");
    add_model_option(sample, o->model);
    sample.add_option("--prompt", o->prompt, "Beginning to go on from; [MASK] marks what a masked model fills in")
        ->required()
        ->type_name("TEXT");
    whole_number(sample.add_option("--tokens", o->sampling.tokens, "Longest continuation"))
        ->check(CLI::Range(1, 1000000))
        ->capture_default_str();
    real_number(sample.add_option("--temperature", o->sampling.temperature, "0 = always the likeliest token"))
        ->check(CLI::Range(0.0, 100.0))
        ->capture_default_str();
    whole_number(sample.add_option("--top-k", o->sampling.top_k, "Only from the k likeliest tokens; 0 = all"))
        ->check(zero_or_more())
        ->capture_default_str();
    real_number(
        sample.add_option("--top-p", o->sampling.top_p, "Only from the smallest set with this much probability"))
        ->check(CLI::Range(0.01, 1.0))
        ->capture_default_str();
    whole_number(sample.add_option("--seed", o->sampling.seed, "Names the random choices"))
        ->check(zero_or_more())
        ->capture_default_str();
    sample.callback([&cli, o] {
        const Workspace workspace = cli.look_workspace();
        const std::string prompt = plain_text(o->prompt).or_throw();
        std::cout << sample_checkpoint(chosen_model(workspace, o->model).checkpoint, prompt, o->sampling).or_throw()
                  << "\n";
    });

    CLI::App& evaluate = cli.verb("evaluate", "Score a model on a whole part of its data, or on other data");
    add_model_option(evaluate, o->model);
    auto* part = evaluate.add_option("--part", o->part, "validation or test")
                     ->check(CLI::IsMember({"validation", "test"}))
                     ->capture_default_str();
    add_repeated(evaluate, "--data", o->data,
                 "Other file, folder or pattern, all of it, read as the run read its own (repeatable)")
        ->type_name("PATH");
    add_repeated(evaluate, "--set", o->set,
                 "With --data: read it in another way, such as dataset.format=jsonl (repeatable)")
        ->type_name("path=value");
    whole_number(evaluate.add_option("--tokens", o->wish.tokens,
                                     "Only about so many, as evaluation.tokens; the whole part otherwise"))
        ->check(above_zero())
        ->type_name("N");
    evaluate.add_flag("--changed-data", o->wish.changed_data,
                      "Score the run's data even where it has changed since the run was trained");
    evaluate.add_flag("--json", o->json, "Print one JSON object");
    evaluate.callback([&cli, o, part] { evaluate_model(cli, *o, part->count() > 0); });
}

}  // namespace gw::cli
