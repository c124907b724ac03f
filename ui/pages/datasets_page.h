#pragma once
#include <QProgressBar>
#include <QPushButton>
#include <QTimer>
#include <functional>
#include <stop_token>

#include "data/curation/curation.h"
#include "ui/page.h"

namespace gw::ui {

class CurationView;
class SectionForm;
class StepList;

/// Text looked at and cleaned before it is learnt from: what there is, the steps of a curation, what each would do, and
/// the dataset that is written.
class DatasetsPage : public Page {
    Q_OBJECT
  public:
    explicit DatasetsPage(Workbench& workbench, QWidget* parent = nullptr);
    ~DatasetsPage() override { stop_.request_stop(); }
    QStringList shortcuts() const override;
    SectionForm& data() { return *data_; }
    StepList& steps() { return *steps_; }
    CurationView& overview() { return *overview_; }
    CurationView& counts() { return *counts_; }
    /// Reads through the text as it is chosen.
    void look();
    void previewCounts();
    void write();
    /// Where the result is written; empty = nowhere. A test may put its answers here.
    std::function<QString()> askFolder;
    std::function<bool(const QString& folder)> askReplace;

  protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

  private:
    void makeTitleRow();
    QWidget* makeContent();
    CurationRequest request(std::vector<Json> steps) const;
    /// Carries a request out in the background; one at a time.
    void carryOut(CurationRequest request, const QString& doing, CurationView* view);
    void show(const Result<CurationReport>& report, CurationView* view, bool written);
    void showState();
    SectionForm* data_;
    StepList* steps_;
    CurationView *overview_, *counts_;
    QPushButton *preview_, *write_, *start_, *look_, *cancel_;
    QProgressBar* bar_;
    QLabel* state_;
    QTimer timer_;
    std::stop_source stop_;
    bool working_ = false;
    bool counting_ = false;  ///< what would be left, and not looking or writing
    Json written_;           ///< dataset section of the last result; null = there is none
};

}  // namespace gw::ui
