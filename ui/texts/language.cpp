#include "ui/texts/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QSettings>

/// The linker leaves resources of a static library out unless somebody asks for them; must stand outside of all
/// namespaces.
static void loadTranslations() {
    Q_INIT_RESOURCE(translations);
}

namespace gw::ui {

Language& Language::instance() {
    static Language language;
    return language;
}

Language::Language() : chosen_(QSettings().value(QStringLiteral("language"), QStringLiteral("system")).toString()) {
    loadTranslations();
}

std::vector<std::pair<QString, QString>> Language::all() {
    return {{QStringLiteral("en"), QStringLiteral("English")}, {QStringLiteral("ja"), QStringLiteral("日本語")}};
}

QString Language::meant(const QString& choice) {
    return choice == QLatin1String("en") || choice == QLatin1String("ja") ? choice
           : QLocale::system().language() == QLocale::Japanese            ? QStringLiteral("ja")
                                                                          : QStringLiteral("en");
}

bool Language::set(const QString& language, bool remember) {
    if (meant(language) != current_ && mayChange && !mayChange()) return false;
    chosen_ = language;
    if (remember) QSettings().setValue(QStringLiteral("language"), language);
    apply();
    return true;
}

void Language::apply() {
    const QString wanted = meant(chosen_);
    // Dates and times too are those of the language, whatever the system's other settings say.
    QLocale::setDefault(wanted == QLatin1String("ja") ? QLocale(QLocale::Japanese) : QLocale(QLocale::English));
    if (wanted == current_) return;
    QCoreApplication::removeTranslator(&own_);
    QCoreApplication::removeTranslator(&qt_);
    current_ = wanted;
    if (wanted == QLatin1String("ja")) {
        // Qt's own texts (file dialogs, context menus of text fields) are a package of their own and may be missing.
        if (qt_.load(QStringLiteral("qtbase_ja"), QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
            QCoreApplication::installTranslator(&qt_);
        if (own_.load(QStringLiteral(":/translations/groundwork_ja.qm"))) QCoreApplication::installTranslator(&own_);
    }
    Q_EMIT changed();
}

}  // namespace gw::ui
