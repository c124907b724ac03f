#pragma once
#include <functional>

#include "artifact/current.h"
#include "spec/settings.h"
#include "train/examine/verdict.h"
#include "train/host/run_port.h"
#include "train/keep/writing_lane.h"
#include "train/message/standing.h"
#include "util/files.h"

namespace gw {

/// The checkpoints of a run: writes them while training goes on, keeps the judgement of each beside its weights, marks
/// the best and the one that the run stands for (artifact/current.h), takes away what the settings do not keep, and
/// reports each.
///
/// Training waits for a copy of the weights alone. All that follows for a checkpoint (its files, the wait until what
/// was reported is in the history, its place, its judgement, its mark, what it makes superfluous) is carried out in the
/// order of the calls by one thread; a save waits for the one before it. What that thread found out is known, and
/// reported, from land() on.
class CheckpointKeeper {
  public:
    /// A checkpoint of now that is ready to be written.
    struct Ready {
        /// Writes it into its place, once `settle` has let it, and gives its size in bytes.
        std::function<Result<std::uint64_t>(const std::function<Status()>& settle)> write;
        bool now = false;  ///< before anything else is done: what it writes is no copy
    };
    /// Makes a folder's checkpoint ready.
    using Take = std::function<Result<Ready>(const fs::path&)>;
    /// With `keep_best` the best checkpoint stays while the run goes on, whatever the settings say.
    /// Where a process does not write (World::writes()) it keeps count of the same checkpoints and leaves the disk
    /// alone.
    CheckpointKeeper(fs::path folder, SavingSettings settings, bool keep_best, RunPort& port, bool writes);
    /// What was begun is brought to its end and reported.
    ~CheckpointKeeper();
    fs::path folder_of(std::int64_t step) const;
    /// Whether `checkpoint` is one of this run's, and not of the run that it was forked from.
    bool owns(const fs::path& checkpoint) const;
    /// The run goes on from one of its own checkpoints, which it stands for until the next save. The best is that of
    /// this checkpoint's time; it is forgotten where it is gone, and the answer is then no.
    bool resume_from(const fs::path& checkpoint, const std::string& metric, const std::optional<Verdict::Best>& best);
    /// Begins to save the weights as they are at the standing's step, once. No when that could not even begin. A failed
    /// save is a warning, for the next may find room; see land() and error().
    bool save(const Standing& at, const Take& take);
    /// Waits for all that was begun, and reports it. The step whose save came to nothing since the last call, if any;
    /// what it was reckoned with must then be taken back, and so this comes before the next save. `training`: waits
    /// that keep the run from its next step, which count as stall.
    std::optional<std::int64_t> land(bool training = false);
    /// Reports what is done so far, without waiting.
    void tell();
    /// The process that writes could not: nobody counts on this step's checkpoint.
    void not_saved();
    /// Whether the step's checkpoint is there or on its way.
    bool saved(std::int64_t step) const { return begun_ == step; }
    const std::optional<Error>& error() const { return error_; }  ///< of the last save that has landed
    /// Marks the checkpoint that was saved last as the best.
    void mark_best(const std::string& metric, const Verdict::Best& best);
    /// Puts the judgement of the last saved checkpoint's own step beside its weights, once what it says was done is in
    /// the history. Call it before anything later is done.
    void write_verdict(const Json& verdict);
    /// What write_verdict() wrote, laid over the state that the weights were saved with.
    static Json judged_state(const fs::path& checkpoint, const Json& state);
    /// The run ended. It stands for the best checkpoint if `went_back`; what only a run on its way needs may go.
    void end(bool went_back);
    /// Tells the figure of the checkpoint that the run stands for.
    void report_figure(std::int64_t step, const std::string& metric, const Ranking::Figure& figure);
    /// Of this stretch, as far as it has landed.
    struct Cost {
        std::int64_t written = 0;
        double stall = 0, writing = 0;  ///< seconds that training waited, and that the writing took
    };
    const Cost& cost() const { return cost_; }

  private:
    using Tell = WritingLane::Tell;
    void write(const Standing& at, const Ready& ready, double stall, const Tell& tell);
    Status note_current(const std::string& name, const std::string& why) const;
    Status note_best(const std::optional<BestCheckpoint>& best) const;
    void put_mark(const Tell& tell);
    static void warn(const Tell& tell, std::int64_t step, const char* form, const Error& error);
    void tell_best(const fs::path& before, const std::string& metric, const std::optional<Verdict::Best>& best);
    std::vector<std::string> apply_retention(const Tell& tell);
    const Tell at_once_ = [this](Message message) { port_.report(std::move(message)); };
    const fs::path folder_;
    const SavingSettings settings_;
    RunPort& port_;
    const bool writes_;
    std::optional<std::int64_t> begun_;  ///< step of the last checkpoint that is there or on its way
    std::optional<Error> error_;

    // Of the lane while it is at work, and of the run when all has landed.
    bool keep_best_;
    std::optional<std::int64_t> best_step_;
    CheckpointSaved saved_;       ///< the last one; without a path when there is none
    CheckpointSaved best_saved_;  ///< likewise the best
    /// One that is to be marked as the best, which could not be written yet: tried again at every save and at the end.
    std::optional<std::pair<BestCheckpoint, CheckpointSaved>> unmarked_;
    std::optional<std::pair<std::int64_t, Error>> failed_;  ///< the last save, at a step
    Cost cost_;

    WritingLane lane_;  ///< last: its thread ends before what it works on goes
};

}  // namespace gw
