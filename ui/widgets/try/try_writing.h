#pragma once
#include <QDoubleSpinBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTextBrowser>
#include <stop_token>
#include <vector>

#include "store/records.h"
#include "util/files.h"

namespace gw::ui {

/// A prompt, and what a language model makes of it; a masked model fills in what the prompt leaves open.
class TryWriting : public QWidget {
    Q_OBJECT
  public:
    explicit TryWriting(QWidget* parent = nullptr);
    ~TryWriting() override;
    /// `masked`: it fills masks and draws nothing, so it has no settings.
    void setRun(const RunRecord& run, bool masked);
    /// `name`: which weights these are, for people.
    void setCheckpoint(const fs::path& checkpoint, const QString& name);
    bool busy() const { return busy_; }
    void generate();
    const QTextBrowser& written() const { return *written_; }
    /// Names of the fields: "try.prompt", "try.temperature", "try.topK", "try.length", "try.generate".

  protected:
    void resizeEvent(QResizeEvent* event) override;

  private:
    struct Text {
        QString heading, prompt, text;
    };
    void render();
    fs::path checkpoint_;
    QString name_;
    QPlainTextEdit* prompt_;
    QWidget* settings_;
    QDoubleSpinBox* temperature_;
    QSpinBox *topK_, *length_;
    QPushButton* generate_;
    QLabel* state_;
    QTextBrowser* written_;
    std::vector<Text> texts_;  ///< oldest first
    std::string run_;
    std::uint64_t seed_ = 0;  ///< another one for each text, from 0 for each run
    double topP_ = 1;
    bool masked_ = false, busy_ = false;
    std::stop_source stop_;
};

}  // namespace gw::ui
