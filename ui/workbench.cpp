#include "ui/workbench.h"

#include <QApplication>
#include <QMessageBox>
#include <QPointer>
#include <algorithm>
#include <utility>

#include "spec/run_spec.h"
#include "ui/background.h"
#include "ui/texts/message_text.h"
#include "ui/texts/text.h"
#include "workspace/launch.h"
#include "workspace/new_run.h"
#include "workspace/run_queue.h"
#include "workspace/studies/sequence_study.h"

namespace gw::ui {

namespace {
constexpr int pollInterval = 1000;  // ms
}

Workbench::Workbench(Workspace workspace, QObject* parent)
    : QObject(parent), workspace_(std::move(workspace)), session_(this), watched_(std::make_shared<Watched>()) {
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
    connect(&session_, &RunSession::started, this, [this] {
        if (std::exchange(openAtStart_, false)) openRun(session_.id());
    });
    connect(&session_, &RunSession::couldNotStart, this, [this](const Error& error) {
        openAtStart_ = false;
        queueWorks_ = false;  // the same run would fail again at once
        showError(error);
    });
    QTimer::singleShot(0, this, &Workbench::findRuns);
    poll_.start();
}

void Workbench::findRuns() {
    if (readOnly_ || session_.active()) return;
    inBackground(
        this,
        [workspace = workspace_] {
            std::string found;
            const auto store = workspace.store(Store::Mode::read_only);
            const auto runs = store ? store.value().runs() : Result<std::vector<RunRecord>>(store.error());
            if (runs)
                for (const RunRecord& run : runs.value())
                    if (found.empty() && is_active(run.status) && can_attach(workspace, run.id)) found = run.id;
            return found;
        },
        [this](const std::string& run) {
            if (!run.empty()) session_.takeUp(workspace_, run);
        });
}

void Workbench::pollHistory() {
    if (asking_) return;
    asking_ = true;
    inBackground(
        this,
        [workspace = workspace_, watched = watched_] {
            // A history that was made again is another file.
            const FileNumber file = file_number(workspace.database());
            if (file != watched->file) watched->store.reset();
            watched->file = file;
            if (!watched->store && file != FileNumber())
                if (auto store = workspace.store(Store::Mode::read_only))
                    watched->store.emplace(std::move(store).value());
            return std::pair(file, watched->store ? watched->store->version() : -1);
        },
        [this](const std::pair<FileNumber, std::int64_t>& version) {
            asking_ = false;
            if (std::exchange(version_, version) != version) Q_EMIT historyChanged();
        });
}

bool Workbench::stillChecking() {
    if (checking_) say(tr("Another checkpoint is still being checked; try again in a moment"));
    return checking_;
}

bool Workbench::launch(const LaunchRequest& request) {
    if (workspace_.read_only()) {
        showError(workspace_.store().error());
        return false;
    }
    if (readOnly_) {
        showError({Error::Code::bad_spec,
                   ss(tr("This window is open for reading only: another one has this workspace open")),
                   ss(tr("Start the run there, or close the other window and start Groundwork again")),
                   {}});
        return false;
    }
    if (request.spec.is_object() && spec_status(request.spec) && study_of_spec(request.spec)) {
        bool taken = false;
        Q_EMIT sequenceWanted(request.spec, request.name, &taken);
        return taken;
    }
    if (!reads_a_checkpoint(request) || session_.active()) return launchNow(request);
    if (stillChecking()) return false;
    check({request}, [this](const std::vector<LaunchRequest>& checked) { launchNow(checked.front()); });
    return true;
}

bool Workbench::launchNow(const LaunchRequest& request) {
    if (Status status = session_.launch(workspace_, request); !status) {
        showError(status.error());
        return false;
    }
    openAtStart_ = session_.starting();
    if (!openAtStart_) openRun(session_.id());
    return true;
}

void Workbench::check(std::vector<LaunchRequest> requests,
                      std::function<void(const std::vector<LaunchRequest>&)> then) {
    checking_ = true;
    say(tr("Reading the checkpoint…"));
    const auto tell = [guard = QPointer<Workbench>(this)](int percent) {
        QMetaObject::invokeMethod(
            qApp,
            [guard, percent] {
                if (guard && guard->checking_) guard->say(tr("Reading the checkpoint… %1 %").arg(percent));
            },
            Qt::QueuedConnection);
    };
    inBackground(
        this,
        [workspace = workspace_, requests = std::move(requests), tell,
         stop = checks_.get_token()]() mutable -> Result<std::vector<LaunchRequest>> {
            std::vector<fs::path> whole;  // runs of one checkpoint read it once
            for (LaunchRequest& request : requests) {
                const fs::path start = start_checkpoint(request.spec);
                if (std::find(whole.begin(), whole.end(), start) != whole.end()) request.checked = start.string();
                int told = 0;
                auto checked = check_launch(workspace, request, [&](double share) {
                    constexpr int step = 5;  // percent
                    const int percent = static_cast<int>(100 * share);
                    if (percent >= told + step) tell(told = percent);
                    return !stop.stop_requested();
                });
                if (!checked) return checked.error();
                request = std::move(checked).value();
                if (!start.empty()) whole.push_back(start);
            }
            return requests;
        },
        [this, then = std::move(then)](const Result<std::vector<LaunchRequest>>& checked) {
            checking_ = false;
            say({});
            if (!checked) return showError(checked.error());
            then(checked.value());
        });
}

bool Workbench::resume(const std::string& run) {
    LaunchRequest request;
    request.resume_run = run;
    return launch(request);
}

bool Workbench::enqueue(const std::vector<LaunchRequest>& requests) {
    if (std::none_of(requests.begin(), requests.end(), reads_a_checkpoint)) return enqueueNow(requests);
    if (stillChecking()) return false;
    check(requests, [this](const std::vector<LaunchRequest>& checked) { enqueueNow(checked); });
    return true;
}

bool Workbench::enqueueNow(const std::vector<LaunchRequest>& requests) {
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

bool Workbench::rename(const std::string& run, const QString& name) {
    if (name.trimmed().isEmpty()) return false;
    auto store = workspace_.store();
    const Status status = store ? store.value().rename_run(run, ss(name.trimmed())) : Status(store.error());
    if (!status)
        showError(status.error());
    else
        Q_EMIT historyChanged();
    return static_cast<bool>(status);
}

void Workbench::showError(const Error& error) {
    QMessageBox box(QApplication::activeWindow());
    box.setIcon(QMessageBox::Warning);
    box.setWindowTitle(tr("Groundwork"));
    box.setTextFormat(Qt::PlainText);  // it may quote a name or a row of a file
    box.setText(messageText(error.message));
    box.setInformativeText(messageText(error.hint));
    if (!error.where.empty()) box.setDetailedText(errorText(error));
    // Else Enter would only show the details.
    box.setDefaultButton(box.addButton(tr("Close"), QMessageBox::RejectRole));
    box.exec();
}

}  // namespace gw::ui
