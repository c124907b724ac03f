#pragma once
#include <functional>

#include "artifact/current.h"
#include "spec/settings.h"
#include "train/run_port.h"
#include "train/standing.h"
#include "train/verdict.h"
#include "util/files.h"

namespace gw {

/// The checkpoints of a run: writes them, keeps the judgement of each beside its weights, marks the best and the one
/// that the run stands for (artifact/current.h), takes away what the settings do not keep, and reports each.
class CheckpointKeeper {
  public:
    /// Writes a checkpoint into a folder and gives its size in bytes.
    using Write = std::function<Result<std::uint64_t>(const fs::path&)>;
    /// With `keep_best` the best checkpoint stays while the run goes on, whatever the settings say.
    /// Where a process does not write (World::writes()) it keeps count of the same checkpoints and leaves the disk
    /// alone.
    CheckpointKeeper(fs::path folder, SavingSettings settings, bool keep_best, RunPort& port, bool writes)
        : folder_(std::move(folder)),
          settings_(std::move(settings)),
          keep_best_(keep_best),
          port_(port),
          writes_(writes) {}
    fs::path folder_of(std::int64_t step) const;
    /// Whether `checkpoint` is one of this run's, and not of the run that it was forked from.
    bool owns(const fs::path& checkpoint) const;
    /// The run goes on from one of its own checkpoints, which it stands for until the next save. The best is that of
    /// this checkpoint's time; it is forgotten where it is gone, and the answer is then no.
    bool resume_from(const fs::path& checkpoint, const std::string& metric, const std::optional<Verdict::Best>& best);
    /// Saves the weights as they are at the standing's step, once. A failed save is a warning, for the next may find
    /// room; see error().
    bool save(const Standing& at, const Write& write);
    /// The process that writes could not: nobody counts on this step's checkpoint.
    void not_saved();
    bool saved(std::int64_t step) const { return saved_.step == step && !saved_.path.empty(); }
    const std::optional<Error>& error() const { return error_; }  ///< of the last save
    /// Marks the checkpoint that was saved last as the best.
    void mark_best(const std::string& metric, const Verdict::Best& best);
    /// Puts the judgement of the last saved checkpoint's own step beside its weights. Call it before anything later is
    /// done.
    void write_verdict(const Json& verdict);
    /// What write_verdict() wrote, laid over the state that the weights were saved with.
    static Json judged_state(const fs::path& checkpoint, const Json& state);
    /// The run ended. It stands for the best checkpoint if `went_back`; what only a run on its way needs may go.
    void end(bool went_back);
    /// Tells the figure of the checkpoint that the run stands for.
    void report_figure(std::int64_t step, const std::string& metric, const Ranking::Figure& figure);

  private:
    Status note_current(const std::string& name, const std::string& why) const;
    Status note_best(const std::optional<BestCheckpoint>& best) const;
    void warn(std::int64_t step, const char* form, const Error& error);
    void tell_best(const fs::path& before, const std::string& metric, const std::optional<Verdict::Best>& best);
    std::vector<std::string> apply_retention();
    const fs::path folder_;
    const SavingSettings settings_;
    bool keep_best_;
    RunPort& port_;
    const bool writes_;
    std::optional<std::int64_t> best_step_;
    CheckpointSaved saved_;       ///< the last one; without a path when there is none
    CheckpointSaved best_saved_;  ///< likewise the best
    std::optional<Error> error_;
};

}  // namespace gw
