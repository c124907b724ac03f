#include "optim/newton_schulz.h"

#include <algorithm>
#include <vector>

#include "model/kernels/gemm.h"

namespace gw {

namespace {
constexpr double a = 3.4445, b = -4.7750, c = 2.0315;
constexpr int rounds = 5;
}  // namespace

void newton_schulz(std::int64_t rows, std::int64_t columns, float* x) {
    const auto square = static_cast<std::size_t>(rows * rows);
    std::vector<float> gram(square), mixed(square), moved(static_cast<std::size_t>(rows * columns));
    for (int round = 0; round < rounds; ++round) {
        kernels::gemm(rows, rows, columns, {x, columns}, {x, columns, true}, gram.data(), rows);
        kernels::gemm(rows, rows, rows, {gram.data(), rows}, {gram.data(), rows}, mixed.data(), rows);
        for (std::size_t i = 0; i < square; ++i)
            mixed[i] = static_cast<float>(b) * gram[i] + static_cast<float>(c) * mixed[i];
        kernels::gemm(rows, columns, rows, {mixed.data(), rows}, {x, columns}, moved.data(), columns);
        for (std::size_t i = 0; i < moved.size(); ++i) x[i] = static_cast<float>(a) * x[i] + moved[i];
    }
}

torch::Tensor newton_schulz(torch::Tensor x) {
    for (int round = 0; round < rounds; ++round) {
        const torch::Tensor gram = x.mm(x.t());
        x = x * a + (gram * b + gram.mm(gram) * c).mm(x);
    }
    return x;
}

}  // namespace gw
