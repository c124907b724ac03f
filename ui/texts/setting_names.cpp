#include "ui/texts/setting_names.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include "ui/texts/field_help.h"
#include "ui/texts/text.h"

namespace gw::ui {

QString withSettingNames(const QString& sentence) {
    // A value ends where its sentence does: at a space, or at a sign that something follows.
    static const QRegularExpression path(
        QStringLiteral("(?<![\\w./-])([a-z_]+\\.[a-z_0-9]+)(?![\\w/])(?:=([^\\s,;:()]*[^\\s,;:().]))?"));
    QString out;
    qsizetype at = 0;
    for (auto it = path.globalMatch(sentence); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        const std::string name = ss(match.captured(1));
        const bool isKind = name.ends_with(".kind") && find_family(name.substr(0, name.find('.')));
        if (!rowAt({}, name) && !isKind) continue;
        out += sentence.mid(at, match.capturedStart() - at) +
               QCoreApplication::translate("Core", "“%1”").arg(fieldText({}, name));
        if (match.hasCaptured(2)) {
            const QString value = match.captured(2);
            const Json meant = value == QLatin1String("true")    ? Json(true)
                               : value == QLatin1String("false") ? Json(false)
                                                                 : Json(ss(value));
            out += QStringLiteral(" = ") + settingText({}, name, meant);
        }
        at = match.capturedEnd();
    }
    return out + sentence.mid(at);
}

}  // namespace gw::ui
