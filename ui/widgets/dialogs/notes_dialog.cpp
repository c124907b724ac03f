#include "ui/widgets/dialogs/notes_dialog.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/page.h"

namespace gw::ui {

NotesDialog::NotesDialog(const QString& title, const QString& notes, QWidget* parent) : QDialog(parent) {
    setWindowTitle(tr("Notes on %1").arg(title));
    resize(760, 420);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    auto* row = new QHBoxLayout;
    edit_ = new QPlainTextEdit(notes);
    edit_->setAccessibleName(tr("Notes"));
    edit_->setTabChangesFocus(true);
    edit_->setPlaceholderText(
        tr("What was tried, what came out. Markdown: **bold**, lists, [links](https://example.org)."));
    view_ = new QTextBrowser;
    view_->setOpenLinks(false);
    view_->setAccessibleName(tr("How the notes look"));
    view_->setMarkdown(notes);
    row->addWidget(edit_);
    row->addWidget(view_);
    column->addLayout(row, 1);
    auto* buttons = new QDialogButtonBox;
    buttons->addButton(tr("Keep the notes"), QDialogButtonBox::AcceptRole)->setProperty("primary", true);
    buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    column->addWidget(buttons);
    connect(edit_, &QPlainTextEdit::textChanged, this, [this] { view_->setMarkdown(edit_->toPlainText()); });
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

}  // namespace gw::ui
