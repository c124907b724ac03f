#include <torch/types.h>
#include <torch/utils.h>

#include <atomic>
#include <future>
#include <thread>

#include "adapt/model_state.h"
#include "engine/stretch.h"
#include "model/layers.h"
#include "spec/budget.h"
#include "train/guard/engine_error.h"
#include "train/host/run_host.h"
#include "train/step/dropout_stream.h"
#include "workspace/record/alert_watch.h"

// The loop under orders, forks and extensions, and what it says when things go wrong.
namespace gw {
namespace {

using test::Stretches;

// ---- the guard, in runs

std::vector<Event> warnings_of(const Stretches& run) {
    std::vector<Event> out;
    for (const Event& event : run.all<Event>())
        if (event.kind == "warning" && event.text.find("runs away") != std::string::npos) out.push_back(event);
    return out;
}

/// A spec whose rate is far too high; the loss rises and stays finite.
Json far_too_high(const char* guard) {
    return test::tiny_spec({{"optimizer", {{"kind", "adamw"}, {"lr", 3.0}}},
                            {"schedule", {{"kind", "constant"}, {"warmup", 50}}},
                            {"training", {{"budget", 160}, {"guard", guard}, {"threads", 1}}},
                            {"backbone", {{"layers", 1}}}});
}

TEST(Guard, WarnsOfARateThatIsFarTooHighAndGoesOn) {
    Stretches run;
    ASSERT_EQ(run.go(far_too_high("warn")).end, Outcome::End::finished) << run.why();
    const auto warnings = warnings_of(run);
    ASSERT_EQ(warnings.size(), 1u) << "not at every step";
    EXPECT_GT(warnings[0].step, 40);
    EXPECT_NE(warnings[0].text.find("optimizer.lr (it was"), std::string::npos) << warnings[0].text;
    EXPECT_NE(warnings[0].text.find("at step " + std::to_string(warnings[0].step)), std::string::npos)
        << warnings[0].text;
}

TEST(Guard, StopsOrSaysNothingAsAsked) {
    Stretches stopped, silent;
    const Outcome outcome = stopped.go(far_too_high("stop"));
    ASSERT_EQ(outcome.end, Outcome::End::failed);
    EXPECT_EQ(outcome.error->code, Error::Code::diverged);
    EXPECT_NE(outcome.error->message.find("at step"), std::string::npos);
    ASSERT_EQ(silent.go(far_too_high("off")).end, Outcome::End::finished) << silent.why();
    EXPECT_TRUE(warnings_of(silent).empty());
    EXPECT_FALSE(spec_status(overlay_spec(default_spec(), {{"training", {{"guard", "maybe"}}}})));
}

TEST(Guard, AResumedRunIsWarnedWhereAWholeOneIs) {
    Stretches whole, parts;
    ASSERT_EQ(whole.go(far_too_high("warn")).end, Outcome::End::finished);
    const std::int64_t step = warnings_of(whole).at(0).step;
    ASSERT_EQ(parts.go(far_too_high("warn"), {}, step - 10).end, Outcome::End::stopped);
    ASSERT_EQ(parts.go(far_too_high("warn"), parts.current()).end, Outcome::End::finished);
    ASSERT_EQ(warnings_of(parts).size(), 1u);
    EXPECT_EQ(warnings_of(parts)[0].step, step);
    EXPECT_EQ(warnings_of(parts)[0].text, warnings_of(whole)[0].text);
}

/// Numbers that the texts say nothing of, and classes of which every eighth is wrong.
class Stationary : public testing::TestWithParam<std::int64_t> {
  protected:
    static std::string file(const char* name, bool classes) {
        const fs::path path = folder_->path() / name;
        if (fs::exists(path)) return path.string();
        std::ofstream out(path);
        out << "text,label\n";
        std::uint64_t state = 7;
        auto next = [&] {
            return static_cast<double>((state = state * 6364136223846793005ull + 1442695040888963407ull) >> 40) /
                   static_cast<double>(1 << 24);
        };
        for (int i = 0; i < 200; ++i) {
            double sum = 0;
            for (int k = 0; k < 12; ++k) sum += next();
            const bool wrong = next() < 0.125, one = i % 2 == 0;
            if (classes)
                out << "soup " << i << (one ? " cold," : " warm,") << (one != wrong ? "neg" : "pos") << "\n";
            else
                out << "soup " << i << "," << 3 + sum - 6 << "\n";
        }
        return path.string();
    }
    static Json spec(const std::string& path, const char* labels, const char* objective, std::int64_t rows, int seed) {
        return test::tiny_spec(
            {{"dataset", {{"kind", "labelled_text"}, {"paths", {path}}, {"labels", labels}}},
             {"objective", {{"kind", objective}}},
             {"split", {{"kind", "by_document"}, {"validation", 0.2}, {"test", 0.0}}},
             {"backbone", {{"layers", 1}}},
             {"optimizer", {{"lr", 3e-4}}},
             {"training", {{"budget", 150}, {"micro_batch", rows}, {"threads", 1}, {"seed", seed}}}});
    }
    static void SetUpTestSuite() { folder_ = std::make_unique<Scratch>(); }
    static void TearDownTestSuite() { folder_.reset(); }
    static void expect_calm(const Json& spec, bool in_pieces) {
        Stretches run;
        run.cache = folder_->path() / "cache";
        if (in_pieces) {
            ASSERT_EQ(run.go(spec, {}, 70).end, Outcome::End::stopped) << run.why();
        }
        ASSERT_EQ(run.go(spec, in_pieces ? run.current() : fs::path()).end, Outcome::End::finished) << run.why();
        EXPECT_TRUE(warnings_of(run).empty()) << warnings_of(run)[0].text;
    }
    static std::unique_ptr<Scratch> folder_;
};
std::unique_ptr<Scratch> Stationary::folder_;

TEST_P(Stationary, LossesEndNoRunAndGiveNoAlarm) {
    for (int seed = 1; seed <= 2; ++seed) {
        expect_calm(spec(file("numbers.csv", false), "number", "regression", GetParam(), seed), seed == 2);
        expect_calm(spec(file("classes.csv", true), "class", "classification", GetParam(), seed), seed == 1);
    }
}
INSTANTIATE_TEST_SUITE_P(MicroBatches, Stationary, testing::Values(1, 4, 16));

TEST(Alerts, HeavyTailsAreNoSpikes) {
    AlertWatch watch;
    std::uint64_t state = 3;
    std::size_t alerts = 0;
    for (std::int64_t step = 1; step <= 3000; ++step) {
        double sum = 0;
        for (int k = 0; k < 12; ++k)
            sum += static_cast<double>((state = state * 6364136223846793005ull + 1442695040888963407ull) >> 40) /
                   static_cast<double>(1 << 24);
        const double squared = (sum - 6) * (sum - 6);  // of one number against its mean
        alerts += watch.note({step, 0, 0, {{intern("train/loss"), squared}}}).size();
    }
    EXPECT_EQ(alerts, 0u);
}

// ---- orders

TEST(Orders, APausedRunMakesNoStepWhateverIsAsked) {
    auto host = make_thread_host();
    Scratch folder;
    const TrainRequest request{
        test::tiny_spec({{"training", {{"budget", 100000}}}}), folder / "run", folder / "cache", {}, 0};
    std::atomic<std::int64_t> step{0}, saved{0}, samples{0}, knobs{0};
    std::promise<Outcome> ended;
    host->start([&](RunPort& port) { return train(request, port); },
                {[&](Message&& message) {
                     if (const auto* row = std::get_if<MetricRow>(&message)) step = row->step;
                     if (std::get_if<CheckpointSaved>(&message)) ++saved;
                     if (std::get_if<SampleText>(&message)) ++samples;
                     if (const auto* event = std::get_if<Event>(&message); event && event->kind == "knob") ++knobs;
                 },
                 [&](const Outcome& outcome) { ended.set_value(outcome); }});
    const auto wait_for = [](const std::function<bool()>& holds) {
        for (int i = 0; i < 6000 && !holds(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
        ASSERT_TRUE(holds());
    };
    wait_for([&] { return step > 2; });
    host->pause();
    host->save();
    wait_for([&] { return saved == 1; });  // by now the step that was being made is over
    const std::int64_t stands = step;
    host->sample();
    wait_for([&] { return samples == 1; });
    host->set_knobs(Knobs{0.5});
    wait_for([&] { return knobs == 1; });
    host->save();
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    EXPECT_EQ(step, stands);
    EXPECT_EQ(saved, 1) << "the same step is saved once";
    host->resume();
    wait_for([&] { return step > stands; });
    host->stop(false);
    EXPECT_EQ(ended.get_future().get().end, Outcome::End::stopped);
}

// ---- forks and extensions

TEST(Forks, GoOnInTheDataAndOnTheTokenAxis) {
    const Json spec = test::tiny_spec({{"training", {{"threads", 1}}}, {"saving", {{"every", 10}, {"keep_last", 9}}}});
    Stretches parent;
    ASSERT_EQ(parent.go(spec).end, Outcome::End::finished);
    Stretches fork;
    // 4 rows a step for ten steps, then 2 rows twice: the same samples in the same order, so with equal tokens.
    const Json other =
        complete_spec(overlay_spec(spec, {{"training", {{"micro_batch", 1}, {"accumulation", 2}, {"budget", 16}}}}));
    ASSERT_EQ(fork.go(other, parent.checkpoint(10)).end, Outcome::End::finished) << fork.why();
    const auto before = parent.tokens(), after = fork.tokens();
    EXPECT_EQ(before.at(10), 10 * 4 * 32);
    EXPECT_EQ(after.at(11), before.at(10) + 2 * 32);
    EXPECT_EQ(after.at(16), before.at(13)) << "6 steps of 2 are 3 of 4";
    const auto state = read_checkpoint_facts(fork.checkpoint(16)).or_throw().state;
    EXPECT_EQ(state["sampler"]["next_sample"], 10 * 4 + 6 * 2);
    EXPECT_EQ(state["tokens"], before.at(13));
    // In pieces it is the same fork.
    Stretches parts;
    ASSERT_EQ(parts.go(other, parent.checkpoint(10), 13).end, Outcome::End::stopped);
    ASSERT_EQ(parts.go(other, parts.current()).end, Outcome::End::finished) << parts.why();
    EXPECT_EQ(parts.figures(), fork.figures());
    EXPECT_EQ(parts.tokens(), fork.tokens());
}

TEST(Forks, DrawWhatTheirParentWouldHaveDrawn) {
    // No dropout, and gradients added up in another way: the losses are those of the parent to rounding.
    const Json spec = test::tiny_spec({{"training", {{"threads", 1}}},
                                       {"backbone", {{"dropout", 0.0}}},
                                       {"saving", {{"every", 10}, {"keep_last", 9}}}});
    Stretches parent, fork;
    ASSERT_EQ(parent.go(spec).end, Outcome::End::finished);
    ASSERT_EQ(fork.go(complete_spec(overlay_spec(spec, {{"training", {{"micro_batch", 2}, {"accumulation", 2}}}})),
                      parent.checkpoint(10))
                  .end,
              Outcome::End::finished);
    for (std::int64_t step = 11; step <= 20; ++step)
        EXPECT_NEAR(fork.figures().at({step, "train/loss"}), parent.figures().at({step, "train/loss"}), 2e-4) << step;
}

TEST(Forks, BudgetsInTokensAndEpochsCountWhatWasSpent) {
    TrainingSettings training;
    training.micro_batch = 2;
    training.budget = 1000;
    training.budget_unit = "tokens";
    Budget tokens(training, 20, 100);
    EXPECT_EQ(tokens.steps(), 50);
    tokens.begin_at(10, 400, 40);
    EXPECT_EQ(tokens.steps(), 10 + 30);
    tokens.begin_at(10, 2000, 40);
    EXPECT_EQ(tokens.steps(), 10) << "nothing is left";
    training.budget = 2;
    training.budget_unit = "epochs";
    Budget epochs(training, 20, 100);
    EXPECT_EQ(epochs.steps(), 100);
    epochs.begin_at(10, 400, 40);
    EXPECT_EQ(epochs.steps(), 10 + 80);
}

TEST(Forks, AnotherOptimizerBeginsWithoutAMemoryAndSaysSo) {
    const Json spec = test::tiny_spec({{"training", {{"threads", 1}}},
                                       {"saving", {{"every", 10}, {"keep_last", 9}}},
                                       {"optimizer", {{"kind", "sgd"}, {"lr", 0.1}}}});
    Stretches parent;
    ASSERT_EQ(parent.go(spec).end, Outcome::End::finished);
    Json other = spec;
    other["optimizer"] = {{"kind", "adamw"}, {"lr", 1e-3}};
    other["schedule"] = {{"kind", "constant"}, {"warmup", 0}};
    other = complete_spec(other);
    Stretches fork;
    ASSERT_EQ(fork.go(other, parent.checkpoint(10)).end, Outcome::End::finished) << fork.why();
    EXPECT_TRUE(fork.said("note", "adamw begins without a memory"));
    // Adam's first step moves every weight that has a gradient by the rate: its bias correction counts from the fork.
    const auto build_of = [&](const CheckpointFacts& facts) {
        const auto tokenizer = tokenizer_from_state(facts.tokenizer).or_throw();
        return build_model(other, input_of(facts, *tokenizer), *tokenizer, Compute());
    };
    const auto ratio = [&](const Stretches& run, std::int64_t step) {
        Model before = build_of(read_checkpoint_facts(parent.checkpoint(10)).or_throw());
        load_weights(parent.checkpoint(10), before).or_throw();
        Model after = build_of(read_checkpoint_facts(run.checkpoint(step)).or_throw());
        load_weights(run.checkpoint(step), after).or_throw();
        return (after.bank->weights() - before.bank->weights()).abs().max().item<double>();
    };
    Stretches one;
    ASSERT_EQ(one.go(other, parent.checkpoint(10), 11).end, Outcome::End::stopped) << one.why();
    EXPECT_NEAR(ratio(one, 11), 1e-3, 3e-4);
    ASSERT_EQ(one.go(other, one.current()).end, Outcome::End::finished) << one.why();
    EXPECT_EQ(one.figures(), fork.figures()) << "a resumed fork remembers where its memory begins";
}

TEST(Extensions, DoNotFreezeTheBackboneAgain) {
    const Json untied = {{"tied", false}};  // a head of its own, which can be alone
    Stretches parent;
    ASSERT_EQ(parent.go(test::tiny_spec({{"training", {{"threads", 1}}}, {"backbone", untied}})).end,
              Outcome::End::finished);
    Json spec = test::tiny_spec({{"backbone", untied},
                                 {"training", {{"budget", 20}, {"threads", 1}}},
                                 {"schedule", {{"kind", "constant"}, {"warmup", 0}}},
                                 {"saving", {{"every", 5}, {"keep_last", 9}}}});
    spec["start"] = {{"kind", "checkpoint"},
                     {"path", parent.current().string()},
                     {"keep_head", true},
                     {"head_first", 0.5},
                     {"forgetting", false}};
    spec = complete_spec(spec);
    const Json longer = complete_spec(overlay_spec(spec, {{"training", {{"budget", 60}}}}));
    // The head was alone for 10 steps of 20; of 60 it would be for 30.
    Stretches extended, plain;
    for (Stretches* one : {&extended, &plain})
        ASSERT_EQ(one->go(spec, {}, 15).end, Outcome::End::stopped) << one->why();
    ASSERT_EQ(extended.go(longer, extended.current(), 18).end, Outcome::End::stopped) << extended.why();
    ASSERT_EQ(plain.go(spec, plain.current(), 18).end, Outcome::End::stopped);
    EXPECT_EQ(extended.figures(), plain.figures()) << "with a constant rate the next steps are the same";
    EXPECT_EQ(read_file(extended.checkpoint(18) / "backbone.safetensors").or_throw(),
              read_file(plain.checkpoint(18) / "backbone.safetensors").or_throw());
    EXPECT_NE(read_file(extended.checkpoint(18) / "backbone.safetensors").or_throw(),
              read_file(extended.checkpoint(15) / "backbone.safetensors").or_throw());
}

// ---- small things

TEST(Dropout, DrawsFromAStreamOfItsOwn) {
    const torch::Tensor x = torch::ones({64, 33}).set_requires_grad(true);
    DropoutStream stream(torch::kCPU);
    stream.seed(42);
    Pass pass;
    pass.training = true;
    torch::manual_seed(42);
    const torch::Tensor shared = drop(x, 0.3, pass);
    torch::manual_seed(7);
    const torch::Tensor before = torch::rand({4});
    torch::manual_seed(7);
    EXPECT_TRUE(torch::equal(drop(x, 0.3, stream.of(pass)), shared)) << "as at::dropout, to the bit";
    EXPECT_TRUE(torch::equal(torch::rand({4}), before)) << "LibTorch's generator is left alone";
    stream.seed(42);
    EXPECT_TRUE(torch::equal(drop(x, 0.3, stream.of(pass)), shared));
}

TEST(Dropout, RunsSideBySideDoNotMixTheirs) {
    const Json spec =
        test::tiny_spec({{"training", {{"threads", 1}, {"budget", 40}}}, {"backbone", {{"dropout", 0.3}}}});
    Stretches alone;
    ASSERT_EQ(alone.go(spec).end, Outcome::End::finished);
    std::vector<std::unique_ptr<Stretches>> together;
    std::vector<std::thread> threads;
    for (int i = 0; i < 2; ++i) together.push_back(std::make_unique<Stretches>());
    for (auto& one : together) threads.emplace_back([&] { one->go(spec); });
    for (std::thread& thread : threads) thread.join();
    for (const auto& one : together) EXPECT_EQ(one->figures(), alone.figures());
}

TEST(EngineErrors, OnlyAnAllocatorRunsOutOfMemory) {
    auto code = [](const std::string& text) {
        try {
            TORCH_CHECK(false, text);
        } catch (const c10::Error& error) {
            return engine_error(error).code;
        }
        return Error::Code::io;
    };
    EXPECT_EQ(code("unsupported memory format option"), Error::Code::internal);
    EXPECT_EQ(code("some elements of the input tensor and the written-to tensor refer to a single memory location"),
              Error::Code::internal);
    EXPECT_EQ(code("CUDA out of memory. Tried to allocate 2.00 GiB"), Error::Code::out_of_memory);
    try {
        (void)torch::empty({std::int64_t{1} << 56});
        FAIL() << "so much memory is nowhere";
    } catch (const c10::Error& error) {
        EXPECT_EQ(engine_error(error).code, Error::Code::out_of_memory) << error.what_without_backtrace();
        EXPECT_NE(engine_error(error).hint.find("micro_batch"), std::string::npos);
    }
}

TEST(Layers, ActivationsCarryTheStepThatTheyBelongTo) {
    Stretches run;
    ASSERT_EQ(run.go(test::tiny_spec({{"training", {{"budget", 6}}},
                                      {"monitoring", {{"layers_every", 0}, {"histograms_every", 2}}}}))
                  .end,
              Outcome::End::finished);
    std::map<std::int64_t, std::set<std::string>> kinds;
    for (const Histogram& histogram : run.all<Histogram>()) kinds[histogram.step].insert(histogram.kind);
    ASSERT_EQ(kinds.size(), 3u);
    for (const std::int64_t step : {2, 4, 6})
        EXPECT_EQ(kinds[step], (std::set<std::string>{"activations", "gradients", "weights"})) << step;
}

}  // namespace
}  // namespace gw
