#pragma once
#include <QObject>
#include <functional>
#include <stop_token>

#include "ui/run_session.h"
#include "util/file_number.h"
#include "workspace/workspace.h"

namespace gw::ui {

/// What every page shares: the workspace, the run being trained, a reader of the history that never reads in the
/// window's thread, and ways to other pages. Pages know the workbench, never each other.
class Workbench : public QObject {
    Q_OBJECT
  public:
    explicit Workbench(Workspace workspace, QObject* parent = nullptr);

    const Workspace& workspace() const { return workspace_; }
    RunSession& session() { return session_; }

    ~Workbench() override { checks_.request_stop(); }

    /// Starts a run and goes to its page, or shows the error. True when it was started, or will be as soon as the
    /// checkpoint that it begins from has been read in the background. A whole sequence of tasks is carried out on the
    /// page of models.
    bool launch(const LaunchRequest& request);
    bool resume(const std::string& run);
    /// Asks how a run of its own begins from a run's checkpoint (the newest one), and launches it.
    void fork(const std::string& run, const std::string& checkpoint = {}) { Q_EMIT forkWanted(run, checkpoint); }
    /// Asks how a finished run goes on, and launches it.
    void trainLonger(const std::string& run) { Q_EMIT longerWanted(run); }
    /// Puts runs at the end of the queue and lets it work. True when they are in it, or will be once their checkpoints
    /// have been read.
    bool enqueue(const std::vector<LaunchRequest>& requests);
    /// Whether this window takes the next run from the queue when none is being trained. A window that was just opened
    /// does not.
    bool queueWorks() const { return queueWorks_; }
    void setQueueWorks(bool on);
    /// False where it could not be kept, which has been shown then.
    bool rename(const std::string& run, const QString& name);
    void showError(const Error& error);

    void openRun(const QString& id) {
        // One that nobody watches is shown as if it had been started here.
        if (!readOnly_) session_.takeUp(workspace_, id.toStdString());
        Q_EMIT runWanted(id);
    }
    void newRun(const Json& spec) { Q_EMIT newRunWanted(spec); }
    /// Goes to the page of models with a checkpoint chosen, to begin a run from it.
    void beginFrom(const QString& checkpoint) { Q_EMIT beginWanted(checkpoint); }
    /// The same with the checkpoint of a run that is nearest to a step; without a step its newest one.
    void beginFromRun(const std::string& run, std::optional<std::int64_t> step = std::nullopt);
    void compareRuns(const std::vector<std::string>& runs) { Q_EMIT compareWanted(runs); }
    /// A short word in the status bar.
    void say(const QString& text) { Q_EMIT said(text); }
    /// Another window has this workspace open for writing: this one only looks.
    bool readOnly() const { return readOnly_; }
    void setReadOnly(bool on) { readOnly_ = on; }
    /// Whether the checkpoint of a launch, or of runs for the queue, is being read: nothing is begun where this ends
    /// before.
    bool checking() const { return checking_; }
    /// Whether a page carries out a sequence of tasks, which ends with that page.
    bool carriesOut() const { return sequences_ > 0; }
    void noteSequence(bool begun) { sequences_ += begun ? 1 : -1; }
    void showPage(const QString& page) { Q_EMIT pageWanted(page); }

  Q_SIGNALS:
    void pageWanted(const QString& page);
    void runWanted(const QString& id);
    void newRunWanted(const gw::Json& spec);
    void compareWanted(const std::vector<std::string>& runs);
    void beginWanted(const QString& checkpoint);
    /// A spec that is a whole sequence of tasks is to be carried out.
    /// Whoever begins it sets `taken`.
    void sequenceWanted(const gw::Json& spec, const std::string& name, bool* taken);
    void forkWanted(const std::string& run, const std::string& checkpoint);
    void longerWanted(const std::string& run);
    void said(const QString& text);
    /// The history has changed, by this program or another one.
    void historyChanged();

  private:
    void pollHistory();
    /// A run that outlived the window which started it is shown again.
    void findRuns();
    void takeNext();
    bool launchNow(const LaunchRequest& request);
    bool enqueueNow(const std::vector<LaunchRequest>& requests);
    /// Reads the hashes of the checkpoints of some launches in the background, tells how far it is, and hands the
    /// launches on.
    void check(std::vector<LaunchRequest> requests, std::function<void(const std::vector<LaunchRequest>&)> then);
    Workspace workspace_;
    RunSession session_;
    QTimer poll_;
    struct Watched {
        std::optional<Store> store;
        FileNumber file;
    };
    std::shared_ptr<Watched> watched_;                     ///< used by one background question at a time
    std::pair<FileNumber, std::int64_t> version_{{}, -1};  ///< of the history, and which file it is
    std::stop_source checks_;
    /// Says so where a checkpoint is being read before a launch.
    bool stillChecking();
    int sequences_ = 0;
    bool checking_ = false, asking_ = false, readOnly_ = false, queueWorks_ = false, openAtStart_ = false;
};

}  // namespace gw::ui
