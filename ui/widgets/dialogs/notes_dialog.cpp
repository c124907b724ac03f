#include "ui/widgets/dialogs/notes_dialog.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QMessageBox>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/page.h"
#include "ui/texts/text.h"

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

std::optional<std::string> NotesDialog::edit(Workbench& workbench, RunRecord run, QWidget* parent) {
    std::string known = run.notes;  // where the history cannot be read nothing else is
    const auto stored = [&] {
        const auto store = workbench.workspace().store(Store::Mode::read_only);
        const auto now = store ? store.value().run(run.id) : Result<RunRecord>(store.error());
        return now ? now.value().notes : known;
    };
    known = stored();
    NotesDialog dialog(qs(run.name), qs(known), parent);
    while (dialog.exec() == QDialog::Accepted) {
        if (const std::string now = stored(); now != known) {
            known = now;
            QMessageBox box(QMessageBox::Question, tr("Notes"),
                            tr("Another program has changed these notes meanwhile."), QMessageBox::NoButton, parent);
            box.setInformativeText(tr("They read now:") + QStringLiteral("\n\n") + qs(now));
            box.setTextFormat(Qt::PlainText);
            auto* mine = box.addButton(tr("Put mine in their place"), QMessageBox::DestructiveRole);
            box.setDefaultButton(box.addButton(tr("Back to mine"), QMessageBox::RejectRole));
            box.exec();
            if (box.clickedButton() != mine) continue;
        }
        auto store = workbench.workspace().store();
        const Status kept = store ? store.value().set_notes(run.id, ss(dialog.notes())) : Status(store.error());
        if (!kept) {
            workbench.showError(kept.error());
            continue;
        }
        Q_EMIT workbench.historyChanged();
        return ss(dialog.notes());
    }
    return std::nullopt;
}

}  // namespace gw::ui
