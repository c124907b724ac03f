#pragma once
#include <QTextBrowser>

#include "compare/diagnosis.h"
#include "ui/run_details.h"

namespace gw::ui {

/// What the curves say in words, alerts, and the energy that the run took.
class FindingsPanel : public QTextBrowser {
    Q_OBJECT
  public:
    explicit FindingsPanel(QWidget* parent = nullptr);
    void show(const RunDetails& details);
    void addAlert(const EventRecord& event);
    /// Those that nobody has marked as seen.
    int newAlerts() const { return static_cast<int>(alerts_.size()) - seen_; }
    void setAllSeen();

  Q_SIGNALS:
    void seenWanted();

  private:
    void render();
    std::vector<Finding> findings_;
    std::vector<EventRecord> alerts_;
    std::optional<double> kwh_, watts_;
    QString early_;
    int seen_ = 0;  ///< of the oldest alerts
};

}  // namespace gw::ui
