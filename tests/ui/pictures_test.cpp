#include <QImage>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardItemModel>
#include <QTemporaryDir>
#include <QTest>

#include "eval/predictions.h"
#include "spec/fit_spec.h"
#include "ui/forms/data_preview.h"
#include "ui/forms/spec_form.h"
#include "ui/history.h"
#include "ui/models/queue_model.h"
#include "ui/models/run_table_model.h"
#include "ui/pages/new_run_page.h"
#include "ui/suites.h"
#include "ui/texts/text.h"
#include "ui/texts/unit_text.h"
#include "ui/tiny_spec.h"
#include "ui/widgets/run/judgement_panel.h"
#include "ui/widgets/run/picture_strip.h"
#include "ui/widgets/run/run_header.h"
#include "ui/widgets/run/step_panel.h"

namespace gw::ui {

namespace {

Json shapesSection(int pictures) {
    return find_sheet("dataset", "shapes")->complete({{"pictures", pictures}});
}

/// A spec on drawn pictures.
Json shapesSpec(int pictures) {
    Json spec = default_spec();
    spec["dataset"] = shapesSection(pictures);
    return fitted_spec(spec).value();
}

PictureCopy picture(std::int64_t channels, std::int64_t side, std::uint8_t value) {
    PictureCopy out;
    out.channels = channels;
    out.height = out.width = side;
    out.pixels.assign(static_cast<std::size_t>(channels * side * side), value);
    return out;
}

QString captionOf(const PictureStrip& strip, int row) {
    return strip.item(row)->data(PictureStrip::captionRole).toString();
}

bool hasLabel(const QWidget& widget, const QString& text) {
    const auto labels = widget.findChildren<QLabel*>();
    return std::any_of(labels.begin(), labels.end(), [&](const QLabel* one) { return one->text() == text; });
}

/// A finished run on drawn pictures; three of them were judged: 0 rightly and surely, 1 and 2 wrongly, 2 the surest.
RunRecord judgedRun(const Workspace& workspace) {
    const std::string id = addRun(workspace, "shapes", 1e-3, 1, 1, 200);
    RunRecord run = workspace.store().or_throw().run(id).or_throw();
    run.spec["dataset"] = shapesSection(20);
    run.spec["split"] = default_spec().at("split");
    run.facts["input"] = to_json(image_input(3, 32, 32));
    run.facts.erase("dataset_hash");  // of no run that was trained: there is nothing to compare
    Predictions said;
    said.kind = LabelKind::one_class;
    said.classes = {"circle", "square"};
    said.outputs = 2;
    said.scores = {0.9F, 0.1F, 0.6F, 0.4F, 0.2F, 0.8F};
    said.truth = {{0}, {1}, {0}};
    said.documents = {4, 11, 7};
    fs::create_directories(run.path);
    write_predictions(fs::path(run.path) / "predictions-validation.jsonl", said).or_throw();
    return run;
}

}  // namespace

/// Pictures are shown as pictures, and what runs on them count is called images.
class PicturesTest : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void pixelsStandWhereTheyBelong() {
        PictureCopy copy;
        copy.channels = 3, copy.height = 2, copy.width = 3;
        for (int i = 0; i < 18; ++i) copy.pixels.push_back(static_cast<std::uint8_t>(10 * i));
        const QImage image = imageOf(copy);
        QCOMPARE(image.size(), QSize(3, 2));
        QCOMPARE(image.pixelColor(1, 1), QColor(40, 100, 160));
        QCOMPARE(imageOf(picture(1, 4, 77)).pixelColor(3, 0), QColor(77, 77, 77));
        QCOMPARE(imageOf(picture(4, 2, 128)).pixelColor(0, 0).alpha(), 128);
        copy.pixels.pop_back();
        QVERIFY(imageOf(copy).isNull());
    }

    void theStripSaysWhatIsTrueAndWhatWasSaid() {
        PictureStrip strip(QStringLiteral("pictures"));
        strip.setEntries(
            {{picture(1, 28, 200), QStringLiteral("3")},
             {picture(1, 28, 90), QStringLiteral("4"), QStringLiteral("9"), true, QStringLiteral("Loss 2")},
             {picture(3, 28, 10), QStringLiteral("5"), QStringLiteral("5"), false, {}}});
        QCOMPARE(strip.count(), 3);
        QCOMPARE(captionOf(strip, 0), QStringLiteral("3"));
        QVERIFY(!strip.item(0)->data(PictureStrip::saidRole).isValid());
        QVERIFY(strip.item(1)->toolTip().contains(QStringLiteral("Loss 2")));
        // Wrong is told by words too, not by its colour alone.
        QVERIFY(strip.item(1)->data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("wrongly")));
        QVERIFY(strip.item(1)->data(PictureStrip::wrongRole).toBool());
        QVERIFY(!strip.item(2)->data(PictureStrip::wrongRole).toBool());
        QVERIFY(strip.gridSize().width() >= 56 && strip.gridSize().height() > 56);
        strip.resize(300, 200);
        strip.show();
        QVERIFY(QTest::qWaitForWindowExposed(&strip));
        strip.setFocus();
        QTest::keyClick(&strip, Qt::Key_Right);
        QCOMPARE(strip.currentRow(), 1);
        // Magnified by a whole factor: one pixel of the picture is one colour.
        QVERIFY(!strip.grab().isNull());
    }

    void aStripInAFormIsAsHighAsItsLines() {
        PictureStrip strip(QStringLiteral("pictures"));
        strip.setWhole(true);
        strip.setEntries(std::vector<PictureStrip::Entry>(10, {picture(1, 28, 1), QStringLiteral("a")}));
        strip.resize(1200, 100);
        strip.show();
        const int wide = strip.height();
        strip.resize(260, 100);
        QTRY_VERIFY(strip.height() > wide);
        QTRY_VERIFY(strip.visualItemRect(strip.item(9)).bottom() <= strip.viewport()->height());
    }

    void thePreviewShowsPictures() {
        DataPreview preview;
        preview.setSection(shapesSection(40));
        QTRY_VERIFY_WITH_TIMEOUT(preview.pictures().count() == 24, longWait);
        QVERIFY(!preview.pictures().isHidden());
        QVERIFY(preview.rows().isHidden());
        for (int i = 0; i < preview.pictures().count(); ++i) {
            QVERIFY(!preview.pictures().item(i)->data(PictureStrip::imageRole).value<QImage>().isNull());
            QVERIFY(!captionOf(preview.pictures(), i).isEmpty());
        }
        QVERIFY2(preview.facts().text().contains(QStringLiteral("32 × 32")), qPrintable(preview.facts().text()));
        // And texts are texts again.
        preview.setSection(find_sheet("dataset", "storybook")->complete({{"stories", 30}}));
        QTRY_VERIFY_WITH_TIMEOUT(preview.rows().rowCount() == 5, longWait);
        QVERIFY(preview.pictures().isHidden());
    }

    void thePreviewCountsSizesInFiles() {
        const QTemporaryDir folder;
        for (int i = 0; i < 3; ++i) {
            QImage image(i == 2 ? 40 : 12, i == 2 ? 30 : 10, QImage::Format_RGB32);
            image.fill(Qt::darkGreen);
            QVERIFY(image.save(folder.filePath(QStringLiteral("%1.png").arg(i))));
        }
        DataPreview preview;
        preview.setSection(find_sheet("dataset", "image_folder")
                               ->complete({{"paths", {ss(folder.path())}}, {"height", 8}, {"width", 8}}));
        QTRY_VERIFY_WITH_TIMEOUT(preview.pictures().count() == 3, longWait);
        const QString facts = preview.facts().text();
        QVERIFY2(facts.contains(QStringLiteral("12 × 10 to 40 × 30, most 12 × 10 (2); then 40 × 30 (1)")),
                 qPrintable(facts));
    }

    void launchWaitsForDataThatCanBeRead() {
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("cat.png"));
        write_file_atomic(ss(file), "no picture at all\n").or_throw();
        TestBench bench;
        NewRunPage page(bench.workbench);
        Json spec = shapesSpec(40);
        spec["dataset"] = find_sheet("dataset", "image_folder")->complete({{"paths", {ss(folder.path())}}});
        spec["objective"] = find_sheet("objective", "rotation")->complete(Json::object());
        spec["split"] = find_sheet("split", "by_document")->complete(Json::object());
        page.form().setSpec(spec);
        QVERIFY2(page.form().sound(),
                 page.form().problems().empty() ? "" : page.form().problems().front().message.c_str());
        QVERIFY2(page.launchButton().isEnabled(), "what was not looked at yet is no fault");
        QTRY_VERIFY_WITH_TIMEOUT(!page.launchButton().isEnabled(), longWait);
        QVERIFY2(page.launchButton().toolTip().contains(QStringLiteral("it holds text")),
                 qPrintable(page.launchButton().toolTip()));
        // Other data is not that data.
        spec["dataset"] = shapesSection(40);
        page.form().setSpec(spec);
        QVERIFY(page.form().unreadable().isEmpty());
        QTRY_VERIFY(page.launchButton().isEnabled());
    }

    void theLookAtDataCanBeStoppedAndBegunAgain() {
        DataPreview preview;
        QSignalSpy looked(&preview, &DataPreview::looked);
        preview.setSection(shapesSection(20000));
        QTRY_VERIFY_WITH_TIMEOUT(!preview.stopOrLook().isHidden(), longWait);
        QVERIFY(preview.heading().text().contains(QStringLiteral("looking")));
        preview.stopOrLook().click();
        QVERIFY(!preview.heading().text().contains(QStringLiteral("looking")));
        QVERIFY(preview.pictures().isHidden());
        QVERIFY(!preview.stopOrLook().isHidden());
        preview.stopOrLook().click();
        QVERIFY(preview.heading().text().contains(QStringLiteral("looking")));
        QCOMPARE(looked.count(), 0);
        preview.setSection(shapesSection(40));
        QTRY_VERIFY_WITH_TIMEOUT(preview.pictures().count() == 24, longWait);
        QCOMPARE(looked.count(), 1);
        QVERIFY(preview.stopOrLook().isHidden());
        QVERIFY(preview.problem().isEmpty());
    }

    void aStepOfPicturesIsAStrip() {
        TestBench bench;
        StepPanel panel(bench.workbench);
        StepView view;
        view.step = 7;
        for (int i = 0; i < 3; ++i) {
            ShownSample& sample = view.samples.emplace_back();
            sample.place = i;
            sample.loss = 3 - i;
            // Names that hold what a probability is written in.
            sample.truth = "cat (93 %)";
            sample.guess = i == 0 ? "cat (wild)" : "cat (93 %)";
            sample.said = sample.guess + (i == 0 ? " (61.2 %)" : " (93 %)");
            sample.wrong = i == 0;
            sample.picture = picture(3, 8, 50);
        }
        panel.showView(view);
        QCOMPARE(panel.pictures().count(), 3);
        QVERIFY(!panel.pictures().isHidden());
        QVERIFY(panel.view().isHidden());
        QVERIFY(panel.pictures().item(0)->data(PictureStrip::wrongRole).toBool());
        QVERIFY(!panel.pictures().item(1)->data(PictureStrip::wrongRole).toBool());
        QCOMPARE(panel.pictures().item(0)->data(PictureStrip::saidRole).toString(), QStringLiteral("cat (wild)"));
        for (ShownSample& sample : view.samples) {
            sample.picture.reset();
            sample.tokens = {{"purring"}};
        }
        panel.showView(view);
        QVERIFY(!panel.view().isHidden());
        const QString text = panel.view().toPlainText();
        QVERIFY2(text.contains(QStringLiteral("cat (93 %) ✗ said: cat (wild) (61.2 %)")) &&
                     text.contains(QStringLiteral("purring")),
                 qPrintable(text));
    }

    void onlyALanguageModelHasAPerplexity() {
        RunRecord run;
        run.status = "finished";
        RunHeader header;
        const auto perplexity = [&]() -> QLabel* {
            for (QLabel* one : header.findChildren<QLabel*>())
                if (one->text() == QStringLiteral("Perplexity")) return one;
            return nullptr;
        };
        for (const bool languageModel : {false, true}) {
            run.facts = {{"language_model", languageModel}};
            header.show(run, std::nullopt, nullptr);
            QVERIFY(perplexity());
            QCOMPARE(perplexity()->isHidden(), !languageModel);
        }
    }

    void theGalleryShowsWhatWasGotWrong() {
        TestBench bench;
        const RunRecord run = judgedRun(bench.workbench.workspace());
        JudgementPanel panel;
        panel.resize(700, 700);
        panel.setRun(run);
        panel.show();
        panel.read();
        const PictureStrip& pictures = panel.gallery().pictures();
        QTRY_VERIFY2_WITH_TIMEOUT(pictures.count() == 2, qPrintable(panel.gallery().state().text()), longWait);
        QCOMPARE(captionOf(pictures, 0), QStringLiteral("circle"));  // the surest first
        QCOMPARE(pictures.item(0)->data(PictureStrip::saidRole).toString(), QStringLiteral("square"));
        QVERIFY(pictures.item(0)->toolTip().contains(QStringLiteral("80")));
        QVERIFY(!pictures.item(0)->data(PictureStrip::imageRole).value<QImage>().isNull());

        panel.gallery().order().setCurrentIndex(1);  // right, the least sure
        QTRY_VERIFY_WITH_TIMEOUT(pictures.count() == 1, longWait);
        QVERIFY(!pictures.item(0)->data(PictureStrip::wrongRole).toBool());

        Q_EMIT panel.matrix().cellClicked(1, 0);
        QTRY_VERIFY_WITH_TIMEOUT(pictures.count() == 1 && captionOf(pictures, 0) == QStringLiteral("square"), longWait);
        QVERIFY(panel.gallery().order().currentText().contains(QStringLiteral("square")));

        // Every property of a drawn picture is known: what was said can be cut by each.
        auto isOffered = [&] {
            for (const QComboBox* box : panel.findChildren<QComboBox*>())
                if (box->findData(QStringLiteral("colour")) >= 0) return true;
            return false;
        };
        QTRY_VERIFY_WITH_TIMEOUT(isOffered(), longWait);
        panel.cutByColumn(QStringLiteral("colour"));
        QTRY_VERIFY_WITH_TIMEOUT(panel.matrix().columnCount() == 3, longWait);
        QVERIFY(panel.gallery().isHidden());
    }

    void unitsSayImages() {
        TestBench bench;
        const RunRecord run = judgedRun(bench.workbench.workspace());
        RunRecord text = run;
        text.id = "other";
        text.spec["dataset"] = default_spec().at("dataset");
        text.facts.erase("input");
        QVERIFY(countsImages(run));
        QVERIFY(!countsImages(text));
        RunRecord waiting = run;
        waiting.facts = Json::object();
        QVERIFY(countsImages(waiting));  // by its dataset

        RunHeader header;
        header.show(run, std::nullopt, nullptr);
        QVERIFY(hasLabel(header, QStringLiteral("Images/s")));
        header.show(text, std::nullopt, nullptr);
        QVERIFY(hasLabel(header, QStringLiteral("Tokens/s")));

        RunTableModel model;
        auto head = [&] { return model.headerData(RunTableModel::tokens, Qt::Horizontal, Qt::DisplayRole).toString(); };
        QCOMPARE(head(), QStringLiteral("Tokens"));
        RunChanges changes;
        changes.changed.push_back({run, {}, 0});
        changes.ids = {run.id};
        model.apply(changes);
        QCOMPARE(head(), QStringLiteral("Images"));
        changes.changed.push_back({text, {}, 0});
        changes.ids = {run.id, text.id};
        model.apply(changes);
        QCOMPARE(head(), QStringLiteral("Tokens, images, windows, rows"));
        const QString cell = model.index(model.lineOf(run.id), RunTableModel::tokens).data().toString();
        QVERIFY2(cell.endsWith(QStringLiteral("images")), qPrintable(cell));

        QueueModel queue;
        queue.setRows({{run, 10, 640, std::nullopt}});
        QCOMPARE(queue.headerData(QueueModel::tokens, Qt::Horizontal, Qt::DisplayRole).toString(),
                 QStringLiteral("Images"));

        SummaryCard card;
        card.show(shapesSpec(100));
        QVERIFY(hasLabel(card, QStringLiteral("Images a step")));
        card.show(default_spec());
        QVERIFY(hasLabel(card, QStringLiteral("Tokens a step")));
    }

    void otherDataIsNoDeadEnd() {
        TestBench bench;
        NewRunPage page(bench.workbench);
        page.form().setSpec(default_spec());
        auto* dataset = page.form().findChild<QComboBox*>(QStringLiteral("dataset.kind"));
        const int shapes = dataset->findData(QStringLiteral("shapes"));
        QTRY_VERIFY(qobject_cast<QStandardItemModel*>(dataset->model())->item(shapes)->isEnabled());
        dataset->setCurrentIndex(shapes);
        page.form().check();
        QVERIFY(!page.form().sound());
        auto* fit = page.findChild<QPushButton*>(QStringLiteral("fit"));
        QVERIFY(fit);
        QTRY_VERIFY(!fit->isHidden());
        QVERIFY2(fit->toolTip().contains(QStringLiteral("No tokens")), qPrintable(fit->toolTip()));
        fit->click();
        QVERIFY2(page.form().sound(),
                 page.form().problems().empty() ? "" : page.form().problems().front().message.c_str());
        QVERIFY(fit->isHidden());
        const Json spec = page.form().spec();
        QCOMPARE(spec.at("tokenizer").at("kind").get<std::string>(), std::string("none"));
        QCOMPARE(spec.at("dataset").at("kind").get<std::string>(), std::string("shapes"));
        // And back to text, with what stood there before.
        dataset->setCurrentIndex(dataset->findData(qs(default_spec().at("dataset").at("kind").get<std::string>())));
        page.form().check();
        QTRY_VERIFY(!fit->isHidden());
        fit->click();
        QVERIFY(page.form().sound());
        QCOMPARE(page.form().spec().at("backbone"), default_spec().at("backbone"));
    }
};

QObject* picturesSuite() {
    return new PicturesTest;
}

}  // namespace gw::ui

#include "pictures_test.moc"
