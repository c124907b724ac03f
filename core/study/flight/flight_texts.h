#pragma once
#include "util/phrase.h"

// What the flight check says.
namespace gw::say {

inline constexpr const char* flight_small_steps = GW_TEXT("measuring smaller micro-batches first");
inline constexpr const char* flight_own_steps = GW_TEXT("measuring steps of the run");
inline constexpr const char* flight_other_steps = GW_TEXT("measuring other micro-batches");

inline constexpr const char* flight_finite =
    GW_TEXT("A step of this run had a loss or a gradient that is no number: it would learn nothing");
inline constexpr const char* flight_lower_rate = GW_TEXT(
    "Lower optimizer.lr, lengthen schedule.warmup, or set training.clip; look at the data for values out of "
    "proportion");

inline constexpr const char* flight_step_tokens =
    GW_TEXT("A step takes %1 (half of %2 took %3 to %4): %5 tokens a second");
inline constexpr const char* flight_step_rows = GW_TEXT("A step takes %1 (half of %2 took %3 to %4): %5 rows a second");
inline constexpr const char* flight_looks = GW_TEXT("An evaluation takes %1, the last one %2");
inline constexpr const char* flight_save = GW_TEXT("A save keeps training waiting for %1, and is written in %2");
inline constexpr const char* flight_sample = GW_TEXT("Samples take %1");
inline constexpr const char* flight_sample_long = GW_TEXT("Samples take longer than %1 and are not counted in");
inline constexpr const char* flight_total =
    GW_TEXT("The whole run: %1 steps, %2 evaluations, up to %3 saves; about %4 at this pace");
inline constexpr const char* flight_patience = GW_TEXT("Early stopping may end it before");
inline constexpr const char* flight_looks_much = GW_TEXT(
    "Evaluations and samples take %1 of the time. Set evaluation.every or sampling.every higher, or evaluation.tokens "
    "lower");

inline constexpr const char* flight_memory = GW_TEXT("Needs %1: at most %2 were held, %3 of them before the run began");
inline constexpr const char* flight_memory_gpu = GW_TEXT("Needs %1 of the GPU's memory");
inline constexpr const char* flight_estimate = GW_TEXT("Estimated by the settings, without the program: %1; free: %2");
inline constexpr const char* flight_not_tried =
    GW_TEXT("Micro-batches of %1 rows were not tried: they would need about %2. Measured with %3 rows");
inline constexpr const char* flight_nothing_tried =
    GW_TEXT("Not tried: even with one row at a time about %1 are needed, and %2 are free");
inline constexpr const char* flight_out_of_memory = GW_TEXT("Memory ran out with micro-batches of %1 rows");
inline constexpr const char* flight_memory_lacks = GW_TEXT("Too little memory: %1 are needed, %2 are free");
inline constexpr const char* flight_memory_tight = GW_TEXT("That leaves little for other programs");
inline constexpr const char* flight_take_batch =
    GW_TEXT("Micro-batches of %1 rows, %2 a step, need %3 and train the same");
inline constexpr const char* flight_no_batch = GW_TEXT(
    "No smaller micro-batch that was tried fits. Choose a smaller model or a shorter context, training.recompute=on, "
    "or "
    "an optimizer that remembers less");

inline constexpr const char* flight_disk = GW_TEXT(
    "A checkpoint takes %1; at most %2 lie on the disk at once. With the record of about %3 that is %4; free: "
    "%5");
inline constexpr const char* flight_disk_lacks = GW_TEXT("Too small: the run would stop and wait for room");
inline constexpr const char* flight_disk_tight = GW_TEXT("That leaves little room on the disk");
inline constexpr const char* flight_keep_fewer = GW_TEXT("It fits where only the last %1 are kept");
inline constexpr const char* flight_make_room =
    GW_TEXT("Make room, or keep the workspace on a larger disk; a smaller model has smaller checkpoints");
inline constexpr const char* flight_not_saved = GW_TEXT("The checkpoint could not be saved: %1");

inline constexpr const char* flight_tokens =
    GW_TEXT("%1 tokens in all, %2 for each of %3 parameters; the data is gone through %4 times");
inline constexpr const char* flight_rows =
    GW_TEXT("%1 rows in all, %2 for each of %3 parameters; the data is gone through %4 times");

inline constexpr const char* flight_batch = GW_TEXT("%1 rows, %2 a step: %3, needs %4");
inline constexpr const char* flight_batch_own = GW_TEXT("%1 rows, %2 a step, as it is set: %3, needs %4");
inline constexpr const char* flight_batch_lacks = GW_TEXT("%1 rows, %2 a step: needs %3, too much");
inline constexpr const char* flight_batch_best = GW_TEXT("None of them is faster than what is set");
inline constexpr const char* flight_batch_faster =
    GW_TEXT("With %1 rows, %2 a step, the same is trained in %3 less time");
inline constexpr const char* flight_batch_bound =
    GW_TEXT("Other micro-batches would be other training: rows of a batch say something of each other here");
inline constexpr const char* flight_batch_alone = GW_TEXT("There is no other way to cut the rows of a step");
inline constexpr const char* flight_batch_untried = GW_TEXT("Other micro-batches were not tried");
inline constexpr const char* flight_batch_long = GW_TEXT("Steps take so long that other micro-batches were not tried");

}  // namespace gw::say
