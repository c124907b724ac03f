#pragma once
#include <functional>

#include "train/run_port.h"
#include "train/settings.h"
#include "util/files.h"

namespace gw {

/// The checkpoints of a run: writes them, remembers the best, takes away what the settings do not keep, and reports each.
class CheckpointKeeper {
  public:
    /// Writes a checkpoint into a folder and gives its size in bytes.
    using Write = std::function<Result<std::uint64_t>(const fs::path&)>;
    CheckpointKeeper(fs::path folder, SavingSettings settings, RunPort& port)
        : folder_(std::move(folder)), settings_(std::move(settings)), port_(port) {}
    /// Goes on from a checkpoint's state.
    void restore(const Json& state);
    /// Adds what restore() reads.
    void remember(Json& state) const;
    /// Saves the weights as they are at `step`, once. A failed save is a warning, for the next may find room; see error().
    void save(std::int64_t step, std::int64_t tokens, const Write& write);
    /// Notes a validation loss, and saves and marks the checkpoint if it is the lowest so far.
    void keep_if_best(double loss, std::int64_t step, std::int64_t tokens, const Write& write);
    const std::string& best_path() const { return best_path_; }
    fs::path folder_of(std::int64_t step) const;
    const std::optional<Error>& error() const { return error_; }  ///< of the last save

  private:
    std::vector<std::string> apply_retention();
    const fs::path folder_;
    const SavingSettings settings_;
    RunPort& port_;
    std::int64_t saved_step_ = -1;
    std::optional<double> best_loss_;
    std::string best_path_;
    CheckpointSaved saved_;
    std::optional<Error> error_;
};

}  // namespace gw
