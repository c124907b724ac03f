#include "ui/widgets/dialogs/flight_dialog.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QScrollArea>

#include "compare/spec_table.h"
#include "spec/run_spec.h"
#include "ui/background.h"
#include "ui/page.h"
#include "ui/texts/field_help.h"
#include "ui/texts/message_text.h"
#include "ui/texts/text.h"
#include "ui/widgets/dialogs/finding_card.h"
#include "ui/widgets/run/run_header.h"
#include "util/text.h"

namespace gw::ui {

FlightDialog::FlightDialog(const Json& spec, const Workspace& workspace, QWidget* parent,
                           const std::function<void(FlightRequest&)>& limits)
    : QDialog(parent) {
    setWindowTitle(tr("Flight check"));
    constexpr int width = 680, height = 640, margin = 16, gap = 10;
    resize(width, height);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(margin, margin, margin, margin);
    column->setSpacing(gap);
    QLabel* about = label(tr("A few real steps, an evaluation, a save and a sample of this run, of which nothing is "
                             "kept: how long it takes, and whether memory and disk are enough."),
                          "muted");
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
    state_->setObjectName(QStringLiteral("flight.state"));
    state_->setWordWrap(true);
    column->addWidget(state_);
    ends_ = label({}, "muted");
    ends_->setObjectName(QStringLiteral("flight.ends"));
    ends_->setWordWrap(true);
    ends_->hide();
    column->addWidget(ends_);
    bar_ = new QProgressBar;
    bar_->setRange(0, 0);
    bar_->setTextVisible(false);
    bar_->setAccessibleName(tr("How far this check is"));
    column->addWidget(bar_);
    auto* row = new QHBoxLayout;
    row->addStretch(1);
    close_ = new QPushButton(tr("Cancel"));
    close_->setObjectName(QStringLiteral("flight.close"));
    row->addWidget(close_);
    take_ = new QPushButton(tr("Take the advice"));
    take_->setObjectName(QStringLiteral("flight.take"));
    take_->hide();
    row->addWidget(take_);
    column->addLayout(row);
    connect(close_, &QPushButton::clicked, this, &QDialog::reject);
    connect(take_, &QPushButton::clicked, this, [this] {
        Q_EMIT adviceTaken(advice_);
        accept();
    });
    start(spec, workspace, limits);
}

FlightDialog::~FlightDialog() {
    stop_.request_stop();
}

void FlightDialog::start(const Json& spec, const Workspace& workspace,
                         const std::function<void(FlightRequest&)>& limits) {
    FlightRequest request;
    request.spec = spec;
    request.cache = workspace.cache();
    request.runs = workspace.root();
    request.stop = stop_.get_token();
    request.progress = progressInWindow(this, stop_.get_token(),
                                        [this](const std::string& phase, double share) { showProgress(phase, share); });
    if (limits) limits(request);
    // The workspace goes along: a temporary cache lives as long as it.
    inBackground(
        this, [request = std::move(request), workspace] { return flight_check(request); },
        [this](const Result<FlightReport>& report) { end(report); });
}

void FlightDialog::showProgress(const std::string& phase, double share) {
    if (bar_->isHidden()) return;  // told late
    constexpr int whole = 100;
    const QString text = saidText({phase, {}});
    state_->setText(text == qs(phase) ? phaseText(phase) : text);
    bar_->setRange(0, share >= 0 ? whole : 0);
    if (share >= 0) bar_->setValue(static_cast<int>(share * whole));
}

void FlightDialog::end(const Result<FlightReport>& made) {
    bar_->hide();
    close_->setText(tr("Close"));
    if (!made) {
        state_->setText(errorText(made.error()));
        Q_EMIT checked(false);
        return;
    }
    const FlightReport& report = made.value();
    for (const CheckFinding& finding : report.findings) {
        auto* card = new FindingCard(finding, flight_sheets());
        card->setObjectName(qs("flight." + finding.check));
        findings_->insertWidget(findings_->count() - 1, card);
    }
    advice_ = report.advice;
    QStringList changes;
    for (const auto& [path, value] : advice_)
        changes << tr("%1: %2").arg(fieldText(default_spec(), path), qs(setting_text(value)));
    take_->setVisible(!advice_.empty());
    take_->setToolTip(changes.join(QLatin1Char('\n')));
    const bool goes = report.can_go();
    QString said = goes ? tr("Nothing speaks against launching it.") : tr("It cannot go as it is.");
    if (!changes.isEmpty()) said += QLatin1Char('\n') + tr("Advised: %1").arg(changes.join(tr(", ")));
    state_->setText(said);
    ends_->setVisible(report.course.seconds > 0);
    ends_->setText(tr("Begun now it would take about %1, until %2.")
                       .arg(secondsText(report.course.seconds),
                            timeText(utc_text(static_cast<std::int64_t>(now_seconds() + report.course.seconds)))));
    Q_EMIT checked(goes);
}

}  // namespace gw::ui
