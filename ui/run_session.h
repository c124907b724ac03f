#pragma once
#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <memory>

#include "ui/time_left.h"
#include "workspace/live_run.h"

namespace gw::ui {

/// The run that this window trains, if any: starts it, passes its messages on about 30 times a second, and gives
/// orders. Knows no widget.
class RunSession : public QObject {
    Q_OBJECT
  public:
    explicit RunSession(QObject* parent = nullptr);
    ~RunSession() override;

    Status launch(const Workspace& workspace, LaunchRequest request);
    bool active() const { return run_ != nullptr; }
    QString id() const;
    QString name() const;
    bool paused() const { return run_ && run_->paused(); }
    void togglePause();
    void saveNow();
    void sampleNow();
    void setKnobs(const Knobs& knobs);
    Knobs knobs() const { return run_ ? run_->knobs() : Knobs{}; }
    void stop(bool saveFirst);

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
    /// What came since the last time, in order.
    void delivered(const std::vector<gw::Message>& messages);
    void ended(const gw::Outcome& outcome);
    /// Orders were given or the phase changed.
    void stateChanged();

  private:
    void drain();
    void note(const Message& message);
    double now() const;
    std::unique_ptr<LiveRun> run_;
    QTimer timer_;
    RunFacts facts_;
    Progress progress_;
    MetricRow lastRow_;
    TimeLeft timeLeft_;
    QElapsedTimer checkpointTimer_, clock_;
};

}  // namespace gw::ui
