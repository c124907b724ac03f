#include "compare/diagnosis.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "compare/svg_plot.h"
#include "store/notices.h"

namespace gw {
namespace {

std::vector<Bucket> curve(int first, int last, int every, const std::function<double(int)>& value) {
    std::vector<Bucket> out;
    for (int step = first; step <= last; step += every) out.push_back(Bucket::of(step, step, value(step)));
    return out;
}

std::string said(const std::vector<Finding>& findings) {
    std::string out;
    for (const Finding& finding : findings) out += finding.what.text() + "\n";
    return out;
}

TEST(Diagnosis, TellsLearningFromLevellingOffFromConverged) {
    auto falling = [](double gain) { return curve(1, 1000, 1, [gain](int step) { return 5 - gain * step / 1000.0; }); };
    EXPECT_NE(said(diagnose(falling(2.0), {}, {})).find("Still learning"), std::string::npos);
    EXPECT_NE(said(diagnose(falling(0.15), {}, {})).find("Levelling off"), std::string::npos);
    const auto flat = curve(1, 1000, 1, [](int step) { return step < 300 ? 5 - step / 100.0 : 2.0; });
    EXPECT_NE(said(diagnose(flat, {}, {})).find("Converged"), std::string::npos);
    const auto rising =
        curve(1, 1000, 1, [](int step) { return step < 700 ? 5 - step / 200.0 : 1.5 + (step - 700) / 200.0; });
    EXPECT_NE(said(diagnose(rising, {}, {})).find("rose"), std::string::npos);
    EXPECT_NE(said(diagnose(falling(-1.0), {}, {})).find("not below where it began"), std::string::npos);
}

TEST(Diagnosis, RivalsNeedNotGetBetterByTheirLoss) {
    const auto rising = curve(1, 1000, 1, [](int step) { return 1 + step / 1000.0; });
    EXPECT_NE(said(diagnose(rising, rising, {})).find("not below where it began"), std::string::npos);
    const std::string rivals = said(diagnose(rising, rising, {}, false, /*rivals=*/true));
    EXPECT_EQ(rivals, "Two sides learn from each other, so that the loss need not fall\n");
    const auto bad = curve(1, 1000, 1, [](int step) { return step < 900 ? 1.0 : NAN; });
    EXPECT_NE(said(diagnose(bad, {}, {}, false, true)).find("not a number"), std::string::npos);
}

TEST(Diagnosis, TellsOverfittingFromAUsualGap) {
    const auto training = curve(1, 1000, 1, [](int step) { return 1 + 3 * std::exp(-step / 300.0); });
    const auto over =
        curve(100, 1000, 100, [](int step) { return step < 400 ? 3 - step / 400.0 : 2 + (step - 400) / 500.0; });
    EXPECT_NE(said(diagnose(training, over, {})).find("Overfitting: the validation loss was best (2.000) at step 400"),
              std::string::npos)
        << said(diagnose(training, over, {}));
    const auto close = curve(100, 1000, 100, [](int step) { return 1.01 + 3 * std::exp(-step / 300.0); });
    EXPECT_NE(said(diagnose(training, close, {})).find("No overfitting"), std::string::npos);
    const auto apart = curve(100, 1000, 100, [](int step) { return 1.5 + 3 * std::exp(-step / 300.0); });
    EXPECT_NE(said(diagnose(training, apart, {})).find("knows its training data better"), std::string::npos);
}

TEST(Diagnosis, NamesTheFloorBadStepsAndShortRuns) {
    const auto training = curve(1, 200, 1, [](int step) { return step == 50 ? NAN : 2.0; });
    const auto validation = curve(100, 200, 100, [](int) { return 2.1; });
    const std::string text = said(diagnose(training, validation, 1.9));
    EXPECT_NE(text.find("1 steps had a loss that is not a number"), std::string::npos);
    EXPECT_NE(text.find("0.200 above the floor of the data (1.900)"), std::string::npos);
    EXPECT_EQ(said(diagnose(curve(1, 10, 1, [](int) { return 1.0; }), {}, {})), "Too few steps to judge the run\n");
    EXPECT_EQ(said(diagnose(curve(1, 10, 1, [](int) { return NAN; }), {}, {})),
              "10 steps had a loss that is not a number or infinite\nToo few steps to judge the run\n");
}

TEST(Diagnosis, TellsWhatTheRunToldAndPraisesNothingBesideALeak) {
    const std::vector<EventRecord> events{{"r", "alert", "Spike: the loss jumped to 5.1", "", 0, 10},
                                          {"r", "resume", "Taken up", "", 0, 11},
                                          {"r", "leak", "18 of 20 texts stand in the training part", "", 0, 0},
                                          {"r", "alert", "Spike: the loss jumped to 6.25", "", 0, 90},
                                          {"r", "save_failed", "Checkpoint not saved: the disk is full", "", 0, 50}};
    const auto told = told_findings(events);
    EXPECT_EQ(said(told),
              "18 of 20 texts stand in the training part\nCheckpoint not saved: the disk is full\nSpike: the loss "
              "jumped to 6.25 (told 2 times, last at step 90)\n");
    for (const Finding& finding : told) EXPECT_TRUE(finding.told);
    EXPECT_NE(told[0].advice.text().find("memory"), std::string::npos);
    const auto training = curve(1, 1000, 1, [](int step) { return 1 + 3 * std::exp(-step / 300.0); });
    const auto close = curve(100, 1000, 100, [](int step) { return 1.01 + 3 * std::exp(-step / 300.0); });
    EXPECT_EQ(said(diagnose(training, close, {}, true)).find("No overfitting"), std::string::npos);
    EXPECT_NE(said(diagnose(training, close, {}, true)).find("cannot be told"), std::string::npos);
}

TEST(Notices, AreTheGraveKindsOnceEach) {
    const std::vector<EventRecord> events{{"r", "warning", "3 texts are empty", "", 0, 0},
                                          {"r", "note", "hello", "", 0, 0},
                                          {"r", "warning", "4 texts are empty", "", 0, 7},
                                          {"r", "leak", "x", "", 0, 9}};
    const auto notices = notices_of(events);
    ASSERT_EQ(notices.size(), 2u);
    EXPECT_EQ(notices[0].kind, "leak");
    EXPECT_EQ(notices[0].newest, 2);
    EXPECT_EQ(notices[1].text, "4 texts are empty");
    EXPECT_EQ(notices[1].count, 2);
    EXPECT_EQ(notices[1].first_step, 0);
    EXPECT_EQ(notices[1].last_step, 7);
    EXPECT_EQ(notices[1].newest, 1);
    for (const char* kind : {"resume", "knob", "early_stop", "note", "checkpoint"})
        EXPECT_FALSE(is_notice(kind)) << kind;
}

TEST(Phrase, PutsItsValuesIn) {
    EXPECT_EQ((Phrase{"%2 before %1, 5 %", {"a", "b"}}.text()), "b before a, 5 %");
    EXPECT_EQ((Phrase{"100 %1", {}}.text()), "100 %1");
    using Values = std::vector<std::string>;
    EXPECT_EQ(values_in("%2 before %1, 5 %", "b before a, 5 %"), (Values{"a", "b"}));
    EXPECT_EQ(values_in("Step %1", "Step 1,000"), Values{"1,000"});
    EXPECT_EQ(values_in("Step %1 was left out: %2", "Step 7 was left out: x: y"), (Values{"7", "x: y"}));
    EXPECT_EQ(values_in("as it is", "as it is"), Values());
    for (const char* other : {"Step 7 was left in", "A step", "", "Step 7 was left out"})
        EXPECT_FALSE(values_in("Step %1 was left out: %2", other)) << other;
    EXPECT_FALSE(values_in("%1 of %2.", "1 of 2"));
    EXPECT_FALSE(values_in("as it is", "as it is not"));
}

TEST(SvgPlot, DrawsWhatIsFiniteAndEscapesTheRest) {
    const std::string svg = svg_of({"a < b", "steps", {{"one", {1, 2, 3}, {1, NAN, 3}, 0, false, true}}});
    EXPECT_NE(svg.find("a &lt; b"), std::string::npos);
    EXPECT_EQ(svg.find("nan"), std::string::npos);
    EXPECT_EQ(svg.find("inf"), std::string::npos);
    const std::string nothing = svg_of({"empty", "steps", {{"one", {1}, {NAN}, 0}}, true});
    EXPECT_EQ(nothing.find("nan"), std::string::npos);
    const std::string single = svg_of({"one", "steps", {{"one", {1}, {2}, 0}}});
    EXPECT_EQ(single.find("nan"), std::string::npos);
}

/// Where ticks would stand closer than doubles do, adding a step leads nowhere.
TEST(SvgPlotTest, CurvesThatAreFlatOrHugeAreDrawnAtOnce) {
    for (const double at : {1.0, 2.5e8, 1e17, -1e299, 1e-320, 0.0})
        for (const double off : {0.0, std::nextafter(std::abs(at), INFINITY) - std::abs(at), 1e-13 * std::abs(at)}) {
            const std::string svg = svg_of({"flat", "step", {{"a", {0, 1, 2}, {at, at + off, at}}}});
            EXPECT_LT(svg.size(), 20000u) << at << " " << off;
            EXPECT_EQ(svg.find("nan"), std::string::npos) << at << " " << off;
        }
    const std::string wide = svg_of({"wide", "step", {{"a", {0, 1}, {-1.7e308, 1.7e308}}}});
    EXPECT_EQ(wide.find("nan"), std::string::npos);
    EXPECT_EQ(wide.find("inf"), std::string::npos);
    const std::string odd = svg_of({"odd", "step", {{"a", {NAN, INFINITY, 1e18, 1e18}, {1, 2, 3, 4}}}});
    EXPECT_LT(odd.size(), 20000u);
}

}  // namespace
}  // namespace gw
