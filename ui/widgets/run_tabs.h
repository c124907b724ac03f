#pragma once
#include <QPlainTextEdit>
#include <QTabWidget>
#include <QTableWidget>
#include <QTextBrowser>

#include "ui/run_details.h"

namespace gw::ui {

/// What a run has written beside its curves: samples, events and log, spec, checkpoints.
class RunTabs : public QTabWidget {
    Q_OBJECT
  public:
    explicit RunTabs(QWidget* parent = nullptr);
    void show(const RunDetails& details);
    void addSample(const SampleRecord& sample);
    void addEvent(const EventRecord& event);
    void setCheckpoints(const std::vector<CheckpointRecord>& checkpoints);

  private:
    void showSpec(const Json& spec);
    void renderSamples();
    QTextBrowser* samples_;
    QPlainTextEdit *log_, *spec_;
    QTableWidget* checkpoints_;
    std::vector<SampleRecord> sampleList_;
};

}  // namespace gw::ui
