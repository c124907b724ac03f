#pragma once
#include <QCheckBox>
#include <QLineEdit>
#include <QPlainTextEdit>
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

  private:
    QWidget* makeSettings();
    QWidget* makeFields();
    void copySettings();
    SummaryModel* summary_;
    GroupModel* groups_;
    SettingsModel* settings_;
    SettingsFilter* filter_;
    QTableView *summaryView_, *groupView_, *settingsView_ = nullptr;
    QLineEdit* search_ = nullptr;
    ParallelPlot* parallel_ = nullptr;
    FieldScatter* scatter_ = nullptr;
    QPlainTextEdit* notes_;
};

}  // namespace gw::ui
