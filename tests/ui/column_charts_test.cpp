#include <QSignalSpy>
#include <QTest>
#include <QThreadPool>
#include <cmath>

#include "spec/run_spec.h"
#include "ui/forms/data_preview.h"
#include "ui/plots/forecast_plot.h"
#include "ui/shell/theme.h"
#include "ui/suites.h"
#include "ui/texts/text.h"
#include "ui/widgets/run/forecast_panel.h"
#include "util/files.h"

namespace gw::ui {

namespace {

constexpr int patience = 20000;

Json sectionOf(const char* kind, const QString& file, Json settings) {
    settings["paths"] = {ss(file)};
    Json section = find_sheet("dataset", kind)->complete(settings);
    section["kind"] = kind;
    return section;
}

/// Two columns; ten rows of the past, three ahead, with the quantiles 0.1, 0.5 and 0.9.
SeriesForecast threeAhead(bool known) {
    SeriesForecast one;
    one.file = "load.csv";
    one.last_row = 1200;
    one.last_time = "2024-02-03 04:00";
    one.columns = {"load", "price"};
    for (int t = 0; t < 10; ++t) one.past.insert(one.past.end(), {double(t), 100.0 + t});
    one.levels = {0.1, 0.5, 0.9};
    for (int h = 0; h < 3; ++h) one.values.insert(one.values.end(), {10.0 + h, 110.0 + h});
    if (known) one.truth = {11, 111, 12, 112, 13, 113};
    for (const double off : {-1.0, 0.0, 1.0})
        for (const double value : one.values) one.quantiles.push_back(value + off);
    return one;
}

}  // namespace

/// Tables and series are looked at before a run, and forecasts after it.
class ColumnsTest : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void columnsAreShownBeforeARun() {
        const QTemporaryDir folder;
        const QString table = folder.filePath(QStringLiteral("pets.csv"));
        std::string rows = "weight,age,kind,price\n";
        for (int i = 0; i < 90; ++i)
            rows += std::to_string(i) + "," + (i % 9 == 0 ? "" : std::to_string(90 - i)) + "," +
                    (i % 3 == 0 ? "cat" : "dog") + "," + std::to_string(2 * i) + "\n";
        write_file_atomic(ss(table), rows).or_throw();
        DataPreview preview;
        preview.resize(760, 900);
        preview.show();
        preview.setSection(sectionOf("table", table, {{"labels", "number"}, {"target", "price"}}));
        QTRY_COMPARE_WITH_TIMEOUT(preview.columns().charts(), 4, patience);
        QVERIFY(preview.columns().correlations());
        const QString told = preview.columns().correlations()->accessibleDescription();
        QVERIFY2(told.contains(QStringLiteral("price, weight: 1")), qPrintable(told));
        QVERIFY2(told.contains(QStringLiteral("weight, age: -1")), qPrintable(told));
        QVERIFY2(preview.columns().heading().text().contains(QStringLiteral("90")),
                 qPrintable(preview.columns().heading().text()));
        bool missing = false, words = false;
        for (const QCustomPlot* plot : preview.findChildren<QCustomPlot*>()) {
            missing = missing || plot->accessibleDescription().contains(QStringLiteral("11 % missing"));
            words = words || plot->accessibleDescription().contains(QStringLiteral("dog (60)"));
        }
        QVERIFY(missing && words);

        const QString series = folder.filePath(QStringLiteral("load.csv"));
        rows = "time,load\n";
        for (int i = 0; i < 24; ++i)
            if (i < 10 || i > 13)
                rows += std::string("2024-01-01 ") + (i < 10 ? "0" : "") + std::to_string(i) + ":00," +
                        std::to_string(std::sin(i)) + "\n";
        write_file_atomic(ss(series), rows).or_throw();
        preview.setSection(sectionOf("series", series, {{"look_back", 4}, {"horizon", 1}}));
        QTRY_COMPARE_WITH_TIMEOUT(preview.columns().charts(), 1, patience);
        QVERIFY(!preview.columns().correlations());
        bool gap = false;
        for (const QLabel* text : preview.findChildren<QLabel*>())
            gap = gap || text->text().contains(QStringLiteral("2024-01-01 09:00 to 2024-01-01 14:00, 4"));
        QVERIFY(gap);
        preview.setSection(sectionOf("series", QStringLiteral("/nowhere.csv"), Json::object()));
        QTRY_VERIFY_WITH_TIMEOUT(!preview.problem().isEmpty(), patience);
        QVERIFY(!preview.columns().isVisibleTo(&preview));
    }

    void forecastsAreDrawnBesideWhatCame() {
        TestBench bench;
        ForecastPanel panel(bench.workbench);
        panel.resize(900, 500);
        RunRecord run;
        run.id = "one";
        run.spec["objective"] = {{"kind", "next_token"}};
        panel.setRun(run);
        QVERIFY2(panel.state().text().contains(QStringLiteral("forecasts none")), qPrintable(panel.state().text()));
        QVERIFY(!panel.part().isEnabled());
        auto view = std::make_shared<ForecastView>();
        view->part = "validation";
        view->part_windows = 77;
        view->windows = {threeAhead(true), threeAhead(true)};
        view->ends = {threeAhead(false)};
        panel.showFound(view);
        QCOMPARE(panel.plots().size(), std::size_t{3});
        QCOMPARE(panel.column().currentText(), QStringLiteral("price"));
        QVERIFY(panel.state().text().contains(QStringLiteral("77")));
        QVERIFY2(panel.legend().text().contains(QStringLiteral("0.1 to 0.9")), qPrintable(panel.legend().text()));
        QCOMPARE(panel.plots().front()->accessibleName(), QStringLiteral("price, behind 2024-02-03 04:00"));
        panel.column().setCurrentIndex(0);
        ForecastPlot& last = *panel.plots().back();
        QCOMPARE(last.accessibleDescription(), QStringLiteral("off by 1.00 on average; the last value again by 3.00"));
        QVERIFY(last.yAxis->range().lower < 0 && last.yAxis->range().upper > 13);
        QVERIFY(last.yAxis->range().upper < 50);  // units of this column, not of its neighbour
        QCOMPARE(last.graphCount(), 5);           // the two edges of the band, the last value, what came, what is said
    }
};

QObject* columnsSuite() {
    return new ColumnsTest;
}

}  // namespace gw::ui

#include "column_charts_test.moc"
