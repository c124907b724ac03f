#include "util/subprocess.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <mutex>
#include <thread>

#include "util/descriptor.h"

namespace gw {

namespace {

constexpr std::size_t error_text_limit = 64 << 10;

struct Pipe {
    Descriptor read, write;
};

Result<Pipe> make_pipe() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0)
        return Error{Error::Code::io,
                     std::string("Cannot make a pipe: ") + std::strerror(errno),
                     "Close some programs and try again",
                     {}};
    return Pipe{Descriptor(ends[0]), Descriptor(ends[1])};
}

/// The child's part between fork and exec: only calls that are safe there.
[[noreturn]] void become(char* const* argv, int in, int out, int err, int report, std::uint64_t memory_limit) {
    if (::dup2(in, 0) >= 0 && ::dup2(out, 1) >= 0 && ::dup2(err, 2) >= 0) {
        ::signal(SIGPIPE, SIG_DFL);
        ::signal(SIGINT, SIG_IGN);  // Ctrl+C in a terminal is for the program that started it
        if (memory_limit > 0) {
            const rlimit limit{memory_limit, memory_limit};
            ::setrlimit(RLIMIT_AS, &limit);
        }
        ::execv(argv[0], argv);
    }
    const int number = errno;
    [[maybe_unused]] const ssize_t told = ::write(report, &number, sizeof number);
    ::_exit(127);
}

/// While it lives, a write to a pipe without a reader is an error of write() and not the end of the program: SIGPIPE is
/// blocked in this thread, and one that came is taken away before it is unblocked.
class NoBrokenPipe {
  public:
    NoBrokenPipe() {
        ::sigemptyset(&pipe_);
        ::sigaddset(&pipe_, SIGPIPE);
        ::pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
    }
    ~NoBrokenPipe() {
        if (::sigismember(&before_, SIGPIPE) == 1) return;
        const timespec now{};
        while (::sigtimedwait(&pipe_, nullptr, &now) < 0 && errno == EINTR) {
        }
        ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
    }

  private:
    sigset_t pipe_{}, before_{};
};

}  // namespace

struct Subprocess::Impl {
    pid_t pid = -1;
    std::string program;
    Descriptor input, output, error;
    std::string pending;  ///< read from the output and not yet handed out
    std::optional<int> exit;
    std::thread error_reader;
    mutable std::mutex mutex;
    std::string error_text;

    ~Impl() {
        stop();
        wait();
        if (error_reader.joinable()) error_reader.join();
    }
    void stop() const {
        if (!exit) ::kill(pid, SIGKILL);
    }
    int wait() {
        if (exit) return *exit;
        int status = 0;
        while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
        }
        exit = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
        return *exit;
    }
    void read_errors() {
        std::array<char, 4096> buffer;
        for (;;) {
            const ssize_t count = ::read(error.get(), buffer.data(), buffer.size());
            if (count < 0 && errno == EINTR) continue;
            if (count <= 0) return;
            const std::scoped_lock lock(mutex);
            error_text.append(buffer.data(), static_cast<std::size_t>(count));
            if (error_text.size() > 2 * error_text_limit) error_text.erase(0, error_text.size() - error_text_limit);
        }
    }
    /// Appends what the output has to `pending`; false at its end.
    bool fill() {
        std::array<char, 65536> buffer;
        for (;;) {
            const ssize_t count = ::read(output.get(), buffer.data(), buffer.size());
            if (count < 0 && errno == EINTR) continue;
            if (count <= 0) return false;
            pending.append(buffer.data(), static_cast<std::size_t>(count));
            return true;
        }
    }
    /// The helper's end as an error, with the last line that it wrote on standard error.
    Error lost() {
        // One that closed its pipes and lives on is of no use any more.
        for (int waited_ms = 0; !exit && waited_ms < 2000; waited_ms += 10) {
            int status = 0;
            if (::waitpid(pid, &status, WNOHANG) == pid)
                exit = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
            else
                std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        stop();
        const int code = wait();
        if (error_reader.joinable()) error_reader.join();
        std::string said = error_text;
        while (!said.empty() && (said.back() == '\n' || said.back() == ' ')) said.pop_back();
        if (const std::size_t line = said.rfind('\n'); line != std::string::npos) said.erase(0, line + 1);
        const std::string how = code > 128 ? std::string("was ended by signal ") + std::to_string(code - 128) + " (" +
                                                 ::strsignal(code - 128) + ")"
                                           : "ended with exit code " + std::to_string(code);
        return {Error::Code::helper_lost,
                "The helper program " + program + " " + how + (said.empty() ? "" : "; it said: " + said),
                "Try again; if memory is short, give it less to do or a higher memory limit",
                {}};
    }
};

Subprocess::Subprocess(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Subprocess::Subprocess(Subprocess&&) noexcept = default;
Subprocess& Subprocess::operator=(Subprocess&&) noexcept = default;
Subprocess::~Subprocess() = default;

Result<Subprocess> Subprocess::start(const std::vector<std::string>& command, Options options) {
    auto in = make_pipe(), out = make_pipe(), err = make_pipe(), report = make_pipe();
    for (const auto* pipe : {&in, &out, &err, &report})
        if (!*pipe) return pipe->error();
    std::vector<char*> argv;
    argv.reserve(command.size() + 1);
    for (const std::string& word : command) argv.push_back(const_cast<char*>(word.c_str()));
    argv.push_back(nullptr);

    const pid_t pid = ::fork();
    if (pid == 0)
        become(argv.data(), in.value().read.get(), out.value().write.get(), err.value().write.get(),
               report.value().write.get(), options.memory_limit);
    if (pid < 0)
        return Error{Error::Code::io,
                     "Cannot start " + command.front() + ": " + std::strerror(errno),
                     "Close some programs and try again",
                     {}};
    auto impl = std::make_unique<Impl>();
    impl->pid = pid;
    impl->program = command.front().substr(command.front().rfind('/') + 1);
    report.value().write = Descriptor();
    int number = 0;
    if (::read(report.value().read.get(), &number, sizeof number) ==
        sizeof number) {  // closed without a word by a successful exec
        impl->wait();
        return Error{Error::Code::helper_lost,
                     "Cannot start " + command.front() + ": " + std::strerror(number),
                     "Install or build Groundwork again; this helper belongs beside the program",
                     {}};
    }
    impl->input = std::move(in.value().write);
    impl->output = std::move(out.value().read);
    impl->error = std::move(err.value().read);
    // The child's ends must close before the reader thread can ever see the end of the stream.
    in.value().read = Descriptor();
    out.value().write = Descriptor();
    err.value().write = Descriptor();
    impl->error_reader = std::thread([raw = impl.get()] { raw->read_errors(); });
    return Subprocess(std::move(impl));
}

Status Subprocess::write(std::string_view bytes) {
    const NoBrokenPipe guard;
    if (impl_->input && write_all(impl_->input, bytes)) return {};
    return impl_->lost();
}

Result<std::string> Subprocess::read(std::size_t count) {
    while (impl_->pending.size() < count)
        if (!impl_->fill()) return impl_->lost();
    std::string out = impl_->pending.substr(0, count);
    impl_->pending.erase(0, count);
    return out;
}

Result<std::optional<std::string>> Subprocess::read_line(std::stop_token stop) {
    for (;;) {
        if (const std::size_t end = impl_->pending.find('\n'); end != std::string::npos) {
            std::string line = impl_->pending.substr(0, end);
            impl_->pending.erase(0, end + 1);
            return std::optional(std::move(line));
        }
        if (stop.stop_requested())
            return Error{Error::Code::cancelled, "Stopped while waiting for " + impl_->program, "", {}};
        pollfd waiting{impl_->output.get(), POLLIN, 0};
        constexpr int poll_ms = 50;
        if (::poll(&waiting, 1, poll_ms) == 0) continue;
        if (impl_->fill()) continue;
        if (impl_->pending.empty()) return std::optional<std::string>();
        return std::optional(std::exchange(impl_->pending, ""));
    }
}

void Subprocess::close_input() {
    impl_->input = Descriptor();
}
void Subprocess::kill() {
    impl_->stop();
}
int Subprocess::wait() {
    return impl_->wait();
}

std::string Subprocess::error_text() const {
    const std::scoped_lock lock(impl_->mutex);
    const std::string& text = impl_->error_text;
    return text.substr(text.size() - std::min(text.size(), error_text_limit));
}

}  // namespace gw
