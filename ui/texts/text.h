#pragma once
#include <QString>
#include <QStringList>
#include <optional>
#include <string>
#include <string_view>

namespace gw::ui {

inline QString qs(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}
inline std::string ss(const QString& text) {
    return text.toStdString();
}

/// A text of a sheet or a family in the language of the window.
QString sheetText(std::string_view text);

/// 1234567 -> "1 234 567", grouped by thin spaces.
QString countText(std::int64_t n);
/// 10700000 -> "10.7 M": three significant digits.
QString shortCount(double n);
/// Four significant digits, or a dash when there is none.
QString valueText(const std::optional<double>& value, int digits = 4);
QString bytesText(double bytes);
QString secondsText(double seconds);
/// "1 run", "14 runs": `many` has a %1.
QString plural(std::int64_t n, const QString& one, const QString& many);
/// Names without what all of them share, where that is much, so that what tells them apart can be read: "… lr 3e-3" and
/// "… lr 1e-3" of "shakespeare 2×64 · lr 3e-3" and "shakespeare 2×64 · lr 1e-3". A value keeps the word before it,
/// which is its field's name.
QStringList tellingNames(const QStringList& names);
/// "2026-01-31T12:34:56Z" -> local time: "12:34" today, "31 Jan 12:34" this year, else with the year.
QString timeText(const std::string& utc);

}  // namespace gw::ui
