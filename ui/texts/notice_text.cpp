#include "ui/texts/notice_text.h"

#include <QCoreApplication>
#include <QStringList>
#include <map>

#include "ui/shell/theme.h"
#include "ui/texts/message_text.h"
#include "ui/texts/text.h"

namespace gw::ui {

bool isGrave(const Notice& notice) {
    return notice.kind == "leak" || notice.kind == "save_failed";
}

QColor noticeColor(const Notice& notice, bool isNew) {
    return !isNew ? tokens().muted : isGrave(notice) ? tokens().bad : tokens().warn;
}

QString noticeWord(const std::string& kind) {
    return kind == "leak"          ? QCoreApplication::translate("Notice", "Leak")
           : kind == "save_failed" ? QCoreApplication::translate("Notice", "Not saved")
           : kind == "alert"       ? QCoreApplication::translate("Notice", "Alert")
                                   : QCoreApplication::translate("Notice", "Warning");
}

QString noticeText(const Notice& notice) {
    const QString text = messageText(notice.text);
    return notice.count > 1 ? QCoreApplication::translate("Notice", "%1 (%2 times)").arg(text, countText(notice.count))
                            : text;
}

QString noticeCounts(const std::vector<Notice>& notices) {
    std::map<std::string, std::int64_t> counts;
    for (const Notice& notice : notices) counts[notice.kind] += notice.count;
    QStringList out;
    auto add = [&](const char* kind, const QString& one, const QString& many) {
        if (counts.contains(kind)) out << plural(counts[kind], one, many);
    };
    add("leak", QCoreApplication::translate("Notice", "1 leak"), QCoreApplication::translate("Notice", "%1 leaks"));
    add("save_failed", QCoreApplication::translate("Notice", "1 failed save"),
        QCoreApplication::translate("Notice", "%1 failed saves"));
    add("warning", QCoreApplication::translate("Notice", "1 warning"),
        QCoreApplication::translate("Notice", "%1 warnings"));
    add("alert", QCoreApplication::translate("Notice", "1 alert"), QCoreApplication::translate("Notice", "%1 alerts"));
    return out.join(QCoreApplication::translate("Notice", ", "));
}

}  // namespace gw::ui
