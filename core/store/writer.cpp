#include "store/writer.h"

namespace gw {

StoreWriter::StoreWriter(Store store, Options options)
    : store_(std::move(store)), options_(std::move(options)), thread_([this] { loop(); }) {}

StoreWriter::~StoreWriter() {
    (void)close();
}  // whoever needs to know calls close()

void StoreWriter::push(Write write) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return waiting_.size() < options_.capacity || failing_ || closing_; });
    waiting_.push_back(std::move(write));
    changed_.notify_all();
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

Status StoreWriter::write_batch() {
    for (;;) {
        if (Status status = store_.begin(); !status) return status;
        Status status;
        auto write = batch_.begin();
        for (; write != batch_.end(); ++write)
            if (status = (*write)(store_); !status) break;
        if (status && options_.each_batch) status = options_.each_batch(store_);
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

void StoreWriter::loop() {
    using Clock = std::chrono::steady_clock;
    auto written = Clock::now() - options_.interval;
    for (;;) {
        bool last = false, failed_before = false;
        {
            std::unique_lock lock(mutex_);
            changed_.wait_until(lock, written + options_.heartbeat,
                                [&] { return closing_ || !waiting_.empty() || !batch_.empty(); });
            // Rows gather here, so that a commit is made for many of them.
            changed_.wait_until(lock, written + options_.interval,
                                [&] { return closing_ || waiting_.size() >= options_.capacity; });
            last = closing_;
            failed_before = failing_;
            batch_.insert(batch_.end(), std::make_move_iterator(waiting_.begin()),
                          std::make_move_iterator(waiting_.end()));
            waiting_.clear();
        }
        changed_.notify_all();
        Status status = write_batch();
        written = Clock::now();
        {
            std::lock_guard lock(mutex_);
            failing_ = !status;
            last = last && waiting_.empty();
        }
        changed_.notify_all();
        if (!status && !failed_before && options_.on_error) options_.on_error(status.error());
        if (!last) continue;
        if (!status)
            result_ =
                Error{status.error().code,
                      std::to_string(batch_.size()) + " writes to the run history were lost: " + status.error().message,
                      status.error().hint, status.error().where};
        return;
    }
}

}  // namespace gw
