#include <cmath>

#include "data/text/shards.h"
#include "engine/stretch.h"
#include "eval/evaluate.h"
#include "model/carried.h"
#include "train/step/lanes.h"
#include "util/rng.h"

// A state that is carried from step to step: of a network alone, of a run, and of evaluations.
namespace gw {
namespace {

constexpr std::int64_t window = 4, rows_of_step = 3;
const test::LetterTokenizer alphabet(9);

Json recurrent(const char* cell, std::int64_t context, bool carry = true) {
    return {{"kind", "rnn"},      {"cell", cell},   {"layers", 2},        {"width", 8},
            {"layer_norm", true}, {"carry", carry}, {"context", context}, {"memory", 30}};
}

torch::Tensor ids_of_rows(std::int64_t rows, std::int64_t length) {
    torch::manual_seed(5);
    return torch::randint(9, {rows, length}, torch::kInt64);
}

class CarriedState : public testing::TestWithParam<const char*> {};

TEST_P(CarriedState, OverWindowsEqualsOneLongRow) {
    constexpr std::int64_t windows = 5;
    const auto whole = test::small_backbone(recurrent(GetParam(), windows * window), alphabet.vocabulary(), true),
               parts = test::small_backbone(recurrent(GetParam(), window), alphabet.vocabulary(), true);
    const torch::Tensor ids = ids_of_rows(rows_of_step, windows * window);
    const torch::Tensor expected = test::sequence(*whole, ids).detach();
    Parameters held;
    Lanes lanes({rows_of_step, carried_values(*parts), 1000 * rows_of_step}, torch::kCPU, held);
    World world;
    Standing at{0, 0, 10 * rows_of_step};
    std::vector<torch::Tensor> found;
    for (std::int64_t i = 0; i < windows; ++i) {
        lanes.begin(at);
        // In micro-batches, of which one goes through in two slots.
        for (const auto& [first, count] : {std::pair<std::int64_t, std::int64_t>{0, 2}, {2, 1}}) {
            Batch batch = Batch::of_tokens(ids.narrow(0, first, count).narrow(1, i * window, window));
            batch.counted = count;
            lanes.show(batch, first);
            for (std::int64_t row = 0; row < count; ++row)
                found.push_back(parts->features(batch.rows(row, 1), {}).sequence_BTD.detach());
        }
        lanes.end(at, world);
        at.next_sample += rows_of_step;
    }
    std::vector<torch::Tensor> of_rows;
    for (std::int64_t row = 0; row < rows_of_step; ++row) {
        std::vector<torch::Tensor> pieces;
        for (std::int64_t i = 0; i < windows; ++i)
            pieces.push_back(found[static_cast<std::size_t>(i * rows_of_step + row)]);
        of_rows.push_back(torch::cat(pieces, 1));
    }
    EXPECT_LT((torch::cat(of_rows) - expected).abs().max().item<double>(), 1e-5);
    const torch::Tensor fresh = test::sequence(*parts, ids.narrow(1, window, window)).detach();
    EXPECT_GT((fresh - expected.narrow(1, window, window)).abs().max().item<double>(), 1e-2) << "without it differs";
}

TEST_P(CarriedState, HasNoGradientBeyondTheRow) {
    const auto backbone = test::small_backbone(recurrent(GetParam(), window), alphabet.vocabulary(), true);
    const std::int64_t values = carried_values(*backbone);
    EXPECT_EQ(values, 2 * 8 * (std::string(GetParam()) == "lstm" ? 2 : 1));
    Batch batch = Batch::of_tokens(ids_of_rows(2, window));
    const torch::Tensor begun = torch::randn({2, values}), behind = torch::zeros({2, values});
    batch.set(array::carried, begun);
    batch.set(array::left_behind, behind);
    backbone->features(batch, {torch::kFloat32, true}).sequence_BTD.sum().backward();
    EXPECT_FALSE(behind.requires_grad());
    EXPECT_GT(behind.abs().sum().item<double>(), 0);
    EXPECT_FALSE(begun.grad().defined());
}

INSTANTIATE_TEST_SUITE_P(Cells, CarriedState, testing::Values("lstm", "gru", "elman"),
                         [](const auto& info) { return std::string(info.param); });

TEST(CarriedLanes, BeginAnewWithAnEpochAndWhereTheDataGoesOnElsewhere) {
    Parameters held;
    Lanes lanes({2, 3, 6}, torch::kCPU, held);  // an epoch of three steps
    World world;
    const auto step = [&](std::int64_t first, float left) {
        const Standing at{0, 0, first};
        lanes.begin(at);
        Batch batch = Batch::of_tokens(ids_of_rows(2, window));
        lanes.show(batch, 0);
        const torch::Tensor begun = batch[array::carried].clone();
        batch[array::left_behind].fill_(left);
        lanes.end(at, world);
        return begun.max().item<float>();
    };
    EXPECT_EQ(step(0, 1), 0);
    EXPECT_EQ(step(2, 2), 1);
    EXPECT_EQ(step(4, 3), 2);
    EXPECT_EQ(step(6, 4), 0) << "the next epoch";
    EXPECT_EQ(step(8, 5), 4);
    EXPECT_EQ(step(14, 6), 0) << "data was skipped";
    EXPECT_EQ(step(16, std::nanf("")), 6);
    EXPECT_EQ(step(18, 7), 0);
    EXPECT_EQ(step(20, std::nanf("")), 7);
    EXPECT_EQ(step(22, 8), 0) << "what is not finite stays out";
    const Standing same{0, 0, 24};
    lanes.begin(same);
    lanes.begin(same);  // a step that is made again begins as it did
    EXPECT_EQ(step(26, 1), 0) << "a step that came to no end leaves nothing";
}

// ---- runs

Json carrying(const Json& changes = Json::object()) {
    Json backbone = recurrent("lstm", 16);
    backbone["dropout"] = 0.1;
    return test::tiny_spec(overlay_spec({{"backbone", backbone},
                                         {"training", {{"budget", 12}, {"micro_batch", 6}, {"accumulation", 2}}},
                                         {"evaluation", {{"every", 4}, {"tokens", 900}}},
                                         {"saving", {{"every", 4}, {"keep_last", 9}}}},
                                        changes));
}

TEST(CarryingRuns, GoOnToTheBit) {
    test::Stretches whole, parts;
    ASSERT_EQ(whole.go(carrying()).end, Outcome::End::finished) << whole.why();
    ASSERT_EQ(parts.go(carrying(), {}, 4).end, Outcome::End::stopped) << parts.why();
    ASSERT_EQ(parts.go(carrying(), parts.current()).end, Outcome::End::finished) << parts.why();
    EXPECT_EQ(whole.figures(), parts.figures());
    EXPECT_EQ(read_file(whole.checkpoint(12) / "holding.safetensors").or_throw(),
              read_file(parts.checkpoint(12) / "holding.safetensors").or_throw());

    test::Stretches one_thread, fresh;
    ASSERT_EQ(one_thread.go(carrying({{"training", {{"threads", 1}}}})).end, Outcome::End::finished);
    EXPECT_EQ(whole.figures(), one_thread.figures()) << "however many threads there are";
    ASSERT_EQ(fresh.go(carrying({{"backbone", {{"carry", false}}}})).end, Outcome::End::finished);
    EXPECT_NE(whole.figures(), fresh.figures());
}

TEST(CarryingRuns, CutAStepAsTheyLike) {
    const auto losses = [](std::int64_t micro, std::int64_t accumulation) {
        test::Stretches run;
        EXPECT_EQ(run.go(carrying({{"training", {{"micro_batch", micro}, {"accumulation", accumulation}}},
                                   {"backbone", {{"dropout", 0.0}}}}))
                      .end,
                  Outcome::End::finished)
            << run.why();
        std::vector<double> out;
        for (const auto& [at, value] : run.figures())
            if (at.second == "train/loss") out.push_back(value);
        return out;
    };
    const std::vector<double> one = losses(12, 1), other = losses(3, 4);
    ASSERT_EQ(one.size(), 12U);
    for (std::size_t i = 0; i < one.size(); ++i) EXPECT_NEAR(one[i], other[i], 1e-5) << i;
}

TEST(CarryingRuns, ForksWithOtherRowsBeginAnew) {
    test::Stretches parent, fork, plain;
    ASSERT_EQ(parent.go(carrying(), {}, 4).end, Outcome::End::stopped) << parent.why();
    EXPECT_EQ(fork.go(carrying({{"training", {{"micro_batch", 4}}}}), parent.checkpoint(4)).end, Outcome::End::finished)
        << fork.why();
    EXPECT_EQ(plain.go(carrying({{"backbone", {{"carry", false}}}}), parent.checkpoint(4)).end, Outcome::End::finished)
        << plain.why();
    test::Stretches back;
    EXPECT_EQ(back.go(carrying({{"training", {{"budget", 16}}}}), plain.checkpoint(12)).end, Outcome::End::finished)
        << back.why();
}

TEST(CarryingRuns, AreRefusedInWordsWhereNothingCanBeCarried) {
    const auto problem = [](const Json& changes) {
        const auto status = spec_status(overlay_spec(carrying(), changes));
        return status ? std::string() : to_text(status.error());
    };
    EXPECT_NE(problem({{"backbone", {{"direction", "both"}}}}).find("a state is carried forward"), std::string::npos);
    const std::string masked = problem({{"objective", {{"kind", "masked"}}}});
    EXPECT_NE(masked.find("backbone.carry to false"), std::string::npos) << masked;
    const std::string labelled = problem(
        {{"dataset", {{"kind", "labelled_text"}, {"paths", {"/x.csv"}}}}, {"objective", {{"kind", "classification"}}}});
    EXPECT_NE(labelled.find("set backbone.carry to false"), std::string::npos) << labelled;

    test::Stretches many;
    many.go(carrying({{"training", {{"micro_batch", 60000}, {"accumulation", 1}}}}));
    EXPECT_NE(many.why().find("for each of the"), std::string::npos) << many.why();
}

// ---- evaluations

TEST(CarryingEvaluation, ReadsOnWhereTheWindowBeforeEnded) {
    constexpr std::int64_t size = 10 * window + 3;  // fewer windows than two lanes need, and a last one that overlaps
    Scratch folder;
    const fs::path file = folder.path() / "stream.tokens";
    ShardWriter writer = ShardWriter::create(file, alphabet.vocabulary()).or_throw();
    std::vector<Token> ids;
    Rng rng(5);
    for (std::int64_t i = 0; i < size; ++i) ids.push_back(static_cast<Token>(rng.below(9)));
    writer.add(ids).or_throw();
    writer.count(size, 1);
    writer.finish().or_throw();
    const TokenStream stream = ShardReader::open(file, alphabet.vocabulary()).or_throw();
    const auto whole = test::small_backbone(recurrent("lstm", size), alphabet.vocabulary(), true),
               parts = test::small_backbone(recurrent("lstm", window), alphabet.vocabulary(), true);
    const auto objective = find_kind(objectives(), "next_token")
                               ->build({{"kind", "next_token"}}, ObjectiveInputs{whole->facts(), &alphabet, 3});
    const auto objective_of_parts =
        find_kind(objectives(), "next_token")
            ->build({{"kind", "next_token"}}, ObjectiveInputs{parts->facts(), &alphabet, 3});
    EvaluationOptions options;
    options.rows = 4;
    const Pass pass{torch::kFloat32, false};
    const Evaluation found = evaluate(*parts, *objective_of_parts, alphabet, stream, pass, options, {}, {});
    EXPECT_EQ(found.scored, size - 1);

    const torch::NoGradGuard no_grad;
    const torch::Tensor all = torch::tensor(std::vector<std::int64_t>(ids.begin(), ids.end()), torch::kInt64);
    const auto costs = [&](std::int64_t first, std::int64_t last) {  // of tokens (first, last], read from first on
        const torch::Tensor features = test::sequence(*whole, all.narrow(0, first, last - first).unsqueeze(0), pass)[0];
        return -torch::log_softmax(objective->logits(features, pass).to(torch::kFloat64), 1)
                    .gather(1, all.narrow(0, first + 1, last - first).unsqueeze(1))
                    .squeeze(1);
    };
    // Ten windows in one lane; then two tokens in a window that begins from nothing where it is full.
    const torch::Tensor lane = costs(0, 10 * window), rest = costs(size - 1 - window, size - 1);
    const double expected = lane.sum().item<double>() + rest.narrow(0, window - 2, 2).sum().item<double>();
    EXPECT_NEAR(found.loss, expected / static_cast<double>(size - 1), 1e-5);

    options.rows = 1;
    EXPECT_NEAR(evaluate(*parts, *objective_of_parts, alphabet, stream, pass, options, {}, {}).loss, found.loss, 1e-6);
}

}  // namespace
}  // namespace gw
