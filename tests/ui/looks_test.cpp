#include <QPushButton>
#include <QTest>
#include <QThreadPool>

#include "ui/suites.h"
#include "ui/texts/text.h"
#include "ui/tiny_spec.h"
#include "ui/widgets/run/looks_panel.h"
#include "ui/widgets/run/picture_strip.h"
#include "workspace/live_run.h"

namespace gw::ui {

namespace {

PictureCopy flatPicture(std::int64_t side, std::uint8_t grey) {
    PictureCopy picture;
    picture.channels = 1;
    picture.height = picture.width = side;
    picture.pixels.assign(static_cast<std::size_t>(side * side), grey);
    return picture;
}

LookedPicture lookedPicture(LookedPicture::Role role, std::int64_t document, const std::string& truth = {}) {
    LookedPicture out;
    out.role = role;
    out.picture = flatPicture(8, 100);
    out.document = document;
    out.truth = truth;
    return out;
}

RunRecord looksRun(const std::string& dataset) {
    RunRecord run;
    run.id = dataset;
    run.spec["dataset"] = find_sheet("dataset", dataset)->complete(Json::object());
    return run;
}

QStringList captionsOf(const PictureStrip& strip) {
    QStringList out;
    for (int i = 0; i < strip.count(); ++i) out << strip.item(i)->data(PictureStrip::captionRole).toString();
    return out;
}

}  // namespace

/// What a network of pictures sees is shown in groups.
class LooksTest : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void everyKindHasItsGroupAndItsWords() {
        TestBench bench;
        LooksPanel panel(bench.workbench);
        panel.resize(480, 700);
        panel.setRun(looksRun("shapes"));
        using Role = LookedPicture::Role;
        auto looks = std::make_shared<PictureLooks>();
        looks->step = 40;
        looks->compared = 30;
        LookedPicture filter = lookedPicture(Role::filter, -1);
        filter.number = 1;
        looks->looks.push_back({LookKind::filters, {{{filter}}}});
        looks->looks.push_back({LookKind::redrawn,
                                {{{lookedPicture(Role::seen, 7), lookedPicture(Role::filled_in, 7),
                                   lookedPicture(Role::original, 7, "circle")}}}});
        LookRow row;
        row.pictures = {lookedPicture(Role::original, 9)};
        row.captions = {{"a <b>red</b> square", 0.91, false}, {"a blue circle", 0.5, true}};
        looks->looks.push_back({LookKind::captions, {row}});
        LookedPicture near = lookedPicture(Role::neighbour, 12, "square");
        near.likeness = 0.875;
        looks->looks.push_back({LookKind::neighbours, {{{lookedPicture(Role::original, 9, "circle"), near}}}});
        panel.showFound(looks);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        QVERIFY2(panel.state().text().contains(QStringLiteral("step 40")) &&
                     panel.state().text().contains(QStringLiteral("No attention")),
                 qPrintable(panel.state().text()));
        QVERIFY(!panel.state().text().contains(QStringLiteral("No filters")));
        const auto strips = panel.findChildren<PictureStrip*>();
        QCOMPARE(strips.size(), 4);
        QCOMPARE(captionsOf(*strips[0]), QStringList{QStringLiteral("1")});
        QCOMPARE(captionsOf(*strips[1]).join(QLatin1Char('|')), QStringLiteral("seen|drawn|truth"));
        QCOMPARE(captionsOf(*strips[3]).join(QLatin1Char('|')), QStringLiteral("circle|0.88 · square"));
        for (const PictureStrip* strip : strips) QVERIFY(!strip->accessibleName().isEmpty());
        // Captions are shown as they are, whatever stands in them.
        bool found = false;
        for (const QLabel* one : panel.findChildren<QLabel*>())
            found =
                found || (one->textFormat() == Qt::PlainText &&
                          one->text() == QStringLiteral("0.91  a <b>red</b> square\n0.50  a blue circle (its own)"));
        QVERIFY(found);
        // Another run has none of it.
        panel.setRun(looksRun("storybook"));
        QTRY_VERIFY(panel.findChildren<PictureStrip*>().isEmpty());
        QVERIFY2(panel.state().text().contains(QStringLiteral("Choose a run on pictures")),
                 qPrintable(panel.state().text()));
        QVERIFY(!panel.again().isEnabled());
    }

    void aTrainedRunIsLookedAtWhenItsTabIsOpened() {
        TestBench bench;
        const Workspace& workspace = bench.workbench.workspace();
        LaunchRequest request;
        request.spec = tinySpec(2, Json::parse(R"({
            "dataset": {"kind": "shapes", "pictures": 60, "size": 16},
            "split": {"kind": "by_document", "validation": 0.3},
            "augmentation": {"kind": "views"},
            "tokenizer": {"kind": "none"},
            "backbone": {"kind": "cnn", "stages": 2, "channels": 4, "hidden": 8},
            "objective": {"kind": "simclr"},
            "training": {"micro_batch": 8},
            "evaluation": {"every": 0}
        })"));
        request.name = "shapes";
        auto run = LiveRun::launch(workspace, request, HostKind::inline_).or_throw();
        (void)run->wait();
        LooksPanel panel(bench.workbench);
        panel.resize(480, 700);
        panel.show();
        panel.setRun(workspace.store().or_throw().run(run->id()).or_throw());
        QVERIFY(panel.findChildren<PictureStrip*>().isEmpty());
        panel.read();
        QVERIFY(!panel.again().isEnabled());
        QVERIFY(!panel.cancel().isHidden());
        QTRY_VERIFY2_WITH_TIMEOUT(panel.findChildren<PictureStrip*>().size() == 9, qPrintable(panel.state().text()),
                                  longWait);
        QCOMPARE(panel.findChildren<PictureStrip*>()[0]->count(), 4);  // filters
        QCOMPARE(panel.findChildren<PictureStrip*>()[1]->count(), 6);  // a picture and its nearest
        QVERIFY(panel.again().isEnabled());
        QVERIFY(panel.cancel().isHidden());
        panel.again().click();
        panel.cancel().click();
        QTRY_VERIFY_WITH_TIMEOUT(panel.again().isEnabled(), longWait);
        QVERIFY2(panel.state().text().contains(QStringLiteral("Cancelled")), qPrintable(panel.state().text()));
        // What was still being read of a run that is not looked at any more is not shown.
        panel.again().click();
        panel.setRun(looksRun("storybook"));
        QThreadPool::globalInstance()->waitForDone();
        QTest::qWait(20);
        QVERIFY(panel.findChildren<PictureStrip*>().isEmpty());
    }

    void aRunWithoutACheckpointSaysSo() {
        TestBench bench;
        LooksPanel panel(bench.workbench);
        panel.setRun(looksRun("shapes"));
        const QString before = panel.state().text();
        panel.read();
        QTRY_VERIFY_WITH_TIMEOUT(panel.again().isEnabled(), longWait);
        QVERIFY(!panel.state().text().isEmpty() && panel.state().text() != before);
    }
};

QObject* looksSuite() {
    return new LooksTest;
}

}  // namespace gw::ui

#include "looks_test.moc"
