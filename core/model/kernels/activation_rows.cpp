#include "model/kernels/activation_rows.h"

#include "model/kernels/wide_math.h"

namespace gw::kernels {

namespace {

GW_WIDE_MATH void gelu(std::int64_t count, const float* __restrict u, float* __restrict h) {
    for (std::int64_t i = 0; i < count; ++i) h[i] = u[i] * normal_at(u[i]).below;
}

GW_WIDE_MATH void gelu_back(std::int64_t count, const float* __restrict u, const float* gradient_h, float* __restrict h,
                            float* gradient_u) {
    for (std::int64_t i = 0; i < count; ++i) {
        const float x = u[i];
        const Normal normal = normal_at(x);
        h[i] = x * normal.below;
        gradient_u[i] = gradient_h[i] * (normal.below + x * normal.density);
    }
}

// NaN stays NaN, as in LibTorch.
GW_WIDE_MATH void relu(std::int64_t count, const float* __restrict u, float* __restrict h) {
    for (std::int64_t i = 0; i < count; ++i) h[i] = u[i] <= 0 ? 0.0F : u[i];
}

GW_WIDE_MATH void relu_back(std::int64_t count, const float* __restrict u, const float* gradient_h, float* __restrict h,
                            float* gradient_u) {
    for (std::int64_t i = 0; i < count; ++i) {
        h[i] = u[i] <= 0 ? 0.0F : u[i];
        gradient_u[i] = u[i] <= 0 ? 0.0F : gradient_h[i];
    }
}

GW_WIDE_MATH void swiglu(std::int64_t rows, std::int64_t hidden, const float* __restrict u, float* __restrict h) {
    for (std::int64_t i = 0; i < rows; ++i, u += 2 * hidden, h += hidden)
        for (std::int64_t j = 0; j < hidden; ++j) h[j] = u[j] * (1.0F / (1.0F + exponential(-u[j]))) * u[hidden + j];
}

GW_WIDE_MATH void swiglu_back(std::int64_t rows, std::int64_t hidden, const float* __restrict u,
                              const float* __restrict gradient_h, float* __restrict h, float* __restrict gradient_u) {
    for (std::int64_t i = 0; i < rows; ++i) {
        for (std::int64_t j = 0; j < hidden; ++j) {
            const float gate = u[j], value = u[hidden + j], open = 1.0F / (1.0F + exponential(-gate)),
                        silu = gate * open;
            h[j] = silu * value;
            gradient_u[j] = gradient_h[j] * value * (open + silu * (1.0F - open));
            gradient_u[hidden + j] = gradient_h[j] * silu;
        }
        u += 2 * hidden;
        gradient_u += 2 * hidden;
        gradient_h += hidden;
        h += hidden;
    }
}

GW_WIDE_MATH void turn(std::int64_t heads, std::int64_t half, const float* __restrict cosines,
                       const float* __restrict sines, float direction, float* __restrict x) {
    for (std::int64_t h = 0; h < heads; ++h, x += 2 * half)
        for (std::int64_t j = 0; j < half; ++j) {
            const float a = x[j], b = x[half + j], s = direction * sines[j];
            x[j] = a * cosines[j] - b * s;
            x[half + j] = b * cosines[j] + a * s;
        }
}

}  // namespace

void activate(Activation activation, std::int64_t rows, std::int64_t hidden, const float* u, float* h) {
    switch (activation) {
        case Activation::gelu:
            gelu(rows * hidden, u, h);
            break;
        case Activation::relu:
            relu(rows * hidden, u, h);
            break;
        case Activation::swiglu:
            swiglu(rows, hidden, u, h);
            break;
    }
}

void activate_back(Activation activation, std::int64_t rows, std::int64_t hidden, const float* u,
                   const float* gradient_h, float* h, float* gradient_u) {
    switch (activation) {
        case Activation::gelu:
            gelu_back(rows * hidden, u, gradient_h, h, gradient_u);
            break;
        case Activation::relu:
            relu_back(rows * hidden, u, gradient_h, h, gradient_u);
            break;
        case Activation::swiglu:
            swiglu_back(rows, hidden, u, gradient_h, h, gradient_u);
            break;
    }
}

void rotate(const RotaryRows& rotary, std::int64_t first, std::int64_t rows, float* x, std::int64_t stride, bool back) {
    const std::int64_t half = rotary.head_width / 2;
    for (std::int64_t i = 0; i < rows; ++i) {
        const std::int64_t position = (first + i) % rotary.time;
        turn(rotary.heads, half, rotary.cosines + position * half, rotary.sines + position * half, back ? -1.0F : 1.0F,
             x + i * stride);
    }
}

}  // namespace gw::kernels
