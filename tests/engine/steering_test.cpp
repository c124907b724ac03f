#include <chrono>
#include <cmath>
#include <functional>
#include <thread>

#include "artifact/checkpoint.h"
#include "data/batch_source.h"
#include "engine/small.h"
#include "optim/catalog.h"
#include "study/step_view.h"
#include "train/examine/verdict.h"
#include "train/guard/layer_watch.h"
#include "workspace/launch.h"
#include "workspace/models/look_at_step.h"
#include "workspace/record/alert_watch.h"
#include "workspace/record/orders.h"
#include "workspace/record/trash.h"
#include "workspace/run_queue.h"

namespace gw {
namespace {

struct Steered {
    Scratch folder;
    test::RecordingPort port;
    Outcome go(const Json& spec, const fs::path& resume = {}, std::int64_t stop_at = 0) {
        return train({spec, folder.path() / "run", folder.path() / "cache", resume, stop_at}, port);
    }
    fs::path checkpoint(std::int64_t step) const {
        return folder.path() / "run" / "checkpoints" / checkpoint_name(step);
    }
};

std::vector<double> rates(const test::RecordingPort& port) {
    std::vector<double> out;
    for (const MetricRow& row : port.all<MetricRow>())
        for (const Point& point : row.points)
            if (point.metric == "train/lr") out.push_back(point.value);
    return out;
}

TEST(Knobs, ChangeTheRunAndAreJournaled) {
    const Json spec = test::tiny_spec({{"schedule", {{"kind", "constant"}, {"warmup", 0}}}});
    Steered run;
    run.port.orders = [](std::int64_t step) {
        Orders orders;
        if (step == 10) orders.knobs = Knobs{0.5, 0.25, 4, std::nullopt};
        return orders;
    };
    ASSERT_EQ(run.go(spec).end, Outcome::End::finished);
    const auto lr = rates(run.port);
    ASSERT_EQ(lr.size(), 20u);
    EXPECT_DOUBLE_EQ(lr[9], 2 * lr[10]);
    std::vector<std::string> said;
    for (const Event& event : run.port.all<Event>())
        if (event.kind == "knob") {
            EXPECT_EQ(event.step, 10);
            said.push_back(event.text);
        }
    ASSERT_EQ(said.size(), 3u);
    EXPECT_EQ(said[0], "rate_scale: 1.00 -> 0.500");
    int evaluations = 0;
    for (const MetricRow& row : run.port.all<MetricRow>())
        for (const Point& point : row.points) evaluations += point.metric == "validation/loss" ? 1 : 0;
    EXPECT_EQ(evaluations, 3) << "at 12, 16 and the end";
}

TEST(Knobs, SurviveAResume) {
    const Json spec = test::tiny_spec({{"schedule", {{"kind", "constant"}, {"warmup", 0}}}});
    auto turn = [](std::int64_t step) {
        Orders orders;
        if (step == 5) orders.knobs = Knobs{0.1, std::nullopt, std::nullopt, std::nullopt};
        return orders;
    };
    Steered whole, parts;
    whole.port.orders = parts.port.orders = turn;
    ASSERT_EQ(whole.go(spec).end, Outcome::End::finished);
    ASSERT_EQ(parts.go(spec, {}, 12).end, Outcome::End::stopped);
    parts.port.orders = {};
    ASSERT_EQ(parts.go(spec, parts.checkpoint(12)).end, Outcome::End::finished);
    EXPECT_EQ(whole.port.losses, parts.port.losses) << "to the bit";
}

TEST(Knobs, NonsenseIsRefusedWithAReason) {
    EXPECT_NE(why_not(Knobs{-1}), "");
    EXPECT_NE(why_not(Knobs{std::nan("")}), "");
    EXPECT_NE(why_not(Knobs{1, -0.5}), "");
    EXPECT_EQ(why_not(Knobs{0.5, 0.0, 10, 0}), "");
    EXPECT_EQ(knobs_of(to_json(Knobs{0.5, 2.0, 10, 0})), (Knobs{0.5, 2.0, 10, 0}));
}

TEST(EarlyStopping, CountsEvaluationsWithoutAGain) {
    EarlyStop stop(2, 0.01);
    EXPECT_FALSE(stop.note(2.0));
    EXPECT_FALSE(stop.note(1.995)) << "too small a gain";
    EXPECT_FALSE(stop.note(1.5));
    EXPECT_FALSE(stop.note(NAN));
    EXPECT_TRUE(stop.note(1.6));
    EarlyStop never(0, 0);
    for (int i = 0; i < 10; ++i) EXPECT_FALSE(never.note(1.0 + i));
}

TEST(OnPlateau, TheRateFallsWhenNothingIsBetterAndNoFurtherThanToTheLeast) {
    const auto schedule = [](const Json& settings) { return plateau_kind().build(settings); };
    Verdict verdict({"loss", {}, 0, 0.01, schedule({{"patience", 2}, {"by", 0.1}, {"least", 0.01}})->plateau()});
    const auto note = [&](double loss) { return verdict.note({loss, loss}, false); };
    EXPECT_FALSE(note(2.0));
    EXPECT_FALSE(note(1.995)) << "too small a gain";
    EXPECT_EQ(verdict.rate(), 1);
    EXPECT_TRUE(note(2.1));
    EXPECT_DOUBLE_EQ(verdict.rate(), 0.1);
    EXPECT_EQ(verdict.why_it_falls().text(),
              "The learning rate falls, 1 times so far: 2 evaluations in a row without a better loss");
    EXPECT_FALSE(note(2.0)) << "it waits again";
    Verdict taken_up({"loss", {}, 0, 0.01, schedule({{"patience", 2}, {"by", 0.1}, {"least", 0.01}})->plateau()});
    taken_up.restore(verdict.state());
    EXPECT_DOUBLE_EQ(taken_up.rate(), 0.1);
    for (Verdict* one : {&verdict, &taken_up}) {
        EXPECT_TRUE(one->note({2.0, 2.0}, false));
        EXPECT_DOUBLE_EQ(one->rate(), 0.01);
        for (int i = 0; i < 4; ++i) EXPECT_FALSE(one->note({2.0, 2.0}, false)) << "as low as it goes";
        EXPECT_DOUBLE_EQ(one->rate(), 0.01);
        EXPECT_FALSE(one->note({1.0, 1.0}, false));
    }
    Verdict another({"accuracy", {true}, 0, 0, schedule(Json::object())->plateau()});
    another.restore(verdict.state());
    EXPECT_EQ(another.rate(), 1) << "of another metric";
}

TEST(OnPlateau, ARunFallsAndIsTakenUpWithTheRateThatItHad) {
    // So low a rate that no weight moves.
    const Json spec =
        test::tiny_spec({{"training", {{"budget", 40}, {"clip", 0.0}, {"threads", 1}}},
                         {"optimizer", {{"kind", "adamw"}, {"lr", 1e-12}, {"weight_decay", 0}}},
                         {"schedule", {{"kind", "plateau"}, {"warmup", 0}, {"patience", 1}, {"by", 0.5}, {"least", 0}}},
                         {"evaluation", {{"every", 3}, {"tokens", 1000}}},
                         {"saving", {{"every", 10}, {"keep_last", 9}}},
                         {"backbone", {{"dropout", 0.0}}}});
    Steered whole;
    ASSERT_EQ(whole.go(spec).end, Outcome::End::finished);
    std::vector<std::int64_t> fell;
    for (const Event& event : whole.port.all<Event>())
        if (event.kind == "rate") fell.push_back(event.step);
    ASSERT_GE(fell.size(), 9U) << "every evaluation but the first";
    const auto lr = rates(whole.port);
    ASSERT_EQ(lr.size(), 40U);
    EXPECT_EQ(lr.front(), 1e-12);
    for (std::size_t i = 0; i < fell.size(); ++i)
        EXPECT_DOUBLE_EQ(lr[static_cast<std::size_t>(fell[i])], 1e-12 * std::pow(0.5, static_cast<double>(i + 1)));
    Steered parts;
    ASSERT_EQ(parts.go(spec, {}, fell[1] + 1).end, Outcome::End::stopped);
    ASSERT_EQ(parts.go(spec, parts.checkpoint(fell[1] + 1)).end, Outcome::End::finished);
    EXPECT_EQ(rates(parts.port), lr);
    EXPECT_EQ(parts.port.losses, whole.port.losses);
    // A fork goes on with the rate that its parent had, unless its schedule is another.
    for (const double by : {0.5, 0.25}) {
        Steered fork;
        const Json own = overlay_spec(spec, {{"schedule", {{"by", by}}}, {"training", {{"budget", fell[1] + 2}}}});
        ASSERT_EQ(fork.go(own, parts.checkpoint(fell[1] + 1)).end, Outcome::End::finished);
        EXPECT_DOUBLE_EQ(rates(fork.port).front(), by == 0.5 ? lr[static_cast<std::size_t>(fell[1] + 1)] : 1e-12);
    }
}

TEST(EarlyStopping, EndsTheRunWithItsBestWeights) {
    // So high a rate that the loss soon rises again.
    const Json spec = test::tiny_spec({{"training", {{"budget", 400}, {"clip", 0.0}}},
                                       {"optimizer", {{"kind", "adamw"}, {"lr", 0.3}}},
                                       {"schedule", {{"kind", "linear"}, {"warmup", 390}}},
                                       {"evaluation", {{"every", 5}, {"patience", 2}, {"tokens", 1000}}},
                                       {"backbone", {{"dropout", 0.0}}}});
    Steered run;
    const Outcome outcome = run.go(spec);
    ASSERT_EQ(outcome.end, Outcome::End::finished) << (outcome.error ? to_text(*outcome.error) : "");
    EXPECT_LT(run.port.losses.size(), 400u);
    double best = HUGE_VAL;
    for (const MetricRow& row : run.port.all<MetricRow>())
        for (const Point& point : row.points)
            if (point.metric == "validation/loss") best = std::min(best, point.value);
    EXPECT_DOUBLE_EQ(*run.port.last("validation/loss"), best);
    bool said = false;
    for (const Event& event : run.port.all<Event>())
        said = said || event.text.find("Back to the weights") != std::string::npos;
    EXPECT_TRUE(said);
}

TEST(Layers, RatiosAreThoseOfTheWeightsThemselves) {
    Steered run;
    const Json spec = test::tiny_spec({{"training", {{"budget", 3}}},
                                       {"saving", {{"every", 1}, {"keep_last", 9}}},
                                       {"monitoring", {{"layers_every", 3}, {"histograms_every", 3}}}});
    ASSERT_EQ(run.go(spec).end, Outcome::End::finished);
    // The plain way: the weights of the two checkpoints around the step.
    auto weights = [&](std::int64_t step) {
        Compute compute;
        auto tokenizer =
            tokenizer_from_state(read_checkpoint_facts(run.checkpoint(step)).or_throw().tokenizer).or_throw();
        Model model = build_model(spec, tokens_input(tokenizer->vocabulary()), *tokenizer, compute);
        load_weights(run.checkpoint(step), model).or_throw();
        std::map<std::string, torch::Tensor> out;
        for (const auto& entry : model.bank->entries())
            if (entry.shape.size() > 1) out[entry.name] = model.bank->view(model.bank->weights(), entry).clone();
        return out;
    };
    const auto before = weights(2), after = weights(3);
    std::size_t seen = 0;
    for (const MetricRow& row : run.port.all<MetricRow>())
        for (const Point& point : row.points) {
            const std::string metric(point.metric), prefix = "layers/update_ratio/";
            if (!metric.starts_with(prefix)) continue;
            const torch::Tensor a = before.at(metric.substr(prefix.size())), b = after.at(metric.substr(prefix.size()));
            EXPECT_NEAR(point.value, ((b - a).norm() / a.norm()).item<double>(), 1e-6 + 1e-4 * point.value) << metric;
            ++seen;
        }
    EXPECT_EQ(seen, before.size());

    std::map<std::string, int> kinds;
    for (const Histogram& histogram : run.port.all<Histogram>()) {
        ++kinds[histogram.kind];
        std::int64_t counted = 0;
        for (const std::int64_t count : histogram.counts) counted += count;
        if (histogram.kind == "weights") {
            EXPECT_EQ(counted, before.at(histogram.name).numel());
        }
        EXPECT_LE(histogram.low, histogram.high);
    }
    EXPECT_EQ(kinds["activations"], 2);
    EXPECT_EQ(kinds["weights"], static_cast<int>(before.size()));
    EXPECT_EQ(kinds["gradients"], kinds["weights"]);
}

TEST(Layers, LookingChangesNothing) {
    auto losses = [](int every) {
        Steered run;
        EXPECT_EQ(run.go(test::tiny_spec({{"monitoring", {{"layers_every", every}, {"histograms_every", every}}}})).end,
                  Outcome::End::finished);
        return run.port.losses;
    };
    EXPECT_EQ(losses(0), losses(2));
}

TEST(Layers, AHistogramCountsTheFiniteValues) {
    const Histogram h =
        histogram_of(torch::tensor(std::vector<double>{0.0, 0.1, 1.0, 4.0, NAN, INFINITY}), "weights", "w", 3, 4);
    EXPECT_EQ(h.low, 0);
    EXPECT_EQ(h.high, 4);
    EXPECT_EQ(h.counts, (std::vector<std::int64_t>{2, 1, 0, 1}));
    EXPECT_EQ(histogram_of(torch::full({5}, 2.0), "weights", "w", 3).counts, std::vector<std::int64_t>{5});
    EXPECT_TRUE(histogram_of(torch::full({5}, NAN), "weights", "w", 3).counts.empty());
}

TEST(Alerts, ASpikeIsToldOnceInAWhile) {
    AlertWatch watch;
    std::vector<Event> events;
    for (int step = 1; step <= 400; ++step) {
        const double loss = step == 150 || step == 160 ? 9.0 : 2.0 + 0.01 * std::sin(step);
        for (const Event& event : watch.note({step, 0, 0, {{intern("train/loss"), loss}}})) events.push_back(event);
    }
    ASSERT_EQ(events.size(), 1u);
    EXPECT_EQ(events[0].step, 150);
    EXPECT_NE(events[0].text.find("9.000"), std::string::npos);
}

TEST(Alerts, OverfittingIsToldAndNoiseIsNot) {
    auto alerts = [](const std::vector<double>& validation) {
        AlertWatch watch;
        std::size_t count = 0;
        for (std::size_t i = 0; i < validation.size(); ++i) {
            for (int k = 0; k < 20; ++k)
                watch.note({static_cast<std::int64_t>(20 * i) + k,
                            0,
                            0,
                            {{intern("train/loss"), 3.0 - 0.1 * static_cast<double>(i)}}});
            count +=
                watch.note({static_cast<std::int64_t>(20 * i) + 20, 0, 0, {{intern("validation/loss"), validation[i]}}})
                    .size();
        }
        return count;
    };
    EXPECT_EQ(alerts({3, 2.5, 2.6, 2.7, 2.8, 2.9}), 1u);
    EXPECT_EQ(alerts({3, 2.5, 2.6, 2.55, 2.6, 2.5}), 0u);
}

class Steering : public testing::Test {
  protected:
    Scratch scratch_;
    Workspace workspace_ = Workspace::open(scratch_.path() / "workspace").or_throw();
    std::string trained(const Json& spec, const std::string& name = "run") {
        LaunchRequest request;
        request.spec = spec;
        request.name = name;
        auto run = LiveRun::launch(workspace_, request).or_throw();
        EXPECT_EQ(run->wait().end, Outcome::End::finished);
        return run->id();
    }
};

TEST_F(Steering, AStepShowsWhatItWasFed) {
    // No dropout and the weights of step 1 to score step 2: the mean over the samples is the loss that training
    // reported.
    const std::string id = trained(test::tiny_spec({{"backbone", {{"dropout", 0.0}}},
                                                    {"training", {{"budget", 2}}},
                                                    {"saving", {{"every", 1}, {"keep_last", 5}}}}));
    Store store = workspace_.store().or_throw();
    const RunRecord record = store.run(id).or_throw();
    const StepView view = view_step(record.spec, fs::path(record.path) / "checkpoints" / checkpoint_name(1), 2,
                                    workspace_.cache(), {}, {})
                              .or_throw();
    ASSERT_EQ(view.samples.size(), 4u);
    double mean = 0;
    for (std::size_t i = 0; i < view.samples.size(); ++i) {
        mean += view.samples[i].loss / 4;
        EXPECT_EQ(view.samples[i].tokens.size(), 33u);
        if (i > 0) {
            EXPECT_GE(view.samples[i - 1].loss, view.samples[i].loss) << "the hardest first";
        }
    }
    EXPECT_NEAR(mean, store.series(id, "train/loss").or_throw()[1].value, 2e-3);
    EXPECT_FALSE(look_at_step(workspace_, id, 3, {}, {}));
    EXPECT_EQ(look_at_step(workspace_, id, 2, {}, {}).or_throw().checkpoint_step, 2);
}

TEST_F(Steering, AMaskedStepShowsItsMasks) {
    const std::string id =
        trained(test::tiny_spec({{"objective", {{"kind", "masked"}}}, {"training", {{"budget", 2}}}}));
    const StepView view = look_at_step(workspace_, id, 1, {}, {}).or_throw();
    std::size_t masked = 0, all = 0;
    for (const ShownSample& sample : view.samples)
        for (const ShownToken& token : sample.tokens) {
            masked += token.masked ? 1 : 0;
            ++all;
        }
    EXPECT_GT(masked, all / 20);
    EXPECT_LT(masked, all / 3);
}

TEST_F(Steering, AStepOfGapsShowsTheWindowsAndWhatWasDroppedOfThem) {
    const std::string id = trained(test::tiny_spec({{"objective", {{"kind", "span_denoising"}}},
                                                    {"backbone", {{"dropout", 0.0}}},
                                                    {"training", {{"budget", 2}}}}));
    const StepView view = look_at_step(workspace_, id, 1, {}, {}).or_throw();
    ASSERT_EQ(view.samples.size(), 4u);
    for (const ShownSample& sample : view.samples) {
        // Of 32 bytes 5 in 2 gaps; both ends are asked too, and one of them stands behind the window.
        EXPECT_EQ(sample.tokens.size(), 33u);
        std::int64_t masked = 0, counted = 0;
        for (const ShownToken& token : sample.tokens) {
            masked += token.masked ? 1 : 0;
            counted += token.counted ? 1 : 0;
        }
        EXPECT_EQ(masked, 5);
        EXPECT_EQ(counted, 7);
        EXPECT_GT(sample.loss, 0);
    }
}

TEST_F(Steering, AForkGoesOnFromItsParentAndLeavesItAlone) {
    const Json spec = test::tiny_spec({{"saving", {{"every", 10}, {"keep_last", 5}}}});
    const std::string parent = trained(spec);
    LaunchRequest request;
    request.fork_run = parent;
    request.fork_checkpoint = (workspace_.run_folder(parent) / "checkpoints" / checkpoint_name(10)).string();
    request.spec = spec;
    request.spec["optimizer"]["lr"] = 1e-5;
    auto fork = LiveRun::launch(workspace_, request).or_throw();
    ASSERT_EQ(fork->wait().end, Outcome::End::finished);
    Store store = workspace_.store().or_throw();
    const RunRecord record = store.run(fork->id()).or_throw();
    EXPECT_EQ(record.parent, parent);
    EXPECT_EQ(record.fork_step, 10);
    EXPECT_EQ(record.steps, 20);
    EXPECT_EQ(store.series(record.id, "train/loss").or_throw().size(), 10u);
    EXPECT_EQ(store.run(parent).or_throw().status, "finished");
    request.spec["backbone"]["width"] = 64;
    const auto other = LiveRun::launch(workspace_, request);
    ASSERT_FALSE(other);
    EXPECT_NE(other.error().message.find("backbone.width"), std::string::npos);
}

TEST_F(Steering, TheQueueFreezesSpecsAndSurvivesARestart) {
    RunQueue queue(workspace_);
    const Json spec = test::tiny_spec({{"training", {{"budget", 2}}}});
    const auto specs =
        expand_lists(spec, {{"optimizer.lr", {"1e-4", "3e-4"}}, {"training.seed", {"1", "2"}}}).or_throw();
    ASSERT_EQ(specs.size(), 4u);
    EXPECT_EQ(specs[1]["optimizer"]["lr"], 1e-4);
    EXPECT_EQ(specs[1]["training"]["seed"], 2);
    EXPECT_FALSE(expand_lists(spec, {{"optimizer.lr", {"1e-4", "fast"}}}));
    std::vector<LaunchRequest> requests;
    for (const Json& one : specs) {
        LaunchRequest request;
        request.spec = one;
        requests.push_back(request);
    }
    const auto added = queue.add(requests).or_throw();
    ASSERT_EQ(added.size(), 4u);
    ASSERT_TRUE(queue.move(added[3].id, 0));
    ASSERT_TRUE(queue.remove(added[0].id));

    RunQueue again(Workspace::open(scratch_.path() / "workspace").or_throw());
    const auto waiting = again.waiting().or_throw();
    ASSERT_EQ(waiting.size(), 3u);
    EXPECT_EQ(waiting[0].id, added[3].id);
    const auto next = again.next().or_throw();
    ASSERT_TRUE(next);
    auto run = LiveRun::launch(workspace_, *next).or_throw();
    EXPECT_EQ(run->id(), added[3].id);
    ASSERT_EQ(run->wait().end, Outcome::End::finished);
    EXPECT_EQ(again.waiting().or_throw().size(), 2u);
    EXPECT_FALSE(LiveRun::launch(workspace_, *next)) << "it waits no more";
    EXPECT_FALSE(again.remove(added[3].id));

    ASSERT_TRUE(again.set_settings({false, true}));
    ASSERT_TRUE(again.note_end({Outcome::End::failed, Error{}}));
    EXPECT_TRUE(again.settings().or_throw().paused);
    EXPECT_FALSE(again.next().or_throw());
}

TEST_F(Steering, ARunOfAnotherProgramObeysLetters) {
    LaunchRequest request;
    request.spec = test::tiny_spec({{"training", {{"budget", 1000000}}}});
    auto run = LiveRun::launch(workspace_, request).or_throw();
    auto status = [&] { return workspace_.store().or_throw().run(run->id()).or_throw().status; };
    auto wait_for = [&](const std::function<bool()>& holds) {
        for (int i = 0; i < 2000 && !holds(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
        ASSERT_TRUE(holds());
    };
    wait_for([&] { return status() == "running"; });
    EXPECT_FALSE(send_order(workspace_, run->id(), {{"order", "knobs"}, {"knobs", {{"rate_scale", -1}}}}));
    ASSERT_TRUE(send_order(workspace_, run->id(), {{"order", "knobs"}, {"knobs", {{"rate_scale", 0.5}}}}));
    wait_for([&] { return run->knobs().rate_scale == 0.5; });
    ASSERT_TRUE(send_order(workspace_, run->id(), {{"order", "pause"}}));
    wait_for([&] { return run->paused(); });
    ASSERT_TRUE(send_order(workspace_, run->id(), {{"order", "resume"}}));
    wait_for([&] { return !run->paused(); });
    ASSERT_TRUE(send_order(workspace_, run->id(), {{"order", "stop"}, {"save", true}}));
    EXPECT_EQ(run->wait().end, Outcome::End::stopped);
    EXPECT_FALSE(workspace_.store().or_throw().checkpoints(run->id()).or_throw().empty());
    EXPECT_FALSE(send_order(workspace_, run->id(), {{"order", "save"}})) << "it is over";
}

TEST_F(Steering, AMovedDatasetIsNamed) {
    const fs::path text = scratch_ / "text.txt";
    std::string words;
    for (int i = 0; i < 3000; ++i) words += "word" + std::to_string(i % 50) + (i % 10 == 9 ? "\n" : " ");
    write_file_atomic(text, words).or_throw();
    const std::string id = trained(test::tiny_spec({{"dataset", {{"kind", "text_files"}, {"paths", {text.string()}}}},
                                                    {"split", {{"kind", "tail"}, {"validation", 0.2}}},
                                                    {"training", {{"budget", 3}}}}));
    ASSERT_TRUE(look_at_step(workspace_, id, 2, {}, {}));
    fs::rename(text, scratch_ / "elsewhere.txt");
    const auto gone = look_at_step(workspace_, id, 2, {}, {});
    ASSERT_FALSE(gone);
    EXPECT_NE(to_text(gone.error()).find("text.txt"), std::string::npos) << to_text(gone.error());
    write_file_atomic(text, words + " and more").or_throw();
    const auto changed = look_at_step(workspace_, id, 2, {}, {});
    ASSERT_FALSE(changed);
    EXPECT_NE(changed.error().message.find("content has changed"), std::string::npos);
}

TEST_F(Steering, EmptyingTheTrashFreesTheFolder) {
    const std::string id = trained(test::tiny_spec({{"training", {{"budget", 2}}}}));
    workspace_.store().or_throw().set_trashed(id, true).or_throw();
    const TrashSize size = trash_size(workspace_).or_throw();
    EXPECT_EQ(size.runs, 1);
    EXPECT_GT(size.bytes, 10000u);
    EXPECT_EQ(empty_trash(workspace_).or_throw().bytes, size.bytes);
    EXPECT_FALSE(fs::exists(workspace_.run_folder(id)));
    EXPECT_FALSE(workspace_.store().or_throw().run(id));
}

TEST_F(Steering, TheWallClockIsWrittenDown) {
    const std::string id = trained(test::tiny_spec());
    EXPECT_FALSE(workspace_.store().or_throw().clock(id).or_throw().empty());
    EXPECT_GT(workspace_.store().or_throw().run(id).or_throw().facts["flops_per_token"].get<double>(), 1e4);
}

}  // namespace
}  // namespace gw
