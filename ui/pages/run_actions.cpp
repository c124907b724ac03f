// What one can do with the run of the page: its buttons and keys; how it is put together stands in run_page.cpp.
#include <QFileDialog>
#include <QInputDialog>
#include <QKeyEvent>
#include <QMenu>
#include <QMessageBox>
#include <QStyle>
#include <algorithm>

#include "compare/model_card.h"
#include "compare/report.h"
#include "ui/background.h"
#include "ui/pages/run_page.h"
#include "ui/texts/text.h"
#include "ui/widgets/dialogs/notes_dialog.h"
#include "util/named_file.h"
#include "workspace/models/run_forecasts.h"
#include "workspace/record/orders.h"

namespace gw::ui {

namespace {

void setPrimary(QPushButton& button, bool primary) {
    if (button.property("primary").toBool() == primary) return;
    button.setProperty("primary", primary);
    button.style()->unpolish(&button);
    button.style()->polish(&button);
}

}  // namespace

void RunPage::makeTitleRow() {
    rename_ = new QToolButton;
    rename_->setText(tr("Rename"));
    rename_->setToolTip(tr("Rename this run (F2)"));
    connect(rename_, &QToolButton::clicked, this, &RunPage::rename);
    titleRow()->insertWidget(1, rename_);
    auto button = [&](const QString& text, auto action) {
        auto* made = new QPushButton(text);
        connect(made, &QPushButton::clicked, this, action);
        titleRow()->addWidget(made);
        return made;
    };
    RunSession& session = workbench().session();
    // A run that another program trains gets letters in the place of calls.
    auto order = [this](const Json& letter) {
        if (Status sent = send_order(workbench().workspace(), id_, letter); !sent)
            workbench().showError(sent.error());
        else
            workbench().say(tr("The program that trains this run was told"));
    };
    pause_ = button(tr("Pause"), [this, &session, order] {
        live() ? session.togglePause() : order({{"order", record_.status == "paused" ? "resume" : "pause"}});
    });
    save_ = button(tr("Save now"), [this, &session, order] {
        live() ? session.saveNow() : order({{"order", "save"}});
    });
    sample_ = button(tr("Sample now"), [this, &session, order] {
        live() ? session.sampleNow() : order({{"order", "sample"}});
    });
    stop_ = button(tr("Stop && save"), [this, &session, order] {
        live() ? session.stop(true) : order({{"order", "stop"}, {"save", true}});
    });
    // What loses work stands apart, and asks.
    more_ = button(QStringLiteral("▾"), [] {});
    more_->setObjectName(QStringLiteral("stop.more"));
    more_->setAccessibleName(tr("Other ways to stop"));
    auto* ways = new QMenu(more_);
    ways->setToolTipsVisible(true);
    discard_ = ways->addAction(tr("Stop without saving…"), this, [this, &session, order] {
        if (!askDiscard()) return;
        live() ? session.stop(false) : order({{"order", "stop"}, {"save", false}});
    });
    discard_->setToolTip(tr("End now; what came after the last checkpoint is lost"));
    force_ = ways->addAction(tr("End its process by force…"), this, [this, &session] {
        if (askForce()) session.endByForce();
    });
    force_->setToolTip(tr("For a process that does not answer any more; what came after the last checkpoint is lost"));
    force_->setObjectName(QStringLiteral("stop.force"));
    more_->setMenu(ways);
    askDiscard = [this] { return mayDiscard(); };
    askForce = [this] { return mayForce(); };
    fork_ = button(tr("Fork…"), [this] { workbench().fork(id_); });
    notes_ = button(tr("Notes"), [this] { editNotes(); });
    duplicate_ = button(tr("Duplicate"), [this] { workbench().newRun(record_.spec); });
    duplicate_->setToolTip(tr("Set up a new run with these settings (Ctrl+D)"));
    duplicate_->setObjectName(QStringLiteral("duplicate"));
    report_ = button(tr("Export"), [] {});  // its menu does it
    report_->setToolTip(tr("Write the plots, the recorded values, or all of the run as one web page (Ctrl+E)"));
    resume_ = button(tr("Resume"), [this] {
        record_.status == "finished" ? workbench().trainLonger(id_) : void(workbench().resume(id_));
    });
    resume_->setProperty("primary", true);
    pause_->setObjectName(QStringLiteral("pause"));
    stop_->setObjectName(QStringLiteral("stop"));
    resume_->setObjectName(QStringLiteral("resume"));
}

void RunPage::showButtons() {
    const bool here = live();
    RunSession& session = workbench().session();
    const bool stopping = here && session.progress().phase == "stopping";
    rename_->setVisible(!id_.empty());
    const QString reason = tr("The run is stopping");
    const bool elsewhere = !here && !id_.empty() && is_active(record_.status),
               paused = here ? session.paused() : record_.status == "paused";
    for (QPushButton* button : {pause_, save_, sample_, stop_, more_}) {
        button->setVisible(here || elsewhere);
        button->setEnabled((here || elsewhere) && !stopping);
    }
    // A process that hangs while it stops must be ended too.
    force_->setVisible(here && session.process() > 0);
    discard_->setEnabled(!stopping);
    more_->setEnabled(more_->isEnabled() || (here && session.process() > 0));
    pause_->setText(paused ? tr("Continue") : tr("Pause"));
    pause_->setToolTip(stopping ? reason
                       : paused ? tr("Go on training")
                                : tr("Stop computing until told to go on; memory stays taken. “Stop & save” "
                                     "frees it, and Resume goes on exactly there"));
    save_->setToolTip(stopping ? reason : tr("Write a checkpoint and go on (S)"));
    sample_->setToolTip(stopping ? reason : tr("Let the model write and go on (G)"));
    stop_->setToolTip(stopping ? reason : tr("Write a checkpoint, then end; the run can be resumed"));
    more_->setToolTip(stopping ? reason : tr("Other ways to stop"));
    const bool over = !here && !id_.empty() && !is_active(record_.status);
    const bool queued = record_.status == "queued", closed = workbench().readOnly();
    // Without a checkpoint there is nothing to go on from: setting it up anew is the way on.
    const bool none = checkpoints_.empty();
    resume_->setVisible(over && !queued && !none);
    setPrimary(*duplicate_, over && !queued && none);
    for (QPushButton* button : {fork_, notes_, duplicate_, report_}) button->setVisible(over);
    notices_->setMayMark(!closed);
    notes_->setEnabled(!closed);
    notes_->setText(record_.notes.empty() ? tr("Notes") : tr("Notes ✎"));
    notes_->setToolTip(record_.notes.empty() ? tr("Write down what was tried and what came out (N)")
                                             : qs(record_.notes));
    const bool finished = record_.status == "finished", busy = session.active();
    // A finished run is no dead end: it can be trained longer.
    resume_->setText(finished ? tr("Train longer…") : tr("Resume"));
    resume_->setEnabled(over && !busy && !closed);
    fork_->setEnabled(over && !busy && !none && !closed);
    fork_->setToolTip(
        none   ? tr("This run has no checkpoint")
        : busy ? tr("Another run is being trained in this window")
               : tr("Begin a run of its own from a checkpoint of this one; asks for budget, rate and schedule first"));
    resume_->setToolTip(closed     ? tr("This window is open for reading only")
                        : busy     ? tr("Another run is being trained in this window")
                        : finished ? tr("Go on with a larger budget; asks how the learning rate goes on")
                                   : tr("Go on from the newest whole checkpoint"));
}

/// Asks before work is thrown away, and says how much.
bool RunPage::mayForce() {
    const RunSession& session = workbench().session();
    return mayLose(tr("End by force"),
                   tr("End the process %1 of “%2” by force?").arg(session.process()).arg(title()->text()),
                   session.silence() > 0 ? tr("It has not answered for %1.").arg(secondsText(session.silence()))
                                         : tr("It answers: “Stop & save” loses nothing."));
}

bool RunPage::mayDiscard() {
    return mayLose(tr("Stop without saving"), tr("Stop “%1” without saving?").arg(title()->text()), {});
}

bool RunPage::mayLose(const QString& act, const QString& question, const QString& more) {
    const std::int64_t at = live() ? workbench().session().lastRow().step : record_.steps;
    const std::int64_t saved = checkpoints_.empty() ? 0 : checkpoints_.front().step;
    QMessageBox box(this);
    box.setIcon(QMessageBox::Question);
    box.setWindowTitle(act);
    box.setTextFormat(Qt::PlainText);
    box.setText(question);
    const QString lost = checkpoints_.empty()
                             ? tr("Nothing of it has been saved yet: all %1 steps are lost.").arg(countText(at))
                             : tr("The last save is of step %1: what came after it, %2 steps, is lost.")
                                   .arg(countText(saved), countText(std::max<std::int64_t>(0, at - saved)));
    box.setInformativeText(more.isEmpty() ? lost : more + QLatin1Char(' ') + lost);
    auto* lose = box.addButton(act, QMessageBox::DestructiveRole);
    auto* keep = box.addButton(tr("Keep training"), QMessageBox::RejectRole);
    box.setDefaultButton(static_cast<QPushButton*>(keep));
    box.setEscapeButton(static_cast<QAbstractButton*>(keep));
    box.exec();
    return box.clickedButton() == lose;
}

/// Ctrl+Enter.
void RunPage::primaryWanted() {
    if (tabs_->currentWidget() == &tabs_->trial()) return tabs_->trial().go();
    for (QPushButton* button : {resume_, duplicate_})
        if (button->isVisible() && button->isEnabled() && button->property("primary").toBool()) return button->click();
}

void RunPage::editNotes() {
    if (id_.empty() || workbench().readOnly()) return;
    // While the dialog is open the page may be given another run.
    const std::string of = id_;
    if (const auto notes = NotesDialog::edit(workbench(), record_, this); notes && id_ == of) record_.notes = *notes;
    refresh();
}

void RunPage::writeOut(
    const QString& title, const QString& suggestion, const QString& kind,
    const std::function<Result<std::string>(const Workspace&, const Store&, const RunRecord&)>& made) {
    if (id_.empty()) return;
    const QString file = QFileDialog::getSaveFileName(this, title, suggestion, kind);
    if (file.isEmpty()) return;
    inBackground(
        this,
        [workspace = workbench().workspace(), run = record_, file = ss(file), made]() -> Status {
            const auto store = workspace.store(Store::Mode::read_only);
            if (!store) return store.error();
            const auto text = made(workspace, store.value(), run);
            return text ? write_named_file(file, text.value(), Existing::replace) : Status(text.error());
        },
        [this, file](const Status& written) {
            if (!written) return workbench().showError(written.error());
            workbench().say(tr("Written: %1").arg(file));
        });
}

void RunPage::writeReport() {
    writeOut(tr("Write a report"), QStringLiteral("report.html"), tr("Web page (*.html)"),
             [](const Workspace& workspace, const Store& store, const RunRecord& run) {
                 return run_report(store, run, forecasts_to_report(workspace, run));
             });
}

void RunPage::writeCard() {
    writeOut(tr("Write a model card"), QStringLiteral("MODEL_CARD.md"), tr("Markdown (*.md)"),
             [](const Workspace&, const Store& store, const RunRecord& run) { return model_card(store, run); });
}

void RunPage::rename() {
    if (id_.empty() || workbench().readOnly()) return;
    bool ok = false;
    const QString name =
        QInputDialog::getText(this, tr("Rename this run"), tr("Name"), QLineEdit::Normal, title()->text(), &ok);
    if (!ok || name.trimmed().isEmpty()) return;
    if (workbench().rename(id_, name)) record_.name = ss(name.trimmed());
    refresh();
}

void RunPage::keyPressEvent(QKeyEvent* event) {
    RunSession& session = workbench().session();
    const bool control = event->modifiers() & Qt::ControlModifier;
    if (control && event->key() == Qt::Key_D && !record_.spec.is_null()) return workbench().newRun(record_.spec);
    if (control && event->key() == Qt::Key_E && !id_.empty())
        return report_->isVisible() ? report_->showMenu() : export_->menu().popup(plots_->mapToGlobal(QPoint(16, 16)));
    if (control) return Page::keyPressEvent(event);
    if (plotBar_->takesKey(*event)) return;
    switch (event->key()) {
        case Qt::Key_N:
            editNotes();
            break;
        case Qt::Key_Space:
            if (pause_->isVisible() && pause_->isEnabled()) pause_->click();
            break;
        case Qt::Key_F2:
            rename();
            break;
        case Qt::Key_S:
            if (live()) session.saveNow();
            break;
        case Qt::Key_G:
            if (live()) session.sampleNow();
            break;
        default:
            return Page::keyPressEvent(event);
    }
}

QStringList RunPage::shortcuts() const {
    return QStringList{tr("Click\tShow the samples of that step"),
                       tr("Ctrl+Enter\tOn “Try it”: generate, draw or predict; else the main button")} +
           PlotBar::shortcuts() +
           QStringList{tr("Space\tPause, go on"), tr("S\tSave now"), tr("G\tSample now"),
                       tr("F2\tRename"),          tr("N\tNotes"),    tr("Ctrl+D\tDuplicate into New run"),
                       tr("Ctrl+E\tExport")};
}

}  // namespace gw::ui
