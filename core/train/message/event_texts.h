#pragma once
#include "util/phrase.h"

// The sentences that a run tells of itself besides its figures, and rare errors. They are kept as text; a window finds
// the values in them again by these forms (run_texts() in train/message/messages.h) and says them in its own language.
namespace gw::say {

inline constexpr const char* made_up = GW_TEXT("Made up at step %1: %2");
inline constexpr const char* resumed = GW_TEXT("Resumed from step %1");
inline constexpr const char* goes_on_from_average =
    GW_TEXT("Training goes on from the averaged weights of the checkpoint, for this run averages none");
inline constexpr const char* no_memory =
    GW_TEXT("The optimizer %1 begins without a memory: the checkpoint holds that of %2");
inline constexpr const char* stopped_early = GW_TEXT("Stopped early: %1 evaluations in a row without a better %2");
inline constexpr const char* stopped_early_than =
    GW_TEXT("Stopped early: %1 evaluations in a row without a better %2 than %3");
inline constexpr const char* rate_falls =
    GW_TEXT("The learning rate falls, %1 times so far: %2 evaluations in a row without a better %3");
inline constexpr const char* best_not_restored = GW_TEXT("The best weights could not be restored: %1");
inline constexpr const char* back_to = GW_TEXT("Back to the weights of %1");

inline constexpr const char* not_saved = GW_TEXT("Checkpoint not saved: %1");
inline constexpr const char* current_not_noted =
    GW_TEXT("The checkpoint that the run stands for could not be noted: %1");
inline constexpr const char* best_not_marked = GW_TEXT("The best checkpoint could not be marked: %1");
inline constexpr const char* verdict_not_written = GW_TEXT("What was said of the checkpoint could not be written: %1");
inline constexpr const char* saving_cost =
    GW_TEXT("Checkpoints written: %1, in %2 ms; training stood still for %3 ms of it");
inline constexpr const char* waited_for_data =
    GW_TEXT("Training waited for its data for %1 s, %2 of the time of its steps");
inline constexpr const char* evaluations_cost = GW_TEXT(
    "Evaluations took %1 of the time so far. Evaluate less often (evaluation.every, now %2 steps), or less of the "
    "validation part (evaluation.tokens)");
inline constexpr const char* last_evaluation_cost = GW_TEXT(
    "Evaluations took %1 of the time, the last one %2 s. Keep less for validation, or turn evaluation.whole_at_end "
    "off");
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

inline constexpr const char* training_straight = GW_TEXT("training in one go");
inline constexpr const char* training_resumed = GW_TEXT("training with resumes");
inline constexpr const char* comparing_both = GW_TEXT("comparing");
inline constexpr const char* training_again = GW_TEXT("training in one go again");
inline constexpr const char* looking_for_first = GW_TEXT("looking for the first difference");
inline constexpr const char* resumes_exactly = GW_TEXT(
    "Exact to the bit: %1 steps in one go equal those with a save and a resume after step %2. %3 tensors and "
    "%4 figures were compared");
inline constexpr const char* resumes_otherwise =
    GW_TEXT("Not exact: what was resumed after step %1 differs from %2 steps in one go");
inline constexpr const char* first_figure =
    GW_TEXT("First figure that differs: %1 at step %2, %3 in one go and %4 with resumes");
inline constexpr const char* first_tensor = GW_TEXT(
    "First tensor that differs: %1 in the layer %2 after step %3, at its value %4: %5 in one go and %6 with "
    "resumes");
inline constexpr const char* first_counter =
    GW_TEXT("First of what is counted that differs: %1 after step %2, %3 in one go and %4 with resumes");
inline constexpr const char* machine_differs = GW_TEXT(
    "Two runs in one go differ from each other as well: this machine does not compute the same twice. A kernel "
    "is not deterministic, or the number of threads changes (training.threads); the checkpoint is not the "
    "cause");
inline constexpr const char* begin_differs = GW_TEXT(
    "The first step after a resume begins otherwise: weights, buffers, the place in the data, or the draws of "
    "masks and dropout were not restored");
inline constexpr const char* update_differs = GW_TEXT(
    "The first step after a resume has the same loss but another update: the optimizer's memory, its count of "
    "updates, the schedule or what holds the weights was not restored");
inline constexpr const char* later_differs = GW_TEXT(
    "The first step after each resume is the same: something that acts later was not restored, such as a queue "
    "or an encoder that follows the weights, or the number of threads changed in between");
inline constexpr const char* tested_without_clock =
    GW_TEXT("The budget counts minutes, which never pass alike twice: tested with %1 steps instead");
inline constexpr const char* tested_longer =
    GW_TEXT("The budget of %1 steps is too short to be interrupted: tested with %2 steps instead");
inline constexpr const char* tested_run_ended = GW_TEXT("The run ended before step %1");

inline constexpr const char* smaller_micro_batch = GW_TEXT(
    "Out of memory at step %1: the micro-batch is %2 rows from now on instead of %3, with an accumulation of "
    "%4 instead of %5. The batch of a step stays the same");
inline constexpr const char* would_fit = GW_TEXT(
    "Training as set needs about %1, of which %2 for weights, gradients and optimizer and %3 for a "
    "micro-batch; free: %4. Set training.micro_batch=%5 and training.accumulation=%6, which needs about %7 for "
    "steps of the same batch");
inline constexpr const char* nothing_would_fit = GW_TEXT(
    "Training as set needs about %1, of which %2 for weights, gradients and optimizer and %3 for a "
    "micro-batch; free: %4. No smaller micro-batch would fit: choose a smaller model or context, or a machine "
    "with %5 or more of free memory");

inline constexpr const char* left_out = GW_TEXT("Step %1 was left out: %2 became infinite or not a number");
inline constexpr const char* left_out_spike =
    GW_TEXT("Step %1 was left out: its loss of %2 is a spike (above %3 after the losses before)");
inline constexpr const char* left_out_so_far = GW_TEXT("%1 steps were left out so far, the last one at step %2");
inline constexpr const char* left_out_in_a_row =
    GW_TEXT("%1 steps in a row could not be learnt from, the last one at step %2");
inline constexpr const char* went_back = GW_TEXT(
    "Went back to the weights of step %1 at step %2, for %3; the learning rate is multiplied by %4 (time %5 of %6)");
inline constexpr const char* for_not_finite = GW_TEXT("the loss or gradient became infinite or not a number");
inline constexpr const char* for_spike = GW_TEXT("the loss jumped");
inline constexpr const char* for_runaway = GW_TEXT("the loss runs away");
inline constexpr const char* back_too_often =
    GW_TEXT("The run would have to go back to good weights once more at step %1, after %2 times");
inline constexpr const char* bad_step_not_kept = GW_TEXT("What is known of step %1 could not be kept: %2");
inline constexpr const char* bad_weight = GW_TEXT("First not finite: the weights %1");
inline constexpr const char* bad_output = GW_TEXT("First not finite: the output of %1");
inline constexpr const char* bad_loss = GW_TEXT("First not finite: the loss (%1)");
inline constexpr const char* bad_gradient = GW_TEXT("First not finite: the gradient of %1");
inline constexpr const char* nothing_bad = GW_TEXT("Everything in it is finite");
inline constexpr const char* replayed = GW_TEXT("Step %1 again, with the weights of step %2 trained on to it");
inline constexpr const char* no_weights_before =
    GW_TEXT("No whole checkpoint from before step %1 is left to replay it from");
inline constexpr const char* went_back_unknown = GW_TEXT(
    "The run went back to other weights at step %1, and no checkpoint from after that and before step %2 is left");
inline constexpr const char* replayed_after_back =
    GW_TEXT("At step %1 the run had gone back to the weights of step %2: the step is trained on to from there");
inline constexpr const char* replayed_in_cuts =
    GW_TEXT("From step %1 on in micro-batches of %2 rows, as the run was since it ran out of memory");
inline constexpr const char* replayed_with_settings = GW_TEXT(
    "Settings were changed while the run was trained on to this step: the replay keeps those of step %1, so that its "
    "weights may differ from the run's");
inline constexpr const char* replayed_by_clock = GW_TEXT(
    "The budget counts minutes: learning rates on the way to this step depend on the clock, so that the weights may "
    "differ from the run's");
inline constexpr const char* replay_place = GW_TEXT("micro-batch %1, row %2");
inline constexpr const char* replay_layer = GW_TEXT("%1  %2");
inline constexpr const char* replay_layer_bad = GW_TEXT("%1  not finite");
inline constexpr const char* replay_outputs = GW_TEXT("outputs (root mean square)");
inline constexpr const char* replay_gradients = GW_TEXT("gradients (length), from the output to the input");
inline constexpr const char* replay_figures = GW_TEXT("loss %1, gradient %2, lr %3");
inline constexpr const char* keep_more = GW_TEXT("Keep more of them (saving.keep_last), or fork the run");
inline constexpr const char* dead_units =
    GW_TEXT("Dead units: %1 of the units of %2 gave nothing but zero in a whole batch");
inline constexpr const char* vanishing =
    GW_TEXT("Vanishing gradients: that of %1 is %2, a millionth or less of that of %3");
inline constexpr const char* exploding =
    GW_TEXT("Exploding gradients: their length has been %1 or more for five steps (median of the steps before: %2)");
inline constexpr const char* collapsed_spread =
    GW_TEXT("Collapsed features: they differ so little between rows that their spread is %1");
inline constexpr const char* collapsed_rank =
    GW_TEXT("Collapsed features: they fill no more than %1 dimensions, and filled %2");
inline constexpr const char* collapsed_drawings =
    GW_TEXT("Collapsed drawings: what is drawn varies by %1 of what the pictures of the data do");
inline constexpr const char* collapsed_codes = GW_TEXT(
    "Collapsed codes: none of their values varies between pictures any more, so that all are drawn alike. A "
    "smaller objective.beta, or a warm-up of it, keeps them apart");

}  // namespace gw::say
