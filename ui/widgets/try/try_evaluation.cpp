#include "ui/widgets/try/try_evaluation.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QFileInfo>
#include <QHeaderView>
#include <QMenu>
#include <QVBoxLayout>
#include <algorithm>

#include "schema/metric.h"
#include "spec/reading.h"
#include "ui/background.h"
#include "ui/page.h"
#include "ui/shell/theme.h"
#include "ui/texts/message_text.h"
#include "ui/texts/metric_text.h"
#include "ui/texts/text.h"
#include "ui/widgets/flow_layout.h"

namespace gw::ui {

TryEvaluation::TryEvaluation(Workbench& workbench, QWidget* parent) : QWidget(parent), workbench_(workbench) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    auto* bar = new QWidget;
    auto* row = new FlowLayout(bar);
    auto button = [&](const QString& text, const QString& tip, const char* name) {
        auto* made = new QPushButton(text);
        made->setProperty("look", QStringLiteral("small"));
        made->setToolTip(tip);
        made->setObjectName(QLatin1String(name));
        row->addWidget(made);
        return made;
    };
    file_ = button(tr("Evaluate on a file…"), tr("All of it, read as this run read its own data"), "try.file");
    part_ = button(tr("On its own data…"), tr("A whole part of the data that this run was trained with"), "try.part");
    cancel_ = button(tr("Cancel"), {}, "try.cancel");
    auto* parts = new QMenu(part_);
    parts->addAction(tr("The validation part"), this, [this] { evaluate({}, "validation"); });
    parts->addAction(tr("The test part"), this, [this] { evaluate({}, "test"); });
    part_->setMenu(parts);
    column->addWidget(bar);
    state_ = label({}, "muted");
    state_->setWordWrap(true);
    state_->hide();
    column->addWidget(state_);
    figures_ = new QTableWidget(0, 2);
    figures_->setHorizontalHeaderLabels({tr("Figure"), tr("Value")});
    figures_->setAccessibleName(tr("Figures of the evaluation"));
    figures_->verticalHeader()->hide();
    figures_->setShowGrid(false);
    figures_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    figures_->setSelectionBehavior(QAbstractItemView::SelectRows);
    figures_->setTabKeyNavigation(false);
    figures_->setFont(Theme::numberFont());
    figures_->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    constexpr int leastHeight = 120;
    figures_->setMinimumHeight(leastHeight);
    figures_->hide();
    column->addWidget(figures_, 1);
    connect(file_, &QPushButton::clicked, this, &TryEvaluation::chooseFiles);
    connect(cancel_, &QPushButton::clicked, this, [this] { stop_.request_stop(); });
    showButtons();
}

TryEvaluation::~TryEvaluation() {
    stop_.request_stop();
}

void TryEvaluation::setRun(const std::string& run) {
    if (run == run_) return;
    run_ = run;
    stop_.request_stop();
    figures_->hide();
    state_->hide();
}

void TryEvaluation::setCheckpoint(const fs::path& checkpoint, const QString& name) {
    checkpoint_ = checkpoint;
    name_ = name;
    showButtons();
}

void TryEvaluation::showButtons() {
    for (QPushButton* one : {file_, part_}) one->setEnabled(!busy_ && !checkpoint_.empty());
    cancel_->setVisible(busy_);
}

void TryEvaluation::chooseFiles() {
    const QStringList files = QFileDialog::getOpenFileNames(this, tr("Evaluate on a file"));
    if (files.isEmpty()) return;
    std::vector<std::string> paths;
    for (const QString& file : files) paths.push_back(ss(file));
    evaluate(paths, "validation");
}

void TryEvaluation::evaluate(const std::vector<std::string>& files, const std::string& part) {
    if (busy_ || checkpoint_.empty()) return;
    busy_ = true;
    stop_ = std::stop_source();
    showButtons();
    state_->show();
    state_->setText(tr("Reading the data…"));
    QString what = part == "test" ? tr("The test part") : tr("The validation part");
    if (!files.empty()) {
        QStringList names;
        for (const std::string& file : files) names << QFileInfo(qs(file)).fileName();
        what = names.join(tr(", "));
    }
    const ProgressFn progress = [guard = QPointer<TryEvaluation>(this), stop = stop_.get_token()](
                                    const std::string& phase, double done) {
        QMetaObject::invokeMethod(
            qApp,
            [guard, stop, evaluating = phase == "evaluating", done] {
                if (!guard || !guard->busy_ || stop.stop_requested()) return;
                constexpr double percent = 100;
                const QString share = done >= 0 ? tr(" · %1 %").arg(static_cast<int>(percent * done)) : QString();
                guard->state_->setText((evaluating ? tr("Evaluating") : tr("Reading the data")) + share);
            },
            Qt::QueuedConnection);
    };
    inBackground(
        this,
        [checkpoint = checkpoint_, files, part, cache = workbench_.workspace().cache(), progress,
         stop = stop_.get_token()] { return score_checkpoint(checkpoint, part, files, cache, progress, stop); },
        [this, run = run_, what, name = name_, own = files.empty()](const Result<CheckpointScore>& score) {
            busy_ = false;
            showButtons();
            if (run != run_) return state_->hide();
            figures_->setVisible(bool(score));
            if (!score) {
                Error error = score.error();
                // Options of the command line are of no use here.
                if (error.hint.find("--") != std::string::npos)
                    error.hint = ss(own ? tr("Put the old files back, or evaluate on a file") : QString());
                return state_->setText(error.code == Error::Code::cancelled ? tr("Cancelled") : errorText(error));
            }
            QString words = what + QStringLiteral(" · ") + name;
            if (!own)
                words += QLatin1Char('\n') + tr("Read as %1").arg(messageText(reading_text(score.value().dataset)));
            state_->setText(words);
            show(score.value(), what);
        });
}

void TryEvaluation::show(const CheckpointScore& score, const QString& what) {
    figures_->setAccessibleDescription(what);
    // How much was scored, then the loss, then the others by name.
    std::vector<std::pair<std::string, double>> rows(score.metrics.begin(), score.metrics.end());
    const auto rank = [](const std::string& name) {
        const bool count = name == "tokens" || name == "bytes" || name == "rows";
        return count ? 0 : name == "loss" ? 1 : 2;
    };
    std::stable_sort(rows.begin(), rows.end(),
                     [&](const auto& a, const auto& b) { return rank(a.first) < rank(b.first); });
    figures_->setRowCount(static_cast<int>(rows.size()));
    int row = 0;
    for (const auto& [name, value] : rows) {
        const QString title = name == "tokens"  ? tr("Tokens")
                              : name == "bytes" ? tr("Bytes")
                              : name == "rows"  ? tr("Rows")
                                                : metricText(name);
        auto* head = new QTableWidgetItem(title);
        if (const Metric* known = find_metric(name))
            head->setToolTip(QCoreApplication::translate("Core", known->summary));
        figures_->setItem(row, 0, head);
        auto* cell =
            new QTableWidgetItem(rank(name) == 0 ? countText(static_cast<std::int64_t>(value)) : valueText(value));
        cell->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        figures_->setItem(row++, 1, cell);
    }
}

}  // namespace gw::ui
