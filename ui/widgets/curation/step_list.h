#pragma once
#include <QComboBox>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>
#include <QWidget>
#include <vector>

#include "schema/field.h"

namespace gw::ui {

class SectionForm;

/// The steps of a curation in their order, and the settings of the one that is chosen.
class StepList : public QWidget {
    Q_OBJECT
  public:
    explicit StepList(QWidget* parent = nullptr);
    const std::vector<Json>& steps() const { return steps_; }
    void setSteps(std::vector<Json> steps);
    void add(const std::string& kind);
    void choose(int step) { list_->setCurrentRow(step); }
    /// Null where no step is chosen.
    SectionForm* form() const { return form_; }
    /// Whether every step can be taken as it is set.
    bool isSound() const;

  Q_SIGNALS:
    void edited();

  private:
    void showList(int chosen);
    void showForm();
    void showProblems();
    void move(int by);
    void remove();
    std::vector<Json> steps_;
    QListWidget* list_;
    QComboBox *kinds_, *presets_;
    QPushButton *up_, *down_, *remove_;
    QLabel* summary_;
    QVBoxLayout* right_;
    SectionForm* form_ = nullptr;
};

}  // namespace gw::ui
