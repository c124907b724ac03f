#include "store/writer.h"

#include <algorithm>

namespace gw {

namespace {

using Clock = std::chrono::steady_clock;

/// How long a database that could not be written is left alone: ever longer, since a full disk is not free again in the
/// next moment, and never so long that a person would wonder.
std::chrono::milliseconds pause_after(int failures, std::chrono::milliseconds interval) {
    constexpr std::chrono::milliseconds longest{5000};
    constexpr int doublings = 10;
    return std::min(longest, interval * (1 << std::min(failures, doublings)));
}

}  // namespace

StoreWriter::StoreWriter(Store store, Options options)
    : store_(std::move(store)), options_(std::move(options)), thread_([this] { loop(); }) {}

StoreWriter::~StoreWriter() {
    (void)close();
}  // whoever needs to know calls close()

void StoreWriter::push(Write write) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return waiting_.size() < options_.capacity || failing_ || closing_; });
    if (waiting_.size() >= options_.most_waiting)
        changed_.wait_for(lock, std::chrono::seconds(1),
                          [&] { return waiting_.size() < options_.most_waiting || closing_; });
    waiting_.push_back(std::move(write));
    ++pushed_;
    changed_.notify_all();
}

Status StoreWriter::flush() {
    std::unique_lock lock(mutex_);
    const std::chrono::milliseconds most = missed_ ? options_.patience_again : options_.patience;
    const std::uint64_t wanted = pushed_;
    ++flushing_;
    changed_.notify_all();
    changed_.wait_for(lock, most, [&] { return settled_ >= wanted || ended_; });
    --flushing_;
    missed_ = settled_ < wanted;
    if (settled_ >= wanted) return {};
    if (ended_ && !result_) return result_;
    return last_ ? Error{Error::Code::io,
                         "The run history could not be written within " + std::to_string(most.count() / 1000) + " s",
                         "Look for a slow disk, or another program that holds it",
                         {}}
                 : last_;
}

Status StoreWriter::close() {
    {
        std::lock_guard lock(mutex_);
        closing_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
    return result_;
}

Status StoreWriter::carry_out(const Write& write) {
    try {
        return write(store_);
    } catch (const Failure& failure) {
        return failure.error();
    } catch (const std::exception& problem) {
        return Error{Error::Code::internal, problem.what(), "", {"the writer of the run history"}};
    }
}

Status StoreWriter::write_batch() {
    for (;;) {
        if (Status status = store_.begin(); !status) return status;
        Status status;
        auto write = batch_.begin();
        for (; write != batch_.end(); ++write)
            if (status = carry_out(*write); !status) break;
        if (status && options_.each_batch) status = carry_out(options_.each_batch);
        if (status) status = store_.commit();
        if (status) {
            batch_.clear();
            return {};
        }
        store_.rollback();
        // A write that breaks a constraint will do so again: it is taken out and the others are tried without it.
        if (write == batch_.end() || status.error().code != Error::Code::internal) return status;
        if (options_.on_error) options_.on_error(status.error());
        batch_.erase(write);
    }
}

void StoreWriter::wait_for_rows(Clock::time_point written, int failures) {
    std::unique_lock lock(mutex_);
    if (failures > 0) {
        // Rows that come meanwhile change nothing; who closes is worth an attempt.
        changed_.wait_until(lock, written + pause_after(failures - 1, options_.interval),
                            [&] { return closing_ && !heard_closing_; });
        return;
    }
    const auto hurried = [&] { return closing_ || (flushing_ > 0 && settled_ < pushed_); };
    changed_.wait_until(lock, written + options_.heartbeat,
                        [&] { return hurried() || !waiting_.empty() || !batch_.empty(); });
    // Rows gather here, so that a commit is made for many of them.
    changed_.wait_until(lock, written + options_.interval,
                        [&] { return hurried() || waiting_.size() >= options_.capacity; });
}

/// Whether this batch is the last one, if it can be written.
bool StoreWriter::take_batch() {
    std::lock_guard lock(mutex_);
    if (batch_.empty()) {
        const std::size_t count = std::min(waiting_.size(), options_.capacity);
        const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(count);
        batch_.assign(std::make_move_iterator(waiting_.begin()), std::make_move_iterator(end));
        waiting_.erase(waiting_.begin(), end);
        before_ = batch_.size();
    }
    return heard_closing_ = closing_;
}

void StoreWriter::give_up(const Status& status) {
    const std::size_t lost = batch_.size() + waiting_.size();
    result_ = Error{status.error().code,
                    std::to_string(lost) + " writes to the run history were lost: " + status.error().message,
                    "What the run's own journal could take is there: `groundwork-cli rebuild --replace` brings it into "
                    "the history. " +
                        status.error().hint,
                    status.error().where};
}

void StoreWriter::loop() {
    auto written = Clock::now() - options_.interval;
    int failures = 0;
    std::optional<Clock::time_point> closing_since;
    for (;;) {
        wait_for_rows(written, failures);
        const bool closing = take_batch();
        if (closing && !closing_since) closing_since = Clock::now();
        changed_.notify_all();
        if (options_.before_batch) (void)carry_out([&](Store&) { return options_.before_batch(), Status(); });
        const Status status = write_batch();
        written = Clock::now();
        failures = status ? 0 : failures + 1;
        bool last = false;
        {
            std::lock_guard lock(mutex_);
            failing_ = !status;
            last_ = status;
            if (status) settled_ += std::exchange(before_, 0);
            last = closing && status && waiting_.empty();
            // What the program itself does wrong will not be better later.
            if (closing && !status &&
                (written - *closing_since >= options_.patience || status.error().code == Error::Code::internal)) {
                give_up(status);
                last = true;
            }
            ended_ = last;
        }
        changed_.notify_all();
        if (failures == 1 && options_.on_error) options_.on_error(status.error());
        if (last) return;
    }
}

}  // namespace gw
