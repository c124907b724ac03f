#include "study/checkup/checkup.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>

#include "engine/small.h"

// Sound settings pass, and each sort of broken ones is named for what it is.
namespace gw {
namespace {

class CheckupTest : public ::testing::Test {
  protected:
    CheckFinding look(const std::string& id, const Json& spec, std::int64_t steps = 60) {
        CheckupRequest request;
        request.spec = spec;
        request.cache = scratch_ / "cache";
        request.only = {id};
        request.steps = steps;
        auto found = check_up(request);
        EXPECT_TRUE(found) << to_text(found.error());
        return found ? found.value().front() : CheckFinding{};
    }
    static std::string words(const CheckFinding& finding) {
        std::string out;
        for (const Phrase& phrase : finding.said) out += phrase.text() + "\n";
        return out;
    }
    static Json text(const Json& changes = Json::object()) {
        return test::tiny_spec(
            overlay_spec({{"training", {{"threads", 1}}}, {"optimizer", {{"kind", "adamw"}, {"lr", 3e-3}}}}, changes));
    }
    /// Points in two dimensions; the class is the half that they lie in, or has nothing to do with them.
    Json rows(bool shuffled, const Json& changes = Json::object()) {
        const fs::path file = scratch_ / (shuffled ? "shuffled.csv" : "rows.csv");
        std::ofstream out(file);
        out << "x,y,side\n";
        Rng rng(7);
        for (int i = 0; i < 800; ++i) {
            const double x = rng.normal(), y = rng.normal();
            const bool right = shuffled ? rng.below(2) == 1 : x + y > 0;
            out << x << "," << y << "," << (right ? "right" : "left") << "\n";
        }
        out.close();
        const Json base = Json::parse(R"({
            "dataset": {"kind": "table", "target": "side"}, "tokenizer": {"kind": "none"},
            "split": {"kind": "by_document", "validation": 0.25, "test": 0.0},
            "backbone": {"kind": "mlp"}, "objective": {"kind": "classification"},
            "optimizer": {"kind": "adamw", "lr": 0.003},
            "training": {"budget": 20, "micro_batch": 32, "device": "cpu", "threads": 1},
            "evaluation": {"every": 0, "whole_at_end": false}, "saving": {"every": 0}, "sampling": {"every": 0}})");
        Json spec = overlay_spec(default_spec(), base);
        spec["dataset"]["paths"] = {file.string()};
        spec = overlay_spec(spec, changes);
        const Status sound = spec_status(spec);
        EXPECT_TRUE(sound) << to_text(sound.error());
        return complete_spec(spec);
    }
    Scratch scratch_;
};

TEST_F(CheckupTest, SoundSettingsPass) {
    for (const Json& spec : {text(), rows(false)})
        for (const CheckSheet& sheet : check_sheets()) {
            const CheckFinding found = look(sheet.id, spec);
            EXPECT_LE(found.verdict, CheckVerdict::fine) << sheet.id << ": " << words(found);
            EXPECT_FALSE(found.said.empty()) << sheet.id;
        }
}

TEST_F(CheckupTest, TheLossOfAnUntrainedModelIsThatOfGuessing) {
    const CheckFinding found = look("first_loss", rows(false));
    EXPECT_EQ(found.verdict, CheckVerdict::fine);
    EXPECT_NE(words(found).find("guessing each of 2 alike costs 0.6931"), std::string::npos) << words(found);
}

TEST_F(CheckupTest, GradientsOfEveryTensorAreMeasured) {
    const CheckFinding found = look("gradients", rows(false));
    EXPECT_EQ(found.verdict, CheckVerdict::fine) << words(found);
    EXPECT_EQ(words(found).find("0 tensors"), std::string::npos) << words(found);
}

TEST_F(CheckupTest, TooHighARateIsNamed) {
    const Json high = rows(false, {{"optimizer", {{"lr", 10.0}}}});
    const CheckFinding rate = look("rate", high, 100);
    EXPECT_EQ(rate.verdict, CheckVerdict::wrong) << words(rate);
    EXPECT_GT(rate.rate, 1e-4);
    EXPECT_LT(rate.rate, 1.0);
    const CheckFinding good = look("rate", rows(false, {{"optimizer", {{"lr", rate.rate}}}}), 100);
    EXPECT_LE(good.verdict, CheckVerdict::look) << "what it advises is not wrong: " << words(good);
}

TEST_F(CheckupTest, ARateThatTeachesNothingIsNamed) {
    const Json low = rows(false, {{"optimizer", {{"lr", 1e-7}}}});
    EXPECT_EQ(look("one_batch", low).verdict, CheckVerdict::wrong);
    EXPECT_NE(look("rate", low, 100).verdict, CheckVerdict::fine);
}

TEST_F(CheckupTest, ShuffledLabelsAreNamed) {
    const CheckFinding found = look("labels", rows(true), 150);
    EXPECT_EQ(found.verdict, CheckVerdict::look) << words(found);
    EXPECT_NE(words(found).find("no better than by chance"), std::string::npos) << words(found);
    EXPECT_EQ(look("labels", rows(false), 150).verdict, CheckVerdict::fine);
}

TEST_F(CheckupTest, ALossThatHidesTheLabelsIsNamed) {
    const CheckFinding found = look("one_batch", rows(false, {{"objective", {{"smoothing", 0.9}}}}));
    EXPECT_EQ(found.verdict, CheckVerdict::wrong) << words(found);
}

TEST_F(CheckupTest, RowsThatAreHeldOutAndLearntFromAreNamed) {
    Json spec = rows(false);
    const fs::path twice = scratch_ / "twice.csv";
    const std::string all = read_file(fs::path(scratch_ / "rows.csv")).or_throw();
    std::ofstream(twice) << all << all.substr(all.find('\n') + 1);
    spec["dataset"]["paths"] = {twice.string()};
    const CheckFinding found = look("labels", spec, 20);
    EXPECT_GE(found.verdict, CheckVerdict::look) << words(found);
    EXPECT_NE(words(found).find("validation"), std::string::npos) << words(found);
}

TEST_F(CheckupTest, NothingIsKeptAndUnknownChecksAreRefused) {
    CheckupRequest request;
    request.spec = text();
    request.cache = scratch_ / "cache";
    request.only = {"horoscope"};
    const auto refused = check_up(request);
    ASSERT_FALSE(refused);
    EXPECT_NE(to_text(refused.error()).find("first_loss"), std::string::npos);
    (void)look("weights", text());
    EXPECT_FALSE(fs::exists(scratch_ / "cache" / "check-without-a-run"));
    std::stop_source stop;
    stop.request_stop();
    request.only = {};
    request.stop = stop.get_token();
    const auto stopped = check_up(request);
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().code, Error::Code::cancelled);
}

}  // namespace
}  // namespace gw
