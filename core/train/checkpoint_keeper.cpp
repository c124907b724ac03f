#include "train/checkpoint_keeper.h"

#include <chrono>
#include <cmath>

#include "artifact/checkpoint.h"
#include "artifact/retention.h"

namespace gw {

fs::path CheckpointKeeper::folder_of(std::int64_t step) const {
    return folder_ / checkpoint_name(step);
}

void CheckpointKeeper::restore(const Json& state) {
    saved_step_ = state.at("step").get<std::int64_t>();
    best_loss_ =
        state.contains("best_loss") && state["best_loss"].is_number() ? std::optional(state["best_loss"].get<double>()) : std::nullopt;
    best_path_ = state.value("best_checkpoint", "");
}

void CheckpointKeeper::remember(Json& state) const {
    state["best_loss"] = best_loss_ ? Json(*best_loss_) : Json();
    state["best_checkpoint"] = best_path_;
}

void CheckpointKeeper::save(std::int64_t step, std::int64_t tokens, const Write& write) {
    if (saved_step_ == step) return;
    const auto start = std::chrono::steady_clock::now();
    const fs::path folder = folder_of(step);
    const Result<std::uint64_t> bytes = write(folder);
    if (!bytes) {
        port_.report(Event{step, "save_failed", "Checkpoint not saved: " + to_text(bytes.error())});
        error_ = bytes.error();
        return;
    }
    error_.reset();
    saved_step_ = step;
    saved_ = {step,
              tokens,
              folder.string(),
              bytes.value(),
              std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(),
              std::nullopt,
              false,
              {}};
    saved_.removed = apply_retention();
    port_.report(saved_);
}

void CheckpointKeeper::keep_if_best(double loss, std::int64_t step, std::int64_t tokens, const Write& write) {
    if (!std::isfinite(loss) || (best_loss_ && loss >= *best_loss_)) return;
    best_loss_ = loss;
    if (!settings_.keep_best) return;
    best_path_ = folder_of(step).string();
    save(step, tokens, write);
    if (saved_step_ != step) return;
    saved_.validation_loss = loss;
    saved_.best = true;
    saved_.removed = apply_retention();
    port_.report(saved_);
}

std::vector<std::string> CheckpointKeeper::apply_retention() {
    std::vector<RetentionEntry> oldest_first;
    for (const CheckpointEntry& entry : list_checkpoints(folder_))
        oldest_first.insert(oldest_first.begin(), {entry.path.string(), entry.path.string() == best_path_ ? best_loss_ : std::nullopt});
    std::vector<std::string> removed;
    for (const std::string& path : checkpoints_to_remove(oldest_first, settings_.keep_last, settings_.keep_best)) {
        if (Status gone = remove_checkpoint(path); gone)
            removed.push_back(path);
        else
            port_.report(Event{saved_step_, "warning", to_text(gone.error())});
    }
    return removed;
}

}  // namespace gw
