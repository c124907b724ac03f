#pragma once
#include <cstdint>
#include <string_view>

// Row after row of float32, in the calling thread alone. Shape letters: N rows, F hidden width, U what goes into an
// activation: F, or 2 F where gate and value lie side by side.
namespace gw::kernels {

/// Of FeedForward in layers.h.
enum class Activation { gelu, relu, swiglu };
inline Activation activation_of(std::string_view name) {
    return name == "swiglu" ? Activation::swiglu : name == "relu" ? Activation::relu : Activation::gelu;
}

/// u [N, U] -> h [N, F].
void activate(Activation activation, std::int64_t rows, std::int64_t hidden, const float* u, float* h);
/// h [N, F] once more, and the gradient of u from that of h. gradient_u [N, U] may be gradient_h [N, F] but for SwiGLU.
void activate_back(Activation activation, std::int64_t rows, std::int64_t hidden, const float* u,
                   const float* gradient_h, float* h, float* gradient_u);

/// How the heads of the rows of a batch lie in memory and are rotated (Rotary in positions.h).
struct RotaryRows {
    std::int64_t time, heads, head_width;
    const float *cosines, *sines;  ///< [time, head_width / 2]
};

/// Rotates x [N, heads, head_width] in its place, row i being at the position (first + i) % time; `stride` floats from
/// row to row. `back`: the other way round, as the gradient goes.
void rotate(const RotaryRows& rotary, std::int64_t first, std::int64_t rows, float* x, std::int64_t stride, bool back);

}  // namespace gw::kernels
