#include "core/cli_fixture.h"

namespace gw {
namespace {

/// Verbs that read data again, or read other data: as the run read its own.
class CliReading : public CliTest {
  protected:
    std::string lines(int first, int last, const char* before = "", const char* after = "") const {
        std::string out;
        for (int i = first; i < last; ++i)
            out += before + ("soup " + std::to_string(i)) + (i % 2 ? " was warm" : " was cold") + after + "\n";
        return out;
    }
    /// Scores that must not differ.
    void expect_same(const Json& a, const Json& b) const {
        ASSERT_TRUE(a.is_object() && b.is_object());
        for (const char* key : {"loss", "bits_per_byte", "tokens", "bytes"})
            EXPECT_NEAR(a.value(key, 0.0), b.value(key, -1.0), 1e-6) << key;
    }
};

TEST_F(CliReading, OtherFilesAreReadAsTheRunsOwn) {
    fs::create_directory(folder_ / "j");
    for (const char* part : {"train", "valid"})
        file("j/" + std::string(part) + ".jsonl", lines(0, 60, "{\"id\": 7, \"body\": \"", "\"}"));
    fs::create_directory(folder_ / "l");
    file("l/train.txt", lines(0, 40));
    file("l/valid.txt", lines(40, 60));
    ASSERT_EQ(cli("run '" +
                  texts("j.json", path("j"), R"(, "format": "jsonl", "json_field": "body")", R"({"kind": "by_file"})") +
                  "' --name js")
                  .code,
              0);
    ASSERT_EQ(
        cli("run '" + texts("l.json", path("l"), R"(, "documents": "line")", R"({"kind": "by_file"})") + "' --name ln")
            .code,
        0);

    const Json own = cli("evaluate js --json").last();
    expect_same(own, cli("evaluate js --data '" + path("j/valid.jsonl") + "' --json").last());
    const Json of_lines = cli("evaluate ln --json").last();
    expect_same(of_lines, cli("evaluate ln --data '" + path("l/valid.txt") + "' --json").last());
    std::string windows = "\xef\xbb\xbf";
    for (const std::string& line : split(std::string(trim(lines(40, 60))), '\n')) windows += line + "\r\n";
    expect_same(of_lines, cli("evaluate ln --data '" + file("crlf.txt", windows) + "' --json").last());

    // A file of another form is refused, with the remedy, and the remedy works.
    const Said plain = cli("evaluate js --data '" + path("l/valid.txt") + "'");
    EXPECT_EQ(plain.code, 2);
    EXPECT_NE(plain.err.find("dataset.format=plain"), std::string::npos) << plain.err;
    const Said json = cli("evaluate ln --data '" + path("j/valid.jsonl") + "'");
    EXPECT_EQ(json.code, 2);
    EXPECT_NE(json.err.find("dataset.json_field"), std::string::npos) << json.err;
    EXPECT_EQ(cli("evaluate ln --data '" + path("j/valid.jsonl") +
                  "' --set dataset.format=jsonl --set dataset.json_field=body")
                  .code,
              0);
    EXPECT_EQ(cli("evaluate ln --set dataset.format=jsonl").code, 2) << "the run's own data is read as it was";
    EXPECT_EQ(cli("evaluate ln --part test --data '" + path("l/valid.txt") + "'").code, 2) << "other data has no parts";

    // To go on with, and to make a report of, the same.
    const Said go_on = cli("continue ln --data '" + path("j/valid.jsonl") + "' --dry-run");
    EXPECT_EQ(go_on.code, 2);
    EXPECT_NE(go_on.err.find("dataset.format=jsonl"), std::string::npos) << go_on.err;
    const Json spec = cli("continue js --data '" + path("j/valid.jsonl") + "' --dry-run --json").last();
    EXPECT_EQ(spec["dataset"]["json_field"], "body");
    EXPECT_EQ(cli("tokenizer report --tokenizer js --data '" + path("j/valid.jsonl") + "' --json").last()["documents"],
              60);
}

TEST_F(CliReading, GoingOnWithOneFileLeavesSomethingToTrainOn) {
    const std::string text = file("one.txt", lines(0, 60));
    ASSERT_EQ(cli("run '" + texts("t.json", text, "", R"({"kind": "tail", "validation": 0.2})") + "' --name lm").code,
              0);
    const Said further = cli("continue lm --data '" + file("two.txt", lines(60, 120)) +
                             "' --set training.budget=3 --set training.budget_unit=steps --json");
    ASSERT_EQ(further.code, 0) << further.err;
    EXPECT_TRUE(further.last()["validation_loss"].is_number());
    const Json spec = cli("continue lm --data '" + path("two.txt") + "' --dry-run --json").last();
    EXPECT_EQ(spec["split"]["kind"], "tail");
    EXPECT_EQ(spec["split"]["validation"], 0.2);
}

TEST_F(CliReading, EvaluatingGivesTheRunsOwnFigureAndSaysOfWhat) {
    const std::string text = file("one.txt", lines(0, 200));
    ASSERT_EQ(cli("run '" + texts("t.json", text, "", R"({"kind": "tail", "validation": 0.3})") +
                  "' --name whole --set evaluation.tokens=0")
                  .code,
              0);
    ASSERT_EQ(
        cli("run '" + path("t.json") + "' --name part --set evaluation.tokens=100 --set evaluation.whole_at_end=false")
            .code,
        0);
    const Json run = cli("show whole --json").last(), found = cli("evaluate whole --json").last();
    EXPECT_NEAR(found["loss"].get<double>(), run["validation_loss"].get<double>(), 1e-5);
    EXPECT_EQ(found["step"], 20);
    EXPECT_EQ(found["run"], run["run"]);
    EXPECT_EQ(found["part"], "validation");
    EXPECT_EQ(found["whole"], true);
    EXPECT_EQ(found["checkpoint"], run["checkpoint"]);
    EXPECT_NEAR(found["recorded"]["loss"].get<double>(), found["loss"].get<double>(), 1e-5);

    const Json partly = cli("show part --json").last(), all = cli("evaluate part --json").last();
    EXPECT_EQ(partly["validation_is_whole"], false);
    EXPECT_EQ(all["recorded"]["whole"], false);
    EXPECT_GT(std::abs(all["loss"].get<double>() - partly["validation_loss"].get<double>()), 1e-4);
    const Json as_the_run = cli("evaluate part --tokens 1e2 --json").last();
    EXPECT_EQ(as_the_run["whole"], false);
    EXPECT_NEAR(as_the_run["loss"].get<double>(), partly["validation_loss"].get<double>(), 1e-5);
    // Beside a checkpoint stands a part, beside the run the whole: it is said.
    ASSERT_EQ(cli("run '" + path("t.json") + "' --name mixed --set evaluation.tokens=100").code, 0);
    EXPECT_NE(cli("checkpoints mixed").out.find("about the first 100 of"), std::string::npos)
        << cli("checkpoints mixed").out;
    EXPECT_NE(cli("show mixed").out.find("about the first 100 of"), std::string::npos);
    EXPECT_EQ(cli("checkpoints whole").out.find("about the first"), std::string::npos);
}

TEST_F(CliReading, WhatCannotBeIsSaidAsWhatItIs) {
    const auto refused = [&](const std::string& arguments, const std::string& words) {
        const Said said = cli(arguments);
        EXPECT_NE(said.code, 0) << arguments;
        EXPECT_NE(said.err.find(words), std::string::npos) << arguments << "\n" << said.err;
    };
    const std::string run = "run '" + labelled() + "' ";
    refused(run + "--set backbone.kind=transfomer --set backbone.context=16",
            "backbone.kind: \"transfomer\" is not a kind of backbone; did you mean \"transformer\"?");
    refused(run + "--set 'dataset.paths=" + file("nothing.csv", "") + "'", "This file is empty");
    std::string rows = "text,label\n";
    for (int i = 1; i <= 40; ++i) rows += "soup " + std::to_string(i) + "," + std::to_string(i) + "e300\n";
    refused(run + "--set 'dataset.paths=" + file("huge.csv", rows) +
                "' --set dataset.labels=number --set objective.kind=regression --set split.kind=by_document "
                "--set split.validation=0.2",
            "lie too far apart");
    ASSERT_EQ(cli(run + "--name base").code, 0);
    refused("slices base --words ''", "One of the words to cut by is empty");
    refused("compare --filter tag:none-has-it", "No run fits this filter: tag:none-has-it");
}

TEST_F(CliReading, DataThatHasChangedIsNotScoredAsIfItWereTheSame) {
    std::string rows = "text,label,shop\n";
    for (int i = 0; i < 60; ++i)
        rows += "bill " + std::to_string(i) + (i % 2 ? " warm,pos," : " cold,neg,") + (i % 3 ? "south\n" : "north\n");
    const std::string data = file("shop.csv", rows);
    ASSERT_EQ(cli("run '" + labelled() + "' --set 'dataset.paths=" + data + "' --name shop").code, 0);
    const Json before = cli("evaluate shop --json").last();
    ASSERT_EQ(cli("slices shop --by shop").code, 0);
    const std::size_t first_row = rows.find('\n') + 1;
    file("shop.csv", rows.substr(0, first_row) + "one more row put at the top,pos,south\n" + rows.substr(first_row));
    for (const char* verb : {"slices shop --by shop", "slices shop --words warm", "evaluate shop",
                             "extend shop --set training.budget=12"}) {
        const Said refused = cli(verb);
        EXPECT_EQ(refused.code, 1) << verb;
        EXPECT_NE(refused.err.find("content has changed since"), std::string::npos) << verb << refused.err;
    }
    const Said told = cli("evaluate shop --changed-data --json");
    ASSERT_EQ(told.code, 0) << told.err;
    EXPECT_EQ(told.last()["data_has_changed"], true);
    EXPECT_NE(told.err.find("has changed"), std::string::npos);
    file("shop.csv", rows);
    EXPECT_EQ(cli("evaluate shop --json").last()["loss"], before["loss"]);
    EXPECT_EQ(cli("slices shop --by shop").code, 0);
}

TEST_F(CliReading, LinesOfInputAreReadAsTrainingReadsThem) {
    ASSERT_EQ(cli("run '" + labelled() + "' --name base").code, 0);
    const std::string unix_lines = lines(0, 20);
    std::string windows = "\xef\xbb\xbf";
    for (const std::string& line : split(std::string(trim(unix_lines)), '\n')) windows += line + "\r\n";
    const std::string a = cli("predict base < '" + file("lf", unix_lines) + "'").out;
    EXPECT_EQ(split(std::string(trim(a)), '\n').size(), 20u);
    EXPECT_EQ(cli("predict base < '" + file("crlf", windows) + "'").out, a);
    EXPECT_EQ(cli("predict base 'soup 0 was cold'").out, a.substr(0, a.find('\n') + 1));
    EXPECT_EQ(cli("predict base \"$(printf 'soup 0 was cold\\r')\"").out.substr(0, 8), a.substr(0, 8));
    const std::string warm = cli("tokenizer encode --tokenizer base warm").out;
    for (const char* text : {"warm", "warm\n", "warm\r\n", "\xef\xbb\xbfwarm\r"})
        EXPECT_EQ(cli("tokenizer encode --tokenizer base - < '" + file("x", text) + "'").out, warm) << text;
    EXPECT_EQ(cli("predict base < '" + file("latin", "caf\xe9\n") + "'").code, 1);
}

}  // namespace
}  // namespace gw
