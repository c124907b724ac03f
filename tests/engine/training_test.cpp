#include <torch/cuda.h>

#include <cmath>
#include <fstream>
#include <future>

#include "artifact/checkpoint.h"
#include "engine/small.h"
#include "eval/evaluate.h"
#include "study/inference.h"
#include "train/host/run_host.h"

namespace gw {
namespace {

struct Stretch {
    Scratch folder;
    test::RecordingPort port;
    Outcome go(const Json& spec, const fs::path& resume = {}, std::int64_t stop_at = 0) {
        return train({spec, folder.path() / "run", folder.path() / "cache", resume, stop_at}, port);
    }
    fs::path checkpoint(std::int64_t step) const {
        return folder.path() / "run" / "checkpoints" / checkpoint_name(step);
    }
};

std::string why(const Outcome& outcome) {
    return outcome.error ? to_text(*outcome.error) : "";
}

TEST(Training, ReportsEveryStepAndFinishes) {
    Stretch run;
    const Outcome outcome = run.go(test::tiny_spec({{"evaluation", {{"every", 5}}}, {"saving", {{"every", 10}}}}));
    ASSERT_EQ(outcome.end, Outcome::End::finished) << why(outcome);
    EXPECT_EQ(run.port.losses.size(), 20U);
    EXPECT_TRUE(run.port.last("validation/bits_per_byte"));
    EXPECT_NEAR(*run.port.last("validation/perplexity"), std::exp(*run.port.last("validation/loss")), 1e-9);
    ASSERT_EQ(run.port.all<RunFacts>().size(), 1U);
    EXPECT_GT(run.port.all<RunFacts>()[0].parameters, 0);
    EXPECT_FALSE(run.port.all<SampleText>().empty());
    EXPECT_EQ(run.port.all<Progress>().back().phase, "finished");
    EXPECT_TRUE(verify_checkpoint(run.checkpoint(20)));
}

TEST(Training, LossFalls) {
    Stretch run;
    const Json spec = test::tiny_spec({{"training", {{"budget", 500}, {"micro_batch", 8}}},
                                       {"optimizer", {{"lr", 0.01}}},
                                       {"schedule", {{"warmup", 10}}}});
    const Outcome outcome = run.go(spec);
    ASSERT_EQ(outcome.end, Outcome::End::finished) << why(outcome);
    EXPECT_NEAR(run.port.losses.front(), std::log(258.0), 0.3);
    EXPECT_LT(run.port.losses.back(), 2.7);
}

TEST(Training, AccumulationEqualsALargerBatch) {
    auto losses = [](std::int64_t micro, std::int64_t accumulation) {
        Stretch run;
        const Json spec = test::tiny_spec(
            {{"training", {{"micro_batch", micro}, {"accumulation", accumulation}}}, {"backbone", {{"dropout", 0.0}}}});
        EXPECT_EQ(run.go(spec).end, Outcome::End::finished);
        return run.port.losses;
    };
    const auto whole = losses(8, 1), parts = losses(2, 4);
    ASSERT_EQ(whole.size(), parts.size());
    for (std::size_t i = 0; i < whole.size(); ++i) EXPECT_NEAR(whole[i], parts[i], 2e-4) << i;
}

TEST(Training, BudgetsInOtherUnits) {
    Stretch tokens;
    EXPECT_EQ(tokens.go(test::tiny_spec({{"training", {{"budget", 1000}, {"budget_unit", "tokens"}}}})).end,
              Outcome::End::finished);
    EXPECT_EQ(tokens.port.losses.size(), 8U);  // 4 x 32 tokens a step
    Stretch minutes;
    EXPECT_EQ(minutes.go(test::tiny_spec({{"training", {{"budget", 0.02}, {"budget_unit", "minutes"}}}})).end,
              Outcome::End::finished);
    // How many steps fit is the machine's affair: a busy one may manage a single one.
    EXPECT_GE(minutes.port.losses.size(), 1U);
}

TEST(Training, StopSavesOnlyWhenAsked) {
    for (const bool save : {true, false}) {
        Stretch run;
        run.port.orders = [&](std::int64_t step) { return Orders{step >= 7, save, false, false}; };
        EXPECT_EQ(run.go(test::tiny_spec()).end, Outcome::End::stopped);
        EXPECT_EQ(fs::exists(run.checkpoint(7)), save);
    }
}

TEST(Training, DivergenceFailsWithTheStepAndLeavesNoBadCheckpoint) {
    Stretch run;
    const Json spec = test::tiny_spec({{"optimizer", {{"kind", "sgd"}, {"lr", 500.0}}},
                                       {"schedule", {{"kind", "constant"}, {"warmup", 0}}},
                                       {"training", {{"budget", 200}, {"clip", 0.0}}},
                                       {"saving", {{"every", 1}}}});
    const Outcome outcome = run.go(spec);
    ASSERT_EQ(outcome.end, Outcome::End::failed);
    EXPECT_EQ(outcome.error->code, Error::Code::diverged);
    EXPECT_NE(outcome.error->message.find("at step"), std::string::npos) << outcome.error->message;
    EXPECT_NE(outcome.error->hint.find("optimizer.lr"), std::string::npos);
    for (const auto& entry : list_checkpoints(run.folder.path() / "run" / "checkpoints")) {
        EXPECT_TRUE(verify_checkpoint(entry.path));
        const auto metrics = score_checkpoint(entry.path, "validation", {}, run.folder.path() / "cache", {}, {});
        ASSERT_TRUE(metrics) << metrics.error().message;
    }
}

TEST(Training, TextShorterThanAContextIsExplained) {
    Scratch data;
    std::ofstream(data.path() / "short.txt") << "A few words only, far too few.\n";
    Stretch run;
    const Json spec =
        test::tiny_spec({{"dataset", {{"kind", "text_files"}, {"paths", {(data.path() / "short.txt").string()}}}},
                         {"split", {{"kind", "tail"}, {"validation", 0.3}, {"test", 0.0}}},
                         {"backbone", {{"context", 512}}}});
    const Outcome outcome = run.go(spec);
    ASSERT_EQ(outcome.end, Outcome::End::failed);
    EXPECT_NE(outcome.error->message.find("fewer than one window of 513"), std::string::npos) << outcome.error->message;
}

TEST(Training, RetentionKeepsTheLastAndTheBest) {
    Stretch run;
    const Json spec = test::tiny_spec(
        {{"training", {{"budget", 12}}}, {"saving", {{"every", 2}, {"keep_last", 2}}}, {"evaluation", {{"every", 2}}}});
    ASSERT_EQ(run.go(spec).end, Outcome::End::finished);
    EXPECT_LE(list_checkpoints(run.folder.path() / "run" / "checkpoints").size(), 3U);
    EXPECT_TRUE(fs::exists(run.checkpoint(12)));
    bool best_exists = false;
    for (const auto& saved : run.port.all<CheckpointSaved>())
        if (saved.best) best_exists = fs::exists(saved.path);
    EXPECT_TRUE(best_exists);
}

TEST(Training, SamplesAndScoresFromACheckpoint) {
    Stretch run;
    ASSERT_EQ(run.go(test::tiny_spec()).end, Outcome::End::finished);
    SamplingOptions options;
    options.tokens = 5;
    const auto text = sample_checkpoint(run.checkpoint(20), "Once", options);
    ASSERT_TRUE(text) << text.error().message;
    EXPECT_EQ(text.value().rfind("Once", 0), 0U);
    Scratch data;
    std::ofstream(data.path() / "other.txt") << "Once upon a time there was a text of another kind.\n";
    const auto scored = score_checkpoint(run.checkpoint(20), "validation", {(data.path() / "other.txt").string()},
                                         run.folder.path() / "cache", {}, {});
    ASSERT_TRUE(scored) << scored.error().message;
    EXPECT_GT(scored.value().metrics.at("bits_per_byte"), 0.0);
}

TEST(Training, CudaWhereThereIsNoneIsAnError) {
    if (torch::cuda::is_available()) GTEST_SKIP() << "this machine has a GPU";
    Stretch run;
    const Outcome outcome = run.go(test::tiny_spec({{"training", {{"device", "cuda"}}}}));
    ASSERT_EQ(outcome.end, Outcome::End::failed);
    EXPECT_NE(outcome.error->message.find("CUDA was asked for"), std::string::npos);
}

class EachObjective : public testing::TestWithParam<const char*> {};

TEST_P(EachObjective, Resume) {
    const Json spec = test::tiny_spec({{"objective", {{"kind", GetParam()}}}, {"optimizer", {{"lr", 0.01}}}});
    Stretch whole;
    ASSERT_EQ(whole.go(spec).end, Outcome::End::finished);
    Stretch parts;
    ASSERT_EQ(parts.go(spec, {}, /*stop_at=*/10).end, Outcome::End::stopped);
    const Outcome outcome = parts.go(spec, parts.checkpoint(10));
    ASSERT_EQ(outcome.end, Outcome::End::finished) << why(outcome);
    EXPECT_EQ(whole.port.losses, parts.port.losses);  // to the bit
    EXPECT_EQ(whole.port.last("validation/loss"), parts.port.last("validation/loss"));
    for (const char* file : {"backbone.safetensors", "head.safetensors", "optimizer.safetensors"})
        EXPECT_EQ(read_file(whole.checkpoint(20) / file).or_throw(), read_file(parts.checkpoint(20) / file).or_throw())
            << file;
}

INSTANTIATE_TEST_SUITE_P(Resume, EachObjective, testing::Values("next_token", "masked", "span_denoising"));

TEST(Resume, ADamagedCheckpointIsRefused) {
    Stretch run;
    ASSERT_EQ(run.go(test::tiny_spec()).end, Outcome::End::finished);
    std::fstream(run.checkpoint(20) / "backbone.safetensors", std::ios::in | std::ios::out).seekp(500).put('!');
    const Outcome outcome = run.go(test::tiny_spec(), run.checkpoint(20));
    ASSERT_EQ(outcome.end, Outcome::End::failed);
    EXPECT_NE(to_text(*outcome.error).find("backbone.safetensors"), std::string::npos) << why(outcome);
}

TEST(Resume, ChangedDataIsRefused) {
    Stretch run;
    ASSERT_EQ(run.go(test::tiny_spec()).end, Outcome::End::finished);
    const Outcome outcome = run.go(test::tiny_spec({{"dataset", {{"stories", 300}}}}), run.checkpoint(20));
    ASSERT_EQ(outcome.end, Outcome::End::failed);
    EXPECT_NE(outcome.error->message.find("content has changed"), std::string::npos) << why(outcome);
}

/// The same list for each body of a host.
class EachHost : public testing::TestWithParam<bool> {
  protected:
    std::unique_ptr<RunHost> make() const { return GetParam() ? make_thread_host() : make_inline_host(); }
};

TEST_P(EachHost, DeliversMessagesThenTheOutcome) {
    auto host = make();
    std::vector<std::int64_t> steps;
    std::promise<Outcome> ended;
    host->start(
        [](RunPort& port) {
            for (std::int64_t step = 1; step <= 100; ++step) {
                (void)port.between_steps();
                port.report(MetricRow{step, 0, 0, {}});
            }
            return Outcome{};
        },
        {[&](Message&& message) { steps.push_back(std::get<MetricRow>(message).step); },
         [&](const Outcome& outcome) { ended.set_value(outcome); }});
    EXPECT_EQ(ended.get_future().get().end, Outcome::End::finished);
    host->wait();
    EXPECT_EQ(steps.size(), 100U);
}

TEST_P(EachHost, TurnsExceptionsIntoFailures) {
    auto host = make();
    std::promise<Outcome> ended;
    host->start([](RunPort&) -> Outcome { throw std::runtime_error("shape mismatch"); },
                {{}, [&](const Outcome& outcome) { ended.set_value(outcome); }});
    const Outcome outcome = ended.get_future().get();
    EXPECT_EQ(outcome.end, Outcome::End::failed);
    EXPECT_EQ(outcome.error->message, "shape mismatch");
}

INSTANTIATE_TEST_SUITE_P(Hosts, EachHost, testing::Bool());

TEST(Hosts, ThreadPausesSavesAndStops) {
    auto host = make_thread_host();
    std::atomic<int> steps{0}, saves{0};
    std::promise<Outcome> ended;
    host->start(
        [&](RunPort& port) {
            for (;;) {
                const Orders orders = port.between_steps();
                if (orders.save) ++saves;
                if (orders.stop) return Outcome{Outcome::End::stopped, {}};
                ++steps;
            }
        },
        {{}, [&](const Outcome& outcome) { ended.set_value(outcome); }});
    while (steps < 5) std::this_thread::yield();
    host->pause();
    EXPECT_TRUE(host->paused());
    host->save();
    while (saves < 1) std::this_thread::yield();
    host->stop(true);
    host->stop(true);
    EXPECT_EQ(ended.get_future().get().end, Outcome::End::stopped);
}

TEST(Hosts, DestroyingAPausedHostEndsIt) {
    std::promise<Outcome> ended;
    {
        auto host = make_thread_host();
        host->start(
            [](RunPort& port) {
                while (!port.between_steps().stop) {
                }
                return Outcome{Outcome::End::stopped, {}};
            },
            {{}, [&](const Outcome& outcome) { ended.set_value(outcome); }});
        host->pause();
    }
    EXPECT_EQ(ended.get_future().get().end, Outcome::End::stopped);
}

}  // namespace
}  // namespace gw
