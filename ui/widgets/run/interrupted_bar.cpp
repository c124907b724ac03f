#include "ui/widgets/run/interrupted_bar.h"

#include <QPushButton>

#include "ui/page.h"
#include "ui/texts/message_text.h"
#include "ui/texts/plain_tip.h"
#include "ui/texts/text.h"

namespace gw::ui {

InterruptedBar::InterruptedBar(QWidget* parent) : QFrame(parent) {
    setProperty("look", QStringLiteral("notice"));
    column_ = new QVBoxLayout(this);
    column_->setContentsMargins(16, 8, 12, 8);
    column_->setSpacing(6);
    hide();
}

void InterruptedBar::show(const std::vector<RunRecord>& runs, bool mayStart) {
    QString key = mayStart ? QStringLiteral("+") : QStringLiteral("-");
    for (const RunRecord& run : runs) key += qs(run.id + run.name);
    if (key == shown_) return;
    shown_ = key;
    while (QLayoutItem* item = column_->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    constexpr std::size_t most = 3;
    for (std::size_t i = 0; i < std::min(most, runs.size()); ++i) {
        const RunRecord& run = runs[i];
        auto* line = new QWidget;
        auto* row = new QHBoxLayout(line);
        row->setContentsMargins(0, 0, 0, 0);
        auto* words =
            label(run.total_steps > 0 ? tr("“%1” was interrupted at step %2 of %3.")
                                            .arg(qs(run.name), countText(run.steps), countText(run.total_steps))
                                      : tr("“%1” was interrupted at step %2.").arg(qs(run.name), countText(run.steps)));
        words->setToolTip(plainTip(linesText(run.cause)));
        words->setMinimumWidth(80);
        row->addWidget(words, 1);
        auto button = [&](const QString& text, const QString& tip, auto signal) {
            auto* made = new QPushButton(text);
            made->setProperty("look", QStringLiteral("small"));
            made->setToolTip(tip);
            connect(made, &QPushButton::clicked, this, [this, signal, id = qs(run.id)] { Q_EMIT(this->*signal)(id); });
            row->addWidget(made);
            return made;
        };
        auto* resume =
            button(tr("Resume"), tr("Go on from the newest whole checkpoint"), &InterruptedBar::resumeWanted);
        auto* fork =
            button(tr("Fork…"), tr("Begin a new run from its newest whole checkpoint and leave this one as it is"),
                   &InterruptedBar::forkWanted);
        button(tr("Dismiss"), tr("Keep the run as it is and do not ask again"), &InterruptedBar::dismissWanted);
        resume->setObjectName(QStringLiteral("interrupted.resume"));
        for (QPushButton* one : {resume, fork}) {
            one->setEnabled(mayStart);
            if (!mayStart)
                one->setToolTip(tr("Another run is being trained in this window, or it is open for reading only"));
        }
        column_->addWidget(line);
    }
    if (runs.size() > most)
        column_->addWidget(
            label(tr("and %1 more; the filter status:interrupted shows all").arg(runs.size() - most), "muted"));
    setVisible(!runs.empty());
}

}  // namespace gw::ui
