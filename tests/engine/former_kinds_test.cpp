#include <gtest/gtest.h>

#include "adapt/checkpoint_model.h"
#include "compare/run_filter.h"
#include "compare/spec_table.h"
#include "engine/every_objective.h"
#include "engine/stretch.h"
#include "util/text.h"
#include "workspace/models/finetune.h"

// Kinds that were called otherwise before: specs, checkpoints, runs of the history and what people type mean the same.
namespace gw {
namespace {

struct Former {
    std::string family, alias, id;
};
std::vector<Former> all_former() {
    std::vector<Former> out;
    for (const Family& family : families())
        for (const Sheet* sheet : family.kinds)
            for (const std::string& alias : sheet->card.aliases) out.push_back({family.id, alias, sheet->card.id});
    return out;
}

bool accepts(const std::string& filter, const RunRecord& run) {
    std::vector<FilterProblem> problems;
    const RunFilter parsed = RunFilter::parse(filter, problems);
    EXPECT_TRUE(problems.empty()) << filter;
    return parsed.accepts(run);
}

TEST(FormerKinds, AreReadAsTheKindsOfToday) {
    const auto former = all_former();
    ASSERT_GE(former.size(), 3U);
    std::set<std::pair<std::string, std::string>> names;
    for (const Family& family : families())
        for (const Sheet* sheet : family.kinds) EXPECT_TRUE(names.insert({family.id, sheet->card.id}).second);
    for (const auto& [family, alias, id] : former) {
        EXPECT_TRUE(names.insert({family, alias}).second) << alias << " is the name of two kinds";
        const Json section = find_sheet(family, id)->complete(Json::object());
        Json was = section;
        was["kind"] = alias;
        Json today = default_spec(), before = today;
        today[family] = section;
        before[family] = was;
        EXPECT_EQ(complete_spec(before), complete_spec(today)) << alias;
        EXPECT_EQ(check_spec(before).size(), check_spec(today).size()) << alias;
        EXPECT_TRUE(diff_specs(before, today).empty()) << alias;
        EXPECT_EQ(overlay_spec(default_spec(), {{family, {{"kind", alias}}}}).at(family), section) << alias;
        EXPECT_EQ(set_in_spec(default_spec(), family + ".kind", alias).or_throw().at(family), section) << alias;
    }
}

TEST(FormerKinds, NamingTheKindThatIsThereKeepsItsSettings) {
    Json spec = default_spec();
    spec["objective"] = {{"kind", "classification"}, {"smoothing", 0.25}};
    spec = set_in_spec(spec, "objective.kind", "sequence_classification").or_throw();
    EXPECT_EQ(spec.at("objective").value("smoothing", 0.0), 0.25);
    spec = overlay_spec(spec, {{"objective", {{"kind", "sequence_classification"}}}});
    EXPECT_EQ(spec.at("objective").value("smoothing", 0.0), 0.25);
}

/// A labelled run in a workspace, as a program wrote it that called kinds by their former names.
class FormerRun : public testing::Test {
  protected:
    FormerRun() {
        std::ofstream out(folder_ / "labels.csv");
        out << "text,label\n";
        for (int i = 0; i < 60; ++i)
            out << (i % 2 ? "the oil number " : "a ball number ") << i << "," << (i % 2 ? "trade" : "sport") << "\n";
        out.close();
        today_ = test::tiny_spec(
            {{"dataset",
              {{"kind", "labelled_text"}, {"paths", {(folder_ / "labels.csv").string()}}, {"label", "label"}}},
             {"objective", {{"kind", "classification"}}},
             {"training", {{"budget", 6}}},
             {"saving", {{"every", 3}}}});
        then_ = today_;
        then_["objective"]["kind"] = "sequence_classification";
    }
    Scratch folder_;
    Json today_, then_;
};

TEST_F(FormerRun, GoesOnFromItsCheckpointToTheBit) {
    test::Stretches whole, parts;
    ASSERT_EQ(whole.go(today_).end, Outcome::End::finished) << whole.why();
    ASSERT_EQ(parts.go(then_, {}, /*stop_at=*/3).end, Outcome::End::stopped) << parts.why();
    // The checkpoint says the former name; the run is taken up by the name of today.
    EXPECT_NE(read_file(parts.current() / "spec.json").or_throw().find("sequence_classification"), std::string::npos);
    ASSERT_EQ(parts.go(today_, parts.current()).end, Outcome::End::finished) << parts.why();
    EXPECT_EQ(whole.figures(), parts.figures());
}

TEST_F(FormerRun, IsBegunFromWithItsHead) {
    test::Stretches parent;
    ASSERT_EQ(parent.go(then_).end, Outcome::End::finished) << parent.why();
    const Workspace workspace = Workspace::open(folder_ / "workspace").or_throw();
    const ParentCard card = parent_card(workspace, parent.current()).or_throw();
    EXPECT_EQ(card.spec.at("objective").at("kind"), "classification");
    const Json spec = finetune_spec(card, {{"dataset", today_.at("dataset")},
                                           {"objective", today_.at("objective")},
                                           {"start", {{"kind", "checkpoint"}, {"keep_head", true}}},
                                           {"training", {{"budget", 2}, {"budget_unit", "steps"}}}})
                          .or_throw();
    test::Stretches child;
    EXPECT_EQ(child.go(spec).end, Outcome::End::finished) << child.why();
}

TEST_F(FormerRun, StandsInTheHistoryBesideThoseOfToday) {
    const Workspace workspace = Workspace::open(folder_ / "workspace").or_throw();
    Store store = workspace.store().or_throw();
    for (const auto& [id, spec] :
         {std::pair{"11111111-1111-4111-8111-111111111111", then_}, {"22222222-2222-4222-8222-222222222222", today_}}) {
        RunRecord run;
        run.id = run.name = id;
        run.spec = spec;
        run.path = workspace.run_folder(id).string();
        run.created = now_utc();
        ASSERT_TRUE(store.add_run(run));
    }
    const auto runs = store.runs().or_throw();
    ASSERT_EQ(runs.size(), 2U);
    for (const SpecRow& row : spec_table(runs)) EXPECT_FALSE(row.differs) << row.path;
    EXPECT_EQ(seed_group_key(runs[0]), seed_group_key(runs[1]));
    for (const RunRecord& run : runs) {
        for (const char* filter :
             {"objective:sequence_classification", "objective:classification", "objective=Sequence_Classification",
              "objective.kind=sequence_classification", "sequence_classification", "-objective:token_classification"})
            EXPECT_TRUE(accepts(filter, run)) << filter;
        EXPECT_FALSE(accepts("objective!=sequence_classification", run));
        EXPECT_FALSE(accepts("objective:word_classes", run));
    }
}

}  // namespace
}  // namespace gw
