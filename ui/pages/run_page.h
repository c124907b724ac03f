#pragma once
#include <QPushButton>
#include <QStackedLayout>
#include <QToolButton>
#include <functional>

#include "ui/page.h"
#include "ui/plots/linked_plots.h"
#include "ui/plots/plot_bar.h"
#include "ui/plots/plot_export.h"
#include "ui/run_details.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/run/run_header.h"
#include "ui/widgets/run/run_tabs.h"

namespace gw::ui {

/// One run, live or from the history: how far it is, its curves, and what it has written.
class RunPage : public Page {
    Q_OBJECT
  public:
    explicit RunPage(Workbench& workbench, QWidget* parent = nullptr);
    void entered() override;
    void open(const QString& id);
    void primaryWanted() override;
    void tabWanted(int tab) override { tabs_->setCurrentIndex(tab); }
    QStringList shortcuts() const override;
    RunTabs& tabs() { return *tabs_; }
    NoticeBar& notices() { return *notices_; }
    const std::string& runId() const { return id_; }
    LinkedPlots& plots() { return *plots_; }
    PlotBar& plotBar() { return *plotBar_; }
    PlotExport& exporting() { return *export_; }
    /// Whether the work since the last checkpoint may be lost; asks, unless a test has put something else there.
    std::function<bool()> askDiscard;
    /// The same before its process is ended by force.
    std::function<bool()> askForce;

  protected:
    void keyPressEvent(QKeyEvent* event) override;

  private:
    enum State { none, shown, failed };
    void makeTitleRow();
    bool live() const;
    void read();
    void show(RunDetails details);
    void take(const std::vector<Message>& messages);
    void take(const Message& message);
    void refresh();
    void showButtons();
    bool mayDiscard();
    bool mayForce();
    bool mayLose(const QString& act, const QString& question, const QString& more);
    void rename();
    void editNotes();
    void writeReport();
    void writeCard();
    /// Asks for a file and writes there what is made in the background.
    void writeOut(const QString& title, const QString& suggestion, const QString& kind,
                  const std::function<Result<std::string>(const Workspace&, const Store&, const RunRecord&)>& made);

    std::string id_;
    RunRecord record_;
    std::int64_t shownSteps_ = -1;
    std::string shownStatus_;
    std::size_t shownEvents_ = 0, shownCheckpoints_ = 0;
    std::vector<CheckpointRecord> checkpoints_;
    std::vector<Message> waiting_;  ///< live messages that came while the history was read
    bool reading_ = false, again_ = false;
    bool wasLive_ = false;   ///< the run that is shown has been trained here since it was opened
    bool tellSave_ = false;  ///< a stop was asked for: where the save went is told once it is known

    QStackedLayout* states_;
    QLabel* message_;
    RunHeader* header_;
    NoticeBar* notices_;
    LinkedPlots* plots_;
    PlotBar* plotBar_;
    PlotExport* export_;
    std::vector<ClockPoint> clock_;  ///< where the wall clock stood, as far as the history knows
    RunTabs* tabs_;
    QPushButton *pause_, *save_, *sample_, *stop_, *more_, *resume_, *fork_, *notes_, *duplicate_, *report_;
    QAction *discard_, *force_;
    QToolButton* rename_;
};

}  // namespace gw::ui
