#include <unistd.h>

#include <iostream>
#include <memory>

#include "artifact/checkpoint.h"
#include "cli/cli.h"
#include "cli/model_choice.h"
#include "train/inference.h"
#include "util/text.h"

namespace gw::cli {

fs::path checkpoint_of(const Cli& cli, const std::string& chosen, bool best) {
    std::error_code ignored;
    if (fs::is_directory(chosen, ignored)) return fs::absolute(chosen).lexically_normal();
    if (chosen.find('/') != std::string::npos)
        throw Failure(
            Error{Error::Code::bad_spec, "There is no checkpoint " + chosen, "Give a checkpoint folder, or a run's id or name", {}});
    const Store store = open_store(cli);
    const RunRecord run = store.run(chosen).or_throw();
    if (best)
        for (const CheckpointRecord& checkpoint : store.checkpoints(run.id).or_throw())
            if (checkpoint.best) return checkpoint.path;
    return newest_whole_checkpoint(fs::path(run.path) / "checkpoints").or_throw();
}

namespace {

struct ModelOptions {
    std::string checkpoint, prompt, part = "validation";
    std::vector<std::string> data;
    SamplingOptions sampling;
    bool best = false, json = false;
};

void evaluate_model(const Cli& cli, const ModelOptions& o) {
    const fs::path checkpoint = checkpoint_of(cli, o.checkpoint, o.best);
    const bool terminal = ::isatty(STDERR_FILENO) != 0;
    const ProgressFn progress = [&](const std::string& phase, double fraction) {
        if (terminal)
            std::cerr << "\r\033[K" << phase << (fraction >= 0 ? " " + std::to_string(static_cast<int>(100 * fraction)) + " %" : "")
                      << std::flush;
    };
    auto found = score_checkpoint(checkpoint, o.part, o.data, cli.open_workspace().cache(), progress, {});
    if (terminal) std::cerr << "\r\033[K" << std::flush;
    const auto values = std::move(found).or_throw().metrics;
    if (o.json) {
        Json out = {{"checkpoint", checkpoint.string()}, {"part", o.data.empty() ? o.part : "data"}};
        for (const auto& [name, value] : values) out[name] = value;
        std::cout << out.dump() << "\n";
        return;
    }
    for (const auto& [name, value] : values) {
        const bool is_count = name == "tokens" || name == "bytes";
        std::cout << name << std::string(name.size() < 16 ? 16 - name.size() : 1, ' ')
                  << (is_count ? grouped(static_cast<std::int64_t>(value)) : significant(value, 6)) << "\n";
    }
}

}  // namespace

void add_model_verbs(Cli& cli) {
    auto o = std::make_shared<ModelOptions>();
    auto add_checkpoint = [&](CLI::App& verb) {
        verb.add_option("checkpoint", o->checkpoint, "Checkpoint folder, or a run (then its newest whole one)")
            ->required()
            ->type_name("CHECKPOINT");
        verb.add_flag("--best", o->best, "Of a run: the one with the lowest validation loss instead of the newest");
    };

    CLI::App& sample = cli.verb("sample", "Let a model write");
    add_checkpoint(sample);
    sample.add_option("--prompt", o->prompt, "Beginning to go on from; [MASK] marks what a masked model fills in")
        ->required()
        ->type_name("TEXT");
    sample.add_option("--tokens", o->sampling.tokens, "Longest continuation")->check(CLI::Range(1, 1000000))->capture_default_str();
    sample.add_option("--temperature", o->sampling.temperature, "0 = always the likeliest token")
        ->check(CLI::Range(0.0, 100.0))
        ->capture_default_str();
    sample.add_option("--top-k", o->sampling.top_k, "Only from the k likeliest tokens; 0 = all")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    sample.add_option("--top-p", o->sampling.top_p, "Only from the smallest set with this much probability")
        ->check(CLI::Range(0.01, 1.0))
        ->capture_default_str();
    sample.add_option("--seed", o->sampling.seed, "Names the random choices")->capture_default_str();
    sample.callback([&cli, o] {
        std::cout << sample_checkpoint(checkpoint_of(cli, o->checkpoint, o->best), o->prompt, o->sampling).or_throw() << "\n";
    });

    CLI::App& evaluate = cli.verb("evaluate", "Score a model on a whole part of its data, or on other text");
    add_checkpoint(evaluate);
    evaluate.add_option("--part", o->part, "validation or test")->check(CLI::IsMember({"validation", "test"}))->capture_default_str();
    add_repeated(evaluate, "--data", o->data, "Other text file, folder or pattern, all of it (repeatable)")->type_name("PATH");
    evaluate.add_flag("--json", o->json, "Print one JSON object");
    evaluate.callback([&cli, o] { evaluate_model(cli, *o); });
}

}  // namespace gw::cli
