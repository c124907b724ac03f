#include "study/flight/flight.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <fstream>

#include "artifact/checkpoint.h"
#include "engine/small.h"
#include "study/flight/forecast.h"
#include "train/step/micro_batches.h"
#include "util/own_peak.h"
#include "util/processor.h"

// What the check forecasts is what a run then does, and each way in which a run cannot go is told as such.
namespace gw {
namespace {

class FlightTest : public ::testing::Test {
  protected:
    FlightRequest request_of(const Json& spec) {
        FlightRequest out;
        out.spec = spec;
        out.cache = scratch_ / "cache";
        out.runs = scratch_ / "workspace";
        out.steps = 4;
        out.others = 0;
        return out;
    }
    FlightReport check(const FlightRequest& request) {
        auto made = flight_check(request);
        EXPECT_TRUE(made) << to_text(made.error());
        nothing_left();
        return made ? std::move(made).value() : FlightReport{};
    }
    /// Prepared data alone may stay.
    void nothing_left() {
        std::error_code ignored;
        for (const auto& entry : fs::directory_iterator(scratch_ / "cache", ignored)) {
            const std::string name = entry.path().filename().string();
            EXPECT_EQ(name.find("bench-"), std::string::npos) << name;
        }
        EXPECT_FALSE(fs::exists(scratch_ / "workspace"));
    }
    static CheckFinding finding(const FlightReport& report, const std::string& id) {
        for (const CheckFinding& each : report.findings)
            if (each.check == id) return each;
        return {};
    }
    static std::string words(const CheckFinding& finding) {
        std::string out;
        for (const Phrase& phrase : finding.said) out += phrase.text() + "\n";
        return out;
    }
    static Json text(const Json& changes = Json::object()) {
        return test::tiny_spec(overlay_spec({{"training", {{"threads", 1}}}}, changes));
    }
    Scratch scratch_;
};

TEST_F(FlightTest, ForecastsWhatARunThenDoes) {
    const Json spec = text({{"training", {{"budget", 23}}},
                            {"evaluation", {{"every", 5}}},
                            {"saving", {{"every", 4}, {"keep_last", 2}}},
                            {"sampling", {{"every", 10}}},
                            {"monitoring", {{"layers_every", 10}}}});
    const FlightReport report = check(request_of(spec));
    EXPECT_TRUE(report.can_go());
    for (const char* id : {"time", "memory", "disk", "amount", "batch"})
        EXPECT_FALSE(words(finding(report, id)).empty());
    EXPECT_EQ(report.counted_steps, 4);
    EXPECT_TRUE(report.own_batch);

    test::RecordingPort port;
    fs::create_directories(scratch_ / "run");
    std::size_t most = 0;
    const auto outcome = train({spec, scratch_ / "run", scratch_ / "cache", {}, 0}, port);
    ASSERT_EQ(outcome.end, Outcome::End::finished);
    std::set<std::int64_t> there, saves, evaluations;
    std::uint64_t bytes = 0;
    std::size_t samples = 0;
    double recorded = 0;
    for (const Message& message : port.messages) {
        if (const auto* saved = std::get_if<CheckpointSaved>(&message)) {
            there.insert(saved->step);
            saves.insert(saved->step);
            bytes = std::max(bytes, saved->bytes);
            most = std::max(most, there.size());
            for (const std::string& path : saved->removed) there.erase(checkpoint_step(path));
        }
        if (const auto* row = std::get_if<MetricRow>(&message))
            for (const Point& point : row->points) {
                if (point.metric == "validation/loss") evaluations.insert(row->step);
                if (point.metric == "train/memory_bytes") recorded = std::max(recorded, point.value);
            }
        samples += std::get_if<SampleText>(&message) != nullptr;
    }
    EXPECT_EQ(report.course.steps, 23);
    // At steps 4, 8 ... 20 and 23, and at those of 5, 10, 15 at which the best was found.
    EXPECT_EQ(report.course.saves, 9);
    EXPECT_LE(static_cast<std::int64_t>(saves.size()), 9);
    EXPECT_GE(static_cast<std::int64_t>(saves.size()), 6);
    EXPECT_EQ(report.course.evaluations, static_cast<std::int64_t>(evaluations.size()));
    EXPECT_EQ(report.course.samples, static_cast<std::int64_t>(samples));
    EXPECT_GE(report.disk.checkpoints, static_cast<std::int64_t>(most));
    EXPECT_NEAR(static_cast<double>(report.disk.checkpoint), static_cast<double>(bytes),
                0.02 * static_cast<double>(bytes));
    EXPECT_NEAR(static_cast<double>(report.memory.recorded), recorded, 0.3 * recorded);
    EXPECT_GE(report.memory.peak, report.memory.recorded);
    EXPECT_EQ(report.units, 23.0 * 4 * 32);
}

/// A run walked through step by step.
double walked(const FlightPace& pace, std::int64_t steps, std::int64_t evaluate, std::int64_t save,
              std::int64_t sample) {
    double seconds = 0;
    for (std::int64_t step = 1; step <= steps; ++step) {
        seconds += pace.step.median;
        if (step == steps) break;
        if (save > 0 && step % save == 0) seconds += pace.stall;
        if (evaluate > 0 && step % evaluate == 0) seconds += pace.evaluation;
        if (sample > 0 && step % sample == 0) seconds += *pace.samples;
    }
    return seconds + pace.stall + pace.writing + pace.last + *pace.samples;
}

TEST_F(FlightTest, TheTimeOfARunIsThatOfItsParts) {
    const FlightPace pace{{0.9, 1, 1.1}, 7, 20, 0.25, 2, 3, 0};
    for (const auto& [steps, evaluate, save, sample] : {std::array<std::int64_t, 4>{100, 10, 25, 50},
                                                        {100, 0, 0, 0},
                                                        {101, 10, 25, 50},
                                                        {1, 1, 1, 1},
                                                        {9, 3, 4, 0}}) {
        const Json spec = text({{"evaluation", {{"every", evaluate}}},
                                {"saving", {{"every", save}, {"keep_best", false}}},
                                {"sampling", {{"every", sample}}}});
        const FlightCourse course = flight_course(spec, pace, steps);
        // Saves closer than they are written wait for each other, which the walk knows nothing of.
        const double waits = save > 0 && save < 2 ? static_cast<double>(course.saves) : 0;
        EXPECT_NEAR(course.seconds, walked(pace, steps, evaluate, save, sample) + waits, 1e-9) << steps;
    }
    // A budget of time counts its looks: what is left for steps is less.
    const Json timed = text({{"training", {{"budget", 10}, {"budget_unit", "minutes"}}},
                             {"evaluation", {{"every", 10}}},
                             {"saving", {{"every", 0}, {"keep_best", false}}},
                             {"sampling", {{"every", 0}}}});
    const FlightCourse course = flight_course(timed, pace, std::nullopt);
    EXPECT_EQ(course.steps, std::llround(600 / (1 + 0.7)));
}

TEST_F(FlightTest, MicroBatchesKeepTheRowsOfAStep) {
    for (const auto& [rows, number] : {std::pair<std::int64_t, std::int64_t>{8, 3}, {6, 4}, {1, 7}, {5, 1}}) {
        std::optional<FlightBatch> at = FlightBatch{rows, number};
        for (std::int64_t before = rows; (at = smaller_batch(*at)); before = at->rows) {
            EXPECT_EQ(at->rows * at->number, rows * number);
            EXPECT_LT(at->rows, before);
        }
        at = FlightBatch{rows, number};
        for (std::int64_t before = rows; (at = larger_batch(*at)); before = at->rows) {
            EXPECT_EQ(at->rows * at->number, rows * number);
            EXPECT_GT(at->rows, before);
        }
    }
}

TEST_F(FlightTest, TheFastestThatFitsIsAdvisedWhereItIsFasterBeyondDoubt) {
    const auto way = [](double seconds, double spread, bool fits, bool own) {
        return FlightBatch{1, 1, {seconds - spread, seconds, seconds + spread}, 0, fits, own};
    };
    EXPECT_EQ(best_batch({way(1, 0.01, true, true), way(0.8, 0.01, true, false)}), 1U);
    EXPECT_EQ(best_batch({way(1, 0.3, true, true), way(0.8, 0.3, true, false)}), std::nullopt) << "noise";
    EXPECT_EQ(best_batch({way(1, 0, true, true), way(0.97, 0, true, false)}), std::nullopt) << "hardly faster";
    EXPECT_EQ(best_batch({way(1, 0, true, true), way(0.5, 0, false, false)}), std::nullopt) << "does not fit";
    EXPECT_EQ(best_batch({way(1, 0, false, true), way(2, 0, true, false)}), 1U) << "slower, but it fits";
    EXPECT_EQ(best_batch({way(1, 0, false, true)}), std::nullopt);
}

TEST_F(FlightTest, OtherMicroBatchesOfTheSameRowsAreTried) {
    FlightRequest request = request_of(text({{"training", {{"micro_batch", 4}, {"accumulation", 4}}}}));
    request.others = 60;
    const FlightReport report = check(request);
    ASSERT_EQ(report.batches.size(), 4U) << words(finding(report, "batch"));
    EXPECT_TRUE(report.batches.front().own);
    for (const FlightBatch& each : report.batches) {
        EXPECT_EQ(each.rows * each.number, 16);
        EXPECT_GT(each.seconds.median, 0);
    }
    // What a run as small as this needs, a program that has run others may hold already: FlightVerb looks at memory.
    for (const auto& [path, value] : report.advice) EXPECT_TRUE(set_in_spec(request.spec, path, value.dump())) << path;
    // Batch norm looks at the rows of a micro-batch together.
    const FlightReport long_steps = check(request_of(request.spec));
    EXPECT_EQ(long_steps.batches.size(), 1U);
}

TEST_F(FlightTest, TooLittleMemoryIsNamedBeforeAnythingIsMade) {
    FlightRequest request = request_of(text());
    request.memory = 1000;
    const FlightReport report = check(request);
    EXPECT_FALSE(report.can_go());
    EXPECT_EQ(finding(report, "memory").verdict, CheckVerdict::wrong);
    EXPECT_NE(words(finding(report, "memory")).find("Not tried"), std::string::npos);
    EXPECT_TRUE(report.batches.empty());
}

TEST_F(FlightTest, WhatWasMeasuredCountsAndNotTheEstimate) {
    FlightReport report;
    report.disk.allowed = 1000;
    report.memory = {.before = 100, .peak = 1100, .recorded = 0, .estimated = 10, .allowed = 900, .measured = true};
    report.batches = {{8, 1, {1, 1, 1}, 1000, false, true}, {4, 2, {2, 2, 2}, 800, true, false}};
    const Json spec = text({{"training", {{"micro_batch", 8}, {"accumulation", 1}}}});
    FlightReport lacks = report;
    judge_flight(spec, {}, lacks);
    EXPECT_FALSE(lacks.can_go());
    EXPECT_NE(words(finding(lacks, "memory")).find("Micro-batches of 4 rows, 2 a step"), std::string::npos)
        << words(finding(lacks, "memory"));
    const std::vector<std::pair<std::string, Json>> advice{{"training.micro_batch", 4}, {"training.accumulation", 2}};
    EXPECT_EQ(lacks.advice, advice);

    report.batches[0].fits = true;
    report.memory.allowed = 1050;
    FlightReport tight = report;
    judge_flight(spec, {}, tight);
    EXPECT_TRUE(tight.can_go());
    EXPECT_EQ(finding(tight, "memory").verdict, CheckVerdict::look) << words(finding(tight, "memory"));
    report.memory.allowed = 2000;
    judge_flight(spec, {}, report);
    EXPECT_EQ(finding(report, "memory").verdict, CheckVerdict::fine);
    EXPECT_TRUE(report.advice.empty()) << "half as fast is no advice where both fit";
}

TEST_F(FlightTest, WhatTheEstimateRulesOutIsNotTried) {
    const Json spec = text({{"training", {{"micro_batch", 64}}}, {"backbone", {{"context", 64}}}});
    const auto expected = [&](std::int64_t rows) {
        Json cut = spec;
        cut["training"]["micro_batch"] = rows;
        const Estimate of = estimate_run(cut);
        return of.memory_weights + of.memory_optimizer + of.memory_activations;
    };
    ASSERT_GT(expected(64), expected(1));
    FlightRequest request = request_of(spec);
    request.memory = expected(64) - 1;
    const FlightReport report = check(request);
    EXPECT_FALSE(report.can_go());
    EXPECT_FALSE(report.own_batch);
    EXPECT_EQ(finding(report, "memory").verdict, CheckVerdict::wrong) << words(finding(report, "memory"));
}

TEST_F(FlightTest, WhereMemoryRunsOutWhatFitsIsFound) {
    set_micro_batch_hook([](const MicroBatchPlace& place) {
        if (place.rows > 2) throw std::bad_alloc();
    });
    const FlightReport report = check(request_of(text({{"training", {{"micro_batch", 8}}}})));
    set_micro_batch_hook({});
    EXPECT_FALSE(report.can_go());
    const CheckFinding memory = finding(report, "memory");
    EXPECT_EQ(memory.verdict, CheckVerdict::wrong);
    EXPECT_NE(words(memory).find("ran out"), std::string::npos) << words(memory);
    const std::vector<std::pair<std::string, Json>> advice{{"training.micro_batch", 2}, {"training.accumulation", 4}};
    EXPECT_EQ(report.advice, advice);
    EXPECT_FALSE(report.own_batch);
    EXPECT_GT(report.pace.step.median, 0);
}

TEST_F(FlightTest, TooSmallADiskIsNamedAndWhatToKeepInstead) {
    const Json spec = text({{"saving", {{"every", 2}, {"keep_last", 8}}}});
    FlightRequest request = request_of(spec);
    const FlightReport roomy = check(request);
    EXPECT_EQ(finding(roomy, "disk").verdict, CheckVerdict::fine) << words(finding(roomy, "disk"));
    request.disk = 0;
    const FlightReport none = check(request);
    EXPECT_FALSE(none.can_go());
    EXPECT_NE(words(finding(none, "disk")).find("Make room"), std::string::npos) << words(finding(none, "disk"));
    request.disk = roomy.disk.checkpoint * 6 + roomy.disk.record;
    const FlightReport few = check(request);
    EXPECT_FALSE(few.can_go());
    ASSERT_EQ(few.advice.size(), 1U) << words(finding(few, "disk"));
    EXPECT_EQ(few.advice.front().first, "saving.keep_last");
    EXPECT_EQ(few.advice.front().second, 4) << "beside the best and the one on its way";
    request.spec["saving"]["keep_last"] = 4;
    EXPECT_TRUE(check(request).can_go());
}

TEST_F(FlightTest, NumbersThatAreNoneAreNamed) {
    Json spec = text({{"optimizer", {{"kind", "sgd"}, {"lr", 10.0}}}, {"training", {{"clip", 0.0}}}});
    if (spec["optimizer"].contains("momentum")) spec["optimizer"]["momentum"] = 0.99;
    if (spec["schedule"].contains("warmup")) spec["schedule"]["warmup"] = 0;
    FlightRequest request = request_of(spec);
    request.steps = 200;
    const FlightReport report = check(request);
    EXPECT_FALSE(report.can_go());
    EXPECT_EQ(finding(report, "numbers").verdict, CheckVerdict::wrong);
}

TEST_F(FlightTest, DataThatIsNotThereIsAnErrorThatNamesIt) {
    Json spec = text();
    spec["dataset"] = {{"kind", "text_files"}, {"paths", {"/nowhere/at/all.txt"}}};
    const auto made = flight_check(request_of(complete_spec(spec)));
    ASSERT_FALSE(made);
    EXPECT_NE(to_text(made.error()).find("/nowhere/at/all.txt"), std::string::npos);
    nothing_left();
}

TEST_F(FlightTest, ItEndsAtAnyMoment) {
    FlightRequest request = request_of(text({{"training", {{"micro_batch", 2}, {"accumulation", 2}}}}));
    request.others = 60;
    int all = 0;
    request.progress = [&](const std::string&, double) { ++all; };
    (void)check(request);
    ASSERT_GT(all, 10);
    for (int moment = 0; moment < all - 2; moment += 3) {
        std::stop_source stop;
        int told = 0;
        request.stop = stop.get_token();
        request.progress = [&](const std::string&, double) {
            if (told++ == moment) stop.request_stop();
        };
        const auto made = flight_check(request);
        if (told <= moment) continue;  // it told less than at the first time, when data was prepared
        ASSERT_FALSE(made) << moment;
        EXPECT_EQ(made.error().code, Error::Code::cancelled) << to_text(made.error());
        nothing_left();
    }
}

TEST_F(FlightTest, ThePeakBeginsAnewWhereItIsForgotten) {
    constexpr std::size_t much = std::size_t{200} << 20;
    {
        const torch::Tensor large = torch::ones({static_cast<std::int64_t>(much)}, torch::kUInt8);
        ASSERT_GT(large[5].item<int>(), 0);
    }
    const std::uint64_t before = peak_memory();
    if (!forget_own_peak()) GTEST_SKIP() << "the system does not let it";
    EXPECT_LT(peak_memory() + much / 2, before);
}

}  // namespace
}  // namespace gw
