#include "train/world.h"

#include <barrier>
#include <thread>

#include "adapt/checkpoint_model.h"
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

/// Both members of a world of two train `spec`; orders come from `first`.
std::pair<Outcome, Outcome> together(const Json& spec, const fs::path& folder, test::RecordingPort& first,
                                     test::RecordingPort& second, const fs::path& resume = {}) {
    Table table(2);
    std::pair<Outcome, Outcome> out;
    auto member = [&](std::int64_t rank, test::RecordingPort& port, Outcome& outcome) {
        outcome = train({spec, folder / "run", folder / ("cache" + std::to_string(rank)), resume, 0,
                         std::make_shared<ThreadWorld>(table, rank)},
                        port);
    };
    std::thread other([&] { member(1, second, out.second); });
    member(0, first, out.first);
    other.join();
    return out;
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

}  // namespace
}  // namespace gw
