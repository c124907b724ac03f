#pragma once
#include <sys/types.h>

#include <cstddef>

namespace gw {

/// The calls by which the program changes files: each as the call of the operating system of its name, with errno set
/// where it fails. A layer of a test's own derives from this, refuses calls or writes them down (tests/faults/), and
/// hands on what it lets through to the base class. What must be kept is written through it; the database, which has
/// calls of its own, is reached by an SQLite VFS.
class FileLayer {
  public:
    constexpr FileLayer() = default;
    FileLayer(const FileLayer&) = delete;
    FileLayer& operator=(const FileLayer&) = delete;
    virtual int open(const char* path, int flags, mode_t mode);
    virtual ssize_t read(int file, void* bytes, std::size_t size);
    virtual ssize_t write(int file, const void* bytes, std::size_t size);
    virtual int truncate(int file, off_t size);
    virtual int allocate(int file, off_t size);  ///< as posix_fallocate() from 0 on, but -1 and errno
    virtual int sync(int file);                  ///< a file or a folder
    virtual int close(int file);
    virtual int link(const char* from, const char* to);
    virtual int rename(const char* from, const char* to);
    virtual int exchange(const char* one, const char* other);  ///< both change places at once (Linux)
    virtual int unlink(const char* path);
    virtual int make_folder(const char* path, mode_t mode);
    virtual int remove_folder(const char* path);  ///< an empty one

  protected:
    ~FileLayer() = default;  // trivial, so that the usual layer outlives everything that closes a file at the end
};

/// The layer in use: the operating system, unless a test put another in its place.
FileLayer& file_layer();

/// For tests: what is called from now on goes through `layer`; nullptr stands for the operating system. Files may be
/// open meanwhile. The layer must live until it is taken away again.
void set_file_layer(FileLayer* layer);

}  // namespace gw
