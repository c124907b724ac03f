#include "workspace/live_run.h"

#include <atomic>
#include <utility>

#include "util/text.h"
#include "workspace/journal.h"
#include "workspace/launch.h"
#include "workspace/mailbox.h"
#include "workspace/orders.h"

namespace gw {

namespace {

class HostedRun final : public LiveRun {
  public:
    HostedRun(Launch launch, HostKind host)
        : id_(launch.record.id),
          name_(launch.record.name),
          request_(std::move(launch.request)),
          events_(std::move(launch.events)),
          knobs_(launch.knobs),
          log_(std::move(launch.log)),
          journal_(std::move(launch.record), *log_),
          writer_(std::move(*launch.store), {.each_batch =
                                                 [this](Store& s) {
                                                     obey_letters();
                                                     return s.update_run(journal_.record());
                                                 },
                                             .on_error = [this](const Error& error) { lost_contact(error); }}),
          host_(host == HostKind::thread ? make_thread_host() : make_inline_host()) {}

    ~HostedRun() override {
        started_ = false;
        host_.reset();
    }  // ends the job while what it reports to is still there

    void start(const JobMaker& make_job) {
        log_->info(std::string("Groundwork ") + GROUNDWORK_VERSION + ", run " + id_);
        for (const Event& event : events_) take(event);
        started_ = true;
        host_->start(make_job(request_), {[this](Message&& message) { take(std::move(message)); },
                                          [this](const Outcome& outcome) { end(outcome); }});
    }

    const std::string& id() const override { return id_; }
    std::string name() const override { return name_; }
    const Json& spec() const override { return request_.spec; }
    void pause() override {
        host_->pause();
        if (host_->paused()) journal_.set_status("paused");
    }
    void resume() override {
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
        host_->stop(save_first);
    }
    void drain(Delivery& into) override { mailbox_.drain(into); }
    Outcome wait() override {
        host_->wait();
        return outcome_;
    }

  private:
    void take(Message message) {
        if (StoreWriter::Write write = journal_.note(message)) writer_.push(std::move(write));
        mailbox_.post(std::move(message));
        for (Event& alert : journal_.take_alerts()) take(std::move(alert));
    }

    void end(const Outcome& outcome) {
        outcome_ = outcome;
        journal_.end(outcome);
        if (Status closed = writer_.close(); !closed) {
            // A history with a hole in it must not look like success.
            outcome_ = {Outcome::End::failed, closed.error()};
            log_->error(to_text(closed.error()));
        }
        mailbox_.end(outcome_);
    }

    /// In the writer's thread: what other programs ask of this run.
    void obey_letters() {
        if (!started_) return;
        for (const Json& order : take_orders(request_.run_folder)) {
            const std::string verb = order.value("order", std::string());
            log_->info("order from another program: " + order.dump());
            if (verb == "pause") pause();
            if (verb == "resume") resume();
            if (verb == "save") save_now();
            if (verb == "sample") sample_now();
            if (verb == "stop") stop(order.value("save", true));
            if (verb == "knobs") set_knobs(knobs_of(order.value("knobs", Json::object())));
        }
    }

    /// In the writer's thread: the history cannot be written for now. The message itself cannot be written there
    /// either.
    void lost_contact(const Error& error) {
        log_->warning(to_text(error));
        mailbox_.post(Event{journal_.record().steps, "warning", to_text(error)});
    }

    std::atomic<bool> started_ = false;
    const std::string id_, name_;
    const TrainRequest request_;
    const std::vector<Event> events_;
    mutable std::mutex knobs_mutex_;
    Knobs knobs_;
    std::unique_ptr<RunLog> log_;
    Journal journal_;
    Mailbox mailbox_;
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
    return launch_job(workspace, request, host, [](const TrainRequest& train_request) -> RunJob {
        return [&train_request](RunPort& port) { return train(train_request, port); };
    });
}

}  // namespace gw
