#include "workspace/models/replay_of_step.h"

#include <algorithm>
#include <charconv>
#include <limits>

#include "artifact/checkpoint.h"
#include "artifact/current.h"
#include "artifact/run_files.h"
#include "train/message/event_texts.h"
#include "util/text.h"

namespace gw {

namespace {

/// What a run says happened between its steps, and its checkpoints alone do not tell.
struct Course {
    std::vector<std::int64_t> back;              ///< steps that it had made when it went back
    std::map<std::int64_t, MicroBatches> cuts;   ///< by the first step that was cut so
    std::map<std::int64_t, std::int64_t> falls;  ///< of the learning rate, by the first step behind each
    std::vector<std::int64_t> settings;          ///< steps after which settings were changed
};

/// A number as grouped() writes it; 0 for anything else.
std::int64_t number_in(std::string text) {
    std::erase(text, ',');
    std::int64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    return read.ec == std::errc() && read.ptr == text.data() + text.size() ? number : 0;
}

/// Of the stretches that count: what was told behind the step from which the run was taken up later is of steps that
/// were made again.
Course course_of(const std::vector<EventRecord>& events) {
    const auto counts = [&](const EventRecord& event, std::int64_t step) {
        return std::all_of(events.begin(), events.end(), [&](const EventRecord& later) {
            return later.segment <= event.segment || later.kind != "resume" || step <= later.step;
        });
    };
    Course out;
    for (const EventRecord& event : events) {
        if (event.kind == "knob" && counts(event, event.step + 1)) out.settings.push_back(event.step);
        if (event.kind == "rate" && counts(event, event.step))
            if (const auto fell = values_in(say::rate_falls, event.text); fell && !fell->empty())
                out.falls[event.step + 1] = number_in(fell->front());
        if (event.kind != "warning") continue;
        if (values_in(say::went_back, event.text) && counts(event, event.step)) out.back.push_back(event.step);
        const auto cut = values_in(say::smaller_micro_batch, event.text);
        if (!cut || cut->size() < 4 || !counts(event, event.step + 1)) continue;
        const MicroBatches now{number_in((*cut)[1]), number_in((*cut)[3])};
        if (now.rows > 0 && now.number > 0) out.cuts[event.step + 1] = now;
    }
    return out;
}

std::int64_t newest_step(const std::vector<CheckpointEntry>& entries) {
    return entries.empty() ? 0 : checkpoint_step(entries.front().path);
}

}  // namespace

std::vector<std::int64_t> bad_steps_of(const fs::path& run_folder) {
    std::vector<std::int64_t> out;
    std::error_code problem;
    for (fs::directory_iterator it(run_folder / run_files::bad_steps, problem), end; !problem && it != end;
         it.increment(problem))
        if (const std::int64_t step = checkpoint_step(it->path().stem()); step > 0) out.push_back(step);
    std::sort(out.begin(), out.end());
    return out;
}

Result<StepReplay> replay_of_step(const Workspace& workspace, const std::string& run, std::int64_t step,
                                  const std::function<void(double)>& progress, std::stop_token stop) {
    auto store = workspace.store(Store::Mode::read_only);
    if (!store) return store.error();
    auto record = store.value().run(run);
    if (!record) return record.error();
    const RunRecord& it = record.value();
    auto kept = read_bad_step(it.path, step);
    if (!kept) return kept.error();
    // A step that ended its run is not among those that it made.
    if (step < 1 || (step > it.steps && !kept.value()))
        return Error{Error::Code::bad_spec,
                     "This run has no step " + grouped(step),
                     "It has made steps 1 to " + grouped(it.steps),
                     {"run " + it.name}};
    std::vector<CheckpointEntry> entries = list_checkpoints(checkpoints_of(it.path));
    std::erase_if(entries, [&](const CheckpointEntry& entry) { return checkpoint_step(entry.path) >= step; });
    std::stable_sort(entries.begin(), entries.end(), [](const CheckpointEntry& a, const CheckpointEntry& b) {
        return checkpoint_step(a.path) > checkpoint_step(b.path);
    });
    const auto events = store.value().events(it.id);
    if (!events) return events.error();
    const Course course = course_of(events.value());
    // Between its last going back and the next save a run had other weights than its checkpoints tell.
    std::optional<WentBack> back = kept.value() ? kept.value()->went_back : std::nullopt;
    std::int64_t went_back_at = back ? back->at.step : 0;
    for (const std::int64_t at : course.back)
        if (at < step) went_back_at = std::max(went_back_at, at);
    if (went_back_at > 0 && newest_step(entries) < went_back_at) {
        if (!back || back->at.step != went_back_at) back = read_going_back(it.path, went_back_at);
        if (!back)
            return Error{Error::Code::bad_data,
                         Phrase{say::went_back_unknown, {grouped(went_back_at), grouped(step)}}.text(),
                         say::keep_more,
                         {"run " + it.name}};
        std::erase_if(entries,
                      [&](const CheckpointEntry& entry) { return checkpoint_step(entry.path) != back->weights_of; });
    } else {
        back.reset();
    }
    ReplayRequest request{it.spec, workspace.cache(), {}, step, kept.value()};
    for (const CheckpointEntry& entry : entries)
        if (request.checkpoint.empty() && verify_checkpoint(entry.path)) request.checkpoint = entry.path;
    const std::int64_t from = request.checkpoint.empty() ? 0 : checkpoint_step(request.checkpoint);
    // A checkpoint that turned out damaged may leave an older one from before a going back.
    if (!back && went_back_at > from)
        return Error{Error::Code::bad_data,
                     Phrase{say::went_back_unknown, {grouped(went_back_at), grouped(step)}}.text(),
                     say::keep_more,
                     {"run " + it.name}};
    request.went_back = back;
    for (const auto& [first, cut] : course.cuts)
        if (first > from && first <= step) request.cuts.emplace(first, cut);
    for (const auto& [first, falls] : course.falls)
        if (first > from && first <= step) request.falls.emplace(first, falls);
    request.settings_changed = std::any_of(course.settings.begin(), course.settings.end(),
                                           [&](std::int64_t after) { return after >= from && after < step; });
    const bool from_the_beginning = it.fork_step == 0 && (!back || back->weights_of == 0);
    if (request.checkpoint.empty() && !from_the_beginning)
        return Error{Error::Code::bad_data,
                     Phrase{say::no_weights_before, {grouped(step)}}.text(),
                     say::keep_more,
                     {"run " + it.name}};
    return replay_step(request, progress, stop);
}

}  // namespace gw
