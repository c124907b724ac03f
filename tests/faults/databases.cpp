#include <sqlite3.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <new>

#include "faults/test_disk.h"

// An SQLite VFS over the usual one. What is done to the files of a database is refused or written down by the TestDisk
// of the moment. The shared memory beside a write-ahead log is passed on: it is made anew after a crash.
namespace gw::test {

namespace {

std::atomic<TestDisk*> disk_in_use{nullptr};
sqlite3_vfs* usual = nullptr;

/// What SQLite allocates for an open file; that of the usual VFS lies behind it.
struct WatchedFile {
    sqlite3_file base;
    std::string* path;  ///< empty for temporary files without a name
    bool new_name;      ///< of a log or journal, whose folder is synced along with it for the first time
    sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};
WatchedFile& of(sqlite3_file* file) {
    return *reinterpret_cast<WatchedFile*>(file);
}

/// Holds the disk of the moment for the time of one call, if it has to do with the file.
class Turn {
  public:
    explicit Turn(const std::string& path) {
        TestDisk* disk = disk_in_use.load();
        if (!disk || path.empty() || !disk->watches(path)) return;
        disk_ = disk;
        lock_ = std::unique_lock(disk->mutex());
        record_ = disk->record_of(path);
        // Asked by path each time: a file that was opened before the record began is known from then on.
        if (record_) path_ = &path;
    }
    int refuses(DiskCall call) { return disk_ ? disk_->plan().next(call) : 0; }
    int refuses_write(std::size_t size, std::size_t& takes) {
        takes = size;
        return disk_ ? disk_->plan().next_write(size, takes) : 0;
    }
    DiskRecord* record() { return record_; }
    int number() { return record_->opened(*path_, false, false); }

  private:
    TestDisk* disk_ = nullptr;
    std::unique_lock<std::mutex> lock_;
    DiskRecord* record_ = nullptr;
    const std::string* path_ = nullptr;
};

int full_or(int number, int otherwise) {
    return number == ENOSPC || number == EDQUOT ? SQLITE_FULL : otherwise;
}

std::string folder_of_path(const std::string& path) {
    return fs::path(path).parent_path().string();
}

int file_close(sqlite3_file* file) {
    WatchedFile& it = of(file);
    const int done = it.real()->pMethods ? it.real()->pMethods->xClose(it.real()) : SQLITE_OK;
    delete it.path;
    it.path = nullptr;
    return done;
}

int file_read(sqlite3_file* file, void* bytes, int size, sqlite3_int64 offset) {
    {
        Turn turn(*of(file).path);
        if (turn.refuses(DiskCall::read) != 0) return SQLITE_IOERR_READ;
    }
    return of(file).real()->pMethods->xRead(of(file).real(), bytes, size, offset);
}

int file_write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 offset) {
    Turn turn(*of(file).path);
    std::size_t takes = 0;
    const int number = turn.refuses_write(static_cast<std::size_t>(size), takes);
    if (number != 0) return full_or(number, SQLITE_IOERR_WRITE);
    const int done = of(file).real()->pMethods->xWrite(of(file).real(), bytes, static_cast<int>(takes), offset);
    if (done == SQLITE_OK && turn.record())
        turn.record()->wrote(turn.number(), offset, {static_cast<const char*>(bytes), takes});
    return done == SQLITE_OK && takes < static_cast<std::size_t>(size) ? SQLITE_FULL : done;
}

int file_truncate(sqlite3_file* file, sqlite3_int64 size) {
    Turn turn(*of(file).path);
    if (turn.refuses(DiskCall::truncate) != 0) return SQLITE_IOERR_TRUNCATE;
    const int done = of(file).real()->pMethods->xTruncate(of(file).real(), size);
    if (done == SQLITE_OK && turn.record()) turn.record()->truncated(turn.number(), size);
    return done;
}

int file_sync(sqlite3_file* file, int flags) {
    Turn turn(*of(file).path);
    if (const int number = turn.refuses(DiskCall::sync); number != 0) return full_or(number, SQLITE_IOERR_FSYNC);
    const int done = of(file).real()->pMethods->xSync(of(file).real(), flags);
    if (done != SQLITE_OK || !turn.record()) return done;
    turn.record()->synced(turn.number());
    if (of(file).new_name) turn.record()->synced_folder(folder_of_path(*of(file).path));
    of(file).new_name = false;
    return done;
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
    return of(file).real()->pMethods->xFileSize(of(file).real(), size);
}
int file_lock(sqlite3_file* file, int level) {
    return of(file).real()->pMethods->xLock(of(file).real(), level);
}
int file_unlock(sqlite3_file* file, int level) {
    return of(file).real()->pMethods->xUnlock(of(file).real(), level);
}
int file_reserved(sqlite3_file* file, int* answer) {
    return of(file).real()->pMethods->xCheckReservedLock(of(file).real(), answer);
}
int file_control(sqlite3_file* file, int what, void* value) {
    return of(file).real()->pMethods->xFileControl(of(file).real(), what, value);
}
int file_sector(sqlite3_file* file) {
    return of(file).real()->pMethods->xSectorSize(of(file).real());
}
int file_traits(sqlite3_file* file) {
    return of(file).real()->pMethods->xDeviceCharacteristics(of(file).real());
}
int memory_map(sqlite3_file* file, int page, int size, int extend, void volatile** at) {
    return of(file).real()->pMethods->xShmMap(of(file).real(), page, size, extend, at);
}
int memory_lock(sqlite3_file* file, int offset, int count, int flags) {
    return of(file).real()->pMethods->xShmLock(of(file).real(), offset, count, flags);
}
void memory_barrier(sqlite3_file* file) {
    of(file).real()->pMethods->xShmBarrier(of(file).real());
}
int memory_unmap(sqlite3_file* file, int remove) {
    return of(file).real()->pMethods->xShmUnmap(of(file).real(), remove);
}

// Version 2: without xFetch, so that nothing is read or written past these calls by a map of the file.
const sqlite3_io_methods methods{2,           file_close, file_read,   file_write,     file_truncate, file_sync,
                                 file_size,   file_lock,  file_unlock, file_reserved,  file_control,  file_sector,
                                 file_traits, memory_map, memory_lock, memory_barrier, memory_unmap,  nullptr,
                                 nullptr};

int vfs_open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* got) {
    WatchedFile& it = of(file);
    std::memset(static_cast<void*>(file), 0, sizeof(WatchedFile));
    const std::string path = name ? fs::path(name).lexically_normal().string() : "";
    Turn turn(path);
    const bool may_be_new = (flags & SQLITE_OPEN_CREATE) != 0;
    if (turn.refuses(may_be_new ? DiskCall::open : DiskCall::read) != 0) return SQLITE_CANTOPEN;
    std::error_code ignored;
    const bool was_there = !path.empty() && fs::exists(path, ignored);
    const int done = usual->xOpen(usual, name, it.real(), flags, got);
    if (done != SQLITE_OK) return done;
    it.path = new std::string(path);
    it.base.pMethods = &methods;
    if (!was_there && !path.empty()) {
        it.new_name = (flags & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL)) != 0;
        if (turn.record()) turn.record()->opened(path, true, false);
    }
    return SQLITE_OK;
}

int vfs_delete(sqlite3_vfs*, const char* name, int sync_folder) {
    const std::string path = fs::path(name).lexically_normal().string();
    Turn turn(path);
    if (turn.refuses(DiskCall::unlink) != 0) return SQLITE_IOERR_DELETE;
    const int done = usual->xDelete(usual, name, sync_folder);
    if (done != SQLITE_OK || !turn.record()) return done;
    turn.record()->unlinked(path);
    if (sync_folder) turn.record()->synced_folder(folder_of_path(path));
    return done;
}

sqlite3_vfs& watching_vfs() {
    // All but these two look at no member of the VFS that they are called with, and stay the usual ones.
    static sqlite3_vfs vfs = [] {
        usual = ::sqlite3_vfs_find(nullptr);
        sqlite3_vfs made = *usual;
        made.pNext = nullptr;
        made.zName = "groundwork-faults";
        made.szOsFile = static_cast<int>(sizeof(WatchedFile)) + usual->szOsFile;
        made.xOpen = vfs_open;
        made.xDelete = vfs_delete;
        return made;
    }();
    return vfs;
}

}  // namespace

void watch_databases(TestDisk* disk) {
    sqlite3_vfs& vfs = watching_vfs();
    disk_in_use = disk;
    if (disk)
        ::sqlite3_vfs_register(&vfs, /*makeDflt=*/1);
    else
        ::sqlite3_vfs_unregister(&vfs);
}

}  // namespace gw::test
