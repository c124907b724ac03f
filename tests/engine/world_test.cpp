#include "train/step/world.h"

#include <atomic>
#include <barrier>
#include <cmath>
#include <fstream>
#include <thread>

#include "adapt/checkpoint_model.h"
#include "adapt/scoring.h"
#include "engine/stretch.h"

// Processes that train one run together, played by threads.
namespace gw {
namespace {

/// What the members of a world hand to each other.
struct Table {
    explicit Table(std::int64_t size) : size(size), meet(size), said(static_cast<std::size_t>(size)) {}
    std::int64_t size;
    std::barrier<> meet;
    std::vector<torch::Tensor> said;
    std::string words;
};

class ThreadWorld final : public World {
  public:
    ThreadWorld(Table& table, std::int64_t rank) : table_(table), rank_(rank) {}
    std::int64_t rank() const override { return rank_; }
    std::int64_t size() const override { return table_.size; }
    void sum(torch::Tensor& values) override {
        table_.said[static_cast<std::size_t>(rank_)] = values.detach().clone();
        table_.meet.arrive_and_wait();
        torch::Tensor all = torch::zeros_like(values);
        for (const torch::Tensor& one : table_.said) all += one;
        table_.meet.arrive_and_wait();
        const torch::NoGradGuard no_grad;
        values.copy_(all);
    }
    std::string from_first(const std::string& said) override {
        if (rank_ == 0) table_.words = said;
        table_.meet.arrive_and_wait();
        std::string heard = table_.words;
        table_.meet.arrive_and_wait();
        return heard;
    }

  private:
    Table& table_;
    std::int64_t rank_;
};

Json spec_of(std::int64_t accumulation) {
    return test::tiny_spec(
        {{"training", {{"budget", 6}, {"micro_batch", 4}, {"accumulation", accumulation}, {"threads", 1}}},
         {"backbone", {{"dropout", 0.0}}},
         {"evaluation", {{"every", 3}}},
         {"saving", {{"every", 2}, {"keep_last", 9}}}});
}

/// Calls `member(world)` as each member of a world of `size`, and waits for all.
void play(std::int64_t size, const std::function<void(const std::shared_ptr<World>&)>& member) {
    Table table(size);
    std::vector<std::thread> others;
    for (std::int64_t rank = 1; rank < size; ++rank)
        others.emplace_back([&, rank] { member(std::make_shared<ThreadWorld>(table, rank)); });
    member(std::make_shared<ThreadWorld>(table, 0));
    for (std::thread& other : others) other.join();
}

/// Both members of a world of two train `spec`; orders come from `first`.
std::pair<Outcome, Outcome> together(const Json& spec, const fs::path& folder, test::RecordingPort& first,
                                     test::RecordingPort& second, const fs::path& resume = {}) {
    std::pair<Outcome, Outcome> out;
    play(2, [&](const std::shared_ptr<World>& world) {
        const bool is_first = world->rank() == 0;
        (is_first ? out.first : out.second) =
            train({spec, folder / "run", folder / ("cache" + std::to_string(world->rank())), resume, 0, world},
                  is_first ? first : second);
    });
    return out;
}

/// 60 short texts of three classes.
fs::path three_classes(const fs::path& folder) {
    const fs::path csv = folder / "three.csv";
    std::ofstream out(csv);
    out << "text,label\n";
    const char* words[] = {"the cat sat", "a dog ran far", "one bird flew"};
    for (int i = 0; i < 60; ++i) out << words[i % 3] << " " << i << "," << static_cast<char>('a' + i % 3) << "\n";
    return csv;
}

Json labelled_spec(const fs::path& csv, std::int64_t accumulation, const Json& changes = Json::object()) {
    Json dataset = {{"kind", "labelled_text"}, {"paths", {csv.string()}}};
    return test::tiny_spec(
        overlay_spec({{"dataset", dataset},
                      {"split", {{"kind", "by_document"}, {"validation", 0.3}, {"test", 0.0}}},
                      {"objective", {{"kind", "classification"}, {"dropout", 0.0}}},
                      {"training", {{"budget", 6}, {"micro_batch", 4}, {"accumulation", accumulation}, {"threads", 1}}},
                      {"backbone", {{"dropout", 0.0}}}},
                     changes));
}

TEST(World, TwoProcessesMakeTheStepsOfOneWithTwiceTheAccumulation) {
    Scratch folder;
    test::RecordingPort first, second;
    const auto [one, two] = together(spec_of(1), folder.path(), first, second);
    ASSERT_EQ(one.end, Outcome::End::finished) << (one.error ? to_text(*one.error) : "");
    ASSERT_EQ(two.end, Outcome::End::finished) << (two.error ? to_text(*two.error) : "");

    test::Stretches alone;
    ASSERT_EQ(alone.go(spec_of(2)).end, Outcome::End::finished) << alone.why();
    const auto figures = alone.figures();
    ASSERT_EQ(first.losses.size(), 6U);
    for (std::int64_t step = 1; step <= 6; ++step) {
        EXPECT_NEAR(first.losses[static_cast<std::size_t>(step - 1)], figures.at({step, "train/loss"}), 1e-6) << step;
        EXPECT_EQ(first.losses[static_cast<std::size_t>(step - 1)], second.losses[static_cast<std::size_t>(step - 1)]);
    }
    EXPECT_NEAR(*first.last("validation/loss"), figures.at({6, "validation/loss"}), 1e-6);
    EXPECT_EQ(*first.last("validation/loss"), *second.last("validation/loss"));
    const auto mine = CheckpointModel::load(folder.path() / "run" / "checkpoints" / checkpoint_name(6)).or_throw(),
               theirs = CheckpointModel::load(alone.checkpoint(6)).or_throw();
    EXPECT_LT((mine.model.bank->weights() - theirs.model.bank->weights()).abs().max().item<double>(), 1e-6);
    EXPECT_EQ(mine.facts.state.at("sampler"), theirs.facts.state.at("sampler"));
    EXPECT_EQ(mine.facts.state.at("tokens"), theirs.facts.state.at("tokens"));
}

TEST(World, AStateIsCarriedAsByOneWithTwiceTheAccumulation) {
    const auto spec = [](std::int64_t accumulation) {
        return overlay_spec(
            spec_of(accumulation),
            {{"backbone", {{"kind", "rnn"}, {"width", 16}, {"context", 16}, {"dropout", 0.0}, {"carry", true}}}});
    };
    Scratch folder;
    test::RecordingPort first, second;
    const auto [one, two] = together(complete_spec(spec(1)), folder.path(), first, second);
    ASSERT_EQ(one.end, Outcome::End::finished) << (one.error ? to_text(*one.error) : "");
    ASSERT_EQ(two.end, Outcome::End::finished) << (two.error ? to_text(*two.error) : "");
    test::Stretches alone;
    ASSERT_EQ(alone.go(complete_spec(spec(2))).end, Outcome::End::finished) << alone.why();
    const auto figures = alone.figures();
    for (std::int64_t step = 1; step <= 6; ++step)
        EXPECT_NEAR(first.losses[static_cast<std::size_t>(step - 1)], figures.at({step, "train/loss"}), 1e-5) << step;
    EXPECT_NEAR(*first.last("validation/loss"), figures.at({6, "validation/loss"}), 1e-5);
}

TEST(World, AStepThatOneCannotLearnFromIsLeftOutByAll) {
    Scratch folder;
    test::RecordingPort ports[2];
    Json spec = spec_of(1);
    spec["training"]["guard"] = "skip";
    Outcome outcomes[2];
    play(2, [&](const std::shared_ptr<World>& world) {
        const auto rank = static_cast<std::size_t>(world->rank());
        TrainRequest request{spec, folder.path() / "run", folder.path() / ("cache" + std::to_string(rank)), {}, 0,
                             world};
        if (rank == 1) request.spoilt = {{4, "backbone.blocks.1.feed_forward.up.weight"}};
        outcomes[rank] = train(request, ports[rank]);
    });
    for (const Outcome& outcome : outcomes)
        ASSERT_EQ(outcome.end, Outcome::End::finished) << (outcome.error ? to_text(*outcome.error) : "");
    EXPECT_FALSE(std::isfinite(ports[0].losses.at(3)));
    for (std::size_t step : {4u, 5u}) {
        EXPECT_TRUE(std::isfinite(ports[0].losses.at(step)));
        EXPECT_EQ(ports[0].losses.at(step), ports[1].losses.at(step));
    }
    bool named = false;
    for (const Event& event : ports[0].all<Event>())
        named = named || event.text == "First not finite: the output of blocks.1";
    EXPECT_TRUE(named) << "the first process names what the second met";
}

TEST(World, OrdersOfTheFirstHoldForAll) {
    Scratch folder;
    test::RecordingPort first, second;
    first.orders = [](std::int64_t step) {
        Orders orders;
        if (step == 2) {
            orders.knobs.emplace();
            orders.knobs->rate_scale = 0.5;
        }
        orders.stop = step == 4;
        return orders;
    };
    second.orders = [](std::int64_t) {
        Orders orders;
        orders.stop = true;  // is not asked
        return orders;
    };
    const auto [one, two] = together(spec_of(1), folder.path(), first, second);
    EXPECT_EQ(one.end, Outcome::End::stopped);
    EXPECT_EQ(two.end, Outcome::End::stopped);
    EXPECT_EQ(first.last_step, 4);
    EXPECT_EQ(second.last_step, 4);
    EXPECT_EQ(first.losses, second.losses);

    test::RecordingPort third, fourth;
    const fs::path from = folder.path() / "run" / "checkpoints" / checkpoint_name(4);
    const auto [three, four] = together(spec_of(1), folder.path(), third, fourth, from);
    EXPECT_EQ(three.end, Outcome::End::finished) << (three.error ? to_text(*three.error) : "");
    EXPECT_EQ(four.end, Outcome::End::finished) << (four.error ? to_text(*four.error) : "");
    EXPECT_EQ(third.losses, fourth.losses);
    EXPECT_EQ(third.losses.size(), 2U);
}

/// What each member of a world of three says of the validation part, and how many batches it ran.
struct Looks {
    std::vector<Score> scores = std::vector<Score>(3);
    std::vector<int> batches = std::vector<int>(3);
};

/// An objective that counts the batches that are measured with it.
class Counted final : public Objective {
  public:
    Counted(const Objective& of, std::atomic<int>& batches) : of_(of), batches_(batches) {}
    LabelKind labels() const override { return of_.labels(); }
    bool adds_up() const override { return of_.adds_up(); }
    std::int64_t window_length(std::int64_t context) const override { return of_.window_length(context); }
    std::int64_t window_stride(std::int64_t context) const override { return of_.window_stride(context); }
    Batch feed(const HostBatch& rows, const RowSeeds& seeds) const override { return of_.feed(rows, seeds); }
    LossParts loss(Backbone& net, const Batch& batch, const Pass& pass) const override {
        return of_.loss(net, batch, pass);
    }
    Measures measures(Backbone& net, const Batch& batch, const Pass& pass) const override {
        ++batches_;
        return of_.measures(net, batch, pass);
    }
    Parameters parameters() const override { return of_.parameters(); }
    bool is_language_model() const override { return of_.is_language_model(); }

  private:
    const Objective& of_;
    std::atomic<int>& batches_;
};

TEST(World, ALookIsSharedAndSaysWhatOneProcessSays) {
    Scratch folder;
    for (const bool labelled : {false, true}) {
        test::Stretches run;
        ASSERT_EQ(run.go(labelled ? labelled_spec(three_classes(folder.path()), 1) : spec_of(1)).end,
                  Outcome::End::finished)
            << run.why();
        auto look = [&](World* world, std::int64_t rows, int& batches, const std::stop_token& stop) {
            const CheckpointModel it = CheckpointModel::load(run.current()).or_throw();
            const Json& spec = it.facts.spec;
            const PreparedData data = prepare_data({spec.at("dataset"),
                                                    spec.at("split"),
                                                    spec.at("tokenizer"),
                                                    it.facts.tokenizer,
                                                    false,
                                                    run.cache,
                                                    {},
                                                    {}})
                                          .or_throw();
            std::atomic<int> measured = 0;
            Score score = score_part(it.model, Counted(*it.model.objective, measured), data, Part::validation,
                                     {0, 0, rows, world}, {}, stop);
            batches = measured;
            return score;
        };
        for (const std::int64_t rows : {4, 1000}) {  // of the large ones there is one: two members have none
            int batches = 0;
            const Score alone = look(nullptr, rows, batches, {});
            ASSERT_GT(alone.scored, 0);
            Looks shared, stopped;
            std::stop_source stop;
            stop.request_stop();
            play(3, [&](const std::shared_ptr<World>& world) {
                const auto rank = static_cast<std::size_t>(world->rank());
                shared.scores[rank] = look(world.get(), rows, shared.batches[rank], {});
                stopped.scores[rank] =
                    look(world.get(), rows, stopped.batches[rank], rank == 0 ? stop.get_token() : std::stop_token());
            });
            for (const Score& one : shared.scores) {
                EXPECT_EQ(one.scored, alone.scored);
                EXPECT_NEAR(one.loss, alone.loss, 1e-6 * alone.loss);
                ASSERT_EQ(one.metrics.size(), alone.metrics.size());
                for (const auto& [name, value] : alone.metrics)
                    EXPECT_NEAR(one.metrics.at(name), value, 1e-6 * std::abs(value)) << name;
                EXPECT_EQ(one.metrics, shared.scores[0].metrics) << "the same bits in each";
                EXPECT_EQ(one.predictions.scores.size(), alone.predictions.scores.size());
                for (std::size_t i = 0; i < alone.predictions.scores.size(); ++i)
                    ASSERT_NEAR(one.predictions.scores[i], alone.predictions.scores[i], 1e-6) << i;
                EXPECT_EQ(one.predictions.documents, alone.predictions.documents);
                EXPECT_EQ(one.predictions.truth, alone.predictions.truth);
            }
            for (const Score& one : stopped.scores) EXPECT_EQ(one.scored, 0) << "a stop of one is one of all";
            EXPECT_EQ(shared.batches[0] + shared.batches[1] + shared.batches[2], batches);
            EXPECT_LE(shared.batches[0], batches / 3 + 1);
        }
    }
}

TEST(World, ABudgetInMinutesIsThatOfTheFirstClock) {
    Scratch folder;
    test::RecordingPort first, second;
    second.orders = [](std::int64_t) {
        std::this_thread::sleep_for(std::chrono::milliseconds(5));  // which is no training time, of this one's clock
        return Orders{};
    };
    const Json spec = overlay_spec(spec_of(1), {{"training", {{"budget", 0.02}, {"budget_unit", "minutes"}}},
                                                {"schedule", {{"warmup", 0}}},
                                                {"evaluation", {{"every", 0}}},
                                                {"saving", {{"every", 0}}}});
    const auto [one, two] = together(spec, folder.path(), first, second);
    ASSERT_EQ(one.end, Outcome::End::finished) << (one.error ? to_text(*one.error) : "");
    ASSERT_EQ(two.end, Outcome::End::finished) << (two.error ? to_text(*two.error) : "");
    EXPECT_GE(first.losses.size(), 1U);
    EXPECT_EQ(first.losses, second.losses);
    EXPECT_EQ(*first.last("train/lr"), *second.last("train/lr")) << "the schedule goes by the same clock";
}

TEST(World, ATaskBesideIsLearntAsByOneProcess) {
    Scratch folder;
    const fs::path csv = three_classes(folder.path());
    auto spec = [&](std::int64_t accumulation) {
        const Json only = find_sheet("dataset", "labelled_text")->complete({{"paths", {csv.string()}}});
        const Json line = {{"name", "beside"}, {"dataset", only}};
        return labelled_spec(csv, accumulation, {{"sequence", {{"kind", "task"}, {"beside", {line.dump()}}}}});
    };
    test::RecordingPort first, second;
    const auto [one, two] = together(spec(1), folder.path(), first, second);
    ASSERT_EQ(one.end, Outcome::End::finished) << (one.error ? to_text(*one.error) : "");
    ASSERT_EQ(two.end, Outcome::End::finished) << (two.error ? to_text(*two.error) : "");
    test::Stretches alone;
    ASSERT_EQ(alone.go(spec(2)).end, Outcome::End::finished) << alone.why();
    const auto figures = alone.figures();
    EXPECT_EQ(first.losses, second.losses);
    ASSERT_EQ(first.losses.size(), 6U);
    for (std::int64_t step = 1; step <= 6; ++step)
        EXPECT_NEAR(first.losses[static_cast<std::size_t>(step - 1)], figures.at({step, "train/loss"}), 1e-5) << step;
}

/// A save that fails is one of the first alone: the others must not count on the checkpoint, nor wait for it.
TEST(World, ACheckpointThatTheFirstCannotWriteIsNobodys) {
    for (const bool at_the_end : {false, true}) {
        Scratch folder;
        test::RecordingPort first, second;
        const fs::path checkpoints = folder.path() / "run" / "checkpoints";
        // Nothing can be written while a file stands where the folder should.
        make_folder(folder.path() / "run").or_throw();
        write_file_atomic(checkpoints, "in the way").or_throw();
        first.orders = [&](std::int64_t step) {
            if (step == 3 && !at_the_end) fs::remove(checkpoints);
            return Orders{};
        };
        const auto [one, two] = together(spec_of(1), folder.path(), first, second);
        if (at_the_end) {
            ASSERT_EQ(one.end, Outcome::End::failed);
            ASSERT_EQ(two.end, Outcome::End::failed);
            EXPECT_EQ(one.error->code, Error::Code::io);
            EXPECT_NE(to_text(*two.error).find("The first process could not write it"), std::string::npos)
                << to_text(*two.error);
        } else {
            ASSERT_EQ(one.end, Outcome::End::finished) << (one.error ? to_text(*one.error) : "");
            ASSERT_EQ(two.end, Outcome::End::finished) << (two.error ? to_text(*two.error) : "");
            EXPECT_EQ(first.losses, second.losses);
            EXPECT_FALSE(fs::exists(checkpoints / checkpoint_name(2)));
            EXPECT_TRUE(fs::exists(checkpoints / checkpoint_name(6)));
        }
        bool said = false;
        for (const Event& event : first.all<Event>()) said = said || event.kind == "save_failed";
        EXPECT_TRUE(said);
    }
}

}  // namespace
}  // namespace gw
