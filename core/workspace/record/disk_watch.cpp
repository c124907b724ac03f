#include "workspace/record/disk_watch.h"

#include <fcntl.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string_view>
#include <utility>

#include "util/descriptor.h"
#include "util/io_error.h"

namespace gw {

namespace {

/// Refusals that pass without anything being changed in the program: a full or read-only disk, a quota, a device or
/// server that does not answer. A limit on the size of files, or a folder that is gone, is none.
bool may_pass(int number) {
    constexpr int passing[] = {ENOSPC, EDQUOT, EROFS, EIO, ESTALE, ETIMEDOUT};
    return std::find(std::begin(passing), std::end(passing), number) != std::end(passing);
}

}  // namespace

Status try_to_write(const fs::path& folder, std::uint64_t bytes) {
    constexpr std::string_view text = "Groundwork looks whether the disk can be written again\n";
    const fs::path path = folder / (".disk-test-" + std::to_string(::getpid()));
    Descriptor file = open_file(path.c_str(), O_RDWR | O_CREAT | O_TRUNC);
    if (!file) return may_pass(errno) ? io_error("write", path, errno) : Status();
    FileLayer& layer = file_layer();
    layer.unlink(path.c_str());  // at once: it must not stay where this program is killed
    // A checkpoint is begun only where a little more than its size is free.
    constexpr std::uint64_t beside = 2 << 20;  // bytes
    bytes += beside;
    const auto room = static_cast<off_t>(std::max<std::uint64_t>(bytes, text.size()));
    // Asked first: where nothing can be reserved the system writes all of it to find out.
    int failure = free_bytes(folder) < bytes ? ENOSPC : 0;
    if (failure == 0 &&
        (layer.allocate(file.get(), room) != 0 ||
         layer.write(file.get(), text.data(), text.size()) != static_cast<ssize_t>(text.size()) || !file.sync()))
        failure = errno;
    if (!file.close() && failure == 0) failure = errno;
    if (may_pass(failure)) return io_error("write", path, failure);
    return {};
}

void DiskWatch::failed(std::uint64_t bytes) {
    const std::scoped_lock one_at_a_time(failing_);
    {
        const std::scoped_lock lock(mutex_);
        wanted_ = std::max(wanted_, bytes);
        if (waiting_ || closed_) return;
    }
    const Status tried = options_.probe(bytes);
    if (tried) return;
    {
        const std::scoped_lock lock(mutex_);
        if (waiting_ || closed_) return;
        waiting_ = true;
    }
    if (options_.on_wait) options_.on_wait(tried.error());
    std::jthread before;  // of an earlier wait: joined when nothing is locked
    const std::scoped_lock lock(mutex_);
    if (closed_) return;
    before = std::exchange(thread_, std::jthread([this](const std::stop_token& stop) { wait_for_it(stop); }));
}

bool DiskWatch::waits() const {
    const std::scoped_lock lock(mutex_);
    return waiting_;
}

void DiskWatch::close() {
    std::jthread ending;
    {
        const std::scoped_lock lock(mutex_);
        closed_ = true;
    }
    const std::scoped_lock none_any_more(failing_);
    {
        const std::scoped_lock lock(mutex_);
        ending = std::move(thread_);
    }
    ending.request_stop();
    changed_.notify_all();
}

void DiskWatch::wait_for_it(const std::stop_token& stop) {
    using Clock = std::chrono::steady_clock;
    const auto begun = Clock::now();
    for (;;) {
        std::uint64_t wanted = 0;
        {
            std::unique_lock lock(mutex_);
            changed_.wait_for(lock, stop, options_.every, [] { return false; });
            if (closed_ || stop.stop_requested()) return;
            wanted = wanted_;
        }
        if (!options_.probe(wanted)) continue;
        {
            const std::scoped_lock lock(mutex_);
            if (closed_) return;
            waiting_ = false;
            wanted_ = 0;
        }
        if (options_.on_back) options_.on_back(std::chrono::duration<double>(Clock::now() - begun).count());
        return;
    }
}

std::string network_file_system(const fs::path& path) {
    struct statfs found {};
    if (::statfs(path.c_str(), &found) != 0) return "";
    switch (static_cast<std::uint32_t>(found.f_type)) {  // statfs(2)
        case 0x6969:
            return "NFS";
        case 0x517B:
        case 0xFF534D42:
        case 0xFE534D42:
            return "SMB";
        case 0x01021997:
            return "9p";
        case 0x5346414F:
            return "AFS";
        case 0x00C36400:
            return "Ceph";
        case 0x0BD00BD0:
            return "Lustre";
        case 0x65735546:
            return "FUSE";
        default:
            return "";
    }
}

}  // namespace gw
