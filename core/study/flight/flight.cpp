#include "study/flight/flight.h"

#include <torch/types.h>

#include <algorithm>
#include <cmath>

#include "spec/device.h"
#include "spec/gpu_memory.h"
#include "spec/run_spec.h"
#include "study/bench_folder.h"
#include "study/flight/flight_texts.h"
#include "study/flight/forecast.h"
#include "study/flight/subject.h"
#include "train/guard/memory_retry.h"
#include "util/allocator.h"

namespace gw {

namespace {

constexpr double longest_look = 20;  // seconds that a look is waited for
constexpr std::int64_t fewest_counted = 3;

std::uint64_t total_of(const Estimate& estimate) {
    return estimate.memory_weights + estimate.memory_optimizer + estimate.memory_activations;
}

std::uint64_t expected_with(Json spec, std::int64_t rows) {
    spec["training"]["micro_batch"] = rows;
    return total_of(estimate_run(spec));
}

/// Work whose memory may run out; false where it did.
template <class Work>
bool has_memory(const Work& work) {
    try {
        work();
        return true;
    } catch (const c10::Error& problem) {
        if (const Error error = engine_error(problem); error.code != Error::Code::out_of_memory) throw Failure(error);
    } catch (const std::bad_alloc&) {
    }
    give_back_freed_memory();
    return false;
}

class FlightCheck {
  public:
    explicit FlightCheck(const FlightRequest& request)
        : request_(request), own_(own_batch(request.spec)), begun_(RunClock::Clock::now()) {}

    FlightReport run() {
        const Estimate estimate = estimate_run(request_.spec);
        note_machine(estimate);
        const std::uint64_t least = expected_with(request_.spec, 1);
        if (report_.memory.allowed > 0 && least > report_.memory.allowed) return nothing_ran(estimate, least);
        const BenchFolder folder(request_.cache);
        FlightSubject subject(request_, folder.path());
        subject_ = &subject;
        note_run();
        told_.may_cut = may_cut(subject.run());
        if (!first_batch()) return nothing_ran(estimate, told_.expected);
        save_and_look();
        other_batches();
        end();
        return std::move(report_);
    }

  private:
    static FlightBatch own_batch(const Json& spec) {
        const auto training = settings_of<TrainingSettings>(spec, "training");
        FlightBatch own{training.micro_batch, training.accumulation};
        own.own = true;
        return own;
    }

    void note_machine(const Estimate& estimate) {
        const Compute compute = resolve_compute(settings_of<TrainingSettings>(request_.spec, "training")).or_throw();
        FlightMemory& memory = report_.memory;
        on_gpu_ = compute.device.is_cuda();
        memory.estimated = total_of(estimate);
        memory.allowed = request_.memory.value_or(on_gpu_ ? gpu_memory(compute.device) : free_host_memory());
        if (!on_gpu_) memory.before = static_cast<std::uint64_t>(memory_in_use(compute.device));
        report_.disk.allowed = request_.disk.value_or(free_bytes(request_.runs));
    }

    FlightReport nothing_ran(const Estimate& estimate, std::uint64_t least) {
        told_.nothing_ran = true;
        told_.expected = least;
        report_.own_batch = false;
        report_.unit = estimate.unit;
        report_.parameters = estimate.parameters;
        report_.disk.checkpoint = estimate.checkpoint_bytes;
        // Without the data only a budget of steps or tokens says how often it saves.
        const FlightCourse course = flight_course(request_.spec, {}, estimate.steps.value_or(1));
        report_.course.saves = course.saves;
        report_.disk.checkpoints = most_checkpoints(request_.spec, course.saves);
        end_of_report();
        return std::move(report_);
    }

    void note_run() {
        const PreparedRun& ready = subject_->run().ready;
        const RunFacts& facts = subject_->port().facts;
        report_.device = ready.compute.device_name();
        report_.precision = ready.compute.precision_name();
        report_.unit = facts.unit;
        report_.threads = threads_in_use();
        report_.parameters = facts.parameters;
        report_.units_per_step = facts.tokens_per_step;
    }

    // ---- steps
    void cut(const FlightBatch& batch) { cut_into(subject_->run().ready, {batch.rows, batch.number}); }
    std::uint64_t needed_now() const {
        const std::uint64_t peak = subject_->peak(), before = report_.memory.before;
        return peak > before ? peak - before : 0;
    }
    bool fits(std::uint64_t needed) const { return report_.memory.allowed == 0 || needed <= report_.memory.allowed; }

    /// With micro-batches that the estimate lets in with room to spare: the settings' own, else smaller ones first,
    /// whose measured memory tells whether the own may be tried. False where none could be.
    bool first_batch() {
        constexpr double sure = 0.6;
        const auto expected = [&](const FlightBatch& batch) { return expected_with(request_.spec, batch.rows); };
        const double limit = sure * static_cast<double>(report_.memory.allowed);
        std::vector<FlightBatch> ways{own_};  // from the settings' own to the first that is surely small enough
        while (report_.memory.allowed > 0 && told_.may_cut && static_cast<double>(expected(ways.back())) > limit) {
            const auto smaller = smaller_batch(ways.back());
            if (!smaller) break;
            ways.push_back(*smaller);
        }
        std::uint64_t more = 0;  // that was measured beyond the estimate
        std::optional<FlightBatch> last;
        for (auto way = ways.rbegin(); way != ways.rend(); ++way) {
            const std::uint64_t wanted = expected(*way) + more;
            told_.expected = expected(own_) + more;
            if (!fits(wanted)) break;
            const bool is_last = way + 1 == ways.rend();
            subject_->port().tell(is_last ? say::flight_own_steps : say::flight_small_steps, -1);
            if (!try_first(*way, /*counted=*/is_last)) {
                told_.ran_out = true;
                break;
            }
            last = *way;
            last->memory = needed_now();
            more = last->memory > expected(*way) ? last->memory - expected(*way) : 0;
        }
        // Whose memory ran out against the estimate is tried in ever smaller pieces.
        auto way = !last && told_.ran_out ? smaller_batch(ways.back()) : std::nullopt;
        for (; way && told_.may_cut && !last; way = smaller_batch(*way))
            if (try_first(*way, /*counted=*/false)) last = *way;
        if (!last) return false;
        if (last->memory == 0) last->memory = needed_now();
        report_.own_batch = last->own;
        if (!last->own) {
            cut(*last);
            subject_->forget_peak();
            count_steps();
        }
        FlightBatch with = *last;
        with.seconds = report_.pace.step;
        report_.batches.push_back(with);
        return true;
    }

    bool try_first(const FlightBatch& way, bool counted) {
        return has_memory([&] {
            cut(way);
            subject_->forget_peak();
            (void)subject_->step();
            if (counted) count_steps();
        });
    }

    /// Warms up until half a second is over, and counts.
    void count_steps() {
        constexpr std::int64_t most_warmup = 10;
        constexpr double warm = 0.5;  // seconds
        const auto begun = RunClock::Clock::now();
        for (std::int64_t i = 0; i < most_warmup && (i == 0 || RunClock::since(begun) < warm); ++i)
            (void)subject_->step();
        std::vector<double> seconds;
        const std::int64_t units = subject_->units();
        const auto counting = RunClock::Clock::now();
        const std::int64_t most = std::max(fewest_counted, request_.steps);
        for (std::int64_t made = 0; made < most; ++made) {
            if (made >= fewest_counted && RunClock::since(counting) > request_.seconds) break;
            seconds.push_back(subject_->step());
            // Whichever comes first ends it: so many steps, or the time once the fewest are made.
            const double by_steps = static_cast<double>(made + 1) / static_cast<double>(most),
                         by_time = std::min(RunClock::since(counting) / std::max(request_.seconds, 1e-9),
                                            static_cast<double>(made + 1) / static_cast<double>(fewest_counted));
            subject_->port().tell(say::flight_own_steps, std::min(1.0, std::max(by_steps, by_time)));
        }
        report_.counted_steps = static_cast<std::int64_t>(seconds.size());
        report_.pace.step = quartiles_of(seconds);
        const double a_step =
            static_cast<double>(subject_->units() - units) / static_cast<double>(report_.counted_steps);
        report_.units_per_second = report_.pace.step.median > 0 ? a_step / report_.pace.step.median : 0;
    }

    void save_and_look() {
        FlightPace& pace = report_.pace;
        pace.evaluation = subject_->evaluate(longest_look);
        pace.last = subject_->last_evaluation(pace.evaluation);
        FlightDisk& disk = report_.disk;
        disk.checkpoint = subject_->checkpoint_size();
        if (disk.checkpoint <= std::min(disk.allowed, free_bytes(request_.cache))) {
            disk.error = subject_->save(pace);
            if (!disk.error) disk.checkpoint = subject_->port().saved.bytes;
        }
        pace.probe = subject_->probe(longest_look);
        pace.samples = subject_->sample(longest_look);
        told_.longest_sample = longest_look;
        FlightMemory& memory = report_.memory;
        memory.measured = true;
        memory.peak = subject_->peak();
        memory.recorded = static_cast<std::uint64_t>(subject_->port().recorded);
        FlightBatch& with = report_.batches.front();
        // What evaluation, save and samples need stays as it is with other micro-batches.
        if (memory.needed() > with.memory) looks_memory_ = memory.needed();
        with.memory = memory.needed();
        with.fits = fits(with.memory);
    }

    // ---- other micro-batches of the same rows
    void other_batches() {
        told_.untried = request_.others <= 0;
        if (!told_.may_cut || told_.untried) return;
        const std::uint64_t looks = report_.batches.front().memory;  // evaluation, save and samples stay as they are
        if (!report_.own_batch || !report_.batches.front().fits) return fitting_batches();
        std::vector<FlightBatch> ways;
        if (const auto smaller = smaller_batch(own_)) ways.push_back(*smaller);
        if (auto larger = larger_batch(own_)) {
            ways.push_back(*larger);
            if (const auto largest = larger_batch(*larger)) ways.push_back(*largest);
        }
        // In turns with the settings' own, so that a moment in which the machine is slow does not count for one alone.
        constexpr double rounds = 2, a_round = 4;  // one step to get used to it, three that count
        const double each = rounds * a_round * report_.pace.step.median;
        const auto cheap = static_cast<std::size_t>(std::max(0.0, request_.others / std::max(each, 1e-9) - 1));
        told_.too_long = !ways.empty() && cheap == 0;
        if (ways.size() > cheap) ways.resize(cheap);
        std::erase_if(ways, [&](const FlightBatch& way) {
            const std::uint64_t now = expected_with(request_.spec, own_.rows),
                                then = expected_with(request_.spec, way.rows);
            return then > now && !fits(looks + (then - now));
        });
        if (ways.empty()) return;
        ways.insert(ways.begin(), own_);
        std::vector<std::vector<double>> seconds(ways.size());
        for (int round = 0; round < static_cast<int>(rounds); ++round)
            for (std::size_t i = 0; i < ways.size(); ++i) {
                if (!ways[i].fits) continue;
                subject_->port().tell(say::flight_other_steps,
                                      (round + static_cast<double>(i) / static_cast<double>(ways.size())) / rounds);
                measure(ways[i], round == 0, seconds[i]);
            }
        cut(own_);
        for (std::size_t i = 0; i < ways.size(); ++i) {
            if (seconds[i].empty()) continue;
            ways[i].seconds = quartiles_of(seconds[i]);
            if (i == 0) {
                report_.batches.front().seconds = ways[i].seconds;
                continue;
            }
            report_.batches.push_back(ways[i]);
        }
    }

    /// Of settings that do not fit: smaller micro-batches until one does.
    void fitting_batches() {
        FlightBatch at = report_.batches.front();
        constexpr int most_tries = 4;
        for (int tries = 0; tries < most_tries && !at.fits; ++tries) {
            const auto smaller = smaller_batch(at);
            if (!smaller) return;
            at = *smaller;
            std::vector<double> seconds;
            subject_->port().tell(say::flight_other_steps, -1);
            measure(at, /*with_memory=*/true, seconds);
            at.seconds = quartiles_of(seconds);
            report_.batches.push_back(at);
        }
    }

    void measure(FlightBatch& way, bool with_memory, std::vector<double>& seconds) {
        const bool through = has_memory([&] {
            cut(way);
            if (with_memory) {
                give_back_freed_memory();
                subject_->forget_peak();
            }
            (void)subject_->step();
            for (std::int64_t i = 0; i < fewest_counted; ++i) seconds.push_back(subject_->step());
        });
        if (with_memory) way.memory = std::max(needed_now(), looks_memory_);
        way.fits = through && fits(way.memory);
    }

    // ---- what follows
    void end() {
        const PreparedRun& ready = subject_->run().ready;
        told_.finite = subject_->finite();
        report_.course = flight_course(request_.spec, report_.pace, ready.budget.steps());
        report_.units = static_cast<double>(report_.course.steps) * static_cast<double>(report_.units_per_step);
        report_.epochs =
            ready.steps_per_epoch > 0 ? static_cast<double>(report_.course.steps) / ready.steps_per_epoch : 0;
        report_.disk.checkpoints = most_checkpoints(request_.spec, report_.course.saves);
        report_.disk.record = subject_->record_bytes(report_.course);
        end_of_report();
    }

    void end_of_report() {
        judge_flight(request_.spec, told_, report_);
        report_.seconds = RunClock::since(begun_);
    }

    const FlightRequest& request_;
    FlightBatch own_;
    const RunClock::Clock::time_point begun_;
    bool on_gpu_ = false;
    std::uint64_t looks_memory_ = 0;  ///< that looks need, where they need more than steps
    FlightSubject* subject_ = nullptr;
    FlightTold told_;
    FlightReport report_;
};

}  // namespace

Result<FlightReport> flight_check(const FlightRequest& request) {
    auto made = caught([&]() -> Result<FlightReport> { return FlightCheck(request).run(); });
    if (!made) return what_would_fit(made.error(), request.spec);
    return made;
}

}  // namespace gw
