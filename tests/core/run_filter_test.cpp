#include "compare/run_filter.h"

#include <gtest/gtest.h>

namespace gw {
namespace {

RunRecord example() {
    RunRecord run;
    run.id = "12345678-aaaa";
    run.name = "Small GPT on 物語";
    run.status = "finished";
    run.tags = {"good", "it's \"fine\"", "🚀"};
    run.notes = "warm-up was too short";
    run.created = "2026-01-31T12:34:56Z";
    run.spec = {{"backbone", {{"kind", "transformer"}, {"width", 128}}},
                {"objective", {{"kind", "next_token"}}},
                {"optimizer", {{"kind", "adamw"}, {"lr", 0.001}}},
                {"evaluation", {{"every", 200}}},
                {"saving", {{"every", 500}, {"keep_best", true}}}};
    run.facts = {{"parameters", 12000000}, {"device", "cpu"}};
    run.best_validation_loss = 3.1;
    run.seconds = 3700;
    return run;
}

bool accepts(const std::string& text) {
    std::vector<FilterProblem> problems;
    const RunFilter filter = RunFilter::parse(text, problems);
    EXPECT_TRUE(problems.empty()) << text << ": " << (problems.empty() ? "" : problems.front().reason.text());
    return filter.accepts(example());
}

TEST(RunFilter, FindsWhatIsMeant) {
    for (const char* text : {"",
                             "gpt",
                             "GPT finished",
                             "物語",
                             "val<3.2",
                             "val<=3.1",
                             "tag:good",
                             "tag:bad,good",
                             "tag:🚀",
                             "tag:\"it's\"",
                             "arch:transformer",
                             "status:finished,stopped",
                             "params>=10M",
                             "params<12.5M",
                             "time>1h",
                             "time<2h",
                             "created>=2026-01",
                             "created<=2026-01-31",
                             "lr=0.001",
                             "lr<1e-2",
                             "optimizer.lr>=1e-3",
                             "width:128",
                             "every:500",
                             "keep_best:true",
                             "-masked",
                             "-status:failed",
                             "notes:warm",
                             "name:\"small gpt\"",
                             "id:1234",
                             "status!=failed",
                             "width!=64",
                             "params!=5"})
        EXPECT_TRUE(accepts(text)) << text;
}

TEST(RunFilter, LeavesOutTheRest) {
    for (const char* text :
         {"bert", "val<3.1", "val>3.2", "tag:bad", "arch:cnn", "params>20M", "time<1h", "created<2026-01", "lr>0.001",
          "width:64", "-gpt", "keep_best:false", "ppl<100", "status!=finished", "gpt masked", "id:345", "beta:0.9"})
        EXPECT_FALSE(accepts(text)) << text;
}

TEST(RunFilter, MarksThePlaceThatCannotBeRead) {
    auto problem = [](const std::string& text) {
        std::vector<FilterProblem> problems;
        (void)RunFilter::parse(text, problems);
        EXPECT_EQ(problems.size(), 1u) << text;
        return problems.empty() ? FilterProblem{} : problems.front();
    };
    const FilterProblem number = problem("gpt val<abc tag:x");
    EXPECT_EQ(number.at, 4u);
    EXPECT_EQ(number.length, 7u);
    EXPECT_NE(number.reason.text().find("a number"), std::string::npos);
    EXPECT_EQ(problem("tag:").at, 0u);
    EXPECT_EQ(problem("a name:\"open").at, 2u);
    EXPECT_NE(problem("statsu:failed x:1").reason.text().find("no name"), std::string::npos);
}

TEST(RunFilter, TheRestOfABrokenFilterStillHolds) {
    std::vector<FilterProblem> problems;
    const RunFilter filter = RunFilter::parse("val<abc bert", problems);
    EXPECT_FALSE(filter.accepts(example()));
}

}  // namespace
}  // namespace gw
