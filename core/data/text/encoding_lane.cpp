#include "data/text/encoding_lane.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace gw {

namespace {

struct Load {
    std::vector<std::string> texts;
    std::vector<std::vector<Token>> ids;
    Status status;
    bool done = false;
};

void encode(const Tokenizer& tokenizer, Load& load) try {
    const std::vector<std::string_view> texts(load.texts.begin(), load.texts.end());
    load.status = tokenizer.encode_each(texts, load.ids);
    if (load.status && load.ids.size() != texts.size())
        load.status = Error{Error::Code::internal, "The tokenizer has lost a text", "", {}};
} catch (const std::bad_alloc&) {
    load.status =
        Error{Error::Code::out_of_memory, "There is not enough memory to encode the text", "Close other programs", {}};
} catch (const Failure& failure) {
    load.status = failure.error();
}

}  // namespace

struct EncodingLane::Impl {
    const Tokenizer& tokenizer;
    const std::size_t most_threads;
    std::mutex mutex;
    std::condition_variable_any begun, done;
    std::deque<std::unique_ptr<Load>> loads;  ///< in their order
    std::size_t next = 0;                     ///< the first of them that nobody has begun
    std::vector<std::jthread> threads;        ///< end before the rest goes

    void work(const std::stop_token& stop) {
        std::unique_lock lock(mutex);
        while (begun.wait(lock, stop, [&] { return next < loads.size(); }) && !stop.stop_requested()) {
            Load& load = *loads[next++];
            lock.unlock();
            encode(tokenizer, load);
            load.texts = {};
            lock.lock();
            load.done = true;
            done.notify_all();
        }
    }
};

EncodingLane::EncodingLane(const Tokenizer& tokenizer, std::size_t threads)
    : impl_(new Impl{tokenizer, std::max<std::size_t>(1, threads), {}, {}, {}, {}, 0, {}}) {}

EncodingLane::~EncodingLane() {
    for (std::jthread& thread : impl_->threads) thread.request_stop();
}

void EncodingLane::put(std::vector<std::string> texts) {
    auto load = std::make_unique<Load>();
    load->texts = std::move(texts);
    {
        const std::scoped_lock lock(impl_->mutex);
        impl_->loads.push_back(std::move(load));
    }
    // As many threads as loads have been on their way together: a short text needs but one.
    if (impl_->threads.size() < std::min(impl_->most_threads, impl_->loads.size()))
        impl_->threads.emplace_back([impl = impl_.get()](const std::stop_token& stop) { impl->work(stop); });
    impl_->begun.notify_one();
}

bool EncodingLane::full() const {
    return impl_->loads.size() >= 2 * impl_->most_threads;
}

bool EncodingLane::empty() const {
    return impl_->loads.empty();
}

Result<std::vector<std::vector<Token>>> EncodingLane::take() {
    std::unique_lock lock(impl_->mutex);
    impl_->done.wait(lock, [&] { return impl_->loads.front()->done; });
    const std::unique_ptr<Load> load = std::move(impl_->loads.front());
    impl_->loads.pop_front();
    --impl_->next;
    lock.unlock();
    if (!load->status) return load->status.error();
    return std::move(load->ids);
}

}  // namespace gw
