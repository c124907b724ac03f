#include "ui/pages/models_page.h"

#include <QPushButton>
#include <QSplitter>
#include <utility>

#include "ui/background.h"
#include "ui/texts/text.h"
#include "ui/widgets/checkpoint_table.h"
#include "ui/widgets/run/lineage_view.h"
#include "ui/widgets/studies/finetune_panel.h"
#include "ui/widgets/studies/pilot_panel.h"
#include "ui/widgets/studies/sequence_panel.h"
#include "ui/widgets/table_view.h"
#include "ui/widgets/weights_panel.h"

namespace gw::ui {

ModelsPage::ModelsPage(Workbench& workbench, QWidget* parent) : Page(workbench, tr("Models"), parent) {
    finetune_ = new FinetunePanel(workbench);
    sequences_ = new SequencePanel(workbench);
    pilot_ = new PilotPanel(workbench);
    lineage_ = new LineageView(workbench);
    weights_ = new WeightsPanel(workbench);
    for (QPushButton* button : finetune_->actions()) titleRow()->addWidget(button);

    states_ = new QStackedLayout;
    auto* empty = new QWidget;
    auto* middle = new QVBoxLayout(empty);
    middle->addStretch(2);
    auto* text = label(tr("There is no checkpoint yet.\nA run saves them while it is trained; each can be fine-tuned "
                          "or trained further here."),
                       "muted");
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
    filter_->setObjectName(QStringLiteral("models.filter"));
    filter_->setPlaceholderText(tr("Name of a run…"));
    filter_->setAccessibleName(tr("Show checkpoints of runs with this in their name"));
    filter_->setClearButtonEnabled(true);
    column->addWidget(filter_);
    model_ = new CheckpointModel(this);
    view_ = checkpointTable(model_);
    view_->setObjectName(QStringLiteral("models.table"));
    constexpr int forAName = 160;
    keepColumnsFitting(view_, CheckpointModel::run, forAName,
                       {CheckpointModel::saved, CheckpointModel::kept, CheckpointModel::loss});
    gone_ = label({}, "warning");
    gone_->setObjectName(QStringLiteral("models.gone"));
    gone_->setWordWrap(true);
    gone_->hide();
    column->addWidget(gone_);
    column->addWidget(view_, 1);
    splitter->addWidget(left);
    tabs_ = new FlowTabs;
    tabs_->addTab(finetune_, tr("Begin a run"));
    tabs_->addTab(pilot_, tr("Pilot"));
    tabs_->addTab(sequences_, tr("Sequence of tasks"));
    tabs_->addTab(lineage_, tr("Lineage"));
    tabs_->addTab(weights_, tr("Weights"));
    splitter->addWidget(tabs_);
    tabs_->setContentsMargins(12, 0, 0, 0);
    constexpr int leftWidth = 520, rightWidth = 640, leastLeft = 300;
    left->setMinimumWidth(leastLeft);
    splitter->setSizes({leftWidth, rightWidth});
    splitter->setStretchFactor(1, 1);
    states_->addWidget(splitter);
    content()->addLayout(states_, 1);

    connect(filter_, &QLineEdit::textChanged, this, [this](const QString& name) {
        showingRows_ = true;
        model_->setFilter(name);
        selectChosen();
        showingRows_ = false;
    });
    connect(view_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& now) {
        if (!showingRows_ && now.isValid()) setChosen(now.row());
    });
    connect(&this->workbench(), &Workbench::historyChanged, this, [this] {
        if (isVisible()) refresh();
    });
    connect(&this->workbench(), &Workbench::beginWanted, this, [this](const QString& checkpoint) {
        choose(ss(checkpoint));
        this->workbench().showPage(QStringLiteral("models"));
    });
    connect(&this->workbench(), &Workbench::sequenceWanted, this,
            [this](const Json& spec, const std::string& name, bool* taken) {
                auto study = study_of_spec(spec);
                if (!study) return;
                study->name = name;
                tabs_->setCurrentWidget(sequences_);
                hasSequence_ = true;
                states_->setCurrentIndex(1);
                this->workbench().showPage(QStringLiteral("models"));
                *taken = sequences_->carryOut(*study);
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
    return {tr("Ctrl+F\tFind a checkpoint by its run"),
            tr("Ctrl+Enter\tLaunch the run that begins from the chosen checkpoint")};
}

void ModelsPage::choose(const std::string& checkpoint) {
    tabs_->setCurrentWidget(finetune_);
    if (const int row = model_->find(checkpoint); row >= 0) {
        setChosen(row);
    } else {
        filter_->clear();  // it may stand behind the filter
        chosen_ = checkpoint;
        chosenName_.clear();
        fresh_ = true;
    }
    selectChosen();
    refresh();
}

void ModelsPage::refresh() {
    sequences_->refresh();
    pilot_->refresh();
    if (reading_) return void(again_ = true);
    reading_ = true;
    inBackground(
        this, [workspace = workbench().workspace()] { return readCheckpoints(workspace); },
        [this](Result<std::vector<CheckpointRow>> rows) {
            reading_ = false;
            if (std::exchange(again_, false)) return refresh();
            if (!rows) return workbench().showError(rows.error());
            showRows(std::move(rows).value());
        });
}

void ModelsPage::showRows(std::vector<CheckpointRow> rows) {
    showingRows_ = true;
    model_->setRows(std::move(rows));
    showingRows_ = false;
    states_->setCurrentIndex(model_->total() > 0 || !chosen_.empty() || hasSequence_ ? 1 : 0);
    for (QPushButton* button : finetune_->actions())
        button->setVisible(states_->currentIndex() == 1 && tabs_->currentWidget() == finetune_);
    const CheckpointRow* still = model_->known(chosen_);
    if (chosen_.empty() && model_->rowCount() > 0)
        setChosen(0);  // nobody has chosen anything yet
    else if (still && (fresh_ || isGone_))
        setChosen(*still);
    else if (!still && !chosen_.empty() && !isGone_)
        setGone();
    fresh_ = false;
    selectChosen();
}

void ModelsPage::selectChosen() {
    const bool before = std::exchange(showingRows_, true);
    if (const int row = model_->find(chosen_); row >= 0)
        view_->selectRow(row);
    else {
        view_->clearSelection();
        view_->setCurrentIndex({});
    }
    showingRows_ = before;
    if (isGone_) return;
    // A choice that the filter hides stays the choice.
    const bool hidden = model_->known(chosen_) && model_->find(chosen_) < 0;
    gone_->setVisible(hidden);
    if (hidden) gone_->setText(tr("Chosen is still %1, which the filter hides.").arg(chosenName_));
}

void ModelsPage::setGone() {
    isGone_ = true;
    const QString name = chosenName_.isEmpty() ? qs(chosen_) : chosenName_;
    gone_->setText(
        tr("%1 is gone: its run keeps only so many checkpoints, or lies in the trash. Choose another one.").arg(name));
    gone_->show();
    finetune_->setCheckpoint({});
    pilot_->setCheckpoint({});
    sequences_->setCheckpoint({});
    weights_->setCheckpoint({}, {});
}

void ModelsPage::setChosen(int row) {
    setChosen(model_->row(row));
}

void ModelsPage::setChosen(const CheckpointRow& row) {
    isGone_ = false;
    gone_->hide();
    chosen_ = row.checkpoint.path;
    chosenName_ = tr("“%1”, step %2").arg(qs(row.run.name), countText(row.checkpoint.step));
    finetune_->setCheckpoint(chosen_, row.checkpoint);
    pilot_->setCheckpoint(chosen_);
    sequences_->setCheckpoint(chosen_);
    weights_->setCheckpoint(chosen_, model_->ofRun(row.run.id));
    lineage_->setRun(row.run.id);
}

}  // namespace gw::ui
