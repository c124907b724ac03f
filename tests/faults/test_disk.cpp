#include "faults/test_disk.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace gw::test {

namespace {

std::string whole(const char* path) {
    std::string out = fs::absolute(path).lexically_normal().string();
    while (out.size() > 1 && out.ends_with('/')) out.pop_back();
    return out;
}

bool exists(const std::string& path) {
    struct stat info {};
    return ::lstat(path.c_str(), &info) == 0;
}

}  // namespace

TestDisk::TestDisk(const fs::path& root) : root_(whole(root.c_str())) {
    set_file_layer(this);
    watch_databases(this);
}

TestDisk::~TestDisk() {
    watch_databases(nullptr);
    set_file_layer(nullptr);
}

bool TestDisk::watches(const std::string& path) const {
    return path.size() > root_.size() && path.starts_with(root_) && path[root_.size()] == '/';
}

DiskRecord* TestDisk::record_of(const std::string& path) {
    return record_ && watches(path) ? &*record_ : nullptr;
}

bool TestDisk::refused(DiskCall call, const std::string& path) {
    if (!watches(path)) return false;
    const int number = plan_.next(call);
    if (number != 0) errno = number;
    return number != 0;
}

TestDisk::Opened* TestDisk::opened(int file) {
    const auto found = open_.find(file);
    return found == open_.end() ? nullptr : &found->second;
}

int TestDisk::open(const char* path, int flags, mode_t mode) {
    const std::scoped_lock lock(mutex_);
    const std::string name = whole(path);
    const bool writes = (flags & (O_WRONLY | O_RDWR)) != 0;
    if (refused(writes ? DiskCall::open : DiskCall::read, name)) return -1;
    const bool was_there = exists(name);
    const int file = FileLayer::open(path, flags, mode);
    if (file < 0 || (!watches(name) && name != root_)) return file;
    Opened opened{name};
    if (DiskRecord* record = record_of(name); record && writes)
        opened.number = record->opened(name, !was_there, (flags & O_TRUNC) != 0);
    open_[file] = opened;
    return file;
}

ssize_t TestDisk::read(int file, void* bytes, std::size_t size) {
    {
        const std::scoped_lock lock(mutex_);
        if (const Opened* it = opened(file); it && refused(DiskCall::read, it->path)) return -1;
    }
    return FileLayer::read(file, bytes, size);  // of a pipe it may wait for long
}

ssize_t TestDisk::write(int file, const void* bytes, std::size_t size) {
    std::unique_lock lock(mutex_);
    const Opened* it = opened(file);
    if (!it) {
        lock.unlock();  // of a pipe it may wait for long
        return FileLayer::write(file, bytes, size);
    }
    std::size_t takes = size;
    if (const int number = plan_.next_write(size, takes); number != 0) {
        errno = number;
        return -1;
    }
    const ssize_t count = FileLayer::write(file, bytes, takes);
    if (count > 0 && it->number >= 0 && record_)
        record_->wrote(it->number, ::lseek(file, 0, SEEK_CUR) - count,
                       {static_cast<const char*>(bytes), static_cast<std::size_t>(count)});
    return count;
}

int TestDisk::truncate(int file, off_t size) {
    const std::scoped_lock lock(mutex_);
    const Opened* it = opened(file);
    if (it && refused(DiskCall::truncate, it->path)) return -1;
    const int done = FileLayer::truncate(file, size);
    if (done == 0 && it && it->number >= 0 && record_) record_->truncated(it->number, size);
    return done;
}

int TestDisk::allocate(int file, off_t size) {
    const std::scoped_lock lock(mutex_);
    const Opened* it = opened(file);
    if (it && refused(DiskCall::write, it->path)) return -1;
    struct stat before {};
    const bool grows = ::fstat(file, &before) == 0 && before.st_size < size;
    const int done = FileLayer::allocate(file, size);
    if (done == 0 && grows && it && it->number >= 0 && record_) record_->truncated(it->number, size);
    return done;
}

int TestDisk::sync(int file) {
    const std::scoped_lock lock(mutex_);
    const Opened* it = opened(file);
    if (it && refused(DiskCall::sync, it->path)) return -1;
    const int done = FileLayer::sync(file);
    if (done != 0 || !it || !record_) return done;
    struct stat info {};
    if (::fstat(file, &info) == 0 && S_ISDIR(info.st_mode)) {
        record_->synced_folder(it->path);
    } else {
        // A file may be synced through another descriptor than the one by which it was written.
        const int number = it->number >= 0 ? it->number : record_->opened(it->path, false, false);
        record_->synced(number);
    }
    return done;
}

int TestDisk::close(int file) {
    const std::scoped_lock lock(mutex_);
    const Opened* it = opened(file);
    const bool fails = it && refused(DiskCall::close, it->path);
    const int number = errno;
    if (it) open_.erase(file);
    const int done = FileLayer::close(file);  // closed all the same, as by a network file system
    if (!fails) return done;
    errno = number;
    return -1;
}

int TestDisk::link(const char* from, const char* to) {
    const std::scoped_lock lock(mutex_);
    if (refused(DiskCall::link, whole(to))) return -1;
    const int done = FileLayer::link(from, to);
    if (DiskRecord* record = record_of(whole(to)); done == 0 && record) record->linked(whole(from), whole(to));
    return done;
}

int TestDisk::rename(const char* from, const char* to) {
    const std::scoped_lock lock(mutex_);
    if (refused(DiskCall::rename, whole(to))) return -1;
    const int done = FileLayer::rename(from, to);
    if (DiskRecord* record = record_of(whole(to)); done == 0 && record) record->renamed(whole(from), whole(to));
    return done;
}

int TestDisk::exchange(const char* one, const char* other) {
    const std::scoped_lock lock(mutex_);
    if (refused(DiskCall::rename, whole(other))) return -1;
    const int done = FileLayer::exchange(one, other);
    if (DiskRecord* record = record_of(whole(one)); done == 0 && record) record->exchanged(whole(one), whole(other));
    return done;
}

int TestDisk::unlink(const char* path) {
    const std::scoped_lock lock(mutex_);
    if (refused(DiskCall::unlink, whole(path))) return -1;
    const int done = FileLayer::unlink(path);
    if (DiskRecord* record = record_of(whole(path)); done == 0 && record) record->unlinked(whole(path));
    return done;
}

int TestDisk::make_folder(const char* path, mode_t mode) {
    const std::scoped_lock lock(mutex_);
    if (refused(DiskCall::make_folder, whole(path))) return -1;
    const int done = FileLayer::make_folder(path, mode);
    if (DiskRecord* record = record_of(whole(path)); done == 0 && record) record->made_folder(whole(path));
    return done;
}

int TestDisk::remove_folder(const char* path) {
    const std::scoped_lock lock(mutex_);
    if (refused(DiskCall::remove_folder, whole(path))) return -1;
    const int done = FileLayer::remove_folder(path);
    if (DiskRecord* record = record_of(whole(path)); done == 0 && record) record->removed_folder(whole(path));
    return done;
}

}  // namespace gw::test
