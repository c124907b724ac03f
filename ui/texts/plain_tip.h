#pragma once
#include <QTextDocument>

namespace gw::ui {

/// A tooltip that shows `text` as it is written: names of runs, files and classes are people's own, and Qt takes what
/// looks like markup for such.
inline QString plainTip(const QString& text) {
    return Qt::mightBeRichText(text) ? Qt::convertFromPlainText(text, Qt::WhiteSpaceNormal) : text;
}

}  // namespace gw::ui
