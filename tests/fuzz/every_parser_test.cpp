#include <gtest/gtest.h>

#include <cstdlib>

#include "fuzz/mutate.h"

namespace gw {

namespace {

/// Every target over its seeds and some changes of them, the same every time. GROUNDWORK_FUZZ_RUNS asks for more; the
/// preset `fuzz` lets libFuzzer look for them.
class EveryParser : public testing::TestWithParam<fuzz::NamedTarget> {};

std::vector<fuzz::NamedTarget> sorted_targets() {
    auto all = fuzz::targets();
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    return all;
}

TEST_P(EveryParser, ComesToAnEndWhateverItIsGiven) {
    const std::vector<std::string> seeds = fuzz::seeds_of(GetParam().name);
    ASSERT_FALSE(seeds.empty());
    const char* asked = std::getenv("GROUNDWORK_FUZZ_RUNS");
    const std::uint64_t runs = asked ? std::strtoull(asked, nullptr, 10) : 400;
    auto run = [](const std::string& input, std::uint64_t number) {
        SCOPED_TRACE("input " + std::to_string(number));
        EXPECT_NO_THROW(GetParam().run(input));
    };
    run("", 0);
    for (const std::string& seed : seeds) run(seed, 0);
    for (std::uint64_t number = 1; number <= runs && !HasFailure(); ++number) {
        Rng rng(mix64(number, hash64(GetParam().name)));
        run(fuzz::mutated(seeds[number % seeds.size()], seeds, rng), number);
    }
}

// The list is made by objects of the targets' files, which may come to life after this one: made when it is asked for.
INSTANTIATE_TEST_SUITE_P(Fuzz, EveryParser, testing::ValuesIn(sorted_targets()),
                         [](const auto& target) { return target.param.name; });

}  // namespace

}  // namespace gw
