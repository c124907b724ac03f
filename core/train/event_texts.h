#pragma once
#include "util/phrase.h"

// The sentences that a run tells of itself besides its figures, and rare errors. They are kept as text; a window finds
// the values in them again by these forms (run_texts() in train/messages.h) and says them in its own language.
namespace gw::say {

inline constexpr const char* made_up = GW_TEXT("Made up at step %1: %2");
inline constexpr const char* resumed = GW_TEXT("Resumed from step %1");
inline constexpr const char* no_memory =
    GW_TEXT("The optimizer %1 begins without a memory: the checkpoint holds that of %2");
inline constexpr const char* stopped_early = GW_TEXT("Stopped early: %1 evaluations in a row without a better %2");
inline constexpr const char* stopped_early_than =
    GW_TEXT("Stopped early: %1 evaluations in a row without a better %2 than %3");
inline constexpr const char* best_not_restored = GW_TEXT("The best weights could not be restored: %1");
inline constexpr const char* back_to = GW_TEXT("Back to the weights of %1");

inline constexpr const char* not_saved = GW_TEXT("Checkpoint not saved: %1");
inline constexpr const char* current_not_noted =
    GW_TEXT("The checkpoint that the run stands for could not be noted: %1");
inline constexpr const char* best_not_marked = GW_TEXT("The best checkpoint could not be marked: %1");
inline constexpr const char* verdict_not_written = GW_TEXT("What was said of the checkpoint could not be written: %1");
inline constexpr const char* predictions_not_written = GW_TEXT("The predictions were not written: %1");

inline constexpr const char* not_evaluated_at_stop = GW_TEXT("The evaluation at the stop could not be made: %1");

inline constexpr const char* data_read = GW_TEXT("Data: %1");
inline constexpr const char* forgetting_no_more = GW_TEXT("What is forgotten cannot be measured any more: %1");
inline constexpr const char* forgetting_unknown = GW_TEXT("What is forgotten cannot be measured: %1");
inline constexpr const char* same_teacher =
    GW_TEXT("The teacher of the checkpoint goes on teaching: %1. Clear objective.teacher to learn without it");
inline constexpr const char* of_task = GW_TEXT("Task \"%1\": %2");

inline constexpr const char* torch_failed = GW_TEXT("LibTorch could not go on: %1");
inline constexpr const char* see_log = GW_TEXT("The log of the run has the details");
inline constexpr const char* nothing_to_train =
    GW_TEXT("Nothing is left to train at the first step: every weight is frozen");
inline constexpr const char* thaw = GW_TEXT("Take names out of start.frozen, or set start.train=all");
inline constexpr const char* first_could_not = GW_TEXT("The first process could not write it");
inline constexpr const char* cannot_probe =
    GW_TEXT("Frozen features can be judged by data with one class or one number a text");
inline constexpr const char* no_probe_examples = GW_TEXT("The validation part has no labelled examples");

}  // namespace gw::say
