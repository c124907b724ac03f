#include "ui/workbench.h"

#include <QApplication>
#include <QMessageBox>
#include <algorithm>
#include <utility>

#include "ui/background.h"
#include "ui/message_text.h"
#include "ui/text.h"
#include "workspace/run_queue.h"

namespace gw::ui {

namespace {
constexpr int pollInterval = 1000;  // ms
}

Workbench::Workbench(Workspace workspace, QObject* parent)
    : QObject(parent),
      workspace_(std::move(workspace)),
      session_(this),
      watched_(std::make_shared<std::optional<Store>>()) {
    poll_.setInterval(pollInterval);
    connect(&poll_, &QTimer::timeout, this, &Workbench::pollHistory);
    connect(&session_, &RunSession::started, this, &Workbench::historyChanged);
    connect(&session_, &RunSession::ended, this, &Workbench::historyChanged);
    connect(&session_, &RunSession::ended, this, [this](const Outcome& outcome) {
        if (Status noted = RunQueue(workspace_).note_end(outcome); !noted) showError(noted.error());
        // Whoever stops a run by hand wants the computer for something else.
        if (outcome.end == Outcome::End::stopped) queueWorks_ = false;
        QTimer::singleShot(0, this, &Workbench::takeNext);
    });
    poll_.start();
}

void Workbench::pollHistory() {
    if (asking_) return;
    asking_ = true;
    inBackground(
        this,
        [workspace = workspace_, watched = watched_]() -> std::int64_t {
            if (!*watched)
                if (auto store = workspace.store(Store::Mode::read_only)) watched->emplace(std::move(store).value());
            return *watched ? (*watched)->version() : -1;
        },
        [this](std::int64_t version) {
            asking_ = false;
            if (std::exchange(version_, version) != version) Q_EMIT historyChanged();
        });
}

bool Workbench::launch(const LaunchRequest& request) {
    if (readOnly_) {
        showError({Error::Code::bad_spec,
                   ss(tr("This window is open for reading only: another one has this workspace open")),
                   ss(tr("Start the run there, or close the other window and start Groundwork again")),
                   {}});
        return false;
    }
    if (Status status = session_.launch(workspace_, request); !status) {
        showError(status.error());
        return false;
    }
    openRun(session_.id());
    return true;
}

bool Workbench::resume(const std::string& run) {
    LaunchRequest request;
    request.resume_run = run;
    return launch(request);
}

bool Workbench::enqueue(const std::vector<LaunchRequest>& requests) {
    if (auto added = RunQueue(workspace_).add(requests); !added) {
        showError(added.error());
        return false;
    }
    Q_EMIT historyChanged();
    setQueueWorks(true);
    return true;
}

void Workbench::setQueueWorks(bool on) {
    queueWorks_ = on && !readOnly_;
    takeNext();
}

void Workbench::takeNext() {
    if (!queueWorks_ || session_.active()) return;
    auto next = RunQueue(workspace_).next();
    if (!next) return showError(next.error());
    if (!next.value()) return;
    if (Status started = session_.launch(workspace_, *next.value()); !started) {
        queueWorks_ = false;  // the same run would fail again at once
        showError(started.error());
    }
}

void Workbench::beginFromRun(const std::string& run, std::optional<std::int64_t> step) {
    inBackground(
        this,
        [workspace = workspace_, run]() -> Result<std::vector<CheckpointRecord>> {
            const auto store = workspace.store(Store::Mode::read_only);
            if (!store) return store.error();
            return store.value().checkpoints(run);
        },
        [this, step](const Result<std::vector<CheckpointRecord>>& found) {
            if (!found) return showError(found.error());
            if (found.value().empty()) return say(tr("This run has no checkpoint to begin from"));
            const auto away = [&](const CheckpointRecord& one) { return step ? std::llabs(one.step - *step) : 0LL; };
            const auto nearest = std::min_element(found.value().begin(), found.value().end(),
                                                  [&](const auto& a, const auto& b) { return away(a) < away(b); });
            beginFrom(qs(nearest->path));
        });
}

void Workbench::rename(const std::string& run, const QString& name) {
    if (name.trimmed().isEmpty()) return;
    auto store = workspace_.store();
    Status status = store ? store.value().rename_run(run, ss(name.trimmed())) : Status(store.error());
    if (!status) return showError(status.error());
    Q_EMIT historyChanged();
}

void Workbench::showError(const Error& error) {
    QMessageBox box(QApplication::activeWindow());
    box.setIcon(QMessageBox::Warning);
    box.setWindowTitle(tr("Groundwork"));
    box.setText(messageText(error.message));
    box.setInformativeText(messageText(error.hint));
    if (!error.where.empty()) box.setDetailedText(errorText(error));
    box.addButton(tr("Close"), QMessageBox::RejectRole);
    box.exec();
}

}  // namespace gw::ui
