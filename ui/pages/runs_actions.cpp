// What can be done with the chosen runs of the history; how the page is put together stands in runs_page.cpp.
#include <QDesktopServices>
#include <QFileDialog>
#include <QMenu>
#include <QMessageBox>
#include <QUrl>
#include <set>
#include <utility>

#include "compare/report.h"
#include "compare/scaling_study.h"
#include "ui/background.h"
#include "ui/pages/runs_page.h"
#include "ui/texts/text.h"
#include "ui/widgets/dialogs/notes_dialog.h"
#include "ui/widgets/dialogs/scaling_dialog.h"
#include "ui/widgets/dialogs/self_test_dialog.h"
#include "ui/widgets/dialogs/tags_dialog.h"
#include "util/named_file.h"
#include "workspace/models/run_forecasts.h"
#include "workspace/record/trash.h"

namespace gw::ui {

void RunsPage::compareChosen() {
    std::vector<std::string> ids;
    for (const RunRecord& run : chosen()) ids.push_back(run.id);
    if (ids.size() > 1)
        workbench().compareRuns(ids);
    else
        workbench().say(compare_->toolTip());
}

void RunsPage::deleteChosen() {
    const auto runs = chosen();
    if (runs.empty() || workbench().readOnly()) return;
    if (trash_->isChecked())
        return workbench().say(tr("These runs lie in the trash already; empty it to free their space"));
    std::vector<std::string> thrown;
    std::uint64_t bytes = 0;
    const bool whole = write([&](Store& store) {
        for (const RunRecord& run : runs) {
            if (Status status = store.set_trashed(run.id, true); !status) return status;
            thrown.push_back(run.id);
            bytes += folder_bytes(run.path);
        }
        return Status();
    });
    if (thrown.empty()) return;
    (void)whole;
    showUndo(tr("%1 in the trash; emptying it frees %2.")
                 .arg(plural(static_cast<std::int64_t>(thrown.size()), tr("1 run is"), tr("%1 runs are")),
                      bytesText(static_cast<double>(bytes))),
             [this, thrown] { restore(thrown); });
}

void RunsPage::undo() {
    notice_->hide();
    if (const auto act = std::exchange(undo_, {})) act();
}

void RunsPage::restore(const std::vector<std::string>& runs) {
    model_->clear();
    write([&](Store& store) {
        for (const std::string& id : runs)
            if (Status status = store.set_trashed(id, false); !status) return status;
        return Status();
    });
}

void RunsPage::showUndo(const QString& text, std::function<void()> act) {
    noticeText_->setText(text);
    undo_ = std::move(act);
    notice_->show();
}

void RunsPage::showTrash(bool on) {
    model_->clear();
    notice_->hide();
    emptyTrash_->setVisible(on);
    if (on)
        inBackground(
            this, [workspace = workbench().workspace()] { return trash_size(workspace); },
            [this](const Result<TrashSize>& size) {
                if (size && trash_->isChecked()) nameTrash(size.value());
            });
    refresh();
}

void RunsPage::nameTrash(const TrashSize& size) {
    emptyTrash_->setText(
        tr("Remove %1, %2")
            .arg(plural(size.runs, tr("1 run"), tr("%1 runs")), bytesText(static_cast<double>(size.bytes))));
}

void RunsPage::emptyTrash() {
    // Another program may have put more into it since it was shown.
    emptyTrash_->setEnabled(false);
    inBackground(
        this, [workspace = workbench().workspace()] { return trash_size(workspace); },
        [this](const Result<TrashSize>& size) {
            emptyTrash_->setEnabled(true);
            if (!size) return workbench().showError(size.error());
            nameTrash(size.value());
            askToEmptyTrash();
        });
}

void RunsPage::askToEmptyTrash() {
    QMessageBox box(this);
    box.setIcon(QMessageBox::Warning);
    box.setText(tr("Remove what is in the trash for good?"));
    box.setInformativeText(tr("The runs' checkpoints, curves and samples cannot be brought back."));
    auto* remove = box.addButton(emptyTrash_->text(), QMessageBox::DestructiveRole);
    box.setDefaultButton(box.addButton(tr("Keep them"), QMessageBox::RejectRole));
    box.exec();
    if (box.clickedButton() != remove) return;
    emptyTrash_->setEnabled(false);
    inBackground(
        this, [workspace = workbench().workspace()] { return empty_trash(workspace); },
        [this](const Result<TrashSize>& size) {
            if (!size)
                workbench().showError(size.error());
            else
                workbench().say(tr("%1 freed").arg(bytesText(static_cast<double>(size.value().bytes))));
            undo_ = {};
            notice_->hide();
            trash_->setChecked(false);
        });
}

void RunsPage::tagChosen() {
    const auto runs = chosen();
    if (runs.empty() || workbench().readOnly()) return;
    std::set<std::string> known;
    for (const RunRecord& run : model_->records()) known.insert(run.tags.begin(), run.tags.end());
    auto* dialog = new TagsDialog(runs, known, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this,
            [this, dialog, runs] { setTags(runs, [dialog](const RunRecord& run) { return dialog->tagsOf(run); }); });
    dialog->open();
}

void RunsPage::setTags(const std::vector<RunRecord>& runs,
                       const std::function<std::vector<std::string>(const RunRecord&)>& wanted) {
    std::vector<RunRecord> before;
    const bool whole = write([&](Store& store) {
        for (const RunRecord& run : runs) {
            const auto now = store.run(run.id);  // another program may have tagged it meanwhile
            if (!now) return Status(now.error());
            const auto tags = wanted(now.value());
            if (tags == now.value().tags) continue;
            if (Status status = store.set_tags(run.id, tags); !status) return status;
            before.push_back(now.value());
        }
        return Status();
    });
    (void)whole;
    if (before.empty()) return;
    showUndo(tr("The tags of %1 were changed.")
                 .arg(plural(static_cast<std::int64_t>(before.size()), tr("1 run"), tr("%1 runs"))),
             [this, before] {
                 write([&](Store& store) {
                     for (const RunRecord& run : before)
                         if (Status status = store.set_tags(run.id, run.tags); !status) return status;
                     return Status();
                 });
             });
}

void RunsPage::noteChosen() {
    const auto runs = chosen();
    if (runs.size() != 1 || workbench().readOnly()) return;
    (void)NotesDialog::edit(workbench(), runs.front(), this);
}

void RunsPage::reportChosen() {
    const auto runs = chosen();
    if (runs.empty()) return;
    const QString file = QFileDialog::getSaveFileName(this, tr("Write a report"), QStringLiteral("report.html"),
                                                      tr("Web page (*.html)"));
    if (file.isEmpty()) return;
    inBackground(
        this,
        [workspace = workbench().workspace(), runs, file = ss(file)]() -> Status {
            const auto store = workspace.store(Store::Mode::read_only);
            if (!store) return store.error();
            std::vector<std::string> ids;
            for (const RunRecord& run : runs) ids.push_back(run.id);
            const auto page =
                runs.size() == 1 ? run_report(store.value(), runs.front(), forecasts_to_report(workspace, runs.front()))
                                 : comparison_report(store.value(), {.runs = ids});
            return page ? write_named_file(file, page.value(), Existing::replace) : Status(page.error());
        },
        [this, file](const Status& written) {
            if (!written) return workbench().showError(written.error());
            workbench().say(tr("Written: %1").arg(file));
        });
}

void RunsPage::scalingOf(const std::string& study) {
    auto* dialog = new ScalingDialog(workbench().workspace(), study, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void RunsPage::showMenu(const QPoint& at) {
    const QModelIndex index = view_->indexAt(at);
    if (!index.isValid() || model_->isHeading(index.row())) return;
    const auto runs = chosen();
    if (runs.empty()) return;
    const RunRecord run = runs.front();
    const bool one = runs.size() == 1, mayWrite = !workbench().readOnly();
    QMenu menu(this);
    menu.setToolTipsVisible(true);
    auto entry = [&](const QString& text, bool enabled, auto act, const QString& reason = {}) {
        QAction* action = menu.addAction(text, this, act);
        action->setEnabled(enabled);
        if (!enabled) action->setToolTip(reason.isEmpty() ? tr("Choose one run") : reason);
    };
    const QString closed = tr("This window is open for reading only");
    if (trash_->isChecked()) {
        entry(
            tr("Restore"), mayWrite,
            [this, runs] {
                std::vector<std::string> ids;
                for (const RunRecord& each : runs) ids.push_back(each.id);
                restore(ids);
            },
            closed);
        menu.exec(view_->viewport()->mapToGlobal(at));
        return;
    }
    entry(tr("Open"), one, [this, index] { open(index); });
    entry(
        tr("Compare (C)"), runs.size() > 1 && runs.size() <= 50, [this] { compareChosen(); },
        tr("Choose two runs or more"));
    menu.addSeparator();
    entry(tr("Rename (F2)"), one && mayWrite,
          [this, index] { view_->edit(index.siblingAtColumn(RunTableModel::name)); });
    entry(
        tr("Tags… (T)"), mayWrite, [this] { tagChosen(); }, closed);
    entry(tr("Notes… (N)"), one && mayWrite, [this] { noteChosen(); });
    entry(tr("Duplicate into New run (Ctrl+D)"), one, [this, run] { workbench().newRun(run.spec); });
    // Without a checkpoint there is nothing to go on from.
    const auto store = workbench().workspace().store(Store::Mode::read_only);
    const auto kept = store ? store.value().checkpoints(run.id) : Result<std::vector<CheckpointRecord>>(store.error());
    const bool none = one && kept && kept.value().empty();  // not where the history cannot say
    const bool canResume = !is_active(run.status) && run.status != "finished" && run.status != "queued",
               idle = !workbench().session().active();
    const QString why = !one   ? QString()
                        : none ? tr("This run has no checkpoint")
                               : tr("Another run is being trained in this window");
    entry(
        tr("Resume"), one && canResume && idle && mayWrite && !none, [this, run] { workbench().resume(run.id); },
        !idle                      ? tr("Another run is being trained in this window")
        : run.status == "finished" ? tr("This run has finished; its budget is spent")
        : none                     ? tr("This run has no checkpoint")
                                   : tr("This run cannot be resumed now"));
    if (run.status == "finished")
        entry(
            tr("Train longer…"), one && idle && mayWrite && !none, [this, run] { workbench().trainLonger(run.id); },
            why);
    entry(
        tr("Fork…"), one && idle && mayWrite && run.status != "queued" && !none,
        [this, run] { workbench().fork(run.id); }, why);
    entry(tr("Fine-tune or continue…"), one, [this, run] { workbench().beginFromRun(run.id); });
    std::vector<std::string> ids;
    for (const RunRecord& each : runs) ids.push_back(each.id);
    const auto study = store ? scaling_of_runs(store.value(), ids) : Result<std::optional<std::string>>(store.error());
    const std::optional<std::string> scaling = study ? study.value() : std::nullopt;
    entry(
        tr("Scaling…"), scaling.has_value(), [this, scaling] { scalingOf(*scaling); },
        tr("Choose runs of one scaling study; groundwork-cli scaling begins one"));
    entry(tr("Report…"), true, [this] { reportChosen(); });
    entry(
        tr("Self-test of its resume…"), one && idle,
        [this, run] { openSelfTest(workbench(), qs(run.name), run.spec, this); },
        !idle ? tr("Another run is being trained in this window") : QString());
    entry(tr("Show folder"), one, [run] { QDesktopServices::openUrl(QUrl::fromLocalFile(qs(run.path))); });
    menu.addSeparator();
    entry(
        tr("Put into the trash (Del)"), mayWrite, [this] { deleteChosen(); }, closed);
    menu.exec(view_->viewport()->mapToGlobal(at));
}

}  // namespace gw::ui
