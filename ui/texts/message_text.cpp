#include "ui/texts/message_text.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <algorithm>
#include <vector>

#include "data/curation/said.h"
#include "spec/run_spec.h"
#include "study/bench_texts.h"
#include "train/message/messages.h"
#include "ui/texts/field_help.h"
#include "ui/texts/language.h"
#include "ui/texts/setting_names.h"
#include "ui/texts/text.h"
#include "util/progress_texts.h"

namespace gw::ui {

namespace {

/// The sentences that people meet most. The more special ones must come before those that would take them in too.
constexpr const char* forms[] = {
    QT_TRANSLATE_NOOP("Core", "Extended: %1 was %2 and is now %3"),
    QT_TRANSLATE_NOOP("Core", "The value %1 of this column lies too far from all others to be reckoned with"),
    QT_TRANSLATE_NOOP("Core", "Mend or remove it, or write the column as logarithms"),
    QT_TRANSLATE_NOOP("Core", "The two checkpoints have no weight of the same name and shape"),
    QT_TRANSLATE_NOOP("Core", "Compare checkpoints of one run, or of runs with the same backbone"),
    QT_TRANSLATE_NOOP("Core", "The history of this workspace is gone"),
    QT_TRANSLATE_NOOP("Core", "The folder of this workspace is gone"),
    QT_TRANSLATE_NOOP("Core", "Put it back (a disk may have been taken away), or start Groundwork again"),
    QT_TRANSLATE_NOOP("Core", "This is a pipe, a socket or a device, not a file"),
    QT_TRANSLATE_NOOP("Core", "Put the file itself there, or take this away"),
    QT_TRANSLATE_NOOP("Core",
                      "The %1 part holds no window of %2 rows before and %3 to be forecast; there are %4 rows in all"),
    QT_TRANSLATE_NOOP("Core", "The %1 part holds no row with a label and %2 rows before it; there are %3 rows in all"),
    QT_TRANSLATE_NOOP("Core", "Lower dataset.look_back, give the part a larger share, or add rows"),
    QT_TRANSLATE_NOOP("Core", "%1 rows have no label: no window ends there"),
    QT_TRANSLATE_NOOP("Core", "The column \"%1\" is the target, which would give the answer away"),
    QT_TRANSLATE_NOOP("Core", "Take it out of dataset.columns, or name another dataset.target"),
    QT_TRANSLATE_NOOP("Core", "The column to be learnt is that of the times"),
    QT_TRANSLATE_NOOP("Core", "Name another one in dataset.target"),
    QT_TRANSLATE_NOOP("Core", "There are %1 rows, but the model looks back at %2"),
    QT_TRANSLATE_NOOP("Core", "Give it so many rows, each a line with commas between its values"),
    QT_TRANSLATE_NOOP("Core", "%1 rows have not %2 neighbours each"),
    QT_TRANSLATE_NOOP("Core", "is 0, so that nothing tells the learning rate of this schedule to fall"),
    QT_TRANSLATE_NOOP("Core",
                      "Bernoulli's cross entropy is one of values between 0 and 1, and those of this column go from %1 "
                      "to %2 as the model sees them"),
    QT_TRANSLATE_NOOP("Core", "The text has %1 gaps, but the model was trained with %2 in a window"),
    QT_TRANSLATE_NOOP("Core", "Leave fewer gaps in the text"),
    QT_TRANSLATE_NOOP("Core", "The rows are to be drawn by class, and no classes are known"),
    QT_TRANSLATE_NOOP("Core", "Choose data whose rows have a class each, or set objective.by_class=false"),
    QT_TRANSLATE_NOOP(
        "Core", "Spectral normalisation knows the weights that a model began with, and adapters stand beside them"),
    QT_TRANSLATE_NOOP("Core", "Set start.train to something else than lora, or objective.spectral_norm=false"),
    QT_TRANSLATE_NOOP("Core", "A state is carried along a text, and this data is learnt from row by row"),
    QT_TRANSLATE_NOOP("Core", "Set backbone.carry to false, or choose data that is text alone"),
    QT_TRANSLATE_NOOP("Core",
                      "The training text has %1 tokens, fewer than a window of %2 for each of the %3 rows of a step, "
                      "which each read a stretch of their own where the state is carried"),
    QT_TRANSLATE_NOOP("Core",
                      "Lower training.micro_batch or backbone.context, add text, or set backbone.carry to false"),
    QT_TRANSLATE_NOOP("Core", "The %1 part has no window"),
    QT_TRANSLATE_NOOP("Core", "Look at another part, or set split.%1 higher for the next run"),
    QT_TRANSLATE_NOOP("Core", "There are no rows"),
    QT_TRANSLATE_NOOP("Core", "Give it %1 of them, each a line with commas between its values"),
    QT_TRANSLATE_NOOP("Core", "These rows differ in fewer than two directions"),
    QT_TRANSLATE_NOOP("Core", "Look at more rows, or train the model further"),
    QT_TRANSLATE_NOOP("Core", "All of these rows have the same features, so that nothing tells them apart"),
    QT_TRANSLATE_NOOP("Core", "Train the model further, or look at other rows"),
    QT_TRANSLATE_NOOP("Core", "This model forecasts, but the data is read for its labels"),
    QT_TRANSLATE_NOOP("Core",
                      "What a model that forecasts makes of a window is its forecast, and no place among others"),
    QT_TRANSLATE_NOOP("Core", "Take the values of the data itself"),
    QT_TRANSLATE_NOOP("Core", "The model was trained on labels of windows, but the data is read to be forecast"),
    QT_TRANSLATE_NOOP("Core", "Set dataset.labels=class or number, and name the column in dataset.target"),
    QT_TRANSLATE_NOOP("Core", "Lower dataset.look_back or dataset.horizon, give the part a larger share, or add rows"),
    QT_TRANSLATE_NOOP("Core", "A value is missing"),
    QT_TRANSLATE_NOOP("Core", "Fill it in, or set dataset.missing to previous or linear"),
    QT_TRANSLATE_NOOP("Core", "This is no finite number: \"%1\""),
    QT_TRANSLATE_NOOP("Core", "Mend the cell, or name the columns to be read in dataset.columns"),
    QT_TRANSLATE_NOOP("Core", "This time lies before that of the row above: \"%1\""),
    QT_TRANSLATE_NOOP("Core", "This time stands twice: \"%1\""),
    QT_TRANSLATE_NOOP("Core", "Sort the rows by time, each time once"),
    QT_TRANSLATE_NOOP("Core", "The model looks back at %1 rows and forecasts %2, but the data is cut into %3 and %4"),
    QT_TRANSLATE_NOOP("Core", "Set dataset.look_back and dataset.horizon to the model's"),
    QT_TRANSLATE_NOOP("Core", "The model was made for %1 columns, but the data has %2"),
    QT_TRANSLATE_NOOP("Core", "Name as many in dataset.columns"),
    QT_TRANSLATE_NOOP("Core", "must be odd, so that an average has a middle"),
    QT_TRANSLATE_NOOP("Core", "has a character NUL (U+0000), which ends a path for the system: %1"),
    QT_TRANSLATE_NOOP("Core",
                      "The history lacked %1 entries, which the run's own journal has: they were taken from there"),
    QT_TRANSLATE_NOOP("Core", "The folder for orders to this run is a link to another place"),
    QT_TRANSLATE_NOOP("Core", "Take the link away"),
    QT_TRANSLATE_NOOP("Core", "What lies there belongs to the workspace %1"),
    QT_TRANSLATE_NOOP("Core", "Name a place outside of its history, runs, backups and cache"),
    QT_TRANSLATE_NOOP("Core", "The history says that this run waits its turn, but its folder says that it was trained"),
    QT_TRANSLATE_NOOP("Core", "`groundwork-cli rebuild --replace` takes from the folders what became of the runs"),
    QT_TRANSLATE_NOOP("Core", "This model was trained to tell labels, so it cannot write"),
    QT_TRANSLATE_NOOP("Core", "Ask it for them with `groundwork-cli predict`, or evaluate it"),
    QT_TRANSLATE_NOOP("Core",
                      "pictures of %1 x %2 pixels do not keep their shape when they are turned by a quarter; give "
                      "pictures that are as high as wide, or choose another objective"),
    QT_TRANSLATE_NOOP("Core", "Pictures of %1 x %2 pixels do not keep their shape when they are turned by a quarter"),
    QT_TRANSLATE_NOOP("Core", "Give pictures that are as high as wide, or set objective.kind=simclr"),
    QT_TRANSLATE_NOOP("Core",
                      "The task \"%1\" has %2 classes and another one %3: a head that all share needs as many in each"),
    QT_TRANSLATE_NOOP("Core", "Cut the classes into groups of one size, or choose another scenario"),
    QT_TRANSLATE_NOOP("Core", "Stopped while looking into an archive"),
    QT_TRANSLATE_NOOP("Core", "The dataset is not the one that this run was trained on: its content has changed since"),
    QT_TRANSLATE_NOOP("Core", "Put the old files back to see what the run was fed"),
    QT_TRANSLATE_NOOP("Core", "Put the old files back to see what the run has learnt of them"),
    QT_TRANSLATE_NOOP("Core", "This run was trained on running text, which has no rows to be placed"),
    QT_TRANSLATE_NOOP("Core", "Look at a run on labelled texts, pictures, tables or series"),
    QT_TRANSLATE_NOOP("Core", "The %1 part has %2 rows, too few to be placed"),
    QT_TRANSLATE_NOOP("Core", "Look at another part, or set split.%1 higher for the next run"),
    QT_TRANSLATE_NOOP("Core", "The model's features are no finite numbers"),
    QT_TRANSLATE_NOOP("Core", "Look at a checkpoint from before the run diverged"),
    QT_TRANSLATE_NOOP("Core", "The model's weights or features are no finite numbers"),
    QT_TRANSLATE_NOOP("Core",
                      "This model reads no pictures, so that there is nothing to be seen of how it looks at them"),
    QT_TRANSLATE_NOOP("Core", "Choose a run on pictures"),
    QT_TRANSLATE_NOOP("Core", "The validation part has no pictures to look at"),
    QT_TRANSLATE_NOOP("Core", "Set split.validation higher for the next run"),
    QT_TRANSLATE_NOOP("Core", "Put the old files back, or start a new run on the new data"),
    QT_TRANSLATE_NOOP("Core", "This run has no whole checkpoint whose weights could score the samples"),
    QT_TRANSLATE_NOOP("Core", "Save one (S), or resume the run"),
    QT_TRANSLATE_NOOP("Core", "This run has no checkpoint to resume from"),
    QT_TRANSLATE_NOOP("Core", "Start it again as a new run"),
    QT_TRANSLATE_NOOP("Core", "This run has finished: its budget is spent"),
    QT_TRANSLATE_NOOP("Core", "This run is being trained right now (process %1)"),
    QT_TRANSLATE_NOOP("Core", "This run is being trained right now"),
    QT_TRANSLATE_NOOP("Core", "This sequence is being carried out right now (process %1)"),
    QT_TRANSLATE_NOOP("Core", "Wait for its end, or stop it there; what is done is kept"),
    QT_TRANSLATE_NOOP("Core", "This run waits in the queue"),
    QT_TRANSLATE_NOOP("Core", "Take it out of the queue first"),
    QT_TRANSLATE_NOOP("Core", "Stop it first"),
    QT_TRANSLATE_NOOP("Core", "Stop it there first"),
    QT_TRANSLATE_NOOP("Core", "This run does not wait in the queue any more"),
    QT_TRANSLATE_NOOP("Core", "This run is not being trained: it is %1"),
    QT_TRANSLATE_NOOP("Core", "This run has no step %1"),
    QT_TRANSLATE_NOOP("Core", "It has made steps 1 to %1"),
    QT_TRANSLATE_NOOP("Core", "A run is being trained in this window already: %1"),
    QT_TRANSLATE_NOOP("Core", "Stop it first, or wait for its end"),
    QT_TRANSLATE_NOOP("Core", "There is no run \"%1\" in this workspace"),
    QT_TRANSLATE_NOOP("Core", "There is no run %1 in the history"),
    QT_TRANSLATE_NOOP("Core", "There is no recipe \"%1\""),
    QT_TRANSLATE_NOOP("Core", "Did you mean \"%1\"?"),
    QT_TRANSLATE_NOOP("Core", "There is nothing to compare: none of these runs is in the history"),
    QT_TRANSLATE_NOOP("Core", "Choose two runs or more"),
    QT_TRANSLATE_NOOP("Core", "There is nothing to export"),
    QT_TRANSLATE_NOOP("Core", "Choose runs first"),
    QT_TRANSLATE_NOOP("Core", "A file that ends in .%1 cannot be written"),
    QT_TRANSLATE_NOOP("Core", "End it in svg, pdf, png, csv, md or html"),
    QT_TRANSLATE_NOOP("Core", "%1 cannot differ from the run that is forked"),
    QT_TRANSLATE_NOOP("Core", "Change how it is trained (training, optimizer, schedule...), or start a new run"),
    QT_TRANSLATE_NOOP("Core", "The disk of the workspace is full: %1 are free"),
    QT_TRANSLATE_NOOP("Core", "The disk is full, so the run history cannot be written (%1)"),
    QT_TRANSLATE_NOOP("Core", "Free some disk space"),
    QT_TRANSLATE_NOOP("Core", "The run history cannot be written: the file or its folder is read-only (%1)"),
    QT_TRANSLATE_NOOP("Core", "The run history cannot be opened or made (%1)"),
    QT_TRANSLATE_NOOP("Core", "The run history is damaged (%1)"),
    QT_TRANSLATE_NOOP("Core", "The run history is not as this program makes it (%1)"),
    QT_TRANSLATE_NOOP("Core", "This database is damaged: it says that its schema is %1"),
    QT_TRANSLATE_NOOP("Core", "This database holds no run history"),
    QT_TRANSLATE_NOOP("Core", "The run history is damaged: %1"),
    QT_TRANSLATE_NOOP("Core", "The history of this workspace is gone, but its runs are there"),
    QT_TRANSLATE_NOOP("Core", "A run of this workspace is being trained, and writes into its history"),
    QT_TRANSLATE_NOOP("Core", "Stop it first, or wait for its end"),
    QT_TRANSLATE_NOOP("Core", "The run history could not be written within %1 s"),
    QT_TRANSLATE_NOOP("Core", "Look for a slow disk, or another program that holds it"),
    QT_TRANSLATE_NOOP("Core", "The run history is locked by another program (%1)"),
    QT_TRANSLATE_NOOP("Core", "Close the other program, or try again"),
    QT_TRANSLATE_NOOP("Core", "This file is not a database (%1)"),
    QT_TRANSLATE_NOOP("Core", "This SQLite database was made by another program"),
    QT_TRANSLATE_NOOP(
        "Core", "This database was written by a newer version of Groundwork (schema %1; this program reads up to %2)"),
    QT_TRANSLATE_NOOP("Core", "Update this program, or choose another workspace folder"),
    QT_TRANSLATE_NOOP("Core", "Choose another workspace folder, or move that file away"),
    QT_TRANSLATE_NOOP("Core", "Ran out of memory"),
    QT_TRANSLATE_NOOP("Core", "Ran out of memory: %1"),
    QT_TRANSLATE_NOOP("Core", "Lower training.micro_batch and raise training.accumulation by as much"),
    QT_TRANSLATE_NOOP("Core", "The loss became infinite or not a number at step %1"),
    QT_TRANSLATE_NOOP("Core", "The gradient became infinite or not a number at step %1"),
    QT_TRANSLATE_NOOP("Core", "The loss has risen to %1, more than twice its first value, at step %2"),
    QT_TRANSLATE_NOOP("Core",
                      "Lower optimizer.lr (it was %1 at that step), lengthen schedule.warmup, or set training.clip; "
                      "checkpoints from before are whole"),
    QT_TRANSLATE_NOOP("Core", "The training text has %1 tokens, fewer than one window of %2"),
    QT_TRANSLATE_NOOP("Core", "Add text, keep less for validation, or lower backbone.context"),
    QT_TRANSLATE_NOOP("Core", "The program ended before this run did"),
    QT_TRANSLATE_NOOP("Core", "The program ended without notice at step %1, last sign %2"),
    QT_TRANSLATE_NOOP("Core",
                      "The file system of the workspace cannot lock files: nothing keeps two computers from training "
                      "this run at one time"),
    QT_TRANSLATE_NOOP("Core", "The program ended without notice before its first step, last sign %1"),
    QT_TRANSLATE_NOOP("Core", "%1 of %2 validation texts also stand in the training part, %3, for example: %4"),
    QT_TRANSLATE_NOOP("Core", "%1 of %2 test texts also stand in the training part, %3, for example: %4"),
    QT_TRANSLATE_NOOP("Core", "%1 of %2 test texts also stand in the validation part, %3, for example: %4"),
    QT_TRANSLATE_NOOP("Core", "%1 of %2 validation pictures also stand in the training part, %3, for example: %4"),
    QT_TRANSLATE_NOOP("Core", "%1 of %2 test pictures also stand in the training part, %3, for example: %4"),
    QT_TRANSLATE_NOOP("Core", "%1 of %2 test pictures also stand in the validation part, %3, for example: %4"),
    QT_TRANSLATE_NOOP("Core", "%1 text stands several times in the data with different labels, for example: %2"),
    QT_TRANSLATE_NOOP("Core", "%1 texts stand several times in the data with different labels, for example: %2"),
    QT_TRANSLATE_NOOP("Core", "%1 picture stands several times in the data with different labels, for example: %2"),
    QT_TRANSLATE_NOOP("Core", "%1 pictures stand several times in the data with different labels, for example: %2"),
    QT_TRANSLATE_NOOP("Core", "word for word"),
    QT_TRANSLATE_NOOP("Core", "pixel for pixel"),
    QT_TRANSLATE_NOOP("Core", "but for case, white space or punctuation"),
    QT_TRANSLATE_NOOP("Core", "but for brightness, contrast or compression"),
    QT_TRANSLATE_NOOP("Core",
                      "The classes are uneven: \"%1\" has %2, \"%3\" has %4. Look at the balanced accuracy and F1, or "
                      "set objective.balanced=true"),
    QT_TRANSLATE_NOOP("Core", "All pictures are of one class, \"%1\""),
    QT_TRANSLATE_NOOP("Core",
                      "The class \"%1\" has one picture alone, which cannot be in the training part and be judged as "
                      "well"),
    QT_TRANSLATE_NOOP("Core",
                      "The class \"%1\" and %2 more have one picture alone, which cannot be in the training part and "
                      "be judged as well"),
    QT_TRANSLATE_NOOP("Core", "Checkpoint not saved: %1"),
    QT_TRANSLATE_NOOP("Core", "The best weights could not be restored: %1"),
    QT_TRANSLATE_NOOP("Core", "Spike: the training loss jumped to %1 (median of the steps before: %2)"),
    QT_TRANSLATE_NOOP(
        "Core", "Overfitting: the validation loss has risen three times in a row, to %1, while the training loss fell"),
    QT_TRANSLATE_NOOP("Core", "Slow: %1 a second, less than half of the usual %2"),
    QT_TRANSLATE_NOOP("Core", "The data has no row %1"),
    QT_TRANSLATE_NOOP("Core",
                      "The loss runs away: it has stood around %1 for 40 steps at step %2, and was around %3 by step "
                      "%4. %5; training.guard=stop ends a run here, off says nothing"),
    QT_TRANSLATE_NOOP("Core",
                      "Lower optimizer.lr (it was %1 at that step), lengthen schedule.warmup, or set training.clip"),
    QT_TRANSLATE_NOOP(
        "Core", "%1 of %2 training texts are longer than the %3 tokens of the context: what stands behind is not read"),
    QT_TRANSLATE_NOOP("Core", "The training part has no example of %1, which the held-out parts have"),
    QT_TRANSLATE_NOOP("Core", "The budget is spent: nothing is left to train at step %1"),
    QT_TRANSLATE_NOOP("Core", "Give it a larger one than training.budget=%1 (%2)"),
    QT_TRANSLATE_NOOP("Core", "There is no text in %1"),
    QT_TRANSLATE_NOOP("Core", "No file matches %1"),
    QT_TRANSLATE_NOOP("Core", "This is a binary file, not text: it has a zero byte"),
    QT_TRANSLATE_NOOP("Core", "This file is UTF-16, but UTF-8 is needed"),
    QT_TRANSLATE_NOOP("Core", "The files of the dataset were changed while they were being read"),
    QT_TRANSLATE_NOOP("Core", "Wait until nothing writes to them any more, then start again"),
    QT_TRANSLATE_NOOP("Core", "The file %1 was written to while it was being read"),
    QT_TRANSLATE_NOOP("Core", "Wait until nothing writes to it any more, then start again"),
    QT_TRANSLATE_NOOP("Core", "Cannot read %1: it is a pipe, a socket or a device, not a file"),
    QT_TRANSLATE_NOOP("Core", "Cannot read %1: %2"),
    QT_TRANSLATE_NOOP("Core", "Cannot write %1: %2"),
    QT_TRANSLATE_NOOP("Core", "Cannot open %1: %2"),
    QT_TRANSLATE_NOOP("Core", "Check the path; nothing lies there"),
    QT_TRANSLATE_NOOP("Core", "Change the permissions, or choose a place that you may use"),
    QT_TRANSLATE_NOOP("Core", "The disk or your quota is full; free some space or choose another place"),
    QT_TRANSLATE_NOOP("Core", "The rate scale must lie between 0 and 1,000"),
    QT_TRANSLATE_NOOP("Core", "The clip must be 0 (none) or more"),
    QT_TRANSLATE_NOOP("Core", "A number of steps must be 0 (never) or more"),
    QT_TRANSLATE_NOOP("Core", "expects a %1, but has %2"),
    QT_TRANSLATE_NOOP("Core", "expects one of %1, but has %2"),
    QT_TRANSLATE_NOOP("Core", "must be %1, but is %2"),
    QT_TRANSLATE_NOOP("Core", "must be a whole number of %1"),
    QT_TRANSLATE_NOOP("Core", "must be 300 or more with byte_fallback, which takes 256 of the pieces"),
    QT_TRANSLATE_NOOP("Core", "needs at least one file, folder or pattern"),
    QT_TRANSLATE_NOOP("Core", "needs at least one pattern, such as *valid*"),
    QT_TRANSLATE_NOOP("Core", "must name the folder of a checkpoint"),
    QT_TRANSLATE_NOOP("Core", "must name a column"),
    QT_TRANSLATE_NOOP("Core", "There is nothing to learn from"),
    QT_TRANSLATE_NOOP("Core", "The %1 part is empty"),
    QT_TRANSLATE_NOOP("Core", "There is nothing to score in this data"),
    QT_TRANSLATE_NOOP("Core", "Give files with more text"),
    QT_TRANSLATE_NOOP("Core", "This checkpoint has no adapters"),
    QT_TRANSLATE_NOOP("Core", "Only runs with start.train=lora have"),
    QT_TRANSLATE_NOOP("Core", "The folder %1 is not empty"),
    QT_TRANSLATE_NOOP("Core", "There is a file %1 already"),
    QT_TRANSLATE_NOOP("Core", "Name a folder that does not exist yet, or an empty one; nothing was changed"),
    QT_TRANSLATE_NOOP("Core", "Cannot write the copy: %1"),
    QT_TRANSLATE_NOOP("Core", "Choose a place with enough room that may be written to"),
    QT_TRANSLATE_NOOP("Core", "The model could not be written: %1"),
    QT_TRANSLATE_NOOP("Core", "Close other programs to free memory, then try again"),
    QT_TRANSLATE_NOOP("Core", "Name the new data"),
    QT_TRANSLATE_NOOP("Core", "This is no checkpoint: it has no %1"),
    QT_TRANSLATE_NOOP("Core", "Name a folder like .../checkpoints/step-00002000, or a run"),
    QT_TRANSLATE_NOOP("Core", "The checkpoint's backbone is %1, but these settings ask for %2"),
    QT_TRANSLATE_NOOP("Core", "The checkpoint's backbone has %1 %2, but these settings ask for %3"),
    QT_TRANSLATE_NOOP(
        "Core",
        "The checkpoint was trained with another tokenizer (%1) than these settings name (%2), so its token "
        "numbers mean something else"),
    QT_TRANSLATE_NOOP("Core",
                      "The checkpoint's head was made for the objective %1 with its settings, and does not fit %2"),
    QT_TRANSLATE_NOOP("Core",
                      "the rank %1 is above the width %2 of the backbone, so adapters would hold more than the weights "
                      "themselves; 4 to 64 is usual"),
    QT_TRANSLATE_NOOP(
        "Core",
        "%1 as it is set looks at the rows of a micro-batch together: of fewer than %2 it learns little or "
        "nothing, and accumulation adds none"),
    QT_TRANSLATE_NOOP(
        "Core",
        "takes all of the run's %1 steps, so that the learning rate never comes to its peak; a share such "
        "as 0.05 goes by the length of the run"),
    QT_TRANSLATE_NOOP("Core",
                      "must name labelled data, as the run's own has no labels; set probing.every=0 to do without"),
    QT_TRANSLATE_NOOP("Core", "has an empty entry"),
    QT_TRANSLATE_NOOP("Core", "must name the field that holds the text"),
    QT_TRANSLATE_NOOP("Core", "leaves nothing to train on: validation and test together must stay below 1"),
    QT_TRANSLATE_NOOP("Core", "%1 heads do not divide the width %2"),
    QT_TRANSLATE_NOOP(
        "Core", "patches of %1 x %2 pixels do not fill a picture of %3 x %4 evenly; sides next to it that do: %5"),
    QT_TRANSLATE_NOOP("Core", "Patches of %1 x %2 pixels do not fill a picture of %3 x %4 evenly"),
    QT_TRANSLATE_NOOP("Core", "Set backbone.patch to a side that does: %1"),
    QT_TRANSLATE_NOOP("Core", "A picture of one patch leaves nothing to fill in"),
    QT_TRANSLATE_NOOP("Core", "Set backbone.patch to less than the picture's height or width"),
    QT_TRANSLATE_NOOP("Core", "%1 key-value heads do not divide the %2 heads"),
    QT_TRANSLATE_NOOP("Core", "%1 groups do not divide %2 channels; use %3"),
    QT_TRANSLATE_NOOP("Core", "a layer norm of one value leaves nothing of it; use more, or another norm"),
    QT_TRANSLATE_NOOP("Core",
                      "Group normalisation of %1 channels at one place in as many groups leaves nothing: each group "
                      "holds one value, which is its own mean"),
    QT_TRANSLATE_NOOP(
        "Core",
        "Group normalisation of %1 channels at one place in as many groups leaves nothing: each group holds one value, "
        "which is its own mean; set backbone.groups to %2 or fewer, or another backbone.norm"),
    QT_TRANSLATE_NOOP("Core", "Set backbone.groups to %1 or fewer, or another backbone.norm"),
    QT_TRANSLATE_NOOP("Core", "Set another backbone.norm"),
    QT_TRANSLATE_NOOP("Core", "fewer than the %1 channels of the first stage; use %2 or more, or 0"),
    QT_TRANSLATE_NOOP("Core", "must be numbers from 1 to %1 with commas between them, such as 3,4,6,3, or empty"),
    QT_TRANSLATE_NOOP("Core", "has %1 numbers for %2 stages; give one for each, or set backbone.stages to %3"),
    QT_TRANSLATE_NOOP("Core", "Nothing is left of a picture of %1 x %2 pixels after %3 stages that halve it each"),
    QT_TRANSLATE_NOOP("Core",
                      "Nothing is left of a picture of %1 x %2 pixels after %3 stages that halve it each; set "
                      "backbone.stages to %4 or fewer, or backbone.pooling=stride, which always leaves a pixel"),
    QT_TRANSLATE_NOOP("Core",
                      "Set backbone.stages to %1 or fewer, or backbone.pooling=stride, which always leaves a pixel"),
    QT_TRANSLATE_NOOP("Core", "An adapter of rank %1 is above the rank %2 of the weight that it stands beside"),
    QT_TRANSLATE_NOOP("Core", "Set start.rank to %1 or less, or name other start.projections"),
    QT_TRANSLATE_NOOP("Core", "needs a momentum above 0"),
    QT_TRANSLATE_NOOP("Core", "%1 needs %2, which nothing offers as it is set"),
    QT_TRANSLATE_NOOP("Core", "%1 needs %2, which nothing offers as it is set; %3 does"),
    QT_TRANSLATE_NOOP("Core", "must be at most noise_steps (%1)"),
    QT_TRANSLATE_NOOP("Core", "This model draws no pictures out of nothing"),
    QT_TRANSLATE_NOOP("Core", "Name a run whose objective does, such as vae"),
    QT_TRANSLATE_NOOP("Core", "%1 needs %2, which nothing offers as it is set; set backbone.attention to auto"),
    QT_TRANSLATE_NOOP("Core",
                      "%1 cannot be set here: a pilot is scored on a test part, which the split %2 does not have"),
    QT_TRANSLATE_NOOP("Core", "%1 cannot be set here: %2"),
    QT_TRANSLATE_NOOP("Core", "a pilot is scored on a test part, and no file is named for it"),
    QT_TRANSLATE_NOOP("Core", "a pilot is scored on the test part, so it must not be empty"),
    QT_TRANSLATE_NOOP("Core", "as set"),
    QT_TRANSLATE_NOOP("Core", "whole number"),
    QT_TRANSLATE_NOOP("Core", "number"),
    QT_TRANSLATE_NOOP("Core", "text"),
};

/// What the engine says to those who type, and what stands in its place in the window; nothing where the window needs
/// no such word.
constexpr std::pair<const char*, const char*> inTheWindow[] = {
    {"Run `groundwork-cli describe` to see every section, kind and setting", ""},
    {"Run `groundwork-cli describe %1`", ""},
    {"`groundwork-cli runs` lists the runs of a workspace", ""},
    {"`groundwork-cli rebuild` makes it again from the folders of the runs, or from a backup",
     QT_TRANSLATE_NOOP("Core", "Start Groundwork again: it offers to make the history again, or to take a backup")},
    {"`groundwork-cli rebuild` makes the history again from the folders of the runs", ""},
    {"`groundwork-cli rebuild` makes it again from their folders", ""},
    {"`groundwork-cli pilots` lists them", ""},
    {"Free some space, or choose another workspace with --workspace",
     QT_TRANSLATE_NOOP("Core", "Free some space, or choose another workspace")},
    {"Change its permissions, free some space, or choose another workspace with --workspace; looking at it goes on",
     QT_TRANSLATE_NOOP("Core",
                       "Change its permissions, free some space, or choose another workspace; looking at it goes on")},
    {"Take it out first: groundwork-cli restore RUN",
     QT_TRANSLATE_NOOP("Core", "Take it out first, on the page of all runs")},
    {"Extend it: groundwork-cli extend RUN --set training.budget=...",
     QT_TRANSLATE_NOOP("Core", "Train it longer, on its page")},
    {"Let the model predict again: groundwork-cli predict",
     QT_TRANSLATE_NOOP("Core", "Evaluate the model again, on its run's page")},
    {"Choose another name, or say --replace where it may go", QT_TRANSLATE_NOOP("Core", "Choose another name")},
    {"Choose another name with --name", QT_TRANSLATE_NOOP("Core", "Choose another name")},
    {"Give another name with --name", QT_TRANSLATE_NOOP("Core", "Choose another name")},
    {"Give another name with --name; its results stay as they are",
     QT_TRANSLATE_NOOP("Core", "Choose another name; its results stay as they are")},
    {"Choose another split, or --folds for a cross-validation",
     QT_TRANSLATE_NOOP("Core", "Choose another split, or folds for a cross-validation")},
    {"Say how it is to be read: --set dataset.format=plain, and dataset.documents where a document is not a file",
     QT_TRANSLATE_NOOP("Core", "Choose files of the same format")},
    {"Say how it is to be read: --set dataset.format=jsonl --set dataset.json_field=..., or dataset.format=plain for "
     "the JSON as it stands",
     QT_TRANSLATE_NOOP("Core", "Choose files of the same format")},
    {"Put the old files back, or say --changed-data to score them as they are now",
     QT_TRANSLATE_NOOP("Core", "Put the old files back, or name the files as other data")},
    {"Its files are read in another way than they were; train again, or say --changed-data to score them as they are "
     "now",
     QT_TRANSLATE_NOOP("Core",
                       "Its files are read in another way than they were; train again, or name them as other data")},
    {"Give other data with --data, or a split with a %1 part",
     QT_TRANSLATE_NOOP("Core", "Give other data, or a split with a %1 part")},
    {"rate_scale: %1 -> %2", QT_TRANSLATE_NOOP("Core", "Learning rate ×: %1 → %2")},
    {"clip: %1 -> %2", QT_TRANSLATE_NOOP("Core", "Gradient clipping: %1 → %2")},
    {"evaluation_every: %1 -> %2", QT_TRANSLATE_NOOP("Core", "Evaluate every: %1 → %2")},
    {"saving_every: %1 -> %2", QT_TRANSLATE_NOOP("Core", "Save every: %1 → %2")},
    {"Runs keep it where they are evaluated and saving.keep_best is true; leave out --best to take the run's weights",
     QT_TRANSLATE_NOOP("Core", "Runs keep it where they are evaluated and “keep the best” is on")},
};

struct Form {
    const char* text;
    QRegularExpression pattern;
    const char* window = nullptr;  ///< what is said instead
};

QRegularExpression patternOf(const char* form) {
    QString pattern = QRegularExpression::escape(QString::fromUtf8(form));
    pattern.replace(QRegularExpression(QStringLiteral("\\\\?%(\\d)")), QStringLiteral("(?<v\\1>.+)"));
    return QRegularExpression(QRegularExpression::anchoredPattern(pattern),
                              QRegularExpression::DotMatchesEverythingOption);
}

const std::vector<Form>& compiled() {
    static const std::vector<Form> all = [] {
        std::vector<Form> out;
        for (const char* form : forms) out.push_back({form, patternOf(form), form});
        const auto add = [&out](const auto& texts) {
            for (const char* form : texts) out.push_back({form, patternOf(form), form});
        };
        add(run_texts());
        add(say::progress_texts);
        add(say::curation_texts);
        add(say::bench_texts);
        for (const auto& [typed, window] : inTheWindow) out.push_back({typed, patternOf(typed), window});
        // Those with fewer places for values are the more special ones.
        std::stable_sort(out.begin(), out.end(), [](const Form& a, const Form& b) {
            return a.pattern.captureCount() < b.pattern.captureCount();
        });
        return out;
    }();
    return all;
}

/// What stands in the place of a value: how copies are alike, "2 word for word, 1 but for case, ...", and other words
/// that are known; a value as it is otherwise.
QString wordText(const QString& value) {
    static const QRegularExpression share(QStringLiteral("^(.+) \\(of a share of (\\S+) % that was compared\\)$"));
    static const QRegularExpression both(
        QStringLiteral("^([0-9,]+) (word for word|pixel for pixel), ([0-9,]+) but for [a-z, ]+$"));
    if (const auto match = share.match(value); match.hasMatch())
        return QCoreApplication::translate("Core", "%1 (of a share of %2 % that was compared)")
            .arg(wordText(match.captured(1)), match.captured(2));
    if (const auto match = both.match(value); match.hasMatch())
        return (match.captured(2).startsWith(QLatin1Char('p'))
                    ? QCoreApplication::translate("Core",
                                                  "%1 pixel for pixel, %2 but for brightness, contrast or compression")
                    : QCoreApplication::translate("Core",
                                                  "%1 word for word, %2 but for case, white space or punctuation"))
            .arg(match.captured(1), match.captured(3));
    return QCoreApplication::translate("Core", value.toUtf8().constData());
}

/// Where examples stand, "(row 3 of a.tsv and row 7 of b.tsv)", in the window's language.
QString placesText(QString text) {
    static const QRegularExpression together(
        QStringLiteral("\\(row [0-9,]+ of [^()]+(?: and row [0-9,]+ of [^()]+)*\\)"));
    static const QRegularExpression one(QStringLiteral("^row ([0-9,]+) of (.+)$"));
    qsizetype from = 0;
    for (auto match = together.match(text); match.hasMatch(); match = together.match(text, from)) {
        QStringList places;
        for (const QString& place :
             match.captured().mid(1, match.capturedLength() - 2).split(QStringLiteral(" and row "))) {
            const QString whole = place.startsWith(QLatin1String("row ")) ? place : QStringLiteral("row ") + place;
            const auto parts = one.match(whole);
            places << QCoreApplication::translate("Core", "row %1 of %2").arg(parts.captured(1), parts.captured(2));
        }
        const QString said =
            QLatin1Char('(') + places.join(QCoreApplication::translate("Core", " and ")) + QLatin1Char(')');
        text.replace(match.capturedStart(), match.capturedLength(), said);
        from = match.capturedStart() + said.size();
    }
    return text.replace(QStringLiteral("); there: "), QCoreApplication::translate("Core", "); there: "))
        .replace(QStringLiteral("; there: "), QCoreApplication::translate("Core", "; there: "));
}

/// What is wrong with a spec, "optimizer.lr: must be ..." a line, with the fields called as in the forms.
QString settingsText(const QString& text) {
    static const QRegularExpression problem(QStringLiteral("^([a-z_]+(?:\\.[a-z_0-9]+)?): (.+)$"));
    QStringList lines;
    for (const QString& line : text.split(QLatin1Char('\n'))) {
        const auto match = problem.match(line);
        const std::string path = ss(match.captured(1));
        if (!match.hasMatch() || !find_family(path.substr(0, path.find('.')))) return text;
        lines << QCoreApplication::translate("Core", "%1: %2")
                     .arg(fieldText({}, path), messageText(ss(match.captured(2))));
    }
    return lines.join(QLatin1Char('\n'));
}

}  // namespace

QString messageText(const std::string& english) {
    const QString text = qs(english);
    const bool asItIs = Language::instance().current() == QLatin1String("en");
    for (const Form& form : compiled()) {
        if (asItIs && form.window == form.text) continue;
        const auto match = form.pattern.match(text);
        if (!match.hasMatch()) continue;
        if (!*form.window) return {};
        QString out = QCoreApplication::translate("Core", form.window);
        for (int i = 1; i <= form.pattern.captureCount(); ++i) {
            const QString value = match.captured(QStringLiteral("v%1").arg(i));
            out.replace(QStringLiteral("%%1").arg(i), wordText(value));
        }
        return withSettingNames(placesText(out));
    }
    return withSettingNames(settingsText(text));
}

QString errorText(const Error& error) {
    QString text = messageText(error.message);
    for (const std::string& place : error.where)
        if (!place.starts_with("option --")) text += QStringLiteral("\n  ") + qs(place);
    if (const QString hint = messageText(error.hint); !hint.isEmpty()) text += QStringLiteral("\n  ") + hint;
    return text;
}

QString errorHtml(const Error& error) {
    return errorText(error).toHtmlEscaped().replace(QLatin1Char('\n'), QStringLiteral("<br>"));
}

QString linesText(const std::string& english) {
    QStringList lines;
    for (const QString& line : qs(english).split(QLatin1Char('\n'))) {
        const QString bare = line.trimmed();
        lines << QString(line.size() - bare.size(), QLatin1Char(' ')) + messageText(ss(bare));
    }
    return lines.join(QLatin1Char('\n'));
}

}  // namespace gw::ui
