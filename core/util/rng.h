#pragma once
#include <cmath>
#include <cstdint>
#include <numbers>

namespace gw {

/// Mixes 64 bits so that every input bit reaches every output bit (SplitMix64's finaliser, Steele et al. 2014).
constexpr std::uint64_t mix64(std::uint64_t x) {
    x += 0x9e3779b97f4a7c15ULL;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
    return x ^ (x >> 31);
}

/// One number from several: names a stream by what it is for (seed, step, purpose) instead of by history.
template <class... T>
constexpr std::uint64_t mix64(std::uint64_t first, std::uint64_t second, T... rest) {
    return mix64(mix64(first) ^ (second + 0x632be59bd9b4e019ULL), static_cast<std::uint64_t>(rest)...);
}

/// A SplitMix64 generator. Random state that must survive a resume is never kept: a generator is made
/// from (seed, step, purpose) where it is needed, so that there is nothing to save.
class Rng {
  public:
    using result_type = std::uint64_t;
    explicit constexpr Rng(std::uint64_t seed) : state_(seed) {}
    static constexpr result_type min() { return 0; }
    static constexpr result_type max() { return ~0ULL; }
    constexpr result_type operator()() {
        const std::uint64_t out = mix64(state_);
        state_ += 0x9e3779b97f4a7c15ULL;
        return out;
    }
    /// Uniform in [0, 1), 53 bits.
    constexpr double uniform() { return static_cast<double>((*this)() >> 11) * 0x1.0p-53; }
    /// Uniform in [0, n), n > 0; multiply-shift, bias under n / 2^64.
    constexpr std::uint64_t below(std::uint64_t n) {
        return static_cast<std::uint64_t>((static_cast<unsigned __int128>((*this)()) * n) >> 64);
    }
    /// Of mean 0 and variance 1 (Box and Muller 1958, "A note on the generation of random normal deviates"). Equal on
    /// machines whose logarithm and cosine are.
    double normal() {
        const double radius = std::sqrt(-2 * std::log(1 - uniform()));
        return radius * std::cos(2 * std::numbers::pi * uniform());
    }

  private:
    std::uint64_t state_;
};

}  // namespace gw
