#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "data/images/picture.h"

namespace gw {

/// What a picture shares with its near copies: those of other brightness, contrast, compression or original size. Of
/// means of areas in whole numbers: the same on every machine. Source: N. Krawetz, "Kind of Like That" (2013),
/// difference hash; here of 16 x 16 differences.
struct PictureSketch {
    static constexpr std::size_t side = 16, width = side + 1, blocks = 4;
    std::array<std::uint16_t, side> rises{};              ///< a bit where a place is brighter than the one left of it
    std::array<std::uint8_t, side * width> grey{};        ///< the picture in 16 rows of 17 pixels
    float variance = 0;                                   ///< of these, in grey levels squared
    std::array<std::int16_t, blocks * blocks> outline{};  ///< of these, without their mean and deviation, 4 x 4 sums
    std::array<std::uint8_t, 3 * blocks * blocks> colours{};  ///< 4 x 4 means of each channel; 0 where there is one
};
PictureSketch sketch_of(const Picture& picture);

/// Whether two pictures look the same: few differences between rises, and grey values and colours that follow each
/// other. The bounds are such that of the 10,000 test pictures of MNIST and of Fashion-MNIST, next to none and few have
/// a near copy among those to train on.
bool near_copies(const PictureSketch& one, const PictureSketch& other);

/// A hash that near copies mostly have in common, the more likely the more rows of rises they share; by it a share of
/// pictures can be drawn. Source: A. Broder, "On the resemblance and containment of documents" (1997), min-wise
/// hashing.
std::uint64_t common_hash(const PictureSketch& sketch);

/// Finds near copies among many pictures. Takes 72 bytes a picture beside the sketches, which must outlive it.
class NearPictures {
  public:
    static constexpr std::size_t none = ~std::size_t{0};
    explicit NearPictures(std::vector<const PictureSketch*> among);
    /// A near copy of `sketch`, by its place in `among`. Looks at those that share a row of rises, rare rows first, and
    /// at no more than `most_tried`, so that a copy may be missed where very many pictures are much alike.
    std::size_t find(const PictureSketch& sketch) const;
    static constexpr std::size_t most_tried = 400;

  private:
    std::vector<const PictureSketch*> among_;
    /// For each row, the pictures in order of its rises; and where each value begins.
    std::array<std::vector<std::uint32_t>, PictureSketch::side> by_row_, starts_;
};

}  // namespace gw
