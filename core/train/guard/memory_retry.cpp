#include "train/guard/memory_retry.h"

#include <algorithm>
#include <fstream>

#include "spec/run_spec.h"
#include "train/message/event_texts.h"
#include "util/text.h"

namespace gw {

namespace {

MicroBatches micro_batches_of(const Json& spec) {
    const auto training = settings_of<TrainingSettings>(spec, "training");
    return {training.micro_batch, training.accumulation};
}

std::uint64_t number_in(const std::string& file) {
    std::ifstream in(file);
    std::uint64_t number = 0;
    return in >> number ? number : 0;
}

std::uint64_t available_memory() {
    std::ifstream in("/proc/meminfo");
    std::string key, unit;
    std::uint64_t kib = 0;
    while (in >> key >> kib) {
        std::getline(in, unit);
        if (key == "MemAvailable:") return kib * 1024;
    }
    return 0;
}

/// What is left of the limit of a control group; 0 where there is none.
std::uint64_t left_of_limit() {
    constexpr std::uint64_t unlimited = std::uint64_t{1} << 60;  // version 1 writes a number near 2^63
    for (const auto& [limit_file, used_file] :
         {std::pair{"/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory.current"},
          {"/sys/fs/cgroup/memory/memory.limit_in_bytes", "/sys/fs/cgroup/memory/memory.usage_in_bytes"}}) {
        const std::uint64_t limit = number_in(limit_file), used = number_in(used_file);
        if (limit > 0 && limit < unlimited) return limit > used ? limit - used : 1;
    }
    return 0;
}

}  // namespace

void cut_into(PreparedRun& ready, const MicroBatches& wanted) {
    // Looks at the model take no more at once than its training.
    ready.model.units_at_once = std::max<std::int64_t>(1, ready.model.units_at_once * wanted.rows / ready.cut.rows);
    ready.model.micro_batch = wanted.rows;
    ready.cut = wanted;
}

Json as_trained(Json spec, const MicroBatches& micro_batches) {
    if (micro_batches_of(spec) == micro_batches) return spec;
    spec["training"]["micro_batch"] = micro_batches.rows;
    spec["training"]["accumulation"] = micro_batches.number;
    return spec;
}

void take_over_micro_batches(PreparedRun& ready, const Json& saved_spec) {
    const MicroBatches saved = micro_batches_of(saved_spec);
    if (saved.rows < ready.cut.rows && saved.rows * saved.number == ready.cut.rows * ready.cut.number)
        cut_into(ready, saved);
}

namespace {

/// Whether rows of a micro-batch say something of each other, as with batch norm: smaller ones would be other training.
bool rows_stand_alone(const Json& spec) {
    const Json& backbone = spec.at("backbone");
    const auto* kind = find_kind(backbones(), backbone.at("kind"));
    return !kind || kind->least_rows(backbone) <= 1;
}

}  // namespace

bool may_cut(const RunInProgress& run) {
    return run.world.alone() && run.ready.model.objective->adds_up() && rows_stand_alone(run.request.spec);
}

bool cut_smaller(RunInProgress& run) {
    const std::optional<MicroBatches> smaller = run.ready.cut.smaller();
    if (!smaller || !may_cut(run) || run.stepper->is_updating()) return false;
    const MicroBatches before = run.ready.cut;
    cut_into(run.ready, *smaller);
    // What the unfinished step has shown is shown again.
    (void)run.watch->histograms();
    run.tell("warning", Phrase{say::smaller_micro_batch,
                               {grouped(run.at.step + 1), grouped(smaller->rows), grouped(before.rows),
                                grouped(smaller->number), grouped(before.number)}});
    return true;
}

std::uint64_t free_host_memory() {
    const std::uint64_t machine = available_memory(), group = left_of_limit();
    if (machine == 0 || group == 0) return std::max(machine, group);
    return std::min(machine, group);
}

Error what_would_fit(Error error, const Json& spec, std::uint64_t free) {
    if (error.code != Error::Code::out_of_memory) return error;
    const Estimate expected = estimate_run(spec);
    const MicroBatches now = micro_batches_of(spec);
    if (expected.parameters == 0) return error;
    const std::uint64_t fixed = expected.memory_weights + expected.memory_optimizer,
                        needed = fixed + expected.memory_activations;
    const auto needed_with = [&](const MicroBatches& cut) {
        Json smaller = spec;
        smaller["training"]["micro_batch"] = cut.rows;
        const Estimate of = estimate_run(smaller);
        return of.memory_weights + of.memory_optimizer + of.memory_activations;
    };
    std::optional<MicroBatches> fitting = now.smaller();
    while (fitting && free > 0 && needed_with(*fitting) > free) fitting = fitting->smaller();
    const std::string takes = byte_text(needed), holds = byte_text(fixed),
                      at_once = byte_text(expected.memory_activations),
                      left = free > 0 ? byte_text(free) : std::string("?");
    if (fitting)
        error.hint = Phrase{say::would_fit,
                            {takes, holds, at_once, left, std::to_string(fitting->rows),
                             std::to_string(fitting->number), byte_text(needed_with(*fitting))}}
                         .text();
    else
        error.hint =
            Phrase{say::nothing_would_fit, {takes, holds, at_once, left, byte_text(needed_with({1, 1}))}}.text();
    return error;
}

Error what_would_fit(Error error, const Json& spec) {
    const bool on_gpu = settings_of<TrainingSettings>(spec, "training").device == "cuda" ||
                        error.message.find("CUDA") != std::string::npos;
    return what_would_fit(std::move(error), spec, on_gpu ? 0 : free_host_memory());
}

}  // namespace gw
