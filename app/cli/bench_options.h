#pragma once
#include <optional>

#include "cli/spec_options.h"
#include "study/bench.h"

namespace gw::cli {

/// What is measured: a recipe or a file of settings, else a model of a plain shape on random tokens.
struct BenchShape {
    SpecOptions spec;
    std::optional<std::int64_t> layers, width, heads, context, batch, vocabulary, threads;
    std::string precision;
};
void add_bench_shape(CLI::App& verb, BenchShape& shape);

/// A request for it, its settings checked. Throws Failure.
BenchRequest bench_request_of(const BenchShape& shape);

}  // namespace gw::cli
