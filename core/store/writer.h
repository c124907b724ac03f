#pragma once
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "store/store.h"

namespace gw {

/// The record lane: a bounded queue of writes and one thread that commits them in batches. While the database cannot be
/// written (full disk, locked by another program) the writes are kept in memory and tried again, ever more seldom up to
/// every few seconds; a write that can never succeed is dropped after its error was reported.
class StoreWriter {
  public:
    using Write = std::function<Status(Store&)>;
    struct Options {
        std::size_t capacity = 4096;  ///< writes that may wait before push() blocks, and that one transaction has
        std::chrono::milliseconds interval{200};         ///< shortest time between two commits
        std::chrono::milliseconds heartbeat{5000};       ///< longest time between two calls of `each_batch`
        std::chrono::milliseconds patience{60000};       ///< how long close() and flush() try to write
        std::chrono::milliseconds patience_again{5000};  ///< flush(), where it could not the last time
        std::size_t most_waiting = 200000;               ///< from here on push() slows the caller down; see there
        std::function<void()> before_batch;              ///< before every transaction, outside of it
        Write each_batch;                                ///< in every transaction, after the writes of the batch
        std::function<void(const Error&)>
            on_error;  ///< once for each time that the database becomes unwritable; in the writer's thread
    };
    StoreWriter(Store store, Options options);
    ~StoreWriter();  ///< closes
    StoreWriter(const StoreWriter&) = delete;
    StoreWriter& operator=(const StoreWriter&) = delete;

    /// Appends a write. Blocks while the queue is full; where that is since the database cannot be written it does not,
    /// until `most_waiting` writes wait: then for a second each time, so that memory is not eaten up and the caller
    /// still hears of orders.
    void push(Write write);
    /// Returns when all that was pushed before is on the disk; the error where that could not be done in time. The
    /// writes wait on then, and the next call has less patience: each save of a run would be held up else. Not from the
    /// writer's own thread.
    Status flush();
    /// Commits what waits and ends the thread; an error when rows had to be given up.
    Status close();

  private:
    void loop();
    void wait_for_rows(std::chrono::steady_clock::time_point written, int failures);
    bool take_batch();
    Status write_batch();
    Status carry_out(const Write& write);
    void give_up(const Status& status);
    Store store_;
    Options options_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Write> waiting_;
    bool missed_ = false;  ///< by the last flush()
    bool closing_ = false, heard_closing_ = false, failing_ = false, ended_ = false;
    int flushing_ = 0;                        ///< callers of flush() that wait
    std::uint64_t pushed_ = 0, settled_ = 0;  ///< writes so far, and those of them that need no more work
    std::size_t before_ = 0;                  ///< of the batch as it was taken
    Status last_;                             ///< of the newest attempt
    std::deque<Write> batch_;                 ///< taken from the queue and not yet committed; of the thread alone
    Status result_;
    std::thread thread_;
};

}  // namespace gw
