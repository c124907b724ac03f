#pragma once
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStackedLayout>
#include <QTabWidget>
#include <QTableView>

#include "ui/models/compare_models.h"
#include "ui/plots/field_scatter.h"
#include "ui/plots/parallel_plot.h"

namespace gw::ui {

/// Below the plots of a comparison: what came out, seeds, settings that differ, fields against results, notes.
class CompareTabs : public QTabWidget {
    Q_OBJECT
  public:
    explicit CompareTabs(QWidget* parent = nullptr);
    void setComparison(std::shared_ptr<const Comparison> comparison);
    void highlight(int run);
    void focusSearch();
    QString notes() const { return notes_->toPlainText(); }
    void setNotes(const QString& text);
    SummaryModel& summary() { return *summary_; }
    GroupModel& groups() { return *groups_; }
    SettingsModel& settings() { return *settings_; }
    SettingsFilter& settingsShown() { return *filter_; }

  Q_SIGNALS:
    void hovered(int run);
    void runWanted(int run);
    void notesEdited();

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    QWidget* makeSeeds();
    void showSeeds(const Comparison* comparison);
    QWidget* makeSettings();
    void showSettings();
    QWidget* makeFields();
    void copySettings();
    SummaryModel* summary_;
    GroupModel* groups_;
    SettingsModel* settings_;
    SettingsFilter* filter_;
    QTableView *summaryView_, *groupView_, *settingsView_ = nullptr;
    QStackedLayout *seeds_ = nullptr, *settingsShown_ = nullptr;  ///< a table, or why it is empty
    QLabel *noSeeds_ = nullptr, *noSettings_ = nullptr;
    QPushButton* clearSearch_ = nullptr;
    QLineEdit* search_ = nullptr;
    ParallelPlot* parallel_ = nullptr;
    FieldScatter* scatter_ = nullptr;
    QPlainTextEdit* notes_;
};

}  // namespace gw::ui
