#pragma once
#include <QObject>

// QCustomPlot's header is written with Qt's keywords, which this program does without: LibTorch uses the word `slots`.
#define signals Q_SIGNALS
#define slots Q_SLOTS
#define foreach Q_FOREACH
#define emit
#include <qcustomplot.h>
#undef signals
#undef slots
#undef foreach
#undef emit
