#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "data/images/near_pictures.h"
#include "data/prepare.h"
#include "data/split.h"

namespace gw {

/// Finds held-out text that also stands in a part that is learnt from or chosen by, and equal texts with different
/// labels. Labelled texts are compared whole, others whole up to 2,000 bytes and line by line beyond; unlabelled texts
/// under 30 bytes are left out, since headings and greetings meet by chance. Rows of tables are compared by their
/// values, pictures by their bytes and as near_copies does. Takes 32 bytes a text up to `most` texts, and about 500
/// bytes a picture up to an eighth as many; of more than that a share is compared that is drawn by content, so that
/// copies stay together, and most near copies.
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
        std::uint64_t near, exact;  ///< of pictures, `near` is what near copies mostly have in common
        std::uint32_t label, number;
        std::uint32_t sketch;  ///< of pictures, its place in sketches_
        Part part;
    };
    struct Wanted {
        std::uint64_t near = 0, exact = 0;  ///< what its like shares with it (of pictures, its like's own), and its own
        bool is_exact = false;
    };
    void take(const Unit& unit);
    void thin();
    bool full() const { return units_.size() > (pictures_ ? most_ / 8 : most_); }
    /// For each pair of parts, of each unit of the one one of its near copies in the other, if there is any; empty for
    /// texts.
    std::vector<std::vector<const Unit*>> near_pictures() const;
    std::size_t most_;
    std::uint64_t mask_ = 0;
    std::uint64_t seen_ = 0;
    std::vector<Unit> units_;
    std::vector<PictureSketch> sketches_;
    std::vector<Wanted> wanted_;  ///< one a pair of the report
    std::uint64_t conflict_ = 0;
    bool pictures_ = false;
};

}  // namespace gw
