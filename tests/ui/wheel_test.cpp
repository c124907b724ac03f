#include <QtTest/qtestspontaneevent.h>

#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QDateEdit>
#include <QDialog>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>
#include <QStackedLayout>
#include <QTest>
#include <QVBoxLayout>
#include <QWheelEvent>

#include "ui/forms/spec_form.h"
#include "ui/history.h"
#include "ui/pages/models_page.h"
#include "ui/pages/new_run_page.h"
#include "ui/shell/main_window.h"
#include "ui/shell/page_list.h"
#include "ui/shell/theme.h"
#include "ui/shell/wheel_filter.h"
#include "ui/suites.h"
#include "ui/texts/language.h"
#include "ui/texts/text.h"
#include "ui/tiny_spec.h"
#include "ui/widgets/dialogs/continue_dialog.h"
#include "ui/widgets/dialogs/settings_dialog.h"
#include "ui/widgets/studies/finetune_panel.h"

namespace gw::ui {

namespace {

/// The wheel as the window system sends it: Qt gives such a one the focus by the widget's policy before any filter sees
/// it.
void turnWheel(QWidget* over, int delta = -120) {
    const QPointF at(over->width() / 2.0, over->height() / 2.0);
    QWheelEvent wheel(at, over->mapToGlobal(at), {}, QPoint(0, delta), Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase,
                      false);
    QSpontaneKeyEvent::setSpontaneous(&wheel);
    qApp->notify(over, &wheel);
}

QString valueOf(const QWidget* widget) {
    if (const auto* box = qobject_cast<const QComboBox*>(widget)) return QString::number(box->currentIndex());
    if (const auto* slider = qobject_cast<const QAbstractSlider*>(widget)) return QString::number(slider->value());
    return qobject_cast<const QAbstractSpinBox*>(widget)->text();
}

QString nameOf(const QWidget* widget) {
    return widget->objectName().isEmpty() ? widget->accessibleName() : widget->objectName();
}

/// Makes a window active without a window system's help: focus and its policies work only there.
void activate(QWidget* window) {
    window->show();
    QApplication::setActiveWindow(window);
    window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(window));
}

/// Turns the wheel over all that it could change below `root`; how many they were. The first that changed or took the
/// focus is named.
int turnOverAll(QWidget* root, QString& changed) {
    int count = 0;
    for (QWidget* widget : root->findChildren<QWidget*>()) {
        if (!WheelFilter::isSetting(widget) || !widget->isVisible() || !widget->isEnabled()) continue;
        if (widget->focusPolicy() & ~Qt::StrongFocus)
            changed = nameOf(widget) + QStringLiteral(" takes the focus by the wheel");
        if (QWidget* focused = QApplication::focusWidget()) focused->clearFocus();
        const QString before = valueOf(widget);
        for (const int delta : {-120, 120, 120, -120}) {
            turnWheel(widget, delta);
            if (valueOf(widget) != before)
                changed = nameOf(widget) + QStringLiteral(": ") + before + QStringLiteral(" -> ") + valueOf(widget);
        }
        if (widget->hasFocus()) changed = nameOf(widget) + QStringLiteral(" has the focus");
        // Nor while it is being edited.
        widget->setFocus();
        turnWheel(widget);
        if (valueOf(widget) != before)
            changed =
                nameOf(widget) + QStringLiteral(" with focus: ") + before + QStringLiteral(" -> ") + valueOf(widget);
        ++count;
    }
    return count;
}

}  // namespace

class WheelTest : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void everySectionAndKind_data() {
        QTest::addColumn<QString>("family");
        QTest::addColumn<QString>("kind");
        for (const Family& family : families())
            for (const Sheet* sheet : family.kinds)
                QTest::newRow((family.id + " " + sheet->card.id).c_str()) << qs(family.id) << qs(sheet->card.id);
    }
    void everySectionAndKind() {
        QFETCH(QString, family);
        QFETCH(QString, kind);
        const Family* its = find_family(ss(family));
        const Sheet* sheet = find_sheet(ss(family), ss(kind));
        QScrollArea area;
        area.setWidgetResizable(true);
        auto* form = new SectionForm(*its);
        Json section = (its->single ? its->kinds.front() : sheet)->complete(Json::object());
        if (!its->single) section["kind"] = ss(kind);
        form->setSection(section);
        area.setWidget(form);
        area.resize(900, 400);
        activate(&area);
        for (QPushButton* button : form->findChildren<QPushButton*>())
            if (button->property("look").toString() == QLatin1String("link") && button->isVisible())
                button->click();  // settings for experts
        QString changed;
        turnOverAll(form, changed);
        QVERIFY2(changed.isEmpty(), qPrintable(changed));
        QVERIFY(form->section() == section);
    }

    void everyPageAndTab() {
        TestBench bench;
        const Workspace& workspace = bench.workbench.workspace();
        addRun(workspace, "one", 1e-4, 1, 2);
        addRun(workspace, "two", 1e-3, 1, 2);
        MainWindow window(bench.workbench);
        window.resize(1440, 900);
        activate(&window);
        std::map<QString, int> counts;
        for (const PageEntry& entry : pageList()) {
            window.showPage(entry.id);
            if (entry.id == QLatin1String("run"))
                bench.workbench.openRun(qs(workspace.store().or_throw().runs().or_throw().front().id));
            if (entry.id == QLatin1String("compare"))
                bench.workbench.compareRuns(workspace.store().or_throw().run_ids().or_throw());
            // What a page shows only when there is something to show is looked at too.
            for (QStackedLayout* states : window.page(entry.id)->findChildren<QStackedLayout*>())
                for (int state = 0; state < states->count(); ++state) {
                    states->setCurrentIndex(state);
                    for (int tab = 0; tab < 9; ++tab) {
                        window.page(entry.id)->tabWanted(tab);
                        QString changed;
                        counts[entry.id] += turnOverAll(window.page(entry.id), changed);
                        QVERIFY2(changed.isEmpty(), qPrintable(entry.id + QStringLiteral(": ") + changed));
                    }
                }
            QTest::qWait(20);
            QString changed;
            counts[entry.id] += turnOverAll(window.page(entry.id), changed);
            QVERIFY2(changed.isEmpty(), qPrintable(entry.id + QStringLiteral(": ") + changed));
        }
        for (const char* page : {"new", "run", "runs", "compare", "models"})
            QVERIFY2(counts[QLatin1String(page)] > 0, page);
        QVERIFY(counts[QStringLiteral("models")] >= 8);  // fine-tune, pilot and sequence
    }

    /// The form of New run with every kind of every family chosen in turn, those that do not fit too.
    void newRunWithEveryKindChosen() {
        TestBench bench;
        MainWindow window(bench.workbench);
        window.resize(1440, 900);
        activate(&window);
        window.showPage(QStringLiteral("new"));
        auto& form = static_cast<NewRunPage*>(window.page(QStringLiteral("new")))->form();
        int looked = 0;
        for (SectionForm* section : form.findChildren<SectionForm*>()) {
            section->showAll();
            for (const Sheet* sheet : section->family().kinds) {
                const QString name = qs(section->family().id + " " + sheet->card.id);
                if (!section->family().single) {
                    section->setKind(sheet->card.id);
                    QCOMPARE(qs(section->section().value("kind", "")), qs(sheet->card.id));
                }
                form.check();
                const Json before = form.spec();
                QString changed;
                looked += turnOverAll(section, changed);
                QVERIFY2(changed.isEmpty(), qPrintable(name + QStringLiteral(": ") + changed));
                QVERIFY2(form.spec() == before, qPrintable(name));
            }
        }
        QVERIFY(looked > 100);
    }

    /// From a checkpoint, with every kind of data and of start.
    void fineTuneWithEveryKindChosen() {
        TestBench bench;
        LaunchRequest request;
        request.spec = tinySpec(2);
        (void)LiveRun::launch(bench.workbench.workspace(), request, HostKind::inline_).or_throw()->wait();
        MainWindow window(bench.workbench);
        window.resize(1440, 900);
        activate(&window);
        window.showPage(QStringLiteral("models"));
        auto* page = static_cast<ModelsPage*>(window.page(QStringLiteral("models")));
        QTRY_COMPARE(page->model().rowCount(), 1);
        FinetunePanel& panel = page->finetune();
        QTRY_VERIFY(panel.isVisible());
        int looked = 0;
        for (SectionForm* section : {&panel.data(), &panel.start()})
            for (const Sheet* sheet : section->family().kinds) {
                section->setKind(sheet->card.id);
                section->showAll();
                const Json before = section->section();
                QString changed;
                looked += turnOverAll(&panel, changed);
                QVERIFY2(changed.isEmpty(), qPrintable(qs(sheet->card.id) + QStringLiteral(": ") + changed));
                QVERIFY2(section->section() == before, sheet->card.id.c_str());
            }
        QVERIFY(looked > 10);
    }

    void whileARunIsTrained() {
        TestBench bench;
        MainWindow window(bench.workbench);
        window.resize(1440, 900);
        activate(&window);
        LaunchRequest request;
        request.spec = tinySpec(1000000);
        QVERIFY(bench.workbench.launch(request));
        RunSession& session = bench.workbench.session();
        QTRY_VERIFY_WITH_TIMEOUT(session.lastRow().step > 3, longWait);
        QTRY_VERIFY(window.findChild<QLineEdit*>(QStringLiteral("knobs.rate"))->isEnabled());
        Page* page = window.page(QStringLiteral("run"));
        constexpr int mostTabs = 12;
        int looked = 0;
        for (int tab = 0; tab < mostTabs; ++tab) {
            page->tabWanted(tab);
            QString changed;
            looked += turnOverAll(page, changed);
            QVERIFY2(changed.isEmpty(), qPrintable(changed));
            for (QLineEdit* edit : page->findChildren<QLineEdit*>()) {
                const QString before = edit->text();
                turnWheel(edit);
                QCOMPARE(edit->text(), before);
            }
        }
        QVERIFY(looked > 0);
        QCOMPARE(session.knobs().rate_scale, 1.0);
        QSignalSpy ended(&session, &RunSession::ended);
        session.stop(false);
        QVERIFY(ended.wait(longWait));
    }

    void theSettingsOfTheProgram() {
        TestBench bench;
        SettingsDialog dialog(bench.workbench);
        activate(&dialog);
        const auto mode = Theme::instance().mode();
        QString changed;
        QCOMPARE(turnOverAll(&dialog, changed), 4);  // where runs are trained, closing, colours, language
        QVERIFY2(changed.isEmpty(), qPrintable(changed));
        QCOMPARE(Theme::instance().mode(), mode);
        QCOMPARE(Language::instance().current(), QStringLiteral("en"));
    }

    void dialogsAndWhatIsMadeLater() {
        TestBench bench;
        RunRecord run;
        run.id = "x";
        run.name = "x";
        run.spec = default_spec();
        run.steps = run.total_steps = 10;
        QString changed;
        for (const auto way : {ContinueDialog::Way::fork, ContinueDialog::Way::extend}) {
            ContinueDialog dialog(bench.workbench, way, run,
                                  {{"x", "/nowhere/step-00000010", 0, 10, 0, 0, {}, false, ""},
                                   {"x", "/nowhere/step-00000005", 0, 5, 0, 0, {}, false, ""}},
                                  {});
            activate(&dialog);
            QVERIFY(turnOverAll(&dialog, changed) >= (way == ContinueDialog::Way::fork ? 3 : 1));
            QVERIFY2(changed.isEmpty(), qPrintable(changed));
        }

        QDialog other;
        auto* column = new QVBoxLayout(&other);
        activate(&other);
        auto* slider = new QSlider(Qt::Horizontal);
        auto* date = new QDateEdit;
        auto* number = new QDoubleSpinBox;
        auto* choice = new QComboBox;
        choice->addItems({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")});
        choice->setCurrentIndex(1);
        choice->setEditable(true);
        for (QWidget* widget : {static_cast<QWidget*>(slider), static_cast<QWidget*>(date),
                                static_cast<QWidget*>(number), static_cast<QWidget*>(choice)})
            column->addWidget(widget);
        QTest::qWait(20);
        QCOMPARE(turnOverAll(&other, changed), 4);
        QVERIFY2(changed.isEmpty(), qPrintable(changed));
    }

    /// The wheel over a field scrolls the form that it stands in.
    void theFormBehindScrolls() {
        SpecForm form;
        form.setSpec(default_spec());
        form.resize(900, 400);
        activate(&form);
        auto* unit = form.findChild<QComboBox*>(QStringLiteral("objective.kind"));
        const int before = form.verticalScrollBar()->value(), index = unit->currentIndex();
        turnWheel(unit);
        QVERIFY(form.verticalScrollBar()->value() > before);
        QCOMPARE(unit->currentIndex(), index);
        auto* bar = form.verticalScrollBar();
        const int there = bar->value();
        turnWheel(bar);  // a scroll bar is no setting
        QVERIFY(bar->value() > there);
    }
};

QObject* wheelSuite() {
    return new WheelTest;
}

}  // namespace gw::ui

#include "wheel_test.moc"
