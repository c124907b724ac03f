#include "ui/widgets/dialogs/checkpoint_dialog.h"

#include <QFileDialog>
#include <QPointer>

#include "ui/background.h"
#include "ui/page.h"
#include "ui/texts/message_text.h"
#include "ui/texts/text.h"
#include "ui/widgets/checkpoint_table.h"

namespace gw::ui {

CheckpointDialog::CheckpointDialog(Workbench& workbench, QWidget* parent) : QDialog(parent) {
    setWindowTitle(tr("Choose a checkpoint"));
    constexpr int width = 720, height = 460;
    resize(width, height);
    auto* column = new QVBoxLayout(this);
    filter_ = new QLineEdit;
    filter_->setObjectName(QStringLiteral("checkpoints.filter"));
    filter_->setPlaceholderText(tr("Name of a run…"));
    filter_->setAccessibleName(tr("Show checkpoints of runs with this in their name"));
    filter_->setClearButtonEnabled(true);
    column->addWidget(filter_);
    model_ = new CheckpointModel(this);
    view_ = checkpointTable(model_);
    column->addWidget(view_, 1);
    state_ = label(tr("Looking…"), "muted");
    state_->setWordWrap(true);
    column->addWidget(state_);
    auto* row = new QHBoxLayout;
    auto* folder = new QPushButton(tr("Other folder…"));
    folder->setToolTip(tr("A checkpoint that is not in this history, such as one that was downloaded"));
    row->addWidget(folder);
    row->addStretch(1);
    auto* cancel = new QPushButton(tr("Cancel"));
    row->addWidget(cancel);
    take_ = new QPushButton(tr("Choose"));
    take_->setProperty("primary", true);
    take_->setDefault(true);
    take_->setEnabled(false);
    row->addWidget(take_);
    column->addLayout(row);
    connect(filter_, &QLineEdit::textChanged, model_, &CheckpointModel::setFilter);
    connect(view_->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& now) { take_->setEnabled(now.isValid()); });
    connect(model_, &QAbstractItemModel::modelReset, this, [this] {
        if (model_->rowCount() > 0) view_->selectRow(0);
        take_->setEnabled(model_->rowCount() > 0);
    });
    connect(view_, &QTableView::doubleClicked, this, &CheckpointDialog::take);
    connect(take_, &QPushButton::clicked, this, &CheckpointDialog::take);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(folder, &QPushButton::clicked, this, [this] {
        const QString place = QFileDialog::getExistingDirectory(this, tr("Folder of a checkpoint"));
        if (place.isEmpty()) return;
        Q_EMIT chosen(place);
        accept();
    });
    inBackground(
        this, [workspace = workbench.workspace()] { return readCheckpoints(workspace); },
        [this](Result<std::vector<CheckpointRow>> rows) {
            if (!rows) return state_->setText(errorText(rows.error()));
            state_->setText(rows.value().empty() ? tr("There is no checkpoint in this history yet.") : QString());
            state_->setVisible(rows.value().empty());
            model_->setRows(std::move(rows).value());
        });
}

void CheckpointDialog::take() {
    if (!view_->currentIndex().isValid()) return;
    Q_EMIT chosen(qs(model_->row(view_->currentIndex().row()).checkpoint.path));
    accept();
}

void CheckpointDialog::choose(Workbench& workbench, FieldEditor* editor) {
    auto* dialog = new CheckpointDialog(workbench, editor->window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &CheckpointDialog::chosen, editor, [editor](const QString& folder) { editor->change(ss(folder)); });
    dialog->open();
}

}  // namespace gw::ui
