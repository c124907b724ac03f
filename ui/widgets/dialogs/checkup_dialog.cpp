#include "ui/widgets/dialogs/checkup_dialog.h"

#include <QHBoxLayout>
#include <QPointer>
#include <QScrollArea>
#include <QScrollBar>

#include "ui/background.h"
#include "ui/page.h"
#include "ui/plots/rate_plot.h"
#include "ui/texts/message_text.h"
#include "ui/texts/text.h"
#include "ui/widgets/dialogs/finding_card.h"

namespace gw::ui {

CheckupDialog::CheckupDialog(const Json& spec, const Workspace& workspace, QWidget* parent) : QDialog(parent) {
    takesRate_ = spec.at("optimizer").contains("lr");
    setWindowTitle(tr("Can these settings learn?"));
    constexpr int width = 680, height = 620, margin = 16, gap = 10;
    resize(width, height);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(margin, margin, margin, margin);
    column->setSpacing(gap);
    QLabel* about = label(tr("Short trainings on your data, of which nothing is kept."), "muted");
    about->setWordWrap(true);
    column->addWidget(about);
    auto* area = new QScrollArea;
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* inside = new QWidget;
    findings_ = new QVBoxLayout(inside);
    findings_->setContentsMargins(0, 0, gap, 0);
    findings_->setSpacing(gap);
    findings_->addStretch(1);
    area->setWidget(inside);
    column->addWidget(area, 1);
    state_ = label({}, nullptr);
    state_->setObjectName(QStringLiteral("checkup.state"));
    state_->setWordWrap(true);
    column->addWidget(state_);
    bar_ = new QProgressBar;
    constexpr int whole = 100;
    bar_->setRange(0, whole);
    bar_->setTextVisible(false);
    bar_->setAccessibleName(tr("How far this check is"));
    column->addWidget(bar_);
    auto* row = new QHBoxLayout;
    row->addStretch(1);
    close_ = new QPushButton(tr("Cancel"));
    close_->setObjectName(QStringLiteral("checkup.close"));
    row->addWidget(close_);
    column->addLayout(row);
    connect(close_, &QPushButton::clicked, this, &QDialog::reject);
    start(spec, workspace);
}

CheckupDialog::~CheckupDialog() {
    stop_.request_stop();
}

void CheckupDialog::start(const Json& spec, const Workspace& workspace) {
    CheckupRequest request;
    request.spec = spec;
    request.cache = workspace.cache();
    request.stop = stop_.get_token();
    const QPointer<CheckupDialog> guard(this);
    request.progress = [guard](const CheckSheet& sheet, double share) {
        QMetaObject::invokeMethod(
            qApp,
            [guard, title = std::string(sheet.title), share] {
                if (!guard) return;
                guard->state_->setText(saidText({title, {}}));
                guard->bar_->setValue(static_cast<int>(share * guard->bar_->maximum()));
            },
            Qt::QueuedConnection);
    };
    request.found = [guard](const CheckFinding& finding) {
        QMetaObject::invokeMethod(
            qApp,
            [guard, finding] {
                if (guard) guard->add(finding);
            },
            Qt::QueuedConnection);
    };
    // The workspace goes along: a temporary cache lives as long as it.
    inBackground(
        this, [request = std::move(request), workspace] { return check_up(request); },
        [this](const Result<std::vector<CheckFinding>>& all) { end(all); });
}

void CheckupDialog::add(const CheckFinding& finding) {
    auto* card = new FindingCard(finding, check_sheets());
    card->setObjectName(qs("checkup." + finding.check));
    if (finding.rate > 0) {
        auto* plot = new RatePlot;
        plot->setCurve(finding.curve, finding.rate);
        card->inside()->addWidget(plot);
        if (!takesRate_) return findings_->insertWidget(findings_->count() - 1, card);
        auto* row = new QHBoxLayout;
        row->addStretch(1);
        auto* take = new QPushButton(tr("Use %1").arg(valueText(finding.rate, 2)));
        take->setObjectName(QStringLiteral("checkup.take"));
        take->setToolTip(tr("Put this learning rate into the form"));
        connect(take, &QPushButton::clicked, this, [this, rate = finding.rate] { Q_EMIT rateChosen(rate); });
        row->addWidget(take);
        card->inside()->addLayout(row);
    }
    findings_->insertWidget(findings_->count() - 1, card);
}

void CheckupDialog::end(const Result<std::vector<CheckFinding>>& all) {
    bar_->hide();
    close_->setText(tr("Close"));
    if (!all) {
        state_->setText(errorText(all.error()));
        Q_EMIT checked(true);
        return;
    }
    int wrong = 0, look = 0;
    for (const CheckFinding& finding : all.value()) {
        wrong += finding.verdict == CheckVerdict::wrong;
        look += finding.verdict == CheckVerdict::look;
    }
    state_->setText(wrong > 0  ? tr("%1 things are wrong: mend them before a long run.").arg(wrong)
                    : look > 0 ? tr("Nothing is wrong; %1 things are worth a look.").arg(look)
                               : tr("Nothing speaks against a long run."));
    Q_EMIT checked(wrong > 0);
}

}  // namespace gw::ui
