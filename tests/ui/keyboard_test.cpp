#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QToolButton>
#include <fstream>

#include "ui/history.h"
#include "ui/pages/models_page.h"
#include "ui/pages/new_run_page.h"
#include "ui/pages/runs_page.h"
#include "ui/shell/main_window.h"
#include "ui/suites.h"
#include "ui/texts/language.h"
#include "ui/texts/text.h"
#include "ui/tiny_spec.h"
#include "ui/widgets/studies/finetune_panel.h"

namespace gw::ui {

namespace {

/// Ten fingers and no mouse: keys go to where the focus is, in the window or in the dialog before it.
class Hands {
  public:
    explicit Hands(MainWindow& window) : window_(window) {
        window_.show();
        take();
    }

    void take() {
        QApplication::setActiveWindow(&window_);
        window_.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window_));
    }
    QWidget* at() const {
        QWidget* top = QApplication::activeModalWidget() ? QApplication::activeModalWidget() : &window_;
        return top->focusWidget() ? top->focusWidget() : top;
    }
    void press(Qt::Key key, Qt::KeyboardModifiers with = Qt::NoModifier) { QTest::keyClick(at(), key, with); }
    void type(const QString& text) { QTest::keyClicks(at(), text); }

    /// Writes into the palette that is open, and takes what it finds first.
    void choose(const QString& words) {
        QTRY_VERIFY(qobject_cast<QDialog*>(QApplication::activeModalWidget()));
        type(words);
        press(Qt::Key_Return);
        QTRY_VERIFY(!QApplication::activeModalWidget());
        take();
    }

    /// Goes on by Tab until `there` has the focus; what was wrong on the way, or nothing.
    QString tabTo(const QWidget* there) {
        constexpr int most = 600;
        for (int i = 0; i < most; ++i) {
            QWidget* now = at();
            if (now->visibleRegion().isEmpty()) return nameOf(now) + QStringLiteral(" has the focus out of sight");
            if (!showsFocus(now)) return nameOf(now) + QStringLiteral(" does not show that it has the focus");
            if (now == there) return {};
            press(Qt::Key_Tab);
            if (at() == now) return QStringLiteral("Tab does not leave ") + nameOf(now);
        }
        return nameOf(there) + QStringLiteral(" is not reached by Tab");
    }

  private:
    static QString nameOf(const QWidget* widget) {
        const QString text = widget->property("text").toString();
        return QLatin1String(widget->metaObject()->className()) + QLatin1Char(' ') +
               (!widget->objectName().isEmpty() ? widget->objectName()
                : !text.isEmpty()               ? text
                                                : widget->accessibleName());
    }
    /// Whether one sees by its looks that a control has the focus.
    static bool showsFocus(QWidget* widget) {
        if (!widget->hasFocus()) return true;  // a window without any control in focus
        if (!qobject_cast<QAbstractButton*>(widget) && !qobject_cast<QComboBox*>(widget) &&
            !qobject_cast<QLineEdit*>(widget) && !qobject_cast<QAbstractItemView*>(widget))
            return true;
        const QImage with = widget->grab().toImage();
        widget->clearFocus();
        const QImage without = widget->grab().toImage();
        widget->setFocus(Qt::TabFocusReason);
        return with != without;
    }
    MainWindow& window_;
};

}  // namespace

/// The three main uses of the program, by keys alone and in both languages.
class KeyboardTest : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void init() { QSettings().remove(QStringLiteral("draft")); }
    void cleanup() { Language::instance().set(QStringLiteral("en"), false); }

    void aNewRunIsLaunched_data() { languages(); }
    void aNewRunIsLaunched() {
        QFETCH(QString, language);
        Language::instance().set(language, false);
        QSettings().setValue(QStringLiteral("draft"), qs(tinySpec(12).dump()));
        TestBench bench;
        MainWindow window(bench.workbench);
        window.resize(1440, 900);
        Hands hands(window);
        hands.press(Qt::Key_2, Qt::AltModifier);
        QCOMPARE(window.currentPage(), QStringLiteral("new"));
        // A field by its name, another value, and on through the rest of the form to the button.
        hands.press(Qt::Key_F, Qt::ControlModifier);
        hands.choose(QStringLiteral("optimizer.lr"));
        QTRY_COMPARE(hands.at()->objectName(), QStringLiteral("optimizer.lr"));
        hands.press(Qt::Key_A, Qt::ControlModifier);
        hands.type(QStringLiteral("0.002"));
        auto& page = *static_cast<NewRunPage*>(window.page(QStringLiteral("new")));
        QTRY_VERIFY(page.launchButton().isEnabled());
        const QString problem = hands.tabTo(&page.launchButton());
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
        QSignalSpy ended(&bench.workbench.session(), &RunSession::ended);
        hands.press(Qt::Key_Space);
        QTRY_COMPARE(window.currentPage(), QStringLiteral("run"));
        QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, longWait);
        const RunRecord run = bench.workbench.workspace().store().or_throw().runs().or_throw().front();
        QCOMPARE(qs(run.status), QStringLiteral("finished"));
        QCOMPARE(run.spec.at("optimizer").at("lr").get<double>(), 0.002);
    }

    void twoRunsAreCompared_data() { languages(); }
    void twoRunsAreCompared() {
        QFETCH(QString, language);
        Language::instance().set(language, false);
        TestBench bench;
        for (const int seed : {1, 2, 3})
            addRun(bench.workbench.workspace(), "run " + std::to_string(seed), 1e-4, seed, 2);
        MainWindow window(bench.workbench);
        window.resize(1440, 900);
        Hands hands(window);
        hands.press(Qt::Key_1, Qt::AltModifier);
        auto& runs = *static_cast<RunsPage*>(window.page(QStringLiteral("runs")));
        QTRY_COMPARE(runs.model().total(), 3);
        const QString problem = hands.tabTo(&runs.view());
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
        hands.press(Qt::Key_Home, Qt::ControlModifier);
        hands.press(Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(runs.view().selectionModel()->selectedRows().size(), 2);
        hands.press(Qt::Key_C);
        QTRY_COMPARE(window.currentPage(), QStringLiteral("compare"));
        auto* summary = window.findChild<QTableView*>(QStringLiteral("compare.summary"));
        QTRY_COMPARE(summary->model()->rowCount(), 2);
    }

    void aCheckpointIsFineTuned_data() { languages(); }
    void aCheckpointIsFineTuned() {
        QFETCH(QString, language);
        Language::instance().set(language, false);
        TestBench bench;
        LaunchRequest request;
        request.spec = tinySpec(4, {{"sampling", {{"every", 0}}}});
        request.name = "parent";
        (void)LiveRun::launch(bench.workbench.workspace(), request, HostKind::inline_).or_throw()->wait();
        const fs::path texts = fs::path(ss(bench.folder.path())) / "pets.tsv";
        {
            std::ofstream out(texts);
            for (int i = 0; i < 60; ++i)
                out << (i % 2 ? "the cat sat " : "a dog ran ") << i << "\t" << (i % 2 ? "cat" : "dog") << "\n";
        }
        MainWindow window(bench.workbench);
        window.resize(1440, 900);
        Hands hands(window);
        hands.press(Qt::Key_5, Qt::AltModifier);
        QCOMPARE(window.currentPage(), QStringLiteral("models"));
        auto& page = *static_cast<ModelsPage*>(window.page(QStringLiteral("models")));
        QTRY_COMPARE(page.model().rowCount(), 1);
        auto* paths = page.finetune().findChild<QPlainTextEdit*>(QStringLiteral("dataset.paths"));
        const QString problem = hands.tabTo(paths);
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
        hands.type(qs(texts.string()));
        QTRY_VERIFY(page.finetune().spec());
        // A field further down, found by its name.
        hands.take();
        hands.press(Qt::Key_K, Qt::ControlModifier);
        hands.choose(QStringLiteral("training.budget"));
        QTRY_COMPARE(hands.at()->objectName(), QStringLiteral("training.budget"));
        hands.press(Qt::Key_A, Qt::ControlModifier);
        hands.type(QStringLiteral("2"));
        QTRY_VERIFY(page.finetune().spec() && page.finetune().spec()->at("training").at("budget").get<double>() == 2);
        QSignalSpy ended(&bench.workbench.session(), &RunSession::ended);
        hands.press(Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(window.currentPage(), QStringLiteral("run"));
        QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, longWait);
        const auto all = bench.workbench.workspace().store().or_throw().runs().or_throw();
        QCOMPARE(all.size(), std::size_t{2});
        for (const RunRecord& run : all) QCOMPARE(qs(run.status), QStringLiteral("finished"));
    }

    /// No field keeps the Tab key for itself.
    void tabLeavesEveryField() {
        TestBench bench;
        addRun(bench.workbench.workspace(), "one", 1e-4, 1, 2);
        MainWindow window(bench.workbench);
        for (const QPlainTextEdit* edit : window.findChildren<QPlainTextEdit*>())
            QVERIFY2(edit->tabChangesFocus() || edit->isReadOnly(),
                     qPrintable(edit->objectName() + QLatin1Char(' ') + edit->accessibleName()));
        for (const QAbstractItemView* view : window.findChildren<QAbstractItemView*>())
            if (!view->window()->inherits("QComboBoxPrivateContainer"))
                QVERIFY2(!view->tabKeyNavigation(), qPrintable(view->objectName() + view->accessibleName()));
    }

  private:
    static void languages() {
        QTest::addColumn<QString>("language");
        for (const char* language : {"en", "ja"}) QTest::newRow(language) << QString::fromLatin1(language);
    }
};

QObject* keyboardSuite() {
    return new KeyboardTest;
}

}  // namespace gw::ui

#include "keyboard_test.moc"
