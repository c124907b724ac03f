#pragma once
#include <fcntl.h>

#include <cerrno>
#include <string_view>
#include <utility>

#include "util/file_layer.h"

namespace gw {

/// Owns a file descriptor; closes it at the end of its life.
class Descriptor {
  public:
    explicit Descriptor(int fd = -1) : fd_(fd) {}
    Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(fd_, other.fd_);
        return *this;
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (fd_ >= 0) file_layer().close(fd_);
    }
    int get() const { return fd_; }
    explicit operator bool() const { return fd_ >= 0; }
    /// Flushes the file to the disk. False, with errno set, when that failed.
    bool sync() const { return file_layer().sync(fd_) == 0; }
    /// Closes now, since a network file system reports a full disk only here. False, with errno set, when that failed.
    bool close() { return file_layer().close(std::exchange(fd_, -1)) == 0; }

  private:
    int fd_;
};

/// Opens a file, closed on exec, as open(2) with these flags does; nothing, with errno set, when that failed. A new
/// file may be read and written by all, as far as the mask of the process allows.
inline Descriptor open_file(const char* path, int flags) {
    constexpr mode_t for_all = 0666;
    return Descriptor(file_layer().open(path, flags | O_CLOEXEC, for_all));
}

/// Writes all bytes; false, with errno set, when that failed.
inline bool write_all(const Descriptor& file, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = file_layer().write(file.get(), bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written == 0) errno = ENOSPC;  // what takes nothing and names no reason has no room
        if (written <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

}  // namespace gw
