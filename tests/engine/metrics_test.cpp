#include <set>

#include "engine/every_objective.h"
#include "schema/metric.h"

namespace gw {
namespace {

class ObjectiveMetrics : public testing::TestWithParam<std::string> {};

TEST_P(ObjectiveMetrics, ReportsWhatItDeclaresAndNothingElse) {
    const Scratch scratch;
    const ObjectiveKind& kind = *find_kind(objectives(), GetParam());
    const Json spec = test::tiny_spec_of(
        kind, scratch.path(),
        {{"training", {{"budget", 4}}}, {"evaluation", {{"every", 2}}}, {"monitoring", {{"layers_every", 2}}}});
    test::RecordingPort port;
    const Outcome outcome = train({spec, scratch / "run", scratch / "cache", {}}, port);
    ASSERT_FALSE(outcome.error) << to_text(*outcome.error);
    std::set<std::string> recorded;
    for (const MetricRow& row : port.all<MetricRow>())
        for (const Point& point : row.points) recorded.insert(std::string(point.metric));
    std::set<std::string> of_validation;
    for (const std::string& name : recorded) {
        EXPECT_NE(find_metric(name), nullptr) << name << " is reported and stands in no table";
        if (name.starts_with("validation/")) of_validation.insert(name.substr(std::string_view("validation/").size()));
    }
    for (const std::string& name : of_validation)
        EXPECT_NE(std::find(kind.metrics.begin(), kind.metrics.end(), name), kind.metrics.end())
            << name << " is not declared by the kind";
    EXPECT_TRUE(of_validation.contains(kind.main_metric)) << kind.main_metric << " is what runs are judged by";
    EXPECT_NE(better_of(kind.main_metric), Better::neither);
    const auto facts = port.all<RunFacts>();
    ASSERT_EQ(facts.size(), 1U);
    EXPECT_EQ(facts.front().main_metric, kind.main_metric);
}

std::vector<std::string> ids() {
    std::vector<std::string> out;
    for (const ObjectiveKind& kind : objectives()) out.push_back(kind.card.id);
    return out;
}

INSTANTIATE_TEST_SUITE_P(All, ObjectiveMetrics, testing::ValuesIn(ids()), [](const auto& info) { return info.param; });

}  // namespace
}  // namespace gw
