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
    /// Finds a setting by its name.
    void findWanted() override;
    /// Puts a recipe into the form; shows the error when there is none of that name.
    void loadRecipe(const std::string& id);
    SpecForm& form() { return *form_; }
    QPushButton& launchButton() { return *launch_; }
    /// Asks before several runs are queued; a test may put its answer here.
    std::function<bool(const std::vector<LaunchRequest>&)> askSeveral;

  private:
    void makeTitleRow();
    QLayout* makeOriginRow();
    /// Where the settings came from; their texts are made anew for the language of the window.
    struct Origin {
        std::string kind, name;  ///< "recipe" and its id, "file" and its path, "run", or nothing
        Json base;               ///< the spec as it came; null = that which is loaded with it
    };
    void loadSpec(const Json& changes, Origin origin);
    /// Says what the settings are based on and what has been changed since.
    void showOrigin();
    void importFile();
    void exportFile();
    void launch();
    void addToQueue();
    std::vector<LaunchRequest> requests();
    bool confirmSeveral(const std::vector<LaunchRequest>& runs);
    bool mayTry();  ///< says why short trainings cannot be made now
    void take(const Json& spec);
    void checkSettings();
    /// Measures what this run takes and needs; the settings that are advised may come into the form.
    void flightCheck();
    void selfTest();
    /// Sizes of these settings that can be trained in a time; one of them may come into the form.
    void planSizes();
    void showState();
    void saveDraft();
    void loadDraft();
    QComboBox* recipes_;
    QLineEdit* name_;
    QPushButton *launch_, *queue_;
    QLabel* caption_;
    Origin origin_;
    SpecForm* form_;
    SummaryCard* card_;
};

}  // namespace gw::ui
