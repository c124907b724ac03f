#include "ui/widgets/dialogs/plan_dialog.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QVBoxLayout>

#include "ui/background.h"
#include "ui/page.h"
#include "ui/texts/message_text.h"
#include "ui/texts/text.h"
#include "ui/widgets/run/run_header.h"

namespace gw::ui {

PlanDialog::PlanDialog(const Json& spec, const Workspace& workspace, QWidget* parent) : QDialog(parent) {
    setWindowTitle(tr("What can be trained in a time"));
    constexpr int width = 860, height = 480, margin = 16;
    resize(width, height);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(margin, margin, margin, margin);
    QLabel* about =
        label(tr("Sizes of these settings by the speed of this machine: a few steps of each are trained, and "
                 "what would take long is reckoned from the size before it."),
              "muted");
    about->setWordWrap(true);
    column->addWidget(about);
    auto* row = new QHBoxLayout;
    hours_ = new QDoubleSpinBox;
    hours_->setObjectName(QStringLiteral("plan.hours"));
    constexpr double least = 0.1, most = 10000, usual = 8;
    hours_->setRange(least, most);
    hours_->setDecimals(1);
    hours_->setValue(usual);
    QLabel* of = label(tr("Hours of training"), nullptr);
    of->setBuddy(hours_);
    row->addWidget(of);
    row->addWidget(hours_);
    row->addStretch(1);
    column->addLayout(row);
    const QStringList titles{tr("Size"),        tr("Parameters"),  tr("A second"), tr("Known by"),
                             tr("In the time"), tr("A parameter"), tr("Memory"),   tr("Checkpoint")};
    table_ = new QTableWidget(0, static_cast<int>(titles.size()));
    table_->setObjectName(QStringLiteral("plan.sizes"));
    table_->setAccessibleName(tr("Sizes"));
    table_->setHorizontalHeaderLabels(titles);
    table_->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table_->verticalHeader()->hide();
    table_->setSelectionBehavior(QAbstractItemView::SelectRows);
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    column->addWidget(table_, 1);
    state_ = label({}, "muted");
    state_->setObjectName(QStringLiteral("plan.state"));
    state_->setWordWrap(true);
    column->addWidget(state_);
    bar_ = new QProgressBar;
    bar_->setRange(0, 0);  // how many sizes are worth measuring is known at the end
    bar_->setTextVisible(false);
    bar_->setAccessibleName(tr("The measurement goes on"));
    column->addWidget(bar_);
    advice_ = label({}, nullptr);
    advice_->setObjectName(QStringLiteral("plan.advice"));
    advice_->setWordWrap(true);
    column->addWidget(advice_);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    close_ = new QPushButton(tr("Cancel"));
    buttons->addWidget(close_);
    take_ = new QPushButton(tr("Use this size"));
    take_->setObjectName(QStringLiteral("plan.take"));
    take_->setToolTip(tr("Put the size and the budget into the form"));
    take_->setEnabled(false);
    buttons->addWidget(take_);
    column->addLayout(buttons);
    connect(close_, &QPushButton::clicked, this, &QDialog::reject);
    connect(take_, &QPushButton::clicked, this, &PlanDialog::take);
    connect(table_, &QTableWidget::itemSelectionChanged, this,
            [this] { take_->setEnabled(!table_->selectedItems().isEmpty()); });
    connect(hours_, &QDoubleSpinBox::valueChanged, this, [this](double hours) {
        plan_ = for_hours(std::move(plan_), hours);
        showPlan();
    });
    start(spec, workspace);
}

PlanDialog::~PlanDialog() {
    stop_.request_stop();
}

void PlanDialog::start(const Json& spec, const Workspace& workspace) {
    PlanRequest request;
    request.hours = hours_->value();
    request.bench.spec = spec;
    request.bench.cache = workspace.cache();
    request.bench.stop = stop_.get_token();
    request.bench.progress =
        progressInWindow(this, stop_.get_token(), [this](const std::string& phase, double) { showProgress(phase); });
    // The workspace goes along: a temporary cache lives as long as it.
    inBackground(
        this, [request = std::move(request), workspace] { return make_plan(request); },
        [this](const Result<Plan>& plan) {
            bar_->hide();
            close_->setText(tr("Close"));
            state_->setText(plan ? QString() : errorText(plan.error()));
            if (plan) plan_ = for_hours(plan.value(), hours_->value());
            showPlan();
            Q_EMIT made(static_cast<bool>(plan));
        });
}

void PlanDialog::showProgress(const std::string& phase) {
    state_->setText(phaseText(phase));
}

void PlanDialog::showPlan() {
    const int selected = table_->currentRow();
    table_->setRowCount(static_cast<int>(plan_.sizes.size()));
    for (int row = 0; row < table_->rowCount(); ++row) {
        const PlannedSize& one = plan_.sizes[static_cast<std::size_t>(row)];
        const QStringList cells{qs(one.size),
                                shortCount(static_cast<double>(one.parameters)),
                                shortCount(one.units_per_second),
                                messageText(source_text(one.source)),
                                shortCount(one.units),
                                valueText(one.units_per_parameter(), 3),
                                one.fits ? bytesText(static_cast<double>(one.memory))
                                         : tr("%1: too much").arg(bytesText(static_cast<double>(one.memory))),
                                bytesText(static_cast<double>(one.checkpoint))};
        for (int at = 0; at < table_->columnCount(); ++at) table_->setItem(row, at, new QTableWidgetItem(cells[at]));
    }
    if (plan_.sizes.empty()) return;
    if (selected >= 0)
        table_->selectRow(selected);
    else if (plan_.advised)
        table_->selectRow(static_cast<int>(*plan_.advised));
    const auto advised = plan_.advised;
    advice_->setText(advised ? tr("Advised: %1. Its tokens are nearest to 20 a parameter, which Hoffmann et al. 2022 "
                                  "found best for large models. With less text than that choose a smaller one.")
                                   .arg(qs(plan_.sizes[*advised].size))
                             : QString());
}

void PlanDialog::take() {
    const int row = table_->currentRow();
    if (row < 0 || row >= static_cast<int>(plan_.sizes.size())) return;
    Q_EMIT chosen(plan_.sizes[static_cast<std::size_t>(row)].spec);
    accept();
}

}  // namespace gw::ui
