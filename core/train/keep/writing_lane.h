#pragma once
#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "train/message/messages.h"

namespace gw {

/// Work that training does not wait for, done one piece after another in a thread of its own. What it has to tell is
/// handed back to the thread that asked for it, for a port is told by one thread alone. All calls come from that one.
class WritingLane {
  public:
    using Tell = std::function<void(Message)>;
    using Work = std::function<void(const Tell&)>;
    WritingLane() = default;
    WritingLane(const WritingLane&) = delete;
    WritingLane& operator=(const WritingLane&) = delete;
    ~WritingLane();  ///< after all work is done

    void add(Work work);
    /// Returns when all work is done. Throws what a piece of it threw; the pieces behind that were still done.
    void wait();
    /// What was told since the last call, in order.
    std::vector<Message> take_told();

  private:
    void loop();
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Work> waiting_;
    std::vector<Message> told_;
    std::exception_ptr thrown_;
    bool busy_ = false, ending_ = false;
    std::thread thread_;  ///< from the first work on
};

}  // namespace gw
