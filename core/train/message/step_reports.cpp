#include "train/message/step_reports.h"

#include <torch/types.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "spec/device.h"
#include "train/message/event_texts.h"
#include "util/text.h"

namespace gw {

namespace {

std::string remedy_for(double lr) {
    return "Lower optimizer.lr (it was " + significant(lr, 3) +
           " at that step), lengthen schedule.warmup, or set training.clip";
}

}  // namespace

StepReports::StepReports(const TrainingSettings& training, const MonitoringSettings& monitoring, torch::Device device,
                         RunPort& port)
    : training_(training),
      monitoring_(monitoring),
      device_(device),
      port_(port),
      spikes_(goes_on() ? training.spike : 0),
      power_(gpu_id(device)) {}

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
    double took = 0, waited = 0;
    std::int64_t tokens = 0;
    for (const Pending& pending : pending_) {
        values.insert(values.end(), pending.figures.values.begin(), pending.figures.values.end());
        values.push_back(pending.figures.applied.to(values.front().scalar_type()));
        took += pending.took;
        waited += pending.figures.waited;
        tokens += pending.tokens;
    }
    // A device computes on while steps are handed to it; here it is waited for.
    const auto asked = RunClock::Clock::now();
    const torch::Tensor table = torch::stack(values).to(torch::kCPU, torch::kFloat64).contiguous();
    const auto steps = static_cast<std::int64_t>(pending_.size());
    took += RunClock::since(asked);
    speed_.note(steps, tokens, took);
    data_wait_.note(steps, waited, took);
    const double memory = memory_in_use(device_), rate = speed_.tokens_per_second(), wait = data_wait_.share();
    const double* value = table.data_ptr<double>();
    static const auto lr_name = intern("train/lr"), rate_name = intern("train/tokens_per_second"),
                      memory_name = intern("train/memory_bytes"), wait_name = intern("train/data_wait");
    std::vector<Pending> rows;
    rows.swap(pending_);
    for (Pending& row : rows) {
        std::vector<Point> points;
        for (const std::string_view name : row.figures.names) points.push_back({name, *value++});
        std::vector<Point> all = points;
        all.insert(all.end(), {{lr_name, row.figures.lr}, {rate_name, rate}, {memory_name, memory}, {wait_name, wait}});
        port_.report(MetricRow{row.at.step, row.seconds, row.at.tokens, std::move(all)});
        row.loss = points.at(0).value;
        row.norm = points.at(1).value;
        judge(row, points, *value++ != 0);
    }
    report_power(rows.back());
}

double StepReports::most_loss() const {
    return spikes_.limit().value_or(HUGE_VAL);
}

bool StepReports::go_back(std::int64_t step) {
    if (times_back_ >= training_.rollbacks) return false;
    ++times_back_;
    slow_rate_ = rate_scale(step) * training_.rollback_rate;
    slow_until_ = training_.cool_down > 0 ? step + training_.cool_down : std::numeric_limits<std::int64_t>::max();
    in_a_row_ = 0;
    guard_ = DivergenceGuard();
    spikes_ = SpikeDetector(training_.spike);
    return true;
}

BadStep StepReports::bad_step(const Pending& of, BadStep::Why why, std::string_view metric) const {
    const StepFigures& f = of.figures;
    return {why, std::string(metric), f.before, of.loss, of.norm, f.limit, f.lr, f.rate_scale, f.clip};
}

Failure StepReports::ends(const BadStep& bad, const std::string& why) const {
    return Failure(
        {Error::Code::diverged, why, remedy_for(bad.lr) + "; checkpoints from before are whole", {"training"}});
}

void StepReports::judge(const Pending& of, const std::vector<Point>& points, bool applied) {
    for (const Point& point : points)
        if (!std::isfinite(point.value)) return judge_not_finite(of, point.metric);
    // Of several turns of a player the figures of the last one are told.
    if (!applied && !(of.loss > of.figures.limit)) return judge_not_finite(of, points.at(1).metric);
    if (!applied) {
        ++left_out_;
        bad_.push_back(bad_step(of, BadStep::Why::spike, points.front().metric));
    }
    in_a_row_ = 0;
    if (any_course_) return;
    if (goes_on()) spikes_.note(of.loss);
    if (training_.guard != "off") judge_course(of, of.loss);
}

void StepReports::judge_not_finite(const Pending& of, std::string_view metric) {
    constexpr std::int64_t most_in_a_row = 20;  // steps: their cause is then no longer in the data of one of them
    static const auto loss_name = intern("train/loss"), norm_name = intern("train/grad_norm");
    const std::string where = " at step " + grouped(of.at.step);
    bad_.push_back(bad_step(of, BadStep::Why::not_finite, metric));
    ++left_out_;
    ++in_a_row_;
    if (!goes_on())
        throw ends(bad_.back(), (metric == loss_name   ? "The loss"
                                 : metric == norm_name ? "The gradient"
                                                       : std::string(metric)) +
                                    " became infinite or not a number" + where);
    if (in_a_row_ >= most_in_a_row)
        throw ends(bad_.back(), Phrase{say::left_out_in_a_row, {grouped(in_a_row_), grouped(of.at.step)}}.text());
}

/// Whether the loss runs away.
void StepReports::judge_course(const Pending& of, double loss) {
    const auto finding = guard_.note(of.at.step, loss);
    if (!finding) return;
    const std::string what = "The loss runs away: it has stood around " + significant(finding->level, 3) +
                             " for 40 steps at step " + grouped(of.at.step) + ", and was around " +
                             significant(finding->reference, 3) + " by step " + grouped(finding->reference_step);
    BadStep bad = bad_step(of, BadStep::Why::runaway, "train/loss");
    bad.limit = finding->reference;
    if (training_.guard == "rollback") return bad_.push_back(bad);
    if (training_.guard == "stop") {
        bad_.push_back(bad);
        throw ends(bad, what);
    }
    port_.report(
        Event{of.at.step, "warning",
              what + ". " + remedy_for(of.figures.lr) + "; training.guard=stop ends a run here, off says nothing"});
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
    Json out = {{"rows", training_.micro_batch * training_.accumulation},
                {"losses", guard_.state()},
                {"joules", power_.joules()}};
    if (goes_on())
        out.update({{"spikes", spikes_.state()},
                    {"left_out", left_out_},
                    {"in_a_row", in_a_row_},
                    {"times_back", times_back_},
                    {"slow_rate", slow_rate_},
                    {"slow_until", slow_until_}});
    return out;
}

void StepReports::restore(const Json& state) {
    if (!state.is_object()) return;
    auto number = [&](const char* key, double otherwise) {
        const Json value = state.value(key, Json());
        return value.is_number() ? value.get<double>() : otherwise;
    };
    auto count = [&](const char* key) {
        const Json value = state.value(key, Json());
        return value.is_number_integer() ? value.get<std::int64_t>() : std::int64_t{0};
    };
    power_.go_on(number("joules", 0));
    if (state.value("rows", Json()) != Json(training_.micro_batch * training_.accumulation)) return;
    guard_.restore(state.value("losses", Json()));
    if (!goes_on()) return;
    spikes_.restore(state.value("spikes", Json()));
    left_out_ = count("left_out");
    in_a_row_ = count("in_a_row");
    times_back_ = count("times_back");
    slow_rate_ = number("slow_rate", 1);
    slow_until_ = count("slow_until");
}

}  // namespace gw
