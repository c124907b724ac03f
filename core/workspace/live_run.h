#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "train/host/run_host.h"
#include "workspace/workspace.h"

namespace gw {

/// What to launch.
struct LaunchRequest {
    Json spec;         ///< checked; completed and frozen at launch
    std::string name;  ///< empty: made from the spec (name_from_spec), with a number where it is taken
    std::vector<std::string> telling = {};  ///< settings that a made name says in any case, such as those of a sweep
    std::string resume_run;                 ///< id of a run to take up again (spec is then ignored), else empty
    std::string resume_checkpoint;          ///< path of the checkpoint to resume from; empty: the newest whole one
    std::string queued_run;  ///< id of a run that waits in the queue: its frozen spec is trained (spec is then
                             ///< ignored), else empty
    std::string
        fork_run;  ///< id of a run to begin from the middle of: `spec` may differ in how it is trained, else empty
    std::string fork_checkpoint;   ///< with fork_run: path of its checkpoint; empty: the newest whole one
    Json extend = Json::object();  ///< with resume_run: what replaces the frozen settings: "budget", "budget_unit",
                                   ///< "schedule" (a section), "lr"
    std::int64_t stop_at =
        0;                ///< save and stop at this step, as the button does, without changing the schedule; 0 = never
    std::string checked;  ///< by check_launch(): the checkpoint whose hashes were right a moment ago, else empty
    std::vector<std::string> passed_over;  ///< by check_launch(): what is damaged, and is warned of at the start
    bool train_alone = false;  ///< in a process of its own: trains on when the program that started it is gone without
                               ///< a word, else it saves and stops then
};

/// Where a run is trained. Results are the same to the bit. In a process of its own (groundwork-cli train-for) a crash,
/// a lack of memory or a GPU that is lost ends that process alone, and the run can outlive the program that started it.
enum class HostKind { thread, inline_, process };
/// What people choose between.
enum class HostChoice { automatic, thread, process };
inline constexpr const char* host_choices[] = {"auto", "thread", "process"};
/// The host for a launch: as chosen; by itself a process for runs on a GPU and a thread for others. May ask the GPU's
/// driver, which takes a moment.
HostKind host_for(const Workspace& workspace, const LaunchRequest& request, HostChoice choice);

/// Whether to watch a run that others watch already: all who do see it and may give orders, of which the last counts.
enum class Attach { anyway, if_unwatched };
/// Whether a run seems to be trained in a process of its own on this machine, which LiveRun::attach() would find.
bool can_attach(const Workspace& workspace, const std::string& run);

/// The view lane's delivery: rows thinned if the reader was slow, everything else complete and in order.
struct Delivery {
    std::vector<Message> messages;
    std::optional<Outcome> ended;  ///< set once, in the delivery after which nothing follows
    bool empty() const { return messages.empty() && !ended; }
};

/// One run being trained by this program, with its two lanes: every message goes to the store through a bounded queue
/// and one writer thread; a copy goes to a mailbox for the eye. All calls are safe from the interface thread and return
/// at once, except the destructor and wait().
class LiveRun {
  public:
    /// Makes the run's folder and its row in the store, then starts it. Errors leave neither behind.
    static Result<std::unique_ptr<LiveRun>> launch(const Workspace& workspace, LaunchRequest request,
                                                   HostKind host = HostKind::thread);
    /// A run that is trained in a process of its own, which another program started: what it told is in the history,
    /// what it tells from now on comes here, and it obeys as if it had been started here; but the destructor leaves it
    /// training. Errors: it is trained elsewhere or not at all, or does not answer (10 s).
    static Result<std::unique_ptr<LiveRun>> attach(const Workspace& workspace, const std::string& run,
                                                   Attach how = Attach::anyway);
    virtual ~LiveRun() = default;  ///< stops without saving if still running; waits
    virtual const std::string& id() const = 0;
    virtual std::string name() const = 0;
    virtual const Json& spec() const = 0;  ///< complete, as it is trained now
    virtual void pause() = 0;
    virtual void resume() = 0;
    virtual bool paused() const = 0;
    virtual void save_now() = 0;
    virtual void sample_now() = 0;
    /// Goes on with these from the next step; check them first with why_not().
    virtual void set_knobs(const Knobs& knobs) = 0;
    virtual Knobs knobs() const = 0;  ///< as they were set last
    virtual void stop(bool save_first) = 0;
    /// Takes what came since the last call.
    virtual void drain(Delivery& into) = 0;
    /// Until the run has ended and its last row is committed.
    virtual Outcome wait() = 0;

    /// The process that trains it, where that is one of its own; else 0.
    virtual std::int64_t process() const { return 0; }
    /// Seconds since its process gave a sign of life, which it does every second; 0 where there is none.
    virtual double silence() const { return 0; }
    /// Lets its process train on when this object is gone. False where there is none: the run ends with the program.
    virtual bool leave() { return false; }
    /// Ends its process at once, also one that answers no more; what came after the newest checkpoint is lost.
    virtual void end_by_force() {}
};

}  // namespace gw
