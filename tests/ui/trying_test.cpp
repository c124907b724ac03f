#include <QClipboard>
#include <QImage>
#include <QMenu>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <QTextDocument>
#include <QUrl>
#include <cmath>
#include <fstream>

#include "artifact/checkpoint.h"
#include "spec/fit_spec.h"
#include "ui/history.h"
#include "ui/pages/models_page.h"
#include "ui/pages/run_page.h"
#include "ui/shell/main_window.h"
#include "ui/suites.h"
#include "ui/texts/text.h"
#include "ui/texts/time_left.h"
#include "ui/tiny_spec.h"
#include "ui/widgets/studies/finetune_panel.h"
#include "ui/widgets/type_ahead.h"

namespace gw::ui {

namespace {

/// A run that was trained in this workspace.
RunRecord tried(Workbench& workbench, const std::string& name, const Json& spec) {
    LaunchRequest request;
    request.spec = spec;
    request.name = name;
    auto run = LiveRun::launch(workbench.workspace(), request, HostKind::inline_).or_throw();
    (void)run->wait();
    return workbench.workspace().store().or_throw().run(run->id()).or_throw();
}

Json writingSpec(int steps) {
    return tinySpec(steps, {{"evaluation", {{"every", 10}}}, {"saving", {{"every", 10}, {"keep_last", 3}}}});
}

/// Classes "cat" and "dog" of texts that say which.
Json judgingSpec(const QTemporaryDir& folder) {
    const std::string file = ss(folder.filePath(QStringLiteral("pets.tsv")));
    std::ofstream out(file);
    for (int i = 0; i < 60; ++i)
        out << (i % 2 ? "the cat sat " : "a dog ran ") << i << "\t" << (i % 2 ? "cat" : "dog") << "\n";
    Json spec = tinySpec(5);
    spec["dataset"] = find_sheet("dataset", "labelled_text")->complete({{"paths", {file}}});
    spec["dataset"]["kind"] = "labelled_text";
    spec["objective"] = {{"kind", "classification"}};
    return complete_spec(fitted_spec(spec).value_or(spec));
}

MetricRow rowAt(std::int64_t step, double seconds) {
    MetricRow row;
    row.step = step;
    row.seconds = seconds;
    return row;
}

}  // namespace

/// A finished run leads on: its model is tried, scored and written; and what stops a run says what it loses and keeps.
class TryingTest : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void aStepThatWasToldOfIsReplayed() {
        TestBench bench;
        const RunRecord run = tried(bench.workbench, "replayed", writingSpec(12));
        bench.workbench.workspace()
            .store()
            .or_throw()
            .add_event({run.id, "alert", "Spike: the training loss jumped to 9", now_utc(), 0, 7})
            .or_throw();
        MainWindow window(bench.workbench);
        window.show();
        bench.workbench.openRun(qs(run.id));
        auto* page = static_cast<RunPage*>(window.page(QStringLiteral("run")));
        FindingsPanel& findings = page->tabs().findings();
        QTRY_VERIFY_WITH_TIMEOUT(findings.toHtml().contains(QStringLiteral("replay-7")), longWait);
        const int unseen = findings.newAlerts();
        QVERIFY(unseen > 0);
        Q_EMIT findings.anchorClicked(QUrl(QStringLiteral("replay-7")));
        QCOMPARE(findings.newAlerts(), unseen);  // a replay marks nothing as seen
        const StepPanel& panel = page->tabs().batch();
        QTRY_VERIFY_WITH_TIMEOUT(!panel.replay().toPlainText().isEmpty(), longWait);
        const QString text = panel.replay().toPlainText();
        QVERIFY2(text.contains(QStringLiteral("Step 7 again")) &&
                     text.contains(QStringLiteral("Everything in it is finite")) &&
                     text.contains(QStringLiteral("blocks.0")),
                 qPrintable(text));
        QTRY_VERIFY_WITH_TIMEOUT(!panel.view().toPlainText().isEmpty(), longWait);
    }

    void aModelOfPicturesDraws() {
        TestBench bench;
        const Json changes = Json::parse(R"({
            "dataset": {"kind": "shapes", "pictures": 80, "size": 16},
            "tokenizer": {"kind": "none"},
            "backbone": {"kind": "mlp", "layers": 1, "width": 16},
            "objective": {"kind": "vae", "code": 4, "decoder_width": 16},
            "sampling": {"every": 4}})");
        const RunRecord run = tried(bench.workbench, "drawer", tinySpec(8, changes));
        MainWindow window(bench.workbench);
        window.show();
        bench.workbench.openRun(qs(run.id));
        auto* page = static_cast<RunPage*>(window.page(QStringLiteral("run")));
        // What it drew on the way, the newest first.
        page->tabs().setCurrentWidget(&page->tabs().samples());
        QTRY_VERIFY_WITH_TIMEOUT(page->tabs().samples().toHtml().contains(QStringLiteral("8-drawn.png")), longWait);
        const QString told = page->tabs().samples().toHtml();
        QVERIFY(told.contains(QStringLiteral("4-between.png")));
        QVERIFY(told.indexOf(QStringLiteral("8-drawn.png")) < told.indexOf(QStringLiteral("4-drawn.png")));
        const QUrl picture(QRegularExpression(QStringLiteral("src=\"([^\"]*8-drawn.png)\"")).match(told).captured(1));
        QVERIFY2(!page->tabs().samples().document()->resource(QTextDocument::ImageResource, picture).isNull(),
                 "the picture is shown, and no sign of one that is missing");
        TryPanel& trial = page->tabs().trial();
        page->tabs().setCurrentWidget(&trial);
        QTRY_VERIFY(trial.drawing().isVisible());
        QVERIFY(!trial.writing().isVisible() && !trial.judging().isVisible());
        QTest::keyClick(&window, Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(trial.drawing().busy());
        QTRY_VERIFY_WITH_TIMEOUT(!trial.drawing().busy(), longWait);
        QVERIFY2(trial.drawing().sheet().isVisible(), qPrintable(trial.drawing().state().text()));
        const QImage first = trial.drawing().sheet().pixmap().toImage();
        QVERIFY(first.width() > 300 && first.height() > 300);
        trial.drawing().seed().setValue(7);
        trial.findChild<QPushButton*>(QStringLiteral("try.draw"))->click();
        QTRY_VERIFY_WITH_TIMEOUT(!trial.drawing().busy(), longWait);
        QVERIFY(trial.drawing().sheet().pixmap().toImage() != first);
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("drawn.png"));
        trial.drawing().save(file);
        QCOMPARE(QImage(file).size(), first.size());
        // What the workspace keeps is no place for it.
        const QString kept = qs((fs::path(run.path) / "spec.json").string());
        trial.drawing().save(kept);
        QVERIFY(QFileInfo(kept).size() > 0);
        QVERIFY2(!trial.drawing().state().text().startsWith(QStringLiteral("Written")),
                 qPrintable(trial.drawing().state().text()));
        trial.drawing().save(QStringLiteral("/nowhere/at/all.png"));
        QVERIFY2(trial.drawing().state().text().contains(QStringLiteral("/nowhere")),
                 qPrintable(trial.drawing().state().text()));
    }

    void aModelOfATableIsAskedAboutARow() {
        TestBench bench;
        const QTemporaryDir folder;
        const std::string file = ss(folder.filePath(QStringLiteral("things.csv")));
        std::ofstream out(file);
        out << "size,colour,price\n";
        for (int i = 0; i < 60; ++i) out << i << (i % 2 ? ",red," : ",blue,") << 3 * i + 1 << "\n";
        out.close();
        const Json changes = {{"dataset", {{"kind", "table"}, {"paths", {file}}, {"labels", "number"}}},
                              {"split", {{"kind", "by_document"}, {"validation", 0.3}}},
                              {"tokenizer", {{"kind", "none"}}},
                              {"backbone", {{"kind", "mlp"}, {"layers", 1}, {"width", 8}}},
                              {"objective", {{"kind", "regression"}}},
                              {"sampling", {{"every", 10}}}};
        const RunRecord run = tried(bench.workbench, "prices", tinySpec(10, changes));
        MainWindow window(bench.workbench);
        window.show();
        bench.workbench.openRun(qs(run.id));
        auto* page = static_cast<RunPage*>(window.page(QStringLiteral("run")));
        TryPanel& trial = page->tabs().trial();
        page->tabs().setCurrentWidget(&trial);
        QTRY_VERIFY(trial.judging().isVisible());
        auto* text = trial.findChild<QPlainTextEdit*>(QStringLiteral("try.text"));
        QCOMPARE(text->toPlainText(), QStringLiteral("size=?\ncolour=?"));  // to be filled in
        text->setPlainText(QStringLiteral("size=7\ncolour=green"));
        auto* predict = trial.findChild<QPushButton*>(QStringLiteral("try.predict"));
        predict->click();
        QTRY_VERIFY_WITH_TIMEOUT(predict->isEnabled(), longWait);
        QVERIFY2(trial.judging().state().text().contains(QStringLiteral("\"red\"")),
                 qPrintable(trial.judging().state().text()));
        text->setPlainText(QStringLiteral("size=7\ncolour=red"));
        predict->click();
        QTRY_VERIFY_WITH_TIMEOUT(predict->isEnabled(), longWait);
        QVERIFY2(trial.judging().said().rowCount() == 1, qPrintable(trial.judging().state().text()));
        const QString samples = page->tabs().samples().toPlainText();
        QVERIFY2(samples.contains(QStringLiteral("colour")), qPrintable(samples));
    }

    void aModelOfATableDrawsRows() {
        TestBench bench;
        const Json changes = Json::parse(R"({
            "dataset": {"kind": "gaussians", "rows": 200},
            "tokenizer": {"kind": "none"},
            "backbone": {"kind": "mlp", "layers": 1, "width": 8},
            "objective": {"kind": "gan", "code": 2, "decoder_width": 8},
            "sampling": {"every": 4}})");
        const RunRecord run = tried(bench.workbench, "ring", tinySpec(8, changes));
        MainWindow window(bench.workbench);
        window.show();
        bench.workbench.openRun(qs(run.id));
        auto* page = static_cast<RunPage*>(window.page(QStringLiteral("run")));
        page->tabs().setCurrentWidget(&page->tabs().samples());
        QTRY_VERIFY_WITH_TIMEOUT(page->tabs().samples().toHtml().contains(QStringLiteral("8-scatter.png")), longWait);
        TryPanel& trial = page->tabs().trial();
        page->tabs().setCurrentWidget(&trial);
        QTRY_VERIFY(trial.drawing().isVisible());
        trial.findChild<QPushButton*>(QStringLiteral("try.draw"))->click();
        QTRY_VERIFY_WITH_TIMEOUT(!trial.drawing().busy(), longWait);
        QVERIFY2(trial.drawing().sheet().isVisible(), qPrintable(trial.drawing().state().text()));
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("drawn.csv"));
        trial.drawing().save(file);
        std::ifstream in(ss(file));
        std::string line;
        std::getline(in, line);
        QCOMPARE(qs(line), QStringLiteral("x1,x2"));
    }

    void aLanguageModelWrites() {
        TestBench bench;
        const RunRecord run = tried(bench.workbench, "storyteller", writingSpec(20));
        MainWindow window(bench.workbench);
        window.show();
        bench.workbench.openRun(qs(run.id));
        auto* page = static_cast<RunPage*>(window.page(QStringLiteral("run")));
        TryPanel& trial = page->tabs().trial();
        page->tabs().setCurrentWidget(&trial);
        QTRY_VERIFY(trial.writing().isVisible());
        QVERIFY(!trial.judging().isVisible());
        QVERIFY2(trial.checkpoint().currentText().contains(QStringLiteral("Step 20")),
                 qPrintable(trial.checkpoint().currentText()));
        auto* prompt = trial.findChild<QPlainTextEdit*>(QStringLiteral("try.prompt"));
        prompt->setPlainText(QStringLiteral("Once upon"));
        trial.findChild<QSpinBox*>(QStringLiteral("try.length"))->setValue(5);
        QTest::keyClick(&window, Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(trial.writing().busy());
        QTRY_VERIFY_WITH_TIMEOUT(!trial.writing().busy(), longWait);
        const QString written = trial.writing().written().toPlainText();
        QVERIFY2(written.contains(QStringLiteral("Once upon")) && written.contains(QStringLiteral("step 20")),
                 qPrintable(written));

        // A long text can be cancelled: what was written by then is shown.
        trial.findChild<QSpinBox*>(QStringLiteral("try.length"))->setValue(100000);
        auto* generate = trial.findChild<QPushButton*>(QStringLiteral("try.generate"));
        generate->click();
        QCOMPARE(generate->text(), QStringLiteral("Cancel"));
        generate->click();
        QTRY_VERIFY_WITH_TIMEOUT(!trial.writing().busy(), longWait);
        QCOMPARE(generate->text(), QStringLiteral("Generate"));
        QVERIFY(trial.writing().written().toPlainText().contains(QStringLiteral("seed 1")));

        // It is scored on a file that it has not seen.
        const std::string other = ss(bench.folder.filePath(QStringLiteral("other.txt")));
        std::ofstream(other) << "Once upon a time there was a text of another kind, and nobody had read it.\n";
        trial.evaluation().evaluate({other}, "validation");
        QTRY_VERIFY_WITH_TIMEOUT(!trial.evaluation().busy(), longWait);
        QVERIFY2(trial.evaluation().state().text().contains(QStringLiteral("other.txt")),
                 qPrintable(trial.evaluation().state().text()));
        QStringList names;
        for (int row = 0; row < trial.evaluation().figures().rowCount(); ++row)
            names << trial.evaluation().figures().item(row, 0)->text();
        QVERIFY2(names.contains(QStringLiteral("Loss")) && names.contains(QStringLiteral("Perplexity")),
                 qPrintable(names.join(QLatin1Char(','))));
        trial.evaluation().evaluate({"/nowhere.txt"}, "validation");
        QTRY_VERIFY_WITH_TIMEOUT(!trial.evaluation().busy(), longWait);
        QVERIFY2(trial.evaluation().state().text().contains(QStringLiteral("nowhere.txt")),
                 qPrintable(trial.evaluation().state().text()));
        QVERIFY(!trial.evaluation().figures().isVisible());

        // And its checkpoint goes to other machines whole.
        const fs::path copy = fs::path(bench.folder.path().toStdString()) / "taken along";
        trial.exports().write(Export::checkpoint, qs(copy.string()));
        QTRY_VERIFY_WITH_TIMEOUT(!trial.exports().busy(), longWait);
        QVERIFY(verify_checkpoint(copy));
        const Status again = export_model(copy, Export::checkpoint, copy);
        QVERIFY(!again);  // nothing is written over
        QVERIFY(!export_model(copy, Export::adapters, copy / "a.safetensors"));
    }

    void theCheckpointThatIsUsedStaysChosen() {
        TestBench bench;
        const RunRecord run = tried(bench.workbench, "three", writingSpec(30));
        TryPanel panel(bench.workbench);
        RunDetails details = readRunDetails(bench.workbench.workspace().database(), run.id).or_throw();
        panel.show(details);
        QVERIFY(panel.checkpoint().count() >= 2);
        QCOMPARE(panel.checkpoint().currentData().toString(), qs(details.current));
        panel.checkpoint().setCurrentIndex(1);
        Q_EMIT panel.checkpoint().activated(1);
        const QString chosen = panel.checkpoint().currentData().toString();
        CheckpointRecord newer = details.checkpoints.front();
        newer.step = 40;
        newer.path += "-newer";
        details.checkpoints.insert(details.checkpoints.begin(), newer);
        panel.setCheckpoints(details.checkpoints);
        QCOMPARE(panel.checkpoint().currentData().toString(), chosen);
        panel.setCheckpoints({newer});  // retention took the others
        QCOMPARE(panel.checkpoint().currentData().toString(), qs(newer.path));
        panel.setCheckpoints({});
        QVERIFY(!panel.checkpoint().isVisibleTo(&panel));
    }

    void aRunThatFailedAtItsDataIsShownAgainAndAgain() {
        TestBench bench;
        RunDetails details;
        details.record.id = make_uuid();
        details.record.status = "failed";
        details.record.spec = writingSpec(10);  // of its data nothing is known: its facts are empty
        TryPanel panel(bench.workbench);
        for (int reading = 0; reading < 3; ++reading) panel.show(details);
        QVERIFY(!panel.checkpoint().isVisibleTo(&panel));
        details.checkpoints.emplace_back().step = 10;
        panel.show(details);
        QVERIFY(panel.checkpoint().isVisibleTo(&panel));
        QVERIFY2(panel.checkpoint().itemText(0).contains(QStringLiteral("Step 10")),
                 qPrintable(panel.checkpoint().itemText(0)));
    }

    void aModelOfLabelsSaysItsClasses() {
        TestBench bench;
        const RunRecord run = tried(bench.workbench, "pets", judgingSpec(bench.folder));
        QVERIFY2(run.status == "finished", run.cause.c_str());
        TryPanel panel(bench.workbench);
        panel.setVisible(true);
        panel.show(readRunDetails(bench.workbench.workspace().database(), run.id).or_throw());
        QVERIFY(panel.judging().isVisible() && !panel.writing().isVisible());
        panel.findChild<QPlainTextEdit*>(QStringLiteral("try.text"))->setPlainText(QStringLiteral("the cat sat 7"));
        panel.go();
        QTRY_VERIFY_WITH_TIMEOUT(!panel.judging().busy(), longWait);
        QCOMPARE(panel.judging().said().rowCount(), 2);
        QSet<QString> classes;
        double sum = 0;
        for (int row = 0; row < 2; ++row) {
            classes.insert(panel.judging().said().item(row, 0)->text());
            sum += panel.judging().said().item(row, 1)->text().section(QLatin1Char(' '), 0, 0).toDouble();
        }
        QCOMPARE(classes, (QSet<QString>{QStringLiteral("cat"), QStringLiteral("dog")}));
        QVERIFY2(std::abs(sum - 100) < 1, qPrintable(QString::number(sum)));
    }

    void aPictureIsJudgedInTheModelsOwnForm() {
        TestBench bench;
        Json spec = tinySpec(2);
        spec["dataset"] = find_sheet("dataset", "shapes")->complete({{"pictures", 60}});
        spec["dataset"]["kind"] = "shapes";
        const RunRecord run = tried(bench.workbench, "shapes", complete_spec(fitted_spec(spec).value()));
        QVERIFY2(run.status == "finished", run.cause.c_str());
        TryPanel panel(bench.workbench);
        panel.setVisible(true);
        panel.show(readRunDetails(bench.workbench.workspace().database(), run.id).or_throw());
        QVERIFY(panel.judging().isVisible());
        QImage image(90, 60, QImage::Format_RGB32);
        image.fill(QColor(10, 200, 30));
        const QString file = bench.folder.filePath(QStringLiteral("any.png"));
        QVERIFY(image.save(file));
        panel.judging().usePicture(file);
        QTRY_VERIFY_WITH_TIMEOUT(!panel.judging().busy(), longWait);
        QVERIFY2(panel.judging().said().rowCount() > 1, qPrintable(panel.judging().state().text()));
        panel.judging().usePicture(bench.folder.filePath(QStringLiteral("none.png")));
        QTRY_VERIFY_WITH_TIMEOUT(!panel.judging().busy(), longWait);
        QVERIFY2(panel.judging().state().text().contains(QStringLiteral("none.png")),
                 qPrintable(panel.judging().state().text()));

        PictureCopy shape;
        shape.channels = 3;
        shape.height = 4;
        shape.width = 6;
        const PictureCopy made = pictureFor(image, shape, false);
        QCOMPARE(made.pixels.size(), std::size_t{72});
        QCOMPARE(int(made.pixels[0]), 10);
        QCOMPARE(int(made.pixels[24]), 200);
        shape.channels = 1;
        const PictureCopy grey = pictureFor(image, shape, false), inverted = pictureFor(image, shape, true);
        QCOMPARE(int(grey.pixels[5]), qGray(10, 200, 30));
        QCOMPARE(int(inverted.pixels[5]), 255 - qGray(10, 200, 30));
        shape.channels = 7;
        QVERIFY(pictureFor(image, shape, false).pixels.empty());
    }

    void stoppingWithoutSavingAsksFirst() {
        TestBench bench;
        MainWindow window(bench.workbench);
        window.show();
        LaunchRequest request;
        request.spec = writingSpec(100000);
        request.name = "stopped";
        QVERIFY(bench.workbench.launch(request));
        RunSession& session = bench.workbench.session();
        QSignalSpy ended(&session, &RunSession::ended);
        QTRY_VERIFY_WITH_TIMEOUT(session.lastRow().step > 12, longWait);
        auto* page = static_cast<RunPage*>(window.page(QStringLiteral("run")));
        auto* more = page->findChild<QPushButton*>(QStringLiteral("stop.more"));
        QTRY_VERIFY(more && more->isVisible());
        for (const QPushButton* button : page->findChildren<QPushButton*>())
            QVERIFY2(!button->text().contains(QStringLiteral("without saving")), "it stands beside Stop & save");
        int asked = 0;
        page->askDiscard = [&] {
            ++asked;
            return asked > 1;
        };
        QAction* discard = more->menu()->actions().front();
        discard->trigger();
        QCOMPARE(asked, 1);
        QVERIFY(session.progress().phase != "stopping");
        discard->trigger();
        QCOMPARE(asked, 2);
        QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, longWait);
        QCOMPARE(qs(bench.workbench.workspace().store().or_throw().run("stopped").or_throw().status),
                 QStringLiteral("stopped"));
    }

    void aStopSaysWhereTheSaveWent() {
        TestBench bench;
        MainWindow window(bench.workbench);
        window.show();
        LaunchRequest request;
        request.spec = writingSpec(100000);
        request.name = "kept";
        QVERIFY(bench.workbench.launch(request));
        RunSession& session = bench.workbench.session();
        QSignalSpy ended(&session, &RunSession::ended), said(&bench.workbench, &Workbench::said);
        QTRY_VERIFY_WITH_TIMEOUT(session.lastRow().step > 3, longWait);
        session.stop(true);
        QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, longWait);
        const RunRecord run = bench.workbench.workspace().store().or_throw().run("kept").or_throw();
        auto* page = static_cast<RunPage*>(window.page(QStringLiteral("run")));
        auto* save = page->findChild<QPushButton*>(QStringLiteral("run.lastSave"));
        QTRY_VERIFY(save->isVisible());
        QCOMPARE(save->text(), QStringLiteral("Saved at step %1").arg(countText(run.steps)));
        bool told = false;
        for (const QList<QVariant>& words : said)
            told = told || words.front().toString().startsWith(QStringLiteral("Saved at step"));
        QVERIFY(told);
        save->click();
        QTRY_COMPARE(window.currentPage(), QStringLiteral("models"));
        auto* models = static_cast<ModelsPage*>(window.page(QStringLiteral("models")));
        QTRY_VERIFY(models->finetune().start().section().is_object() &&
                    models->finetune().start().section().value("path", "").find(run.id) != std::string::npos);
    }

    void aResumedRunKnowsItsLastSave() {
        TestBench bench;
        Workbench& workbench = bench.workbench;
        LaunchRequest request;
        request.spec = writingSpec(100000);
        request.spec["saving"]["every"] = 0;
        request.spec["saving"]["keep_best"] = false;  // a save on the way would take the place of what is looked for
        request.name = "resumed";
        request.stop_at = 10;  // where an evaluation is due
        RunSession& session = workbench.session();
        QSignalSpy ended(&session, &RunSession::ended);
        MainWindow window(workbench);
        window.show();
        QVERIFY(workbench.launch(request));
        QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, longWait);
        const RunRecord run = workbench.workspace().store().or_throw().run("resumed").or_throw();
        QVERIFY(workbench.resume(run.id));
        QTRY_VERIFY_WITH_TIMEOUT(session.active() && session.lastRow().step > run.steps, longWait);
        auto* page = static_cast<RunPage*>(window.page(QStringLiteral("run")));
        const QString step = QStringLiteral("Step %1").arg(countText(run.steps));
        QTRY_VERIFY_WITH_TIMEOUT(
            [&] {
                for (const QLabel* one : page->findChildren<QLabel*>())
                    if (one->text() == step) return true;
                return false;
            }(),
            longWait);
        session.stop(false);
        QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 2, longWait);
    }

    void timeLeftCountsEvaluationsApart() {
        TimeLeft left;
        const Json spec = {{"training", {{"budget", 1000}, {"budget_unit", "steps"}}},
                           {"evaluation", {{"every", 100}}},
                           {"saving", {{"every", 0}}}};
        left.begin(spec);
        QCOMPARE(left.seconds(0), -1.0);
        RunFacts facts;
        facts.total_steps = 1000;
        left.note(facts);
        left.note(Progress{"training", 0, ""}, 0);
        for (int step = 1; step <= 100; ++step) left.note(rowAt(step, 0.1 * step));
        QVERIFY(std::abs(left.seconds(10) - 90) < 1);  // no evaluation was seen yet
        left.note(Progress{"evaluating", 0, ""}, 10);
        left.note(Progress{"evaluating", 0.5, ""}, 15);
        QVERIFY(std::abs(left.seconds(15) - 95) < 1);  // the other half of this one
        left.note(Progress{"training", 0.1, ""}, 20);
        for (int step = 101; step <= 200; ++step) left.note(rowAt(step, 10 + 0.1 * step));
        // 800 steps of 0.1 s; evaluations of 10 s at 300, 400, ... 900 and at the end.
        const double seconds = left.seconds(30);
        QVERIFY2(std::abs(seconds - (80 + 80)) < 2, qPrintable(QString::number(seconds)));
        QCOMPARE(left.fraction(), 0.2);
        left.note(rowAt(1000, 200));
        QCOMPARE(left.seconds(200), -1.0);  // never "0.00 s"
    }

    void timeLeftOfABudgetInMinutes() {
        TimeLeft left;
        left.begin({{"training", {{"budget", 2}, {"budget_unit", "minutes"}}}});
        QCOMPARE(left.seconds(0), -1.0);
        left.note(rowAt(1, 30));
        QCOMPARE(left.seconds(0), 90.0);
        QCOMPARE(left.fraction(), 0.25);
        left.note(rowAt(2, 130));
        QCOMPARE(left.seconds(0), -1.0);
        QCOMPARE(left.fraction(), 1.0);
    }

    void theLogCallsSettingsByTheirLabels() {
        TestBench bench;
        const std::string id = addRun(bench.workbench.workspace(), "extended", 1e-3, 1, 1, 100);
        RunTabs tabs(bench.workbench);
        tabs.show(readRunDetails(bench.workbench.workspace().database(), id).or_throw());
        tabs.addEvent({id, "note", "Extended: training.budget was 400.0 and is now 800.0", now_utc(), 0, 400});
        const QString last = tabs.log().toPlainText();
        QVERIFY2(last.contains(QStringLiteral("“Budget” was 400")), qPrintable(last));
        QVERIFY2(!last.contains(QStringLiteral("training.budget")), qPrintable(last));
    }

    void lettersReachTablesLogsAndThePage() {
        TestBench bench;
        const std::string id = addRun(bench.workbench.workspace(), "typed", 1e-4, 1, 2);
        {
            Store store = bench.workbench.workspace().store().or_throw();
            for (const int step : {100, 200, 250})
                store
                    .add_checkpoint({id, "/nowhere/step-" + std::to_string(step), 0, step, 100, 10, 2.0, false,
                                     now_utc(), "", std::nullopt})
                    .or_throw();
        }
        MainWindow window(bench.workbench);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        bench.workbench.openRun(qs(id));
        auto* page = static_cast<RunPage*>(window.page(QStringLiteral("run")));
        RunTabs& tabs = page->tabs();
        QTRY_COMPARE(tabs.checkpoints().rowCount(), 3);
        tabs.setCurrentWidget(&tabs.checkpoints());
        tabs.checkpoints().setFocus();
        QTest::keyClicks(&tabs.checkpoints(), QStringLiteral("20"));
        QVERIFY(tabs.checkpoints().currentItem());
        QCOMPARE(tabs.checkpoints().item(tabs.checkpoints().currentRow(), 0)->text(), QStringLiteral("200"));
        // A letter that begins no row is a key of the page.
        const bool follows = page->plots().follow();
        QTest::keyClick(&tabs.checkpoints(), Qt::Key_F);
        QCOMPARE(page->plots().follow(), !follows);
        // The log gives its text away, and leaves letters to the page.
        tabs.log().setPlainText(QStringLiteral("first line\nsecond line"));
        tabs.setCurrentWidget(&tabs.log());
        tabs.log().setFocus();
        QTest::keyClick(&tabs.log(), Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(&tabs.log(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("first line\nsecond line"));
        QTest::keyClick(&tabs.log(), Qt::Key_F);
        QCOMPARE(page->plots().follow(), follows);
    }
};

QObject* tryingSuite() {
    return new TryingTest;
}

}  // namespace gw::ui

#include "trying_test.moc"
