#include "ui/window_keeper.h"

#include <QTimer>

#include "ui/language.h"
#include "ui/pages/compare_page.h"
#include "ui/pages/run_page.h"
#include "ui/text.h"

namespace gw::ui {

WindowKeeper::WindowKeeper(Workbench& workbench, QObject* parent)
    : QObject(parent), workbench_(workbench), window_(std::make_unique<MainWindow>(workbench)) {
    // Later, when the button that asked for it has returned.
    connect(&Language::instance(), &Language::changed, this,
            [this] { QTimer::singleShot(0, this, &WindowKeeper::build); });
}

void WindowKeeper::build() {
    const QString page = window_->currentPage();
    const bool visible = window_->isVisible(), maximized = window_->isMaximized();
    const QRect place = window_->geometry();
    const std::string run = static_cast<RunPage*>(window_->page(QStringLiteral("run")))->runId();
    window_->rememberLayout();
    auto next = std::make_unique<MainWindow>(workbench_);
    next->askClosing = window_->askClosing;
    if (!run.empty()) static_cast<RunPage*>(next->page(QStringLiteral("run")))->open(qs(run));
    next->setGeometry(place);
    next->showPage(page);
    if (visible) maximized ? next->showMaximized() : next->show();
    std::swap(window_, next);
    next->hide();
    next.release()->deleteLater();  // its own button may still be on the stack
}

}  // namespace gw::ui
