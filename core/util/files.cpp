#include "util/files.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "util/descriptor.h"
#include "util/hash.h"
#include "util/io_error.h"

namespace gw {

namespace {

/// Opens a regular file for reading and gives its size; a folder is refused with the errno of one.
Result<std::size_t> size_of(const Descriptor& file, const fs::path& path) {
    struct stat info {};
    if (::fstat(file.get(), &info) != 0) return io_error("read", path, errno);
    if (S_ISDIR(info.st_mode)) return io_error("read", path, EISDIR);
    return static_cast<std::size_t>(info.st_size);
}

Status sync_path(const fs::path& path, int flags, const char* action) {
    Descriptor file(::open(path.c_str(), flags | O_CLOEXEC));
    if (!file) return io_error(action, path, errno);
    // Some file systems cannot sync a folder and say EINVAL; there is nothing more to do then.
    if (::fsync(file.get()) != 0 && errno != EINVAL) return io_error(action, path, errno);
    return {};
}

}  // namespace

Result<std::string> read_file(const fs::path& path) {
    Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file) return io_error("open", path, errno);
    const Result<std::size_t> size = size_of(file, path);
    if (!size) return size.error();
    std::string bytes(size.value(), '\0');
    std::size_t have = 0;
    for (;;) {
        // Pipes and files of /proc say size 0 and may hold more than they said.
        if (have == bytes.size()) bytes.resize(bytes.size() + 4096);
        const ssize_t count = ::read(file.get(), bytes.data() + have, bytes.size() - have);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return io_error("read", path, errno);
        if (count == 0) break;
        have += static_cast<std::size_t>(count);
    }
    bytes.resize(have);
    return bytes;
}

Status write_file_atomic(const fs::path& path, std::string_view bytes) {
    const fs::path aside =
        path.parent_path() / ("." + path.filename().string() + ".writing-" + make_uuid().substr(0, 8));
    auto give_up = [&](int number) {
        ::unlink(aside.c_str());
        return io_error("write", path, number);
    };
    Descriptor file(::open(aside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
    if (!file) return io_error("write", path, errno);
    if (!write_all(file, bytes) || ::fsync(file.get()) != 0 || !file.close()) return give_up(errno);
    if (::rename(aside.c_str(), path.c_str()) != 0) return give_up(errno);
    return sync_folder(path.has_parent_path() ? path.parent_path() : ".");
}

Status make_folder(const fs::path& path) {
    fs::path made;
    for (const fs::path& part : path) {
        made /= part;
        if (::mkdir(made.c_str(), 0777) == 0) continue;
        const int number = errno;
        std::error_code ignored;
        if (fs::is_directory(made, ignored)) continue;
        return io_error("make the folder", made, number == EEXIST ? ENOTDIR : number);
    }
    return {};
}

Status sync_folder(const fs::path& path) {
    return sync_path(path, O_RDONLY | O_DIRECTORY, "sync the folder");
}

Status sync_file(const fs::path& path) {
    return sync_path(path, O_RDONLY, "sync");
}

Result<MappedFile> MappedFile::open(const fs::path& path) {
    Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file) return io_error("open", path, errno);
    const Result<std::size_t> size = size_of(file, path);
    if (!size) return size.error();
    MappedFile mapped;
    if (size.value() == 0) return mapped;
    void* data = ::mmap(nullptr, size.value(), PROT_READ, MAP_SHARED, file.get(), 0);
    if (data == MAP_FAILED) return io_error("map", path, errno);
    mapped.data_ = static_cast<const std::byte*>(data);
    mapped.size_ = size.value();
    return mapped;
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    return *this;
}

MappedFile::~MappedFile() {
    if (data_) ::munmap(const_cast<std::byte*>(data_), size_);
}

}  // namespace gw
