#include "train/keep/writing_lane.h"

#include <sys/resource.h>
#include <unistd.h>

#include <utility>

namespace gw {

WritingLane::~WritingLane() {
    if (!thread_.joinable()) return;
    {
        const std::scoped_lock lock(mutex_);
        ending_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

void WritingLane::add(Work work) {
    // First, since it may fail: nobody waits for work that no thread will do.
    if (!thread_.joinable()) thread_ = std::thread([this] { loop(); });
    {
        const std::scoped_lock lock(mutex_);
        waiting_.push_back(std::move(work));
    }
    changed_.notify_all();
}

void WritingLane::wait() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return waiting_.empty() && !busy_; });
    if (thrown_) std::rethrow_exception(std::exchange(thrown_, nullptr));
}

std::vector<Message> WritingLane::take_told() {
    const std::scoped_lock lock(mutex_);
    return std::exchange(told_, {});
}

void WritingLane::loop() {
    // Of this thread alone (on Linux): hashing takes no time from the cores that train, where it can be spared.
    constexpr int behind = 10;
    (void)::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), behind);
    const Tell tell = [this](Message message) {
        const std::scoped_lock lock(mutex_);
        told_.push_back(std::move(message));
    };
    std::unique_lock lock(mutex_);
    for (;;) {
        changed_.wait(lock, [&] { return ending_ || !waiting_.empty(); });
        if (waiting_.empty()) return;
        Work work = std::move(waiting_.front());
        waiting_.pop_front();
        busy_ = true;
        lock.unlock();
        std::exception_ptr problem;
        try {
            work(tell);
        } catch (...) {
            problem = std::current_exception();
        }
        work = {};  // a copy of a model goes before the next one is made
        lock.lock();
        if (problem && !thrown_) thrown_ = problem;
        busy_ = false;
        changed_.notify_all();
    }
}

}  // namespace gw
