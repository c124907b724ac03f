#pragma once
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "store/store.h"

namespace gw {

/// The record lane: a bounded queue of writes and one thread that commits them in batches. While the database cannot be
/// written (full disk) the writes are kept in memory and tried again; a write that can never succeed is dropped after
/// its error was reported.
class StoreWriter {
  public:
    using Write = std::function<Status(Store&)>;
    struct Options {
        std::size_t capacity = 4096;                ///< writes that may wait before push() blocks
        std::chrono::milliseconds interval{250};    ///< shortest time between two commits
        std::chrono::milliseconds heartbeat{5000};  ///< longest time between two calls of `each_batch`
        Write each_batch;                           ///< in every transaction, after the writes of the batch
        std::function<void(const Error&)>
            on_error;  ///< once for each time that the database becomes unwritable; in the writer's thread
    };
    StoreWriter(Store store, Options options);
    ~StoreWriter();  ///< closes
    StoreWriter(const StoreWriter&) = delete;
    StoreWriter& operator=(const StoreWriter&) = delete;

    /// Appends a write. Blocks while the queue is full, but never on account of a database that cannot be written.
    void push(Write write);
    /// Commits what waits and ends the thread; an error when rows had to be given up.
    Status close();

  private:
    void loop();
    Status write_batch();
    Store store_;
    Options options_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Write> waiting_;
    bool closing_ = false, failing_ = false;
    std::deque<Write> batch_;  ///< taken from the queue and not yet committed; of the thread alone
    Status result_;
    std::thread thread_;
};

}  // namespace gw
