#pragma once
#include <QCheckBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableWidget>

#include "data/images/picture_copy.h"
#include "study/inference.h"
#include "ui/widgets/run/picture_strip.h"

class QImage;

namespace gw::ui {

/// Any picture in the form that a model takes: scaled and cut around its middle to that size, in grey for one channel.
/// Empty (no pixels) for a number of channels that no file has.
PictureCopy pictureFor(const QImage& image, const PictureCopy& shape, bool inverted);

/// What a model that was trained on labels says of a text that is typed, or of a picture that is chosen.
class TryJudging : public QWidget {
    Q_OBJECT
  public:
    explicit TryJudging(QWidget* parent = nullptr);
    /// `shape`: of the pictures that the model takes, without pixels; of others nothing. `columns`: of the rows of a
    /// table or of a window that it takes, else empty.
    void setRun(const std::string& run, const std::optional<PictureCopy>& shape, const QStringList& columns = {},
                bool windows = false);
    void setCheckpoint(const fs::path& checkpoint, const QString& name);
    bool busy() const { return busy_; }
    void predict();
    void usePicture(const QString& file);
    const QTableWidget& said() const { return *said_; }
    const QLabel& state() const { return *state_; }
    /// Names of the fields: "try.text", "try.picture", "try.invert", "try.predict".

  private:
    void choosePicture();
    void show(const Answers& judged);
    fs::path checkpoint_;
    QString name_, file_;
    std::string run_;
    QStringList columns_;
    std::optional<PictureCopy> shape_;
    QPlainTextEdit* text_;
    QWidget* pictures_;
    QPushButton *choose_, *predict_;
    QCheckBox* invert_;
    PictureStrip* strip_;
    QLabel* state_;
    QTableWidget* said_;
    bool busy_ = false;
};

}  // namespace gw::ui
