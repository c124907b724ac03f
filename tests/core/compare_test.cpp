#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

#include "compare/comparison.h"
#include "compare/report.h"
#include "compare/smoothing.h"
#include "compare/tables.h"
#include "schema/former_kinds.h"
#include "scratch.h"
#include "util/text.h"

namespace gw {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

TEST(MovingMean, IsTheWeightedMeanOfAllThatCameBefore) {
    std::mt19937 random(3);
    std::normal_distribution<double> noise;
    std::vector<Bucket> buckets;
    std::int64_t step = 0;
    for (int i = 0; i < 300; ++i)
        buckets.push_back(
            Bucket::of(step += 1 + static_cast<std::int64_t>(random() % 5), 0, i == 17 ? nan : noise(random)));
    constexpr double window = 12;
    const auto fast = smoothed(buckets, window);
    for (std::size_t t = 0; t < buckets.size(); ++t) {
        double sum = 0, weights = 0;
        for (std::size_t i = 0; i <= t; ++i) {
            if (buckets[i].finite == 0) continue;
            const double weight =
                std::exp(-static_cast<double>(buckets[t].first_step - buckets[i].first_step) / window);
            sum += weight * buckets[i].sum;
            weights += weight;
        }
        EXPECT_NEAR(fast[t], sum / weights, 1e-10);
    }
    EXPECT_EQ(fast.front(), buckets.front().sum) << "the first value is not drawn towards zero";
}

TEST(MovingMean, IsTheSameCurveAtEveryLevel) {
    std::vector<Bucket> fine, coarse;
    std::mt19937 random(5);
    std::normal_distribution<double> noise;
    for (int i = 0; i < 8000; ++i) {
        const Bucket point = Bucket::of(i, 0, 3 + 2 * std::exp(-i / 900.0) + 0.1 * noise(random));
        fine.push_back(point);
        if (i % 8 == 0)
            coarse.push_back(point);
        else
            coarse.back().add(point);
    }
    constexpr double window = 200;
    const auto a = smoothed(fine, window), b = smoothed(coarse, window);
    for (std::size_t i = 5; i < b.size(); ++i) EXPECT_NEAR(b[i], a[8 * i + 7], 0.02);
}

TEST(Verdict, AgreesWithWelchsTestWorkedByHand) {
    // Means 20.6 and 22.1, deviations 2.62 and 1.47 (n = 4 and 5): se 1.4654, 4.49 degrees of freedom, t(0.975)
    // = 2.6613.
    const Spread a{4, 20.6, 2.62}, b{5, 22.1, 1.47};
    const Verdict verdict = judge(a, b, Better::higher);
    const double va = 2.62 * 2.62 / 4, vb = 1.47 * 1.47 / 5;
    EXPECT_NEAR(verdict.degrees, (va + vb) * (va + vb) / (va * va / 3 + vb * vb / 4), 1e-12);
    EXPECT_NEAR(verdict.degrees, 4.49, 0.01);
    EXPECT_NEAR(*verdict.noise, 2.661 * std::sqrt(va + vb), 0.01);
    EXPECT_EQ(verdict.kind, Verdict::Kind::inside_noise);
}

TEST(Verdict, TellsBetterFromWorseByTheMetric) {
    const Spread base{3, 2.0, 0.01}, lower{3, 1.5, 0.01};
    EXPECT_EQ(judge(base, lower, Better::lower).kind, Verdict::Kind::better);
    EXPECT_EQ(judge(base, lower, Better::higher).kind, Verdict::Kind::worse);
    // Table of Student's distribution: 4.303 for two degrees of freedom; one run alone borrows the deviation of the
    // others.
    const Verdict single = judge(base, {1, 1.99, 0}, Better::lower);
    EXPECT_NEAR(*single.noise, 4.3027 * std::sqrt(0.0001 / 3 + 0.0001), 1e-5);
    EXPECT_EQ(single.kind, Verdict::Kind::inside_noise);
    EXPECT_EQ(judge({1, 2, 0}, {1, 1, 0}, Better::lower).kind, Verdict::Kind::unknown);
}

TEST(Trace, FindsValuesBetweenPoints) {
    Trace trace;
    trace.x = {0, 10, 20};
    trace.y = {4, 3, 2};
    EXPECT_EQ(*trace.at(5), 3.5);
    EXPECT_EQ(*trace.at(20), 2);
    EXPECT_FALSE(trace.at(21));
    EXPECT_EQ(*trace.reaches(2.5, Better::lower), 15);
    EXPECT_FALSE(trace.reaches(1.0, Better::lower));
    EXPECT_EQ(*trace.reaches(3, Better::higher), 0);
}

class CompareTest : public testing::Test {
  protected:
    std::string add(const std::string& name, double lr, int seed, double loss, std::int64_t first = 100,
                    std::int64_t last = 1000) {
        RunRecord run;
        run.id = make_uuid();
        run.name = name;
        run.status = "finished";
        run.created = "2026-01-31T12:00:00Z";
        run.spec = {{"objective", {{"kind", "next_token"}}},
                    {"optimizer", {{"kind", "adamw"}, {"lr", lr}}},
                    {"training", {{"seed", seed}}}};
        run.facts = {{"tokens_per_step", 100},   {"train_tokens", 50000},    {"parameters", 1000},
                     {"validation_tokens", 500}, {"validation_bytes", 1000}, {"dataset_hash", "d"},
                     {"tokenizer_hash", "t"},    {"device", "cpu"},          {"language_model", true}};
        store_.add_run(run).or_throw();
        std::vector<MetricInsert> rows;
        for (std::int64_t step = first; step <= last; step += 100)
            rows.push_back({"validation/loss", 0, step, loss + 100.0 / static_cast<double>(step),
                            0.1 * static_cast<double>(step)});
        store_.add_metrics(run.id, rows).or_throw();
        return run.id;
    }
    /// A run on labelled pictures.
    std::string add_pictures(const std::string& name, double lr, double loss) {
        const std::string id = add(name, lr, 1, loss);
        RunRecord run = store_.run(id).or_throw();
        run.facts.update({{"unit", "images"}, {"language_model", false}, {"train_examples", 500}});
        run.tokens = 100000;
        run.tokens_per_second = 700;
        store_.update_run(run).or_throw();
        return id;
    }
    Comparison compared(ComparisonWish wish) { return compare(store_, wish).or_throw(); }

    Scratch scratch_;
    Store store_ = Store::open(scratch_ / "groundwork.db").or_throw();
};

TEST_F(CompareTest, GroupsSeedsAndJudgesTheDifference) {
    std::vector<std::string> ids;
    const double noise[] = {-0.01, 0.0, 0.01};
    for (int seed = 0; seed < 3; ++seed) ids.push_back(add("low", 1e-4, seed, 2.0 + noise[seed]));
    for (int seed = 0; seed < 3; ++seed) ids.push_back(add("high", 1e-3, seed, 1.8 + noise[seed]));
    const Comparison c = compared({.runs = ids});
    EXPECT_EQ(c.wish.metric, "validation/loss");
    ASSERT_EQ(c.groups.size(), 2u);
    EXPECT_EQ(c.groups[0].spread.count, 3u);
    EXPECT_NEAR(c.groups[0].spread.deviation, 0.01, 1e-12);
    EXPECT_NEAR(c.groups[1].verdict.difference, -0.2, 1e-12);
    EXPECT_EQ(c.groups[1].verdict.kind, Verdict::Kind::better);
    EXPECT_EQ(c.groups[1].label, "lr 0.001");
    const Band band = band_of(c, c.groups[0]);
    ASSERT_FALSE(band.x.empty());
    EXPECT_NEAR(band.high.back() - band.mean.back(), 0.01, 1e-12);
    EXPECT_TRUE(c.warnings.empty()) << "seeds that are repeated were chosen: " << c.warnings.front().text();
    const std::vector<std::string> mixed{ids[0], ids[4]};  // another rate and another seed
    const Comparison confounded = compared({.runs = mixed});
    ASSERT_FALSE(confounded.warnings.empty());
    EXPECT_EQ(confounded.warnings.front().text(), "Different seeds: 0, 1");
    EXPECT_NE(comparison_markdown(c).find("Better by 0.2"), std::string::npos);
}

TEST_F(CompareTest, JudgesEveryMetricThatAnyKindReportsTheRightWayRound) {
    std::vector<std::string> ids;
    for (int seed = 0; seed < 3; ++seed) ids.push_back(add("small", 1e-4, seed, 2.0));
    for (int seed = 0; seed < 3; ++seed) ids.push_back(add("great", 1e-3, seed, 2.0));
    for (std::size_t i = 0; i < ids.size(); ++i)
        for (const Metric& metric : metrics()) {
            const double level = (i < 3 ? 0.25 : 0.75) + 0.001 * static_cast<double>(i % 3);
            const std::string name = std::string("test/") + metric.name;
            ASSERT_TRUE(store_.add_metrics(
                ids[i], {{name, 0, 100, level - 0.1, 1}, {name, 0, 200, level + 0.1, 2}, {name, 0, 300, level, 3}}));
        }
    for (const Metric& metric : metrics()) {
        const Comparison c = compared({.runs = ids, .metric = std::string("test/") + metric.name, .window = 0});
        const Verdict::Kind expected = metric.better == Better::higher  ? Verdict::Kind::better
                                       : metric.better == Better::lower ? Verdict::Kind::worse
                                                                        : Verdict::Kind::differs;
        EXPECT_EQ(c.groups[1].verdict.kind, expected) << metric.name;
        const double best = metric.better == Better::higher ? 0.35 : 0.15;
        EXPECT_EQ(c.runs[0].best.has_value(), metric.better != Better::neither) << metric.name;
        if (c.runs[0].best) {
            EXPECT_NEAR(*c.runs[0].best, best, 1e-12) << metric.name;
        }
        EXPECT_EQ(c.runs[3].target_x.has_value(), metric.better == Better::higher)
            << metric.name << ": only the great ones get beyond 0.25 upwards";
    }
}

TEST_F(CompareTest, GoesByWhatAllRunsAreJudgedBy) {
    const std::string a = add("a", 1e-4, 1, 2.0), b = add("b", 1e-3, 1, 2.0);
    for (const std::string& id : {a, b}) {
        RunRecord run = store_.run(id).value();
        run.facts["main_metric"] = "f1_macro";
        ASSERT_TRUE(store_.update_run(run));
        ASSERT_TRUE(store_.add_metrics(id, {{"validation/f1_macro", 0, 100, 0.5, 1}}));
    }
    EXPECT_EQ(compared({.runs = {a, b}}).wish.metric, "validation/f1_macro");
    const std::string plain = add("plain", 1e-4, 1, 2.0);
    EXPECT_EQ(compared({.runs = {a, plain}}).wish.metric, "validation/loss");
}

TEST_F(CompareTest, MeasuresAtEqualXAndTheWayToTheTarget) {
    const std::string base = add("base", 1e-4, 1, 2.0, 100, 1000), fast = add("fast", 1e-3, 1, 1.9, 100, 500);
    const Comparison c = compared({.runs = {base, fast}, .x = XKind::tokens});
    EXPECT_EQ(*c.equal_x, 50000);  // 500 steps of 100 tokens
    EXPECT_NEAR(*c.runs[1].difference, -0.1, 1e-12);
    EXPECT_NEAR(*c.target, 2.1, 1e-12);  // the baseline's last
    EXPECT_NEAR(*c.runs[1].target_x, 50000, 1e-6);
    EXPECT_NEAR(*c.runs[1].target_share, 0.5, 1e-9);
    EXPECT_EQ(target_phrase(c, c.runs[1]).text(), "reaches 2.100 with 0.50 times the tokens");
}

TEST_F(CompareTest, ShowsPerplexityAndBitsPerByte) {
    const std::string id = add("base", 1e-4, 1, 2.0);
    EXPECT_NEAR(*compared({.runs = {id}, .y = YKind::perplexity}).runs[0].last, std::exp(2.1), 1e-9);
    EXPECT_NEAR(*compared({.runs = {id}, .y = YKind::bits_per_byte}).runs[0].last, 2.1 * 0.5 / std::log(2.0), 1e-9);
}

TEST_F(CompareTest, RunsOnPicturesCountImages) {
    const std::string base = add_pictures("base", 1e-4, 2.0), fast = add_pictures("fast", 1e-3, 1.9),
                      text = add("text", 1e-3, 1, 1.9);
    const Comparison c = compared({.runs = {base, fast}, .x = XKind::tokens});
    EXPECT_EQ(c.x_unit, "images");
    EXPECT_NE(target_phrase(c, c.runs[1]).text().find("times the images"), std::string::npos);
    EXPECT_NE(comparison_markdown(c).find("at 100000 images"), std::string::npos) << comparison_markdown(c);
    EXPECT_EQ(compared({.runs = {base, text}, .x = XKind::tokens}).x_unit, "images or tokens");
    EXPECT_EQ(compared({.runs = {base, text}, .x = XKind::time}).x_unit, "seconds of training");

    const std::string report = run_report(store_, store_.run(base).or_throw()).or_throw();
    EXPECT_NE(report.find("100,000 images"), std::string::npos);
    EXPECT_NE(report.find("Images a second"), std::string::npos);
    for (const char* of_text : {"tokens ·", "Tokens a second", "nats per token", "Perplexity", "Bits per byte"})
        EXPECT_EQ(report.find(of_text), std::string::npos) << of_text;
    const std::string of_tokens = run_report(store_, store_.run(text).or_throw()).or_throw();
    for (const char* of_text : {"tokens ·", "Tokens a second", "nats per token", "Perplexity", "Bits per byte"})
        EXPECT_NE(of_tokens.find(of_text), std::string::npos) << of_text;
}

TEST_F(CompareTest, ALossOfLabelledRowsComparesAcrossTokenizers) {
    std::vector<std::string> labelled, plain;
    for (const char* hash : {"one", "other"})
        for (auto* ids : {&labelled, &plain}) {
            ids->push_back(add(hash, 1e-4, 1, 2.0));
            RunRecord run = store_.run(ids->back()).or_throw();
            run.facts["tokenizer_hash"] = hash;
            if (ids == &labelled) run.facts["train_examples"] = 500;
            store_.update_run(run).or_throw();
        }
    const auto warns = [&](const std::vector<std::string>& ids) {
        for (const Phrase& warning : compared({.runs = ids}).warnings)
            if (warning.text().find("a loss per token does not compare") != std::string::npos) return true;
        return false;
    };
    EXPECT_TRUE(warns(plain));
    EXPECT_FALSE(warns(labelled));
}

TEST_F(CompareTest, OnlyALossThatIsACodeLengthBecomesPerplexity) {
    RunRecord run = store_.run(add("base", 1e-4, 1, 2.0)).or_throw();
    EXPECT_EQ(RunScale(run, {}).why_not(YKind::perplexity, "validation/loss"), "");
    run.facts["language_model"] = false;
    EXPECT_NE(RunScale(run, {}).why_not(YKind::perplexity, "validation/loss"), "");
    run.facts.erase("language_model");  // a run of an earlier version
    EXPECT_NE(RunScale(run, {}).why_not(YKind::perplexity, "validation/loss"), "");
    run.perplexity = 9;
    EXPECT_EQ(RunScale(run, {}).why_not(YKind::perplexity, "validation/loss"), "");
}

TEST_F(CompareTest, ADifferenceThatCannotBeWonIsSaidSo) {
    std::vector<std::string> ids;
    for (int seed = 0; seed < 3; ++seed) ids.push_back(add("low", 1e-4, seed, 2.0));
    for (int seed = 0; seed < 3; ++seed) ids.push_back(add("high", 1e-3, seed, 2.0));
    for (std::size_t i = 0; i < ids.size(); ++i)
        ASSERT_TRUE(store_.add_metrics(ids[i], {{"train/lr", 0, 100, i < 3 ? 1e-4 : 1e-3, 1}}));
    const Json json = comparison_json(compared({.runs = ids, .metric = "train/lr"}));
    EXPECT_EQ(json.at("groups").at(1).at("verdict"), "differs");
}

TEST_F(CompareTest, CountsAlongEveryAxis) {
    const RunRecord run = store_.run(add("base", 1e-4, 1, 2.0)).value();
    const RunScale scale(run,
                         {{0, 100, 10.0, 1769860810.0}, {0, 100, 10.0, 1769860870.0}, {0, 200, 20.0, 1769860880.0}});
    EXPECT_EQ(scale.x(XKind::tokens, 100, 10), 10000);
    EXPECT_EQ(scale.x(XKind::epoch, 1000, 0), 2);
    EXPECT_EQ(scale.x(XKind::flops, 1, 0), 100.0 * 6 * 1000);
    EXPECT_EQ(scale.x(XKind::time, 5, 7), 7);
    EXPECT_EQ(scale.x(XKind::wall, 200, 20), 80) << "a pause of a minute counts";
    EXPECT_EQ(scale.x(XKind::wall, 150, 15), 75);
    EXPECT_EQ(scale.step_at(XKind::tokens, 10000), 100);
    RunRecord drawn = run;
    drawn.facts["steps_per_epoch"] = 25;
    EXPECT_EQ(RunScale(drawn, {}).x(XKind::epoch, 1000, 0), 40)
        << "what is drawn counts, not what lies in the training part";
}

TEST_F(CompareTest, RunsWithoutACommonMetricOrAnyNumberAreNamed) {
    const std::string good = add("good", 1e-4, 1, 2.0), other = add("other", 1e-3, 1, 2.0, 5000, 4000),
                      bad = add("bad", 1e-2, 1, 2.0, 5000, 4000);
    ASSERT_TRUE(store_.add_metrics(other, {{"train/loss", 0, 1, 3.0, 0.1}}));
    ASSERT_TRUE(store_.add_metrics(bad, {{"validation/loss", 0, 1, nan, 0.1}}));
    const Comparison c = compared({.runs = {good, other, bad}, .metric = "validation/loss"});
    EXPECT_EQ(c.runs[1].missing.text(), "it never recorded validation/loss");
    EXPECT_EQ(c.runs[2].missing.text(), "none of its values of validation/loss is a number");
    EXPECT_TRUE(c.runs[0].last.has_value());
    EXPECT_FALSE(c.runs[2].last.has_value());
    EXPECT_NE(comparison_markdown(c).find("bad is not drawn"), std::string::npos);
}

TEST_F(CompareTest, CurvesWithNoXInCommonAreNotSetSideBySide) {
    const std::string early = add("early", 1e-4, 1, 2.0, 100, 300), late = add("late", 1e-3, 1, 2.0, 500, 900);
    const Comparison c = compared({.runs = {early, late}});
    EXPECT_FALSE(c.equal_x);
    EXPECT_FALSE(c.runs[1].difference);
    EXPECT_NE(comparison_markdown(c).find("no x in common"), std::string::npos);
}

TEST_F(CompareTest, NoTableOfSeedsWhereThereIsNothingToSayOfThem) {
    const std::string early = add("early", 1e-4, 1, 2.0, 100, 300), late = add("late", 1e-4, 2, 2.0, 500, 900),
                      other = add("other", 1e-3, 1, 2.0);
    const Comparison apart = compared({.runs = {early, late}});
    EXPECT_EQ(apart.groups.size(), 1U);
    EXPECT_FALSE(tells_of_seeds(apart));
    EXPECT_EQ(comparison_markdown(apart).find("| Seeds |"), std::string::npos);
    EXPECT_FALSE(tells_of_seeds(compared({.runs = {early, other}}))) << "each is alone";
    const Comparison both = compared({.runs = {late, add("again", 1e-4, 3, 2.0), other}});
    EXPECT_TRUE(tells_of_seeds(both));
    EXPECT_NE(comparison_markdown(both).find("| Seeds |"), std::string::npos);
}

/// What the specs of this test mean by saying nothing.
Json with_a_decay(const Json& spec) {
    Json out = spec;
    if (out.contains("optimizer") && !out["optimizer"].contains("decay")) out["optimizer"]["decay"] = 0.1;
    return out;
}

TEST_F(CompareTest, ASettingThatARunDoesNotHaveYetIsAtItsDefault) {
    const std::string before = add("same", 1e-4, 1, 2.0), after = add("same", 1e-4, 2, 2.0),
                      decayed = add("same", 1e-4, 3, 2.0);
    for (const auto& [id, decay] : {std::pair(after, 0.1), std::pair(decayed, 0.2)}) {
        RunRecord run = store_.run(id).value();
        ASSERT_TRUE(store_.remove_run(id));
        run.spec["optimizer"]["decay"] = decay;
        run.spec["schema"] = 2;
        store_.add_run(run).or_throw();
        ASSERT_TRUE(store_.add_metrics(id, {{"validation/loss", 0, 100, 2.0, 1}}));
    }
    tell_silence(with_a_decay);
    const Comparison c = compared({.runs = {before, after, decayed}});
    tell_silence(nullptr);
    ASSERT_EQ(c.groups.size(), 2U);
    EXPECT_EQ(c.groups[0].runs, (std::vector<std::size_t>{0, 1}));
    EXPECT_EQ(c.groups[1].label, "decay 0.2");
    for (const SpecRow& row : c.settings)
        if (row.path == "optimizer.decay") {
            EXPECT_EQ(row.values[0], Json(0.1));
        }
}

TEST_F(CompareTest, TrainingLossesOfDifferentMakeAreWarnedOf) {
    const std::string plain = add("plain", 1e-4, 1, 2.0), smooth = add("smooth", 1e-3, 1, 2.0);
    for (const std::string& id : {plain, smooth}) ASSERT_TRUE(store_.add_metrics(id, {{"train/loss", 0, 1, 3.0, 0.1}}));
    ASSERT_TRUE(store_.add_metrics(smooth, {{"validation/criterion", 0, 100, 2.5, 10.0}}));
    const auto warns = [&](const std::string& metric) {
        for (const Phrase& warning : compared({.runs = {plain, smooth}, .metric = metric}).warnings)
            if (warning.text().find("minimise more than the plain loss") != std::string::npos) return true;
        return false;
    };
    const auto said = [&](const std::string& id) {
        return run_report(store_, store_.run(id).or_throw()).or_throw().find("validation: the plain loss") !=
               std::string::npos;
    };
    EXPECT_TRUE(said(smooth));
    EXPECT_FALSE(said(plain));
    EXPECT_TRUE(warns("train/loss"));
    EXPECT_FALSE(warns("validation/loss")) << "which is the plain loss of all";
}

TEST_F(CompareTest, ARunWithOnePointAndARunThatIsGone) {
    const std::string one = add("one", 1e-4, 1, 2.0, 100, 100), gone = add("gone", 1e-3, 1, 2.0);
    ASSERT_TRUE(store_.remove_run(gone));
    const Comparison c = compared({.runs = {one, gone}});
    ASSERT_EQ(c.runs.size(), 1u);
    EXPECT_EQ(*c.runs[0].last, 3.0);
    EXPECT_NE(c.warnings.back().text().find("no longer in the history"), std::string::npos);
    EXPECT_FALSE(compare(store_, {.runs = {gone}}));
}

TEST_F(CompareTest, LabelsTellRunsOfOneNameApart) {
    const Comparison c =
        compared({.runs = {add("same", 1e-4, 1, 2.0), add("same", 1e-3, 1, 2.0), add("alone", 1e-3, 1, 2.0)}});
    EXPECT_EQ(c.runs[0].label, "same · lr 0.0001");
    EXPECT_EQ(c.runs[1].label, "same · lr 0.001");
    EXPECT_EQ(c.runs[2].label, "alone");
}

TEST_F(CompareTest, AWishSurvivesBeingSaved) {
    const ComparisonWish wish{{"a", "b"}, "b", "train/loss", XKind::flops, YKind::bits_per_byte, 50, 3.2};
    const ComparisonWish again = comparison_wish(to_json(wish));
    EXPECT_EQ(to_json(again), to_json(wish));
    EXPECT_EQ(comparison_wish(Json::parse(R"({"x": "parsecs", "runs": 7})")).x, XKind::step);
}

TEST_F(CompareTest, TheCsvQuotesWhatNeedsIt) {
    const std::string id = add("a \"b\", c", 1e-4, 1, 2.0, 100, 100);
    EXPECT_NE(comparison_csv(compared({.runs = {id}})).find(",\"a \"\"b\"\", c\",100,3\n"), std::string::npos);
}

TEST(SpecTable, ASettingOfOneKindStaysWhereItTellsRunsOfThatKindApart) {
    std::vector<RunRecord> runs(3);
    runs[0].spec = {{"optimizer", {{"kind", "a"}, {"beta", 0.95}, {"eps", 1}}}};
    runs[1].spec = {{"optimizer", {{"kind", "a"}, {"beta", 0.99}, {"eps", 1}}}};
    runs[2].spec = {{"optimizer", {{"kind", "b"}}}};
    std::vector<std::string> paths;
    for (const SpecRow& row : telling_rows(spec_table(runs))) paths.push_back(row.path);
    EXPECT_EQ(paths, (std::vector<std::string>{"optimizer.kind", "optimizer.beta"}));
}

TEST(SpecTable, WhatIsRecordedMakesNoOtherGroupOfSeeds) {
    RunRecord one, two;
    one.spec = {{"training", {{"seed", 1}}}, {"monitoring", {{"histograms_every", 0}}}};
    two.spec = {{"training", {{"seed", 2}}}, {"monitoring", {{"histograms_every", 200}}}};
    EXPECT_EQ(seed_group_key(one), seed_group_key(two));
}

TEST(SpecTable, LabelsSayWhichSettingAValueIsOf) {
    RunRecord a, b;
    a.spec = {{"dataset", {{"seed", 1}}},
              {"optimizer", {{"kind", "adamw"}, {"beta", 0.9}}},
              {"training", {{"seed", 1}}},
              {"saving", {{"every", 5}}}};
    b.spec = {{"dataset", {{"seed", 2}}},
              {"optimizer", {{"kind", "sgd"}, {"momentum", 0.5}}},
              {"training", {{"seed", 3}}},
              {"saving", {{"every", 9}}}};
    const auto rows = telling_rows(spec_table({a, b}));
    EXPECT_EQ(settings_label(rows, 0), "dataset.seed 1 · optimizer adamw · training.seed 1");
    EXPECT_EQ(settings_label(rows, 1, 1), "seed 2");
    EXPECT_EQ(settings_label({}, 0), "");
}

TEST(SpecTable, KeepsTheOrderAndMarksWhatDiffers) {
    RunRecord a, b;
    a.spec = {{"optimizer", {{"kind", "adamw"}, {"beta", 0.9}}}, {"training", {{"seed", 1}}}};
    b.spec = {{"optimizer", {{"kind", "sgd"}, {"momentum", 0.5}}}, {"training", {{"seed", 1}}}};
    const auto rows = spec_table({a, b});
    ASSERT_EQ(rows.size(), 4u);
    EXPECT_EQ(rows[0].path, "optimizer.kind");
    EXPECT_EQ(rows[1].path, "optimizer.momentum");
    EXPECT_TRUE(rows[1].values[0].is_null());
    EXPECT_EQ(rows[3].path, "training.seed");
    EXPECT_FALSE(rows[3].differs);
}

TEST_F(CompareTest, AReportShowsForecastsThatAreHandedOver) {
    const std::string id = add("base", 1e-4, 1, 2.0);
    SeriesForecast one;
    one.file = "load.csv";
    one.last_row = 1200;
    one.last_time = "2024-02-03 <04:00>";
    one.columns = {"load"};
    one.past = {1, 2, 3};
    one.truth = {4, 5};
    one.values = {3.5, 4.5};
    one.levels = {0.1, 0.9};
    one.quantiles = {3, 4, 4, 5};
    ForecastView view;
    view.part = "validation";
    view.windows = {one};
    one.truth.clear();
    view.ends = {one};
    const auto page = [&](const ForecastView& shown) {
        return run_report(store_, store_.run(id).or_throw(), shown).or_throw();
    };
    const std::string report = page(view);
    for (const char* part : {"<h2>Forecasts</h2>", "load, behind 2024-02-03 &lt;04:00&gt;",
                             "<polygon points=", "quantiles 0.1 to 0.9", "the end of the data"})
        EXPECT_NE(report.find(part), std::string::npos) << part;
    EXPECT_EQ(page({}).find("Forecasts"), std::string::npos);
    ForecastView none;
    none.why_none = "They cannot be shown: the data is gone";
    EXPECT_NE(page(none).find("the data is gone"), std::string::npos);
}

}  // namespace
}  // namespace gw
