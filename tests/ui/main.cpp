#include <QApplication>
#include <QStandardPaths>
#include <QTest>
#include <clocale>
#include <cstdio>
#include <map>
#include <memory>

#include "ui/shell/theme.h"
#include "ui/shell/wheel_filter.h"
#include "ui/suites.h"

/// ui_tests SUITE: one suite a process, so that settings and windows of one never reach another.
int main(int argc, char** argv) {
    const QTemporaryDir settings;
    qputenv("XDG_CONFIG_HOME", settings.path().toUtf8());
    QApplication app(argc, argv);
    std::setlocale(LC_NUMERIC, "C");
    QApplication::setApplicationName(QStringLiteral("groundwork-tests"));
    QApplication::setOrganizationName(QStringLiteral("groundwork-tests"));
    app.installEventFilter(new gw::ui::WheelFilter(&app));
    gw::ui::Theme::instance().apply();
    const std::map<QString, QObject* (*)()> suites{
        {QStringLiteral("Forms"), gw::ui::formsSuite},         {QStringLiteral("Table"), gw::ui::tableSuite},
        {QStringLiteral("Plots"), gw::ui::plotsSuite},         {QStringLiteral("Window"), gw::ui::windowSuite},
        {QStringLiteral("Compare"), gw::ui::compareSuite},     {QStringLiteral("Pages"), gw::ui::pagesSuite},
        {QStringLiteral("Models"), gw::ui::modelsSuite},       {QStringLiteral("Wheel"), gw::ui::wheelSuite},
        {QStringLiteral("Telling"), gw::ui::tellingSuite},     {QStringLiteral("Pictures"), gw::ui::picturesSuite},
        {QStringLiteral("Sequences"), gw::ui::sequencesSuite}, {QStringLiteral("Clipping"), gw::ui::clippingSuite},
        {QStringLiteral("Keyboard"), gw::ui::keyboardSuite},   {QStringLiteral("Shell"), gw::ui::shellSuite},
        {QStringLiteral("Trying"), gw::ui::tryingSuite},       {QStringLiteral("Embedding"), gw::ui::embeddingSuite},
        {QStringLiteral("Looks"), gw::ui::looksSuite},         {QStringLiteral("Apart"), gw::ui::apartSuite},
        {QStringLiteral("SelfTest"), gw::ui::selfTestSuite},   {QStringLiteral("Checkup"), gw::ui::checkupSuite},
        {QStringLiteral("Rescue"), gw::ui::rescueSuite},       {QStringLiteral("Plan"), gw::ui::planSuite},
        {QStringLiteral("Scaling"), gw::ui::scalingSuite},     {QStringLiteral("Columns"), gw::ui::columnsSuite},
        {QStringLiteral("Cost"), gw::ui::costSuite},           {QStringLiteral("Datasets"), gw::ui::datasetsSuite},
        {QStringLiteral("Flight"), gw::ui::flightSuite}};
    QStringList arguments = QApplication::arguments();
    const auto suite = arguments.size() > 1 ? suites.find(arguments[1]) : suites.end();
    if (suite == suites.end()) {
        std::fputs(
            "usage: ui_tests "
            "Forms|Table|Plots|Window|Compare|Pages|Models|Wheel|Telling|Pictures|Clipping|Keyboard|Shell|Trying|"
            "Sequences|Embedding|Looks|Apart|SelfTest|Checkup|Rescue|Plan|Scaling|Columns|Cost|Datasets|Flight "
            "[QtTest "
            "options]\n",
            stderr);
        return 2;
    }
    arguments.removeAt(1);
    const std::unique_ptr<QObject> object(suite->second());
    return QTest::qExec(object.get(), arguments);
}
