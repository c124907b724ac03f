#pragma once
#include <QImage>
#include <QListWidget>
#include <vector>

#include "data/images/picture_copy.h"

namespace gw::ui {

/// Grey, grey with alpha, RGB or RGBA by the number of channels; of any other number the first channel in grey. Null
/// where the pixels are not as many as the size says.
QImage imageOf(const PictureCopy& picture);

/// Thumbnails in as many lines as the width asks for, each with its caption; small pictures are magnified by whole
/// factors, so that their pixels stay crisp.
class PictureStrip : public QListWidget {
    Q_OBJECT
  public:
    struct Entry {
        PictureCopy picture;
        QString caption;     ///< what is true, or what it is called
        QString said = {};   ///< what a model said of it; empty: none was asked
        bool wrong = false;  ///< that what was said is not true
        QString tip = {};
    };
    explicit PictureStrip(const QString& accessibleName, QWidget* parent = nullptr);
    void setEntries(const std::vector<Entry>& entries);
    /// As high as all lines together, for a place that scrolls as a whole; otherwise it scrolls by itself.
    void setWhole(bool whole);

    enum Role { imageRole = Qt::UserRole, captionRole, saidRole, wrongRole };

  protected:
    void resizeEvent(QResizeEvent* event) override;

  private:
    void fit();
    bool whole_ = false;
};

}  // namespace gw::ui
