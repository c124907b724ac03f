#include "workspace/live_run.h"

#include <atomic>
#include <chrono>
#include <optional>
#include <utility>

#include "artifact/run_files.h"
#include "schema/typed.h"
#include "spec/run_spec.h"
#include "spec/settings.h"
#include "train/message/disk_texts.h"
#include "util/task_pool.h"
#include "util/text.h"
#include "workspace/child/child_run.h"
#include "workspace/launch.h"
#include "workspace/record/backup.h"
#include "workspace/record/clock_watch.h"
#include "workspace/record/disk_watch.h"
#include "workspace/record/journal.h"
#include "workspace/record/mailbox.h"
#include "workspace/record/orders.h"

namespace gw {

namespace {

class HostedRun final : public LiveRun {
  public:
    HostedRun(Launch launch, HostKind host)
        : lock_(std::move(launch.lock)),
          began_(static_cast<double>(launch.record.heartbeat)),
          id_(launch.record.id),
          name_(launch.record.name),
          request_(std::move(launch.request)),
          events_(std::move(launch.events)),
          knobs_(launch.knobs),
          log_(std::move(launch.log)),
          journal_(std::move(launch.record), *log_),
          checkpoint_bytes_(estimate_run(request_.spec).checkpoint_bytes),
          disk_({.probe = [this](std::uint64_t bytes) { return try_to_write(request_.run_folder, bytes); },
                 .on_wait = [this](const Error& error) { wait_for_disk(error); },
                 .on_back = [this](double seconds) { go_on_with_disk(seconds); }}),
          writer_(std::move(*launch.store), {.before_batch = [this] { journal_.keep(); },
                                             .each_batch =
                                                 [this](Store& s) {
                                                     obey_letters();
                                                     return s.update_run(journal_.record());
                                                 },
                                             .on_error = [this](const Error& error) { lost_contact(error); }}),
          host_(host == HostKind::inline_ ? make_inline_host() : make_thread_host()) {}

    ~HostedRun() override {
        started_ = false;
        disk_.close();
        host_->stop(/*save_first=*/false);  // while it is there for a letter that is being obeyed
        host_->wait();
    }  // ends the job while what it reports to is still there

    void start(const JobMaker& make_job) {
        log_->info(std::string("Groundwork ") + GROUNDWORK_VERSION + ", run " + id_);
        // Meant for an earlier segment, which ended before it read them.
        for (const Json& late : take_orders(request_.run_folder, began_))
            log_->info("not obeyed, since it came before this start: " + schema::json_line(late));
        for (const Event& event : events_) take(event);
        if (const std::string network = network_file_system(request_.run_folder); !network.empty())
            take(Event{journal_.record().steps, "warning", Phrase{say::network_disk, {network}}.text()});
        started_ = true;
        host_->start(make_job(request_),
                     {[this](Message&& message) { take(std::move(message)); },
                      [this](const Outcome& outcome) { end(outcome); }, [this] { return settle(); }});
    }

    const std::string& id() const override { return id_; }
    std::string name() const override { return name_; }
    const Json& spec() const override { return request_.spec; }
    void pause() override {
        paused_by_person_ = true;
        host_->pause();
        if (host_->paused()) journal_.set_status("paused");
    }
    void resume() override {
        paused_by_person_ = false;
        host_->resume();
        journal_.set_status("running");
    }
    bool paused() const override { return host_->paused(); }
    void save_now() override { host_->save(); }
    void sample_now() override { host_->sample(); }
    void set_knobs(const Knobs& knobs) override {
        {
            const std::scoped_lock lock(knobs_mutex_);
            knobs_ = knobs;
        }
        host_->set_knobs(knobs);
    }
    Knobs knobs() const override {
        const std::scoped_lock lock(knobs_mutex_);
        return knobs_;
    }
    void stop(bool save_first) override {
        journal_.set_status("stopping");
        paused_by_person_ = false;  // nobody resumes what is to end
        host_->stop(save_first);
        // One that is paused ends even where its last checkpoint cannot be written; one that waits for room ends there.
        if (!disk_.waits()) host_->resume();
    }
    void drain(Delivery& into) override { mailbox_.drain(into); }
    Outcome wait() override {
        host_->wait();
        return outcome_;
    }

  private:
    void take(Message message) {
        const auto* event = std::get_if<Event>(&message);
        const bool not_saved = event && event->kind == "save_failed",
                   stepped = std::holds_alternative<MetricRow>(message);
        if (const auto* saved = std::get_if<CheckpointSaved>(&message)) {
            checkpoint_bytes_ = saved->bytes;
            save_owed_ = may_make_up_ = false;
        }
        if (StoreWriter::Write write = journal_.note(message)) writer_.push(std::move(write));
        mailbox_.post(std::move(message));
        for (Event& alert : journal_.take_alerts()) take(std::move(alert));
        if (not_saved) {
            save_owed_ = true;
            disk_.failed(checkpoint_bytes_);
            // One that failed while the disk was waited for is told only when training goes on.
            if (!disk_.waits() && may_make_up_.exchange(false) && save_owed_.exchange(false)) host_->save();
        }
        if (!stepped) return;
        if (const auto jump = clocks_.note(ClockReading::now()))
            take(Event{journal_.record().steps, "note", jump->text()});
    }

    /// All that was told so far is kept. A history that cannot be written although the disk can (it is damaged, or held
    /// for too long) costs no checkpoint: the run's own journal is then what the history is made again from.
    Status settle() {
        Status known = writer_.flush();
        if (known || disk_.waits() || !journal_.is_kept()) return known;
        return sync_file(request_.run_folder / run_files::journal) ? Status() : known;
    }

    /// The disk takes nothing more: no step is made that could not be kept. The history may not take this either.
    void wait_for_disk(const Error& error) {
        host_->pause();
        if (!host_->paused()) return;  // a host that runs on its caller's thread
        journal_.set_status("paused");
        const std::string why = Phrase{say::waits_for_disk, {error.message}}.text();
        log_->warning(why);
        mailbox_.post(Event{journal_.record().steps, "warning", why});
        mailbox_.post(Progress{"waiting for the disk", -1, error.message});
    }

    void go_on_with_disk(double seconds) {
        take(Event{journal_.record().steps, "note", Phrase{say::disk_is_back, {duration_text(seconds)}}.text()});
        may_make_up_ = true;
        if (save_owed_.exchange(false)) host_->save();
        if (paused_by_person_ || !host_->paused()) return;
        host_->resume();
        journal_.set_status("running");
        take(Progress{"training", -1, ""});
    }

    void end(const Outcome& outcome) {
        disk_.close();
        outcome_ = outcome;
        journal_.end(outcome);
        if (Status closed = writer_.close(); !closed) {
            // A history with a hole in it must not look like success.
            outcome_ = {Outcome::End::failed, closed.error()};
            log_->error(to_text(closed.error()));
        }
        lock_ = {};  // all is written: the run may be taken up again while this is still looked at
        mailbox_.end(outcome_);
    }

    /// In the writer's thread: what other programs ask of this run.
    void obey_letters() {
        if (!started_) return;
        for (const Json& order : take_orders(request_.run_folder)) obey(order);
    }

    /// A letter may hold anything: what is no order is left alone.
    void obey(const Json& order) {
        log_->info("order from another program: " + schema::json_line(order));
        const Json verb = order.value("order", Json()), save = order.value("save", Json());
        if (verb == "pause") pause();
        if (verb == "resume") resume();
        if (verb == "save") save_now();
        if (verb == "sample") sample_now();
        if (verb == "stop") stop(!save.is_boolean() || save.get<bool>());
        if (verb != "knobs") return;
        const Knobs knobs = knobs_of(order.value("knobs", Json()));
        if (const std::string wrong = why_not(knobs); wrong.empty())
            set_knobs(knobs);
        else
            log_->warning(wrong);
    }

    /// In the writer's thread: the history cannot be written for now. The message itself cannot be written there
    /// either.
    void lost_contact(const Error& error) {
        log_->warning(to_text(error));
        mailbox_.post(Event{journal_.record().steps, "warning", to_text(error)});
        constexpr std::uint64_t some_rows = 1 << 20;  // bytes
        if (started_) disk_.failed(some_rows);
    }

    RunLock lock_;  ///< first: it is held until nothing writes any more
    std::atomic<bool> started_ = false;
    const double began_;  ///< when the run was taken up, seconds since the epoch
    const std::string id_, name_;
    const TrainRequest request_;
    const HistoryCare care_{request_.run_folder.parent_path().parent_path()};
    const std::vector<Event> events_;
    mutable std::mutex knobs_mutex_;
    Knobs knobs_;
    std::unique_ptr<RunLog> log_;
    Journal journal_;
    Mailbox mailbox_;
    std::atomic<std::uint64_t> checkpoint_bytes_;  ///< of the last one, before it as estimated
    std::atomic<bool> paused_by_person_ = false, save_owed_ = false;
    std::atomic<bool> may_make_up_ = false;  ///< since the disk came back, once
    ClockWatch clocks_;                      ///< of the loop's thread
    DiskWatch disk_;                         ///< before the writer, whose thread asks it
    StoreWriter writer_;
    Outcome outcome_;  ///< written before the host's wait() returns
    std::unique_ptr<RunHost> host_;
};

}  // namespace

Result<std::unique_ptr<LiveRun>> launch_job(const Workspace& workspace, const LaunchRequest& request, HostKind host,
                                            const JobMaker& make_job) {
    auto launch = prepare_launch(workspace, request);
    if (!launch) return launch.error();
    auto run = std::make_unique<HostedRun>(std::move(launch).value(), host);
    run->start(make_job);
    return std::unique_ptr<LiveRun>(std::move(run));
}

Result<std::unique_ptr<LiveRun>> LiveRun::launch(const Workspace& workspace, LaunchRequest request, HostKind host) {
    if (host == HostKind::process) return launch_in_child(workspace, request);
    return launch_job(workspace, request, host, [](const TrainRequest& train_request) -> RunJob {
        return [&train_request](RunPort& port) {
            // Here the thread is made for the job; a look at a step or a measurement may run in one of the window's.
            if (settings_of<TrainingSettings>(train_request.spec, "training").priority == "low")
                TaskPool::shared().lower_priority();
            return train(train_request, port);
        };
    });
}

HostKind host_for(const Workspace& workspace, const LaunchRequest& request, HostChoice choice) {
    if (choice != HostChoice::automatic) return choice == HostChoice::process ? HostKind::process : HostKind::thread;
    Json spec = request.spec;
    for (const std::string* run : {&request.resume_run, &request.queued_run, &request.fork_run}) {
        if (run->empty() || (run == &request.fork_run && spec.is_object() && !spec.empty())) continue;
        const auto store = workspace.store(Store::Mode::read_only);
        const auto record = store ? store.value().run(*run) : Result<RunRecord>(store.error());
        // The launch itself says what is wrong with it.
        if (!record) return HostKind::thread;
        spec = record.value().spec;
    }
    return trains_on_gpu(spec) ? HostKind::process : HostKind::thread;
}

}  // namespace gw
