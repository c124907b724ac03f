#pragma once
#include <QDialog>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>
#include <stop_token>

#include "study/flight/flight.h"
#include "ui/workbench.h"

namespace gw::ui {

/// Measures in a few real steps how long a run would take and what memory and disk it needs, and shows what was found;
/// the settings that are advised may be taken. Closing it ends the check.
class FlightDialog : public QDialog {
    Q_OBJECT
  public:
    /// `spec` complete and sound. `limits` may change what the request says of memory and disk.
    FlightDialog(const Json& spec, const Workspace& workspace, QWidget* parent = nullptr,
                 const std::function<void(FlightRequest&)>& limits = {});
    ~FlightDialog() override;

  Q_SIGNALS:
    void checked(bool canGo);
    /// The settings are to be changed so, by path.
    void adviceTaken(const std::vector<std::pair<std::string, gw::Json>>& advice);

  private:
    void start(const Json& spec, const Workspace& workspace, const std::function<void(FlightRequest&)>& limits);
    void showProgress(const std::string& phase, double share);
    void end(const Result<FlightReport>& report);
    QLabel *state_, *ends_;
    QVBoxLayout* findings_;
    QProgressBar* bar_;
    QPushButton *take_, *close_;
    std::vector<std::pair<std::string, Json>> advice_;
    std::stop_source stop_;
};

}  // namespace gw::ui
