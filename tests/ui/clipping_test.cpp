#include "ui/clipping.h"

#include <QApplication>
#include <QDialog>
#include <QFormLayout>
#include <QSignalSpy>
#include <QStackedLayout>
#include <QTableWidget>
#include <QTest>
#include <QThreadPool>

#include "ui/history.h"
#include "ui/pages/new_run_page.h"
#include "ui/shell/main_window.h"
#include "ui/suites.h"
#include "ui/texts/language.h"
#include "ui/texts/text.h"
#include "ui/tiny_spec.h"
#include "ui/widgets/dialogs/continue_dialog.h"
#include "ui/widgets/dialogs/settings_dialog.h"
#include "ui/widgets/dialogs/shortcut_sheet.h"
#include "ui/widgets/dialogs/tour.h"
#include "workspace/run_queue.h"

namespace gw::ui {

namespace {

constexpr int mostTabsOfAPage = 12;

/// Until nothing is read behind the window any more, and what was read is shown.
void settleDown() {
    constexpr int rounds = 3, patience = 10000, moment = 30;  // ms
    for (int round = 0; round < rounds; ++round) {
        QThreadPool::globalInstance()->waitForDone(patience);
        QTest::qWait(moment);
    }
}

/// What is found on the page in view, each line with where it was.
void lookAround(const QWidget& window, const QString& where, QStringList& found) {
    QStringList lines;
    // A living run writes its texts at any moment, and so does what is read behind the window; layouts follow when
    // events are next handled. What is clipped stays so.
    for (int look = 0; look < 3; ++look) {
        for (int round = 0; round < 2; ++round)
            for (const QWidget* widget : window.findChildren<QWidget*>())
                if (QLayout* layout = widget->isVisible() ? widget->layout() : nullptr) layout->activate();
        lines = Clipping::in(window);
        if (lines.isEmpty()) break;
        settleDown();
    }
    for (const QString& line : lines) {
        const QString said = where + QStringLiteral(": ") + line;
        // The rail and the status bar are on every page.
        const bool known = std::any_of(found.begin(), found.end(), [&](const QString& other) {
            return other.endsWith(QStringLiteral(": ") + line);
        });
        if (!known) found << said;
    }
}

void walkTabs(MainWindow& window, const QString& page, QStringList& found) {
    window.showPage(page);
    settleDown();
    lookAround(window, page, found);
    if (page != QLatin1String("run") && page != QLatin1String("compare") && page != QLatin1String("models")) return;
    for (int tab = 0; tab < mostTabsOfAPage; ++tab) {
        window.page(page)->tabWanted(tab);
        settleDown();
        lookAround(window, QStringLiteral("%1, tab %2").arg(page).arg(tab + 1), found);
    }
}

void sizesAndLanguages() {
    QTest::addColumn<QSize>("size");
    QTest::addColumn<QString>("language");
    for (const QSize size : {QSize(1100, 700), QSize(1440, 900)})
        for (const char* language : {"en", "ja"})
            QTest::newRow(qPrintable(
                QStringLiteral("%1×%2 %3").arg(size.width()).arg(size.height()).arg(QLatin1String(language))))
                << size << QString::fromLatin1(language);
}

}  // namespace

/// Nothing in the window is narrower than its text needs, at the smallest size that is supported and at the usual one,
/// in both languages.
class ClippingTest : public QObject {
    Q_OBJECT
  private:
    std::unique_ptr<TestBench> bench_;
    std::string trained_;

  private Q_SLOTS:
    /// A history with all that pages show: a trained run with a checkpoint, an interrupted one, alarms, a queue, names
    /// that are long.
    void initTestCase() {
        bench_ = std::make_unique<TestBench>();
        const Workspace& workspace = bench_->workbench.workspace();
        LaunchRequest request;
        request.spec = tinySpec(20, {{"saving", {{"every", 10}}},
                                     {"monitoring", {{"layers_every", 5}, {"histograms_every", 10}}},
                                     {"sampling", {{"every", 10}}}});
        request.name = "stories 1×16 · lr 1e-3 · seed 1, the one that was really trained";
        auto run = LiveRun::launch(workspace, request, HostKind::inline_).or_throw();
        (void)run->wait();
        trained_ = run->id();
        addRun(workspace, "shakespeare 6×384 · lr 3e-4 · dropout 0.1 · seed 1", 3e-4, 1, 2);
        addRun(workspace, "shakespeare 6×384 · lr 1e-3 · dropout 0.1 · seed 2", 1e-3, 2, 3, 1000, "interrupted");
        Store store = workspace.store().or_throw();
        store
            .add_event({trained_, "leak", "18 of 20 validation texts stand word for word in the training part",
                        now_utc(), 0, 0})
            .or_throw();
        store.add_event({trained_, "alert", "Spike: the training loss jumped to 9.31", now_utc(), 0, 12}).or_throw();
        std::vector<LaunchRequest> waiting(2);
        for (LaunchRequest& one : waiting) one.spec = tinySpec(30);
        (void)RunQueue(workspace).add(waiting).or_throw();
    }

    void cleanup() { Language::instance().set(QStringLiteral("en"), false); }

    void everyPageAndTab_data() { sizesAndLanguages(); }
    void everyPageAndTab() {
        QFETCH(QSize, size);
        QFETCH(QString, language);
        Language::instance().set(language, false);
        QStringList found;
        {
            TestBench nothing;
            MainWindow window(nothing.workbench);
            window.resize(size);
            window.show();
            for (const PageEntry& entry : pageList()) {
                window.showPage(entry.id);
                settleDown();
                lookAround(window, entry.id + QStringLiteral(" of an empty workspace"), found);
            }
        }
        MainWindow window(bench_->workbench);
        window.resize(size);
        window.show();
        QCOMPARE(window.size(), size);
        bench_->workbench.openRun(qs(trained_));
        bench_->workbench.compareRuns(bench_->workbench.workspace().store().or_throw().run_ids().or_throw());
        settleDown();
        for (const PageEntry& entry : pageList()) walkTabs(window, entry.id, found);
        window.showPage(QStringLiteral("new"));
        auto* form = static_cast<NewRunPage*>(window.page(QStringLiteral("new")));
        for (const Recipe& recipe : recipes().or_throw()) {
            form->loadRecipe(recipe.id);
            settleDown();
            lookAround(window, QStringLiteral("new, recipe ") + qs(recipe.id), found);
        }
        report(found);
    }

    void everyKindOfEveryForm_data() { sizesAndLanguages(); }
    void everyKindOfEveryForm() {
        QFETCH(QSize, size);
        QFETCH(QString, language);
        Language::instance().set(language, false);
        QStringList found;
        // As wide as the form of New run beside its card.
        constexpr int beside = 520;
        for (const Family& family : families())
            for (const Sheet* sheet : family.kinds) {
                QScrollArea area;
                area.setWidgetResizable(true);
                area.setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
                auto* form = new SectionForm(family);
                Json section = sheet->complete(Json::object());
                if (!family.single) section["kind"] = sheet->card.id;
                form->setSection(section);
                form->showAll();
                area.setWidget(form);
                area.resize(std::min(1000, size.width() - beside), size.height());
                area.show();
                QTest::qWait(1);
                lookAround(area, qs(family.id + " " + sheet->card.id), found);
            }
        report(found);
    }

    /// The title row is fullest while a run is being trained.
    void aRunThatIsBeingTrained_data() { sizesAndLanguages(); }
    void aRunThatIsBeingTrained() {
        QFETCH(QSize, size);
        QFETCH(QString, language);
        Language::instance().set(language, false);
        TestBench bench;
        MainWindow window(bench.workbench);
        window.resize(size);
        window.show();
        LaunchRequest request;
        request.spec = tinySpec(1000000);
        request.name = "shakespeare 6×384 · lr 3e-4 · dropout 0.1 · seed 1";
        QVERIFY(bench.workbench.launch(request));
        QTRY_VERIFY_WITH_TIMEOUT(bench.workbench.session().lastRow().step > 25, longWait);
        QStringList found;
        walkTabs(window, QStringLiteral("run"), found);
        window.showPage(QStringLiteral("new"));
        settleDown();
        lookAround(window, QStringLiteral("new, while one is trained"), found);
        QSignalSpy ended(&bench.workbench.session(), &RunSession::ended);
        bench.workbench.session().stop(false);
        QVERIFY(ended.wait(longWait));
        report(found);
    }

    void dialogs_data() { sizesAndLanguages(); }
    void dialogs() {
        QFETCH(QSize, size);
        QFETCH(QString, language);
        Language::instance().set(language, false);
        QStringList found;
        MainWindow window(bench_->workbench);
        window.resize(size);
        window.show();
        window.showTour();
        auto* tour = window.findChild<Tour*>();
        QSignalSpy ended(tour, &Tour::ended);
        while (ended.isEmpty()) {
            QTest::qWait(1);
            lookAround(*tour, QStringLiteral("tour"), found);
            QTest::keyClick(tour, Qt::Key_Right);
        }
        window.showSettings();
        window.showShortcuts();
        const Workspace& workspace = bench_->workbench.workspace();
        const Store store = workspace.store(Store::Mode::read_only).or_throw();
        for (const auto way : {ContinueDialog::Way::fork, ContinueDialog::Way::extend})
            (new ContinueDialog(bench_->workbench, way, store.run(trained_).or_throw(),
                                store.checkpoints(trained_).or_throw(), {}, &window))
                ->open();
        settleDown();
        const auto all = window.findChildren<QDialog*>();
        QVERIFY(all.size() >= 4);
        for (QDialog* dialog : all)
            if (dialog->isVisible()) lookAround(*dialog, QLatin1String(dialog->metaObject()->className()), found);
        report(found);
    }

    /// What is planted is found, and what has the room it needs is not.
    void itFindsWhatIsClipped() {
        QWidget window;
        auto* column = new QVBoxLayout(&window);
        auto* button = new QPushButton(QStringLiteral("Compare these runs"));
        button->setFixedWidth(60);
        auto* text = new QLabel(QStringLiteral("A label of some words"));
        text->setFixedWidth(40);
        auto* low = new QLabel(QStringLiteral("A label that is wrapped into many lines, of which few are seen"));
        low->setWordWrap(true);
        low->setFixedSize(80, 20);
        auto* choice = new QComboBox;
        choice->addItem(QStringLiteral("A choice of many letters"));
        choice->setFixedWidth(70);
        auto* table = new QTableWidget(1, 2);
        table->setHorizontalHeaderLabels({QStringLiteral("Validation loss"), QStringLiteral("Step")});
        auto* number = new QTableWidgetItem(QStringLiteral("1.23456789"));
        number->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        table->setItem(0, 0, number);
        table->setColumnWidth(0, 40);
        table->setColumnWidth(1, 120);
        for (QWidget* one : {static_cast<QWidget*>(button), static_cast<QWidget*>(text), static_cast<QWidget*>(low),
                             static_cast<QWidget*>(choice), static_cast<QWidget*>(table)})
            column->addWidget(one);
        auto* narrow = new QWidget;
        narrow->setFixedSize(50, 40);
        auto* inside = new QPushButton(QStringLiteral("Partly seen"), narrow);
        inside->setGeometry(10, 0, 120, 30);
        column->addWidget(narrow);
        auto* above = new QLabel(QStringLiteral("one above"));
        auto* other = new QLabel(QStringLiteral("the other"));
        column->addWidget(above);
        column->addWidget(other);
        window.resize(400, 600);
        window.show();
        QTest::qWait(1);
        other->setGeometry(above->geometry());
        const QStringList found = Clipping::in(window);
        const QString all = found.join(QLatin1Char('\n'));
        for (const char* one :
             {"button “Compare these runs” needs", "label “A label of some words” needs", "needs a height of",
              "choice “A choice of many letters” needs", "header “Validation loss” needs", "number “1.23456789” needs",
              "“Partly seen” is cut at the side", "“one above” and “the other” overlap"})
            QVERIFY2(all.contains(QString::fromUtf8(one)), qPrintable(QString::fromUtf8(one) + u'\n' + all));
        QCOMPARE(found.size(), 8);

        QWidget roomy;
        auto* form = new QFormLayout(&roomy);
        form->addRow(new QLabel(QStringLiteral("A label")), new QPushButton(QStringLiteral("A button && more")));
        auto* wrapped = new QLabel(QStringLiteral("A label that is wrapped into many lines, all of which are seen"));
        wrapped->setWordWrap(true);
        form->addRow(wrapped);
        auto* cutOnPurpose = new QLabel(QStringLiteral("A path that is longer than there is room for it"));
        cutOnPurpose->setFixedWidth(60);
        cutOnPurpose->setToolTip(cutOnPurpose->text());
        form->addRow(cutOnPurpose);
        roomy.resize(300, 300);
        roomy.show();
        QTest::qWait(1);
        QVERIFY2(Clipping::in(roomy).isEmpty(), qPrintable(Clipping::in(roomy).join(QLatin1Char('\n'))));
    }

  private:
    /// QtTest cuts long messages: every line is said, and the first one fails.
    static void report(const QStringList& found) {
        for (const QString& line : found) qWarning("%s", qPrintable(line));
        QVERIFY2(found.isEmpty(),
                 qPrintable(QStringLiteral("%1 in all, the first: %2").arg(found.size()).arg(found.value(0))));
    }
};

QObject* clippingSuite() {
    return new ClippingTest;
}

}  // namespace gw::ui

#include "clipping_test.moc"
