#include <gtest/gtest.h>

#include <functional>

#include "schema/typed.h"
#include "scratch.h"
#include "util/frames.h"
#include "util/local_socket.h"
#include "workspace/child/child_body.h"

// What becomes of a run in a process of its own when whoever watches it goes.
namespace gw {
namespace {

/// What a run was told.
struct Obeyed {
    int pauses = 0, stops = 0;
    bool saves_first = false;
};

/// A run that trains nothing; `turn` is called whenever it is asked for news, with the number of the time.
class PretendedRun final : public LiveRun {
  public:
    PretendedRun(Obeyed& obeyed, std::function<void(int)> turn) : obeyed_(obeyed), turn_(std::move(turn)) {}
    const std::string& id() const override { return id_; }
    std::string name() const override { return "pretended"; }
    const Json& spec() const override { return spec_; }
    void pause() override { ++obeyed_.pauses; }
    void resume() override {}
    bool paused() const override { return obeyed_.pauses > 0; }
    void save_now() override {}
    void sample_now() override {}
    void set_knobs(const Knobs&) override {}
    Knobs knobs() const override { return {}; }
    void stop(bool save_first) override {
        ++obeyed_.stops;
        obeyed_.saves_first = save_first;
    }
    void drain(Delivery& into) override {
        turn_(++turns_);
        constexpr int last = 8;
        into.messages.push_back(Progress{"training", static_cast<double>(turns_) / last, ""});
        if (turns_ == last) into.ended = Outcome{Outcome::End::finished, {}};
    }
    Outcome wait() override { return {}; }

  private:
    Obeyed& obeyed_;
    const std::function<void(int)> turn_;
    const std::string id_ = "00000000-0000-4000-8000-000000000001";
    const Json spec_ = Json::object();
    int turns_ = 0;
};

/// A run whose only watcher says this and goes, after its orders of this turn were read and before it is sent the news
/// of it: what is sent fails, with what was said still unread.
Obeyed watched_by_one_that_goes(const std::vector<Json>& last_words, bool train_alone = false) {
    const Scratch scratch;
    Obeyed obeyed;
    auto [other, first] = connected_pair().or_throw();
    Descriptor watcher = std::move(other);
    serve_run(std::make_unique<PretendedRun>(obeyed,
                                             [&](int turn) {
                                                 if (turn != 3) return;
                                                 std::string bytes;
                                                 for (const Json& json : last_words)
                                                     bytes += framed(schema::json_line(json));
                                                 EXPECT_TRUE(send_some(watcher, bytes) && bytes.empty());
                                                 (void)watcher.close();
                                             }),
              scratch.path(), train_alone, std::move(first));
    return obeyed;
}

TEST(LeftRun, TrainsOnWhereThatWasSaidAtTheLastMoment) {
    const Obeyed obeyed = watched_by_one_that_goes({{{"order", "leave"}}});
    EXPECT_EQ(obeyed.stops, 0);
}

TEST(LeftRun, IsSavedAndStoppedWhereNothingWasSaid) {
    const Obeyed obeyed = watched_by_one_that_goes({});
    EXPECT_EQ(obeyed.stops, 1);
    EXPECT_TRUE(obeyed.saves_first);
    EXPECT_EQ(watched_by_one_that_goes({}, /*train_alone=*/true).stops, 0);
}

TEST(LeftRun, ObeysEveryOrderThatWasGivenBefore) {
    const Obeyed obeyed = watched_by_one_that_goes({{{"order", "pause"}}, {{"order", "leave"}}});
    EXPECT_EQ(obeyed.pauses, 1);
    EXPECT_EQ(obeyed.stops, 0);
}

}  // namespace
}  // namespace gw
