#include "workspace/record/run_lock.h"

#include <fcntl.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <cerrno>
#include <climits>

#include "artifact/run_files.h"
#include "schema/field.h"
#include "schema/parse_json.h"
#include "util/hash.h"
#include "util/io_error.h"
#include "util/text.h"

namespace gw {

namespace {

std::string this_host() {
    char name[HOST_NAME_MAX + 1] = {};
    return ::gethostname(name, sizeof name - 1) == 0 ? name : "";
}

struct flock whole_file() {
    struct flock all {};
    all.l_type = F_WRLCK;
    all.l_whence = SEEK_SET;
    return all;
}

/// File systems of another machine, which may have been mounted so that each host sees its own locks alone.
bool of_network(const Descriptor& file) {
    constexpr unsigned long nfs = 0x6969, smb = 0x517B, smb2 = 0xFE534D42, cifs = 0xFF534D42, ceph = 0x00C36400,
                            fuse = 0x65735546, afs = 0x5346414F, p9 = 0x01021997;
    struct statfs info {};
    if (::fstatfs(file.get(), &info) != 0) return true;
    const auto type = static_cast<unsigned long>(info.f_type) & 0xFFFFFFFFUL;
    for (const unsigned long far : {nfs, smb, smb2, cifs, ceph, fuse, afs, p9})
        if (type == far) return true;
    return false;
}

/// What the owner wrote into the file: an object with "process" and "host", or one without.
Json owner_in(const Descriptor& file) {
    char text[512] = {};
    const ssize_t count = ::pread(file.get(), text, sizeof text - 1, 0);
    Json owner = json_or_null(std::string_view(text, count > 0 ? static_cast<std::size_t>(count) : 0));
    return owner.is_object() ? owner : Json::object();
}

std::string shown_member(const Json& owner, const char* key) {
    const auto it = owner.find(key);
    if (it == owner.end()) return "";
    return it->is_string() ? it->get<std::string>() : it->is_number_integer() ? it->dump() : "";
}

Error trained_elsewhere(const Descriptor& file, const fs::path& run_folder) {
    const Json owner = owner_in(file);
    const std::string process = shown_member(owner, "process"), host = shown_member(owner, "host");
    std::string who = process.empty() ? "" : "process " + process;
    if (!host.empty() && host != this_host()) who += (who.empty() ? "on " : " on ") + host;
    return {Error::Code::bad_spec,
            "This run is being trained right now" + (who.empty() ? "" : " (" + who + ")"),
            "Stop it there first",
            {"folder " + run_folder.string()}};
}

bool cannot_lock(int number) {
    return number == ENOLCK || number == ENOSYS || number == EOPNOTSUPP || number == EINVAL;
}

}  // namespace

Result<RunLock> RunLock::take(const fs::path& run_folder) {
    const fs::path path = run_folder / run_files::lock;
    constexpr int for_all = 0666;  // what the mask of the process leaves of it
    // The file stays for good: who removed it could remove what another has just locked.
    Descriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, for_all));
    if (!file) return io_error("write", path, errno);
    struct flock all = whole_file();
    bool works = true;
    while (::fcntl(file.get(), F_OFD_SETLK, &all) != 0) {
        if (errno == EINTR) continue;
        if (errno == EAGAIN || errno == EACCES) return trained_elsewhere(file, run_folder);
        if (!cannot_lock(errno)) return io_error("lock", path, errno);
        works = false;
        break;
    }
    const std::string owner = Json{{"process", ::getpid()}, {"host", this_host()}, {"since", now_utc()}}.dump(
                                  -1, ' ', false, Json::error_handler_t::replace) +
                              "\n";
    // Who holds it is for a message alone: a full disk takes nobody's right away.
    if (::ftruncate(file.get(), 0) == 0) (void)write_all(file, owner);
    return RunLock(std::move(file), works);
}

RunLock::State RunLock::state(const fs::path& run_folder) {
    const fs::path path = run_folder / run_files::lock;
    Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    if (!file) return State::unknown;
    struct flock all = whole_file();
    // Asks and does not take: whoever wants the lock at this moment gets it.
    if (::fcntl(file.get(), F_OFD_GETLK, &all) != 0) return State::unknown;
    if (all.l_type != F_UNLCK) return State::held;
    const std::string host = shown_member(owner_in(file), "host");
    return host != this_host() && of_network(file) ? State::unknown : State::free;
}

}  // namespace gw
