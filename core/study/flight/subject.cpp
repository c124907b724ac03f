#include "study/flight/subject.h"

#include <torch/types.h>

#include <algorithm>
#include <cmath>

#include "spec/device.h"
#include "spec/run_spec.h"
#include "util/own_peak.h"
#include "util/processor.h"

namespace gw {

void FlightPort::report(Message message) {
    if (const auto* progress = std::get_if<Progress>(&message)) {
        if ((progress->phase == "evaluating" || progress->phase == "probing") && progress->fraction >= 0)
            evaluated = progress->fraction;
        if (progress->phase != "training" && request_.progress)
            request_.progress(progress->detail.empty() ? progress->phase : progress->detail, progress->fraction);
    } else if (const auto* row = std::get_if<MetricRow>(&message)) {
        points += static_cast<std::int64_t>(row->points.size());
        for (const Point& point : row->points)
            if (point.metric == "train/memory_bytes") recorded = std::max(recorded, point.value);
    } else if (auto* checkpoint = std::get_if<CheckpointSaved>(&message)) {
        saved = std::move(*checkpoint);
    } else if (auto* known = std::get_if<RunFacts>(&message)) {
        facts = std::move(*known);
    }
}

bool FlightPort::within(double seconds, const std::function<void()>& work) {
    now_ = std::stop_source();
    const std::stop_callback all(request_.stop, [this] { now_.request_stop(); });
    {
        std::mutex mutex;
        std::condition_variable_any changed;
        const std::jthread clock([&](const std::stop_token& done) {
            std::unique_lock lock(mutex);
            (void)changed.wait_for(lock, done, std::chrono::duration<double>(seconds), [] { return false; });
            if (!done.stop_requested()) now_.request_stop();
        });
        work();
    }
    look_for_stop();
    return !now_.stop_requested();
}

void FlightPort::look_for_stop() const {
    if (request_.stop.stop_requested()) throw Failure({Error::Code::cancelled, "The check was cancelled", "", {}});
}

void FlightPort::tell(const char* phase, double share) const {
    if (request_.progress) request_.progress(phase, share);
}

FlightSubject::FlightSubject(const FlightRequest& request, const fs::path& folder)
    : request_{request.spec, folder, request.cache, {}, 0}, port_(request), run_(request_, port_), recovery_(run_) {
    constexpr double no_end = 1e9;  // seconds: data may take long to be read
    (void)port_.within(no_end, [this] { run_.prepare(); });
    run_.clock.start();
}

double FlightSubject::step() {
    port_.look_for_stop();
    const auto begun = RunClock::Clock::now();
    recovery_.keep_good_state();
    Stepper::Taken taken = run_.stepper->step(run_.at, next_wish(run_), *run_.watch);
    run_.at = after_step(run_, taken.tokens);
    run_.dues.reach(run_.at.step);
    const std::int64_t points = port_.points;
    try {
        run_.reports->add(run_.at, run_.clock.seconds(), RunClock::since(begun), taken.tokens,
                          std::move(taken.figures));
        run_.reports->flush();
    } catch (const Failure& failure) {
        if (failure.error().code != Error::Code::diverged) throw;
    }
    for (const BadStep& bad : run_.reports->take_bad()) finite_ = finite_ && bad.why != BadStep::Why::not_finite;
    points_of_step_ = std::max(points_of_step_, port_.points - points);
    return RunClock::since(begun);
}

double FlightSubject::evaluate(double most) {
    const auto begun = RunClock::Clock::now();
    port_.evaluated = 0;
    std::optional<double> ended;
    (void)port_.within(most, [&] {
        const Score found =
            run_.during("evaluating", [&] { return run_.examiner.score(Part::validation, run_.looked_at()); });
        ended = RunClock::since(begun);
        // Cut short: what was made of it tells the rest.
        if (found.scored == 0 && port_.evaluated > 0 && port_.evaluated < 1) *ended /= port_.evaluated;
    });
    double seconds = ended.value_or(0);
    if (run_.ready.forgetting) {
        const auto again = RunClock::Clock::now();
        (void)port_.within(most, [&] { (void)run_.during("evaluating", [&] { return run_.examiner.forgetting(); }); });
        seconds += RunClock::since(again);
    }
    return seconds;
}

double FlightSubject::last_evaluation(double one) const {
    const PreparedData& data = run_.ready.data;
    const auto units = [&](Part part) { return static_cast<double>(data.units(part)); };
    const double all = units(Part::validation), asked = static_cast<double>(run_.looked_at()),
                 looked = asked > 0 ? std::min(asked, all) : all;
    if (looked <= 0) return one;
    double seconds = one;
    if (looked < all && run_.evaluation.whole_at_end) seconds += one * all / looked;
    if (data.test_examples.size() > 0) seconds += one * units(Part::test) / looked;
    return seconds;
}

double FlightSubject::probe(double most) {
    if (run_.probing_every <= 0) return 0;
    const auto begun = RunClock::Clock::now();
    port_.evaluated = 0;
    const bool through =
        port_.within(most, [&] { (void)run_.during("probing", [&] { return run_.examiner.probe(); }); });
    const double seconds = RunClock::since(begun);
    return !through && port_.evaluated > 0 && port_.evaluated < 1 ? seconds / port_.evaluated : seconds;
}

std::optional<double> FlightSubject::sample(double most) {
    const auto begun = RunClock::Clock::now();
    const bool through =
        port_.within(most, [&] { (void)run_.during("sampling", [&] { return run_.examiner.sample(); }); });
    return through ? std::optional(RunClock::since(begun)) : std::nullopt;
}

std::optional<Error> FlightSubject::save(FlightPace& pace) {
    port_.look_for_stop();
    (void)run_.save();
    (void)run_.land();
    if (run_.keeper.error()) return run_.keeper.error();
    pace.stall = port_.saved.stall;
    pace.writing = port_.saved.seconds;
    return std::nullopt;
}

std::uint64_t FlightSubject::checkpoint_size() {
    return checkpoint_bytes(run_.ready.model, optimized(run_.ready.players));
}

std::uint64_t FlightSubject::record_bytes(const FlightCourse& course) const {
    // Of a point: `groundwork-cli bench --part store` tells 55 bytes in the history with its pyramid, and the run's own
    // journal keeps a line of about 320 bytes for the six points of a step.
    constexpr double a_point = 55 + 53;
    constexpr double of_evaluation = 8, of_tensor = 2;  // points
    double points = static_cast<double>(course.steps) * static_cast<double>(points_of_step_) +
                    static_cast<double>(course.evaluations) * of_evaluation;
    const std::int64_t layers = run_.monitoring.layers_every;
    if (layers > 0)
        points += static_cast<double>(course.steps / layers) * of_tensor *
                  static_cast<double>(run_.ready.model.bank->entries().size());
    // What a model says of each held-out row is kept: some 20 bytes for a class, and its name and place.
    constexpr double a_class = 20, a_row = 60;
    const RunFacts& facts = port_.facts;
    const double rows = static_cast<double>(facts.validation_examples + facts.test_examples),
                 classes = static_cast<double>(std::max<std::size_t>(1, facts.classes.size()));
    return static_cast<std::uint64_t>(a_point * points + rows * (a_row + a_class * classes));
}

void FlightSubject::forget_peak() {
    (void)forget_own_peak();
    forget_peak_memory(run_.ready.compute.device);
}

std::uint64_t FlightSubject::peak() const {
    const torch::Device& device = run_.ready.compute.device;
    return device.is_cuda() ? static_cast<std::uint64_t>(memory_in_use(device)) : peak_memory();
}

}  // namespace gw
