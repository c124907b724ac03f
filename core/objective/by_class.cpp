#include "objective/by_class.h"

#include <torch/types.h>

namespace gw {

torch::Tensor evenly_of_classes(std::int64_t count, std::int64_t classes) {
    torch::Tensor out = torch::empty({count}, torch::kInt64);
    std::int64_t at = 0;
    for (std::int64_t one = 0; one < classes; ++one)
        for (std::int64_t i = 0; i < count / classes + (one < count % classes ? 1 : 0); ++i)
            out.data_ptr<std::int64_t>()[at++] = one;
    return out;
}

}  // namespace gw
