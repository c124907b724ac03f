#include "ui/main_window.h"

#include <QApplication>
#include <QCloseEvent>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QShortcut>
#include <QStatusBar>

#include "ui/text.h"
#include "ui/theme.h"

namespace gw::ui {

namespace {

constexpr int wideRail = 200, narrowRail = 56, collapseBelow = 1200;

MainWindow::Closing ask(QWidget* parent, const QString& run) {
    QMessageBox box(parent);
    box.setIcon(QMessageBox::Question);
    box.setWindowTitle(MainWindow::tr("A run is being trained"));
    box.setText(MainWindow::tr("“%1” is being trained.").arg(run));
    box.setInformativeText(MainWindow::tr("Without saving, the work since the last checkpoint is lost; the run can be resumed from there."));
    auto* save = box.addButton(MainWindow::tr("Save and quit"), QMessageBox::AcceptRole);
    auto* discard = box.addButton(MainWindow::tr("Quit without saving"), QMessageBox::DestructiveRole);
    auto* keep = box.addButton(MainWindow::tr("Keep training"), QMessageBox::RejectRole);
    box.setDefaultButton(save);
    box.setEscapeButton(static_cast<QAbstractButton*>(keep));
    box.exec();
    const QAbstractButton* chosen = box.clickedButton();
    return chosen == save ? MainWindow::Closing::saveAndQuit
           : chosen == discard ? MainWindow::Closing::quitWithoutSaving
                                            : MainWindow::Closing::keepTraining;
}

}  // namespace

MainWindow::MainWindow(Workbench& workbench, QWidget* parent) : QMainWindow(parent), workbench_(workbench), entries_(pageList()) {
    setWindowTitle(tr("Groundwork"));
    setWindowIcon(QIcon(QStringLiteral(":/icons/groundwork.svg")));
    setMinimumSize(900, 600);
    askClosing = [this] { return ask(this, workbench_.session().name()); };

    auto* central = new QWidget;
    auto* row = new QHBoxLayout(central);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    stack_ = new QStackedWidget;
    row->addWidget(makeRail());
    row->addWidget(stack_, 1);
    setCentralWidget(central);
    for (const PageEntry& entry : entries_) {
        pages_.push_back(entry.make(workbench_));
        stack_->addWidget(pages_.back());
    }

    for (QLabel** one : {&deviceLabel_, &memoryLabel_, &diskLabel_}) statusBar()->addWidget(*one = new QLabel);
    statusBar()->addPermanentWidget(runLabel_ = new QLabel);
    statusBar()->setSizeGripEnabled(false);
    clock_.setInterval(1000);
    connect(&clock_, &QTimer::timeout, this, &MainWindow::showState);
    clock_.start();

    connect(&workbench_, &Workbench::pageWanted, this, &MainWindow::showPage);
    connect(&workbench_.session(), &RunSession::stateChanged, this, &MainWindow::showState);
    connect(&workbench_.session(), &RunSession::ended, this, [this] {
        if (quitting_) close();
    });
    connect(&Theme::instance(), &Theme::changed, this, &MainWindow::showIcons);
    makeShortcuts();
    showIcons();
    showState();
    const QByteArray geometry = QSettings().value(QStringLiteral("geometry")).toByteArray();
    if (geometry.isEmpty() || !restoreGeometry(geometry)) resize(1440, 900);
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
    themeButton_ = railButton(tr("Light or dark"));
    themeButton_->setToolTip(tr("Light or dark (Ctrl+Shift+L)"));
    connect(themeButton_, &QToolButton::clicked, &Theme::instance(), &Theme::cycle);
    column->addWidget(themeButton_);
    return rail_;
}

void MainWindow::makeShortcuts() {
    auto on = [this](const QKeySequence& keys, auto action) { connect(new QShortcut(keys, this), &QShortcut::activated, this, action); };
    on(QKeySequence(Qt::CTRL | Qt::Key_N), [this] { showPage(QStringLiteral("new")); });
    on(QKeySequence(Qt::CTRL | Qt::Key_F), [this] { pages_[static_cast<std::size_t>(stack_->currentIndex())]->findWanted(); });
    for (const auto key : {Qt::Key_Return, Qt::Key_Enter})
        on(QKeySequence(Qt::CTRL | key), [this] { pages_[static_cast<std::size_t>(stack_->currentIndex())]->primaryWanted(); });
    on(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_L), [] { Theme::instance().cycle(); });
    on(QKeySequence(Qt::CTRL | Qt::Key_Q), [this] { close(); });
    for (std::size_t i = 0; i < entries_.size() && i < 9; ++i)
        on(QKeySequence(Qt::ALT | static_cast<Qt::Key>(Qt::Key_1 + i)), [this, id = entries_[i].id] { showPage(id); });
}

void MainWindow::showIcons() {
    for (std::size_t i = 0; i < entries_.size(); ++i) buttons_[i]->setIcon(Theme::icon(entries_[i].icon));
    themeButton_->setIcon(Theme::icon(QStringLiteral("theme")));
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
    deviceLabel_->setText(session.active() && !facts.device.empty()
                              ? tr("%1, %2, %3").arg(qs(facts.device), qs(facts.precision), plural(facts.threads, tr("1 thread"), tr("%1 threads")))
                              : tr("No run is being trained"));
    std::optional<double> memory;
    for (const Point& point : session.lastRow().points)
        if (point.metric == "train/memory_bytes") memory = point.value;
    memoryLabel_->setText(session.active() && memory ? tr("Memory %1").arg(bytesText(*memory)) : QString());
    diskLabel_->setText(tr("%1 free in %2").arg(bytesText(static_cast<double>(free_bytes(workbench_.workspace().root()))), qs(workbench_.workspace().root().string())));
    if (!session.active()) return runLabel_->clear();
    QString text = session.name() + QStringLiteral(" · ") + (session.paused() ? tr("paused") : qs(session.progress().phase));
    if (session.fraction() >= 0) text += QStringLiteral(" · %1\u2009%").arg(static_cast<int>(100 * session.fraction()));
    if (session.secondsLeft() >= 0 && !session.paused()) text += QStringLiteral(" · ") + tr("%1 left").arg(secondsText(session.secondsLeft()));
    runLabel_->setText(text);
}

void MainWindow::resizeEvent(QResizeEvent* event) {
    QMainWindow::resizeEvent(event);
    const bool narrow = width() < collapseBelow;
    rail_->setFixedWidth(narrow ? narrowRail : wideRail);
    brand_->setVisible(!narrow);
    for (QToolButton* button : buttons_) button->setToolButtonStyle(narrow ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon);
    themeButton_->setToolButtonStyle(narrow ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon);
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (workbench_.session().active()) {
        event->ignore();
        if (quitting_) return;
        switch (askClosing()) {
            case Closing::keepTraining: return;
            case Closing::saveAndQuit: workbench_.session().stop(true); break;
            case Closing::quitWithoutSaving: workbench_.session().stop(false); break;
        }
        quitting_ = true;  // the window goes when the run has ended
        if (!workbench_.session().active()) close();
        return;
    }
    QSettings().setValue(QStringLiteral("geometry"), saveGeometry());
    event->accept();
}

}  // namespace gw::ui
