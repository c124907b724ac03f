#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QThreadPool>

#include "ui/suites.h"
#include "ui/texts/text.h"
#include "ui/tiny_spec.h"
#include "ui/widgets/run/embedding_panel.h"
#include "ui/widgets/run/judgement_panel.h"
#include "workspace/live_run.h"

namespace gw::ui {

namespace {

/// Four rows of two classes; the second was taken for the other.
std::shared_ptr<Embedding> fourRows() {
    auto out = std::make_shared<Embedding>();
    out->step = 40;
    out->part_rows = 12;
    out->kind = LabelKind::one_class;
    out->groups = {"circle", "square"};
    out->width = 3;
    for (int i = 0; i < 4; ++i) {
        EmbeddedRow& row = out->rows.emplace_back();
        row.document = 100 + i;
        row.group = i / 2;
        row.truth = i / 2 ? "square" : "circle";
        row.said = i == 1 ? "square" : row.truth;
        row.wrong = i == 1;
        PictureCopy picture;
        picture.channels = 1;
        picture.height = picture.width = 4;
        picture.pixels.assign(16, static_cast<std::uint8_t>(60 * i));
        row.picture = picture;
        for (int d = 0; d < 3; ++d) out->features.push_back(static_cast<float>(d == i % 3 ? i + 1 : 0));
    }
    return out;
}

/// The corners of a square: 0 lower left, 1 lower right, 2 upper left, 3 upper right.
Plane corners() {
    Plane plane;
    plane.points = {{0, 0}, {1, 0}, {0, 1}, {1, 1}};
    plane.explained = 0.75;
    return plane;
}

RunRecord runOn(const std::string& dataset) {
    RunRecord run;
    run.id = "one";
    run.spec["dataset"] = find_sheet("dataset", dataset)->complete(Json::object());
    return run;
}

Json drawnSpec() {
    return tinySpec(4, Json::parse(R"({
        "dataset": {"kind": "shapes", "pictures": 120, "size": 16},
        "split": {"kind": "by_document", "validation": 0.3},
        "tokenizer": {"kind": "none"},
        "backbone": {"kind": "cnn", "stages": 2, "channels": 4, "hidden": 8},
        "objective": {"kind": "classification"},
        "evaluation": {"every": 0}
    })"));
}

}  // namespace

/// What a run has learnt of pictures and texts is seen as dots.
class EmbeddingTest : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void dotsAreColouredByClusters() {
        TestBench bench;
        EmbeddingPanel panel(bench.workbench);
        panel.resize(420, 600);
        panel.setRun(runOn("shapes"));
        auto rows = fourRows();
        rows->features = {0, 0, 0, 9, 9, 9, 0, 0, 1, 9, 9, 8};  // 0 and 2, 1 and 3
        panel.showFound(rows, corners());
        panel.show();
        panel.colour().setCurrentIndex(1);
        QTRY_VERIFY_WITH_TIMEOUT(panel.state().text().contains(QStringLiteral("Silhouette")), longWait);
        const QString said = panel.state().text();
        QVERIFY2(said.contains(QStringLiteral("adjusted Rand -0.5")) && said.contains(QStringLiteral("75.0 %")),
                 qPrintable(said));
        QCOMPARE(panel.scatter().legend->itemCount(), 2);
        panel.scatter().setCurrent(3);
        const QString row = panel.details().toPlainText();
        QVERIFY2(row.contains(QStringLiteral("square")) && row.contains(QStringLiteral("Cluster ")), qPrintable(row));
        panel.colour().setCurrentIndex(0);
        QVERIFY(!panel.state().text().contains(QStringLiteral("Silhouette")));
        panel.scatter().setCurrent(2);
        QVERIFY(!panel.details().toPlainText().contains(QStringLiteral("Cluster ")));
        // Where nothing can be sorted the labels stay.
        rows = fourRows();
        rows->features.assign(rows->features.size(), 1.0F);
        panel.showFound(rows, corners());
        panel.colour().setCurrentIndex(2);
        QTRY_VERIFY_WITH_TIMEOUT(panel.state().text().contains(QStringLiteral("the same features")), longWait);
        QCOMPARE(panel.colour().currentIndex(), 0);
    }

    void keysGoFromDotToDot() {
        TestBench bench;
        EmbeddingPanel panel(bench.workbench);
        panel.resize(420, 600);
        panel.setRun(runOn("shapes"));
        panel.showFound(fourRows(), corners());
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        PointScatter& scatter = panel.scatter();
        QVERIFY2(panel.state().text().contains(QStringLiteral("75.0 %")), qPrintable(panel.state().text()));
        QCOMPARE(scatter.points(), 4);
        QCOMPARE(scatter.legend->itemCount(), 2);
        QCOMPARE(scatter.current(), -1);
        QVERIFY(panel.details().toPlainText().contains(QStringLiteral("arrow keys")));
        scatter.setFocus();
        const std::pair<Qt::Key, int> way[] = {{Qt::Key_Right, 0}, {Qt::Key_Right, 1}, {Qt::Key_Up, 3},
                                               {Qt::Key_Left, 2},  {Qt::Key_Down, 0},  {Qt::Key_Down, 0},
                                               {Qt::Key_End, 3},   {Qt::Key_PageUp, 2}};
        for (const auto& [key, point] : way) {
            QTest::keyClick(&scatter, key);
            QCOMPARE(scatter.current(), point);
        }
        QVERIFY(panel.details().toPlainText().contains(QStringLiteral("square")));
        scatter.setCurrent(1);
        const QString words = panel.details().toPlainText();
        QVERIFY2(words.contains(QStringLiteral("circle")) && words.contains(QStringLiteral("✗ said: square")) &&
                     words.contains(QStringLiteral("101")),
                 qPrintable(words));
        QCOMPARE(scatter.accessibleDescription(), words);
        QVERIFY(!panel.picture().pixmap(Qt::ReturnByValue).isNull());
        QCOMPARE(panel.picture().pixmap(Qt::ReturnByValue).toImage().pixelColor(0, 0), QColor(60, 60, 60));
    }

    void thePointerFindsTheDotAndTheLastOneStays() {
        PointScatter scatter;
        scatter.resize(400, 300);
        scatter.setPoints(corners().points, {0, 0, 1, -1}, {QStringLiteral("a"), QStringLiteral("b")});
        scatter.show();
        QVERIFY(QTest::qWaitForWindowExposed(&scatter));
        int named = 0;  // itemCount() counts the empty places of the grid as well
        for (int i = 0; i < scatter.legend->itemCount(); ++i) named += scatter.legend->item(i) ? 1 : 0;
        QCOMPARE(named, 3);  // the others are named too
        QSignalSpy changed(&scatter, &PointScatter::currentChanged);
        const auto at = [&](double x, double y) {
            return QPoint(static_cast<int>(scatter.xAxis->coordToPixel(x)),
                          static_cast<int>(scatter.yAxis->coordToPixel(y)));
        };
        QTest::mouseMove(&scatter, at(1, 1) + QPoint(4, -3));
        QTRY_COMPARE(scatter.current(), 3);
        QTest::mouseMove(&scatter, at(0.5, 0.5));
        QTest::qWait(20);
        QCOMPARE(scatter.current(), 3);
        QCOMPARE(changed.count(), 1);
        // A distance is the same along both axes.
        QVERIFY(std::abs((at(1, 0) - at(0, 0)).x() + (at(0, 1) - at(0, 0)).y()) <= 2);
        // The same rows placed anew keep the one that is looked at; others do not.
        scatter.setPoints({{5, 0}, {1, 0}, {0, 1}, {2, 2}}, {}, {});
        QCOMPARE(scatter.current(), 3);
        scatter.setPoints({{5, 0}}, {}, {});
        QCOMPARE(scatter.current(), -1);
    }

    void runningTextHasNothingToShow() {
        TestBench bench;
        EmbeddingPanel panel(bench.workbench);
        panel.setRun(runOn("storybook"));
        panel.read();
        QVERIFY2(panel.state().text().contains(QStringLiteral("running text")), qPrintable(panel.state().text()));
        QVERIFY(!panel.components().isEnabled());
        QVERIFY(panel.scatter().isHidden());
        RunRecord pictures = runOn("shapes");
        pictures.id = "two";
        panel.setRun(pictures);
        QVERIFY(panel.components().isEnabled());
        // A run without a checkpoint says so, and can be asked again.
        panel.read();
        QTRY_VERIFY_WITH_TIMEOUT(panel.components().isEnabled(), longWait);
        QVERIFY(!panel.state().text().isEmpty());
        QVERIFY(panel.scatter().isHidden());
        QVERIFY(!panel.neighbours().isEnabled());
    }

    void aTrainedRunIsHeldAgainstClassicMethods() {
        TestBench bench;
        const Workspace workspace = bench.workbench.workspace();
        LaunchRequest request;
        request.spec = drawnSpec();
        request.name = "shapes";
        auto run = LiveRun::launch(workspace, request, HostKind::inline_).or_throw();
        (void)run->wait();
        JudgementPanel panel(&bench.workbench);
        panel.resize(420, 600);
        panel.setRun(workspace.store().or_throw().run(run->id()).or_throw());
        panel.show();
        panel.read();
        QTRY_VERIFY_WITH_TIMEOUT(panel.matrix().rowCount() > 0, longWait);
        QVERIFY(panel.baselines()->isHidden());
        panel.compareWithBaselines();
        const HeatTable& table = panel.baselines()->table();
        QTRY_VERIFY2_WITH_TIMEOUT(!table.isHidden(), qPrintable(panel.baselines()->bar().state().text()), longWait);
        QCOMPARE(table.rowCount(), 7);  // majority, nearest, two lines, a tree, a forest; and this run
        QCOMPARE(table.verticalHeaderItem(6)->text(), QStringLiteral("This run"));
        QVERIFY2(panel.baselines()->bar().state().text().contains(QStringLiteral("lassic method")),
                 qPrintable(panel.baselines()->bar().state().text()));
        QVERIFY(!panel.matrix().isVisible());
    }

    void aTrainedRunIsPlacedByComponentsAndByNeighbours() {
        TestBench bench;
        const Workspace& workspace = bench.workbench.workspace();
        LaunchRequest request;
        request.spec = drawnSpec();
        request.name = "shapes";
        auto run = LiveRun::launch(workspace, request, HostKind::inline_).or_throw();
        (void)run->wait();
        EmbeddingPanel panel(bench.workbench);
        panel.resize(420, 600);
        panel.setRun(workspace.store().or_throw().run(run->id()).or_throw());
        panel.show();
        panel.read();
        QVERIFY(!panel.components().isEnabled());
        QTRY_VERIFY2_WITH_TIMEOUT(panel.scatter().points() > 20, qPrintable(panel.state().text()), longWait);
        QVERIFY2(panel.state().text().contains(QStringLiteral("step 4")), qPrintable(panel.state().text()));
        QVERIFY(!panel.picture().isHidden());
        panel.scatter().setCurrent(7);
        const QString row = panel.details().toPlainText();
        panel.neighbours().click();
        QTRY_VERIFY2_WITH_TIMEOUT(panel.state().text().contains(QStringLiteral("Near rows")),
                                  qPrintable(panel.state().text()), longWait);
        QCOMPARE(panel.scatter().current(), 7);
        QCOMPARE(panel.details().toPlainText(), row);
        panel.components().click();  // known already
        QVERIFY2(panel.state().text().contains(QStringLiteral("The plane keeps")), qPrintable(panel.state().text()));
        const int validation = panel.scatter().points();
        panel.part().setCurrentIndex(panel.part().findData(QStringLiteral("train")));
        QTRY_VERIFY_WITH_TIMEOUT(panel.scatter().points() > validation, longWait);
        // What was still being read of a run that is not looked at any more is not shown.
        panel.part().setCurrentIndex(panel.part().findData(QStringLiteral("validation")));
        panel.setRun(runOn("storybook"));
        QThreadPool::globalInstance()->waitForDone();
        QTest::qWait(20);
        QCOMPARE(panel.scatter().points(), 0);
        QVERIFY(panel.state().text().contains(QStringLiteral("running text")));
    }
};

QObject* embeddingSuite() {
    return new EmbeddingTest;
}

}  // namespace gw::ui

#include "embedding_test.moc"
