#pragma once
#include <QString>

#include "train/message/probe_report.h"

namespace gw::ui {

/// What a look at a checkpoint's frozen features says of new labels, as rich text: the verdict, the figures with and
/// without the checkpoint's training, and what guessing alone reaches. Of an error its text.
QString verdictHtml(const Result<ProbeReport>& found);

}  // namespace gw::ui
