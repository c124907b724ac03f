#pragma once
#include <cstdint>

namespace gw {

/// How text is drawn from a language model.
struct SamplingOptions {
    std::int64_t tokens = 200;
    double temperature = 0.8;  ///< 0 = always the likeliest token
    std::int64_t top_k = 0;    ///< 0 = all
    double top_p = 1.0;  ///< smallest set of tokens with this much probability (Holtzman et al. 2020, arXiv:1904.09751)
    std::uint64_t seed = 0;
    bool stop_at_separator = true;
};

}  // namespace gw
