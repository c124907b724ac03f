#include "util/detached.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <mutex>
#include <utility>

namespace gw {

namespace {

constexpr std::size_t most_said = 64 << 10;

/// Processes that nobody waits for any more: without a waitpid() each would stay in the table of processes until this
/// program ends.
class LeftAlone {
  public:
    void add(pid_t process) {
        const std::scoped_lock lock(mutex_);
        left_.push_back(process);
    }
    void reap() {
        const std::scoped_lock lock(mutex_);
        std::erase_if(left_, [](pid_t process) { return ::waitpid(process, nullptr, WNOHANG) != 0; });
    }
    static LeftAlone& instance() {
        static LeftAlone all;
        return all;
    }

  private:
    std::mutex mutex_;
    std::vector<pid_t> left_;
};

/// What posix_spawn is told besides the program.
struct SpawnWays {
    posix_spawn_file_actions_t files{};
    posix_spawnattr_t attributes{};
    SpawnWays() {
        ::posix_spawn_file_actions_init(&files);
        ::posix_spawnattr_init(&attributes);
    }
    ~SpawnWays() {
        ::posix_spawn_file_actions_destroy(&files);
        ::posix_spawnattr_destroy(&attributes);
    }
    SpawnWays(const SpawnWays&) = delete;
    SpawnWays& operator=(const SpawnWays&) = delete;
};

}  // namespace

Result<Detached> Detached::start(const std::vector<std::string>& command, Descriptor connection) {
    LeftAlone::instance().reap();
    auto failed = [&](int number) {
        return Error{Error::Code::helper_lost,
                     "Cannot start " + command.front() + ": " + std::strerror(number),
                     "Install or build Groundwork again; this program belongs beside the others",
                     {}};
    };
    Descriptor error(::memfd_create("groundwork standard error", MFD_CLOEXEC));
    if (!error) return failed(errno);
    // Written at its end whoever writes, since it is shared.
    ::fcntl(error.get(), F_SETFL, O_APPEND);
    SpawnWays ways;
    ::posix_spawn_file_actions_adddup2(&ways.files, connection.get(), STDIN_FILENO);
    ::posix_spawn_file_actions_addopen(&ways.files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    ::posix_spawn_file_actions_adddup2(&ways.files, error.get(), STDERR_FILENO);
#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 34)
    ::posix_spawn_file_actions_addclosefrom_np(&ways.files, STDERR_FILENO + 1);
#endif
    sigset_t none, usual;
    ::sigemptyset(&none);
    ::sigemptyset(&usual);
    for (const int number : {SIGPIPE, SIGINT, SIGTERM, SIGHUP, SIGCHLD}) ::sigaddset(&usual, number);
    ::posix_spawnattr_setsigmask(&ways.attributes, &none);
    ::posix_spawnattr_setsigdefault(&ways.attributes, &usual);
    ::posix_spawnattr_setflags(&ways.attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    std::vector<char*> argv;
    argv.reserve(command.size() + 1);
    for (const std::string& word : command) argv.push_back(const_cast<char*>(word.c_str()));
    argv.push_back(nullptr);
    pid_t process = -1;
    if (const int number = ::posix_spawn(&process, argv[0], &ways.files, &ways.attributes, argv.data(), environ))
        return failed(number);
    return Detached(process, std::move(error));
}

Detached::Detached(Detached&& other) noexcept
    : process_(std::exchange(other.process_, -1)), error_(std::move(other.error_)), status_(other.status_) {}

Detached::~Detached() {
    if (process_ > 0 && !ended()) LeftAlone::instance().add(process_);
}

std::optional<int> Detached::ended() {
    int status = 0;
    if (!status_ && process_ > 0 && ::waitpid(process_, &status, WNOHANG) == process_) status_ = status;
    return status_;
}

void Detached::kill() {
    if (process_ > 0 && !ended()) ::kill(process_, SIGKILL);
}

std::string Detached::said() const {
    struct stat facts {};
    if (::fstat(error_.get(), &facts) != 0) return "";
    const auto size = static_cast<std::size_t>(facts.st_size);
    std::string out(std::min(size, most_said), '\0');
    const ssize_t count = ::pread(error_.get(), out.data(), out.size(), static_cast<off_t>(size - out.size()));
    out.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    return out;
}

}  // namespace gw
