#include "ui/shell/main_window.h"

#include <QApplication>
#include <QCloseEvent>
#include <QKeyEvent>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QShortcut>
#include <QSplitter>
#include <QStatusBar>

#include "ui/shell/host_setting.h"
#include "ui/shell/theme.h"
#include "ui/texts/language.h"
#include "ui/texts/plain_tip.h"
#include "ui/texts/text.h"
#include "ui/widgets/dialogs/continue_dialog.h"
#include "ui/widgets/run/run_header.h"
#include "ui/widgets/table_view.h"

namespace gw::ui {

namespace {

constexpr int wideRail = 200, narrowRail = 56, collapseBelow = 1200;

MainWindow::Closing ask(QWidget* parent, const QString& run, bool apart) {
    QMessageBox box(parent);
    box.setIcon(QMessageBox::Question);
    box.setWindowTitle(MainWindow::tr("A run is being trained"));
    box.setText(MainWindow::tr("“%1” is being trained.").arg(run));
    QString facts = MainWindow::tr(
        "Without saving, the work since the last checkpoint is lost; the run can be resumed from there.");
    if (apart)
        facts += QLatin1Char(' ') + MainWindow::tr(
                                        "It has a process of its own and can go on without the window, "
                                        "which shows it again at its next start.");
    box.setInformativeText(facts);
    auto* save = box.addButton(MainWindow::tr("Save and quit"), QMessageBox::AcceptRole);
    auto* discard = box.addButton(MainWindow::tr("Quit without saving"), QMessageBox::DestructiveRole);
    const QAbstractButton* leave =
        apart ? box.addButton(MainWindow::tr("Close and let it train"), QMessageBox::AcceptRole) : nullptr;
    auto* keep =
        box.addButton(apart ? MainWindow::tr("Cancel") : MainWindow::tr("Keep training"), QMessageBox::RejectRole);
    box.setDefaultButton(save);
    box.setEscapeButton(static_cast<QAbstractButton*>(keep));
    box.exec();
    const QAbstractButton* chosen = box.clickedButton();
    return chosen == save             ? MainWindow::Closing::saveAndQuit
           : chosen == discard        ? MainWindow::Closing::quitWithoutSaving
           : leave && chosen == leave ? MainWindow::Closing::leaveTraining
                                      : MainWindow::Closing::keepTraining;
}

bool askWhetherToEnd(QWidget* parent, const QString& what) {
    QMessageBox box(parent);
    box.setIcon(QMessageBox::Question);
    box.setWindowTitle(MainWindow::tr("Groundwork"));
    box.setText(what);
    const QAbstractButton* end = box.addButton(MainWindow::tr("End it"), QMessageBox::DestructiveRole);
    auto* keep = box.addButton(MainWindow::tr("Cancel"), QMessageBox::RejectRole);
    box.setDefaultButton(keep);
    box.setEscapeButton(static_cast<QAbstractButton*>(keep));
    box.exec();
    return box.clickedButton() == end;
}

}  // namespace

MainWindow::MainWindow(Workbench& workbench, QWidget* parent)
    : QMainWindow(parent), workbench_(workbench), entries_(pageList()) {
    setWindowTitle(tr("Groundwork"));
    setWindowIcon(QIcon(QStringLiteral(":/icons/groundwork.svg")));
    setMinimumSize(900, 600);

    auto* central = new QWidget;
    auto* column = new QVBoxLayout(central);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    if (workbench_.readOnly()) column->addWidget(makeBanner());
    auto* row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    stack_ = new QStackedWidget;
    row->addWidget(makeRail());
    row->addWidget(stack_, 1);
    column->addLayout(row, 1);
    setCentralWidget(central);
    for (const PageEntry& entry : entries_) {
        pages_.push_back(entry.make(workbench_));
        stack_->addWidget(pages_.back());
        connect(pages_.back(), &Page::actionsWanted, this, &MainWindow::showPageActions);
    }

    for (QLabel** one : {&deviceLabel_, &memoryLabel_, &diskLabel_}) statusBar()->addWidget(*one = new QLabel);
    deviceLabel_->setObjectName(QStringLiteral("status.device"));
    statusBar()->addPermanentWidget(runLabel_ = new QLabel);
    runLabel_->setTextFormat(Qt::PlainText);
    statusBar()->setSizeGripEnabled(false);
    clock_.setInterval(1000);
    connect(&clock_, &QTimer::timeout, this, &MainWindow::showState);
    clock_.start();

    connect(&workbench_, &Workbench::forkWanted, this, [this](const std::string& run, const std::string& checkpoint) {
        ContinueDialog::ask(workbench_, ContinueDialog::Way::fork, run, checkpoint, this);
    });
    connect(&workbench_, &Workbench::longerWanted, this, [this](const std::string& run) {
        ContinueDialog::ask(workbench_, ContinueDialog::Way::extend, run, {}, this);
    });
    connect(&workbench_, &Workbench::pageWanted, this, &MainWindow::showPage);
    connect(&workbench_.session(), &RunSession::stateChanged, this, &MainWindow::showState);
    connect(&workbench_.session(), &RunSession::ended, this, [this](const Outcome& outcome) {
        // Who was to save and could not is told so, and may look.
        if (outcome.end == Outcome::End::failed) quitting_ = false;
        if (quitting_) close();
    });
    connect(&workbench_.session(), &RunSession::couldNotStart, this, [this] { quitting_ = false; });
    connect(&Theme::instance(), &Theme::changed, this, &MainWindow::showIcons);
    connect(&workbench_, &Workbench::said, this, [this](const QString& text) {
        constexpr int readingTime = 6000;  // ms
        statusBar()->showMessage(text, readingTime);
    });
    makeShortcuts();
    showIcons();
    showState();
    restoreLayout();
    showPage(entries_.front().id);
}

QWidget* MainWindow::makeRail() {
    rail_ = new QFrame;
    rail_->setObjectName(QStringLiteral("rail"));
    auto* column = new QVBoxLayout(rail_);
    column->setContentsMargins(8, 16, 8, 12);
    column->setSpacing(4);
    brand_ = label(tr("Groundwork"), "section");
    brand_->setContentsMargins(12, 0, 0, 12);
    column->addWidget(brand_);
    auto railButton = [&](const QString& text) {
        auto* button = new QToolButton;
        button->setProperty("look", QStringLiteral("rail"));
        button->setText(text);
        button->setIconSize({20, 20});
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        return button;
    };
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        auto* button = railButton(entries_[i].title);
        button->setCheckable(true);
        button->setAutoExclusive(true);
        button->setObjectName(QStringLiteral("rail.") + entries_[i].id);
        button->setToolTip(tr("%1 (Alt+%2)").arg(entries_[i].title).arg(i + 1));
        connect(button, &QToolButton::clicked, this, [this, id = entries_[i].id] { showPage(id); });
        column->addWidget(button);
        buttons_.push_back(button);
    }
    column->addStretch(1);
    languageButton_ = railButton(QString());
    for (const auto& [code, name] : Language::all())
        if (code != Language::instance().current()) {
            languageButton_->setText(name);
            languageButton_->setObjectName(QStringLiteral("rail.language"));
            connect(languageButton_, &QToolButton::clicked, this,
                    [code = code] { (void)Language::instance().set(code); });
        }
    languageButton_->setToolTip(tr("Change the language of the window"));
    column->addWidget(languageButton_);
    themeButton_ = railButton(tr("Light or dark"));
    themeButton_->setToolTip(tr("Light or dark (Ctrl+Shift+L)"));
    connect(themeButton_, &QToolButton::clicked, &Theme::instance(), &Theme::cycle);
    column->addWidget(themeButton_);
    settingsButton_ = railButton(tr("Settings"));
    settingsButton_->setObjectName(QStringLiteral("rail.settings"));
    settingsButton_->setToolTip(tr("Workspace, colours, language (Ctrl+,)"));
    connect(settingsButton_, &QToolButton::clicked, this, &MainWindow::showSettings);
    column->addWidget(settingsButton_);
    return rail_;
}

bool MainWindow::eventFilter(QObject* watched, QEvent* event) {
    // On X11 fields of text take Ctrl+K for "delete to the end of the line"; here it finds things, wherever one types.
    if (event->type() != QEvent::ShortcutOverride) return QMainWindow::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    if (key->key() != Qt::Key_K || key->modifiers() != Qt::ControlModifier) return false;
    event->ignore();
    return true;
}

void MainWindow::makeShortcuts() {
    qApp->installEventFilter(this);
    auto on = [this](const QKeySequence& keys, auto action) {
        connect(new QShortcut(keys, this), &QShortcut::activated, this, action);
    };
    on(QKeySequence(Qt::CTRL | Qt::Key_N), [this] { showPage(QStringLiteral("new")); });
    on(QKeySequence(Qt::CTRL | Qt::Key_F), [this] { current().findWanted(); });
    for (const auto key : {Qt::Key_Return, Qt::Key_Enter})
        on(QKeySequence(Qt::CTRL | key), [this] { current().primaryWanted(); });
    on(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_L), [] { Theme::instance().cycle(); });
    on(QKeySequence(Qt::CTRL | Qt::Key_Q), [this] { close(); });
    on(QKeySequence(Qt::CTRL | Qt::Key_K), [this] { showPalette(); });
    on(QKeySequence(Qt::CTRL | Qt::Key_Slash), [this] { showShortcuts(); });
    on(QKeySequence(Qt::CTRL | Qt::Key_Comma), [this] { showSettings(); });
    on(QKeySequence(Qt::Key_F1), [this] { showHelp(); });
    // Text fields have an undo of their own and keep the keys for it.
    on(QKeySequence(Qt::CTRL | Qt::Key_Z), [this] { current().undoWanted(); });
    for (std::size_t i = 0; i < entries_.size() && i < 9; ++i)
        on(QKeySequence(Qt::ALT | static_cast<Qt::Key>(Qt::Key_1 + i)), [this, id = entries_[i].id] { showPage(id); });
}

void MainWindow::showIcons() {
    for (std::size_t i = 0; i < entries_.size(); ++i) buttons_[i]->setIcon(Theme::icon(entries_[i].icon));
    themeButton_->setIcon(Theme::icon(QStringLiteral("theme")));
    languageButton_->setIcon(Theme::icon(QStringLiteral("language")));
    settingsButton_->setIcon(Theme::icon(QStringLiteral("settings")));
}

QWidget* MainWindow::makeBanner() {
    auto* banner =
        label(workbench_.workspace().read_only()
                  ? tr("Nothing can be written to this workspace: its runs can be looked at. To train, change its "
                       "permissions, free some space, or choose another workspace in the settings.")
                  : tr("Another window has this workspace open: this one is for reading only. Close the other one "
                       "and start Groundwork again to train and change things here."),
              "banner");
    banner->setWordWrap(true);
    banner->setContentsMargins(24, 6, 24, 6);
    banner->setObjectName(QStringLiteral("readOnlyBanner"));
    return banner;
}

QString MainWindow::currentPage() const {
    return entries_[static_cast<std::size_t>(stack_->currentIndex())].id;
}

void MainWindow::rememberLayout() {
    QSettings settings;
    settings.setValue(QStringLiteral("geometry"), saveGeometry());
    for (const QSplitter* splitter : findChildren<QSplitter*>())
        if (!splitter->objectName().isEmpty())
            settings.setValue(QStringLiteral("splitter/") + splitter->objectName(), splitter->saveState());
    for (const QTableView* table : findChildren<QTableView*>())
        if (!table->objectName().isEmpty())
            settings.setValue(QStringLiteral("columns/") + table->objectName(), columnWidths(*table));
}

void MainWindow::forgetLayout() {
    if (!mayBeLeft(Leaving::rebuilt)) return;
    QSettings settings;
    settings.remove(QStringLiteral("geometry"));
    settings.remove(QStringLiteral("splitter"));
    settings.remove(QStringLiteral("columns"));
    Q_EMIT layoutForgotten();
}

void MainWindow::restoreLayout() {
    const QSettings settings;
    const QByteArray geometry = settings.value(QStringLiteral("geometry")).toByteArray();
    if (geometry.isEmpty() || !restoreGeometry(geometry)) resize(1440, 900);
    for (QSplitter* splitter : findChildren<QSplitter*>())
        if (const QByteArray state = settings.value(QStringLiteral("splitter/") + splitter->objectName()).toByteArray();
            !splitter->objectName().isEmpty() && !state.isEmpty())
            splitter->restoreState(state);
    for (QTableView* table : findChildren<QTableView*>())
        if (!table->objectName().isEmpty())
            setColumnWidths(*table, settings.value(QStringLiteral("columns/") + table->objectName()).toList());
}

Page* MainWindow::page(const QString& id) const {
    for (std::size_t i = 0; i < entries_.size(); ++i)
        if (entries_[i].id == id) return pages_[i];
    return nullptr;
}

void MainWindow::showPage(const QString& id) {
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        if (entries_[i].id != id) continue;
        buttons_[i]->setChecked(true);
        stack_->setCurrentIndex(static_cast<int>(i));
        pages_[i]->entered();
    }
}

void MainWindow::showState() {
    const RunSession& session = workbench_.session();
    const RunFacts& facts = session.facts();
    deviceLabel_->setText(!session.active()      ? tr("No run is being trained")
                          : facts.device.empty() ? tr("A run is being prepared")
                                                 : tr("%1, %2, %3")
                                                       .arg(qs(facts.device), qs(facts.precision),
                                                            plural(facts.threads, tr("1 thread"), tr("%1 threads"))));
    if (session.process() > 0)
        deviceLabel_->setText(tr("%1, in the process %2").arg(deviceLabel_->text()).arg(session.process()));
    std::optional<double> memory;
    for (const Point& point : session.lastRow().points)
        if (point.metric == "train/memory_bytes") memory = point.value;
    memoryLabel_->setText(session.active() && memory ? tr("Memory %1").arg(bytesText(*memory)) : QString());
    const QString root = qs(workbench_.workspace().root().string());
    constexpr int forThePath = 180;
    diskLabel_->setText(tr("%1 free in %2")
                            .arg(bytesText(static_cast<double>(free_bytes(workbench_.workspace().root()))),
                                 diskLabel_->fontMetrics().elidedText(root, Qt::ElideMiddle, forThePath)));
    diskLabel_->setToolTip(plainTip(root));
    if (!session.active()) {
        runLabel_->setToolTip({});
        return runLabel_->clear();
    }
    const Progress& progress = session.progress();
    constexpr int forTheName = 220;
    runLabel_->setToolTip(plainTip(session.name()));
    if (session.process() > 0)
        runLabel_->setToolTip(plainTip(tr("“%1”, in the process %2").arg(session.name()).arg(session.process())));
    QString text = runLabel_->fontMetrics().elidedText(session.name(), Qt::ElideMiddle, forTheName) +
                   QStringLiteral(" · ") + (session.paused() ? tr("paused") : phaseText(progress.phase));
    // Of the run while it makes steps; of what it does after the last one.
    const bool stepsAreDone = session.fraction() >= 1 && progress.phase != "training";
    const double share = stepsAreDone ? progress.fraction : session.fraction();
    if (share >= 0) text += QStringLiteral(" · %1\u2009%").arg(static_cast<int>(100 * share));
    if (session.secondsLeft() > 0 && !session.paused())
        text += QStringLiteral(" · ") + tr("%1 left").arg(secondsText(session.secondsLeft()));
    if (session.silence() > 0)
        text += QStringLiteral(" · ") + tr("no answer for %1").arg(secondsText(session.silence()));
    runLabel_->setText(text);
}

void MainWindow::resizeEvent(QResizeEvent* event) {
    QMainWindow::resizeEvent(event);
    const bool narrow = width() < collapseBelow;
    rail_->setFixedWidth(narrow ? narrowRail : wideRail);
    brand_->setVisible(!narrow);
    std::vector<QToolButton*> all = buttons_;
    all.insert(all.end(), {themeButton_, languageButton_, settingsButton_});
    for (QToolButton* button : all)
        button->setToolButtonStyle(narrow ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon);
}

bool MainWindow::mayBeLeft(Leaving how) {
    QStringList what;
    if (workbench_.carriesOut())
        what << tr(
            "A sequence of tasks is being carried out here. It ends now; the run at hand is saved first, and "
            "the sequence goes on from there when it is carried out again.");
    if (how == Leaving::closed && workbench_.checking())
        what << tr("A checkpoint is being read for a run that is to begin from it. The run is not begun then.");
    if (what.isEmpty()) return true;
    const QString text = what.join(QStringLiteral("\n\n"));
    return askLeaving ? askLeaving(text) : askWhetherToEnd(this, text);
}

void MainWindow::closeEvent(QCloseEvent* event) {
    // Once it only waits for its run to end all was asked before.
    if (!quitting_ && !mayBeLeft(Leaving::closed)) return event->ignore();
    if (workbench_.session().active()) {
        RunSession& session = workbench_.session();
        event->ignore();
        const bool apart = session.process() > 0;
        switch (apart && chosenAtClose() == AtClose::leave ? Closing::leaveTraining
                : askClosing                               ? askClosing()
                                                           : ask(this, session.name(), apart)) {
            case Closing::keepTraining:
                quitting_ = false;
                return;
            case Closing::saveAndQuit:
                workbench_.session().stop(true);
                break;
            case Closing::quitWithoutSaving:
                workbench_.session().stop(false);
                break;
            case Closing::leaveTraining:
                if (!session.leave()) return;
                break;
        }
        if (workbench_.session().active()) {
            quitting_ = true;  // the window goes when the run has ended
            workbench_.setQueueWorks(false);
            return;
        }
    }
    rememberLayout();
    event->accept();
}

}  // namespace gw::ui
