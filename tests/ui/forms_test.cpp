#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QStandardItemModel>
#include <QTest>

#include "ui/forms/spec_form.h"
#include "ui/forms/summary_card.h"
#include "ui/pages/new_run_page.h"
#include "ui/suites.h"
#include "ui/text.h"

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
        QVERIFY(item->toolTip().contains(QStringLiteral("attention")));
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
        QVERIFY(page.launchButton().toolTip().contains(QStringLiteral("dataset.paths")));
        page.form()
            .findChild<QPlainTextEdit*>(QStringLiteral("dataset.paths"))
            ->setPlainText(QStringLiteral("/some/file.txt\n"));
        page.form().check();
        QVERIFY(page.launchButton().isEnabled());
        QVERIFY(page.form().spec()["dataset"]["paths"] == Json::array({"/some/file.txt"}));
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
