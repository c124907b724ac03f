#include "ui/shell/history_rescue.h"

#include <QAbstractButton>
#include <QEventLoop>
#include <QMessageBox>
#include <QProgressDialog>
#include <QPushButton>
#include <atomic>
#include <memory>
#include <optional>

#include "ui/background.h"
#include "ui/texts/message_text.h"
#include "ui/texts/text.h"
#include "workspace/record/backup.h"
#include "workspace/record/rebuild.h"

namespace gw::ui {

namespace {

enum class Cancel { offered, notOffered };

/// Carries out `work` in the background behind a dialog; `work` is told whether it is to go on.
template <class Value>
Result<Value> behindDialog(const QString& text, Cancel cancel,
                           std::function<Result<Value>(const std::function<bool(int, int)>&)> work) {
    QProgressDialog dialog(text, HistoryRescue::tr("Cancel"), 0, 0);
    dialog.setWindowTitle(QStringLiteral("Groundwork"));
    dialog.setMinimumDuration(0);
    dialog.setAutoClose(false);
    dialog.setAutoReset(false);
    const auto going = std::make_shared<std::atomic<bool>>(true);
    if (cancel == Cancel::notOffered) dialog.setCancelButton(nullptr);
    // It has hidden itself by then; until the work has heard of it there must be something to be seen.
    const auto cancelled = [going, &dialog, cancel] {
        if (cancel == Cancel::offered) {
            *going = false;
            dialog.setCancelButton(nullptr);
            dialog.setLabelText(HistoryRescue::tr("Cancelling…"));
        }
        dialog.show();
    };
    QObject::connect(&dialog, &QProgressDialog::canceled, &dialog, cancelled, Qt::QueuedConnection);
    dialog.show();
    QEventLoop loop;
    std::optional<Result<Value>> result;
    inBackground(
        &loop,
        [work = std::move(work), going, guard = QPointer<QProgressDialog>(&dialog)] {
            return work([&](int done, int all) {
                QMetaObject::invokeMethod(qApp, [guard, done, all] {
                    if (guard) guard->setMaximum(all), guard->setValue(done);
                });
                return going->load();
            });
        },
        [&](Result<Value> done) {
            result = std::move(done);
            loop.quit();
        });
    loop.exec();
    return std::move(*result);
}

void tellRebuilt(const Rebuilt& made) {
    QMessageBox said(QMessageBox::Information, QStringLiteral("Groundwork"),
                     HistoryRescue::tr("The history was made again: %n runs.", "", made.runs));
    said.setTextFormat(Qt::PlainText);
    if (!made.aside.empty())
        said.setInformativeText(HistoryRescue::tr("The former one is kept: %1").arg(qs(made.aside.string())));
    QStringList notes;
    for (const std::string& note : made.notes) notes << messageText(note);
    if (!notes.isEmpty()) said.setDetailedText(notes.join(QLatin1Char('\n')));
    said.exec();
}

void tellBeyond(int runs) {
    QMessageBox said(
        QMessageBox::Information, QStringLiteral("Groundwork"),
        HistoryRescue::tr("Runs that went on after that day, which the backup does not know: %1").arg(runs));
    said.setTextFormat(Qt::PlainText);
    said.setInformativeText(
        HistoryRescue::tr("`groundwork-cli rebuild --replace` brings what their folders hold into the history."));
    said.exec();
}

}  // namespace

bool HistoryRescue::offer(const fs::path& folder, const Error& error) {
    const auto backups = history_backups(folder);
    Error lost = error;
    lost.hint.clear();  // to do what is offered here
    QMessageBox box(QMessageBox::Warning, QStringLiteral("Groundwork"), errorText(lost));
    box.setTextFormat(Qt::PlainText);
    box.setInformativeText(tr("The folders of the runs are whole, and the damaged file is kept in any case."));
    auto* again = box.addButton(tr("Make it again from the runs"), QMessageBox::AcceptRole);
    QPushButton* backup = backups.empty() ? nullptr
                                          : box.addButton(tr("Take the backup of %1").arg(qs(backups.front().day)),
                                                          QMessageBox::ActionRole);
    box.addButton(tr("Neither"), QMessageBox::RejectRole);
    box.setDefaultButton(again);
    box.exec();
    const QAbstractButton* chosen = box.clickedButton();
    Status status;
    if (chosen == again) {
        auto made = behindDialog<Rebuilt>(tr("Making the history again…"), Cancel::offered, [folder](const auto& goOn) {
            return rebuild_history(folder, {.replace = true, .progress = goOn});
        });
        if (made) {
            tellRebuilt(made.value());
            return true;
        }
        status = made.error();
    } else if (backup && chosen == backup) {
        auto restored = behindDialog<int>(tr("Copying the backup…"), Cancel::notOffered,
                                          [folder, one = backups.front()](const auto&) -> Result<int> {
                                              auto put = restore_backup(folder, one);
                                              if (!put) return put.error();
                                              return trained_beyond_history(folder);
                                          });
        if (restored) {
            if (restored.value() > 0) tellBeyond(restored.value());
            return true;
        }
        status = restored.error();
    } else {
        return false;
    }
    if (status.error().code != Error::Code::cancelled)
        QMessageBox::critical(nullptr, QStringLiteral("Groundwork"), errorText(status.error()));
    return false;
}

}  // namespace gw::ui
