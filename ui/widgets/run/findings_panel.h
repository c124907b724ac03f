#pragma once
#include <QTextBrowser>

#include "compare/diagnosis.h"
#include "store/notices.h"
#include "ui/run_details.h"

namespace gw::ui {

/// What a run has told that must be known (leaks, saves that failed, warnings, alerts), what its curves say in words,
/// and the energy it took.
class FindingsPanel : public QTextBrowser {
    Q_OBJECT
  public:
    explicit FindingsPanel(QWidget* parent = nullptr);
    void show(const RunDetails& details);
    /// Takes up what a run tells while it is trained; events that are no notices are passed over.
    void addEvent(const EventRecord& event);
    /// Those that nobody has marked as seen.
    int newAlerts() const;
    /// The gravest first; of all, or of those with something new.
    std::vector<Notice> notices(bool onlyNew) const;
    void setAllSeen();

  Q_SIGNALS:
    void seenWanted();
    /// The step of a warning or alert is to be run again.
    void replayWanted(std::int64_t step);
    /// What newAlerts() counts has changed.
    void changed();

  private:
    void render();
    QString noticesHtml() const;
    std::vector<Finding> findings_;
    std::vector<EventRecord> events_;  ///< that are notices, oldest first
    std::optional<double> kwh_, watts_;
    QString early_;
    std::int64_t seen_ = 0;  ///< of the oldest of them
};

}  // namespace gw::ui
