#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "eval/predictions.h"

namespace gw {

/// Counts of (true class, guessed class); row-major [C, C].
struct Confusion {
    std::int64_t classes = 0;
    std::vector<std::int64_t> counts;
    std::int64_t at(std::int64_t truth, std::int64_t guess) const {
        return counts[static_cast<std::size_t>(truth * classes + guess)];
    }
};
Confusion confusion_of(const Predictions& predictions);

/// Quality of one class against all others.
struct ClassScore {
    std::string name;
    std::int64_t support = 0;                          ///< rows that truly are of this class
    double precision = 0, recall = 0, f1 = 0;          ///< 0 where nothing was guessed or nothing is true
    bool guessed = false;                              ///< whether any row is guessed to be of this class
    std::optional<double> roc_auc, average_precision;  ///< nothing when all rows or none are of this class
};
std::vector<ClassScore> class_scores(const Predictions& predictions);

/// Points of a curve as a threshold falls; x and y in [0, 1].
struct ScorePoint {
    double x = 0, y = 0, threshold = 0;
};
/// False positive rate against true positive rate of one class.
std::vector<ScorePoint> roc_curve(const Predictions& predictions, std::int64_t of_class);
/// Recall against precision of one class.
std::vector<ScorePoint> precision_recall_curve(const Predictions& predictions, std::int64_t of_class);

/// How often the model is right when it says how sure it is.
struct CalibrationBin {
    double confidence = 0, accuracy = 0;  ///< means
    std::int64_t rows = 0;
};
/// `bins` of equal width over the probability of the guess (Guo et al. 2017, arXiv:1706.04599, section 2); empty ones
/// have no rows.
std::vector<CalibrationBin> calibration(const Predictions& predictions, int bins = 10);
double expected_calibration_error(const std::vector<CalibrationBin>& bins);

/// Area under the ROC curve: the chance that a row of the class scores above one that is not, ties counting half
/// (Hanley and McNeil 1982).
std::optional<double> roc_auc(const std::vector<double>& scores, const std::vector<bool>& truth);
/// Sum over thresholds of (recall step) x precision.
std::optional<double> average_precision(const std::vector<double>& scores, const std::vector<bool>& truth);

/// All metrics of a task, by the names of task_metric_names(); schema/metric.h says what each is. Of two classes
/// roc_auc and average_precision are those of the second. Means called macro are over the classes that rows truly have,
/// those called macro_all over the classes that rows have or are guessed to have (as scikit-learn). What is undefined
/// is left out.
std::map<std::string, double> task_metrics(const Predictions& predictions);

}  // namespace gw
