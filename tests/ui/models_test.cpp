#include <QAbstractItemModelTester>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>
#include <fstream>

#include "artifact/checkpoint.h"
#include "scratch.h"
#include "ui/models/queue_model.h"
#include "ui/pages/models_page.h"
#include "ui/suites.h"
#include "ui/texts/text.h"
#include "ui/widgets/run/judgement_panel.h"
#include "ui/widgets/run/lineage_view.h"
#include "ui/widgets/studies/finetune_panel.h"
#include "ui/widgets/studies/pilot_panel.h"
#include "ui/widgets/studies/sequence_panel.h"
#include "ui/widgets/weights_panel.h"

namespace gw::ui {

/// From a checkpoint to a run on labelled data, by the page of models, through the real engine.
class ModelsTest : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void fineTunesByTheForms();
    void explainsWhatDoesNotFit();
    void showsWeights();
    void showsASequence();
    void queuesAPilot();
    void aQueuedRunIsDragged();
};

namespace {

Json parentSpec() {
    const Json changes = Json::parse(R"({
        "dataset": {"kind": "storybook", "stories": 300}, "tokenizer": {"kind": "bytes"},
        "backbone": {"kind": "transformer", "layers": 2, "width": 32, "heads": 2, "context": 32},
        "training": {"budget": 4, "micro_batch": 4, "precision": "fp32", "device": "cpu"},
        "evaluation": {"every": 0, "tokens": 500, "whole_at_end": false},
        "saving": {"every": 0}, "sampling": {"every": 0, "tokens": 5}})");
    return complete_spec(overlay_spec(default_spec(), changes));
}

/// A trained run in the workspace; its checkpoint.
fs::path trainParent(const Workspace& workspace) {
    LaunchRequest request;
    request.spec = parentSpec();
    request.name = "parent";
    auto run = LiveRun::launch(workspace, request, HostKind::inline_).or_throw();
    (void)run->wait();
    const RunRecord record = workspace.store().or_throw().run(run->id()).or_throw();
    return newest_whole_checkpoint(fs::path(record.path) / "checkpoints").or_throw();
}

void waitFor(const std::function<bool()>& done) {
    QTRY_VERIFY_WITH_TIMEOUT(done(), 60000);
}

}  // namespace

void ModelsTest::fineTunesByTheForms() {
    const Scratch folder;
    const Workspace workspace = Workspace::open(folder.path() / "groundwork").or_throw();
    const fs::path checkpoint = trainParent(workspace);
    const fs::path tsv = folder.path() / "pets.tsv";
    {
        std::ofstream out(tsv);
        for (int i = 0; i < 80; ++i)
            out << (i % 2 ? "the cat sat " : "a dog ran ") << i << "\t" << (i % 2 ? "cat" : "dog") << "\n";
    }
    Workbench workbench(workspace);
    ModelsPage page(workbench);
    page.resize(1200, 800);
    page.show();
    const QAbstractItemModelTester tester(&page.model());
    page.choose(checkpoint.string());
    FinetunePanel& panel = page.finetune();
    waitFor([&] { return page.model().rowCount() == 1; });
    QVERIFY(!panel.spec());  // no data was named yet, which is no error
    for (const QLabel* one : panel.findChildren<QLabel*>())
        QVERIFY2(one->property("look") != QStringLiteral("problem") || one->text().isEmpty(), qPrintable(one->text()));
    QVERIFY(!panel.actions().back()->isEnabled());
    QTRY_COMPARE(panel.start().section().value("path", ""), checkpoint.string());

    Json data = panel.data().section();
    data["paths"] = {tsv.string()};
    panel.data().setSection(data);
    Q_EMIT panel.data().edited();
    QVERIFY(panel.spec());
    QCOMPARE(panel.spec()->at("objective").value("kind", ""), std::string("classification"));
    QCOMPARE(panel.spec()->at("backbone").value("attention", ""), std::string("causal"));

    // A layer that is not ticked is frozen.
    QVERIFY(panel.layers().topLevelItemCount() >= 4);
    panel.layers().topLevelItem(0)->setCheckState(0, Qt::Unchecked);
    QCOMPARE(panel.spec()->at("start").at("frozen"),
             Json::array({panel.layers().topLevelItem(0)->data(0, Qt::UserRole).toString().toStdString()}));

    panel.actions().front()->click();
    waitFor([&] { return panel.verdict().text().contains(QStringLiteral("LogME")); });

    panel.launch();
    waitFor([&] { return workbench.session().active(); });  // when the checkpoint has been read
    waitFor([&] { return !workbench.session().active(); });
    const Store store = workspace.store().or_throw();
    const auto runs = store.runs().or_throw();
    QCOMPARE(runs.size(), std::size_t{2});
    const RunRecord& child = runs.front().name == "parent" ? runs.back() : runs.front();
    QCOMPARE(child.status, std::string("finished"));
    QVERIFY(!child.parent.empty());
    QVERIFY(!store.series(child.id, "parent/loss").or_throw().empty());

    JudgementPanel judgement;
    judgement.setRun(child);
    judgement.show();
    judgement.read();
    waitFor([&] { return judgement.matrix().rowCount() == 2; });
    int all = 0;
    for (int row = 0; row < 2; ++row)
        for (int column = 0; column < 2; ++column) all += judgement.matrix().item(row, column)->text().toInt();
    QCOMPARE(all, 8);  // a tenth of the texts

    // Where it is worse: by words that the texts hold.
    judgement.cutByWords(QStringLiteral("cat, dog"));
    waitFor([&] { return judgement.matrix().rowCount() == 3 && judgement.matrix().columnCount() == 3; });
    QCOMPARE(judgement.matrix().item(0, 0)->text(), QStringLiteral("8"));
    QCOMPARE(judgement.matrix().item(1, 0)->text().toInt() + judgement.matrix().item(2, 0)->text().toInt(), 8);
    judgement.cutByWords(QStringLiteral("elephant"));
    bool told = false;
    waitFor([&] {
        for (const QLabel* one : judgement.findChildren<QLabel*>())
            told = told || one->text().contains(QStringLiteral("“elephant”")) ||
                   one->text().contains(QStringLiteral("\"elephant\""));
        return told;
    });

    // Both runs stand in the graph of the family; a press opens one.
    LineageView& lineage = page.lineage();
    lineage.setRun(child.id);
    waitFor([&] { return lineage.runs().size() == 2 && lineage.runs().back()->isChecked(); });
    QVERIFY(lineage.runs().front()->x() < lineage.runs().back()->x());
    const QSignalSpy opened(&workbench, &Workbench::runWanted);
    lineage.runs().front()->click();
    QCOMPARE(opened.size(), 1);
    QCOMPARE(opened.front().front().toString().toStdString(), child.parent);
}

void ModelsTest::explainsWhatDoesNotFit() {
    const Scratch folder;
    const Workspace workspace = Workspace::open(folder.path() / "groundwork").or_throw();
    const fs::path checkpoint = trainParent(workspace);
    Workbench workbench(workspace);
    FinetunePanel panel(workbench);
    panel.show();
    panel.setCheckpoint(checkpoint.string());
    Json data = panel.data().section(), start = panel.start().section();
    data["paths"] = {"somewhere.tsv"};
    start["train"] = "lora";
    start["rank"] = 64;
    panel.data().setSection(data);
    panel.start().setSection(start);
    Q_EMIT panel.start().edited();
    QVERIFY(!panel.spec());
    bool told = false;
    for (const QLabel* one : panel.findChildren<QLabel*>()) told = told || one->text().contains(QStringLiteral("64"));
    QVERIFY(told);
    QVERIFY(!panel.layers().isVisible());
}

void ModelsTest::showsWeights() {
    const Scratch folder;
    const Workspace workspace = Workspace::open(folder.path() / "groundwork").or_throw();
    const fs::path checkpoint = trainParent(workspace);
    Workbench workbench(workspace);
    ModelsPage page(workbench);
    page.resize(1200, 800);
    page.show();
    page.choose(checkpoint.string());
    waitFor([&] { return page.model().rowCount() == 1; });
    WeightsPanel& panel = page.weights();
    QCOMPARE(panel.tree().topLevelItemCount(), 0);  // nothing is read before it is looked at
    page.tabWanted(4);
    waitFor([&] { return panel.tree().topLevelItemCount() > 0; });
    const WeightFacts facts = read_weight_facts({checkpoint}).or_throw();
    std::int64_t values = 0;
    for (const TensorFacts& tensor : facts.tensors) values += tensor.values;
    QVERIFY2(panel.said().text().contains(countText(values)), qPrintable(panel.said().text()));
    const auto found = panel.tree().findItems(QStringLiteral("qkv"), Qt::MatchExactly | Qt::MatchRecursive);
    QCOMPARE(found.size(), 2);
    panel.tree().setCurrentItem(found.front()->child(0));
    QVERIFY2(panel.histogram().accessibleName().contains(QStringLiteral("qkv")),
             qPrintable(panel.histogram().accessibleName()));
    QVERIFY(panel.tree().isColumnHidden(5));

    // Against itself nothing has changed; against what is none the reason is said, and the page goes on.
    panel.setAgainst(QString::fromStdString(checkpoint.string()));
    waitFor([&] { return !panel.reading(); });
    QVERIFY(!panel.tree().isColumnHidden(5));
    QVERIFY2(panel.said().text().contains(QStringLiteral("Nothing has changed")), qPrintable(panel.said().text()));
    panel.setAgainst(QString::fromStdString(folder.path().string()));
    waitFor([&] { return !panel.reading(); });
    QVERIFY2(panel.said().text().contains(QStringLiteral("backbone.safetensors")), qPrintable(panel.said().text()));
    QCOMPARE(panel.tree().topLevelItemCount(), 0);
}

void ModelsTest::showsASequence() {
    const Scratch folder;
    const Workspace workspace = Workspace::open(folder.path() / "groundwork").or_throw();
    SequenceStudy study;
    study.name = "two tasks";
    study.strategies = {"sequential", "joint"};
    for (const std::int64_t seed : {1, 2}) {
        study.results.push_back(
            {"sequential", seed, {"a", "b"}, {{0.9, {}}, {0.6, 0.8}}, {{0.5, 0.5}, {0.5, 0.6}}, {0.4, 0.5}, 1.0});
        study.results.push_back({"joint", seed, {"a", "b"}, {{0.9, 0.9}}, {{0.6, 0.6}}, {0.4, 0.5}, 1.0});
    }
    workspace.store().or_throw().set_saved({"sequence", study.name, to_json(study), "2026-01-31T12:00:00Z"}).or_throw();
    Workbench workbench(workspace);
    SequencePanel panel(workbench);
    panel.resize(800, 700);
    panel.show();
    panel.refresh();
    waitFor([&] { return panel.strategies().rowCount() == 2; });
    QCOMPARE(panel.strategies().item(0, 3)->text(), QStringLiteral("0.300 ± 0.000"));  // 0.9 - 0.6
    QCOMPARE(panel.strategies().item(1, 3)->text(), QStringLiteral("–"));
    QCOMPARE(panel.matrix().item(1, 0)->text(), QStringLiteral("0.600"));
    QCOMPARE(panel.matrix().item(0, 1)->text(), QString());
}

void ModelsTest::queuesAPilot() {
    const Scratch folder;
    const Workspace workspace = Workspace::open(folder.path() / "groundwork").or_throw();
    const fs::path checkpoint = trainParent(workspace);
    Workbench workbench(workspace);
    workbench.setReadOnly(true);  // nothing is trained here
    PilotPanel panel(workbench);
    panel.resize(400, 700);
    panel.show();
    // Even where there is little room the name that is given by itself is read whole.
    const QLineEdit& name = panel.name();
    QVERIFY2(name.width() >= name.fontMetrics().horizontalAdvance(name.text()) + 8, qPrintable(name.text()));
    panel.resize(800, 700);
    panel.setCheckpoint(checkpoint.string());
    panel.queueButton().click();  // without data
    QCOMPARE(workspace.store().or_throw().queue().or_throw().size(), std::size_t{0});
    panel.data().setText(QStringLiteral("labels.tsv"));
    panel.queueButton().click();
    waitFor([&] { return panel.queueButton().isEnabled(); });
    QCOMPARE(workspace.store().or_throw().queue().or_throw().size(), std::size_t{4 * 3 * 3});  // ways, counts, seeds
    waitFor([&] { return panel.table().rowCount() == 12; });
    QCOMPARE(panel.table().item(0, 2)->text(), QStringLiteral("–"));
    panel.repeatOver(true, 5);
    panel.name().setText(QStringLiteral("crossed"));
    panel.queueButton().click();
    waitFor([&] { return panel.queueButton().isEnabled(); });
    const auto queue = workspace.store().or_throw().queue().or_throw();
    QCOMPARE(queue.size(), std::size_t{4 * 3 * (3 + 5)});
    QCOMPARE(queue.back().spec.at("split").value("kind", ""), std::string("k_fold"));
}

void ModelsTest::aQueuedRunIsDragged() {
    QueueModel model;
    const QAbstractItemModelTester tester(&model);
    std::vector<QueueRow> rows(3);
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i].record.id = std::string(1, static_cast<char>('a' + i));
    model.setRows(rows);
    const QSignalSpy moved(&model, &QueueModel::moveWanted);
    const auto drag = [&](int from, int before) {
        const std::unique_ptr<QMimeData> data(model.mimeData({model.index(from, QueueModel::name)}));
        QVERIFY(!model.dropMimeData(data.get(), Qt::MoveAction, before, 0, {}));  // the view takes no row away
    };
    drag(0, 3);  // behind the last one
    QCOMPARE(moved.size(), 1);
    QCOMPARE(moved.back(), (QVariantList{0, 2}));
    drag(2, 0);
    QCOMPARE(moved.back(), (QVariantList{2, 0}));
    drag(1, 2);  // where it is
    QCOMPARE(moved.size(), 2);
    QVERIFY(!(model.flags(model.index(0, 0)) & Qt::ItemIsDropEnabled));
}

QObject* modelsSuite() {
    return new ModelsTest;
}

}  // namespace gw::ui

#include "models_test.moc"
