#include <algorithm>

#include "engine/stretch.h"

// What a run tells of itself can be said in another language: each sentence has a form that the window knows.
namespace gw {
namespace {

using test::Stretches;

/// Whether a text is that form with some values.
bool is_of(const std::string& form, const std::string& text) {
    std::size_t at = 0, from = 0;
    for (bool first = true;; first = false) {
        const std::size_t mark = form.find('%', from);
        const std::string piece = form.substr(from, mark == std::string::npos ? std::string::npos : mark - from);
        const std::size_t found = first ? (text.starts_with(piece) ? 0 : std::string::npos) : text.find(piece, at);
        if (found == std::string::npos) return false;
        at = found + piece.size();
        if (mark == std::string::npos) return piece.empty() || text.ends_with(piece);
        from = mark + 2;
    }
}

void expect_forms(const Stretches& run) {
    for (const Event& event : run.all<Event>()) {
        if (event.kind == "leak") continue;  // told by the reader of the data
        const auto forms = run_texts();
        EXPECT_TRUE(std::any_of(forms.begin(), forms.end(), [&](const char* form) { return is_of(form, event.text); }))
            << event.kind << ": " << event.text;
    }
}

TEST(EventTexts, OfARunInPiecesThatIsStoppedEarlyHaveForms) {
    const Json spec = test::tiny_spec({{"optimizer", {{"lr", 1e-9}}},
                                       {"schedule", {{"warmup", 1}}},
                                       {"evaluation", {{"every", 2}, {"patience", 2}, {"least_gain", 9}}},
                                       {"saving", {{"every", 1}, {"keep_last", 30}}},
                                       {"training", {{"threads", 1}}}});
    Stretches run;
    test::Interruption port(test::Interruption::How::crash, "evaluating", 2);
    run.go(spec, port);
    ASSERT_EQ(run.go(spec, run.current()).end, Outcome::End::finished) << run.why();
    EXPECT_TRUE(run.said("resume", "Resumed from step 2"));
    EXPECT_TRUE(run.said("note", "Made up at step 2: evaluation"));
    EXPECT_TRUE(run.said("early_stop", "Stopped early: 2 evaluations in a row without a better loss than "));
    expect_forms(run);
}

TEST(EventTexts, WhoGoesOnWithTheTeacherOfACheckpointIsTold) {
    const Json small = {{"backbone", {{"layers", 1}, {"dropout", 0.0}}},
                        {"schedule", {{"warmup", 1}}},
                        {"training", {{"budget", 3}, {"threads", 1}}}};
    Stretches teacher, pupil, alone, more, other;
    ASSERT_EQ(teacher.go(test::tiny_spec(small)).end, Outcome::End::finished) << teacher.why();
    auto taught = [&](const fs::path& by, const fs::path& from) {
        Json changes = small;
        changes["objective"] = {{"teacher", by.string()}};
        if (!from.empty()) changes["start"] = {{"kind", "checkpoint"}, {"path", from.string()}, {"forgetting", false}};
        return test::tiny_spec(changes);
    };
    ASSERT_EQ(pupil.go(taught(teacher.current(), {})).end, Outcome::End::finished) << pupil.why();
    EXPECT_FALSE(pupil.said("note", "goes on teaching"));
    ASSERT_EQ(more.go(taught(teacher.current(), pupil.current()), {}, 2).end, Outcome::End::stopped) << more.why();
    EXPECT_TRUE(more.said("note", "goes on teaching: " + teacher.current().string()));
    expect_forms(more);
    Stretches resumed;
    resumed.cache = more.cache;
    ASSERT_EQ(resumed.go(taught(teacher.current(), pupil.current()), more.current()).end, Outcome::End::finished)
        << resumed.why();
    EXPECT_FALSE(resumed.said("note", "goes on teaching")) << "once is enough";
    ASSERT_EQ(
        other
            .go(taught(alone.go(test::tiny_spec(small)).end == Outcome::End::finished ? alone.current() : fs::path(),
                       pupil.current()))
            .end,
        Outcome::End::finished)
        << other.why();
    EXPECT_FALSE(other.said("note", "goes on teaching")) << "another teacher was chosen";
}

}  // namespace
}  // namespace gw
