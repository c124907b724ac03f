#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "data/prepare.h"
#include "data/split.h"

namespace gw {

/// Finds held-out text that also stands in a part that is learnt from or chosen by, and equal texts with different
/// labels. Pictures are compared by their bytes. Labelled texts are compared whole, others whole up to 2,000 bytes and
/// line by line beyond; unlabelled texts under 30 bytes are left out, since headings and greetings meet by chance.
/// Takes 32 bytes a text up to `most` texts; of more than that a share is compared that is drawn by content, so that
/// copies stay together.
class LeakCheck {
  public:
    explicit LeakCheck(std::size_t most = std::size_t{1} << 21) : most_(most) {}
    void add(Part part, std::string_view text, const Document& document);
    /// Counts, without examples. Call it once, after all texts.
    LeakReport report();
    /// Looks for the examples of `report` in the same texts, visited once more; false when all are found.
    bool look(LeakReport& report, Part part, std::string_view text, const Document& document) const;

  private:
    struct Unit {
        std::uint64_t near, exact;
        std::uint32_t label, number;
        Part part;
    };
    struct Wanted {
        std::uint64_t near = 0, exact = 0;
        bool is_exact = false;
    };
    void thin();
    std::size_t most_;
    std::uint64_t mask_ = 0;
    std::uint64_t seen_ = 0;
    std::vector<Unit> units_;
    std::vector<Wanted> wanted_;  ///< one a pair of the report
    std::uint64_t conflict_ = 0;
    bool pictures_ = false;
};

}  // namespace gw
