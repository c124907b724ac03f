#include "util/mapped_file.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <array>
#include <atomic>
#include <mutex>

#include "util/io_error.h"

namespace gw {

namespace {

/// A map whose failing pages are replaced. The handler of the signal reads these, so they are plain atomics.
struct WatchedMap {
    std::atomic<bool> taken{false}, failed{false};
    std::atomic<std::uintptr_t> begin{0}, end{0};  ///< whole pages; 0 = none
};

constexpr std::size_t most_maps = 1024;
std::array<WatchedMap, most_maps> watched_maps;
struct sigaction action_before {};
std::uintptr_t page_bytes = 4096;

/// Puts zeros in place of the rest of the map that holds the address. Any other SIGBUS is what it was before.
void on_bus_error(int number, siginfo_t* info, void* context) {
    const int kept = errno;
    const auto at = reinterpret_cast<std::uintptr_t>(info->si_addr);
    for (WatchedMap& map : watched_maps) {
        const std::uintptr_t begin = map.begin.load(), end = map.end.load();
        if (begin == 0 || at < begin || at >= end) continue;
        const std::uintptr_t in_page = at % page_bytes;
        map.failed = true;
        // mmap is not on POSIX's list for handlers, but is a bare system call in Linux; journald does the same.
        if (::mmap(static_cast<char*>(info->si_addr) - in_page, end - at + in_page, PROT_READ,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | MAP_NORESERVE, -1, 0) == MAP_FAILED)
            break;
        errno = kept;
        return;
    }
    if (action_before.sa_flags & SA_SIGINFO) return action_before.sa_sigaction(number, info, context);
    if (action_before.sa_handler != SIG_DFL && action_before.sa_handler != SIG_IGN)
        return action_before.sa_handler(number);
    ::signal(SIGBUS, SIG_DFL);  // the instruction is run again and ends the program
}

void watch_bus_errors() {
    static std::once_flag once;
    std::call_once(once, [] {
        page_bytes = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
        struct sigaction action {};
        action.sa_sigaction = on_bus_error;
        action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
        sigemptyset(&action.sa_mask);
        ::sigaction(SIGBUS, &action, &action_before);
    });
}

/// A place among the watched maps, or -1 when all are taken.
int take_place() {
    for (std::size_t i = 0; i < watched_maps.size(); ++i)
        if (bool free = false; watched_maps[i].taken.compare_exchange_strong(free, true)) {
            watched_maps[i].failed = false;
            return static_cast<int>(i);
        }
    return -1;
}

std::int64_t nanoseconds_of(const struct stat& info) {
    return std::int64_t{info.st_mtim.tv_sec} * 1'000'000'000 + info.st_mtim.tv_nsec;
}

}  // namespace

Result<MappedFile> MappedFile::open(const fs::path& path) {
    watch_bus_errors();
    // Without O_NONBLOCK a pipe would be waited for here.
    Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (!file) return io_error("open", path, errno);
    struct stat info {};
    if (::fstat(file.get(), &info) != 0) return io_error("read", path, errno);
    if (S_ISDIR(info.st_mode)) return io_error("read", path, EISDIR);
    if (!S_ISREG(info.st_mode))
        return Error{Error::Code::io,
                     "Cannot read " + path.string() + ": it is a pipe, a socket or a device, not a file",
                     "Choose a file, or write what it gives into one",
                     {}};
    MappedFile mapped;
    mapped.path_ = path;
    mapped.changed_at_ = nanoseconds_of(info);
    const auto size = static_cast<std::size_t>(info.st_size);
    if (size > 0) {
        mapped.place_ = take_place();
        if (mapped.place_ < 0) return io_error("map", path, EMFILE);
        void* data = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, file.get(), 0);
        if (data == MAP_FAILED) {
            const int number = errno;
            watched_maps[static_cast<std::size_t>(mapped.place_)].taken = false;
            mapped.place_ = -1;
            return io_error("map", path, number);
        }
        mapped.data_ = static_cast<const std::byte*>(data);
        mapped.size_ = size;
        WatchedMap& watched = watched_maps[static_cast<std::size_t>(mapped.place_)];
        const auto begin = reinterpret_cast<std::uintptr_t>(data);
        watched.end = begin + (size + page_bytes - 1) / page_bytes * page_bytes;
        watched.begin = begin;
    }
    mapped.file_ = std::move(file);
    return mapped;
}

MappedFile::MappedFile(MappedFile&& other) noexcept {
    *this = std::move(other);
}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
    std::swap(path_, other.path_);
    std::swap(file_, other.file_);
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    std::swap(place_, other.place_);
    std::swap(changed_at_, other.changed_at_);
    return *this;
}

MappedFile::~MappedFile() {
    if (place_ < 0) return;
    WatchedMap& watched = watched_maps[static_cast<std::size_t>(place_)];
    watched.begin = 0;
    ::munmap(const_cast<std::byte*>(data_), size_);
    watched.taken = false;
}

bool MappedFile::failed() const {
    return place_ >= 0 && watched_maps[static_cast<std::size_t>(place_)].failed.load(std::memory_order_relaxed);
}

Status MappedFile::intact() const {
    if (!file_) return {};
    struct stat info {};
    const bool told = ::fstat(file_.get(), &info) == 0;
    if (told && (static_cast<std::size_t>(info.st_size) != size_ || nanoseconds_of(info) != changed_at_))
        return Error{Error::Code::io,
                     "The file " + path_.string() + " was written to while it was being read",
                     "Wait until nothing writes to it any more, then start again",
                     {}};
    if (failed() || !told) return io_error("read", path_, EIO);
    return {};
}

}  // namespace gw
