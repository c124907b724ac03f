#include <algorithm>

#include "core/cli_fixture.h"

namespace gw {
namespace {

class CliBaselines : public CliTest {};

TEST_F(CliBaselines, TellWhatALineReachesBesideTheRun) {
    ASSERT_EQ(cli("run '" + labelled() + "' --name one").code, 0);
    const Said said = cli("baselines one --json");
    ASSERT_EQ(said.code, 0) << said.err;
    const Json report = said.last();
    EXPECT_EQ(report["part"], "validation");
    EXPECT_EQ(report["learnt"], 48);
    EXPECT_EQ(report["learnt_of"], 48);
    EXPECT_EQ(report["judged"], 12);
    std::map<std::string, double> accuracy;
    for (const Json& method : report["methods"]) accuracy[method["method"]] = method["accuracy"];
    // A word in every text says its class, so that each method but the blind one reads it off.
    EXPECT_EQ(accuracy, (std::map<std::string, double>{{"majority", 0.5},
                                                       {"naive_bayes", 1.0},
                                                       {"logistic", 1.0},
                                                       {"linear_svm", 1.0},
                                                       {"decision_tree", 1.0},
                                                       {"random_forest", 1.0}}));
    const Json run = cli("evaluate one --json").last();
    EXPECT_NEAR(report["network"]["accuracy"].get<double>(), run["accuracy"].get<double>(), 1e-9) << run.dump();

    const Said fewer = cli("baselines one --rows 20 --part validation");
    ASSERT_EQ(fewer.code, 0) << fewer.err;
    EXPECT_NE(fewer.out.find("Naive Bayes"), std::string::npos) << fewer.out;
    EXPECT_NE(fewer.out.find("this run"), std::string::npos) << fewer.out;
    EXPECT_NE(fewer.out.find("Learnt from 20 of 48 training rows"), std::string::npos) << fewer.out;
}

TEST_F(CliBaselines, SayWhatTheyNeed) {
    ASSERT_EQ(cli("run '" + labelled() + "' --name one").code, 0);
    const Said empty = cli("baselines one --part test");
    EXPECT_NE(empty.code, 0);
    EXPECT_NE(empty.err.find("test part of the data is empty"), std::string::npos) << empty.err;
    std::ofstream(path("clean.csv"), std::ios::app) << "one more,pos\n";
    const Said changed = cli("baselines one");
    EXPECT_NE(changed.code, 0);
    EXPECT_NE(changed.err.find("changed"), std::string::npos) << changed.err;

    ASSERT_EQ(cli("run '" +
                  texts("lm.json", file("a.txt", std::string(3000, 'a') + "b"), "",
                        R"({"kind": "tail", "validation": 0.2})") +
                  "' --name two")
                  .code,
              0);
    const Said words = cli("baselines two");
    EXPECT_NE(words.code, 0);
    EXPECT_NE(words.err.find("one class or one number an example"), std::string::npos) << words.err;
}

TEST_F(CliBaselines, LookAtPicturesToo) {
    const std::string spec = file("shapes.json", R"({"dataset": {"kind": "shapes", "pictures": 200, "size": 16},
        "split": {"kind": "stratified", "validation": 0.2}, "tokenizer": {"kind": "none"},
        "backbone": {"kind": "mlp", "layers": 1, "width": 8}, "objective": {"kind": "classification"},
        "training": {"budget": 3, "budget_unit": "steps", "micro_batch": 8, "precision": "fp32", "device": "cpu",
        "threads": 1}, "evaluation": {"every": 0}, "saving": {"every": 0}, "sampling": {"every": 0},
        "monitoring": {"layers_every": 0, "energy": false}})");
    ASSERT_EQ(cli("run '" + spec + "' --name drawn").code, 0);
    const Json report = cli("baselines drawn --json").last();
    std::vector<std::string> methods;
    for (const Json& method : report["methods"]) methods.push_back(method["method"]);
    EXPECT_EQ(methods, (std::vector<std::string>{"majority", "nearest", "logistic", "linear_svm", "decision_tree",
                                                 "random_forest"}));
}

}  // namespace
}  // namespace gw
