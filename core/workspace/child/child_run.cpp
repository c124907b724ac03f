#include "workspace/child/child_run.h"

#include <poll.h>
#include <signal.h>
#include <sys/wait.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <thread>
#include <utility>

#include "artifact/run_files.h"
#include "schema/typed.h"
#include "train/message/host_texts.h"
#include "train/message/message_json.h"
#include "util/detached.h"
#include "util/frames.h"
#include "util/local_socket.h"
#include "util/text.h"
#include "workspace/child/child_protocol.h"
#include "workspace/record/mailbox.h"
#include "workspace/record/run_lock.h"

namespace gw {

namespace {

using LineClock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr int look_ms = 50;
constexpr auto to_answer = 10s;     // a greeting; it is answered between two looks of a thread that does nothing else
constexpr auto to_end = 5s;         // that a process which closed its connection may take to be gone
constexpr auto most_silence = 20s;  // while the end of a run is waited for; it says something every second

/// The connection to a process that trains: frames both ways.
class ChildLine {
  public:
    explicit ChildLine(Descriptor to) : connection_(std::move(to)) {}
    /// What came; an error where it cannot be understood. False in `open` once the other end is gone.
    Result<std::vector<Json>> receive(bool& open) {
        std::string bytes;
        open = receive_some(connection_, bytes);
        frames_.feed(bytes);
        std::vector<Json> out;
        for (;;) {
            auto body = frames_.next();
            if (!body) return body.error();
            if (!body.value()) return out;
            auto json = child::parsed(*body.value());
            if (!json)
                return Error{Error::Code::helper_lost, "a message that is no JSON object of a sane depth", "", {}};
            out.push_back(std::move(*json));
        }
    }
    void say(const Json& json) {
        const std::scoped_lock lock(mutex_);
        unsent_ += framed(schema::json_line(json));
        (void)send_some(connection_, unsent_);  // that the other end is gone is seen by who receives
    }
    /// Until something came or can be sent, at most `look_ms`.
    void wait() {
        pollfd waiting{connection_.get(), POLLIN, 0};
        {
            const std::scoped_lock lock(mutex_);
            if (!unsent_.empty()) waiting.events |= POLLOUT;
        }
        (void)::poll(&waiting, 1, look_ms);
        const std::scoped_lock lock(mutex_);
        (void)send_some(connection_, unsent_);
    }
    bool all_sent() {
        const std::scoped_lock lock(mutex_);
        return unsent_.empty();
    }
    std::optional<pid_t> peer() const { return peer_of(connection_); }

  private:
    const Descriptor connection_;
    FrameReader frames_;
    std::mutex mutex_;
    std::string unsent_;
};

std::string last_lines(const std::string& text) {
    constexpr std::size_t most = 5;
    std::vector<std::string> lines = split(std::string(trim(text)), '\n');
    if (lines.size() > most) lines.erase(lines.begin(), lines.end() - most);
    std::string out;
    for (const std::string& line : lines) out += (out.empty() ? "" : "\n") + line;
    return well_formed_utf8(out);
}

/// What a process said at last, wherever its standard error went.
std::string words_of(const Detached* own, const fs::path& run_folder) {
    std::string words;
    if (const auto kept =
            run_folder.empty() ? Result<std::string>(std::string()) : read_file(run_folder / run_files::words))
        words = kept.value();
    if (trim(words).empty() && own) words = own->said();
    return last_lines(words);
}

Phrase how_ended(int status) {
    if (!WIFSIGNALED(status)) return {say::process_exited, {std::to_string(WEXITSTATUS(status))}};
    // The system has no other way to get memory back, and nobody else ends one process alone so.
    if (WTERMSIG(status) == SIGKILL) return {say::process_killed, {}};
    return {say::process_by_signal, {std::to_string(WTERMSIG(status)), ::strsignal(WTERMSIG(status))}};
}

class ChildRun final : public LiveRun {
  public:
    ChildRun(const Workspace& workspace, std::unique_ptr<ChildLine> line, std::optional<Detached> own,
             child::Standing standing, std::vector<Json> more)
        : workspace_(workspace),
          line_(std::move(line)),
          own_(std::move(own)),
          process_(own_ ? own_->process() : line_->peer().value_or(0)),
          standing_(std::move(standing)),
          heard_at_(LineClock::now()),
          paused_(standing_.paused),
          knobs_(standing_.knobs),
          leaving_(!own_) {
        for (const Json& one : more) take(one);
        reader_ = std::thread([this] {
            try {
                read();
            } catch (const std::exception& problem) {  // no memory for what came
                lost(problem.what());
            }
        });
    }

    ~ChildRun() override {
        if (!leaving_) {
            if (!over()) order({{"order", "stop"}, {"save", false}});
            while (!wait_a_little()) {
                if (silence() > std::chrono::duration<double>(most_silence).count()) end_by_force();
            }
        }
        closing_ = true;
        reader_.join();
    }

    const std::string& id() const override { return standing_.run; }
    std::string name() const override { return standing_.name; }
    const Json& spec() const override { return standing_.spec; }
    void pause() override { set_paused(true); }
    void resume() override { set_paused(false); }
    bool paused() const override {
        const std::scoped_lock lock(mutex_);
        return paused_;
    }
    void save_now() override { order({{"order", "save"}}); }
    void sample_now() override { order({{"order", "sample"}}); }
    void set_knobs(const Knobs& knobs) override {
        {
            const std::scoped_lock lock(mutex_);
            knobs_ = knobs;
        }
        order({{"order", "knobs"}, {"knobs", to_json(knobs)}});
    }
    Knobs knobs() const override {
        const std::scoped_lock lock(mutex_);
        return knobs_;
    }
    void stop(bool save_first) override { order({{"order", "stop"}, {"save", save_first}}); }
    void drain(Delivery& into) override { mailbox_.drain(into); }
    Outcome wait() override {
        std::unique_lock lock(mutex_);
        ended_changed_.wait(lock, [&] { return outcome_.has_value(); });
        return *outcome_;
    }

    std::int64_t process() const override { return process_; }
    double silence() const override {
        const std::scoped_lock lock(mutex_);
        if (outcome_) return 0;
        return std::chrono::duration<double>(LineClock::now() - heard_at_).count();
    }
    bool leave() override {
        // Whoever only watches decides nothing.
        if (own_) order({{"order", "leave"}});
        leaving_ = true;
        return true;
    }
    void end_by_force() override {
        forced_ = true;
        if (process_ > 0 && !over()) ::kill(static_cast<pid_t>(process_), SIGKILL);
    }

  private:
    bool over() const {
        const std::scoped_lock lock(mutex_);
        return outcome_.has_value();
    }
    bool wait_a_little() {
        std::unique_lock lock(mutex_);
        return ended_changed_.wait_for(lock, 1s, [&] { return outcome_.has_value(); });
    }
    void order(const Json& json) {
        {
            const std::scoped_lock lock(mutex_);
            ++said_;
        }
        line_->say(json);
    }
    void set_paused(bool on) {
        {
            const std::scoped_lock lock(mutex_);
            paused_ = on;
        }
        order({{"order", on ? "pause" : "resume"}});
    }

    /// In the reader's thread.
    void read() {
        while (!over()) {
            if (closing_ && (line_->all_sent() || !open_)) return;
            line_->wait();
            const auto came = line_->receive(open_);
            if (!came) return lost(came.error().message);
            for (const Json& one : came.value())
                if (!take(one)) return lost("a message of a form that is not known");
            if (!open_ && !over()) return lost("");
        }
    }

    bool take(const Json& json) {
        {
            const std::scoped_lock lock(mutex_);
            heard_at_ = LineClock::now();
        }
        if (const auto messages = json.find("messages"); messages != json.end()) {
            if (!messages->is_array()) return false;
            for (const Json& one : *messages) {
                auto message = message_of(one);
                if (!message) return false;
                mailbox_.post(std::move(*message));
            }
        }
        if (const auto heard = json.find("heard"); heard != json.end()) {
            const std::scoped_lock lock(mutex_);
            // What was asked for and not heard there yet is not undone by older news.
            if (*heard == said_) {
                paused_ = json.value("paused", Json()) == true;
                knobs_ = knobs_of(json.value("knobs", Json()));
            }
        }
        if (const auto ended = json.find("ended"); ended != json.end()) {
            const auto outcome = outcome_of(*ended);
            if (!outcome) return false;
            end(*outcome);
        }
        return true;
    }

    void end(const Outcome& outcome) {
        mailbox_.end(outcome);
        {
            const std::scoped_lock lock(mutex_);
            outcome_ = outcome;
        }
        ended_changed_.notify_all();
    }

    /// The connection ended, or was of no use any more (`why`), before the run did.
    void lost(const std::string& why) {
        if (!why.empty() && own_) own_->kill();
        const std::optional<int> status = wait_for_end();
        const fs::path folder = workspace_.run_folder(id());
        const bool lives = !status && is_there();
        Error error{Error::Code::helper_lost,
                    (forced_        ? Phrase{say::process_forced, {}}
                     : lives        ? Phrase{say::process_deaf, {}}
                     : !why.empty() ? Phrase{say::process_garbled, {}}
                     : status       ? how_ended(*status)
                                    : Phrase{say::process_silent_end, {}})
                        .text(),
                    lives ? say::watch_again : say::resume_after_process,
                    {"process " + std::to_string(process_)}};
        if (!why.empty()) error.where.push_back(why);
        if (const std::string words = words_of(own_ ? &*own_ : nullptr, folder); !words.empty())
            error.where.push_back(Phrase{say::said_at_last, {words}}.text());
        const bool by_system = why.empty() && status && WIFSIGNALED(*status) && WTERMSIG(*status) == SIGKILL;
        if (!lives) note_in_history(error, forced_ || by_system);
        end({Outcome::End::failed, std::move(error)});
    }

    bool is_there() const {
        const RunLock::State lock = RunLock::state(workspace_.run_folder(id()));
        if (lock != RunLock::State::unknown) return lock == RunLock::State::held;
        return process_ > 0 && ::kill(static_cast<pid_t>(process_), 0) == 0;
    }

    std::optional<int> wait_for_end() {
        const auto until = LineClock::now() + to_end;
        for (;;) {
            const auto status = own_ ? own_->ended() : std::nullopt;
            if (status || (!own_ && !is_there()) || closing_ || LineClock::now() > until) return status;
            std::this_thread::sleep_for(10ms);
        }
    }

    /// The process could not write this itself.
    void note_in_history(const Error& error, bool was_killed) {
        auto store = workspace_.store();
        if (!store) return;
        if (!store.value().begin()) return;
        auto record = store.value().run(id());
        // Somebody may have swept it already, but cannot know how it ended; whoever took it up again is not disturbed.
        const bool its = record && record.value().process == process_ &&
                         (is_active(record.value().status) || record.value().status == "interrupted");
        if (!its) return store.value().rollback();
        RunRecord& run = record.value();
        run.status = was_killed ? "interrupted" : "failed";
        run.cause = to_text(error);
        if (run.ended.empty()) run.ended = now_utc();
        // A history that cannot be written now calls the run interrupted when it is opened again.
        Status noted = store.value().update_run(run);
        if (noted)
            noted = store.value().commit();
        else
            store.value().rollback();
        if (!noted) mailbox_.post(Event{run.steps, "warning", noted.error().message});
    }

    const Workspace workspace_;
    const std::unique_ptr<ChildLine> line_;
    std::optional<Detached> own_;  ///< where this program started it
    const std::int64_t process_;
    const child::Standing standing_;
    Mailbox mailbox_;
    mutable std::mutex mutex_;
    std::condition_variable ended_changed_;
    LineClock::time_point heard_at_;
    bool paused_;
    Knobs knobs_;
    std::int64_t said_ = 0;
    std::optional<Outcome> outcome_;
    bool open_ = true;           ///< of the reader alone
    std::atomic<bool> leaving_;  ///< the destructor lets it train on
    std::atomic<bool> closing_ = false, forced_ = false;
    std::thread reader_;
};

/// Greets, and makes the run of the answer. Without `own` it is given up when nothing is answered for long.
Result<std::unique_ptr<LiveRun>> meet(const Workspace& workspace, std::unique_ptr<ChildLine> line,
                                      std::optional<Detached> own, const LaunchRequest* request, Attach how) {
    line->say(child::greeting(request));
    const auto since = LineClock::now();
    for (;;) {
        line->wait();
        bool open = true;
        auto came = line->receive(open);
        if (!came) {
            if (own) own->kill();
            return Error{
                Error::Code::helper_lost, say::process_garbled, say::same_installation, {came.error().message}};
        }
        if (!came.value().empty()) {
            auto standing = child::standing_of(came.value().front());
            if (!standing) {
                if (own && !came.value().front().contains("refused")) own->kill();
                return standing.error();
            }
            if (how == Attach::if_unwatched && standing.value().watchers > 0)
                return Error{Error::Code::cancelled, "Another program watches this run", "", {}};
            came.value().erase(came.value().begin());
            return std::unique_ptr<LiveRun>(std::make_unique<ChildRun>(
                workspace, std::move(line), std::move(own), std::move(standing).value(), std::move(came).value()));
        }
        if (!open) break;
        if (!own && LineClock::now() - since > to_answer)
            return Error{Error::Code::helper_lost,
                         say::process_does_not_answer,
                         "",
                         {"process " + std::to_string(line->peer().value_or(0))}};
    }
    std::optional<int> status;
    for (const auto until = LineClock::now() + to_end; own && !status && LineClock::now() < until;) {
        std::this_thread::sleep_for(10ms);
        status = own->ended();
    }
    Error error{
        Error::Code::helper_lost, status ? how_ended(*status).text() : say::process_silent_end, say::train_inside, {}};
    if (const std::string words = words_of(own ? &*own : nullptr, {}); !words.empty())
        error.where.push_back(Phrase{say::said_at_last, {words}}.text());
    return error;
}

}  // namespace

fs::path child_program() {
    if (const char* chosen = std::getenv("GROUNDWORK_CLI")) return chosen;
    const fs::path here = program_folder();
    std::error_code ignored;
    // The launcher in bin/ sets the environment that the engine reads before it starts.
    for (const char* place : {"../../bin", "../bin", "."})
        if (fs::path file = (here / place / "groundwork-cli").lexically_normal(); fs::exists(file, ignored))
            return file;
    return here / "groundwork-cli";
}

Result<std::unique_ptr<LiveRun>> launch_in_child(const Workspace& workspace, const LaunchRequest& request) {
    auto ends = connected_pair();
    if (!ends) return ends.error();
    auto own = Detached::start({child_program().string(), "--workspace", workspace.root().string(), "train-for"},
                               std::move(ends.value().second));
    if (!own) return own.error();
    return meet(workspace, std::make_unique<ChildLine>(std::move(ends.value().first)), std::move(own).value(), &request,
                Attach::anyway);
}

Result<std::unique_ptr<LiveRun>> LiveRun::attach(const Workspace& workspace, const std::string& run, Attach how) {
    auto connection = connect_in(workspace.run_folder(run), run_files::host);
    if (!connection) {
        Error error = connection.error();
        error.where.insert(error.where.begin(), error.message);
        error.message = say::not_watchable_here;
        error.hint = say::only_apart;
        return error;
    }
    return meet(workspace, std::make_unique<ChildLine>(std::move(connection).value()), std::nullopt, nullptr, how);
}

bool can_attach(const Workspace& workspace, const std::string& run) {
    std::error_code ignored;
    return fs::is_socket(workspace.run_folder(run) / run_files::host, ignored);
}

}  // namespace gw
