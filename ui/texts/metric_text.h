#pragma once
#include <QString>
#include <string>

#include "store/records.h"
#include "ui/texts/unit_text.h"

namespace gw::ui {

/// "validation/loss" -> "Loss of the validation part", in the language of the window; metrics of layers keep their
/// names. `counted`: by the runs whose metric it is.
QString metricText(const std::string& metric, Counted counted = Unit::tokens);

/// A value of the metric that a run is judged by, which is named unless it is the loss: "0.735 Accuracy".
QString scoreText(const RunRecord& run, const std::optional<double>& value);
/// The same of a checkpoint's weights; "≈" before one that was measured on a part of the validation texts.
QString scoreText(const CheckpointRecord& checkpoint, bool ofAPart);
/// Whether what is measured while a run is trained is of a part of its validation texts; its last figures may be of all
/// of them.
bool scoresOfAPart(const RunRecord& run);

}  // namespace gw::ui
