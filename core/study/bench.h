#pragma once
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "tokenize/tokenizer.h"
#include "util/files.h"
#include "util/processor.h"

// What training costs on this machine, measured: free of LibTorch.
namespace gw {

/// Of measured values, which must be some: half of them lie between the first and the third.
struct Quartiles {
    double low = 0, median = 0, high = 0;
};
/// Between neighbours in proportion; zeros of no values.
Quartiles quartiles_of(std::vector<double> values);
Json to_json(const Quartiles& of);

struct BenchRequest {
    Json spec;       ///< complete and checked: the model, its objective, its optimizer, its batch
    fs::path cache;  ///< of prepared data, as a run's; what is made for the measurement alone is removed from it again
    /// Rows are random tokens of so many ids, and no data is read; nothing = the spec's own data and tokenizer.
    std::optional<std::int64_t> vocabulary = {};
    std::int64_t steps = 40, warmup = 5;  ///< counted, and before them
    double seconds = 0;    ///< half of it for each half of the steps, of which three are counted anyhow; 0 = all
    bool products = true;  ///< whether matrix products are measured besides
    ProgressFn progress = {};
    std::stop_token stop = {};
};

/// One of the matrix products that a step is made of: [rows, inner] x [inner, columns].
struct ProductRate {
    std::int64_t rows = 0, inner = 0, columns = 0;
    double times = 0;    ///< in a micro-batch
    double seconds = 0;  ///< the shortest that was seen
    double operations() const {
        return 2.0 * static_cast<double>(rows) * static_cast<double>(inner) * static_cast<double>(columns);
    }
    double rate() const { return seconds > 0 ? operations() / seconds : 0; }  ///< FLOP/s
};

struct BenchReport {
    Processor processor;
    std::string device, precision, unit;  ///< unit: "tokens" or "images"
    int threads = 1;                      ///< that were used
    std::int64_t parameters = 0, units_per_step = 0, rows_per_step = 0, steps = 0;
    Quartiles seconds;                  ///< of a step
    double flops_per_step = 0;          ///< of its matrix products, forward and backward, as the kind counts them
    std::vector<ProductRate> products;  ///< the costliest of the model's own, most of the work first
    std::uint64_t peak_memory = 0;      ///< bytes: of the process, or on a GPU of its tensors
    double others = 0;                  ///< threads that other programs kept busy meanwhile, on average
    double units_per_second() const {
        return seconds.median > 0 ? static_cast<double>(units_per_step) / seconds.median : 0;
    }
    /// FLOP/s of the products together, each as often as a step has it; 0 where none were measured.
    double product_rate() const;
    /// Seconds of a step that is nothing but its products at that rate; 0 where unknown.
    double bound() const { return product_rate() > 0 ? flops_per_step / product_rate() : 0; }
    /// The bound over what a step takes.
    double share() const { return seconds.median > 0 ? bound() / seconds.median : 0; }
};
Json to_json(const BenchReport& report);

/// Trains some steps as a run does, by its stepper, and measures them; nothing is recorded, evaluated or saved. Between
/// and behind them the model's own matrix products are measured alone, each in the faster of two ways: as a whole by
/// all threads, or cut into pieces of one thread each. Errors: those of a run, and `cancelled`.
Result<BenchReport> bench_steps(const BenchRequest& request);

/// A figure of a part of the program.
struct BenchFigure {
    std::string name;  ///< "encoding, one thread"
    Quartiles value;
    std::string unit;  ///< "MB/s"
};
Json to_json(const std::vector<BenchFigure>& figures);

/// Steps through an epoch of a pretended text of so many tokens in windows of 64, in the order that training would draw
/// them: the time of a window's place, and the memory that the order takes.
Result<std::vector<BenchFigure>> bench_order(std::int64_t tokens, const ProgressFn& progress,
                                             const std::stop_token& stop);

/// What training is surrounded by; each measures with the model and the data of the request.
enum class BenchPart { tokenizing, sampling, saving, evaluating };
Result<std::vector<BenchFigure>> bench_part(BenchPart part, const BenchRequest& request);

}  // namespace gw
