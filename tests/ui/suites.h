#pragma once
#include <QObject>
#include <QTemporaryDir>

#include "ui/workbench.h"
#include "workspace/workspace.h"

namespace gw::ui {

/// A workspace that is gone at the end of the test.
struct TestBench {
    QTemporaryDir folder;
    Workbench workbench{Workspace::open(folder.path().toStdString()).or_throw()};
};

QObject* formsSuite();
QObject* tableSuite();
QObject* plotsSuite();
QObject* windowSuite();
QObject* compareSuite();
QObject* pagesSuite();
QObject* modelsSuite();
QObject* wheelSuite();
QObject* tellingSuite();
QObject* picturesSuite();
QObject* clippingSuite();
QObject* keyboardSuite();
QObject* shellSuite();
QObject* tryingSuite();
QObject* sequencesSuite();
QObject* embeddingSuite();
QObject* looksSuite();
QObject* apartSuite();
QObject* selfTestSuite();
QObject* checkupSuite();
QObject* flightSuite();
QObject* rescueSuite();
QObject* planSuite();
QObject* scalingSuite();
QObject* columnsSuite();
QObject* costSuite();
QObject* datasetsSuite();

}  // namespace gw::ui
