#pragma once
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>

#include "ui/forms/spec_form.h"
#include "ui/forms/summary_card.h"
#include "ui/page.h"

namespace gw::ui {

/// A spec in forms, from a recipe, a file, another run or the draft of last time, to the Launch button.
class NewRunPage : public Page {
    Q_OBJECT
  public:
    explicit NewRunPage(Workbench& workbench, QWidget* parent = nullptr);
    void entered() override { showState(); }
    void primaryWanted() override { launch(); }
    /// Puts a recipe into the form; shows the error when there is none of that name.
    void loadRecipe(const std::string& id);
    SpecForm& form() { return *form_; }
    QPushButton& launchButton() { return *launch_; }

  private:
    void makeTitleRow();
    void loadSpec(const Json& changes, const QString& origin);
    void importFile();
    void exportFile();
    void launch();
    void showState();
    void saveDraft();
    void loadDraft();
    QComboBox* recipes_;
    QLineEdit* name_;
    QPushButton* launch_;
    QLabel* origin_;
    SpecForm* form_;
    SummaryCard* card_;
};

}  // namespace gw::ui
