#pragma once
#include <optional>
#include <string>
#include <utility>

#include "util/descriptor.h"
#include "util/files.h"

namespace gw {

/// The right to train a run, or to take its folder away: one owner has it at a time, in whatever process, container or
/// host, and it goes with its owner, however that ends. It is a lock of the operating system on the file "lock" in the
/// run's folder, of the open file and not of the process: a child that inherits descriptor() holds it too.
class RunLock {
  public:
    enum class State {
        held,     ///< somebody trains the run
        free,     ///< nobody does
        unknown,  ///< no lock was ever taken, or the file system cannot lock: the heartbeat must decide
    };
    /// Errors: somebody else has it (Code::bad_spec); the folder cannot be written to. Where the file system cannot
    /// lock the answer is a lock that keeps nobody away (works() is false). The folder must exist.
    static Result<RunLock> take(const fs::path& run_folder);
    static State state(const fs::path& run_folder);
    static bool is_held(const fs::path& run_folder) { return state(run_folder) == State::held; }

    /// For Store::sweep_orphans(): nothing where the lock does not tell.
    static std::optional<bool> is_trained(const fs::path& run_folder) {
        const State now = state(run_folder);
        return now == State::unknown ? std::nullopt : std::optional(now == State::held);
    }

    RunLock() = default;  ///< of nothing
    RunLock(RunLock&& other) noexcept = default;
    RunLock& operator=(RunLock&& other) noexcept {
        file_ = std::exchange(other.file_, Descriptor());  // closes the file that was held
        works_ = std::exchange(other.works_, false);
        return *this;
    }
    bool works() const { return works_; }
    /// Of the open file, closed on exec; negative for a lock of nothing. A child trains on with it when it gets a copy.
    int descriptor() const { return file_.get(); }

  private:
    RunLock(Descriptor file, bool works) : file_(std::move(file)), works_(works) {}
    Descriptor file_;
    bool works_ = false;
};

}  // namespace gw
