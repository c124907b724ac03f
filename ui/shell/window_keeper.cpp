#include "ui/shell/window_keeper.h"

#include <QTimer>

#include "ui/background.h"
#include "ui/pages/run_page.h"
#include "ui/shell/history_rescue.h"
#include "ui/texts/language.h"
#include "ui/texts/text.h"
#include "ui/widgets/dialogs/settings_dialog.h"
#include "workspace/record/rebuild.h"

namespace gw::ui {

WindowKeeper::WindowKeeper(std::unique_ptr<OpenWorkspace> workspace, QObject* parent)
    : WindowKeeper(workspace->workbench, parent) {
    own_ = std::move(workspace);
}

WindowKeeper::WindowKeeper(Workbench& workbench, QObject* parent)
    : QObject(parent), workbench_(&workbench), window_(std::make_unique<MainWindow>(workbench)) {
    listen();
    Language::instance().mayChange = [this] { return window_->mayBeLeft(MainWindow::Leaving::rebuilt); };
    // Later, when the button that asked for it has returned.
    connect(&Language::instance(), &Language::changed, this, [this] {
        QTimer::singleShot(0, this, [this] {
            window_->rememberLayout();
            build(/*samePlace=*/true);
        });
    });
}

WindowKeeper::~WindowKeeper() {
    Language::instance().mayChange = {};
}

void WindowKeeper::listen() {
    connect(window_.get(), &MainWindow::workspaceWanted, this, &WindowKeeper::openWorkspace);
    connect(window_.get(), &MainWindow::layoutForgotten, this,
            [this] { QTimer::singleShot(0, this, [this] { build(/*samePlace=*/false); }); });
}

void WindowKeeper::build(bool samePlace) {
    const QRect place = window_->geometry();
    const std::string run = static_cast<RunPage*>(window_->page(QStringLiteral("run")))->runId();
    const SettingsDialog* settings = window_->findChild<SettingsDialog*>();
    const bool inSettings = settings && settings->isVisible();
    auto next = std::make_unique<MainWindow>(*workbench_);
    next->askClosing = window_->askClosing;
    next->askLeaving = window_->askLeaving;
    if (!run.empty()) static_cast<RunPage*>(next->page(QStringLiteral("run")))->open(qs(run));
    if (samePlace) next->setGeometry(place);
    next->showPage(window_->currentPage());
    replace(std::move(next), nullptr);
    if (inSettings) window_->showSettings();
}

void WindowKeeper::openWorkspace(const QString& folder) {
    if (workbench_->session().active())
        return workbench_->showError({Error::Code::bad_spec,
                                      ss(tr("A run is being trained in this window")),
                                      ss(tr("Stop it or wait for its end, then open the other workspace")),
                                      {}});
    workbench_->say(tr("Opening %1…").arg(folder));
    inBackground(
        this, [folder] { return Workspace::look(ss(folder)); },
        [this, folder](Result<Workspace> opened) {
            if (!opened) {
                const fs::path root = ss(folder);
                if (history_is_lost(root) && HistoryRescue::offer(root, opened.error())) return openWorkspace(folder);
                return workbench_->showError(opened.error());
            }
            if (workbench_->session().active()) return;  // one was started meanwhile
            const bool another = opened.value().root() != workbench_->workspace().root();
            if (another && !window_->mayBeLeft(MainWindow::Leaving::closed)) return;
            OpenWorkspace::remember(opened.value().root());
            if (!another) return;
            window_->rememberLayout();
            std::shared_ptr<OpenWorkspace> left = std::move(own_);
            own_ = std::make_unique<OpenWorkspace>(std::move(opened).value());
            workbench_ = &own_->workbench;
            auto next = std::make_unique<MainWindow>(*workbench_);
            next->setGeometry(window_->geometry());
            replace(std::move(next), std::move(left));
        });
}

void WindowKeeper::replace(std::unique_ptr<MainWindow> next, std::shared_ptr<OpenWorkspace> left) {
    const bool visible = window_->isVisible(), maximized = window_->isMaximized();
    if (visible) maximized ? next->showMaximized() : next->show();
    std::swap(window_, next);
    listen();
    next->hide();
    // Queued, so that the workbench goes after the pages that know it.
    if (left)
        connect(
            next.get(), &QObject::destroyed, this, [left = std::move(left)]() mutable { left.reset(); },
            Qt::QueuedConnection);
    next.release()->deleteLater();  // its own button may still be on the stack
}

}  // namespace gw::ui
