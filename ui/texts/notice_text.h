#pragma once
#include <QColor>
#include <QString>
#include <vector>

#include "store/notices.h"

namespace gw::ui {

/// What a notice is, in a word: "Leak".
QString noticeWord(const std::string& kind);
/// Its newest text and, where it was told several times, how often.
QString noticeText(const Notice& notice);
/// Counts of notices by their words: "1 leak, 2 warnings"; empty for none.
QString noticeCounts(const std::vector<Notice>& notices);

/// Whether it makes figures false or may lose work.
bool isGrave(const Notice& notice);
QColor noticeColor(const Notice& notice, bool isNew);

}  // namespace gw::ui
