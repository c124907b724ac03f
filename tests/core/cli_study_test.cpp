#include "core/cli_fixture.h"

namespace gw {
namespace {

/// Verbs that make several runs: every setting is honoured or refused.
class CliStudy : public CliTest {
  protected:
    void SetUp() override { ASSERT_EQ(cli("run '" + labelled() + "' --name base").code, 0); }
    std::string pilot(const std::string& rest) const {
        return "pilot base --data '" + path("clean.csv") + "' --seeds 1 " + rest;
    }
    /// The spec of the first run that waits, by the beginning of its name.
    Json spec_of(const std::string& name) const {
        return Json::parse(cli("show '" + name + "' --spec").out, nullptr, false);
    }
};

TEST_F(CliStudy, APilotHonoursOrRefusesWhatIsSet) {
    const Said made =
        cli(pilot("--ways head,lora --label-counts 1e1,all --name p --set start.rank=4 --set optimizer.lr=2e-3 --set "
                  "split.kind=by_document --set split.validation=0.2 --set split.seed=7 --set evaluation.every=3"));
    ASSERT_EQ(made.code, 0) << made.err;
    const Json lora = spec_of("p · lora · 10 · seed 1"), head = spec_of("p · head · 10 · seed 1");
    ASSERT_TRUE(lora.is_object() && head.is_object());
    EXPECT_EQ(lora["dataset"]["examples"], 10);
    EXPECT_EQ(lora["start"]["rank"], 4);
    EXPECT_EQ(head["start"]["train"], "head");
    for (const Json& spec : {lora, head}) {
        EXPECT_EQ(spec["optimizer"]["lr"], 0.002);
        EXPECT_EQ(spec["split"]["kind"], "by_document");
        EXPECT_EQ(spec["split"]["validation"], 0.2);
        EXPECT_EQ(spec["split"]["seed"], 7);
        EXPECT_GE(spec["split"]["test"].get<double>(), 0.1) << "what a pilot is judged on";
        EXPECT_EQ(spec["evaluation"]["every"], 3);
    }
    for (const std::string wrong :
         {"--label-counts x", "--label-counts 1.5", "--label-counts -3", "--label-counts 2k", "--train head",
          "--ways head --set start.rank=4", "--set start.train=all", "--set training.seed=3",
          "--set dataset.examples=5", "--set split.kind=k_fold", "--set split.test=0", "--set split.kind=by_file",
          "--folds 3 --set split.kind=by_document", "--folds 3 --set split.validation=0.3", "--set nothing.at=all",
          "--set optimizer.rate=3", "--objective next_token"}) {
        const Said refused = cli(pilot("--name other " + wrong));
        EXPECT_EQ(refused.code, 2) << wrong << refused.out;
        EXPECT_FALSE(refused.err.empty()) << wrong;
    }
    EXPECT_NE(cli(pilot("--label-counts x")).err.find("--label-counts"), std::string::npos);
    EXPECT_NE(cli(pilot("--label-counts 2k")).err.find("2,000 labels"), std::string::npos)
        << "read, and more than there are";
    EXPECT_EQ(cli("pilots").out.find("other"), std::string::npos);
    EXPECT_EQ(cli("queue").out.find("other"), std::string::npos);
}

TEST_F(CliStudy, APilotWithASplitOfItsOwnIsJudged) {
    ASSERT_EQ(cli(pilot("--ways head --label-counts all --name own --set split.kind=by_document --set "
                        "split.validation=0.2 --set training.budget=2 --set training.budget_unit=steps"))
                  .code,
              0);
    ASSERT_EQ(cli("queue run").code, 0);
    const Said told = cli("pilots own");
    EXPECT_NE(told.out.find("0."), std::string::npos) << told.out;
    EXPECT_EQ(told.out.find(" -  "), std::string::npos) << told.out;
    const std::string page = path("p.html");
    EXPECT_EQ(cli("pilots own --report '" + page + "'").code, 0);
    EXPECT_EQ(cli("pilots own --report '" + page + "'").code, 2);
    EXPECT_EQ(cli("pilots own --report '" + page + "' --replace").code, 0);
}

TEST_F(CliStudy, FoldsTakeTheirSeed) {
    const std::string cross = "cross-validate base --data '" + path("clean.csv") +
                              "' --folds 2 --set training.budget=1 --set training.budget_unit=steps ";
    const Said crossed = cli(cross + "--set split.seed=7 --name cv --json");
    ASSERT_EQ(crossed.code, 0) << crossed.err;
    EXPECT_EQ(crossed.last()["metric"], "validation/accuracy");
    EXPECT_EQ(crossed.last()["folds"].size(), 2u);
    const Json spec = spec_of("cv · fold 1 of 2");
    EXPECT_EQ(spec["split"]["kind"], "k_fold");
    EXPECT_EQ(spec["split"]["seed"], 7);
    EXPECT_EQ(spec["split"]["stratified"], true);
    for (const char* wrong : {"--set split.kind=by_document", "--set split.validation=0.2", "--set split.fold=2",
                              "--folds 1", "--folds two"})
        EXPECT_EQ(cli(cross + wrong).code, 2) << wrong;
    ASSERT_EQ(cli(cross + "--set split.stratified=false --name plain").code, 0);
    EXPECT_EQ(spec_of("plain · fold 1 of 2")["split"]["stratified"], false);
}

TEST_F(CliStudy, AValueWithACommaIsOneValueUnlessItWasWrittenAsAList) {
    const std::string comma = file("a,b.csv", content("clean.csv"));
    ASSERT_EQ(cli("queue add '" + labelled() + "' --set 'dataset.paths=" + comma +
                  "' --set 'dataset.set_separator=,' --name comma")
                  .code,
              0);
    EXPECT_EQ(spec_of("comma")["dataset"]["paths"], Json::array({comma}));
    EXPECT_EQ(spec_of("comma")["dataset"]["set_separator"], ",");
    ASSERT_EQ(cli("queue add '" + labelled() +
                  "' --set optimizer.lr=1e-4,3e-4 --set training.seed=[1,2] --set optimizer.kind=adamw,sgd --name grid")
                  .code,
              0);
    const std::string queue = cli("queue").out;
    for (const char* name : {"grid kind adamw lr 0.0001 seed 1", "grid kind sgd lr 0.0003 seed 2"})
        EXPECT_NE(queue.find(name), std::string::npos) << queue;
    EXPECT_EQ(spec_of("grid kind sgd lr 0.0003 seed 2")["optimizer"]["lr"], 0.0003)
        << "a kind resets its section before its settings are set";
    ASSERT_EQ(cli("queue add '" + labelled() + R"(' --set 'dataset.paths=[[")" + path("clean.csv") + R"("],[")" +
                  comma + R"("]]' --set 'dataset.text=["text","1"]' --name l)")
                  .code,
              0);
    EXPECT_NE(cli("queue").out.find("l paths"), std::string::npos);
    const Said ambiguous = cli("queue add '" + labelled() + "' --set dataset.paths=one.csv,two.csv --name no");
    EXPECT_EQ(ambiguous.code, 2);
    EXPECT_NE(ambiguous.err.find("[\"a\",\"b\"]"), std::string::npos) << ambiguous.err;
    for (const char* wrong : {"training.budget=1,000", "optimizer.lr=1e-4,,3e-4", "optimizer.lr=1e-4,fast",
                              "training.budget=2k3", "training.budget=1e3x"})
        EXPECT_EQ(cli("queue add '" + labelled() + "' --name no --set " + wrong).code, 2) << wrong;
    EXPECT_EQ(cli("queue").out.find(" no "), std::string::npos);
    EXPECT_NE(cli("queue add --help").out.find("dataset.paths=[["), std::string::npos);
}

TEST_F(CliStudy, NumbersAreReadAsPeopleWriteThem) {
    for (const auto& [text, steps] : {std::pair{"1e1", 10}, {"0.01k", 10}, {"1_0", 10}}) {
        ASSERT_EQ(cli("queue add '" + labelled() + "' --name n --set training.budget=" + text).code, 0) << text;
        EXPECT_EQ(spec_of("n")["training"]["budget"], steps) << text;
        ASSERT_EQ(cli("queue remove n").code, 0);
    }
    ASSERT_EQ(cli("run '" + labelled() + "' --name stopped --stop-at 0.002k").code, 0);
    EXPECT_EQ(cli("show stopped --json").last()["steps"], 2);
    for (const char* wrong :
         {"run x.json --stop-at 2x", "sample base --prompt x --tokens 1e", "sample base --prompt x --tokens 1.5",
          "sample base --prompt x --temperature 1,5", "evaluate base --tokens ten", "probe base --examples 0x10"})
        EXPECT_EQ(cli(wrong).code, 2) << wrong;
    EXPECT_NE(cli("evaluate base --tokens ten").err.find("--tokens"), std::string::npos);
}

TEST_F(CliStudy, ASequenceTakesWhatItUnderstandsAndKeepsItsResults) {
    std::string rows = "text,label\n";
    for (int i = 0; i < 80; ++i)
        rows += std::string(i % 4 == 0   ? "red apple"
                            : i % 4 == 1 ? "blue sky"
                            : i % 4 == 2 ? "green leaf"
                                         : "grey stone") +
                " " + std::to_string(i) + "," + static_cast<char>('a' + i % 4) + "\n";
    const std::string sequence = "sequence base --data '" + file("four.csv", rows) +
                                 "' --classes-per-task 2 --with judged=20 --with micro_batch=1e1 ";
    for (const char* wrong :
         {"--set optimizer.lr=1", "--set training.budget=3", "--set start.rank=4", "--train head",
          "--objective multi_label", "--set dataset.examples=5", "--with epochs=x", "--with epoch=2", "--seeds 1x"})
        EXPECT_EQ(cli(sequence + "--strategy sequential --seeds 1 " + wrong).code, 2) << wrong;
    const Said first = cli(sequence + "--strategy sequential --seeds 1 --with epochs=1 --name four --json");
    ASSERT_EQ(first.code, 0) << first.err;
    EXPECT_EQ(first.last()["settings"]["micro_batch"], 10);
    // The same question goes on from what is there; another one under that name is refused before anything is lost.
    const Said more = cli(sequence + "--strategy lp_ft --seeds 1 --with epochs=1 --name four --json");
    ASSERT_EQ(more.code, 0) << more.err;
    EXPECT_EQ(more.last()["results"].size(), 2u);
    EXPECT_EQ(more.last()["results"][0], first.last()["results"][0]);
    const Said other = cli(sequence + "--strategy sequential --seeds 1 --with epochs=2 --name four");
    EXPECT_EQ(other.code, 2);
    EXPECT_EQ(cli("sequences four --json").last()["results"].size(), 2u);
    EXPECT_EQ(cli("sequences --json").last()["sequences"].size(), 1u);
}

}  // namespace
}  // namespace gw
