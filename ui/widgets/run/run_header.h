#pragma once
#include <QFrame>
#include <QGridLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <optional>

#include "store/records.h"
#include "ui/run_session.h"

namespace gw::ui {

/// What a run is doing, for people: "evaluating".
QString phaseText(const std::string& phase);

/// How far a run is, in figures: phase, progress, time left, speed, memory, age of the last checkpoint; and why it
/// failed, if it did.
class RunHeader : public QFrame {
    Q_OBJECT
  public:
    explicit RunHeader(QWidget* parent = nullptr);
    /// A run from the history. `saved`: its newest checkpoint; null when there is none.
    void show(const RunRecord& run, std::optional<double> memory, const CheckpointRecord* saved);
    /// The run that this window trains.
    /// `savedStep`: of the newest checkpoint of before this start; negative when there is none.
    void show(const RunRecord& run, const RunSession& session, std::int64_t savedStep);

  Q_SIGNALS:
    /// To the page of models.
    void checkpointWanted(const QString& path);

  private:
    QLabel* addFigure(const QString& name, int column);
    void showBest(const RunRecord& run);
    void nameUnits(const RunRecord& run);
    void showSaved(bool shown);
    void showStatus(const std::string& status, const QString& phase);
    QLabel *dot_, *status_, *phase_, *detail_;
    QProgressBar* progress_;
    QLabel *step_, *left_, *speed_, *memory_, *best_, *tokens_, *saved_;
    QLabel *savedName_, *leftName_, *bestName_, *tokensName_, *speedName_;
    QFrame* alarm_;
    QLabel* cause_;
    QPushButton* lastSave_;
    QString lastSavePath_;
    QGridLayout* figures_;
};

}  // namespace gw::ui
