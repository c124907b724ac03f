#include "ui/texts/text.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QSet>
#include <cmath>

#include "util/text.h"

namespace gw::ui {

QString sheetText(std::string_view text) {
    return QCoreApplication::translate("Sheet", std::string(text).c_str());
}

QString countText(std::int64_t n) {
    return qs(grouped(n, "\xe2\x80\x89"));
}

QString shortCount(double n) {
    return qs(short_count(n, "\xe2\x80\x89"));  // a thin space
}

QString valueText(const std::optional<double>& value, int digits) {
    if (!value) return QStringLiteral("–");
    if (!std::isfinite(*value)) return std::isnan(*value) ? QStringLiteral("NaN") : QStringLiteral("∞");
    return qs(significant(*value, digits));
}

QString bytesText(double bytes) {
    return qs(byte_text(static_cast<std::uint64_t>(std::max(0.0, bytes))));
}

QString secondsText(double seconds) {
    QStringList words = qs(duration_text(seconds)).split(QLatin1Char(' '));
    static const std::pair<const char*, const char*> units[] = {{"d", QT_TRANSLATE_NOOP("Unit", "d")},
                                                                {"h", QT_TRANSLATE_NOOP("Unit", "h")},
                                                                {"min", QT_TRANSLATE_NOOP("Unit", "min")},
                                                                {"s", QT_TRANSLATE_NOOP("Unit", "s")}};
    for (QString& word : words)
        for (const auto& [unit, text] : units)
            if (word == QLatin1String(unit)) word = QCoreApplication::translate("Unit", text);
    return words.join(QLatin1Char(' '));
}

QString plural(std::int64_t n, const QString& one, const QString& many) {
    return n == 1 ? one : many.arg(countText(n));
}

QStringList tellingNames(const QStringList& names) {
    constexpr qsizetype worthIt = 8;
    const QString separator = QStringLiteral(" · ");
    if (names.size() < 2) return names;
    // Names are made of parts; what every name has is left out, wherever it stands.
    QStringList shared = names.front().split(separator);
    for (const QString& name : names) {
        const QStringList parts = name.split(separator);
        shared.removeIf([&](const QString& part) { return !parts.contains(part); });
    }
    QStringList rest;  // empty: of a name that is nothing but what all share, which stays whole
    for (const QString& name : names) {
        QStringList parts = name.split(separator);
        parts.removeIf([&](const QString& part) { return shared.contains(part); });
        rest << parts.join(separator);
    }
    // Then whole words at the beginning, but for the last of them: "rate" of "rate 0.001" and "rate 0.003".
    std::optional<QString> common;
    for (const QString& name : rest) {
        if (name.isEmpty()) continue;
        if (!common) common = name;
        qsizetype same = 0;
        while (same < common->size() && same < name.size() && (*common)[same] == name[same]) ++same;
        common->truncate(same);
    }
    if (!common) return names;
    common->truncate(common->lastIndexOf(QLatin1Char(' ')));
    common->truncate(common->lastIndexOf(QLatin1Char(' ')) + 1);
    QStringList out;
    for (qsizetype i = 0; i < names.size(); ++i) {
        const QString telling = rest[i].mid(common->size());
        if (telling.isEmpty())
            out << names[i];
        else if (names[i].size() - telling.size() < worthIt)
            return names;  // little is won
        else
            out << QStringLiteral("… ") + telling;
    }
    return QSet<QString>(out.begin(), out.end()).size() == out.size() ? out : names;
}

QString timeText(const std::string& utc) {
    const QDateTime time = QDateTime::fromString(qs(utc), Qt::ISODate).toLocalTime();
    if (!time.isValid()) return QStringLiteral("–");
    const QDate today = QDate::currentDate();
    if (time.date() == today) return time.toString(QStringLiteral("HH:mm"));
    // The order of day, month and year is the language's.
    return QLocale().toString(time, time.date().year() == today.year()
                                        ? QCoreApplication::translate("Time", "d MMM HH:mm")
                                        : QCoreApplication::translate("Time", "d MMM yyyy"));
}

}  // namespace gw::ui
