#pragma once
#include <QLabel>
#include <QTableWidget>
#include <QWidget>

#include "data/curation/curation.h"

namespace gw::ui {

/// What a curation found: facts of the text, each step with its counts and reasons, and documents before and after.
class CurationView : public QWidget {
    Q_OBJECT
  public:
    /// `steps`: whether the steps are a person's; those of an overview are told among the facts.
    explicit CurationView(bool steps, QWidget* parent = nullptr);
    void setReport(const CurationReport& report);
    void clear();
    QTableWidget& steps() { return *steps_; }
    QTableWidget& samples() { return *samples_; }
    QString facts() const { return facts_->text(); }

  private:
    QString factsHtml(const CurationReport& report) const;
    QString reasonsHtml(const CurationReport& report) const;
    void showSteps(const CurationReport& report);
    void showSamples(const CurationReport& report);
    bool withSteps_;
    QLabel *facts_, *reasons_;
    QTableWidget *steps_, *samples_;
};

}  // namespace gw::ui
