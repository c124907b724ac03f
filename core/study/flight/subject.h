#pragma once
#include <condition_variable>
#include <mutex>
#include <thread>

#include "study/flight/flight.h"
#include "train/guard/recovery.h"
#include "train/host/run_port.h"
#include "train/run_in_progress.h"

namespace gw {

/// The outside world of a run that is tried: counts what it tells, passes on how far it is, and can be given a time
/// after which a look is to end.
class FlightPort final : public RunPort {
  public:
    explicit FlightPort(const FlightRequest& request) : request_(request) {}
    void report(Message message) override;
    Orders between_steps() override { return {}; }
    std::stop_token stop_token() const override { return now_.get_token(); }
    /// Does `work` with a stop token that asks for an end after so many seconds. False where it came to that. Throws
    /// Failure (cancelled) where the whole check is to end.
    bool within(double seconds, const std::function<void()>& work);
    void look_for_stop() const;
    void tell(const char* phase, double share) const;

    RunFacts facts;
    std::int64_t points = 0;  ///< of rows of the record
    double evaluated = 0;     ///< share of an evaluation that was told last
    double recorded = 0;      ///< most of train/memory_bytes
    CheckpointSaved saved;

  private:
    const FlightRequest& request_;
    std::stop_source now_;
};

/// A run of the request's spec that is tried for a while in a folder of its own.
class FlightSubject {
  public:
    /// Reads the data and builds the model. Throws Failure.
    FlightSubject(const FlightRequest& request, const fs::path& folder);
    RunInProgress& run() { return run_; }
    FlightPort& port() { return port_; }

    /// Makes a step as the run does and waits for its device; seconds. Throws what the step throws.
    double step();
    bool finite() const { return finite_; }  ///< all steps so far: loss and gradient
    std::int64_t units() const { return run_.at.tokens; }
    /// Seconds of an evaluation as the run makes it on its way; of one that takes longer than `most` by the share of
    /// it that was made.
    double evaluate(double most);
    /// The evaluation at the end, by that of one on the way.
    double last_evaluation(double one) const;
    double probe(double most);
    /// Seconds; nothing where they take longer than `most`.
    std::optional<double> sample(double most);
    /// Saves a checkpoint of now; why it could not be.
    std::optional<Error> save(FlightPace& pace);
    /// Bytes of a checkpoint, reckoned.
    std::uint64_t checkpoint_size();
    /// Of the record of so many steps: history and the run's journal, bytes.
    std::uint64_t record_bytes(const FlightCourse& course) const;

    /// The most memory from now on; bytes.
    void forget_peak();
    std::uint64_t peak() const;

  private:
    TrainRequest request_;
    FlightPort port_;
    RunInProgress run_;
    Recovery recovery_;
    bool finite_ = true;
    std::int64_t points_of_step_ = 0;
};

}  // namespace gw
