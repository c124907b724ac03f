#pragma once
#include <memory>
#include <string>
#include <vector>

#include "tokenize/tokenizer.h"

namespace gw {

/// Texts on their way through a tokenizer: loads of them go in, are encoded by several threads while the next are read,
/// and come out in the order in which they went in. Used by one thread.
class EncodingLane {
  public:
    /// `tokenizer` must outlive it. Threads begin with the first load.
    EncodingLane(const Tokenizer& tokenizer, std::size_t threads);
    ~EncodingLane();  ///< waits for the loads that are being encoded, and drops the others
    void put(std::vector<std::string> texts);
    /// Whether so many loads are on their way that every thread has one and one that waits for it: then one is to be
    /// taken out before the next goes in, which bounds what is held.
    bool full() const;
    bool empty() const;
    /// The ids of each text of the oldest load. Waits for it; there must be one.
    Result<std::vector<std::vector<Token>>> take();

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace gw
