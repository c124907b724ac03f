#include "study/flight/forecast.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "spec/run_spec.h"
#include "spec/settings.h"
#include "study/flight/flight_texts.h"
#include "util/text.h"

namespace gw {

namespace {

constexpr double nearly_all = 0.9;  // of what is free

/// How often something due every so many steps comes on the way, before the last step.
std::int64_t times_before_end(std::int64_t steps, std::int64_t every) {
    return every > 0 ? std::max<std::int64_t>(0, steps - 1) / every : 0;
}

/// Whether the best checkpoint is kept while the run goes on (RunInProgress::marks_best).
bool keeps_best(const Json& spec) {
    const auto evaluation = settings_of<EvaluationSettings>(spec, "evaluation");
    return settings_of<SavingSettings>(spec, "saving").keep_best ||
           (evaluation.patience > 0 && evaluation.restore_best);
}

std::string percent_text(double share) {
    constexpr double percent = 100;
    return significant(percent * share, 2) + " %";
}

/// Of short things in milliseconds.
std::string span_text(double seconds) {
    constexpr double in_a_second = 1000;
    return seconds < 1 ? significant(in_a_second * seconds, 3) + " ms" : duration_text(seconds);
}

CheckFinding said_of(const char* id, std::vector<Phrase> said = {}, CheckVerdict verdict = CheckVerdict::fine) {
    CheckFinding out;
    out.check = id;
    out.verdict = verdict;
    out.said = std::move(said);
    return out;
}

void worse(CheckFinding& finding, CheckVerdict verdict, Phrase phrase) {
    finding.verdict = std::max(finding.verdict, verdict);
    finding.said.push_back(std::move(phrase));
}

CheckFinding time_finding(const Json& spec, const FlightTold& told, const FlightReport& report) {
    const FlightPace& pace = report.pace;
    const FlightCourse& course = report.course;
    const bool tokens = report.unit == "tokens";
    CheckFinding out =
        said_of("time", {{tokens ? say::flight_step_tokens : say::flight_step_rows,
                          {span_text(pace.step.median), grouped(report.counted_steps), span_text(pace.step.low),
                           span_text(pace.step.high), grouped(std::llround(report.units_per_second))}}});
    out.said.push_back({say::flight_looks, {span_text(pace.evaluation), span_text(pace.last)}});
    if (!report.disk.error && pace.writing > 0)
        out.said.push_back({say::flight_save, {span_text(pace.stall), span_text(pace.writing)}});
    if (pace.samples)
        out.said.push_back({say::flight_sample, {span_text(*pace.samples)}});
    else if (told.longest_sample > 0)
        out.said.push_back({say::flight_sample_long, {span_text(told.longest_sample)}});
    out.said.push_back(
        {say::flight_total,
         {grouped(course.steps), grouped(course.evaluations), grouped(course.saves), duration_text(course.seconds)}});
    if (settings_of<EvaluationSettings>(spec, "evaluation").patience > 0)
        out.said.push_back({say::flight_patience, {}});
    constexpr double much = 1.0 / 3, noticed = 60;  // as EvaluationCost; seconds
    if (course.looks > much * course.seconds && course.looks > noticed)
        worse(out, CheckVerdict::look, {say::flight_looks_much, {percent_text(course.looks / course.seconds)}});
    return out;
}

CheckFinding memory_finding(const Json& spec, const FlightTold& told, const FlightReport& report) {
    const FlightMemory& memory = report.memory;
    CheckFinding out = said_of("memory");
    const std::string free = memory.allowed > 0 ? byte_text(memory.allowed) : std::string("?");
    const std::int64_t own = settings_of<TrainingSettings>(spec, "training").micro_batch;
    if (told.nothing_ran) {
        if (told.ran_out)
            worse(out, CheckVerdict::wrong, {say::flight_out_of_memory, {grouped(own)}});
        else
            worse(out, CheckVerdict::wrong,
                  {told.may_cut ? say::flight_nothing_tried : say::flight_memory_lacks,
                   {byte_text(told.expected), free}});
        worse(out, CheckVerdict::wrong, {say::flight_no_batch, {}});
        return out;
    }
    const FlightBatch& with = report.batches.front();
    const bool gpu = memory.before == 0;
    out.said.push_back(gpu ? Phrase{say::flight_memory_gpu, {byte_text(memory.needed())}}
                           : Phrase{say::flight_memory,
                                    {byte_text(memory.needed()), byte_text(memory.peak), byte_text(memory.before)}});
    out.said.push_back({say::flight_estimate, {byte_text(memory.estimated), free}});
    if (told.ran_out) worse(out, CheckVerdict::wrong, {say::flight_out_of_memory, {grouped(own)}});
    if (!report.own_batch && !told.ran_out)
        worse(out, CheckVerdict::wrong,
              {say::flight_not_tried, {grouped(own), byte_text(told.expected), grouped(with.rows)}});
    const std::uint64_t needed = memory.needed();
    if (memory.allowed > 0 && needed > memory.allowed)
        worse(out, CheckVerdict::wrong, {say::flight_memory_lacks, {byte_text(needed), free}});
    else if (memory.allowed > 0 && static_cast<double>(needed) > nearly_all * static_cast<double>(memory.allowed))
        worse(out, CheckVerdict::look, {say::flight_memory_tight, {}});
    if (out.verdict != CheckVerdict::wrong) return out;
    if (const auto best = best_batch(report.batches)) {
        const FlightBatch& take = report.batches[*best];
        out.said.push_back(
            {say::flight_take_batch, {grouped(take.rows), grouped(take.number), byte_text(take.memory)}});
    } else {
        out.said.push_back({say::flight_no_batch, {}});
    }
    return out;
}

CheckFinding disk_finding(const Json& spec, FlightReport& report) {
    const FlightDisk& disk = report.disk;
    CheckFinding out = said_of("disk", {{say::flight_disk,
                                         {byte_text(disk.checkpoint), grouped(disk.checkpoints), byte_text(disk.record),
                                          byte_text(disk.needed()), byte_text(disk.allowed)}}});
    if (disk.error) worse(out, CheckVerdict::wrong, {say::flight_not_saved, {to_text(*disk.error)}});
    if (disk.needed() > disk.allowed) {
        worse(out, CheckVerdict::wrong, {say::flight_disk_lacks, {}});
        Json fewer = spec;
        auto last = settings_of<SavingSettings>(spec, "saving").keep_last;
        FlightDisk with = disk;
        while (with.needed() > disk.allowed && last > 1) {
            fewer["saving"]["keep_last"] = --last;
            with.checkpoints = most_checkpoints(fewer, report.course.saves);
        }
        if (with.needed() <= disk.allowed) {
            out.said.push_back({say::flight_keep_fewer, {grouped(last)}});
            report.advice.emplace_back("saving.keep_last", last);
        } else {
            out.said.push_back({say::flight_make_room, {}});
        }
    } else if (static_cast<double>(disk.needed()) > nearly_all * static_cast<double>(disk.allowed)) {
        worse(out, CheckVerdict::look, {say::flight_disk_tight, {}});
    }
    return out;
}

CheckFinding amount_finding(const FlightReport& report) {
    const double each = report.parameters > 0 ? report.units / static_cast<double>(report.parameters) : 0;
    return said_of("amount", {{report.unit == "tokens" ? say::flight_tokens : say::flight_rows,
                               {grouped(std::llround(report.units)), significant(each, 3), grouped(report.parameters),
                                significant(report.epochs, 3)}}});
}

CheckFinding batch_finding(const FlightTold& told, const FlightReport& report) {
    CheckFinding out = said_of("batch");
    if (!told.may_cut) {
        out.verdict = CheckVerdict::skipped;
        out.said.push_back({say::flight_batch_bound, {}});
        return out;
    }
    const FlightBatch* own = nullptr;
    for (const FlightBatch& tried : report.batches) {
        if (tried.own) own = &tried;
        if (!tried.fits)
            out.said.push_back(
                {say::flight_batch_lacks, {grouped(tried.rows), grouped(tried.number), byte_text(tried.memory)}});
        else
            out.said.push_back({tried.own ? say::flight_batch_own : say::flight_batch,
                                {grouped(tried.rows), grouped(tried.number), span_text(tried.seconds.median),
                                 byte_text(tried.memory)}});
    }
    const auto best = best_batch(report.batches);
    if (told.too_long) {
        out.said.push_back({say::flight_batch_long, {}});
    } else if (own && report.batches.size() == 1) {
        out.verdict = CheckVerdict::skipped;
        out.said.push_back({told.untried ? say::flight_batch_untried : say::flight_batch_alone, {}});
    } else if (own && own->fits && !best) {
        out.said.push_back({say::flight_batch_best, {}});
    } else if (own && own->fits && best) {
        const FlightBatch& take = report.batches[*best];
        worse(
            out, CheckVerdict::look,
            {say::flight_batch_faster,
             {grouped(take.rows), grouped(take.number), percent_text(1 - take.seconds.median / own->seconds.median)}});
    }
    return out;
}

}  // namespace

FlightCourse flight_course(const Json& spec, const FlightPace& pace, std::optional<std::int64_t> steps) {
    const std::int64_t evaluation_every = settings_of<EvaluationSettings>(spec, "evaluation").every,
                       saving_every = settings_of<SavingSettings>(spec, "saving").every,
                       sampling_every = settings_of<SamplingSettings>(spec, "sampling").every,
                       probing_every = settings_of<ProbingSettings>(spec, "probing").every;
    const double samples = pace.samples.value_or(0);
    // A save waits for the one before it.
    const double between = static_cast<double>(saving_every) * pace.step.median,
                 save = pace.stall + (saving_every > 0 ? std::max(0.0, pace.writing - between) : 0);
    const auto a_step = [](double seconds, std::int64_t every) {
        return every > 0 ? seconds / static_cast<double>(every) : 0;
    };
    FlightCourse out;
    if (steps) {
        out.steps = *steps;
    } else {
        const auto training = settings_of<TrainingSettings>(spec, "training");
        constexpr double in_a_minute = 60;
        const double each =
            pace.step.median + a_step(pace.evaluation + (keeps_best(spec) ? save : 0), evaluation_every) +
            a_step(save, saving_every) + a_step(samples, sampling_every) + a_step(pace.probe, probing_every);
        out.steps = each > 0 ? std::max<std::int64_t>(1, std::llround(training.budget * in_a_minute / each)) : 1;
    }
    out.evaluations = times_before_end(out.steps, evaluation_every) + 1;
    // An evaluation that finds the best so far saves it; while a model learns that is nearly each.
    out.saves = times_before_end(out.steps, saving_every) + 1;
    if (keeps_best(spec) && evaluation_every > 0)
        out.saves += times_before_end(out.steps, evaluation_every) -
                     (saving_every > 0 ? times_before_end(out.steps, std::lcm(saving_every, evaluation_every)) : 0);
    out.samples = times_before_end(out.steps, sampling_every) + 1;
    if (probing_every > 0) out.probes = times_before_end(out.steps, probing_every) + 1;
    const auto count = [](std::int64_t number) { return static_cast<double>(number); };
    out.looks = count(out.evaluations - 1) * pace.evaluation + pace.last + count(out.samples) * samples +
                count(out.probes) * pace.probe;
    out.seconds = count(out.steps) * pace.step.median + out.looks + count(out.saves) * save +
                  pace.writing;  // the end waits until its checkpoint is written
    return out;
}

std::int64_t most_checkpoints(const Json& spec, std::int64_t saves) {
    const auto saving = settings_of<SavingSettings>(spec, "saving");
    return std::min(saves, std::max<std::int64_t>(1, saving.keep_last) + (keeps_best(spec) ? 1 : 0) + 1);
}

std::optional<FlightBatch> larger_batch(const FlightBatch& of) {
    for (std::int64_t factor = 2; factor <= of.number; ++factor)
        if (of.number % factor == 0) return FlightBatch{of.rows * factor, of.number / factor};
    return std::nullopt;
}

std::optional<FlightBatch> smaller_batch(const FlightBatch& of) {
    for (std::int64_t factor = 2; factor <= of.rows; ++factor)
        if (of.rows % factor == 0) return FlightBatch{of.rows / factor, of.number * factor};
    return std::nullopt;
}

std::optional<std::size_t> best_batch(const std::vector<FlightBatch>& tried) {
    std::optional<std::size_t> best, own;
    for (std::size_t i = 0; i < tried.size(); ++i) {
        if (!tried[i].fits) continue;
        if (tried[i].own) own = i;
        if (!best || tried[i].seconds.median < tried[*best].seconds.median) best = i;
    }
    if (!own || !best) return best;
    constexpr double noticed = 0.95;
    const Quartiles &now = tried[*own].seconds, &then = tried[*best].seconds;
    const bool beyond_doubt = then.high < now.low && then.median < noticed * now.median;
    return best != own && beyond_doubt ? best : std::nullopt;
}

void judge_flight(const Json& spec, const FlightTold& told, FlightReport& report) {
    if (!told.finite)
        report.findings.push_back(
            said_of("numbers", {{say::flight_finite, {}}, {say::flight_lower_rate, {}}}, CheckVerdict::wrong));
    if (!told.nothing_ran) report.findings.push_back(time_finding(spec, told, report));
    report.findings.push_back(memory_finding(spec, told, report));
    report.findings.push_back(disk_finding(spec, report));
    if (told.nothing_ran) return;
    report.findings.push_back(amount_finding(report));
    report.findings.push_back(batch_finding(told, report));
    if (const auto best = best_batch(report.batches)) {
        report.advice.emplace_back("training.micro_batch", report.batches[*best].rows);
        report.advice.emplace_back("training.accumulation", report.batches[*best].number);
    }
}

}  // namespace gw
