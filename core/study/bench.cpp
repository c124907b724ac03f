#include "study/bench.h"

#include <torch/types.h>

#include <algorithm>
#include <cmath>
#include <ctime>

#include "study/bench_subject.h"
#include "study/bench_texts.h"
#include "train/guard/engine_error.h"

namespace gw {

namespace {

/// How many threads other programs keep busy.
class OthersWatch {
  public:
    void begin() {
        machine_ = machine_time();
        own_ = std::clock();
        begun_ = RunClock::Clock::now();
    }
    void end() {
        const double own = static_cast<double>(std::clock() - own_) / CLOCKS_PER_SEC;
        busy_ += std::max(0.0, machine_time().busy - machine_.busy - own);
        seconds_ += RunClock::since(begun_);
    }
    double threads() const { return seconds_ > 0 ? busy_ / seconds_ : 0; }

  private:
    MachineTime machine_;
    std::clock_t own_ = 0;
    RunClock::Clock::time_point begun_;
    double busy_ = 0, seconds_ = 0;
};

class StepBench {
  public:
    explicit StepBench(const BenchRequest& request) : request_(request) {}

    BenchReport run() {
        BenchSubject subject(request_);
        PreparedRun& ready = subject.ready();
        note(subject);
        std::vector<double> seconds;
        steps(subject, request_.warmup, nullptr);
        // Products are measured twice, so that a moment in which the machine is slow does not count for one side alone.
        steps(subject, (request_.steps + 1) / 2, &seconds);
        report_.peak_memory = ready.compute.device.is_cuda()
                                  ? static_cast<std::uint64_t>(memory_in_use(ready.compute.device))
                                  : gw::peak_memory();
        if (request_.products) {
            const std::int64_t units = report_.units_per_step / std::max<std::int64_t>(1, ready.cut.number);
            report_.products = products_of(ready.model, units);
            products(ready.compute);
        }
        if (request_.steps > 1) {
            if (request_.products) steps(subject, 1, nullptr);
            steps(subject, request_.steps / 2, &seconds);
        }
        if (request_.products) products(ready.compute);
        report_.steps = static_cast<std::int64_t>(seconds.size());
        report_.seconds = quartiles_of(seconds);
        report_.others = others_.threads();
        return std::move(report_);
    }

  private:
    void note(BenchSubject& subject) {
        const PreparedRun& ready = subject.ready();
        report_.processor = this_processor();
        report_.device = ready.compute.device_name();
        report_.precision = ready.compute.precision_name();
        report_.unit = unit_of(ready.data.input);
        report_.threads = threads_in_use();
        for (ParameterBank* bank : ready.model.banks()) report_.parameters += bank->parameters();
        report_.units_per_step = subject.units_per_step();
        report_.rows_per_step = subject.rows_per_step();
        report_.flops_per_step = ready.flops_per_unit * static_cast<double>(report_.units_per_step);
    }

    void steps(BenchSubject& subject, std::int64_t count, std::vector<double>* seconds) {
        constexpr std::int64_t fewest = 3;
        const auto begun = RunClock::Clock::now();
        if (seconds) others_.begin();
        for (std::int64_t i = 0; i < count; ++i) {
            if (request_.stop.stop_requested()) throw Failure(bench_stopped());
            if (request_.seconds > 0 && seconds && i >= fewest && RunClock::since(begun) > request_.seconds / 2) break;
            tell(say::bench_steps, static_cast<double>(done_) / static_cast<double>(all_steps()));
            const double took = subject.step();
            ++done_;
            if (seconds) seconds->push_back(took);
        }
        if (seconds) others_.end();
    }

    std::int64_t all_steps() const { return std::max<std::int64_t>(1, request_.steps + request_.warmup + 1); }

    void products(const Compute& compute) {
        tell(say::bench_products, -1);
        measure_products(report_.products, compute, request_.stop);
    }

    void tell(const char* phase, double share) const {
        if (request_.progress) request_.progress(phase, std::min(1.0, share));
    }

    const BenchRequest& request_;
    BenchReport report_;
    OthersWatch others_;
    std::int64_t done_ = 0;
};

}  // namespace

Quartiles quartiles_of(std::vector<double> values) {
    if (values.empty()) return {};
    std::sort(values.begin(), values.end());
    const auto at = [&](double share) {
        const double place = share * static_cast<double>(values.size() - 1);
        const auto below = static_cast<std::size_t>(place);
        const std::size_t above = std::min(below + 1, values.size() - 1);
        return values[below] + (place - static_cast<double>(below)) * (values[above] - values[below]);
    };
    return {at(0.25), at(0.5), at(0.75)};
}

Json to_json(const Quartiles& of) {
    return {{"low", of.low}, {"median", of.median}, {"high", of.high}};
}

double BenchReport::product_rate() const {
    double operations = 0, spent = 0;
    for (const ProductRate& product : products) {
        operations += product.times * product.operations();
        spent += product.times * product.seconds;
    }
    return spent > 0 ? operations / spent : 0;
}

Json to_json(const BenchReport& report) {
    Json products = Json::array();
    for (const ProductRate& product : report.products)
        products.push_back({{"rows", product.rows},
                            {"inner", product.inner},
                            {"columns", product.columns},
                            {"times", product.times},
                            {"seconds", product.seconds},
                            {"flops_per_second", product.rate()}});
    const Quartiles milliseconds{1e3 * report.seconds.low, 1e3 * report.seconds.median, 1e3 * report.seconds.high};
    return {{"processor", report.processor.name},
            {"instructions", report.processor.instructions()},
            {"cores", report.processor.cores},
            {"machine_threads", report.processor.threads},
            {"device", report.device},
            {"precision", report.precision},
            {"threads", report.threads},
            {"unit", report.unit},
            {"parameters", report.parameters},
            {"rows_per_step", report.rows_per_step},
            {"units_per_step", report.units_per_step},
            {"steps", report.steps},
            {"ms_per_step", milliseconds.median},
            {"ms_per_step_quartiles", to_json(milliseconds)},
            {"units_per_second", report.units_per_second()},
            {"flops_per_step", report.flops_per_step},
            {"products", std::move(products)},
            {"product_flops_per_second", report.product_rate()},
            {"bound_ms", 1e3 * report.bound()},
            {"share_of_bound", report.share()},
            {"peak_memory", report.peak_memory},
            {"others_busy_threads", report.others}};
}

Result<BenchReport> bench_steps(const BenchRequest& request) {
    return caught([&]() -> Result<BenchReport> { return StepBench(request).run(); });
}

}  // namespace gw
