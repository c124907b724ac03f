#include <iostream>
#include <memory>

#include "cli/cli.h"
#include "cli/progress_line.h"
#include "train/message/knobs.h"
#include "util/text.h"
#include "workspace/models/look_at_step.h"
#include "workspace/models/replay_of_step.h"
#include "workspace/record/orders.h"

namespace gw::cli {

namespace {

struct SteerOptions {
    std::string run;
    std::optional<double> rate_scale, clip;
    std::optional<std::int64_t> evaluation_every, saving_every;
    std::int64_t step = 0;
    std::size_t samples = 4;
    bool discard = false, json = false;
};

bool is_judged(const ShownSample& sample) {
    return !sample.truth.empty() || !sample.said.empty();
}

/// "-- loss 2.31, number 17 of the data: 3, said 5, picture of 28 x 28".
std::string judged_line(const ShownSample& sample) {
    std::string out = "-- loss " + significant(sample.loss) + ", number " + grouped(sample.place) + " of the data";
    if (is_judged(sample)) out += ": " + sample.truth + ", said " + sample.said;
    if (const auto& p = sample.picture)
        out += ", picture of " + std::to_string(p->width) + " x " + std::to_string(p->height) +
               (p->channels > 1 ? " with " + std::to_string(p->channels) + " channels" : "");
    return out;
}

void show_step(const Cli& cli, const SteerOptions& o) {
    ProgressLine progress;
    auto looked = look_at_step(cli.look_workspace(), o.run, o.step, progress.shown(), {});
    progress.end();
    const StepView view = std::move(looked).or_throw();
    if (o.json) {
        Json samples = Json::array();
        for (const ShownSample& sample : view.samples) {
            Json tokens = Json::array();
            for (const ShownToken& token : sample.tokens)
                tokens.push_back(
                    {{"text", token.text}, {"loss", token.loss}, {"counted", token.counted}, {"masked", token.masked}});
            Json one = {{"place", sample.place}, {"loss", sample.loss}, {"tokens", std::move(tokens)}};
            if (is_judged(sample))
                one.update({{"truth", sample.truth}, {"said", sample.said}, {"wrong", sample.wrong}});
            if (const auto& p = sample.picture)
                one["picture"] = {{"channels", p->channels}, {"height", p->height}, {"width", p->width}};
            if (const auto& p = sample.second)
                one["second"] = {{"channels", p->channels}, {"height", p->height}, {"width", p->width}};
            samples.push_back(std::move(one));
        }
        print_json({{"step", view.step},
                    {"checkpoint", view.checkpoint},
                    {"checkpoint_step", view.checkpoint_step},
                    {"samples", std::move(samples)}});
        return;
    }
    std::cout << "Step " << grouped(view.step) << ": " << view.samples.size()
              << " samples, the hardest first, scored with the weights of step " << grouped(view.checkpoint_step)
              << "\n";
    for (std::size_t i = 0; i < std::min(o.samples, view.samples.size()); ++i) {
        const ShownSample& sample = view.samples[i];
        if (is_judged(sample) || sample.picture) {
            std::cout << (sample.picture ? "" : "\n") << judged_line(sample) << "\n";
            if (sample.picture) continue;
        } else {
            std::cout << "\n-- loss " << significant(sample.loss) << ", "
                      << (sample.where.empty() ? "from token " + grouped(sample.place) + " of the training part"
                                               : sample.where)
                      << "\n";
        }
        for (const ShownToken& token : sample.tokens)
            std::cout << (token.separator ? "⏎\n" : token.masked ? "[" + token.text + "]" : token.text);
        std::cout << "\n";
    }
}

Json layers_json(const std::vector<StepLook::Layer>& layers) {
    Json out = Json::array();
    for (const StepLook::Layer& layer : layers)
        out.push_back({{"name", layer.name}, {"size", layer.size}, {"finite", layer.finite}});
    return out;
}

Json replay_json(const StepReplay& replay) {
    Json turns = Json::array();
    for (const StepLook::Turn& turn : replay.look.turns)
        turns.push_back({{"player", turn.player},
                         {"loss", turn.loss},
                         {"grad_norm", turn.norm},
                         {"outputs", layers_json(turn.outputs)},
                         {"gradients", layers_json(turn.gradients)}});
    Json out = {{"step", replay.step},     {"from_step", replay.from_step}, {"lr", replay.lr},
                {"places", replay.places}, {"turns", std::move(turns)},     {"fault", replay.fault}};
    out["notes"] = Json::array();
    for (const Phrase& note : replay.notes) out["notes"].push_back(note.text());
    if (const auto& fault = replay.look.fault)
        out["first_not_finite"] = {{"name", fault->name}, {"micro_batch", fault->micro}, {"row", fault->row}};
    return out;
}

void replay_step_of(const Cli& cli, const SteerOptions& o) {
    const Workspace workspace = cli.look_workspace();
    std::int64_t step = o.step;
    if (step == 0) {
        const Store store = workspace.store(Store::Mode::read_only).or_throw();
        const RunRecord run = store.run(o.run).or_throw();
        const std::vector<std::int64_t> bad = bad_steps_of(run.path);
        if (bad.empty())
            throw Failure({Error::Code::bad_spec,
                           "This run has kept no step with bad numbers",
                           "Name a step with --step",
                           {"run " + run.name}});
        step = bad.front();
    }
    ProgressLine progress;
    auto found =
        replay_of_step(workspace, o.run, step,
                       [&](double share) { progress.show("training on to step " + grouped(step), share); }, {});
    progress.end();
    const StepReplay replay = std::move(found).or_throw();
    if (o.json) return print_json(replay_json(replay));
    std::cout << to_text(replay) << "rows at";
    const std::size_t shown = std::min<std::size_t>(replay.places.size(), 64);
    for (std::size_t i = 0; i < shown; ++i) std::cout << " " << replay.places[i];
    std::cout << (shown < replay.places.size() ? " ..." : "") << " of the training part\n";
}

}  // namespace

void add_steer_verbs(Cli& cli) {
    auto o = std::make_shared<SteerOptions>();
    auto add_run = [&](CLI::App& verb) {
        verb.add_option("run", o->run, "Id, its beginning, or name")->required()->type_name("RUN");
    };
    const std::pair<const char*, const char*> orders[] = {{"pause", "Let a run that another program trains wait"},
                                                          {"unpause", "Let it go on"},
                                                          {"save", "Let it write a checkpoint now"},
                                                          {"sample-now", "Let it write samples now"}};
    for (const auto& [name, help] : orders) {
        CLI::App& verb = cli.verb(name, help);
        add_run(verb);
        const std::string order = std::string(name) == "unpause"      ? "resume"
                                  : std::string(name) == "sample-now" ? "sample"
                                                                      : name;
        verb.callback([&cli, o, order] { send_order(cli.open_workspace(), o->run, {{"order", order}}).or_throw(); });
    }
    CLI::App& stop = cli.verb("stop", "Let a run that another program trains save and end");
    add_run(stop);
    stop.add_flag("--discard", o->discard, "Without saving");
    stop.callback([&cli, o] {
        send_order(cli.open_workspace(), o->run, {{"order", "stop"}, {"save", !o->discard}}).or_throw();
    });

    CLI::App& knobs =
        cli.verb("live-settings",
                 "Change a run while it is trained; what is not named goes back to what the run was begun with");
    add_run(knobs);
    real_number(knobs.add_option("--rate-scale", o->rate_scale, "Multiplies the learning rate of the schedule"))
        ->type_name("X");
    real_number(knobs.add_option("--clip", o->clip, "Longest gradient that is used as it is; 0 = no clipping"))
        ->type_name("X");
    whole_number(knobs.add_option("--evaluate-every", o->evaluation_every, "Steps between evaluations"))
        ->type_name("STEPS");
    whole_number(knobs.add_option("--save-every", o->saving_every, "Steps between checkpoints"))->type_name("STEPS");
    knobs.callback([&cli, o] {
        send_order(
            cli.open_workspace(), o->run,
            {{"order", "knobs"},
             {"knobs", to_json(Knobs{o->rate_scale.value_or(1), o->clip, o->evaluation_every, o->saving_every})}})
            .or_throw();
    });

    CLI::App& look = cli.verb("look", "Show the samples that a step was trained on, the hardest first");
    add_run(look);
    whole_number(look.add_option("step", o->step, "Step"))->required()->type_name("STEP");
    whole_number(look.add_option("--samples", o->samples, "How many to print"))->check(zero_or_more())->type_name("N");
    look.add_flag("--json", o->json, "All of them as one JSON object, token by token");
    look.callback([&cli, o] { show_step(cli, *o); });

    CLI::App& replay = cli.verb("replay",
                                "Run a step forward and backward again, and name the first layer or gradient that is "
                                "not finite");
    add_run(replay);
    whole_number(replay.add_option("--step", o->step, "Step; the first one whose numbers were bad otherwise"))
        ->check(above_zero())
        ->type_name("STEP");
    replay.add_flag("--json", o->json, "Every layer and gradient as one JSON object");
    replay.callback([&cli, o] { replay_step_of(cli, *o); });
}

}  // namespace gw::cli
