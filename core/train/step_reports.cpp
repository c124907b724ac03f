#include "train/step_reports.h"

#include <torch/torch.h>

#include <algorithm>
#include <cmath>

#include "spec/device.h"
#include "util/text.h"

namespace gw {

StepReports::StepReports(const TrainingSettings& training, const MonitoringSettings& monitoring, torch::Device device,
                         RunPort& port)
    : training_(training), monitoring_(monitoring), device_(device), port_(port), power_(gpu_id(device)) {}

void StepFigures::set(const std::string& name, torch::Tensor value) {
    const std::string_view known = intern(name);
    const auto at = std::find(names.begin(), names.end(), known);
    if (at != names.end()) {
        values[static_cast<std::size_t>(at - names.begin())] = std::move(value);
        return;
    }
    names.push_back(known);
    values.push_back(std::move(value));
}

void StepReports::add(const Standing& at, double seconds, double took, std::int64_t tokens, StepFigures figures) {
    pending_.push_back({at, seconds, took, tokens, std::move(figures)});
    const std::size_t ring = device_.is_cpu() ? 1 : 16;
    if (pending_.size() >= ring) flush();
}

void StepReports::flush() {
    if (pending_.empty()) return;
    std::vector<torch::Tensor> values;
    double took = 0;
    std::int64_t tokens = 0;
    for (const Pending& pending : pending_) {
        values.insert(values.end(), pending.figures.values.begin(), pending.figures.values.end());
        took += pending.took;
        tokens += pending.tokens;
    }
    // A device computes on while steps are handed to it; here it is waited for.
    const auto asked = RunClock::Clock::now();
    const torch::Tensor table = torch::stack(values).to(torch::kCPU, torch::kFloat64).contiguous();
    speed_.note(static_cast<std::int64_t>(pending_.size()), tokens, took + RunClock::since(asked));
    const double memory = memory_in_use(device_), rate = speed_.tokens_per_second();
    const double* value = table.data_ptr<double>();
    static const auto lr_name = intern("train/lr"), rate_name = intern("train/tokens_per_second"),
                      memory_name = intern("train/memory_bytes");
    std::vector<Pending> rows;
    rows.swap(pending_);
    for (const Pending& row : rows) {
        std::vector<Point> points;
        for (const std::string_view name : row.figures.names) points.push_back({name, *value++});
        std::vector<Point> all = points;
        all.insert(all.end(), {{lr_name, row.figures.lr}, {rate_name, rate}, {memory_name, memory}});
        port_.report(MetricRow{row.at.step, row.seconds, row.at.tokens, std::move(all)});
        judge(row, points);
    }
    report_power(rows.back());
}

void StepReports::judge(const Pending& of, const std::vector<Point>& points) {
    const std::string remedy = "Lower optimizer.lr (it was " + significant(of.figures.lr, 3) +
                               " at that step), lengthen schedule.warmup, or set training.clip";
    auto diverged = [&](const std::string& what) {
        return Failure({Error::Code::diverged, what, remedy + "; checkpoints from before are whole", {"training"}});
    };
    const std::string where = " at step " + grouped(of.at.step);
    const double loss = points.at(0).value, norm = points.at(1).value;
    if (!std::isfinite(loss)) throw diverged("The loss became infinite or not a number" + where);
    if (!std::isfinite(norm)) throw diverged("The gradient became infinite or not a number" + where);
    for (const Point& point : points)
        if (!std::isfinite(point.value))
            throw diverged(std::string(point.metric) + " became infinite or not a number" + where);
    if (training_.guard == "off") return;
    const auto finding = guard_.note(of.at.step, loss);
    if (!finding) return;
    const std::string what = "The loss runs away: it has stood around " + significant(finding->level, 3) +
                             " for 40 steps" + where + ", and was around " + significant(finding->reference, 3) +
                             " by step " + grouped(finding->reference_step);
    if (training_.guard == "stop") throw diverged(what);
    port_.report(
        Event{of.at.step, "warning", what + ". " + remedy + "; training.guard=stop ends a run here, off says nothing"});
}

/// Now and then: reading the counters takes far less than a millisecond.
void StepReports::report_power(const Pending& last) {
    constexpr double interval = 2;  // seconds
    if (!monitoring_.energy ||
        (power_read_ != RunClock::Clock::time_point{} && RunClock::since(power_read_) < interval))
        return;
    power_read_ = RunClock::Clock::now();
    const PowerMeter::Reading now = power_.read();
    if (!now.measured) return;
    MetricRow row{last.at.step, last.seconds, last.at.tokens, {}};
    constexpr double joules_in_kwh = 3.6e6;
    row.points.push_back({intern("system/energy_kwh"), now.joules / joules_in_kwh});
    if (now.processor_watts) row.points.push_back({intern("system/processor_watts"), *now.processor_watts});
    if (now.gpu_watts) row.points.push_back({intern("system/gpu_watts"), *now.gpu_watts});
    if (now.gpu_load) row.points.push_back({intern("system/gpu_load"), *now.gpu_load});
    port_.report(std::move(row));
}

Json StepReports::state() const {
    return {{"rows", training_.micro_batch * training_.accumulation},
            {"losses", guard_.state()},
            {"joules", power_.joules()}};
}

void StepReports::restore(const Json& state) {
    if (!state.is_object()) return;
    power_.go_on(state.value("joules", 0.0));
    if (state.value("rows", Json()) != Json(training_.micro_batch * training_.accumulation)) return;
    guard_.restore(state.value("losses", Json()));
}

}  // namespace gw
