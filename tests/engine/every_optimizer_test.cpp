#include <gtest/gtest.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <cmath>
#include <optional>

#include "draw.h"
#include "samples/core/optim/catalog.h"

// What every kind of optimizer promises, with settings drawn from its own ranges. A new kind is covered the day it is
// listed; that it computes what its source says is for optim_test.cpp.
namespace gw {
namespace {

/// A bank of several matrices and vectors, long enough that slices of it are updated side by side.
struct BankOfThree {
    BankOfThree() {
        torch::manual_seed(4);
        for (const char* name : {"a", "b", "c"}) {
            parameters.push_back({std::string(name) + ".weight", torch::randn({300, 130}).set_requires_grad(true)});
            parameters.push_back({std::string(name) + ".bias", torch::randn({17}).set_requires_grad(true)});
        }
        bank.emplace(parameters, torch::kCPU);
    }
    /// The gradients of an update, the same for every bank.
    void draw_gradients(std::int64_t update) {
        torch::manual_seed(100 + update);
        bank->gradients().normal_();
    }
    Parameters parameters;
    std::optional<ParameterBank> bank;
};

/// An update that is made, with gradients as they are.
Update made_with(double lr) {
    return {lr, torch::tensor(1.0F), torch::tensor(true)};
}

std::vector<torch::Tensor> copy_of_state(Optimizer& optimizer) {
    std::vector<torch::Tensor> out;
    for (const auto& [name, flat] : optimizer.state()) out.push_back(flat.clone());
    return out;
}

class EveryOptimizer : public testing::TestWithParam<std::string> {
  protected:
    const OptimizerKind& kind() const { return *find_kind(test::every_optimizer(), GetParam()); }
    /// Its defaults, each of its values at both ends of its range, and a few that are drawn.
    std::vector<Json> settings() const {
        std::vector<Json> out{kind().complete(Json::object())};
        auto take = [&](const Json& one) {
            if (kind().check(one, "optimizer").empty()) out.push_back(one);
        };
        for (const schema::Row& row : kind().rows)
            for (const Json& value : test::edges(row)) {
                Json one = out.front();
                one[std::string(row.info.key)] = value;
                take(one);
            }
        std::mt19937_64 rng(3);
        for (int i = 0; i < 4; ++i) {
            Json one = {{"kind", kind().card.id}};
            for (const schema::Row& row : kind().rows) one[std::string(row.info.key)] = test::drawn(row, rng);
            take(one);
        }
        return out;
    }
    static void step(bool by_tensors, Optimizer& optimizer, const Update& update) {
        if (by_tensors)
            optimizer.step_by_tensors(update);
        else
            optimizer.step(update);
    }
};

TEST_P(EveryOptimizer, SaysWhatItNeeds) {
    BankOfThree it;
    const auto optimizer = kind().build(Json::object(), *it.bank);
    EXPECT_EQ(static_cast<int>(optimizer->state().size()), kind().state_tensors) << "the memory estimate counts on it";
    EXPECT_EQ(optimizer->updates(), 0);
    EXPECT_TRUE(std::any_of(kind().rows.begin(), kind().rows.end(), [](const schema::Row& row) {
        return row.info.key == "lr";
    })) << "the peak learning rate is a setting of every kind";
}

TEST_P(EveryOptimizer, GradientScaleActsBeforeEverythingElse) {
    for (const bool by_tensors : {false, true}) {
        BankOfThree scaled, whole;
        const auto one = kind().build(Json::object(), *scaled.bank), other = kind().build(Json::object(), *whole.bank);
        for (std::int64_t update = 0; update < 3; ++update) {
            scaled.draw_gradients(update);
            scaled.bank->gradients().mul_(0.25);
            whole.draw_gradients(update);
            step(by_tensors, *one, made_with(0.01));
            step(by_tensors, *other, {0.01, torch::tensor(0.25F), torch::tensor(true)});
        }
        EXPECT_TRUE(torch::allclose(scaled.bank->weights(), whole.bank->weights(), 1e-6, 1e-7)) << by_tensors;
    }
}

TEST_P(EveryOptimizer, AnUpdateThatIsNotFiniteChangesNothing) {
    for (const Json& one : settings())
        for (const bool by_tensors : {false, true})
            for (const float bad : {INFINITY, NAN}) {
                BankOfThree it;
                const auto optimizer = kind().build(one, *it.bank);
                it.draw_gradients(0);
                step(by_tensors, *optimizer, made_with(0.001));
                const torch::Tensor before = it.bank->weights().clone();
                const std::vector<torch::Tensor> state = copy_of_state(*optimizer);
                it.bank->gradients().fill_(bad);
                step(by_tensors, *optimizer, {0.001, torch::tensor(bad), torch::tensor(false)});
                EXPECT_TRUE(torch::equal(before, it.bank->weights())) << one.dump() << by_tensors << bad;
                const std::vector<torch::Tensor> after = copy_of_state(*optimizer);
                for (std::size_t i = 0; i < state.size(); ++i)
                    EXPECT_TRUE(torch::equal(state[i], after[i])) << one.dump() << by_tensors << bad;
                EXPECT_EQ(optimizer->updates(), 1) << one.dump();
            }
}

TEST_P(EveryOptimizer, ADeviceGoesWhereMemoryDoes) {
    for (const Json& one : settings()) {
        BankOfThree memory, tensors;
        const torch::Tensor first = memory.bank->weights().clone();
        const auto here = kind().build(one, *memory.bank), there = kind().build(one, *tensors.bank);
        for (std::int64_t update = 0; update < 12; ++update) {
            // "a" rests until update 5, "b" learns at half the rate.
            auto pace = [&](const ParameterBank::Entry& entry) {
                if (entry.name[0] == 'a') return ParameterBank::Pace{update < 5 ? 0.0 : 1.0, 5};
                return ParameterBank::Pace{entry.name[0] == 'b' ? 0.5 : 1.0, 0};
            };
            for (BankOfThree* it : {&memory, &tensors}) {
                it->bank->set_paces(pace);
                it->draw_gradients(update);
            }
            const Update made{0.001, torch::tensor(0.7F), torch::tensor(update != 7)};
            here->step(made);
            there->step_by_tensors(made);
            EXPECT_EQ(here->updates(), there->updates());
        }
        EXPECT_EQ(here->updates(), 11) << one.dump();
        // A coefficient near 1 loses digits as a float: 1 - 0.99999 is right to one part in a thousand.
        constexpr double of_the_way = 0.005;
        const double way = (memory.bank->weights() - first).abs().max().item<double>(),
                     apart = (memory.bank->weights() - tensors.bank->weights()).abs().max().item<double>();
        EXPECT_LE(apart, of_the_way * way + 1e-6) << one.dump();
        const std::vector<torch::Tensor> state = copy_of_state(*here), other = copy_of_state(*there);
        for (std::size_t i = 0; i < state.size(); ++i)
            EXPECT_LE((state[i] - other[i]).abs().max().item<double>(),
                      of_the_way * state[i].abs().max().item<double>() + 1e-6)
                << one.dump();
    }
}

TEST_P(EveryOptimizer, TakenUpAgainItGoesOnToTheBit) {
    for (const Json& one : settings())
        for (const bool by_tensors : {false, true}) {
            BankOfThree whole;
            const auto through = kind().build(one, *whole.bank);
            auto go = [&](BankOfThree& it, Optimizer& optimizer, std::int64_t from, std::int64_t to) {
                for (std::int64_t update = from; update < to; ++update) {
                    it.draw_gradients(update);
                    step(by_tensors, optimizer, made_with(0.001));
                }
            };
            go(whole, *through, 0, 4);
            BankOfThree again;
            again.bank->weights().copy_(whole.bank->weights());
            const auto resumed = kind().build(one, *again.bank);
            const auto saved = through->state(), restored = resumed->state();
            ASSERT_EQ(saved.size(), restored.size());
            for (std::size_t i = 0; i < saved.size(); ++i) {
                EXPECT_EQ(saved[i].first, restored[i].first);
                restored[i].second.detach().copy_(saved[i].second);
            }
            resumed->set_updates(through->updates());
            EXPECT_EQ(resumed->updates(), 4);
            go(whole, *through, 4, 7);
            go(again, *resumed, 4, 7);
            EXPECT_TRUE(torch::equal(whole.bank->weights(), again.bank->weights())) << one.dump() << by_tensors;
        }
}

TEST_P(EveryOptimizer, WeightsStayFiniteOverItsWholeRange) {
    for (const Json& one : settings())
        for (const bool by_tensors : {false, true})
            for (const double size : {0.0, 1e-18, 1.0, 1e6}) {
                BankOfThree it;
                const auto optimizer = kind().build(one, *it.bank);
                for (std::int64_t update = 0; update < 4; ++update) {
                    it.draw_gradients(update);
                    it.bank->gradients().mul_(size);
                    step(by_tensors, *optimizer, made_with(0.001));
                }
                EXPECT_TRUE(torch::isfinite(it.bank->weights()).all().item<bool>()) << one.dump() << by_tensors << size;
                for (const torch::Tensor& flat : copy_of_state(*optimizer))
                    EXPECT_TRUE(torch::isfinite(flat).all().item<bool>()) << one.dump() << by_tensors << size;
            }
}

TEST_P(EveryOptimizer, ItGoesDownhill) {
    for (const bool by_tensors : {false, true}) {
        BankOfThree it;
        const auto optimizer = kind().build(Json::object(), *it.bank);
        auto height = [&] { return it.bank->weights().square().sum().item<double>(); };
        const double before = height();
        for (int update = 0; update < 20; ++update) {
            it.bank->gradients().copy_(it.bank->weights());
            step(by_tensors, *optimizer, made_with(0.01));
        }
        EXPECT_LT(height(), before) << by_tensors;
    }
}

TEST_P(EveryOptimizer, WhatIsFrozenHasNoGradientAndNoState) {
    BankOfThree it;
    auto only = [&](const std::string& names) {
        it.bank->set_paces([&](const ParameterBank::Entry& entry) {
            return ParameterBank::Pace{names.find(entry.name[0]) != std::string::npos ? 1.0 : 0.0, 0};
        });
    };
    only("b");
    const auto optimizer = kind().build(Json::object(), *it.bank);
    EXPECT_LT(it.bank->trained(), it.bank->size() / 2);
    for (const auto& [name, flat] : optimizer->state()) EXPECT_EQ(flat.numel(), it.bank->trained()) << name;
    const torch::Tensor &frozen = it.parameters[0].tensor, &trained = it.parameters[2].tensor;
    EXPECT_FALSE(frozen.requires_grad());
    EXPECT_FALSE(frozen.grad().defined());
    const torch::Tensor before = frozen.detach().clone();
    (frozen.sum() + trained.square().sum()).backward();
    EXPECT_TRUE(torch::allclose(trained.grad(), 2 * trained.detach()));
    optimizer->step(made_with(0.1));
    EXPECT_TRUE(torch::equal(frozen.detach(), before));
    // What joins begins at zero; what was trained keeps its state.
    auto states_of = [&](std::size_t entry) {
        std::vector<torch::Tensor> out;
        for (const auto& [name, flat] : optimizer->state())
            out.push_back(it.bank->trained_view(flat, it.bank->entries()[entry]).clone());
        return out;
    };
    const std::vector<torch::Tensor> kept = states_of(1);
    only("abc");
    const std::vector<torch::Tensor> now = states_of(1), joined = states_of(0);
    for (std::size_t i = 0; i < kept.size(); ++i) {
        EXPECT_GT(kept[i].abs().sum().item<float>(), 0);
        EXPECT_TRUE(torch::equal(now[i], kept[i]));
        EXPECT_EQ(joined[i].abs().sum().item<float>(), 0.0F);
    }
    EXPECT_TRUE(it.parameters[0].tensor.grad().defined());
}

INSTANTIATE_TEST_SUITE_P(All, EveryOptimizer, testing::ValuesIn(test::ids_of(test::every_optimizer())), test::id_name);

}  // namespace
}  // namespace gw
