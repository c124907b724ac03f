#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QThreadPool>
#include <fstream>

#include "artifact/checkpoint.h"
#include "scratch.h"
#include "spec/run_spec.h"
#include "ui/pages/models_page.h"
#include "ui/shell/window_keeper.h"
#include "ui/suites.h"
#include "ui/texts/language.h"
#include "ui/widgets/studies/sequence_panel.h"

namespace gw::ui {

/// The panel of sequences of tasks: what it shows while one is carried out, and how it is left.
class SequencesTest : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void fillsAsTasksEnd();
    void opensTheRuns();
    void errorsStayAndTheBoxIsThereForStudiesWithoutResults();
    void showsTheTaskAtHandAndKeepsItWhenCancelled();
    void scenarioAndStepsOfTheFormAreThoseOfTheStudy();
    void aSpecThatIsASequenceIsCarriedOutHere();
    void isAskedForBeforeTheWindowEndsIt();
    void soIsALaunchWhoseCheckpointIsRead();
};

namespace {

fs::path sequenceParent(const Workspace& workspace) {
    LaunchRequest request;
    request.spec = complete_spec(overlay_spec(default_spec(), Json::parse(R"({
        "dataset": {"kind": "storybook", "stories": 300}, "tokenizer": {"kind": "bytes"},
        "backbone": {"kind": "transformer", "layers": 1, "width": 16, "heads": 2, "context": 32},
        "training": {"budget": 2, "micro_batch": 4, "precision": "fp32", "device": "cpu", "threads": 1},
        "evaluation": {"every": 0, "tokens": 500, "whole_at_end": false},
        "saving": {"every": 0}, "sampling": {"every": 0, "tokens": 5}})")));
    request.name = "parent";
    auto run = LiveRun::launch(workspace, request, HostKind::inline_).or_throw();
    (void)run->wait();
    const RunRecord record = workspace.store().or_throw().run(run->id()).or_throw();
    return newest_whole_checkpoint(fs::path(record.path) / "checkpoints").or_throw();
}

/// A study of three tasks of which one strategy with one seed has learnt two; the third is being learnt.
SequenceStudy halfDone(const std::vector<std::string>& runs) {
    SequenceStudy study;
    study.name = "half done";
    study.strategies = {"sequential", "joint"};
    study.seeds = 1;
    study.tasks = {"a", "b", "c"};
    study.steps = {{"sequential", 1, 0, runs.at(0), {0.9, {}, {}}, {0.5, 0.5, 0.5}, 1},
                   {"sequential", 1, 1, runs.at(1), {0.6, 0.8, {}}, {0.5, 0.5, 0.5}, 1},
                   {"sequential", 1, 2, runs.at(2), {}, {}, 0}};
    return study;
}

/// A spec that is a sequence of two tasks, each of so many steps.
Json shapesInTurn(int steps) {
    Json spec = overlay_spec(default_spec(), Json::parse(R"({
        "dataset": {"kind": "shapes", "pictures": 240, "size": 16, "only": ["circle", "square", "cross", "ring"]},
        "split": {"kind": "stratified"}, "tokenizer": {"kind": "none"},
        "backbone": {"kind": "mlp", "layers": 1, "width": 8}, "objective": {"kind": "classification"},
        "sequence": {"kind": "tasks", "scenario": "class", "strategies": ["sequential"], "seeds": 1,
                     "micro_batch": 8, "threads": 1},
        "training": {"precision": "fp32", "device": "cpu"},
        "evaluation": {"every": 0}, "saving": {"every": 0}, "sampling": {"every": 0}})"));
    spec["sequence"]["iterations"] = steps;
    return complete_spec(spec);
}

void keepStudy(const Workspace& workspace, const SequenceStudy& study) {
    workspace.store().or_throw().set_saved({"sequence", study.name, to_json(study), "2026-01-31T12:00:00Z"}).or_throw();
}

std::vector<std::string> threeRuns(const Workspace& workspace) {
    Store store = workspace.store().or_throw();
    std::vector<std::string> ids;
    for (const char* name : {"first", "second", "third"}) {
        RunRecord run;
        run.id = std::string("00000000-0000-4000-8000-00000000000") + std::to_string(ids.size());
        run.name = name;
        run.status = ids.size() < 2 ? "finished" : "running";
        run.steps = ids.size() < 2 ? 48 : 12;
        run.total_steps = 48;
        run.created = run.started = "2026-01-31T12:00:00Z";
        run.path = workspace.run_folder(run.id).string();
        store.add_run(run).or_throw();
        ids.push_back(run.id);
    }
    return ids;
}

}  // namespace

void SequencesTest::fillsAsTasksEnd() {
    TestBench bench;
    const Workspace& workspace = bench.workbench.workspace();
    SequenceStudy study = halfDone(threeRuns(workspace));
    SequenceStudy begun = study;
    for (SequenceStep& step : begun.steps) step.by_neighbours.clear();
    keepStudy(workspace, begun);
    SequencePanel panel(bench.workbench);
    panel.resize(800, 700);
    panel.show();
    panel.refresh();
    QTRY_COMPARE(panel.strategies().rowCount(), 2);
    QCOMPARE(panel.matrix().rowCount(), 0);
    QCOMPARE(panel.strategies().item(0, 6)->text(), QStringLiteral("0 of 1"));

    // Another program has judged two tasks: they appear without a hand's turn.
    keepStudy(workspace, study);
    QTRY_COMPARE(panel.matrix().rowCount(), 2);
    QCOMPARE(panel.matrix().item(1, 0)->text(), QStringLiteral("0.600"));
    QCOMPARE(panel.matrix().item(1, 2)->text(), QString());
    QCOMPARE(panel.strategies().item(0, 1)->text(), QStringLiteral("–"));

    // The whole sequence is through.
    study.steps.back().by_head = {0.5, 0.7, 0.9};
    study.steps.back().by_neighbours = {0.5, 0.5, 0.5};
    study.results = {{"sequential", 1, study.tasks, {}, {}, {0.4, 0.4, 0.4}, 3}};
    for (const SequenceStep& step : study.steps) {
        study.results[0].by_head.push_back(step.by_head);
        study.results[0].by_neighbours.push_back(step.by_neighbours);
    }
    keepStudy(workspace, study);
    QTRY_COMPARE(panel.matrix().rowCount(), 3);
    QCOMPARE(panel.strategies().item(0, 1)->text(), QStringLiteral("0.700"));
    QCOMPARE(panel.strategies().item(0, 6)->text(), QStringLiteral("1 of 1"));
}

void SequencesTest::opensTheRuns() {
    TestBench bench;
    const auto ids = threeRuns(bench.workbench.workspace());
    keepStudy(bench.workbench.workspace(), halfDone(ids));
    SequencePanel panel(bench.workbench);
    panel.resize(800, 700);
    panel.show();
    panel.refresh();
    QTableWidget& runs = panel.results().runs();
    QTRY_COMPARE(runs.rowCount(), 3);
    QCOMPARE(runs.item(1, 0)->text(), QStringLiteral("2: b"));
    QVERIFY(runs.item(2, 3)->text().contains(QStringLiteral("12")));
    auto* open = panel.findChild<QPushButton*>(QStringLiteral("sequence.open"));
    QVERIFY(open && !open->isEnabled());
    const QSignalSpy opened(&bench.workbench, &Workbench::runWanted);
    runs.setCurrentCell(1, 0);
    QVERIFY(open->isEnabled());
    open->click();
    QCOMPARE(opened.size(), 1);
    QCOMPARE(opened.back().front().toString().toStdString(), ids[1]);
    runs.setCurrentCell(2, 1);
    QTest::keyClick(&runs, Qt::Key_Return);
    QCOMPARE(opened.size(), 2);
    QCOMPARE(opened.back().front().toString().toStdString(), ids[2]);
    // Of a strategy that has not begun there is nothing to open.
    auto& strategies = const_cast<QTableWidget&>(panel.strategies());
    strategies.setCurrentCell(1, 0);
    QCOMPARE(runs.rowCount(), 0);
    QVERIFY(!open->isEnabled());
}

void SequencesTest::errorsStayAndTheBoxIsThereForStudiesWithoutResults() {
    TestBench bench;
    const Workspace& workspace = bench.workbench.workspace();
    SequenceStudy done;
    done.name = "done";
    done.strategies = {"sequential"};
    done.results = {{"sequential", 1, {"a", "b"}, {{0.9, {}}, {0.6, 0.8}}, {{0.5, 0.5}, {0.5, 0.6}}, {0.4, 0.5}, 1.0}};
    keepStudy(workspace, done);
    SequenceStudy empty;
    empty.name = "without results";
    empty.strategies = {"sequential"};
    keepStudy(workspace, empty);
    SequencePanel panel(bench.workbench);
    panel.resize(800, 700);
    panel.show();
    panel.refresh();
    QTRY_COMPARE(panel.studies().count(), 2);

    // A study without results leaves the box in which another can be chosen.
    const auto choose = [&](const QString& name) {
        const int index = panel.studies().findText(name);
        panel.studies().setCurrentIndex(index);
        Q_EMIT panel.studies().activated(index);
    };
    choose(QStringLiteral("without results"));
    QVERIFY(panel.studies().isVisible());
    QVERIFY(!panel.results().isVisible());
    choose(QStringLiteral("done"));
    QTRY_VERIFY(panel.results().isVisible());
    QCOMPARE(panel.matrix().rowCount(), 2);

    // What went wrong stays to be read while the history goes on changing, until another study is chosen.
    auto* error = panel.findChild<QLabel*>(QStringLiteral("sequence.error"));
    auto* go = panel.findChild<QPushButton*>(QStringLiteral("sequence.go"));
    QVERIFY(error && go && !error->isVisible());
    go->click();  // no checkpoint is chosen
    QVERIFY(error->isVisible());
    panel.setCheckpoint("/nowhere/checkpoints/step-00000002");
    panel.data().setText(QStringLiteral("/nowhere/labels.tsv"));
    go->click();
    QTRY_VERIFY_WITH_TIMEOUT(error->text().contains(QStringLiteral("/nowhere")), 20000);
    const QString told = error->text();
    for (const char* name : {"another", "and another"}) {
        done.name = name;
        keepStudy(workspace, done);
        const int before = panel.studies().count();
        QTRY_VERIFY(panel.studies().count() > before);
        QCOMPARE(error->text(), told);
        QVERIFY(error->isVisible());
    }
    choose(QStringLiteral("done"));
    QVERIFY(!error->isVisible());
}

void SequencesTest::showsTheTaskAtHandAndKeepsItWhenCancelled() {
    TestBench bench;
    const Workspace& workspace = bench.workbench.workspace();
    const fs::path checkpoint = sequenceParent(workspace);
    const fs::path tsv = workspace.root() / "four.tsv";
    {
        std::ofstream out(tsv);
        for (int i = 0; i < 160; ++i)
            out << "text number " << i << " of its class"
                << "\t" << static_cast<char>('a' + i % 4) << "\n";
    }
    SequencePanel panel(bench.workbench);
    panel.resize(800, 700);
    panel.show();
    panel.setCheckpoint(checkpoint.string());
    panel.data().setText(QString::fromStdString(tsv.string()));
    auto* go = panel.findChild<QPushButton*>(QStringLiteral("sequence.go"));
    auto* state = panel.findChild<QLabel*>(QStringLiteral("sequence.state"));
    auto* openNow = panel.findChild<QPushButton*>(QStringLiteral("sequence.openNow"));
    go->click();
    QTRY_VERIFY_WITH_TIMEOUT(state->text().contains(QStringLiteral("a | b")), 60000);
    QVERIFY2(state->text().contains(QStringLiteral("seed 1")), qPrintable(state->text()));
    // The first run stands in the table while the sequence goes on, and the one at hand can be opened.
    QTRY_VERIFY_WITH_TIMEOUT(panel.results().runs().rowCount() > 0, 60000);
    const QSignalSpy opened(&bench.workbench, &Workbench::runWanted);
    QTRY_VERIFY_WITH_TIMEOUT(openNow->isVisible(), 60000);
    openNow->click();
    QCOMPARE(opened.size(), 1);
    QVERIFY(workspace.store().or_throw().run(opened.front().front().toString().toStdString()));
    go->click();
    auto* error = panel.findChild<QLabel*>(QStringLiteral("sequence.error"));
    QTRY_VERIFY_WITH_TIMEOUT(error->isVisible(), 60000);
    QVERIFY2(error->text().contains(QStringLiteral("kept")), qPrintable(error->text()));
    QVERIFY(!openNow->isVisible());
    QTRY_VERIFY(panel.studies().count() == 1);
    QVERIFY(panel.results().runs().rowCount() > 0);
}

void SequencesTest::scenarioAndStepsOfTheFormAreThoseOfTheStudy() {
    TestBench bench;
    SequencePanel panel(bench.workbench);
    QCOMPARE(panel.formStudy().settings.at("scenario").get<std::string>(), std::string("task"));
    QCOMPARE(panel.formStudy().settings.at("iterations").get<int>(), 0);
    panel.scenario().setCurrentIndex(panel.scenario().findData(QStringLiteral("class")));
    auto* steps = panel.findChild<QSpinBox*>(QStringLiteral("sequence.steps"));
    QVERIFY(steps);
    steps->setValue(70);
    const SequenceStudy study = panel.formStudy();
    QCOMPARE(study.settings.at("scenario").get<std::string>(), std::string("class"));
    QCOMPARE(study.settings.at("iterations").get<int>(), 70);
}

void SequencesTest::aSpecThatIsASequenceIsCarriedOutHere() {
    TestBench bench;
    ModelsPage page(bench.workbench);
    page.resize(1200, 800);
    page.show();
    LaunchRequest request;
    request.name = "shapes in turn";
    request.spec = shapesInTurn(3);
    const QSignalSpy pages(&bench.workbench, &Workbench::pageWanted);
    QVERIFY(bench.workbench.launch(request));
    QCOMPARE(pages.size(), 1);
    SequencePanel& panel = page.sequences();
    QTRY_COMPARE_WITH_TIMEOUT(panel.matrix().rowCount(), 2, 60000);
    QVERIFY(panel.isVisible());
    QTRY_COMPARE_WITH_TIMEOUT(panel.strategies().item(0, 6)->text(), QStringLiteral("1 of 1"), 60000);
    QCOMPARE(panel.strategies().item(0, 5)->text(), QStringLiteral("–"));  // nothing stands before the first weights
    QCOMPARE(panel.studies().currentText(), QStringLiteral("shapes in turn"));
    // No run of that name was begun besides its tasks.
    QCOMPARE(bench.workbench.workspace().store().or_throw().runs().or_throw().size(), std::size_t{2});
}

void SequencesTest::isAskedForBeforeTheWindowEndsIt() {
    const QTemporaryDir elsewhere;
    TestBench bench;
    // What it wrote last is written before its folder goes.
    const auto end = qScopeGuard([] {
        (void)Language::instance().set(QStringLiteral("en"), false);
        QThreadPool::globalInstance()->waitForDone();
    });
    WindowKeeper keeper(bench.workbench);
    keeper.window().show();
    const QPointer<MainWindow> first(&keeper.window());
    QStringList asked;
    bool mayEnd = false;
    keeper.window().askLeaving = [&](const QString& what) {
        asked << what;
        return mayEnd;
    };
    LaunchRequest request;
    request.name = "shapes for long";
    request.spec = shapesInTurn(100000);
    QVERIFY(bench.workbench.launch(request));
    QVERIFY(bench.workbench.carriesOut());
    keeper.window().close();
    QCOMPARE(asked.size(), 1);
    QVERIFY2(asked.back().contains(QStringLiteral("sequence")), qPrintable(asked.back()));
    QVERIFY(keeper.window().isVisible());
    QVERIFY(!Language::instance().set(QStringLiteral("ja"), false));
    QCOMPARE(asked.size(), 2);
    QCOMPARE(Language::instance().current(), QStringLiteral("en"));
    keeper.openWorkspace(elsewhere.path());
    QTRY_COMPARE(asked.size(), 3);
    QCOMPARE(&keeper.workbench(), &bench.workbench);
    QTest::qWait(50);
    QVERIFY(first && &keeper.window() == first && bench.workbench.carriesOut());

    mayEnd = true;
    QVERIFY(Language::instance().set(QStringLiteral("ja"), false));
    QCOMPARE(asked.size(), 4);
    QTRY_VERIFY_WITH_TIMEOUT(!first, 60000);
    QVERIFY2(!bench.workbench.carriesOut(), "it ended with the page that carried it out");
    keeper.window().close();
    QCOMPARE(asked.size(), 4);
    QVERIFY2(!keeper.window().isVisible(), "nothing is left to ask for");
}

void SequencesTest::soIsALaunchWhoseCheckpointIsRead() {
    TestBench bench;
    (void)sequenceParent(bench.workbench.workspace());
    MainWindow window(bench.workbench);
    window.show();
    QStringList asked;
    window.askLeaving = [&](const QString& what) {
        asked << what;
        return false;
    };
    window.askClosing = [] { return MainWindow::Closing::quitWithoutSaving; };
    LaunchRequest request;
    request.resume_run = bench.workbench.workspace().store().or_throw().runs().or_throw().front().id;
    request.extend = {{"budget", 10000000}};
    QVERIFY(bench.workbench.launch(request));
    QVERIFY(bench.workbench.checking());
    window.close();
    QCOMPARE(asked.size(), 1);
    QVERIFY2(asked.back().contains(QStringLiteral("checkpoint")), qPrintable(asked.back()));
    QVERIFY(window.isVisible());
    // Whoever stays sees it begin.
    QTRY_VERIFY_WITH_TIMEOUT(bench.workbench.session().active(), 60000);
    QVERIFY(!bench.workbench.checking());
    window.close();
    QCOMPARE(asked.size(), 1);
    QTRY_VERIFY_WITH_TIMEOUT(!window.isVisible(), 60000);
}

QObject* sequencesSuite() {
    return new SequencesTest;
}

}  // namespace gw::ui

#include "sequences_test.moc"
