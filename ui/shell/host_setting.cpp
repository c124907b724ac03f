#include "ui/shell/host_setting.h"

#include <QSettings>

namespace gw::ui {

namespace {
const QString hostKey = QStringLiteral("host"), closeKey = QStringLiteral("atClose"),
              leaveValue = QStringLiteral("leave");
}

HostChoice chosenHost() {
    const QString kept = QSettings().value(hostKey).toString();
    for (std::size_t i = 0; i < std::size(host_choices); ++i)
        if (kept == QLatin1String(host_choices[i])) return static_cast<HostChoice>(i);
    return HostChoice::automatic;
}

void chooseHost(HostChoice choice) {
    QSettings().setValue(hostKey, QString::fromLatin1(host_choices[static_cast<std::size_t>(choice)]));
}

AtClose chosenAtClose() {
    return QSettings().value(closeKey).toString() == leaveValue ? AtClose::leave : AtClose::ask;
}

void chooseAtClose(AtClose choice) {
    QSettings().setValue(closeKey, choice == AtClose::leave ? leaveValue : QStringLiteral("ask"));
}

}  // namespace gw::ui
