#include "train/guard/memory_retry.h"

#include <cmath>

#include "engine/stretch.h"
#include "train/replay/step_replay.h"

// Memory that runs out: smaller micro-batches of the same step, or an end that says what would fit.
namespace gw {
namespace {

using test::Stretches;

Json spec_of_batches(std::int64_t micro_batch, std::int64_t accumulation, const Json& changes = Json::object()) {
    return test::tiny_spec(overlay_spec(
        {{"backbone", {{"layers", 1}, {"width", 16}, {"context", 16}, {"dropout", 0.0}}},
         {"training", {{"budget", 6}, {"micro_batch", micro_batch}, {"accumulation", accumulation}, {"threads", 1}}},
         {"evaluation", {{"every", 3}, {"tokens", 500}}},
         {"saving", {{"every", 2}, {"keep_last", 9}}}},
        changes));
}

/// More rows at once than this cannot be had from a step on.
struct LittleMemory {
    LittleMemory(std::int64_t rows, std::int64_t from_step, bool host, std::int64_t from_number = 0) {
        set_micro_batch_hook([=](const MicroBatchPlace& place) {
            if (place.step < from_step || place.number < from_number || place.rows <= rows) return;
            if (host) throw std::bad_alloc();
            throw c10::OutOfMemoryError({__func__, __FILE__, __LINE__}, "CUDA out of memory. Tried to allocate 2 GiB");
        });
    }
    ~LittleMemory() { set_micro_batch_hook({}); }
};

std::vector<std::string> warnings(const Stretches& run) {
    std::vector<std::string> out;
    for (const Event& event : run.all<Event>())
        if (event.text.starts_with("Out of memory at step")) out.push_back(event.text);
    return out;
}

TEST(MicroBatches, GetSmallerByTheirDivisors) {
    EXPECT_EQ((MicroBatches{8, 1}.smaller()), (MicroBatches{4, 2}));
    EXPECT_EQ((MicroBatches{15, 2}.smaller()), (MicroBatches{5, 6}));
    EXPECT_EQ((MicroBatches{7, 1}.smaller()), (MicroBatches{1, 7}));
    EXPECT_FALSE((MicroBatches{1, 7}.smaller()));
}

TEST(MemoryRetry, AReplayCutsTheRowsAsTheRunDid) {
    // Masks are drawn by the micro-batch: cut otherwise the step would be of other ones.
    const Json spec =
        spec_of_batches(8, 1, {{"objective", {{"kind", "next_token"}}}, {"backbone", {{"dropout", 0.3}}}});
    Stretches run;
    {
        const LittleMemory memory(4, 2, /*host=*/true);
        ASSERT_EQ(run.go(spec).end, Outcome::End::finished) << run.why();
    }
    ASSERT_EQ(warnings(run).size(), 1U);
    const auto figures = run.figures();
    ReplayRequest request{spec, run.cache, run.checkpoint(2), 4, {}};
    EXPECT_GT(std::abs(replay_step(request, {}, {}).or_throw().look.turns.at(0).loss - figures.at({4, "train/loss"})),
              1e-4);
    request.cuts = {{3, {4, 2}}};
    const StepReplay cut = replay_step(request, {}, {}).or_throw();
    EXPECT_NEAR(cut.look.turns.at(0).loss, figures.at({4, "train/loss"}), 1e-5);
    EXPECT_EQ(cut.notes.size(), 1U);
    // A checkpoint from after it says so itself.
    EXPECT_NEAR(replay_step({spec, run.cache, run.checkpoint(4), 6, {}}, {}, {}).or_throw().look.turns.at(0).loss,
                figures.at({6, "train/loss"}), 1e-5);
}

TEST(MemoryRetry, GoesOnWithSmallerMicroBatchesOfTheSameStep) {
    for (const bool host : {true, false}) {
        Stretches run;
        {
            // The third step fails in its second micro-batch, when the first has left its gradients.
            const LittleMemory memory(2, 2, host, 1);
            ASSERT_EQ(run.go(spec_of_batches(8, 2)).end, Outcome::End::finished) << run.why();
        }
        const auto said = warnings(run);
        ASSERT_EQ(said.size(), 2U);
        EXPECT_EQ(said[0],
                  "Out of memory at step 3: the micro-batch is 4 rows from now on instead of 8, with an accumulation "
                  "of 4 instead of 2. The batch of a step stays the same");
        EXPECT_NE(said[1].find("is 2 rows from now on instead of 4"), std::string::npos) << said[1];
        // As if it had been set so: next tokens have no draws besides dropout, and sums differ by rounding alone.
        Stretches other;
        ASSERT_EQ(other.go(spec_of_batches(2, 8)).end, Outcome::End::finished) << other.why();
        const auto figures = run.figures(), expected = other.figures();
        for (std::int64_t step = 1; step <= 6; ++step)
            EXPECT_NEAR(figures.at({step, "train/loss"}), expected.at({step, "train/loss"}), 1e-4) << step;
        EXPECT_EQ(run.tokens(), other.tokens());
        // What was trained stands in its checkpoints.
        const CheckpointFacts before = read_checkpoint_facts(run.checkpoint(2)).or_throw(),
                              after = read_checkpoint_facts(run.checkpoint(4)).or_throw();
        EXPECT_EQ(before.spec["training"]["micro_batch"], 8);
        EXPECT_EQ(after.spec["training"]["micro_batch"], 2);
        EXPECT_EQ(after.spec["training"]["accumulation"], 8);
    }
}

TEST(MemoryRetry, AResumeKeepsTheSmallerMicroBatches) {
    const Json spec = spec_of_batches(8, 1, {{"backbone", {{"dropout", 0.1}}}});
    Stretches whole, parts;
    {
        const LittleMemory memory(4, 1, /*host=*/true);
        ASSERT_EQ(whole.go(spec).end, Outcome::End::finished) << whole.why();
        ASSERT_EQ(parts.go(spec, {}, 4).end, Outcome::End::stopped) << parts.why();
    }
    // There would be memory again: the run goes on as it was, so that its curve is the same.
    ASSERT_EQ(parts.go(spec, parts.checkpoint(4)).end, Outcome::End::finished) << parts.why();
    EXPECT_EQ(parts.figures(), whole.figures());
}

TEST(MemoryRetry, EndsWithWhatWouldFitWhereNothingSmallerDoes) {
    Stretches run;
    const LittleMemory memory(0, 2, /*host=*/false);
    ASSERT_EQ(run.go(spec_of_batches(4, 1)).end, Outcome::End::failed);
    EXPECT_EQ(run.outcome.error->code, Error::Code::out_of_memory);
    EXPECT_EQ(warnings(run).size(), 2U);  // 2 rows, 1 row
    EXPECT_NE(run.why().find("Tried to allocate 2 GiB"), std::string::npos) << run.why();
    EXPECT_NE(run.why().find("No smaller micro-batch would fit"), std::string::npos) << run.why();
    // What was committed before is there.
    EXPECT_TRUE(verify_checkpoint(run.checkpoint(2)));
}

TEST(MemoryRetry, LeavesALossAloneThatGoesByAllRowsAtOnce) {
    const Json spec = test::tiny_spec({{"dataset", {{"kind", "shapes"}, {"pictures", 80}, {"size", 16}}},
                                       {"augmentation", {{"kind", "views"}}},
                                       {"tokenizer", {{"kind", "none"}}},
                                       {"backbone", {{"kind", "cnn"}, {"stages", 1}, {"channels", 4}, {"hidden", 8}}},
                                       {"objective", {{"kind", "simclr"}}},
                                       {"training", {{"budget", 3}, {"micro_batch", 8}, {"threads", 1}}}});
    Stretches run;
    const LittleMemory memory(4, 0, /*host=*/true);
    ASSERT_EQ(run.go(spec).end, Outcome::End::failed);
    EXPECT_EQ(run.outcome.error->code, Error::Code::out_of_memory);
    EXPECT_TRUE(std::none_of(run.messages.begin(), run.messages.end(), [](const Message& message) {
        const auto* event = std::get_if<Event>(&message);
        return event && event->text.find("from now on") != std::string::npos;
    }));
}

TEST(MemoryRetry, ForecastsWhatFitsInWhatIsFree) {
    const Json spec = test::tiny_spec({{"backbone", {{"layers", 4}, {"width", 256}, {"heads", 4}, {"context", 256}}},
                                       {"training", {{"micro_batch", 64}, {"accumulation", 1}}}});
    const auto needed = [&](int rows) {
        Json one = spec;
        one["training"]["micro_batch"] = rows;
        const Estimate of = estimate_run(one);
        return of.memory_weights + of.memory_optimizer + of.memory_activations;
    };
    ASSERT_GT(needed(32), needed(16)) << "groups of two rows against single ones";
    const Error full{Error::Code::out_of_memory, "Ran out of memory", "", {}};
    const std::string fits = what_would_fit(full, spec, needed(16)).hint;
    EXPECT_NE(fits.find("Set training.micro_batch=16 and training.accumulation=4"), std::string::npos) << fits;
    const std::string none = what_would_fit(full, spec, needed(1) / 2).hint;
    EXPECT_NE(none.find("No smaller micro-batch would fit"), std::string::npos) << none;
    const Error other{Error::Code::io, "The disk is full", "Free some space", {}};
    EXPECT_EQ(what_would_fit(other, spec, 1).hint, other.hint);
    EXPECT_GT(free_host_memory(), 0U);
}

}  // namespace
}  // namespace gw
