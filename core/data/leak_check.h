#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "data/prepare.h"
#include "data/split.h"

namespace gw {

/// Finds held-out text that also stands in the training part. Short documents are compared whole, long ones line by line; texts under
/// 30 bytes are left out, since headings and greetings meet by chance.
class LeakCheck {
  public:
    void add(Part part, std::string_view text);
    LeakReport report() const;

  private:
    struct HeldOut {
        Part part;
        std::uint64_t hash;
        std::string beginning;
    };
    void add_unit(Part part, std::string_view unit);
    std::unordered_set<std::uint64_t> train_;
    std::vector<HeldOut> held_out_;
};

}  // namespace gw
