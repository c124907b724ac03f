#include "workspace/studies/sequence_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "util/hash.h"
#include "util/io_error.h"
#include "util/text.h"

namespace gw {

namespace {

/// Whether an open file is still what lies at a path: who had it before may have removed it meanwhile.
bool lies_at(const Descriptor& open, const fs::path& path) {
    struct stat held {
    }, there{};
    return ::fstat(open.get(), &held) == 0 && ::stat(path.c_str(), &there) == 0 && held.st_dev == there.st_dev &&
           held.st_ino == there.st_ino;
}

Error held_already(const Descriptor& file, const std::string& study) {
    char text[32] = {};
    const ssize_t read = ::pread(file.get(), text, sizeof text - 1, 0);
    const std::string process(trim(std::string_view(text, read > 0 ? static_cast<std::size_t>(read) : 0)));
    return {Error::Code::bad_spec,
            "This sequence is being carried out right now" + (process.empty() ? "" : " (process " + process + ")"),
            "Wait for its end, or stop it there; what is done is kept",
            {"sequence " + study}};
}

}  // namespace

Result<SequenceLock> SequenceLock::take(const Workspace& workspace, const std::string& study) {
    constexpr std::size_t enough = 16;  // of its hash to tell names apart
    const fs::path path = workspace.root() / ("sequence-" + sha256(study).substr(0, enough) + ".lock");
    for (;;) {
        constexpr int for_all = 0666;  // what the mask of the process leaves of it
        Descriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, for_all));
        if (!file) return io_error("write", path, errno);
        if (::flock(file.get(), LOCK_EX | LOCK_NB) != 0) {
            if (errno == EINTR) continue;
            return errno == EWOULDBLOCK ? held_already(file, study) : io_error("lock", path, errno);
        }
        if (!lies_at(file, path)) continue;
        const std::string process = std::to_string(::getpid()) + "\n";
        if (::ftruncate(file.get(), 0) != 0 || !write_all(file, process)) return io_error("write", path, errno);
        return SequenceLock(path, std::move(file));
    }
}

SequenceLock::~SequenceLock() {
    if (held_) ::unlink(file_.c_str());  // while it is held, so that nobody else's is removed
}

}  // namespace gw
