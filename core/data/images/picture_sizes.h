#pragma once
#include <map>
#include <utility>

#include "data/images/picture.h"
#include "data/read_report.h"

namespace gw {

/// The sizes of pictures in their files, before they are brought to one.
class PictureSizes {
  public:
    void add(const Picture& picture) { ++counts_[{picture.height, picture.width}]; }
    /// Puts them into `report` where they are several: the smallest, the largest and the most common ones.
    void tell(ReadReport& report) const;

  private:
    std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t> counts_;  ///< by height and width
};

}  // namespace gw
