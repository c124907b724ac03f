#include "core/cli_fixture.h"

namespace gw {
namespace {

TEST_F(CliTest, ARunFromSpecToSample) {
    const Said run = cli("run '" + tiny() + "' --name tiny --json");
    ASSERT_EQ(run.code, 0) << run.err;
    const Json result = run.last();
    ASSERT_TRUE(result.is_object()) << run.out;
    for (const char* key : {"run", "status", "steps", "tokens", "seconds", "tokens_per_second", "train_loss",
                            "validation_loss", "perplexity", "bits_per_byte", "checkpoint", "path"})
        EXPECT_TRUE(result.contains(key)) << key;
    EXPECT_EQ(result["status"], "finished");
    EXPECT_EQ(result["steps"], 20);
    EXPECT_EQ(result["tokens"], 20 * 4 * 16);
    EXPECT_TRUE(fs::is_directory(result["checkpoint"].get<std::string>()));

    const Said csv = cli("metrics tiny --csv");
    EXPECT_TRUE(csv.out.starts_with("segment,step,metric,value,seconds\n")) << csv.out.substr(0, 80);
    const Said one = cli("metrics tiny --metric train/loss --csv");
    EXPECT_EQ(split(std::string(trim(one.out)), '\n').size(), 21u);
    EXPECT_EQ(cli("metrics tiny --metric train/los --csv").code, 2);

    EXPECT_NE(cli("runs").out.find("tiny"), std::string::npos);
    EXPECT_TRUE(cli("runs --json").last().is_object());
    EXPECT_TRUE(cli("show tiny --json").last().is_object());
    EXPECT_NE(cli("checkpoints tiny").out.find("step-"), std::string::npos);
    const Said sample = cli("sample tiny --prompt 'Once upon'");
    EXPECT_EQ(sample.code, 0) << sample.err;
    EXPECT_NE(sample.out.find("Once upon"), std::string::npos);
    const Said evaluate = cli("evaluate tiny");
    EXPECT_EQ(evaluate.code, 0) << evaluate.err;
    EXPECT_NE(evaluate.out.find("bits"), std::string::npos) << evaluate.out;
}

TEST_F(CliTest, StopsResumesAndExtends) {
    ASSERT_EQ(cli("run '" + tiny() + "' --name whole --json").code, 0);
    const Said stopped = cli("run '" + tiny() + "' --name parts --stop-at 7 --json");
    ASSERT_EQ(stopped.code, 0) << stopped.err;
    EXPECT_EQ(stopped.last()["status"], "stopped");
    EXPECT_EQ(stopped.last()["steps"], 7);
    const Said behind = cli("resume parts --stop-at 7");
    EXPECT_EQ(behind.code, 2) << "it stands there already, and one step more would be beyond";
    EXPECT_NE(behind.err.find("step 7"), std::string::npos) << behind.err;
    const Said resumed = cli("resume parts --json");
    ASSERT_EQ(resumed.code, 0) << resumed.err;
    EXPECT_EQ(resumed.last()["steps"], 20);
    EXPECT_EQ(resumed.last()["train_loss"], cli("show whole --json").last()["train_loss"])
        << "a resume goes on to the bit";
    EXPECT_EQ(cli("resume parts").code, 2) << "a finished run has nothing to resume";
    const Said extended = cli("extend parts --set training.budget=30 --json");
    ASSERT_EQ(extended.code, 0) << extended.err;
    EXPECT_EQ(extended.last()["steps"], 30);
}

TEST_F(CliTest, BadUsageAndBadSpecsAreTwo) {
    for (const char* arguments :
         {"", "rum", "run", "run --recipe nothing", "run /no/such.json", "show nobody",
          "run --recipe quick-start --set backbone.widht=3", "run --recipe quick-start --set backbone.heads=5",
          "run --recipe shakespeare-cpu", "describe backbon"}) {
        const Said said = cli(arguments);
        EXPECT_EQ(said.code, 2) << arguments << "\n" << said.err;
        EXPECT_FALSE(said.err.empty()) << arguments;
        EXPECT_TRUE(said.out.empty()) << arguments;
    }
    EXPECT_NE(cli("run --recipe quick-start --set backbone.widht=3").err.find("width"), std::string::npos);
    const Said broken = cli("run '" + file("broken.json", "{\"training\": {\n  \"budget\": 3,,\n}}") + "'");
    EXPECT_EQ(broken.code, 2);
    EXPECT_NE(broken.err.find("line 2"), std::string::npos) << broken.err;
    const Said unknown = cli("run '" + file("unknown.json", "{\"optimiser\": {\"kind\": \"adamw\"}}") + "'");
    EXPECT_EQ(unknown.code, 2);
    EXPECT_NE(unknown.err.find("optimizer"), std::string::npos) << unknown.err;
}

TEST_F(CliTest, DataIsThatOfTheKindThatIsSetAfterIt) {
    const std::string texts = file("texts.csv", "text,label\nsoup is warm,a\nsoup is cold,b\n"),
                      add = "queue add " + tiny();
    const auto dataset = [&](const std::string& name) {
        return Json::parse(cli("show '" + name + "' --spec").out, nullptr, false).value("dataset", Json::object());
    };
    ASSERT_EQ(cli(add + " --data '" + texts + "' --set dataset.kind=labelled_text --name one").code, 0);
    EXPECT_EQ(dataset("one").value("kind", ""), "labelled_text");
    EXPECT_EQ(dataset("one")["paths"], Json::array({texts}));
    // A setting of the same section is laid over it, wherever it stands.
    ASSERT_EQ(cli(add + " --set dataset.format=plain --data '" + texts + "' --set dataset=text_files --name two").code,
              0);
    EXPECT_EQ(dataset("two")["paths"], Json::array({texts}));
    EXPECT_EQ(dataset("two")["format"], "plain");
    // Each of several kinds has it.
    ASSERT_EQ(cli(add + " --data '" + texts + "' --set dataset.kind=text_files,labelled_text --name many").code, 0);
    for (const char* kind : {"text_files", "labelled_text"}) {
        const Json its = dataset("many kind " + std::string(kind));
        EXPECT_EQ(its.value("kind", ""), kind);
        EXPECT_EQ(its.value("paths", Json()), Json::array({texts})) << kind;
    }
    // A kind that reads no files gives way to one that does, unless it was asked for.
    ASSERT_EQ(cli(add + " --data '" + texts + "' --name plain").code, 0);
    EXPECT_EQ(dataset("plain").value("kind", ""), "text_files");
    const Said refused = cli(add + " --data '" + texts + "' --set dataset.kind=storybook");
    EXPECT_EQ(refused.code, 2);
    EXPECT_NE(refused.err.find("storybook reads no files"), std::string::npos) << refused.err;
    EXPECT_EQ(cli("queue add '" + file("odd.json", R"({"dataset": 5})") + "' --data '" + texts + "'").code, 2);
}

TEST_F(CliTest, FailuresAreOneAndNameTheirCause) {
    const std::string latin = file("latin.txt", "caf\xe9");
    const Said text = cli("run --recipe shakespeare-cpu --data '" + latin + "' --json");
    EXPECT_EQ(text.code, 1);
    EXPECT_NE(text.err.find("not UTF-8"), std::string::npos) << text.err;
    EXPECT_EQ(text.last()["status"], "failed");
    const Said shorter = cli("run --recipe shakespeare-cpu --data '" + file("short.txt", "a few words") + "'");
    EXPECT_EQ(shorter.code, 1);
    EXPECT_NE(shorter.err.find("context"), std::string::npos) << shorter.err;
    const Said diverges =
        cli("run '" + tiny() +
            "' --set optimizer.kind=sgd --set optimizer.lr=9 --set training.clip=0 --set training.budget=500 --json");
    EXPECT_EQ(diverges.code, 1);
    EXPECT_NE(diverges.err.find("at step"), std::string::npos) << diverges.err;
    EXPECT_EQ(diverges.last()["status"], "failed");
}

TEST_F(CliTest, ATokenizersKindDoesNotResetWhatIsSetBeforeIt) {
    std::string text;
    for (int i = 0; i < 300; ++i)
        text += "the cat " + std::to_string(i) + " sat on mat " + std::to_string(i * 7 % 31) + "\n";
    const std::string train = "tokenizer train --data '" + file("t.txt", text) + "' --kind ";
    const auto into = [&](const std::string& name) { return " --out '" + path(name) + "'"; };
    ASSERT_EQ(cli(train + "sentencepiece --set algorithm=bpe --set vocabulary=320" + into("a.json")).code, 0);
    const Said behind =
        cli(train + "characters --set algorithm=bpe --set vocabulary=320 --set kind=sentencepiece" + into("b.json"));
    ASSERT_EQ(behind.code, 0) << behind.err;
    EXPECT_EQ(content("a.json"), content("b.json"));
    const Said unknown = cli(train + "characters --set kind=nothing" + into("c.json"));
    EXPECT_EQ(unknown.code, 2);
    EXPECT_NE(unknown.err.find("nothing"), std::string::npos) << unknown.err;
}

TEST_F(CliTest, TokenizersCanBeTriedAlone) {
    std::string text;
    for (int i = 0; i < 300; ++i)
        text += "the cat " + std::to_string(i) + " sat on mat number " + std::to_string(i * 7 % 31) + "\n";
    const std::string data = file("t.txt", text), made = (folder_ / "t.json").string();
    const Said train = cli("tokenizer train --data '" + data +
                           "' --kind sentencepiece --set algorithm=bpe --set vocabulary=320 --out '" + made + "'");
    ASSERT_EQ(train.code, 0) << train.err;
    EXPECT_EQ(cli("tokenizer encode --tokenizer '" + made + "' 'the cat'").code, 0);
    const Said report = cli("tokenizer report --tokenizer '" + made + "' --data '" + data + "' --json");
    ASSERT_EQ(report.code, 0) << report.err;
    EXPECT_EQ(report.last()["changed_documents"], 0);
    EXPECT_GT(report.last()["bytes_per_token"].get<double>(), 1.0);
}

TEST_F(CliTest, TheManualIsNotStale) {
    const Said manual = cli("manual");
    ASSERT_EQ(manual.code, 0);
    EXPECT_EQ(manual.out, read_file(fs::path(GROUNDWORK_SOURCE_DIR) / "docs" / "manual.md").or_throw())
        << "renew it: groundwork-cli manual > docs/manual.md";
    EXPECT_TRUE(cli("describe --json").last().is_object());
    EXPECT_NE(cli("describe optimizer adamw").out.find("weight_decay"), std::string::npos);
}

}  // namespace
}  // namespace gw
