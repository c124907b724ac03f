#pragma once
#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "schema/field.h"

namespace gw {

/// What a run owes at the step that it has reached, besides training, and what of it was done. It goes with the
/// checkpoint of that step, so that a resume makes up what a stop or a crash left undone, and does nothing twice.
class Dues {
  public:
    enum class Due { evaluation, probe, samples };
    /// A new step was reached: nothing is done there yet.
    void reach(std::int64_t step) { *this = Dues(step); }
    /// Whether it is owed, when it comes every `every` steps (0 = never).
    bool owed(Due due, std::int64_t every) const { return !settled_ && every > 0 && step_ % every == 0 && !done(due); }
    bool done(Due due) const { return done_[static_cast<std::size_t>(due)]; }
    void note(Due due) { done_[static_cast<std::size_t>(due)] = true; }
    /// All that was due at the step is done, however often things came due then.
    void settle() { settled_ = true; }
    bool settled() const { return settled_; }

    Json state() const {
        Json done = Json::array();
        for (const Due due : all)
            if (this->done(due)) done.push_back(name(due));
        return {{"step", step_}, {"done", done}, {"settled", settled_}};
    }
    /// Without a state of `step` nothing counts as done: what is made up twice gives the same figures.
    void restore(const Json& state, std::int64_t step) {
        reach(step);
        if (!state.is_object() || state.value("step", Json()) != Json(step)) return;
        settled_ = state.value("settled", Json()) == Json(true);
        const Json done = state.value("done", Json());
        for (const Due due : all)
            if (done.is_array() && std::find(done.begin(), done.end(), Json(name(due))) != done.end()) note(due);
    }

    static std::string name(Due due) {
        return due == Due::evaluation ? "evaluation" : due == Due::probe ? "probe" : "samples";
    }
    static constexpr Due all[] = {Due::evaluation, Due::probe, Due::samples};
    Dues() = default;

  private:
    explicit Dues(std::int64_t step) : step_(step) {}
    std::int64_t step_ = 0;
    bool done_[3] = {false, false, false};
    bool settled_ = false;
};

}  // namespace gw
