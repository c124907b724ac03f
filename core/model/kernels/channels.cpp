#include "model/kernels/channels.h"

#include <algorithm>
#include <vector>

#include "util/task_pool.h"
#include "util/wide.h"

namespace gw::kernels {

namespace {

/// Values of a piece: a few times what stays in the innermost caches.
constexpr std::int64_t together = std::int64_t{1} << 16;

struct Pieces {
    std::int64_t total, each, count;
    Pieces(std::int64_t items, std::int64_t values_each)
        : total(items),
          each(std::max<std::int64_t>(1, together / std::max<std::int64_t>(values_each, 1))),
          count((items + each - 1) / each) {}
    template <class Body>
    void run(const Body& body) const {
        TaskPool::shared().run(
            count, [&](std::int64_t piece) { body(piece, piece * each, std::min(total, (piece + 1) * each)); });
    }
};

/// Sums of x - k and of its square by channel. Away from the first value the squares do not cancel.
GW_WIDE void add_moments(const float* x, std::int64_t places, std::int64_t channels, const float* k,
                         float* __restrict sums, float* __restrict squares) {
    std::int64_t p = 0;
    for (; p + 4 <= places; p += 4) {
        const float *a = x + p * channels, *b = a + channels, *c = b + channels, *d = c + channels;
        for (std::int64_t i = 0; i < channels; ++i) {
            const float w = a[i] - k[i], u = b[i] - k[i], v = c[i] - k[i], z = d[i] - k[i];
            sums[i] += (w + u) + (v + z);
            squares[i] += (w * w + u * u) + (v * v + z * z);
        }
    }
    for (; p < places; ++p)
        for (std::int64_t i = 0; i < channels; ++i) {
            const float w = x[p * channels + i] - k[i];
            sums[i] += w;
            squares[i] += w * w;
        }
}

GW_WIDE void scale_places(const float* x, std::int64_t places, std::int64_t channels, const float* scale,
                          const float* shift, float* y) {
    for (std::int64_t p = 0; p < places; ++p, x += channels, y += channels)
        for (std::int64_t i = 0; i < channels; ++i) y[i] = x[i] * scale[i] + shift[i];
}

GW_WIDE void scale_rectified(const float* x, std::int64_t places, std::int64_t channels, const float* scale,
                             const float* shift, float* y) {
    for (std::int64_t p = 0; p < places; ++p, x += channels, y += channels)
        for (std::int64_t i = 0; i < channels; ++i) {
            const float value = x[i] * scale[i] + shift[i];
            y[i] = value <= 0.0f ? 0.0f : value;
        }
}

GW_WIDE void add_gradients(const float* x, const float* g, std::int64_t places, std::int64_t channels,
                           const float* mean, float* __restrict sums, float* __restrict products) {
    for (std::int64_t p = 0; p < places; ++p, x += channels, g += channels)
        for (std::int64_t i = 0; i < channels; ++i) {
            sums[i] += g[i];
            products[i] += g[i] * (x[i] - mean[i]);
        }
}

GW_WIDE void add_rectified_gradients(const float* x, const float* g, std::int64_t places, std::int64_t channels,
                                     const float* scale, const float* shift, const float* mean, float* __restrict sums,
                                     float* __restrict products) {
    for (std::int64_t p = 0; p < places; ++p, x += channels, g += channels)
        for (std::int64_t i = 0; i < channels; ++i) {
            const float left = x[i] * scale[i] + shift[i] <= 0.0f ? 0.0f : g[i];
            sums[i] += left;
            products[i] += left * (x[i] - mean[i]);
        }
}

GW_WIDE void input_gradients(const float* x, const float* g, std::int64_t places, std::int64_t channels,
                             const float* scale, const float* mean, const float* slope, const float* offset,
                             float* __restrict out) {
    for (std::int64_t p = 0; p < places; ++p, x += channels, g += channels, out += channels)
        for (std::int64_t i = 0; i < channels; ++i)
            out[i] = g[i] * scale[i] + ((x[i] - mean[i]) * slope[i] + offset[i]);
}

GW_WIDE void rectified_input_gradients(const float* x, const float* g, std::int64_t places, std::int64_t channels,
                                       const float* scale, const float* shift, const float* mean, const float* slope,
                                       const float* offset, float* __restrict out) {
    for (std::int64_t p = 0; p < places; ++p, x += channels, g += channels, out += channels)
        for (std::int64_t i = 0; i < channels; ++i) {
            const float left = x[i] * scale[i] + shift[i] <= 0.0f ? 0.0f : g[i];
            out[i] = left * scale[i] + ((x[i] - mean[i]) * slope[i] + offset[i]);
        }
}

/// One row of a pooled map; `below` is the map's second row.
GW_WIDE void pool_row(const float* x, const float* below, std::int64_t width, std::int64_t channels,
                      float* __restrict y, std::uint8_t* __restrict which) {
    for (std::int64_t column = 0; column < width; ++column) {
        const float *a = x + 2 * column * channels, *b = a + channels, *c = below + 2 * column * channels,
                    *d = c + channels;
        for (std::int64_t i = 0; i < channels; ++i) {
            float most = a[i];
            int at = 0;
            const bool second = b[i] > most || b[i] != b[i];
            most = second ? b[i] : most;
            at = second ? 1 : at;
            const bool third = c[i] > most || c[i] != c[i];
            most = third ? c[i] : most;
            at = third ? 2 : at;
            const bool fourth = d[i] > most || d[i] != d[i];
            most = fourth ? d[i] : most;
            at = fourth ? 3 : at;
            y[column * channels + i] = most;
            which[column * channels + i] = static_cast<std::uint8_t>(at);
        }
    }
}

GW_WIDE void hand_back_row(const float* g, const std::uint8_t* which, std::int64_t width, std::int64_t channels,
                           float* __restrict out, float* __restrict below) {
    for (std::int64_t column = 0; column < width; ++column) {
        float *a = out + 2 * column * channels, *c = below + 2 * column * channels;
        for (std::int64_t i = 0; i < channels; ++i) {
            const int at = which[column * channels + i];
            const float value = g[column * channels + i];
            a[i] = at == 0 ? value : 0.0f;
            a[channels + i] = at == 1 ? value : 0.0f;
            c[i] = at == 2 ? value : 0.0f;
            c[channels + i] = at == 3 ? value : 0.0f;
        }
    }
}

/// What `add(first, last, sums, products)` sums over each piece of places, piece after piece in float64.
template <class Add>
void two_sums(std::int64_t places, std::int64_t channels, double* sums, double* products, const Add& add) {
    const Pieces pieces(places, channels);
    std::vector<float> parts(static_cast<std::size_t>(2 * pieces.count * channels), 0.0f);
    pieces.run([&](std::int64_t piece, std::int64_t first, std::int64_t last) {
        float* const here = parts.data() + 2 * piece * channels;
        add(first, last, here, here + channels);
    });
    std::fill(sums, sums + channels, 0.0);
    std::fill(products, products + channels, 0.0);
    for (std::int64_t piece = 0; piece < pieces.count; ++piece) {
        const float* const here = parts.data() + 2 * piece * channels;
        for (std::int64_t i = 0; i < channels; ++i) {
            sums[i] += static_cast<double>(here[i]);
            products[i] += static_cast<double>(here[channels + i]);
        }
    }
}

}  // namespace

void channel_moments(const float* x_PC, std::int64_t places, std::int64_t channels, double* mean_C,
                     double* variance_C) {
    two_sums(places, channels, mean_C, variance_C,
             [&](std::int64_t first, std::int64_t last, float* sums, float* squares) {
                 add_moments(x_PC + first * channels, last - first, channels, x_PC, sums, squares);
             });
    const auto all = static_cast<double>(places);
    for (std::int64_t i = 0; i < channels; ++i) {
        const double away = mean_C[i] / all, square = variance_C[i] / all - away * away;
        mean_C[i] = static_cast<double>(x_PC[i]) + away;
        variance_C[i] = square < 0 ? 0 : square;
    }
}

void channel_scale(const float* x_PC, std::int64_t places, std::int64_t channels, const float* scale_C,
                   const float* shift_C, bool rectified, float* y_PC) {
    Pieces(places, channels).run([&](std::int64_t, std::int64_t first, std::int64_t last) {
        (rectified ? scale_rectified : scale_places)(x_PC + first * channels, last - first, channels, scale_C, shift_C,
                                                     y_PC + first * channels);
    });
}

void channel_gradient_sums(const ChannelScaled& of, double* sums_C, double* products_C) {
    two_sums(of.places, of.channels, sums_C, products_C,
             [&](std::int64_t first, std::int64_t last, float* sums, float* products) {
                 const float *x = of.x_PC + first * of.channels, *g = of.gradient_PC + first * of.channels;
                 if (of.rectified)
                     add_rectified_gradients(x, g, last - first, of.channels, of.scale_C, of.shift_C, of.mean_C, sums,
                                             products);
                 else
                     add_gradients(x, g, last - first, of.channels, of.mean_C, sums, products);
             });
}

void channel_input_gradient(const ChannelScaled& of, const float* slope_C, const float* offset_C, float* out_PC) {
    Pieces(of.places, of.channels).run([&](std::int64_t, std::int64_t first, std::int64_t last) {
        const std::int64_t at = first * of.channels;
        if (of.rectified)
            rectified_input_gradients(of.x_PC + at, of.gradient_PC + at, last - first, of.channels, of.scale_C,
                                      of.shift_C, of.mean_C, slope_C, offset_C, out_PC + at);
        else
            input_gradients(of.x_PC + at, of.gradient_PC + at, last - first, of.channels, of.scale_C, of.mean_C,
                            slope_C, offset_C, out_PC + at);
    });
}

void pool_largest(const float* x_BHWC, std::int64_t maps, std::int64_t height, std::int64_t width,
                  std::int64_t channels, float* y, std::uint8_t* which) {
    const std::int64_t below = height / 2, beside = width / 2, row = width * channels;
    Pieces(maps * below, 2 * row).run([&](std::int64_t, std::int64_t first, std::int64_t last) {
        std::vector<std::uint8_t> nowhere(which ? 0 : static_cast<std::size_t>(beside * channels));
        for (std::int64_t r = first; r < last; ++r) {
            const float* const at = x_BHWC + (r / below * height + r % below * 2) * row;
            pool_row(at, at + row, beside, channels, y + r * beside * channels,
                     which ? which + r * beside * channels : nowhere.data());
        }
    });
}

void pool_largest_gradient(const float* gradient, const std::uint8_t* which, std::int64_t maps, std::int64_t height,
                           std::int64_t width, std::int64_t channels, float* out_BHWC) {
    const std::int64_t below = height / 2, beside = width / 2, row = width * channels;
    Pieces(maps, height * row).run([&](std::int64_t, std::int64_t first, std::int64_t last) {
        for (std::int64_t map = first; map < last; ++map) {
            float* const out = out_BHWC + map * height * row;
            for (std::int64_t r = 0; r < below; ++r) {
                float* const at = out + 2 * r * row;
                const std::int64_t pooled = (map * below + r) * beside * channels;
                hand_back_row(gradient + pooled, which + pooled, beside, channels, at, at + row);
                if (width % 2 == 0) continue;
                std::fill(at + row - channels, at + row, 0.0f);
                std::fill(at + 2 * row - channels, at + 2 * row, 0.0f);
            }
            if (height % 2 == 1) std::fill(out + (height - 1) * row, out + height * row, 0.0f);
        }
    });
}

}  // namespace gw::kernels
