#pragma once
#include <QTextBrowser>
#include <QTimer>
#include <vector>

#include "store/records.h"

namespace gw::ui {

/// What a run writes or draws now and then, the newest first. Sheets of pictures are no wider than there is room.
class SamplesView : public QTextBrowser {
    Q_OBJECT
  public:
    explicit SamplesView(QWidget* parent = nullptr);
    void setRun(const RunRecord& run, std::vector<SampleRecord> samples);
    void add(const SampleRecord& sample);

  protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

  private:
    void renderSoon(int milliseconds = 0);
    void render();
    /// Where the picture of a sample lies, whether it is written yet or not; empty of texts.
    QString pictureOf(const SampleRecord& sample) const;
    RunRecord run_;
    std::vector<SampleRecord> samples_;
    QTimer soon_;
    bool anyPicture_ = false;
    int waits_ = 0;  ///< how often a picture that is still being written may be looked for again
};

}  // namespace gw::ui
