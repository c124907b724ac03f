#include "schema/metric.h"

#include <array>

#include "util/phrase.h"

namespace gw {

namespace {

// Macro means are taken over the classes that stand in the truth; with "guessed classes too" over those that stand in
// truth or guesses, as scikit-learn does when it is given no list of labels.
constexpr bool another_average = true;
constexpr MetricRange unbounded, from_0_to_1{0, 1}, from_0{.least = 0}, from_1{.least = 1}, up_to_1{.most = 1};
constexpr std::array all{
    Metric{"loss", GW_TEXT("Loss"), Better::lower, "nats", unbounded,
           GW_TEXT("Mean loss of what is counted: tokens, texts or words")},
    Metric{"criterion", GW_TEXT("Training criterion"), Better::lower, "", unbounded,
           GW_TEXT("What training minimises, with smoothing, weights and margins; runs with other settings of it "
                   "cannot be compared by it")},
    Metric{"cross_entropy", GW_TEXT("Cross entropy"), Better::lower, "nats", from_0,
           GW_TEXT("Of the text alone, where training minimises more than that")},
    Metric{"distillation", GW_TEXT("Distance from the teacher"), Better::lower, "nats", from_0,
           GW_TEXT("Divergence of what is said from what the teacher says, at the temperature of training")},
    Metric{"perplexity", GW_TEXT("Perplexity"), Better::lower, "", from_1, GW_TEXT("Exponential of the loss a token")},
    Metric{"bits_per_byte", GW_TEXT("Bits per byte"), Better::lower, "bits", from_0,
           GW_TEXT("Code length of the text; does not depend on the tokenizer")},
    Metric{"nats_per_byte", GW_TEXT("Nats per byte"), Better::lower, "nats", from_0,
           GW_TEXT("The same in natural units")},
    Metric{"accuracy", GW_TEXT("Accuracy"), Better::higher, "share", from_0_to_1,
           GW_TEXT("Share of likeliest guesses that are right; of sets, of whole sets")},
    Metric{"balanced_accuracy", GW_TEXT("Balanced accuracy"), Better::higher, "share", from_0_to_1,
           GW_TEXT("Mean over classes of the share of their rows that is found")},
    Metric{"precision_macro", GW_TEXT("Precision (macro)"), Better::higher, "share", from_0_to_1,
           GW_TEXT("Mean over the true classes of the share of guesses that are right")},
    Metric{"precision_micro", GW_TEXT("Precision (micro)"), Better::higher, "share", from_0_to_1,
           GW_TEXT("Share of all guessed labels that are right"), another_average},
    Metric{"precision_weighted", GW_TEXT("Precision (weighted)"), Better::higher, "share", from_0_to_1,
           GW_TEXT("Mean over classes, each by its share of the rows"), another_average},
    Metric{"recall_macro", GW_TEXT("Recall (macro)"), Better::higher, "share", from_0_to_1,
           GW_TEXT("Mean over the true classes of the share of their rows that is found")},
    Metric{"recall_micro", GW_TEXT("Recall (micro)"), Better::higher, "share", from_0_to_1,
           GW_TEXT("Share of all true labels that are found"), another_average},
    Metric{"recall_weighted", GW_TEXT("Recall (weighted)"), Better::higher, "share", from_0_to_1,
           GW_TEXT("Mean over classes, each by its share of the rows"), another_average},
    Metric{"f1_macro", GW_TEXT("F1 (macro)"), Better::higher, "share", from_0_to_1,
           GW_TEXT("Mean over the true classes of the harmonic mean of precision and recall")},
    Metric{"precision_macro_all", GW_TEXT("Precision (macro, guessed classes too)"), Better::higher, "share",
           from_0_to_1, GW_TEXT("The same over classes that are true or guessed, as scikit-learn takes it"),
           another_average},
    Metric{"recall_macro_all", GW_TEXT("Recall (macro, guessed classes too)"), Better::higher, "share", from_0_to_1,
           GW_TEXT("The same over classes that are true or guessed, as scikit-learn takes it"), another_average},
    Metric{"f1_macro_all", GW_TEXT("F1 (macro, guessed classes too)"), Better::higher, "share", from_0_to_1,
           GW_TEXT("The same over classes that are true or guessed, as scikit-learn takes it"), another_average},
    Metric{"f1_micro", GW_TEXT("F1 (micro)"), Better::higher, "share", from_0_to_1,
           GW_TEXT("Harmonic mean of precision and recall over all labels together"), another_average},
    Metric{"f1_weighted", GW_TEXT("F1 (weighted)"), Better::higher, "share", from_0_to_1,
           GW_TEXT("Mean over classes, each by its share of the rows"), another_average},
    Metric{"roc_auc", GW_TEXT("ROC AUC"), Better::higher, "share", from_0_to_1,
           GW_TEXT("Chance that a row of the class scores above one that is not")},
    Metric{"average_precision", GW_TEXT("Average precision"), Better::higher, "share", from_0_to_1,
           GW_TEXT("Area under precision over recall, in steps")},
    Metric{"calibration_error", GW_TEXT("Calibration error"), Better::lower, "share", from_0_to_1,
           GW_TEXT("How far confidence and accuracy lie apart, over ten bins")},
    Metric{"majority_baseline", GW_TEXT("Commonest class alone"), Better::neither, "share", from_0_to_1,
           GW_TEXT("Accuracy of always guessing the commonest class")},
    Metric{"hamming_loss", GW_TEXT("Hamming loss"), Better::lower, "share", from_0_to_1,
           GW_TEXT("Share of (row, class) answers that are wrong")},
    Metric{"rmse", GW_TEXT("RMSE"), Better::lower, "", from_0,
           GW_TEXT("Root of the mean squared error, in the labels' unit")},
    Metric{"mae", GW_TEXT("MAE"), Better::lower, "", from_0, GW_TEXT("Mean absolute error, in the labels' unit")},
    Metric{"r2", GW_TEXT("R²"), Better::higher, "share", up_to_1,
           GW_TEXT("Share of the labels' variance that is explained; 0 = their mean does as well")},
    Metric{"mape", GW_TEXT("MAPE"), Better::lower, "share", from_0,
           GW_TEXT("Mean absolute error as a share of the label; labels of 0 are left out")},
    Metric{"image_to_text_recall_1", GW_TEXT("Caption found first"), Better::higher, "share", from_0_to_1,
           GW_TEXT("Share of pictures whose caption lies nearest among all captions")},
    Metric{"image_to_text_recall_5", GW_TEXT("Caption among the first five"), Better::higher, "share", from_0_to_1,
           GW_TEXT("Share of pictures whose caption is one of the five that lie nearest")},
    Metric{"text_to_image_recall_1", GW_TEXT("Picture found first"), Better::higher, "share", from_0_to_1,
           GW_TEXT("Share of captions whose picture lies nearest among all pictures")},
    Metric{"text_to_image_recall_5", GW_TEXT("Picture among the first five"), Better::higher, "share", from_0_to_1,
           GW_TEXT("Share of captions whose picture is one of the five that lie nearest")},
    Metric{"zero_shot_accuracy", GW_TEXT("Zero-shot accuracy"), Better::higher, "share", from_0_to_1,
           GW_TEXT("Share of pictures whose caption lies nearer with the name of their class than with that of any "
                   "other, without a head that was trained on classes")},
    Metric{"log_evidence", GW_TEXT("LogME"), Better::higher, "nats", unbounded,
           GW_TEXT("Logarithm of the evidence of a linear model of the features, a label")},
    Metric{
        "feature_std", GW_TEXT("Spread of the features"), Better::neither, "", from_0_to_1,
        GW_TEXT("Mean standard deviation of a value of the features over pictures, each picture's of length 1, times "
                "the root of their number: 1 = in all directions, 0 = all alike")},
    Metric{"effective_rank", GW_TEXT("Effective rank"), Better::neither, "", from_0,
           GW_TEXT("Directions that the features take up: exponential of the entropy of their singular values")},
    Metric{"alignment", GW_TEXT("Alignment"), Better::neither, "", MetricRange{0, 4},
           GW_TEXT("Mean squared distance of the features of two views of a picture; 0 = the same")},
    Metric{"uniformity", GW_TEXT("Uniformity"), Better::neither, "", MetricRange{-8, 0},
           GW_TEXT("How evenly the features of different pictures lie on the sphere; 0 = all in one place, -4 = far "
                   "apart in all directions")},
    Metric{"reconstruction", GW_TEXT("Drawing error"), Better::lower, "", unbounded,
           GW_TEXT("How far what is drawn of a code lies from its picture or row, summed over its values")},
    Metric{"divergence", GW_TEXT("Divergence of the codes"), Better::neither, "nats", from_0,
           GW_TEXT("Of a row's code from a standard normal distribution; 0 = it says nothing of the row")},
    Metric{"sparsity", GW_TEXT("Size of the code"), Better::neither, "", from_0,
           GW_TEXT("Sum of the absolute values of a row's code")},
    Metric{"active_codes", GW_TEXT("Values of the code in use"), Better::neither, "", from_0,
           GW_TEXT("Values whose mean varies between rows by a variance of more than 0.01")},
    Metric{"frechet", GW_TEXT("Distance of what is drawn"), Better::lower, "", from_0,
           GW_TEXT("Fréchet distance of what is drawn from what is held out: of pictures as both look from afar, in a "
                   "grid of 8 x 8 fields, of rows by their values; 0 = alike in mean and covariance")},
    Metric{"drawn_spread", GW_TEXT("Spread of what is drawn"), Better::neither, "share", from_0,
           GW_TEXT("Variance of what is drawn over that of what is held out, pictures as both look from afar; near 0 = "
                   "all are drawn alike")},
    Metric{"modes_drawn", GW_TEXT("Classes that are drawn"), Better::higher, "", from_0,
           GW_TEXT("Classes of held-out rows near whose middle at least a tenth as many are drawn as are held out")},
    Metric{"near_modes", GW_TEXT("Drawn near a class"), Better::higher, "share", MetricRange{0, 1},
           GW_TEXT("Share of the drawn rows that lie within three deviations of the middle of a class of held-out "
                   "rows")},
    Metric{"generator_loss", GW_TEXT("Loss of the generator"), Better::neither, "", unbounded,
           GW_TEXT("How far its pictures are from being taken for real ones")},
    Metric{"penalty", GW_TEXT("Gradient penalty"), Better::neither, "", from_0,
           GW_TEXT("Squared slope of the score where real rows lie, before its weight")},
    Metric{"generator_grad_norm", GW_TEXT("Gradient norm of the generator"), Better::neither, "", from_0,
           GW_TEXT("Length of its gradient before clipping")},
    Metric{"naive_loss", GW_TEXT("Loss of the last value"), Better::neither, "", from_0,
           GW_TEXT("Of the forecast that repeats the last value; a model is to be below it")},
    Metric{"naive_mae", GW_TEXT("Error of the last value"), Better::neither, "", from_0,
           GW_TEXT("Mean absolute error of the forecast that repeats the last value")},
    Metric{"seasonal_loss", GW_TEXT("Loss of the last season"), Better::neither, "", from_0,
           GW_TEXT("Of the forecast that repeats the last season")},
    Metric{"seasonal_mae", GW_TEXT("Error of the last season"), Better::neither, "", from_0,
           GW_TEXT("Mean absolute error of the forecast that repeats the last season")},
    Metric{"coverage", GW_TEXT("Share inside the band"), Better::neither, "share", from_0_to_1,
           GW_TEXT("Of true values, between the outermost two quantiles of the forecast: of 0.1 and 0.9 it should be "
                   "0.8")},
    Metric{"milliseconds_per_item", GW_TEXT("Milliseconds an item"), Better::lower, "ms", from_0,
           GW_TEXT("Time of judging one item")},
    Metric{"grad_norm", GW_TEXT("Gradient norm"), Better::neither, "", from_0,
           GW_TEXT("Length of the gradient before clipping")},
    Metric{"update_ratio", GW_TEXT("Update ratio"), Better::neither, "", from_0,
           GW_TEXT("Length of a layer's update over that of its weights")},
    Metric{"dead_units", GW_TEXT("Dead units"), Better::lower, "share", from_0_to_1,
           GW_TEXT("Share of a block's units that gave nothing but zero for a whole micro-batch")},
    Metric{"lr", GW_TEXT("Learning rate"), Better::neither, "", from_0,
           GW_TEXT("Of the step, with schedule and live changes")},
    Metric{"tokens_per_second", GW_TEXT("Tokens a second"), Better::higher, "tokens/s", from_0,
           GW_TEXT("Trained on, over the last steps")},
    Metric{"data_wait", GW_TEXT("Wait for data"), Better::lower, "share", from_0_to_1,
           GW_TEXT("Share of the last steps' time that passed until their rows were there")},
    Metric{"memory_bytes", GW_TEXT("Memory in bytes"), Better::lower, "bytes", from_0,
           GW_TEXT("In use by the program; on a GPU the peak of its allocator")},
    Metric{"energy_kwh", GW_TEXT("Energy in kWh"), Better::lower, "kWh", from_0,
           GW_TEXT("Used by the machine's measured parts since the run began")},
    Metric{"processor_watts", GW_TEXT("Processor power in watts"), Better::neither, "W", from_0,
           GW_TEXT("At the moment")},
    Metric{"gpu_watts", GW_TEXT("GPU power in watts"), Better::neither, "W", from_0, GW_TEXT("At the moment")},
    Metric{"gpu_load", GW_TEXT("GPU load"), Better::neither, "share", from_0_to_1, GW_TEXT("At the moment")},
};

/// Takes the name's beginning away where it is there.
bool without(std::string_view& name, std::string_view beginning) {
    if (!name.starts_with(beginning)) return false;
    name.remove_prefix(beginning.size());
    return true;
}

}  // namespace

std::span<const Metric> metrics() {
    return all;
}

const Metric* find_metric(std::string_view recorded) {
    std::string_view name = recorded;
    if (without(name, "layers/"))
        name = name.substr(0, name.find('/'));  // a layer's name stands behind the metric's
    else if (without(name, "probe/"))
        without(name, "knn_") || without(name, "linear_");
    else if (const auto slash = name.find('/'); slash != std::string_view::npos)
        name.remove_prefix(slash + 1);
    for (const Metric& metric : all)
        if (name == metric.name) return &metric;
    return nullptr;
}

MetricRange range_of(std::string_view recorded) {
    const Metric* metric = find_metric(recorded);
    return metric ? metric->range : MetricRange{};
}

Better better_of(std::string_view recorded) {
    const Metric* metric = find_metric(recorded);
    return metric ? metric->better : Better::neither;
}

bool is_better(Better better, double value, double other) {
    return better == Better::higher ? value > other : better == Better::lower && value < other;
}

}  // namespace gw
