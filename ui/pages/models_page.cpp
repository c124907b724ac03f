#include "ui/pages/models_page.h"

#include <QHeaderView>
#include <QPushButton>
#include <QSplitter>

#include "ui/background.h"
#include "ui/text.h"
#include "ui/widgets/finetune_panel.h"
#include "ui/widgets/lineage_view.h"
#include "ui/widgets/pilot_panel.h"
#include "ui/widgets/sequence_panel.h"
#include "ui/widgets/table_view.h"

namespace gw::ui {

ModelsPage::ModelsPage(Workbench& workbench, QWidget* parent) : Page(workbench, tr("Models"), parent) {
    finetune_ = new FinetunePanel(workbench);
    sequences_ = new SequencePanel(workbench);
    pilot_ = new PilotPanel(workbench);
    lineage_ = new LineageView(workbench);
    for (QPushButton* button : finetune_->actions()) titleRow()->addWidget(button);

    states_ = new QStackedLayout;
    auto* empty = new QWidget;
    auto* middle = new QVBoxLayout(empty);
    middle->addStretch(2);
    auto* text = label(
        tr("There is no checkpoint yet.\nA run saves them while it is trained; each can be fine-tuned or trained further here."), "muted");
    text->setAlignment(Qt::AlignCenter);
    middle->addWidget(text);
    auto* go = new QPushButton(tr("Set up a run"));
    connect(go, &QPushButton::clicked, this, [this] { this->workbench().showPage(QStringLiteral("new")); });
    middle->addWidget(go, 0, Qt::AlignHCenter);
    middle->addStretch(3);
    states_->addWidget(empty);

    auto* splitter = new QSplitter;
    splitter->setObjectName(QStringLiteral("models"));
    splitter->setChildrenCollapsible(false);
    auto* left = new QWidget;
    auto* column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    filter_ = new QLineEdit;
    filter_->setPlaceholderText(tr("Name of a run…"));
    filter_->setAccessibleName(tr("Show checkpoints of runs with this in their name"));
    filter_->setClearButtonEnabled(true);
    column->addWidget(filter_);
    model_ = new CheckpointModel(this);
    view_ = plainTable(tr("Checkpoints"), model_);
    view_->setObjectName(QStringLiteral("models.table"));
    view_->horizontalHeader()->setStretchLastSection(false);
    view_->horizontalHeader()->setSectionResizeMode(CheckpointModel::run, QHeaderView::Stretch);
    setColumnWidths(view_, {{CheckpointModel::step, 96}, {CheckpointModel::loss, 84}, {CheckpointModel::saved, 116}});
    constexpr int forAName = 160;
    keepColumnsFitting(view_, CheckpointModel::run, forAName, {CheckpointModel::saved, CheckpointModel::loss});
    column->addWidget(view_, 1);
    splitter->addWidget(left);
    tabs_ = new FlowTabs;
    tabs_->addTab(finetune_, tr("Begin a run"));
    tabs_->addTab(pilot_, tr("Pilot"));
    tabs_->addTab(sequences_, tr("Sequence of tasks"));
    tabs_->addTab(lineage_, tr("Lineage"));
    splitter->addWidget(tabs_);
    tabs_->setContentsMargins(12, 0, 0, 0);
    constexpr int leftWidth = 400, rightWidth = 760, leastLeft = 300;
    left->setMinimumWidth(leastLeft);
    splitter->setSizes({leftWidth, rightWidth});
    splitter->setStretchFactor(1, 1);
    states_->addWidget(splitter);
    content()->addLayout(states_, 1);

    connect(filter_, &QLineEdit::textChanged, this, [this](const QString& name) {
        model_->setFilter(name);
        if (model_->rowCount() > 0) view_->selectRow(0);
    });
    connect(view_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ModelsPage::showChosen);
    connect(&this->workbench(), &Workbench::historyChanged, this, [this] {
        if (isVisible()) refresh();
    });
    connect(&this->workbench(), &Workbench::beginWanted, this, [this](const QString& checkpoint) {
        choose(ss(checkpoint));
        this->workbench().showPage(QStringLiteral("models"));
    });
    connect(tabs_, &FlowTabs::currentChanged, this, [this] {
        for (QPushButton* button : finetune_->actions()) button->setVisible(tabs_->currentWidget() == finetune_);
    });
}

void ModelsPage::primaryWanted() {
    if (tabs_->currentWidget() == finetune_) finetune_->launch();
}

void ModelsPage::tabWanted(int tab) {
    tabs_->setCurrentIndex(tab);
}

QStringList ModelsPage::shortcuts() const {
    return {tr("Ctrl+F\tFind a checkpoint by its run"), tr("Ctrl+Enter\tLaunch the run that begins from the chosen checkpoint")};
}

void ModelsPage::choose(const std::string& checkpoint) {
    wanted_ = checkpoint;
    tabs_->setCurrentWidget(finetune_);
    if (const int row = model_->find(checkpoint); row >= 0) {
        view_->selectRow(row);
        wanted_.clear();
    }
    refresh();
}

void ModelsPage::refresh() {
    sequences_->refresh();
    pilot_->refresh();
    if (reading_) return;
    reading_ = true;
    inBackground(
        this, [workspace = workbench().workspace()] { return readCheckpoints(workspace); },
        [this](Result<std::vector<CheckpointRow>> rows) {
            reading_ = false;
            if (!rows) return workbench().showError(rows.error());
            const int before = view_->currentIndex().row();
            const std::string chosen = !wanted_.empty() ? wanted_ : before >= 0 ? model_->row(before).checkpoint.path : std::string();
            wanted_.clear();
            model_->setRows(std::move(rows).value());
            states_->setCurrentIndex(model_->rowCount() > 0 || !filter_->text().isEmpty() ? 1 : 0);
            for (QPushButton* button : finetune_->actions())
                button->setVisible(states_->currentIndex() == 1 && tabs_->currentWidget() == finetune_);
            if (model_->rowCount() > 0) view_->selectRow(std::max(0, model_->find(chosen)));
        });
}

void ModelsPage::showChosen() {
    const int row = view_->currentIndex().row();
    if (row < 0) return;
    finetune_->setCheckpoint(model_->row(row).checkpoint.path);
    pilot_->setCheckpoint(model_->row(row).checkpoint.path);
    sequences_->setCheckpoint(model_->row(row).checkpoint.path);
    lineage_->setRun(model_->row(row).run.id);
}

}  // namespace gw::ui
