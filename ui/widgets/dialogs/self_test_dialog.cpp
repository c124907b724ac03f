#include "ui/widgets/dialogs/self_test_dialog.h"

#include <QHBoxLayout>
#include <QPointer>
#include <QVBoxLayout>

#include "spec/run_spec.h"
#include "ui/background.h"
#include "ui/page.h"
#include "ui/texts/message_text.h"
#include "ui/texts/text.h"

namespace gw::ui {

SelfTestDialog::SelfTestDialog(const QString& title, const Json& spec, const Workspace& workspace, QWidget* parent)
    : QDialog(parent) {
    setWindowTitle(tr("Self-test of %1").arg(title));
    constexpr int width = 560, margin = 16;
    resize(width, 320);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(margin, margin, margin, margin);
    auto wrapped = [&](const QString& text, const char* look) {
        QLabel* made = label(text, look);
        made->setWordWrap(true);
        column->addWidget(made);
        return made;
    };
    wrapped(tr("A few steps are trained in one go, and again with saves and resumes in between. Weights, the "
               "optimizer's memory and every figure must be the same to the bit. The run itself is not touched."),
            "muted");
    stages_ = wrapped({}, nullptr);
    stages_->setObjectName(QStringLiteral("selftest.stages"));
    bar_ = new QProgressBar;
    constexpr int whole = 100;
    bar_->setRange(0, whole);
    bar_->setTextVisible(false);
    bar_->setAccessibleName(tr("How far this stage is"));
    column->addWidget(bar_);
    verdict_ = wrapped({}, "section");
    verdict_->setObjectName(QStringLiteral("selftest.verdict"));
    details_ = wrapped({}, nullptr);
    details_->setObjectName(QStringLiteral("selftest.details"));
    details_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    column->addStretch(1);
    auto* row = new QHBoxLayout;
    row->addStretch(1);
    close_ = new QPushButton(tr("Cancel"));
    close_->setObjectName(QStringLiteral("selftest.close"));
    row->addWidget(close_);
    column->addLayout(row);
    connect(close_, &QPushButton::clicked, this, &QDialog::reject);
    start(spec, workspace);
}

SelfTestDialog::~SelfTestDialog() {
    stop_.request_stop();
}

void SelfTestDialog::start(const Json& spec, const Workspace& workspace) {
    SelfTestRequest request;
    request.spec = spec;
    request.cache = request.scratch = workspace.cache();
    request.stop = stop_.get_token();
    request.progress = [guard = QPointer<SelfTestDialog>(this)](SelfTestStage stage, double share) {
        QMetaObject::invokeMethod(
            qApp,
            [guard, stage, share] {
                if (guard) guard->showStage(stage, share);
            },
            Qt::QueuedConnection);
    };
    // The workspace goes along: a temporary cache lives as long as it.
    inBackground(
        this, [request = std::move(request), workspace] { return self_test(request); },
        [this](const Result<SelfTestReport>& report) { showVerdict(report); });
}

void SelfTestDialog::showStage(SelfTestStage stage, double share) {
    const QString text = messageText(stage_text(stage));
    if (seen_.isEmpty() || seen_.last() != text) seen_ << text;
    QStringList lines;
    for (qsizetype i = 0; i < seen_.size(); ++i)
        lines << (i + 1 < seen_.size() ? QStringLiteral("\u2713 ") : QStringLiteral("\u2022 ")) + seen_[i];
    stages_->setText(lines.join(QLatin1Char('\n')));
    bar_->setValue(static_cast<int>(share * bar_->maximum()));
}

void SelfTestDialog::showVerdict(const Result<SelfTestReport>& report) {
    bar_->hide();
    close_->setText(tr("Close"));
    if (!report) {
        verdict_->setText(tr("The test could not be made"));
        details_->setText(errorText(report.error()));
        Q_EMIT tested(false);
        return;
    }
    stages_->setText(QStringLiteral("\u2713 ") + seen_.join(QStringLiteral("\n\u2713 ")));
    const bool same = report.value().same;
    verdict_->setText(same ? tr("A resume is exact") : tr("A resume is not exact"));
    QStringList lines;
    for (const Phrase& phrase : self_test_words(report.value())) lines << messageText(phrase.text());
    lines << tr("%1 in %2 on %3 threads, %4")
                 .arg(qs(report.value().device), qs(report.value().precision))
                 .arg(report.value().threads)
                 .arg(secondsText(report.value().seconds));
    details_->setText(lines.join(QStringLiteral("\n\n")));
    adjustSize();
    Q_EMIT tested(same);
}

void openSelfTest(Workbench& workbench, const QString& title, const Json& spec, QWidget* parent) {
    if (const Status sound = spec_status(spec); !sound) return workbench.showError(sound.error());
    auto* dialog = new SelfTestDialog(title, complete_spec(spec), workbench.workspace(), parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

}  // namespace gw::ui
