#include "train/guard/divergence_guard.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <random>

namespace gw {
namespace {

using Draw = std::function<double(std::mt19937_64&, std::int64_t step)>;

double normal(std::mt19937_64& random) {
    return std::normal_distribution<double>()(random);
}

/// Mean of `rows` squared errors against a model that knows nothing better than the mean.
Draw squared(int rows, double heavy = 0) {
    return [=](std::mt19937_64& random, std::int64_t) {
        double sum = 0;
        for (int i = 0; i < rows; ++i) {
            // With `heavy` the targets are prices: exp of a normal one.
            const double target =
                heavy > 0 ? std::exp(heavy * normal(random)) - std::exp(heavy * heavy / 2) : normal(random);
            sum += target * target / rows;
        }
        return sum;
    };
}

/// A classifier that learns how sure it may be of labels that are wrong in a share of `noise`.
Draw labels(int rows, double noise) {
    return [=](std::mt19937_64& random, std::int64_t step) {
        const double sure = std::min(1 - noise, 0.5 + 0.0015 * static_cast<double>(step));
        double sum = 0;
        for (int i = 0; i < rows; ++i) {
            const double p = std::clamp(sure + 0.05 * normal(random), 0.02, 0.98);
            sum -= std::log(std::uniform_real_distribution<double>()(random) < noise ? 1 - p : p) / rows;
        }
        return sum;
    };
}

/// A language model on its way from ln 258 to about 2.
Draw language(int rows) {
    return [=](std::mt19937_64& random, std::int64_t step) {
        const double level = 2 + 3.55 * std::exp(-static_cast<double>(step) / 150);
        return level * std::exp(0.15 * normal(random) / std::sqrt(static_cast<double>(rows)));
    };
}

/// Findings in one run of `steps`; with `cut` the guard goes through its state at that step.
int findings(const Draw& draw, std::uint64_t seed, std::int64_t steps, std::int64_t cut = 0) {
    std::mt19937_64 random(seed);
    DivergenceGuard guard;
    int found = 0;
    for (std::int64_t step = 1; step <= steps; ++step) {
        found += guard.note(step, draw(random, step)) ? 1 : 0;
        if (step != cut) continue;
        DivergenceGuard again;
        again.restore(Json::parse(guard.state().dump()));
        guard = again;
    }
    return found;
}

TEST(DivergenceGuard, NoStationaryLossIsTakenForDivergence) {
    int runs = 0;
    for (const int rows : {1, 2, 4, 8, 16})
        for (const auto& [name, draw] : {std::pair<const char*, Draw>{"normal targets", squared(rows)},
                                         {"prices", squared(rows, 1.0)},
                                         {"label noise", labels(rows, 0.12)},
                                         {"much label noise", labels(rows, 0.35)},
                                         {"language", language(rows)}})
            for (std::uint64_t seed = 0; seed < 40; ++seed, ++runs)
                EXPECT_EQ(findings(draw, seed, 1000, seed % 2 ? 500 : 0), 0)
                    << name << ", rows " << rows << ", seed " << seed;
    EXPECT_EQ(runs, 1000);
}

TEST(DivergenceGuard, ALossThatRunsAwayIsTold) {
    const auto run_away = [](double factor, std::int64_t from) {
        return [=](std::mt19937_64& random, std::int64_t step) {
            const double healthy = language(4)(random, step);
            return step < from ? healthy
                               : healthy * (1 + (factor - 1) * std::min(1.0, static_cast<double>(step - from) / 30)) *
                                     std::exp(0.3 * normal(random));
        };
    };
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        EXPECT_GE(findings(run_away(3, 400), seed, 600), 1) << "rises to three times its value, seed " << seed;
        EXPECT_GE(findings(run_away(20, 4), seed, 200), 1) << "from the beginning, seed " << seed;
    }
}

TEST(DivergenceGuard, AFallBackToChanceIsTold) {
    const Draw collapse = [](std::mt19937_64& random, std::int64_t step) {
        return (step < 500 ? 0.35 : 0.69) + 0.05 * normal(random);
    };
    for (std::uint64_t seed = 0; seed < 50; ++seed) EXPECT_GE(findings(collapse, seed, 700), 1) << seed;
}

TEST(DivergenceGuard, ASpikeIsNone) {
    const Draw spiky = [](std::mt19937_64& random, std::int64_t step) {
        return language(8)(random, step) * (step % 100 < 20 && step > 300 ? 4 : 1);
    };
    for (std::uint64_t seed = 0; seed < 50; ++seed) EXPECT_EQ(findings(spiky, seed, 1000), 0) << seed;
}

TEST(DivergenceGuard, ItsStateIsAllThatItGoesBy) {
    const Draw runs_away = [](std::mt19937_64& random, std::int64_t step) {
        return language(2)(random, step) * (step > 100 ? 6 : 1);
    };
    for (const std::int64_t cut : {3, 20, 39, 100, 120, 139, 300}) {
        std::mt19937_64 one(7), other(7);
        DivergenceGuard whole, parts;
        for (std::int64_t step = 1; step <= 2000; ++step) {
            if (step == cut) {
                DivergenceGuard again;
                again.restore(Json::parse(parts.state().dump()));
                parts = again;
            }
            EXPECT_EQ(whole.note(step, runs_away(one, step)).has_value(),
                      parts.note(step, runs_away(other, step)).has_value())
                << step;
        }
        EXPECT_EQ(whole.state(), parts.state());
    }
    DivergenceGuard guard;
    for (const char* nonsense : {"null", "7", "{}", R"({"recent": "x", "first": [null], "best": 3})"}) {
        guard.restore(Json::parse(nonsense));
        for (std::int64_t step = 1; step <= 100; ++step) EXPECT_FALSE(guard.note(step, 2.0));
    }
}

TEST(DivergenceGuard, WarnsSeldom) {
    const Draw runs_away = [](std::mt19937_64&, std::int64_t step) { return step > 100 ? 6.0 : 2.0; };
    EXPECT_EQ(findings(runs_away, 1, 140), 1);
    EXPECT_EQ(findings(runs_away, 1, 600), 1);
    EXPECT_EQ(findings(runs_away, 1, 4000), 4) << "at about 140, 640, 1,640 and 3,640";
    const Draw comes_back = [](std::mt19937_64&, std::int64_t step) { return step / 1000 % 2 == 1 ? 6.0 : 2.0; };
    EXPECT_EQ(findings(comes_back, 1, 4000), 4) << "twice in each of two excursions";
}

}  // namespace
}  // namespace gw
