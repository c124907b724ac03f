#include <atomic>
#include <condition_variable>
#include <mutex>
#include <new>
#include <optional>
#include <thread>

#include "train/host/run_host.h"
#include "train/message/host_texts.h"

namespace gw {

namespace {

/// The port of a job: orders come in from any thread, messages go out in the job's own.
class HostPort final : public RunPort {
  public:
    explicit HostPort(const RunHost::Listener& listener) : listener_(listener) {}

    void report(Message message) override {
        if (listener_.on_message) listener_.on_message(std::move(message));
    }
    Status settle() override { return listener_.on_settle ? listener_.on_settle() : Status(); }
    Orders between_steps() override {
        std::unique_lock lock(mutex_);
        changed_.wait(lock,
                      [&] { return !paused_ || orders_.stop || orders_.save || orders_.sample || orders_.knobs; });
        Orders now = orders_;
        now.hold = paused_;
        orders_.save = orders_.sample = false;
        orders_.knobs.reset();
        return now;
    }
    std::stop_token stop_token() const override { return stop_.get_token(); }

    void set_paused(bool on) {
        {
            const std::scoped_lock lock(mutex_);
            paused_ = on;
        }
        changed_.notify_all();
    }
    bool paused() const {
        const std::scoped_lock lock(mutex_);
        return paused_;
    }
    void save() {
        order([](Orders& orders) { orders.save = true; });
    }
    void sample() {
        order([](Orders& orders) { orders.sample = true; });
    }
    void set_knobs(const Knobs& knobs) {
        order([&](Orders& orders) { orders.knobs = knobs; });
    }
    void stop(bool save_first) {
        order([&](Orders& orders) {
            orders.save_on_stop =
                save_first && (!orders.stop || orders.save_on_stop);  // "without saving" wins over an earlier "save"
            orders.stop = true;
        });
        stop_.request_stop();
    }

  private:
    template <class Change>
    void order(Change change) {
        {
            const std::scoped_lock lock(mutex_);
            change(orders_);
        }
        changed_.notify_all();
    }
    const RunHost::Listener& listener_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    Orders orders_;
    bool paused_ = false;
    std::stop_source stop_;
};

/// The one place where a job's exceptions end, whatever they are: one that left here would end the program.
Outcome guarded(const RunJob& job, RunPort& port) {
    auto failed = [](Error error) { return Outcome{Outcome::End::failed, std::move(error)}; };
    auto mistake = [&](const std::string& what) {
        return failed({Error::Code::internal, what, say::mistake_in_program, {}});
    };
    try {
        return job(port);
    } catch (const Failure& failure) {
        return failed(failure.error());
    } catch (const std::bad_alloc&) {
        return failed({Error::Code::out_of_memory,
                       "Ran out of memory",
                       "Lower training.micro_batch and raise training.accumulation by as much",
                       {"training"}});
    } catch (const std::exception& problem) {
        return mistake(problem.what());
    } catch (...) {
        return mistake(say::unknown_exception);
    }
}

class InlineHost final : public RunHost {
  public:
    void start(RunJob job, Listener listener) override {
        listener_ = std::move(listener);
        const Outcome outcome = guarded(job, port_);
        if (listener_.on_end) listener_.on_end(outcome);
    }
    void pause() override {}  // nobody is left to resume it
    void resume() override {}
    bool paused() const override { return false; }
    void save() override { port_.save(); }
    void sample() override { port_.sample(); }
    void set_knobs(const Knobs& knobs) override { port_.set_knobs(knobs); }
    void stop(bool save_first) override { port_.stop(save_first); }
    void wait() override {}

  private:
    Listener listener_;
    HostPort port_{listener_};
};

class ThreadHost final : public RunHost {
  public:
    ~ThreadHost() override {
        stop(false);
        wait();
    }
    void start(RunJob job, Listener listener) override {
        listener_ = std::move(listener);
        thread_ = std::thread([this, job = std::move(job)] {
            const Outcome outcome = guarded(job, port_);
            if (listener_.on_end) listener_.on_end(outcome);
        });
    }
    void pause() override { port_.set_paused(true); }
    void resume() override { port_.set_paused(false); }
    bool paused() const override { return port_.paused(); }
    void save() override { port_.save(); }
    void sample() override { port_.sample(); }
    void set_knobs(const Knobs& knobs) override { port_.set_knobs(knobs); }
    void stop(bool save_first) override { port_.stop(save_first); }
    void wait() override {
        const std::scoped_lock lock(joining_);
        if (thread_.joinable()) thread_.join();
    }

  private:
    Listener listener_;
    HostPort port_{listener_};
    std::mutex joining_;
    std::thread thread_;
};

}  // namespace

std::unique_ptr<RunHost> make_inline_host() {
    return std::make_unique<InlineHost>();
}
std::unique_ptr<RunHost> make_thread_host() {
    return std::make_unique<ThreadHost>();
}

}  // namespace gw
