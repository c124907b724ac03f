#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStandardItemModel>
#include <QTest>
#include <fstream>

#include "spec/fit_spec.h"
#include "ui/forms/spec_form.h"
#include "ui/forms/summary_card.h"
#include "ui/history.h"
#include "ui/pages/new_run_page.h"
#include "ui/suites.h"
#include "ui/texts/language.h"
#include "ui/texts/message_text.h"
#include "ui/texts/text.h"
#include "ui/widgets/dialogs/checkpoint_dialog.h"

namespace gw::ui {

class FormsTest : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    /// Every kind of every family makes a form whose values are the sheet's defaults.
    void everySheetMakesAForm() {
        for (const Family& family : families()) {
            for (const Sheet* sheet : family.kinds) {
                SectionForm form(family);
                Json section = sheet->complete(Json::object());
                if (family.single) section.erase("kind");
                form.setSection(section);
                for (const schema::Row& row : sheet->rows) {
                    const FieldEditor* editor = form.editor(std::string(row.info.key));
                    QVERIFY2(editor, std::string(row.info.key).c_str());
                    QVERIFY2(
                        editor->value() == row.default_value,
                        (sheet->card.id + "." + std::string(row.info.key) + ": " + editor->value().dump()).c_str());
                    QCOMPARE(editor->field()->objectName(), qs(family.id + "." + std::string(row.info.key)));
                }
                QVERIFY(form.section() == section);
            }
        }
    }
    void numbersAreReadAsPeopleWriteThem() {
        SpecForm form;
        form.setSpec(default_spec());
        auto* rate = form.findChild<QLineEdit*>(QStringLiteral("optimizer.lr"));
        auto* layers = form.findChild<QLineEdit*>(QStringLiteral("backbone.layers"));
        QVERIFY(rate && layers);
        rate->setText(QStringLiteral("3e-4"));
        QCOMPARE(form.spec()["optimizer"]["lr"].get<double>(), 3e-4);
        layers->setText(QStringLiteral("1e1"));
        QVERIFY(form.spec()["backbone"]["layers"] == Json(10));
        form.findChild<QLineEdit*>(QStringLiteral("training.budget"))->setText(QStringLiteral("1,000,000"));
        QCOMPARE(form.spec()["training"]["budget"].get<double>(), 1e6);
        rate->setText(QStringLiteral("0,001"));  // a decimal comma must not become 1
        form.check();
        QVERIFY(!form.sound());
    }
    void problemsStandAtTheirField() {
        SpecForm form;
        form.setSpec(default_spec());
        QVERIFY(form.sound());
        auto* heads = form.findChild<QLineEdit*>(QStringLiteral("backbone.heads"));
        heads->setText(QStringLiteral("5"));
        QTRY_VERIFY_WITH_TIMEOUT(!form.sound(), 2000);  // checked a moment after the edit
        QVERIFY(heads->property("wrong").toBool());
        heads->setText(QStringLiteral("8"));
        form.check();
        QVERIFY(form.sound());
        QVERIFY(!heads->property("wrong").toBool());
    }
    void kindsThatDoNotFitAreGreyWithTheReason() {
        SpecForm form;
        Json spec = default_spec();
        spec["backbone"]["attention"] = "causal";
        form.setSpec(spec);
        auto* objective = form.findChild<QComboBox*>(QStringLiteral("objective.kind"));
        const int masked = objective->findData(QStringLiteral("masked"));
        const auto* item = qobject_cast<QStandardItemModel*>(objective->model())->item(masked);
        QVERIFY(!item->isEnabled());
        QVERIFY(item->toolTip().contains(QStringLiteral("attention"), Qt::CaseInsensitive));
    }
    void anotherKindAndBackLosesNothing() {
        SpecForm form;
        form.setSpec(default_spec());
        form.findChild<QLineEdit*>(QStringLiteral("optimizer.lr"))->setText(QStringLiteral("0.007"));
        auto* kind = form.findChild<QComboBox*>(QStringLiteral("optimizer.kind"));
        kind->setCurrentIndex(kind->findData(QStringLiteral("sgd")));
        QCOMPARE(qs(form.spec()["optimizer"]["kind"].get<std::string>()), QStringLiteral("sgd"));
        QVERIFY(form.spec()["optimizer"].contains("momentum"));
        kind->setCurrentIndex(kind->findData(QStringLiteral("adamw")));
        QCOMPARE(form.spec()["optimizer"]["lr"].get<double>(), 0.007);
    }
    void launchSaysWhatIsMissing() {
        TestBench bench;
        NewRunPage page(bench.workbench);
        page.loadRecipe("shakespeare-cpu");
        QVERIFY(!page.launchButton().isEnabled());
        QVERIFY2(page.launchButton().toolTip().contains(QStringLiteral("Still to be filled in: Files")),
                 qPrintable(page.launchButton().toolTip()));
        // Nobody has done anything wrong yet.
        QVERIFY(!page.form().editor("dataset.paths")->field()->property("wrong").toBool());
        const Json heads = page.form().editor("backbone.heads")->value();
        page.form().editor("backbone.heads")->change(5);
        page.form().check();
        QVERIFY2(page.launchButton().toolTip().contains(QStringLiteral("Heads")),
                 qPrintable(page.launchButton().toolTip()));
        page.form().editor("backbone.heads")->change(heads);
        page.form()
            .findChild<QPlainTextEdit*>(QStringLiteral("dataset.paths"))
            ->setPlainText(QStringLiteral("/some/file.txt\n"));
        page.form().check();
        QVERIFY(page.launchButton().isEnabled());
        QVERIFY(page.form().spec()["dataset"]["paths"] == Json::array({"/some/file.txt"}));
    }
    void choicesHaveTitlesAndFilesKeepTheirWords() {
        SpecForm form;
        form.setSpec(default_spec());
        auto* unit = form.findChild<QComboBox*>(QStringLiteral("training.budget_unit"));
        QCOMPARE(unit->itemText(unit->findData(QStringLiteral("epochs"))), QStringLiteral("Epochs"));
        unit->setCurrentIndex(unit->findData(QStringLiteral("epochs")));
        QCOMPARE(form.spec()["training"]["budget_unit"].get<std::string>(), std::string("epochs"));
        QCOMPARE(form.editor("training.precision")->text("auto"), QStringLiteral("Automatic"));
    }
    void theMicroBatchAndTheAccumulationAreLinked() {
        SpecForm form;
        Json spec = default_spec();
        spec["training"]["micro_batch"] = 16;
        spec["training"]["accumulation"] = 4;
        form.setSpec(spec);
        auto* micro = form.findChild<QLineEdit*>(QStringLiteral("training.micro_batch"));
        auto* accumulation = form.findChild<QLineEdit*>(QStringLiteral("training.accumulation"));
        micro->setText(QStringLiteral("3"));  // on the way to 32
        micro->setText(QStringLiteral("32"));
        QCOMPARE(accumulation->text(), QStringLiteral("2"));
        QCOMPARE(form.spec()["training"]["accumulation"].get<int>(), 2);
        accumulation->setText(QStringLiteral("8"));
        QCOMPARE(micro->text(), QStringLiteral("8"));
        form.findChild<QCheckBox*>(QStringLiteral("training.link"))->setChecked(false);
        micro->setText(QStringLiteral("64"));
        QCOMPARE(accumulation->text(), QStringLiteral("8"));
    }
    void whatDoesNotFitIntoMemoryIsMadeSmaller() {
        SpecForm form;
        Json spec = default_spec();
        spec["training"]["micro_batch"] = 64;
        form.setSpec(spec);
        SummaryCard card;
        QObject::connect(&card, &SummaryCard::batchWanted, &form, &SpecForm::setBatch);
        auto* smaller = card.findChild<QPushButton*>(QStringLiteral("memory.smaller"));
        card.show(form.spec());
        QVERIFY(
            card.findChild<QLabel*>(QStringLiteral("memory.parts"))->text().contains(QStringLiteral("activations")));
        constexpr double program = 400.0 * 1024 * 1024;
        const auto needed = [&](int rows) {
            Json cut = form.spec();
            cut["training"]["micro_batch"] = rows;
            const Estimate of = estimate_run(cut);
            return program + static_cast<double>(of.memory_weights + of.memory_optimizer + of.memory_activations);
        };
        // The first of the halves that fits, which several may as well: rows go through the model in groups.
        card.setMachine(needed(16));
        QVERIFY(needed(64) > needed(16));
        const int fits = needed(32) <= needed(16) ? 32 : 16;
        card.show(form.spec());
        QVERIFY(!smaller->isHidden());
        smaller->click();
        QCOMPARE(form.spec()["training"]["micro_batch"].get<int>(), fits);
        QCOMPARE(form.spec()["training"]["accumulation"].get<int>(),
                 64 / fits * spec["training"]["accumulation"].get<int>());
        card.show(form.spec());
        QVERIFY(smaller->isHidden());
    }
    void theDraftKeepsWhatWasWrittenAndWhereItCameFrom() {
        TestBench bench;
        {
            NewRunPage page(bench.workbench);
            page.loadRecipe("quick-start");
            auto* caption = page.findChild<QLabel*>(QStringLiteral("caption"));
            auto* recipes = page.findChild<QComboBox*>(QStringLiteral("recipes"));
            QVERIFY(recipes->currentIndex() >= 0);
            const QString title = recipes->currentText();
            page.form().findChild<QLineEdit*>(QStringLiteral("optimizer.lr"))->setText(QStringLiteral("1e-3, 2e-3"));
            page.form().check();
            QCOMPARE(recipes->currentIndex(), -1);
            QVERIFY2(caption->text().contains(title) && caption->text().contains(QStringLiteral("Learning rate")),
                     qPrintable(caption->text()));
        }
        const auto captionIn = [&](const char* language) {
            Language::instance().set(QLatin1String(language), false);
            NewRunPage page(bench.workbench);
            auto* rate = page.form().findChild<QLineEdit*>(QStringLiteral("optimizer.lr"));
            return std::pair(rate->text(), page.findChild<QLabel*>(QStringLiteral("caption"))->text());
        };
        const auto [rate, english] = captionIn("en");
        QCOMPARE(rate, QStringLiteral("1e-3, 2e-3"));
        const QString japanese = captionIn("ja").second;
        Language::instance().set(QStringLiteral("en"), false);
        QVERIFY2(!japanese.isEmpty() && japanese != english, qPrintable(japanese));
        // Back to the recipe's own value: it is the recipe again.
        NewRunPage page(bench.workbench);
        page.form().setSpec(overlay_spec(default_spec(), find_recipe("quick-start").or_throw().spec));
        QVERIFY(page.findChild<QComboBox*>(QStringLiteral("recipes"))->currentIndex() >= 0);
    }
    void aCheckpointIsChosenFromTheHistory() {
        TestBench bench;
        const Workspace& workspace = bench.workbench.workspace();
        const std::string run = addRun(workspace, "the parent", 1e-3, 1, 2.0);
        const fs::path folder = fs::path(workspace.run_folder(run)) / "checkpoints" / "step-00000007";
        fs::create_directories(folder);
        std::ofstream(folder / "manifest.json") << "{}";
        CheckpointRecord record;
        record.run = run;
        record.step = 7;
        record.path = folder.string();
        record.created = now_utc();
        workspace.store().or_throw().add_checkpoint(record).or_throw();
        NewRunPage page(bench.workbench);
        page.resize(1000, 700);
        page.show();
        auto* kind = page.form().findChild<QComboBox*>(QStringLiteral("start.kind"));
        kind->setCurrentIndex(kind->findData(QStringLiteral("checkpoint")));
        page.form().findChild<QPushButton*>(QStringLiteral("start.path.browse"))->click();
        auto* dialog = page.findChild<CheckpointDialog*>();
        QVERIFY(dialog);
        QTRY_COMPARE(dialog->model().rowCount(), 1);
        QTRY_VERIFY(dialog->takeButton().isEnabled());
        dialog->takeButton().click();
        QCOMPARE(page.form().spec()["start"]["path"].get<std::string>(), folder.string());
    }
    void aBatchNormWarnsOfASingleRow() {
        SpecForm form;
        Json spec = default_spec();
        spec = fitted_spec(overlay_spec(spec, {{"dataset", {{"kind", "shapes"}}}})).value();
        spec = overlay_spec(
            spec, {{"backbone", {{"kind", "mlp"}, {"norm", "batch_norm"}}}, {"training", {{"micro_batch", 1}}}});
        form.setSpec(spec);
        QVERIFY(form.sound());
        QCOMPARE(form.problems().size(), std::size_t{1});
        QCOMPARE(form.problems().front().path, std::string("training.micro_batch"));
        form.editor("training.micro_batch")->change(2);
        form.check();
        QVERIFY(form.problems().empty());
    }
    void whatIsSaidToThoseWhoTypeIsSaidOtherwiseHere() {
        QCOMPARE(messageText("Run `groundwork-cli describe` to see every section, kind and setting"), QString());
        QCOMPARE(messageText("Take it out first: groundwork-cli restore RUN"),
                 QStringLiteral("Take it out first, on the page of all runs"));
        const Error error{Error::Code::bad_spec,
                          "optimizer.lr: must be 0 or more, but is -1\nstart.path: must name a thing",
                          "Choose another name with --name",
                          {"option --name"}};
        QCOMPARE(errorText(error), QStringLiteral("Learning rate: must be 0 or more, but is -1\n"
                                                  "Checkpoint: must name a thing\n  Choose another name"));
    }
    void everyRecipeFitsIntoTheForm() {
        TestBench bench;
        NewRunPage page(bench.workbench);
        for (const Recipe& recipe : recipes().or_throw()) {
            page.loadRecipe(recipe.id);
            QVERIFY2(page.form().spec() == overlay_spec(default_spec(), recipe.spec), recipe.id.c_str());
        }
    }
};

QObject* formsSuite() {
    return new FormsTest;
}

}  // namespace gw::ui

#include "forms_test.moc"
