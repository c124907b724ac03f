#include "workspace/child/child_body.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <list>
#include <utility>

#include "artifact/run_files.h"
#include "schema/typed.h"
#include "train/message/host_texts.h"
#include "train/message/message_json.h"
#include "util/frames.h"
#include "util/local_socket.h"
#include "workspace/child/child_protocol.h"

namespace gw {

namespace {

std::uint64_t inode_of(const fs::path& path) {
    struct stat found {};
    return ::lstat(path.c_str(), &found) == 0 ? found.st_ino : 0;
}

using ChildClock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr int delivery_ms = 33;                // about 30 times a second, as often as a window draws
constexpr auto sign_of_life = 1s;              // longest time without a word
constexpr auto for_the_last_words = 5s;        // that whoever is connected has to read how the run ended
constexpr auto for_the_greeting = 30s;         // that the program which started this one has to say what it wants
constexpr std::size_t most_unread = 64 << 20;  // bytes; whoever reads so slowly is left behind
constexpr std::size_t longest_order = 1 << 20;

std::atomic<int> asked_to_end = 0;
static_assert(std::atomic<int>::is_always_lock_free, "a signal handler may use it");

void obey_signals() {
    for (const int number : {SIGPIPE, SIGINT, SIGHUP}) ::signal(number, SIG_IGN);
    struct sigaction action {};
    action.sa_handler = [](int) { asked_to_end.fetch_add(1); };
    action.sa_flags = SA_RESTART;
    ::sigemptyset(&action.sa_mask);
    ::sigaction(SIGTERM, &action, nullptr);
}

/// When memory is short the system is to take this process and not the window.
void be_first_to_go() {
    const Descriptor file(::open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC));
    if (file) (void)write_all(file, "500");
}

/// Standard error goes to the run's folder from now on: whoever reads it now may be gone tomorrow.
void keep_words(const fs::path& run_folder) {
    constexpr int own = 0600;
    // Neither through a link into somebody else's file, nor into a pipe that nobody may ever read.
    const Descriptor file(::open((run_folder / run_files::words).c_str(),
                                 O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, own));
    struct stat is {};
    if (file && ::fstat(file.get(), &is) == 0 && S_ISREG(is.st_mode) && ::ftruncate(file.get(), 0) == 0)
        ::dup2(file.get(), STDERR_FILENO);
}

/// A program that is connected.
struct Watcher {
    explicit Watcher(Descriptor to) : connection(std::move(to)) {}
    Descriptor connection;
    FrameReader frames{longest_order};
    std::string unsent;
    bool greeted = false, gone = false;
    bool deaf = false;       ///< nothing more can be sent to it; what it said before may not be read yet
    std::int64_t heard = 0;  ///< orders of it that were carried out
    void say(const Json& json) { unsent += framed(schema::json_line(json)); }
    void send() {
        if (!send_some(connection, unsent) || unsent.size() > most_unread) gone = deaf = true;
    }
};

class ChildBody {
  public:
    ChildBody(std::unique_ptr<LiveRun> run, const fs::path& folder, bool train_alone)
        : run_(std::move(run)), folder_(folder), inode_(inode_of(folder)), train_alone_(train_alone) {
        if (auto listening = listen_in(folder, run_files::host))
            listening_ = std::move(listening).value(), bound_ = inode_of(folder / run_files::host);
        else
            unreachable_ =
                Event{0, "warning",
                      "This run cannot be watched again once this program is left: " + listening.error().message};
    }

    void begin(Watcher first) {
        watchers_.push_back(std::move(first));
        greet(watchers_.back());
    }

    void go() {
        while (!ended_) {
            wait_for_something();
            obey_signal();
            stop_without_folder();
            if (auto next = listening_ ? accept_from(listening_) : std::nullopt)
                watchers_.emplace_back(std::move(*next));
            for (Watcher& watcher : watchers_) hear(watcher);
            tell();
            for (Watcher& watcher : watchers_) watcher.send();
            forget_gone();
        }
        last_words();
    }

  private:
    void wait_for_something() {
        std::vector<pollfd> all;
        if (listening_) all.push_back({listening_.get(), POLLIN, 0});
        for (const Watcher& watcher : watchers_)
            all.push_back(
                {watcher.connection.get(), static_cast<short>(watcher.unsent.empty() ? POLLIN : POLLIN | POLLOUT), 0});
        (void)::poll(all.data(), all.size(), delivery_ms);
    }

    void obey_signal() {
        const int asked = asked_to_end.load();
        if (asked == obeyed_) return;
        run_->stop(/*save_first=*/asked == 1);
        obeyed_ = asked;
    }

    /// A run whose folder was deleted can keep nothing more, and nobody will look for it. (The next save may make one
    /// anew by its name.)
    void stop_without_folder() {
        if (ChildClock::now() - looked_ < sign_of_life) return;
        looked_ = ChildClock::now();
        struct stat found {};
        const bool there = ::lstat(folder_.c_str(), &found) == 0;
        const bool gone = there ? inode_ != 0 && found.st_ino != inode_ : errno == ENOENT;
        if (gone && std::exchange(missing_, true) && !std::exchange(given_up_, true)) run_->stop(/*save_first=*/false);
        if (!gone) missing_ = false;
    }

    void greet(Watcher& watcher) {
        watcher.greeted = true;
        const auto before = std::count_if(watchers_.begin(), watchers_.end(), [&](const Watcher& one) {
            return &one != &watcher && one.greeted && !one.gone;
        });
        watcher.say(child::hello(
            {run_->id(), run_->name(), run_->spec(), run_->knobs(), run_->paused(), static_cast<int>(before)}));
        Json known = Json::array();
        for (const auto& message : {facts_, progress_, row_, unreachable_})
            if (message) known.push_back(to_json(*message));
        if (!known.empty()) watcher.say({{"messages", std::move(known)}});
    }

    void hear(Watcher& watcher) {
        std::string bytes;
        if (!receive_some(watcher.connection, bytes)) watcher.gone = true;
        watcher.frames.feed(bytes);
        for (;;) {
            const auto body = watcher.frames.next();
            if (body && !body.value()) return;
            const auto order = body ? child::parsed(*body.value()) : std::nullopt;
            if (!order || !take(watcher, *order)) {
                watcher.gone = true;  // whatever it is, it is no program of ours
                return;
            }
        }
    }

    bool take(Watcher& watcher, const Json& json) {
        if (!watcher.greeted) {
            if (json.value("protocol", Json()) != child::protocol) {
                watcher.say(child::refusal(
                    {Error::Code::helper_lost, say::process_of_other_version, say::same_installation, {}}));
                watcher.send();
                return false;
            }
            greet(watcher);
            return true;
        }
        const Json said = json.value("order", Json());
        auto flag = [&](const char* key) { return json.value(key, Json()) == true; };
        if (said == "pause")
            run_->pause();
        else if (said == "resume")
            run_->resume();
        else if (said == "save")
            run_->save_now();
        else if (said == "sample")
            run_->sample_now();
        else if (said == "stop")
            run_->stop(flag("save"));
        else if (said == "knobs") {
            const Knobs knobs = knobs_of(json.value("knobs", Json()));
            if (why_not(knobs).empty()) run_->set_knobs(knobs);
        } else if (said == "leave")
            train_alone_ = true;
        else
            return false;
        ++watcher.heard;
        watcher.say(state(watcher));
        return true;
    }

    Json state(const Watcher& watcher) const {
        return {{"heard", watcher.heard}, {"paused", run_->paused()}, {"knobs", to_json(run_->knobs())}};
    }

    void tell() {
        Delivery delivery;
        run_->drain(delivery);
        ended_ = delivery.ended;
        Json messages = Json::array();
        for (const Message& message : delivery.messages) {
            if (std::holds_alternative<RunFacts>(message)) facts_ = message;
            if (std::holds_alternative<Progress>(message)) progress_ = message;
            if (std::holds_alternative<MetricRow>(message)) row_ = message;
            if (!watchers_.empty()) messages.push_back(to_json(message));
        }
        const bool changed = std::exchange(was_paused_, run_->paused()) != run_->paused() ||
                             std::exchange(were_knobs_, run_->knobs()) != run_->knobs();
        const bool due = ChildClock::now() - told_ >= sign_of_life;
        if (messages.empty() && !changed && !due) return;
        told_ = ChildClock::now();
        const std::string body = messages.empty() ? "" : framed(schema::json_line({{"messages", std::move(messages)}}));
        for (Watcher& watcher : watchers_) {
            if (!watcher.greeted) continue;
            watcher.unsent += body;
            if (changed || due) watcher.say(state(watcher));
        }
    }

    void forget_gone() {
        if (watchers_.empty()) return;
        // Whoever says "leave" and goes may be found gone by what is sent to it, before that was read.
        for (Watcher& watcher : watchers_)
            if (watcher.deaf) hear(watcher);
        std::erase_if(watchers_, [](const Watcher& watcher) { return watcher.gone; });
        if (watchers_.empty() && !train_alone_) run_->stop(/*save_first=*/true);
    }

    /// Only after the run's last row is committed and its lock is free, so that whoever hears it may take it up at
    /// once.
    void last_words() {
        const Outcome outcome = *ended_;
        run_.reset();
        std::error_code ignored;
        // Whoever took the run up meanwhile listens at a socket of its own by this name.
        if (inode_of(folder_ / run_files::host) == bound_) fs::remove(folder_ / run_files::host, ignored);
        for (Watcher& watcher : watchers_)
            if (watcher.greeted) watcher.say({{"ended", to_json(outcome)}});
        const auto until = ChildClock::now() + for_the_last_words;
        for (;;) {
            for (Watcher& watcher : watchers_) watcher.send();
            std::erase_if(watchers_, [](const Watcher& one) { return one.gone || one.unsent.empty(); });
            if (watchers_.empty() || ChildClock::now() > until) return;
            wait_for_something();
        }
    }

    std::unique_ptr<LiveRun> run_;
    const fs::path folder_;
    const std::uint64_t inode_;  ///< of the folder
    bool train_alone_;
    Descriptor listening_;
    std::uint64_t bound_ = 0;      ///< inode of its socket
    std::list<Watcher> watchers_;  // they stay where they are
    std::optional<Message> facts_, progress_, row_, unreachable_;
    std::optional<Outcome> ended_;
    bool was_paused_ = false;
    Knobs were_knobs_;
    ChildClock::time_point told_{}, looked_{};
    bool missing_ = false, given_up_ = false;  ///< the run's folder, at the last look; the run for it
    int obeyed_ = 0;
};

/// The first frame of a stream, or nothing where none comes.
std::optional<Json> first_words(Watcher& from) {
    const auto until = ChildClock::now() + for_the_greeting;
    while (ChildClock::now() < until) {
        pollfd waiting{from.connection.get(), POLLIN, 0};
        (void)::poll(&waiting, 1, delivery_ms);
        std::string bytes;
        const bool there = receive_some(from.connection, bytes);
        from.frames.feed(bytes);
        const auto body = from.frames.next();
        if (!body) return std::nullopt;
        if (body.value()) return child::parsed(*body.value());
        if (!there) return std::nullopt;
    }
    return std::nullopt;
}

}  // namespace

bool train_as_child(const Workspace& workspace, Descriptor first) {
    obey_signals();
    be_first_to_go();
    Watcher starter(std::move(first));
    starter.frames = FrameReader();  // a spec may be long
    const auto words = first_words(starter);
    const auto request = words ? child::launch_of(*words) : std::nullopt;
    auto refuse = [&](const Error& error) {
        starter.say(child::refusal(error));
        starter.send();
        return false;
    };
    if (!request || words->value("protocol", Json()) != child::protocol)
        return refuse({Error::Code::helper_lost, say::process_of_other_version, say::same_installation, {}});
    auto run = LiveRun::launch(workspace, *request, HostKind::thread);
    if (!run) return refuse(run.error());
    const fs::path folder = workspace.run_folder(run.value()->id());
    keep_words(folder);
    ChildBody body(std::move(run).value(), folder, request->train_alone);
    body.begin(std::move(starter));
    body.go();
    return true;
}

void serve_run(std::unique_ptr<LiveRun> run, const fs::path& folder, bool train_alone, Descriptor first) {
    ChildBody body(std::move(run), folder, train_alone);
    body.begin(Watcher(std::move(first)));
    body.go();
}

}  // namespace gw
