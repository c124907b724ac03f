#pragma once
#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <memory>

#include "ui/texts/time_left.h"
#include "workspace/live_run.h"

namespace gw::ui {

/// The run that this window trains or watches, if any: starts it, in this program or in a process of its own
/// (ui/shell/host_setting.h), passes its messages on about 30 times a second, and gives orders. Knows no widget.
class RunSession : public QObject {
    Q_OBJECT
  public:
    explicit RunSession(QObject* parent = nullptr);
    ~RunSession() override;

    /// Starts a run. Where that may take a while (a process of its own) it goes on in the background: started() or
    /// couldNotStart() follows.
    Status launch(const Workspace& workspace, LaunchRequest request);
    /// Shows a run that is trained in a process of its own, of which nobody takes care, as if it had been started here;
    /// does nothing where that cannot be. In the background.
    void takeUp(const Workspace& workspace, const std::string& run);
    bool active() const { return run_ != nullptr || starting_; }
    /// It is active, and has no id yet.
    bool starting() const { return starting_; }
    QString id() const;
    QString name() const;
    bool paused() const { return run_ && run_->paused(); }
    void togglePause();
    void saveNow();
    void sampleNow();
    void setKnobs(const Knobs& knobs);
    Knobs knobs() const { return run_ ? run_->knobs() : Knobs{}; }
    void stop(bool saveFirst);
    /// The process that trains it, where that is one of its own; else 0.
    std::int64_t process() const { return run_ ? run_->process() : 0; }
    /// Seconds for which its process has not answered, once that is long (longSilence); else 0.
    int silence() const { return silentSeconds_; }
    /// Ends its process at once.
    void endByForce();
    /// Lets its process train on without this window, which shows it no more. False where there is none.
    bool leave();

    const RunFacts& facts() const { return facts_; }
    const Progress& progress() const { return progress_; }
    const MetricRow& lastRow() const { return lastRow_; }
    /// Share of the budget that is done, or negative while unknown.
    double fraction() const;
    /// The same for a bar: of the phase while the data is prepared and after the last step.
    double shownFraction() const;
    /// Seconds to the end (TimeLeft); negative while unknown, and where next to nothing is left.
    double secondsLeft() const;
    /// Seconds since the last checkpoint was saved; negative when there is none yet.
    double checkpointAge() const;

  Q_SIGNALS:
    void started();
    void couldNotStart(const gw::Error& error);
    /// What came since the last time, in order.
    void delivered(const std::vector<gw::Message>& messages);
    void ended(const gw::Outcome& outcome);
    /// Orders were given or the phase changed.
    void stateChanged();

  private:
    void adopt(std::unique_ptr<LiveRun> run);
    void arrived(Result<std::unique_ptr<LiveRun>> run);
    void drain();
    void watchSilence();
    void note(const Message& message);
    double now() const;
    std::unique_ptr<LiveRun> run_;
    bool starting_ = false, looking_ = false;
    int silentSeconds_ = 0;
    QString startingName_;
    std::optional<bool> stopAtStart_;  ///< asked for while it was starting: whether to save first
    QTimer timer_;
    RunFacts facts_;
    Progress progress_;
    MetricRow lastRow_;
    TimeLeft timeLeft_;
    QElapsedTimer checkpointTimer_, clock_;
    std::int64_t savedStep_ = -1;  ///< of the checkpoint that checkpointTimer_ counts from
};

}  // namespace gw::ui
