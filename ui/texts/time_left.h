#pragma once
#include <map>
#include <string>

#include "train/message/knobs.h"
#include "train/message/messages.h"

namespace gw::ui {

/// How long a run will still take, judged by its steps since this start and, apart from them, by its evaluations, saves
/// and samples: one long evaluation does not make the steps look slow, and those that are still to come are counted.
class TimeLeft {
  public:
    /// Forgets what it has seen. `spec`: complete, of the run that begins or goes on.
    void begin(const Json& spec);
    void setKnobs(const Knobs& knobs) { knobs_ = knobs; }
    /// `now`: seconds of any clock that never goes back and stands while the run is paused or not.
    void note(const MetricRow& row);
    void note(const Progress& progress, double now);
    void note(const RunFacts& facts) { total_ = facts.total_steps; }
    /// Seconds to the end; negative while unknown and where under half a second is left.
    double seconds(double now) const;
    /// Share of the budget that is spent; negative while unknown.
    double fraction() const;

  private:
    struct Phase {
        double seconds = 0;
        std::int64_t count = 0;
    };
    double ofPhases(std::int64_t step) const;
    double ofThisPhase(double now) const;
    std::int64_t every(const std::string& phase) const;

    Json spec_;
    Knobs knobs_;
    std::int64_t total_ = 0, first_ = -1, warm_ = -1, step_ = -1;
    double warmSeconds_ = 0, seconds_ = 0;
    std::map<std::string, Phase> phases_;  ///< other than training, since the first steps
    double others_ = 0;                    ///< seconds of all of them
    std::string phase_;
    double phaseBegan_ = 0, phaseDone_ = -1;
};

}  // namespace gw::ui
