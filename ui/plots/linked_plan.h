#pragma once
#include <QString>
#include <string>
#include <vector>

#include "store/records.h"

namespace gw::ui {

/// A curve of one of a run's plots.
struct PlannedCurve {
    std::string metric;
    int color = 0;            ///< of the theme's curves
    bool dots = false;        ///< evaluations, a dot each; otherwise what is recorded at every step
    bool smoothed = false;    ///< a moving mean is drawn over the recorded values
    bool mayBeAbsent = true;  ///< stands in the legend only when there is one
};

/// One of the plots that stand one above the other.
struct PlannedPlot {
    QString title;
    std::vector<PlannedCurve> curves;
    double stretch = 1;
    bool logarithmic = true;  ///< may be: a learning rate never is
    bool fromZero = false;    ///< the axis begins there
    int digits = 4;           ///< of the current values
    QString nothing;          ///< stands in the place of axes while there is nothing to draw
};

/// The loss; below it what else a run is judged by, as its objective's sheet says (perplexity where the loss is a code
/// length, else the main metric, else accuracy, else nothing); the gradient norm and the learning rate.
std::vector<PlannedPlot> plotsOf(const RunRecord& run);

/// What is read of the history and kept of a living run: what is drawn, and what the page tells of.
std::vector<std::string> keptMetrics(const RunRecord& run);

inline constexpr const char *trainLoss = "train/loss", *validationLoss = "validation/loss",
                            *validationCriterion = "validation/criterion", *parentLoss = "parent/loss",
                            *gradientNorm = "train/grad_norm", *learningRate = "train/lr";

}  // namespace gw::ui
