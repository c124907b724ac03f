#pragma once
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "util/files.h"

namespace gw {

/// Whether `bytes` can be written into a folder now: by room that is really taken for a moment, so that a quota counts
/// as a full disk does. Errors are those that pass by themselves when the disk is back; where something else is wrong
/// there is nothing to wait for.
Status try_to_write(const fs::path& folder, std::uint64_t bytes);

/// Decides when a run must wait for its disk: after a failed write, while another try fails as well, it is asked every
/// few seconds until it takes what was wanted. All calls are safe from several threads and return soon.
class DiskWatch {
  public:
    using Probe = std::function<Status(std::uint64_t bytes)>;
    struct Options {
        std::chrono::milliseconds every{2000};
        Probe probe;                                  ///< try_to_write() on the run's folder
        std::function<void(const Error&)> on_wait;    ///< from now on the run must wait; in the reporter's thread
        std::function<void(double seconds)> on_back;  ///< it need not any more; in a thread of the watch
    };
    explicit DiskWatch(Options options) : options_(std::move(options)) {}
    ~DiskWatch() { close(); }
    DiskWatch(const DiskWatch&) = delete;
    DiskWatch& operator=(const DiskWatch&) = delete;
    /// Something could not be written that needs about so many bytes. A disk that takes as much now is not waited for:
    /// then the failure had another cause.
    void failed(std::uint64_t bytes);
    bool waits() const;
    /// Waits no more, and says nothing more; to be called outside of on_wait and on_back.
    void close();

  private:
    void wait_for_it(const std::stop_token& stop);
    const Options options_;
    std::mutex failing_;  ///< held by failed(), so that close() waits for it
    mutable std::mutex mutex_;
    std::condition_variable_any changed_;
    bool waiting_ = false, closed_ = false;
    std::uint64_t wanted_ = 0;
    std::jthread thread_;
};

/// The name of the network file system that a path lies on ("NFS", "SMB"), where locks may not work and other machines
/// may write; empty on a disk of this machine.
std::string network_file_system(const fs::path& path);

}  // namespace gw
