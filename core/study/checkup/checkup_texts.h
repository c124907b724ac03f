#pragma once
#include "util/phrase.h"

// What the checks of settings say.
namespace gw::say {

inline constexpr const char* check_loses_numbers = GW_TEXT(
    "The loss is no number before anything is learnt. Look at the data for values out of proportion, and at the "
    "initialisation");
inline constexpr const char* check_no_validation =
    GW_TEXT("The validation part is empty, so that there is nothing to score. Keep some of the data for it");
inline constexpr const char* check_first_loss = GW_TEXT("Loss before training %1; guessing each of %2 alike costs %3");
inline constexpr const char* check_first_error =
    GW_TEXT("Squared error before training %1; always saying the mean costs %2");
inline constexpr const char* check_as_guessing = GW_TEXT("The model begins without an opinion, as it should");
inline constexpr const char* check_sure = GW_TEXT(
    "The model is sure of what it has not learnt: its first weights are too large. Choose another initialisation, or a "
    "smaller spread");
inline constexpr const char* check_knows = GW_TEXT(
    "The model does better than guessing before it has learnt anything: look whether its input holds the answer");
inline constexpr const char* check_begins_trained =
    GW_TEXT("The run begins from a checkpoint, so that other than guessing is as it should be");
inline constexpr const char* check_no_guess =
    GW_TEXT("What guessing costs is not known of this objective; loss before training %1");

inline constexpr const char* check_gradients_agree = GW_TEXT(
    "%1 tensors: the gradient along a random direction is that of finite differences in double precision; largest "
    "relative difference %2");
inline constexpr const char* check_gradient_differs = GW_TEXT(
    "%1: the gradient says %2, finite differences say %3. This architecture or objective computes a wrong gradient; "
    "please report it with these settings");
inline constexpr const char* check_precision_agrees =
    GW_TEXT("The gradients of training (%1) differ from those in double precision by %2 of their length");
inline constexpr const char* check_precision_differs = GW_TEXT(
    "The gradients of training (%1) differ from those in double precision by %2 of their length. Train in float32 "
    "(training.precision), or report it with these settings");
inline constexpr const char* check_not_double = GW_TEXT("This model does not compute in double precision: %1");

inline constexpr const char* check_all_learn =
    GW_TEXT("A gradient reaches each of the %1 tensors that are trained, and no unit of a layer is zero everywhere");
inline constexpr const char* check_no_gradient = GW_TEXT(
    "No gradient reaches %1 of %2 trained tensors, such as %3. Nothing that they do counts for the loss: look at the "
    "architecture's settings");
inline constexpr const char* check_frozen_fresh = GW_TEXT(
    "%1 of %2 weights are frozen, such as %3, and the run does not begin from a checkpoint: they stay as they were "
    "drawn. Take them out of what is frozen, or choose a checkpoint to begin from");
inline constexpr const char* check_frozen =
    GW_TEXT("%1 of %2 weights are frozen, such as %3; they come from the checkpoint");
inline constexpr const char* check_dead = GW_TEXT(
    "After %1 steps %2 of the units of %3 are zero for every row. A lower learning rate or another activation (GELU, "
    "leaky ReLU) keeps them alive");
inline constexpr const char* check_steps_bad = GW_TEXT(
    "Step %1 of a training with these settings had a loss or a gradient that is no number. Lower the learning rate");

inline constexpr const char* check_players = GW_TEXT("Two sides learn against each other here: no loss has to fall");
inline constexpr const char* check_learns = GW_TEXT("The same rows %1 times: the loss falls from %2 to %3");
inline constexpr const char* check_learns_slowly = GW_TEXT(
    "The same rows %1 times: the loss falls from %2 to %3 alone. The learning rate may be low, or much of the model "
    "frozen; more steps tell more");
inline constexpr const char* check_learns_nothing = GW_TEXT(
    "The same rows %1 times: the loss goes from %2 to %3. A model that cannot learn one batch by heart learns nothing: "
    "look at the learning rate, at what is frozen, and whether the loss fits the labels");
inline constexpr const char* check_blows_up = GW_TEXT(
    "The same rows again and again: at step %1 of %2 the loss is no number, or many times what it was. Lower the "
    "learning rate");

inline constexpr const char* check_range_short =
    GW_TEXT("%1 steps are too few to tell how the loss goes by the rate: %2 or more tell");
inline constexpr const char* check_range_none = GW_TEXT(
    "From %1 to %2 no learning rate makes the loss fall. Look at what is frozen, and whether the loss fits the labels");
inline constexpr const char* check_range =
    GW_TEXT("From %1 to %2: the loss falls fastest near %3, and rises from %4 on");
inline constexpr const char* check_range_open =
    GW_TEXT("From %1 to %2: the loss falls fastest near %3, and nowhere rises for good");
inline constexpr const char* check_rate_fits = GW_TEXT("The chosen rate of %1 fits");
inline constexpr const char* check_rate_high =
    GW_TEXT("The chosen rate of %1 lies where the loss rises. Begin with about %2");
inline constexpr const char* check_rate_near =
    GW_TEXT("The chosen rate of %1 lies near where the loss begins to rise. About %2 leaves room; a warm-up helps too");
inline constexpr const char* check_rate_low = GW_TEXT(
    "The chosen rate of %1 is so low that hardly anything is learnt with it in so many steps. Begin with about %2");

inline constexpr const char* check_no_labels =
    GW_TEXT("Compared are labels of one class or one number a row; this objective has none");
inline constexpr const char* check_labels_tell = GW_TEXT(
    "After %1 steps right in %2 of the validation part; the commonest class alone is %3. Loss with shuffled labels %4, "
    "of guessing by the classes' shares %5");
inline constexpr const char* check_numbers_tell =
    GW_TEXT("After %1 steps a squared error of %2 with the labels, of %3 with shuffled ones; the mean alone costs %4");
inline constexpr const char* check_labels_say_nothing = GW_TEXT(
    "Held-out rows are told no better than by chance. More steps may tell more; else look whether the labels belong to "
    "their rows");
inline constexpr const char* check_labels_good = GW_TEXT("The labels say something of their rows");
inline constexpr const char* check_shuffled_learns = GW_TEXT(
    "Even from shuffled labels the held-out rows are learnt: something in them is the answer, or they are not apart "
    "from those that are learnt from");

}  // namespace gw::say
