#include "workspace/record/run_remains.h"

#include <cstdlib>
#include <fstream>

#include "artifact/checkpoint.h"
#include "artifact/current.h"
#include "artifact/run_files.h"
#include "store/stored_json.h"
#include "workspace/record/run_log.h"
#include "workspace/run_name.h"

namespace gw {

namespace {

std::optional<Json> object_in(const fs::path& path) {
    const auto text = read_file(path);
    return text ? stored_object(text.value()) : std::nullopt;
}

/// "1,234" as the log writes it.
std::int64_t grouped_number(const std::string& text) {
    std::string digits;
    for (const char c : text)
        if (c != ',') digits += c;
    return std::strtoll(digits.c_str(), nullptr, 10);
}

/// A line of an evaluation: "step 1,200  validation/loss 2.3456  validation/perplexity 10.4".
std::optional<JournalRow> row_in_log(const std::string& text, std::int64_t segment) {
    if (!text.starts_with("step ")) return std::nullopt;
    JournalRow row;
    row.segment = segment;
    std::size_t at = text.find("  ");
    row.step = grouped_number(text.substr(5, at == std::string::npos ? std::string::npos : at - 5));
    while (at != std::string::npos) {
        const std::size_t begin = at + 2, next = text.find("  ", begin);
        const std::string one = text.substr(begin, next == std::string::npos ? std::string::npos : next - begin);
        if (const std::size_t blank = one.find(' '); blank != std::string::npos && one.find('/') != std::string::npos)
            row.values.emplace_back(one.substr(0, blank), std::strtod(one.c_str() + blank, nullptr));
        at = next;
    }
    return row.values.empty() ? std::nullopt : std::optional(row);
}

void read_log(RunRemains& out, const fs::path& path, std::int64_t below) {
    std::error_code unknown;
    if (!fs::is_regular_file(fs::symlink_status(path, unknown))) return;  // a pipe would be waited for
    std::ifstream in(path, std::ios::binary);
    if (!in) return;
    std::int64_t segment = -1;
    std::string line;
    while (std::getline(in, line)) {
        // "2026-01-31T12:34:56Z info text"; what else stands there are further lines of a text.
        constexpr std::size_t time_length = 20;
        const std::size_t blank = line.find(' ', time_length + 1);
        if (line.size() < time_length + 2 || line[time_length - 1] != 'Z' || blank == std::string::npos) continue;
        out.log = true;
        const std::string time = line.substr(0, time_length),
                          level = line.substr(time_length + 1, blank - time_length - 1), text = line.substr(blank + 1);
        RunRecord& run = out.record;
        if (run.created.empty()) run.created = run.started = time;
        if (text.starts_with("Groundwork ") && text.find(", run ") != std::string::npos) ++segment;
        if (segment < 0) segment = 0;
        run.segment = segment;
        if (text.starts_with("facts: "))
            if (const auto facts = stored_object(text.substr(7))) run.facts = sound_facts(*facts);
        for (const char* status : {"finished", "stopped", "failed"})
            if (text.starts_with(std::string(status) + " after ")) run.status = status, run.ended = time;
        if (text.starts_with("Groundwork ")) run.status = "interrupted", run.ended.clear();
        if (segment >= below) continue;
        if (auto row = row_in_log(text, segment)) {
            take_figures(run, *row, "validation/" + main_metric_of(run));
            out.entries.emplace_back(std::move(*row));
        } else if (level == "warning") {
            out.entries.emplace_back(EventRecord{run.id, "warning", text, time, segment, run.steps});
        }
    }
}

void read_checkpoints(RunRemains& out, const fs::path& folder) {
    const auto best = best_checkpoint_of(folder);
    auto all = list_checkpoints(folder / run_files::checkpoints);
    std::reverse(all.begin(), all.end());  // the oldest first, as they were written
    for (const CheckpointEntry& entry : all) {
        const auto state = object_in(entry.path / "state.json");
        CheckpointRecord record;
        record.run = out.record.id;
        record.path = entry.path.string();
        record.segment = out.record.segment;
        record.step = state ? stored_at(*state, "step", checkpoint_step(entry.path)) : checkpoint_step(entry.path);
        record.tokens = state ? stored_at(*state, "tokens", std::int64_t{0}) : 0;
        record.bytes = entry.bytes;
        record.created = entry.created;
        if (best && best->path.filename() == entry.path.filename()) {
            record.best = true;
            record.metric = best->metric;
            record.score = best->value;
            record.validation_loss = best->loss;
        }
        out.record.steps = std::max(out.record.steps, record.step);
        out.record.tokens = std::max(out.record.tokens, record.tokens);
        out.entries.emplace_back(JournalCheckpoint{std::move(record), {}});
    }
}

}  // namespace

std::optional<RunRemains> read_remains(const fs::path& run_folder, const std::string& id, std::int64_t below) {
    const auto spec = object_in(run_folder / run_files::spec);
    if (!spec || !is_sound_spec(*spec)) return std::nullopt;
    RunRemains out;
    out.record.id = id;
    out.record.spec = *spec;
    out.record.status = "interrupted";
    read_log(out, log_of(run_folder), below);
    out.record.total_steps = stored_at(out.record.facts, "total_steps", std::int64_t{0});
    read_checkpoints(out, run_folder);
    // A run that never began waits in the queue, or was meant to.
    if (!out.log && out.record.steps == 0) out.record.status = "queued";
    return out;
}

}  // namespace gw
