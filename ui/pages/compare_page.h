#pragma once
#include <QComboBox>
#include <QMenu>
#include <QPushButton>
#include <QStackedLayout>
#include <optional>
#include <set>

#include "ui/page.h"
#include "ui/plots/compare_plots.h"
#include "ui/widgets/compare_tabs.h"

namespace gw::ui {

/// Two to fifty runs side by side: curves, results, seeds, settings.
class ComparePage : public Page {
    Q_OBJECT
  public:
    explicit ComparePage(Workbench& workbench, QWidget* parent = nullptr);
    void entered() override;
    void findWanted() override { tabs_->focusSearch(); }
    void primaryWanted() override { pickRuns(); }
    void tabWanted(int tab) override { tabs_->setCurrentIndex(tab); }
    QStringList shortcuts() const override;

    void compareRuns(const std::vector<std::string>& runs);
    const Comparison* comparison() const { return comparison_.get(); }
    ComparePlots& plots() { return *plots_; }
    CompareTabs& tabs() { return *tabs_; }
    CompareRunModel& runs() { return *model_; }
    /// Writes to a file; its ending says how: svg, pdf, png, csv, md, html.
    Status exportTo(const QString& file);

  protected:
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    enum State { nothing, body };
    /// Steps; zero is no smoothing.
    static constexpr double smoothingWindows[] = {0, 5, 10, 20, 50, 100, 500};
    QWidget* makeEmpty();
    QWidget* makeList();
    QWidget* makeBar();
    void makeTitleRow();
    void refresh();
    void show(std::shared_ptr<const Comparison> comparison);
    void showLines();
    void showWarnings();
    void showPlotsMenu();
    Counted counted() const;
    void readCurves(std::optional<std::pair<double, double>> range);
    void setBaseline(int line);
    void removeLine(int line);
    void pickRuns();
    void takeLastTwo();
    void exportWanted(const QString& ending, const QString& filter);
    void save();
    void openSaved(const QString& name);
    void readSavedNames();
    Json state() const;
    void setState(const Json& state);
    void remember();
    std::size_t runOfLine(int line) const;
    std::string saveRun(int line) const;
    /// Marks a line's run in list and table; -1: those that the keys act on.
    void markLine(int line);

    ComparisonWish wish_;
    std::vector<std::string> metrics_;
    std::set<std::string> hidden_;
    std::optional<std::pair<double, double>> zoom_;  ///< part of the axis to show once the runs are read
    bool grouped_ = false, difference_ = false, restored_ = false, reading_ = false, again_ = false;
    QString savedName_;
    std::shared_ptr<const Comparison> comparison_;

    QStackedLayout* states_;
    QLabel* emptyText_;
    QPushButton* newRun_ = nullptr;
    QFrame* warnings_;
    QLabel* warningText_;
    QTableView* list_;
    CompareRunModel* model_;
    ComparePlots* plots_;
    CompareTabs* tabs_;
    CurveReader* reader_;
    QComboBox *x_, *y_, *smoothing_, *saved_;
    QPushButton *logX_, *logY_, *ghost_, *group_, *delta_, *plotsButton_, *export_, *save_;
    QMenu* plotsMenu_;
};

}  // namespace gw::ui
