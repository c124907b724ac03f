#pragma once
#include <deque>
#include <mutex>

#include "workspace/live_run.h"

namespace gw {

/// The view lane: messages wait here until the reader comes. The writer never waits; when the reader is slow, steps are
/// left out of the training curves, never any other message and never a value that is not finite.
class Mailbox {
  public:
    explicit Mailbox(std::size_t most_rows = 4096) : most_rows_(most_rows) {}
    void post(Message message);
    /// The last thing that is posted.
    void end(const Outcome& outcome);
    /// Appends what waits to `into`.
    void drain(Delivery& into);

  private:
    void thin();
    const std::size_t most_rows_;
    std::mutex mutex_;
    std::deque<Message> messages_;
    std::size_t rows_ = 0;  ///< of them that may be left out
    std::optional<Outcome> ended_;
};

}  // namespace gw
