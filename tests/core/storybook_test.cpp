#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "data/dataset.h"
#include "data/text/story_rules.h"

namespace gw {
namespace {

TEST(GrammarTest, EntropyOfASmallGrammarByHand) {
    // x is "a" (1/4) or "bb" (3/4); the text is "<x>-<x again>" and then, with probability 1/2 each time, another "!".
    const Grammar grammar(
        {{"start", {{1, "{w=x}-{$w}{more}"}}}, {"x", {{1, "a"}, {3, "bb"}}}, {"more", {{1, "!{more}"}, {1, ""}}}});
    const double word = -0.25 * std::log(0.25) - 0.75 * std::log(0.75);
    EXPECT_NEAR(grammar.entropy(), word + 2 * std::log(2.0), 1e-12);  // a fair coin is thrown twice in the mean
    EXPECT_NEAR(grammar.mean_bytes(), 2 * 1.75 + 1 + 1, 1e-12);
    EXPECT_NEAR(grammar.parse("bb-bb!").log_probability, std::log(0.75 * 0.5 * 0.5), 1e-12);
    EXPECT_EQ(grammar.parse("bb-bb!").derivations, 1);
    EXPECT_EQ(grammar.parse("bb-a!").derivations, 0);
    EXPECT_EQ(grammar.parse("bb-bb!?").derivations, 0);
}

TEST(GrammarTest, SumsOverDerivations) {
    const Grammar grammar({{"start", {{1, "{x}{x}"}}}, {"x", {{1, "a"}, {1, "aa"}}}});
    const Grammar::Parse parse = grammar.parse("aaa");
    EXPECT_EQ(parse.derivations, 2);
    EXPECT_NEAR(parse.log_probability, std::log(0.5), 1e-12);
}

TEST(GrammarTest, FaultsAreFound) {
    EXPECT_THROW(Grammar({{"start", {{1, "{nothing}"}}}}), std::invalid_argument);
    EXPECT_THROW(Grammar({{"start", {{1, "{$never}"}}}}), std::invalid_argument);
    EXPECT_THROW(Grammar({{"start", {{1, "a{start}"}}}}), std::invalid_argument);  // never ends
}

TEST(StoryGrammar, SampledCostMeetsTheExactEntropy) {
    const Grammar grammar(story_rules());
    constexpr int stories = 20000;
    double cost = 0, cost_squared = 0, bytes = 0, bytes_squared = 0;
    for (int i = 0; i < stories; ++i) {
        Rng rng(mix64(11, static_cast<std::uint64_t>(i)));
        const std::string story = grammar.write(rng);
        const Grammar::Parse parse = grammar.parse(story);
        ASSERT_EQ(parse.derivations, 1) << story;
        cost -= parse.log_probability;
        cost_squared += parse.log_probability * parse.log_probability;
        bytes += static_cast<double>(story.size());
        bytes_squared += static_cast<double>(story.size() * story.size());
    }
    auto within_four_errors = [](double sum, double squares, double exact) {
        const double mean = sum / stories, error = std::sqrt((squares / stories - mean * mean) / stories);
        EXPECT_LT(std::abs(mean - exact), 4 * error) << mean << " against " << exact;
    };
    within_four_errors(cost, cost_squared, grammar.entropy());
    within_four_errors(bytes, bytes_squared, grammar.mean_bytes());
}

std::unique_ptr<Dataset> storybook(std::int64_t stories, std::int64_t seed) {
    const DatasetKind* kind = find_kind(datasets(), "storybook");
    return kind->build(kind->complete({{"kind", "storybook"}, {"stories", stories}, {"seed", seed}}));
}

std::vector<std::string> stories_of(const Dataset& dataset) {
    std::vector<std::string> out;
    dataset
        .visit(
            [&](const Document& document) {
                out.emplace_back(document.text);
                return true;
            },
            {}, {})
        .or_throw();
    return out;
}

TEST(StorybookTest, IsSeeded) {
    const auto one = stories_of(*storybook(50, 1)), again = stories_of(*storybook(50, 1)),
               other = stories_of(*storybook(50, 2));
    EXPECT_EQ(one, again);
    EXPECT_NE(one, other);
    EXPECT_EQ(std::set(one.begin(), one.end()).size(), 50u);
    EXPECT_NE(storybook(50, 1)->fingerprint({}, {}).or_throw(), storybook(50, 2)->fingerprint({}, {}).or_throw());
}

TEST(StorybookTest, KnowsItsFloor) {
    const auto dataset = storybook(50, 1);
    const Grammar grammar(story_rules());
    EXPECT_DOUBLE_EQ(dataset->floor_nats_per_byte().value(), grammar.entropy() / grammar.mean_bytes());
    EXPECT_FALSE(dataset->log_probability("Not a story."));
    for (const std::string& story : stories_of(*dataset)) {
        EXPECT_LT(dataset->log_probability(story).value(), 0);
        EXPECT_TRUE(story.ends_with("The end.\n"));
    }
}

TEST(StorybookTest, StopsWhenTold) {
    std::stop_source stop;
    stop.request_stop();
    const Status status = storybook(50, 1)->visit([](const Document&) { return true; }, {}, stop.get_token());
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code, Error::Code::cancelled);
}

}  // namespace
}  // namespace gw
