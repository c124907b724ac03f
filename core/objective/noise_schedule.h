#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace gw {

/// How much of a picture is left on its way to noise: the share of the signal's variance behind each of `steps` steps,
/// falling from nearly 1 to nearly 0; [0] = 1 is the picture itself, so that there are steps + 1 of them.
/// - linear: product of 1 - b with b rising evenly from 1e-4 to 0.02 in a thousand steps, in others by as much in all
///   (Ho, Jain and Abbeel 2020, arXiv:2006.11239, section 4)
/// - cosine: cos^2 of the way there, b at most 0.999 (Nichol and Dhariwal 2021, arXiv:2102.09672, equation 17)
std::vector<double> signal_shares(const std::string& schedule, std::int64_t steps);

}  // namespace gw
