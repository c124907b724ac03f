#include "ui/shell/theme.h"

#include <QApplication>
#include <QFile>
#include <QGuiApplication>
#include <QPainter>
#include <QPalette>
#include <QSettings>
#include <QStyleFactory>
#include <QStyleHints>
#include <QSvgRenderer>
#include <array>

#include "ui/shell/style_sheet.h"

/// The linker leaves resources of a static library out unless somebody asks for them; must stand outside of all
/// namespaces.
static void loadResources() {
    Q_INIT_RESOURCE(icons);
}

namespace gw::ui {

namespace {

Tokens lightTokens() {
    return {QColor(0xF6F7F9), QColor(0xFFFFFF), QColor(0xFFFFFF), QColor(0xE1E4EA), QColor(0xC7CCD6),
            QColor(0x1B1F27), QColor(0x5B6472), QColor(0x9AA2AF), QColor(0x2F6FEB), QColor(0xFFFFFF),
            QColor(0xE6EEFE), QColor(0x1A7F4B), QColor(0x9A6400), QColor(0xC02B2B), false};
}

Tokens darkTokens() {
    return {QColor(0x16181D), QColor(0x1D2026), QColor(0x242830), QColor(0x2E333D), QColor(0x434A57),
            QColor(0xE8EAEE), QColor(0xA3ABB8), QColor(0x6B7380), QColor(0x6C9BFF), QColor(0x10131A),
            QColor(0x22304D), QColor(0x4CC38A), QColor(0xE2A336), QColor(0xFF6B6B), true};
}

QPalette paletteOf(const Tokens& t) {
    QPalette p;
    const std::array<std::pair<QPalette::ColorRole, QColor>, 16> roles{{{QPalette::Window, t.window},
                                                                        {QPalette::WindowText, t.text},
                                                                        {QPalette::Base, t.surface},
                                                                        {QPalette::AlternateBase, t.window},
                                                                        {QPalette::Text, t.text},
                                                                        {QPalette::Button, t.raised},
                                                                        {QPalette::ButtonText, t.text},
                                                                        {QPalette::BrightText, t.bad},
                                                                        {QPalette::Highlight, t.accent},
                                                                        {QPalette::HighlightedText, t.onAccent},
                                                                        {QPalette::ToolTipBase, t.raised},
                                                                        {QPalette::ToolTipText, t.text},
                                                                        {QPalette::PlaceholderText, t.muted},
                                                                        {QPalette::Link, t.accent},
                                                                        {QPalette::Mid, t.lineStrong},
                                                                        {QPalette::Light, t.line}}};
    for (const auto& [role, color] : roles) p.setColor(role, color);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        p.setColor(QPalette::Disabled, role, t.disabled);
    return p;
}

/// What the system prefers. Qt before 6.5 tells it by nothing but the palette, which is the system's again as soon as
/// the application has none of its own.
bool askSystem() {
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    if (QGuiApplication::styleHints()->colorScheme() != Qt::ColorScheme::Unknown)
        return QGuiApplication::styleHints()->colorScheme() == Qt::ColorScheme::Dark;
#endif
    const QPalette ours = QGuiApplication::palette();
    QApplication::setPalette(QPalette());
    const QPalette its = QGuiApplication::palette();
    QApplication::setPalette(ours);
    return its.color(QPalette::Window).lightness() < its.color(QPalette::WindowText).lightness();
}

QFont sized(int pixels, QFont::Weight weight) {
    QFont font = QApplication::font();
    font.setPixelSize(pixels);
    font.setWeight(weight);
    return font;
}

}  // namespace

QColor Tokens::curve(int index) const {
    static const std::array<QRgb, 6> onLight{0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xE69F00, 0x56B4E9};
    static const std::array<QRgb, 6> onDark{0x4DA6E0, 0xF28A3C, 0x3CC79B, 0xE09FC4, 0xF2BC4A, 0x8ACDF2};
    return QColor((dark ? onDark : onLight)[static_cast<std::size_t>(index) % onLight.size()]);
}

Tokens Theme::lightColors() {
    return lightTokens();
}

Theme& Theme::instance() {
    static Theme theme;
    return theme;
}

Theme::Theme() : systemIsDark(askSystem), tokens_(lightTokens()) {
    const QString chosen = QSettings().value(QStringLiteral("theme"), QStringLiteral("system")).toString();
    mode_ = chosen == QLatin1String("light")  ? Mode::light
            : chosen == QLatin1String("dark") ? Mode::dark
                                              : Mode::system;
    loadResources();
    systemDark_ = systemIsDark();
    qApp->installEventFilter(this);
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, this, &Theme::followSystem);
#endif
}

void Theme::setMode(Mode mode, bool remember) {
    mode_ = mode;
    if (mode == Mode::system) systemDark_ = systemIsDark();
    if (remember)
        QSettings().setValue(QStringLiteral("theme"), mode == Mode::light  ? QStringLiteral("light")
                                                      : mode == Mode::dark ? QStringLiteral("dark")
                                                                           : QStringLiteral("system"));
    apply();
}

bool Theme::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::ThemeChange) followSystem();  // the window system tells every window
    return QObject::eventFilter(watched, event);
}

void Theme::followSystem() {
    systemDark_ = systemIsDark();
    if (wantsDark() != tokens_.dark) apply();
}

void Theme::cycle() {
    const bool dark = !tokens_.dark;
    setMode(dark == systemDark_ ? Mode::system : dark ? Mode::dark : Mode::light);
}

void Theme::apply() {
    tokens_ = wantsDark() ? darkTokens() : lightTokens();
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    QApplication::setPalette(paletteOf(tokens_));
    QFont font = QApplication::font();
    font.setPixelSize(13);
    QApplication::setFont(font);
    qApp->setStyleSheet(styleSheetOf(tokens_));
    Q_EMIT changed();
}

QFont Theme::numberFont() {
    QFont font = sized(13, QFont::Normal);
#if QT_VERSION >= QT_VERSION_CHECK(6, 7, 0)
    font.setFeature("tnum", 1);
#endif
    return font;  // Qt 6.4 cannot ask for the feature; the sans faces of Linux desktops have digits of one width as
                  // they are
}
QFont Theme::smallFont() {
    return sized(12, QFont::Normal);
}

QIcon Theme::icon(const QString& name) {
    QFile file(QStringLiteral(":/icons/") + name + QStringLiteral(".svg"));
    if (!file.open(QIODevice::ReadOnly)) return {};
    const QByteArray drawing = file.readAll();
    QIcon icon;
    auto add = [&](const QColor& color, QIcon::Mode mode) {
        QByteArray tinted = drawing;
        tinted.replace("currentColor", color.name().toUtf8());
        QSvgRenderer renderer(tinted);
        for (const int size : {20, 40}) {
            QPixmap pixmap(size, size);
            pixmap.fill(Qt::transparent);
            QPainter painter(&pixmap);
            renderer.render(&painter);
            icon.addPixmap(pixmap, mode);
        }
    };
    const Tokens& t = Theme::instance().tokens();
    add(t.text, QIcon::Normal);
    add(t.disabled, QIcon::Disabled);
    add(t.accent, QIcon::Selected);
    return icon;
}

}  // namespace gw::ui
