#include "util/file_layer.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>

namespace gw {

int FileLayer::open(const char* path, int flags, mode_t mode) {
    return ::open(path, flags, mode);
}
ssize_t FileLayer::read(int file, void* bytes, std::size_t size) {
    return ::read(file, bytes, size);
}
ssize_t FileLayer::write(int file, const void* bytes, std::size_t size) {
    return ::write(file, bytes, size);
}
int FileLayer::truncate(int file, off_t size) {
    return ::ftruncate(file, size);
}
int FileLayer::allocate(int file, off_t size) {
    const int number = ::posix_fallocate(file, 0, size);
    if (number != 0) errno = number;
    return number == 0 ? 0 : -1;
}
int FileLayer::sync(int file) {
    return ::fsync(file);
}
int FileLayer::close(int file) {
    return ::close(file);
}
int FileLayer::link(const char* from, const char* to) {
    return ::link(from, to);
}
int FileLayer::rename(const char* from, const char* to) {
    return ::rename(from, to);
}
int FileLayer::exchange(const char* one, const char* other) {
#ifdef RENAME_EXCHANGE
    return ::renameat2(AT_FDCWD, one, AT_FDCWD, other, RENAME_EXCHANGE);
#else
    static_cast<void>(one), static_cast<void>(other);
    errno = ENOSYS;
    return -1;
#endif
}
int FileLayer::unlink(const char* path) {
    return ::unlink(path);
}
int FileLayer::make_folder(const char* path, mode_t mode) {
    return ::mkdir(path, mode);
}
int FileLayer::remove_folder(const char* path) {
    return ::rmdir(path);
}

namespace {

struct OperatingSystem final : FileLayer {};
constinit OperatingSystem operating_system;
constinit std::atomic<FileLayer*> layer_in_use{&operating_system};

}  // namespace

FileLayer& file_layer() {
    return *layer_in_use.load(std::memory_order_acquire);
}

void set_file_layer(FileLayer* layer) {
    layer_in_use.store(layer ? layer : &operating_system, std::memory_order_release);
}

}  // namespace gw
