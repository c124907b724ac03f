#include <cmath>

#include "engine/stretch.h"
#include "train/run_in_progress.h"

// Two parts of a head that work against each other, each with its own optimizer, schedule and turns.
namespace gw {
namespace {

/// min over x, max over y of x.y + |x|^2 / 2 - |y|^2 / 2, whatever the rows say: a game whose way can be followed by
/// hand. The critic (y) has two turns a step and a rate of its own.
class Duel final : public Objective {
  public:
    /// `critic`: section of its optimizer; null = the run's.
    Duel() : Duel(sgd(0.05)) {}
    explicit Duel(Json critic) : critic_(std::move(critic)) {
        x_ = torch::tensor({1.0F, -2.0F}).requires_grad_();
        y_ = torch::tensor({0.5F, 0.25F}).requires_grad_();
    }
    Batch feed(const HostBatch& rows, const RowSeeds&) const override {
        Batch batch(rows);
        batch.counted = rows.rows;
        return batch;
    }
    LossParts loss(Backbone&, const Batch& batch, const Pass&) const override {
        const auto rows = static_cast<double>(batch.row_count());
        return {{"game", (x_ * y_).sum() * rows, 1, LossPart::Per::row},
                {"length", x_.square().sum() * 0.5 * rows, 1, LossPart::Per::row}};
    }
    LossParts loss_of(std::size_t player, Backbone& net, const Batch& batch, const Pass& pass) const override {
        if (player == 0) return loss(net, batch, pass);
        const auto rows = static_cast<double>(batch.row_count());
        return {{"loss", (y_.square().sum() * 0.5 - (x_ * y_).sum()) * rows, 1, LossPart::Per::row}};
    }
    std::vector<PlayerRole> players() const override {
        return {{.name = "maker", .trains = {}},
                {.name = "critic",
                 .trains = [](const std::string& weight) { return weight == "y"; },
                 .turns = 2,
                 .optimizer = critic_,
                 .schedule = {{"kind", "constant"}, {"warmup", 0}}}};
    }
    Measures measures(Backbone&, const Batch&, const Pass&) const override { return {}; }
    Parameters parameters() const override { return {{"x", x_}, {"y", y_}}; }

    static Json sgd(double lr, double momentum = 0) {
        return find_kind(optimizers(), "sgd")->complete({{"kind", "sgd"}, {"lr", lr}, {"momentum", momentum}});
    }
    torch::Tensor x_, y_;

  private:
    const Json critic_;
};

struct Game {
    explicit Game(const Json& optimizer) {
        spec = test::tiny_spec({{"optimizer", optimizer},
                                {"schedule", {{"kind", "constant"}, {"warmup", 0}}},
                                {"training", {{"micro_batch", 4}, {"accumulation", 2}, {"clip", 0}}}});
        request = {spec, folder.path() / "run", folder.path() / "cache", {}, 0};
        ready.prepare(request, port);
        auto made = std::make_unique<Duel>();
        duel = made.get();
        ready.model.objective = std::move(made);
        fill_banks(ready.model);
        ready.players = make_players(spec, ready.model);
        ready.adaptation = {};
        stepper.emplace(settings_of<TrainingSettings>(spec, "training"), ready, world);
        watch.emplace(ready.model, 0, 0);
    }
    StepFigures step() {
        Stepper::Taken taken = stepper->step(at, {100, 1, 0}, *watch);
        at = {at.step + 1, at.tokens + taken.tokens, at.next_sample + stepper->samples_per_step()};
        return taken.figures;
    }

    Scratch folder;
    test::RecordingPort port;
    Json spec;
    TrainRequest request;
    PreparedRun ready;
    Duel* duel = nullptr;
    World world;
    std::optional<Stepper> stepper;
    std::optional<LayerWatch> watch;
    Standing at;
};

TEST(Players, TakeTurnsAsAPlainLoopDoes) {
    Game game(Duel::sgd(0.1));
    ASSERT_EQ(game.ready.players.size(), 2U);
    double x[2] = {1, -2}, y[2] = {0.5, 0.25};
    for (int step = 0; step < 20; ++step) {
        const double expected_game = x[0] * y[0] + x[1] * y[1], expected_length = (x[0] * x[0] + x[1] * x[1]) / 2;
        for (int i = 0; i < 2; ++i) x[i] -= 0.1 * (y[i] + x[i]);
        for (int turn = 0; turn < 2; ++turn)
            for (int i = 0; i < 2; ++i) y[i] -= 0.05 * (y[i] - x[i]);
        const StepFigures figures = game.step();
        ASSERT_EQ(figures.names.at(0), "train/loss");
        auto said = [&](const char* name) {
            for (std::size_t i = 0; i < figures.names.size(); ++i)
                if (figures.names[i] == name) return figures.values[i].item<double>();
            ADD_FAILURE() << name;
            return 0.0;
        };
        EXPECT_NEAR(said("train/loss"), expected_game + expected_length, 1e-5) << step;
        EXPECT_NEAR(said("train/game"), expected_game, 1e-5);
        EXPECT_NEAR(said("train/length"), expected_length, 1e-5);
        said("train/critic_loss");
        said("train/critic_grad_norm");
        for (int i = 0; i < 2; ++i) {
            EXPECT_NEAR(game.duel->x_[i].item<double>(), x[i], 1e-5) << step;
            EXPECT_NEAR(game.duel->y_[i].item<double>(), y[i], 1e-5) << step;
        }
    }
    EXPECT_EQ(updates_of(game.ready.players), Json({20, 40}));
}

TEST(Players, OnlyWhoseNumbersAreBadIsLeftOut) {
    Game game(Duel::sgd(0.1));
    game.step();
    game.stepper->spoil({{2, "head.x"}});
    const torch::Tensor x = game.duel->x_.detach().clone(), y = game.duel->y_.detach().clone();
    const StepFigures figures = game.step();
    EXPECT_FALSE(figures.applied.item<bool>());
    EXPECT_TRUE(torch::equal(game.duel->x_, x));
    EXPECT_FALSE(torch::equal(game.duel->y_, y));
    EXPECT_TRUE(torch::isfinite(game.duel->y_).all().item<bool>());
    EXPECT_EQ(updates_of(game.ready.players), Json({1, 4}));
    EXPECT_TRUE(game.step().applied.item<bool>());
    EXPECT_EQ(updates_of(game.ready.players), Json({2, 6}));
}

TEST(Players, ALookChangesNothingAndNamesWhatIsBad) {
    Game game(Duel::sgd(0.1));
    game.step();
    game.stepper->spoil({{2, "head.x"}});
    const torch::Tensor x = game.duel->x_.detach().clone(), y = game.duel->y_.detach().clone();
    const StepLook look = game.stepper->look(game.at);
    EXPECT_TRUE(torch::equal(game.duel->x_, x));
    EXPECT_TRUE(torch::equal(game.duel->y_, y));
    ASSERT_TRUE(look.fault);
    EXPECT_EQ(look.fault->in, StepLook::Fault::In::loss);
    ASSERT_EQ(look.turns.size(), 2U);
    EXPECT_EQ(look.turns[1].player, "critic");
    EXPECT_TRUE(std::isfinite(look.turns[1].loss));
    EXPECT_EQ(updates_of(game.ready.players), Json({1, 2}));
}

TEST(Players, GoOnFromACheckpointToTheBit) {
    const Json adam = test::tiny_spec().at("optimizer");
    Game whole(adam), begun(adam), resumed(adam);
    for (int step = 0; step < 6; ++step) whole.step();
    for (int step = 0; step < 3; ++step) begun.step();
    const fs::path folder = begun.folder.path() / "step-3";
    save_checkpoint(folder, begun.ready.model, optimized(begun.ready.players),
                    {begun.spec, {{"step", 3}, {"updates", updates_of(begun.ready.players)}}, Json::object()})
        .or_throw();
    resumed.ready.adaptation.apply(*resumed.ready.model.bank, 3);  // what is trained has moments there
    load_weights(folder, resumed.ready.model).or_throw();
    load_optimizers(folder, optimized(resumed.ready.players)).or_throw();
    set_updates(resumed.ready.players, read_checkpoint_facts(folder).or_throw().state.at("updates"));
    resumed.at = begun.at;
    for (int step = 0; step < 3; ++step) resumed.step();
    EXPECT_TRUE(torch::equal(resumed.duel->x_, whole.duel->x_));
    EXPECT_TRUE(torch::equal(resumed.duel->y_, whole.duel->y_));
}

/// The game as a whole run, which can be taken up from a checkpoint.
struct PlayedRun {
    PlayedRun(const Json& optimizer, const Json& critic)
        : request{spec_of(optimizer), folder / "run", folder / "cache", {}, 0} {
        run.emplace(request, port);
        run->prepare();
        auto made = std::make_unique<Duel>(critic);
        duel = made.get();
        run->ready.model.objective = std::move(made);
        fill_banks(run->ready.model);
        run->ready.players = make_players(request.spec, run->ready.model);
        run->ready.adaptation = {};
    }
    static Json spec_of(const Json& optimizer) {
        return test::tiny_spec(
            {{"optimizer", optimizer}, {"training", {{"micro_batch", 4}, {"accumulation", 2}, {"clip", 0}}}});
    }
    void step() {
        const Stepper::Taken taken = run->stepper->step(run->at, {100, 1, 0}, *run->watch);
        run->at = {run->at.step + 1, run->at.tokens + taken.tokens,
                   run->at.next_sample + run->stepper->samples_per_step()};
    }
    Player& critic() { return run->ready.players.at(1); }
    torch::Tensor memory_of(Player& player) const {
        for (const auto& [name, values] : player.optimizer->state())
            if (name == "velocity") return values;
        return {};
    }

    Scratch folder;
    test::RecordingPort port;
    TrainRequest request;
    std::optional<RunInProgress> run;
    Duel* duel = nullptr;
};

TEST(Players, WithAnOptimizerOfTheirOwnKeepItsMemoryWhenTheRunTakesAnother) {
    const Json adam = test::tiny_spec().at("optimizer"), sgd = Duel::sgd(0.1, 0.5);
    for (const bool own : {true, false}) {
        const Json critic = own ? Duel::sgd(0.05, 0.9) : Json();
        PlayedRun before(adam, critic), after(sgd, critic);
        for (int step = 0; step < 3; ++step) before.step();
        const fs::path checkpoint = before.folder / "step-3";
        save_checkpoint(checkpoint, before.run->ready.model, optimized(before.run->ready.players),
                        {before.request.spec, before.run->state(), Json::object()})
            .or_throw();
        after.request.resume_from = checkpoint;
        restore(*after.run, read_checkpoint_facts(checkpoint).or_throw());

        EXPECT_EQ(after.run->at.step, 3);
        EXPECT_TRUE(torch::equal(after.duel->x_, before.duel->x_));
        EXPECT_TRUE(torch::equal(after.duel->y_, before.duel->y_));
        EXPECT_EQ(updates_of(after.run->ready.players), Json({3, 6}));
        EXPECT_EQ(after.run->fresh_from, 3) << "the maker begins without a memory";
        ASSERT_TRUE(after.memory_of(after.critic()).defined());
        if (own) {
            EXPECT_TRUE(torch::equal(after.memory_of(after.critic()), before.memory_of(before.critic())));
            EXPECT_GT(after.memory_of(after.critic()).abs().max().item<double>(), 0);
        } else {
            EXPECT_EQ(after.memory_of(after.critic()).abs().max().item<double>(), 0);
            EXPECT_EQ(after.critic().bank->entries().front().pace.since, 6) << "its bias corrections count from here";
        }
        std::string said;
        for (const Event& event : after.port.all<Event>()) said += event.text + "\n";
        EXPECT_NE(said.find("begins without a memory"), std::string::npos) << said;
        after.step();
        EXPECT_EQ(updates_of(after.run->ready.players), Json({4, 8}));
    }
}

}  // namespace
}  // namespace gw
