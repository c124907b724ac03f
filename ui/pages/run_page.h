#pragma once
#include <QComboBox>
#include <QPushButton>
#include <QStackedLayout>
#include <QToolButton>

#include "ui/page.h"
#include "ui/plots/linked_plots.h"
#include "ui/run_details.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/run_header.h"
#include "ui/widgets/run_tabs.h"

namespace gw::ui {

/// One run, live or from the history: how far it is, its curves, and what it has written.
class RunPage : public Page {
    Q_OBJECT
  public:
    explicit RunPage(Workbench& workbench, QWidget* parent = nullptr);
    void entered() override;
    void open(const QString& id);
    void tabWanted(int tab) override { tabs_->setCurrentIndex(tab); }
    QStringList shortcuts() const override;
    RunTabs& tabs() { return *tabs_; }
    NoticeBar& notices() { return *notices_; }
    const std::string& runId() const { return id_; }
    LinkedPlots& plots() { return *plots_; }

  protected:
    void keyPressEvent(QKeyEvent* event) override;

  private:
    enum State { none, shown, failed };
    void makeTitleRow();
    QWidget* makePlotBar();
    bool live() const;
    void read();
    void show(RunDetails details);
    void take(const std::vector<Message>& messages);
    void take(const Message& message);
    void refresh();
    void showButtons();
    void showView();
    void rename();
    void editNotes();
    void writeReport();

    std::string id_;
    RunRecord record_;
    std::int64_t shownSteps_ = -1;
    std::string shownStatus_;
    std::vector<CheckpointRecord> checkpoints_;
    std::vector<Message> waiting_;  ///< live messages that came while the history was read
    bool reading_ = false, again_ = false;

    QStackedLayout* states_;
    QLabel* message_;
    RunHeader* header_;
    NoticeBar* notices_;
    LinkedPlots* plots_;
    RunTabs* tabs_;
    QPushButton *pause_, *save_, *sample_, *stop_, *discard_, *resume_, *fork_, *notes_, *duplicate_, *report_;
    QToolButton* rename_;
    QComboBox *x_, *smoothing_;
    QPushButton *logY_, *logX_, *follow_;
};

}  // namespace gw::ui
