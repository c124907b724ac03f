#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "study/bench_subject.h"
#include "util/task_pool.h"

namespace gw {

namespace {

using ProductShape = std::tuple<std::int64_t, std::int64_t, std::int64_t>;

/// Operands of a product as a step has them, and room for what comes out.
struct Operands {
    torch::Tensor left, right, out;
    Operands(const ProductRate& product, const Compute& compute) {
        const auto options = torch::device(compute.device).dtype(torch::kFloat32);
        const auto drawn = [&](std::int64_t rows, std::int64_t columns) {
            return torch::rand({rows, columns}, options).sub_(0.5).to(compute.dtype);
        };
        left = drawn(product.rows, product.inner);
        // Weights lie with what comes out along the rows: a forward product reads them turned.
        right = drawn(product.columns, product.inner).t();
        out = torch::empty({product.rows, product.columns}, options.dtype(compute.dtype));
    }
};

void wait_for(const torch::Tensor& out) {
    if (out.is_cuda()) (void)out.flatten()[0].to(torch::kFloat32).item<float>();
}

/// Seconds of one call of `work`: the shortest of some that together take a twentieth of a second at least.
template <class Work>
double shortest_time(const Work& work) {
    constexpr double long_enough = 0.05;
    constexpr int fewest = 3, most = 200;
    work();
    double shortest = HUGE_VAL, all = 0;
    for (int i = 0; i < most && (i < fewest || all < long_enough); ++i) {
        const auto begun = RunClock::Clock::now();
        work();
        const double seconds = RunClock::since(begun);
        shortest = std::min(shortest, seconds);
        all += seconds;
    }
    return shortest;
}

}  // namespace

std::vector<ProductRate> products_of(const Model& model, std::int64_t units) {
    constexpr std::size_t most = 6;
    constexpr std::int64_t places_of_picture = 64;
    constexpr double enough = 0.95;  // of the work
    std::map<ProductShape, double> times;
    for (const ParameterBank::Entry& entry : model.bank->entries()) {
        if (entry.shape.size() < 2) continue;
        const std::int64_t columns = entry.shape.front(), inner = entry.size / std::max<std::int64_t>(1, columns);
        // A table that is only read from takes part in no product.
        const BackboneFacts facts = model.backbone->facts();
        if (!facts.tied && facts.token_embedding.defined() && entry.parameter.is_same(facts.token_embedding)) continue;
        const std::int64_t rows = entry.shape.size() > 2 ? units * places_of_picture : units;
        if (rows < 1 || inner < 1 || columns < 1) continue;
        times[{rows, inner, columns}] += 1;  // what comes out
        if (entry.trained < 0) continue;
        times[{rows, columns, inner}] += 1;  // the gradient of what went in
        times[{columns, rows, inner}] += 1;  // and of the weights
    }
    std::vector<ProductRate> all;
    double work = 0;
    for (const auto& [shape, count] : times) {
        all.push_back({std::get<0>(shape), std::get<1>(shape), std::get<2>(shape), count, 0});
        work += count * all.back().operations();
    }
    std::sort(all.begin(), all.end(), [](const ProductRate& a, const ProductRate& b) {
        return a.times * a.operations() > b.times * b.operations();
    });
    double covered = 0;
    std::size_t kept = 0;
    while (kept < std::min(most, all.size()) && covered < enough * work) {
        covered += all[kept].times * all[kept].operations();
        ++kept;
    }
    all.resize(kept);
    return all;
}

void measure_products(std::vector<ProductRate>& products, const Compute& compute, const std::stop_token& stop) {
    const torch::NoGradGuard no_grad;
    for (ProductRate& product : products) {
        if (stop.stop_requested()) throw Failure(bench_stopped());
        const Operands of(product, compute);
        double seconds = shortest_time([&] {
            torch::mm_out(const_cast<torch::Tensor&>(of.out), of.left, of.right);
            wait_for(of.out);
        });
        const std::int64_t pieces = std::min<std::int64_t>(2 * compute.threads, product.rows);
        if (compute.device.is_cpu() && pieces > 1)
            seconds = std::min(seconds, shortest_time([&] {
                                   TaskPool::shared().run(pieces, [&](std::int64_t piece) {
                                       const torch::NoGradGuard piece_without_grad;
                                       const std::int64_t first = product.rows * piece / pieces,
                                                          end = product.rows * (piece + 1) / pieces;
                                       torch::Tensor out = of.out.narrow(0, first, end - first);
                                       torch::mm_out(out, of.left.narrow(0, first, end - first), of.right);
                                   });
                               }));
        product.seconds = product.seconds > 0 ? std::min(product.seconds, seconds) : seconds;
    }
}

}  // namespace gw
