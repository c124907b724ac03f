#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include "artifact/checkpoint.h"
#include "ui/forms/data_preview.h"
#include "ui/forms/spec_form.h"
#include "ui/history.h"
#include "ui/models/compare_models.h"
#include "ui/pages/compare_page.h"
#include "ui/pages/models_page.h"
#include "ui/pages/run_page.h"
#include "ui/pages/runs_page.h"
#include "ui/shell/main_window.h"
#include "ui/suites.h"
#include "ui/texts/text.h"
#include "ui/tiny_spec.h"
#include "ui/widgets/dialogs/continue_dialog.h"
#include "ui/widgets/dialogs/tags_dialog.h"
#include "ui/widgets/studies/finetune_panel.h"
#include "workspace/launch.h"
#include "workspace/new_run.h"
#include "workspace/record/alerts.h"

namespace gw::ui {

namespace {

Json toldSpec(int steps) {
    return tinySpec(steps, {{"schedule", {{"kind", "cosine"}, {"warmup", 0}, {"final", 0.1}}},
                            {"evaluation", {{"every", 10}}},
                            {"saving", {{"every", 10}, {"keep_last", 3}}}});
}

/// The checkpoint that the form of the page begins from; empty for none.
std::string begunFrom(ModelsPage& page) {
    const Json section = page.finetune().start().section();
    return section.is_object() ? section.value("path", "") : std::string();
}

/// A run that was trained in this workspace.
RunRecord trained(Workbench& workbench, const std::string& name, int steps) {
    LaunchRequest request;
    request.spec = toldSpec(steps);
    request.name = name;
    auto run = LiveRun::launch(workbench.workspace(), request, HostKind::inline_).or_throw();
    (void)run->wait();
    return workbench.workspace().store().or_throw().run(run->id()).or_throw();
}

}  // namespace

/// What a run has to tell is told where people look, runs can be told apart, and nothing is launched or changed
/// unasked.
class TellingTest : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void aLeakStandsOnTheRun() {
        TestBench bench;
        const Workspace& workspace = bench.workbench.workspace();
        const std::string id = addRun(workspace, "leaky", 1e-4, 1, 2), clean = addRun(workspace, "clean", 1e-4, 2, 2);
        {
            Store store = workspace.store().or_throw();
            store
                .add_event(
                    {id, "leak", "18 of 20 validation texts stand word for word in the training part", now_utc(), 0, 0})
                .or_throw();
            store.add_event({id, "save_failed", "Checkpoint not saved: the disk is full", now_utc(), 0, 40}).or_throw();
            for (const int step : {50, 60})
                store
                    .add_event(
                        {id, "alert", "Spike: the training loss jumped to " + std::to_string(step), now_utc(), 0, step})
                    .or_throw();
            store.add_event({id, "resume", "Taken up", now_utc(), 0, 70}).or_throw();
        }
        MainWindow window(bench.workbench);
        window.show();
        auto* runs = static_cast<RunsPage*>(window.page(QStringLiteral("runs")));
        QTRY_COMPARE(runs->model().total(), 2);
        const QModelIndex leaky = runs->model().index(runs->model().lineOf(id), RunTableModel::name),
                          other = runs->model().index(runs->model().lineOf(clean), RunTableModel::name);
        QVERIFY(!leaky.data(Qt::DecorationRole).isNull());
        QVERIFY(leaky.data(RunTableModel::newNoticesRole).toBool());
        QVERIFY(leaky.data(Qt::ToolTipRole).toString().contains(QStringLiteral("18 of 20")));
        QVERIFY(other.data(Qt::DecorationRole).isNull());

        bench.workbench.openRun(qs(id));
        auto* page = static_cast<RunPage*>(window.page(QStringLiteral("run")));
        QTRY_VERIFY(page->notices().isVisible());
        const QString words = page->notices().findChild<QLabel*>(QStringLiteral("notices.words"))->text();
        QVERIFY2(words.contains(QStringLiteral("18 of 20")) && words.contains(QStringLiteral("disk is full")) &&
                     words.contains(QStringLiteral("2 alerts")),
                 qPrintable(words));
        const QString findings = page->tabs().findings().toPlainText();
        QVERIFY2(findings.contains(QStringLiteral("18 of 20")) && findings.contains(QStringLiteral("(2 times)")) &&
                     !findings.contains(QStringLiteral("Taken up")),
                 qPrintable(findings));
        QVERIFY2(!findings.contains(QStringLiteral("No overfitting")), qPrintable(findings));
        QCOMPARE(page->tabs().findings().newAlerts(), 4);

        page->notices().findChild<QPushButton*>(QStringLiteral("notices.seen"))->click();
        QVERIFY(!page->notices().isVisible());
        QCOMPARE(alerts_of(workspace.store().or_throw(), id).or_throw().seen, 4);
        QVERIFY(page->tabs().findings().toPlainText().contains(QStringLiteral("18 of 20")));  // seen, not gone
        window.showPage(QStringLiteral("runs"));
        QTRY_VERIFY(!runs->model()
                         .index(runs->model().lineOf(id), RunTableModel::name)
                         .data(RunTableModel::newNoticesRole)
                         .toBool());
        // Another run has no bar of this one.
        bench.workbench.openRun(qs(clean));
        QTRY_COMPARE(page->runId(), clean);
        QVERIFY(!page->notices().isVisible());
    }

    void warningsOfALiveRunAreToldOnce() {
        TestBench bench;
        const std::string id = addRun(bench.workbench.workspace(), "live", 1e-4, 1, 2);
        RunTabs tabs(bench.workbench);
        const EventRecord warning{id, "warning", "All texts are short", now_utc(), 0, 0};
        bench.workbench.workspace().store().or_throw().add_event(warning).or_throw();
        tabs.show(readRunDetails(bench.workbench.workspace().database(), id).or_throw());
        tabs.addEvent(warning);  // it came while the history was read
        QCOMPARE(tabs.findings().newAlerts(), 1);
        tabs.addEvent({id, "save_failed", "Checkpoint not saved", now_utc(), 0, 9});
        QCOMPARE(tabs.findings().newAlerts(), 2);
        QCOMPARE(tabs.findings().notices(true).front().kind, std::string("save_failed"));
    }

    void tagsAreAddedAndTakenAwayNotOverwritten() {
        TestBench bench;
        const Workspace& workspace = bench.workbench.workspace();
        const std::string a = addRun(workspace, "a", 1e-4, 1, 2), b = addRun(workspace, "b", 1e-4, 2, 2);
        {
            Store store = workspace.store().or_throw();
            store.set_tags(a, {"good", "old"}).or_throw();
            store.set_tags(b, {"bad", "old"}).or_throw();
        }
        MainWindow window(bench.workbench);
        window.show();
        auto* page = static_cast<RunsPage*>(window.page(QStringLiteral("runs")));
        QTRY_COMPARE(page->model().total(), 2);
        page->view().selectAll();
        QTest::keyClick(&page->view(), Qt::Key_T);
        auto* dialog = page->findChild<TagsDialog*>();
        QVERIFY(dialog);
        QCOMPARE(dialog->list().count(), 3);  // bad, good, old
        QCOMPARE(dialog->list().item(0)->checkState(), Qt::PartiallyChecked);
        QCOMPARE(dialog->list().item(2)->checkState(), Qt::Checked);
        dialog->list().item(2)->setCheckState(Qt::Unchecked);
        dialog->fresh().setText(QStringLiteral("new, good "));
        dialog->accept();
        using Tags = std::vector<std::string>;
        auto tags = [&](const std::string& id) { return workspace.store().or_throw().run(id).or_throw().tags; };
        QCOMPARE(tags(a), (Tags{"good", "new"}));
        QCOMPARE(tags(b), (Tags{"bad", "good", "new"}));
        page->undoWanted();  // Ctrl+Z
        QCOMPARE(tags(a), (Tags{"good", "old"}));
        QCOMPARE(tags(b), (Tags{"bad", "old"}));
    }

    void aChosenCheckpointThatGoesIsSaidToBeGone() {
        TestBench bench;
        const RunRecord run = trained(bench.workbench, "three", 30);
        Store store = bench.workbench.workspace().store().or_throw();
        const auto checkpoints = store.checkpoints(run.id).or_throw();
        QVERIFY(checkpoints.size() >= 3);
        MainWindow window(bench.workbench);
        window.show();
        auto* page = static_cast<ModelsPage*>(window.page(QStringLiteral("models")));
        const CheckpointRecord& old = checkpoints.back();
        bench.workbench.beginFrom(qs(old.path));
        QTRY_COMPARE(begunFrom(*page), old.path);
        // A filter that hides it changes nothing of the choice.
        auto* filter = page->findChild<QLineEdit*>(QStringLiteral("models.filter"));
        filter->setText(QStringLiteral("something else"));
        QCOMPARE(begunFrom(*page), old.path);
        auto* gone = page->findChild<QLabel*>(QStringLiteral("models.gone"));
        QVERIFY(gone->isVisible() && gone->text().contains(QStringLiteral("filter")));
        filter->clear();
        QVERIFY(!gone->isVisible());
        QCOMPARE(page->view().currentIndex().row(), page->model().find(old.path));
        // Retention takes it: nothing else is chosen in its place.
        fs::remove_all(old.path);
        store.remove_checkpoint(old.path).or_throw();
        Q_EMIT bench.workbench.historyChanged();
        QTRY_VERIFY(gone->isVisible());
        QVERIFY2(gone->text().contains(QStringLiteral("three")) && gone->text().contains(QStringLiteral("gone")),
                 qPrintable(gone->text()));
        QVERIFY(!page->view().selectionModel()->hasSelection());
        QVERIFY(!page->finetune().spec());
        QVERIFY(!page->finetune().actions().back()->isEnabled());
        page->view().selectRow(0);
        QVERIFY(!gone->isVisible());
        QCOMPARE(begunFrom(*page), checkpoints.front().path);
    }

    void aForkAsksBeforeItLaunches() {
        TestBench bench;
        const RunRecord run = trained(bench.workbench, "whole", 20);
        MainWindow window(bench.workbench);
        window.show();
        bench.workbench.fork(run.id);
        QTRY_VERIFY(window.findChild<ContinueDialog*>());
        auto* dialog = window.findChild<ContinueDialog*>();
        QVERIFY(!bench.workbench.session().active());
        QCOMPARE(bench.workbench.workspace().store().or_throw().run_ids().or_throw().size(), std::size_t{1});
        auto* budget = dialog->findChild<QLineEdit*>(QStringLiteral("training.budget"));
        QCOMPARE(budget->text(), QStringLiteral("40"));  // the parent's is spent
        QVERIFY(dialog->launchButton().isEnabled());
        budget->setText(QStringLiteral("20"));
        QVERIFY(!dialog->launchButton().isEnabled());
        QVERIFY2(dialog->problem().text().contains(QStringLiteral("Nothing is left")),
                 qPrintable(dialog->problem().text()));
        budget->setText(QStringLiteral("30"));
        dialog->findChild<QLineEdit*>(QStringLiteral("optimizer.lr"))->setText(QStringLiteral("0.0001"));
        dialog->findChild<QLineEdit*>(QStringLiteral("continue.name"))->setText(QStringLiteral("a fork"));
        QVERIFY(dialog->launchButton().isEnabled());
        QSignalSpy ended(&bench.workbench.session(), &RunSession::ended);
        dialog->launchButton().click();
        QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, longWait);
        const RunRecord fork = bench.workbench.workspace().store().or_throw().run("a fork").or_throw();
        QCOMPARE(qs(fork.status), QStringLiteral("finished"));
        QCOMPARE(fork.fork_step, 20);
        QCOMPARE(fork.steps, 30);
        QCOMPARE(fork.spec["optimizer"]["lr"].get<double>(), 1e-4);
    }

    void aForkWithoutABudgetIsRefusedByTheEngineToo() {
        TestBench bench;
        const RunRecord run = trained(bench.workbench, "spent", 20);
        LaunchRequest request;
        request.fork_run = run.id;
        const auto fork = LiveRun::launch(bench.workbench.workspace(), request, HostKind::inline_);
        QVERIFY(!fork);
        QVERIFY2(fork.error().hint.find("training.budget") != std::string::npos, fork.error().hint.c_str());
        QCOMPARE(bench.workbench.workspace().store().or_throw().run_ids().or_throw().size(), std::size_t{1});
    }

    void aRunWithoutACheckpointIsSetUpAnew() {
        TestBench bench;
        const std::string id = addRun(bench.workbench.workspace(), "lost", 1e-4, 1, 2);  // only rows in the history
        MainWindow window(bench.workbench);
        window.show();
        bench.workbench.openRun(qs(id));
        auto* anew = window.findChild<QPushButton*>(QStringLiteral("duplicate"));
        QTRY_VERIFY(anew->isVisible() && anew->property("primary").toBool());
        QVERIFY(!window.findChild<QPushButton*>(QStringLiteral("resume"))->isVisible());
        const RunRecord kept = trained(bench.workbench, "kept", 20);
        bench.workbench.openRun(qs(kept.id));
        QTRY_VERIFY(window.findChild<QPushButton*>(QStringLiteral("resume"))->isVisible());
        QVERIFY(!anew->property("primary").toBool());
    }

    void aFinishedRunIsTrainedLonger() {
        TestBench bench;
        const RunRecord run = trained(bench.workbench, "long", 20);
        MainWindow window(bench.workbench);
        window.show();
        bench.workbench.openRun(qs(run.id));
        auto* longer = window.findChild<QPushButton*>(QStringLiteral("resume"));
        QTRY_VERIFY(longer->isVisible() && longer->isEnabled() &&
                    longer->text().startsWith(QStringLiteral("Train longer")));
        longer->click();
        QTRY_VERIFY(window.findChild<ContinueDialog*>());
        auto* dialog = window.findChild<ContinueDialog*>();
        dialog->findChild<QLineEdit*>(QStringLiteral("training.budget"))->setText(QStringLiteral("30"));
        auto* rate = dialog->findChild<QComboBox*>(QStringLiteral("continue.rate"));
        rate->setCurrentIndex(1);  // stays as it is
        const Json extend = dialog->request().extend;
        const double last = toldSpec(20)["optimizer"]["lr"].get<double>();
        QVERIFY(extend["lr"].get<double>() < 0.2 * last && extend["lr"].get<double>() > 0.1 * last);
        QSignalSpy ended(&bench.workbench.session(), &RunSession::ended);
        dialog->launchButton().click();
        QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, longWait);
        const Store store = bench.workbench.workspace().store().or_throw();
        const RunRecord after = store.run(run.id).or_throw();
        QCOMPARE(qs(after.status), QStringLiteral("finished"));
        QCOMPARE(after.steps, 30);
        QCOMPARE(store.run_ids().or_throw().size(), std::size_t{1});
        // The rate that was asked for is the rate of every further step.
        const auto rates = store.series(run.id, "train/lr").or_throw();
        QCOMPARE(rates.size(), std::size_t{30});
        for (std::size_t i = 20; i < 30; ++i)
            QVERIFY(std::abs(rates[i].value - rates[19].value) < 1e-3 * rates[19].value);
    }

    void theDataIsShownAsItsReaderTakesIt() {
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("pets.tsv"));
        write_file_atomic(ss(file),
                          "kind\ttext\ncat\tThe cat sat on the mat.\ndog\tA dog ran home at night.\ncat\tAnother cat "
                          "slept all day.\ndog\t\n")
            .or_throw();
        DataPreview preview;
        preview.setSection(find_sheet("dataset", "labelled_text")
                               ->complete({{"paths", {ss(file)}}, {"text", "text"}, {"label", "kind"}}));
        preview.show();
        QTRY_VERIFY_WITH_TIMEOUT(preview.rows().rowCount() == 3, longWait);
        const QString facts = preview.facts().text();
        QVERIFY2(facts.contains(QStringLiteral("cat (2)")) && facts.contains(QStringLiteral("dog (1)")),
                 qPrintable(facts));
        QVERIFY2(facts.contains(QStringLiteral("“text” (column 2)")) && facts.contains(QStringLiteral("as set")),
                 qPrintable(facts));
        QVERIFY2(facts.contains(QStringLiteral("names of the columns")), qPrintable(facts));
        QVERIFY2(facts.contains(QStringLiteral("Passed over")) && facts.contains(QStringLiteral("row 5")),
                 qPrintable(facts));
        QCOMPARE(preview.rows().item(1, 1)->text(), QStringLiteral("dog"));
        QCOMPARE(preview.rows().item(1, 2)->text(), QStringLiteral("A dog ran home at night."));
        preview.setSection(find_sheet("dataset", "labelled_text")->complete({{"paths", {"/nowhere.tsv"}}}));
        QTRY_VERIFY_WITH_TIMEOUT(preview.facts().text().contains(QStringLiteral("nowhere.tsv")), longWait);

        // Both forms have it.
        SpecForm form;
        Json spec = default_spec();
        spec["dataset"] = find_sheet("dataset", "labelled_text")->complete({{"paths", {ss(file)}}});
        spec["dataset"]["kind"] = "labelled_text";
        form.setSpec(spec);
        auto* inside = form.findChild<DataPreview*>();
        QTRY_VERIFY_WITH_TIMEOUT(inside->facts().text().contains(QStringLiteral("cat (2)")), longWait);
        TestBench bench;
        FinetunePanel panel(bench.workbench);
        QVERIFY(panel.findChild<DataPreview*>());
    }

    void runsCanBeToldApart() {
        Json spec = complete_spec(overlay_spec(
            default_spec(), Json{{"dataset", {{"kind", "text_files"}, {"paths", {"/data/shakespeare/input.txt"}}}},
                                 {"backbone", {{"layers", 2}, {"width", 64}, {"heads", 2}}}}));
        const std::string plain = name_from_spec(spec);
        QVERIFY2(plain.starts_with("shakespeare 2×64"), plain.c_str());
        spec["optimizer"]["lr"] = 0.0035;
        spec["training"]["seed"] = 7;
        const std::string name = name_from_spec(spec);
        QVERIFY2(name.find("lr 3.5e-3") != std::string::npos && name.ends_with("seed 7"), name.c_str());
        QVERIFY2(name_from_spec(spec, {"evaluation.every"}).find("every ") != std::string::npos,
                 "what a sweep changes is said");
        auto named = [](const char* kind, const std::vector<std::string>& paths) {
            Json section{{"kind", kind}};
            section["paths"] = paths;
            return data_name({{"dataset", section}});
        };
        QCOMPARE(named("labelled_text", {"books/train.tsv"}), std::string("books"));
        QCOMPARE(named("labelled_text", {std::string("/d/rt-polarity.pos"), std::string("/d/rt-polarity.neg")}),
                 std::string("rt-polarity"));
        QCOMPARE(named("text_files", {"corpora/de/*.txt"}), std::string("de"));
        QCOMPARE(telling_names({"books/train.tsv", "dvd/train.tsv"}),
                 (std::vector<std::string>{"books/train", "dvd/train"}));
        QCOMPARE(telling_names({"cats.tsv", "dogs.tsv"}), (std::vector<std::string>{"cats", "dogs"}));

        TestBench bench;
        std::vector<LaunchRequest> same(3);
        for (LaunchRequest& request : same) request.spec = toldSpec(3);
        std::set<std::string> names;
        for (const LaunchRequest& request : same)
            names.insert(enqueue_runs(bench.workbench.workspace(), {request}).or_throw().front().name);
        QCOMPARE(names.size(), std::size_t{3});
        QVERIFY(names.begin()->starts_with("storybook 1×16"));
    }

    void whatTellsNamesApartIsNeverCut() {
        QCOMPARE(
            tellingNames({QStringLiteral("shakespeare 2×64 · lr 1e-3"), QStringLiteral("shakespeare 2×64 · lr 3e-3")}),
            QStringList({QStringLiteral("… lr 1e-3"), QStringLiteral("… lr 3e-3")}));
        QCOMPARE(tellingNames({QStringLiteral("a long name of a run rate 0.001"),
                               QStringLiteral("a long name of a run rate 0.003")}),
                 QStringList({QStringLiteral("… rate 0.001"), QStringLiteral("… rate 0.003")}));
        const QStringList base{QStringLiteral("shakespeare 2×64"),
                               QStringLiteral("shakespeare 2×64 · lr 3e-3 · seed 2"),
                               QStringLiteral("shakespeare 2×64 · lr 1e-3 · seed 2")};
        QCOMPARE(tellingNames(base),
                 QStringList({base[0], QStringLiteral("… lr 3e-3 · seed 2"), QStringLiteral("… lr 1e-3 · seed 2")}));
        for (const QStringList& short_ :
             {QStringList{QStringLiteral("a"), QStringLiteral("b")},
              QStringList{QStringLiteral("run 1"), QStringLiteral("run 2")}, QStringList{QStringLiteral("one")}})
            QCOMPARE(tellingNames(short_), short_);

        TestBench bench;
        std::vector<std::string> ids;
        for (const double lr : {1e-4, 1e-3, 1e-2})
            ids.push_back(addRun(bench.workbench.workspace(), "the very same long name of several runs", lr, 1, 2));
        MainWindow window(bench.workbench);
        window.show();
        bench.workbench.compareRuns(ids);
        auto* page = static_cast<ComparePage*>(window.page(QStringLiteral("compare")));
        QTRY_VERIFY(page->comparison());
        std::set<QString> labels, headers;
        SettingsModel settings;
        settings.setComparison(std::make_shared<Comparison>(*page->comparison()));
        for (int i = 0; i < 3; ++i) {
            labels.insert(page->runs().row(i).label);
            headers.insert(settings.headerData(i + 1, Qt::Horizontal, Qt::DisplayRole).toString());
            QVERIFY2(page->runs().row(i).label.contains(QStringLiteral("lr ")), qPrintable(page->runs().row(i).label));
            QVERIFY(page->runs().row(i).tip.contains(QStringLiteral("the very same long name")));
        }
        QCOMPARE(labels.size(), std::size_t{3});
        QCOMPARE(headers.size(), std::size_t{3});
        for (const QString& header : headers) QVERIFY2(header.size() < 20, qPrintable(header));
    }
};

QObject* tellingSuite() {
    return new TellingTest;
}

}  // namespace gw::ui

#include "telling_test.moc"
