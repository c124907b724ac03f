#pragma once
#include <atomic>
#include <string_view>

namespace gw::test {

/// What a program asks a disk for.
enum class DiskCall { open, read, write, truncate, sync, close, link, rename, unlink, make_folder, remove_folder };

/// Which call of a disk fails, and as what.
class FaultPlan {
  public:
    enum class Fault {
        no_space,     ///< ENOSPC, of calls that take room
        quota,        ///< EDQUOT, of the same
        broken,       ///< EIO, of any call
        short_write,  ///< half of what should be written is, and the next write finds no space
    };
    static std::string_view text(Fault fault);

    /// The `at`-th call that can fail so, from 1 on; with `lasting` all that follow too, until heal().
    void begin(Fault fault, long at, bool lasting);
    void heal() { at_ = 0; }

    /// For a call that is about to be made: 0, or the errno with which it fails instead.
    int next(DiskCall call);
    /// The same for a write: how many bytes of `size` it takes (less only as a short write).
    int next_write(std::size_t size, std::size_t& takes);

    long calls() const { return calls_; }    ///< since begin(), that could have failed
    long failed() const { return failed_; }  ///< of these

  private:
    bool can_fail(DiskCall call) const;
    Fault fault_ = Fault::no_space;
    std::atomic<long> at_{0}, calls_{0}, failed_{0};
    std::atomic<bool> lasting_{false};
};

}  // namespace gw::test
