#pragma once
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QTimer>
#include <QWidget>
#include <stop_token>

#include "data/preview.h"
#include "ui/forms/column_charts.h"
#include "ui/widgets/run/picture_strip.h"

namespace gw::ui {

/// What the reader takes the files of a dataset for, before anything is launched: columns, header, separator, rows that
/// are passed over and why, classes, the first rows or pictures, and of tables and series their columns. Reads in the
/// background, a moment after the last edit, by the code that training reads with.
class DataPreview : public QWidget {
    Q_OBJECT
  public:
    explicit DataPreview(QWidget* parent = nullptr);
    ~DataPreview() override { stop_.request_stop(); }
    /// A section that has passed its checks; null shows nothing.
    void setSection(const Json& section);
    /// Why the data that was last looked at cannot be read, in one line; empty where it can, or is not known yet.
    const QString& problem() const { return problem_; }
    const QLabel& facts() const { return *facts_; }
    const QTableWidget& rows() const { return *rows_; }
    const PictureStrip& pictures() const { return *pictures_; }
    const ColumnCharts& columns() const { return *columns_; }
    const QLabel& heading() const { return *heading_; }
    /// Stops the look, which may have gigabytes to unpack, or begins it again.
    QPushButton& stopOrLook() { return *stopOrLook_; }

  Q_SIGNALS:
    void looked();  ///< problem() is that of the section

  private:
    void read();
    void stopLooking();
    void showFound(const Result<DatasetPreview>& found);
    void showLooked(const Result<DatasetPreview>& found);
    QString factsHtml(const DatasetPreview& preview) const;
    void showRows(const DatasetPreview& preview);
    void showPictures(const DatasetPreview& preview);
    Json section_;
    QTimer timer_;
    std::stop_source stop_;
    bool looking_ = false;
    QString problem_;
    QLabel *heading_, *facts_;
    QPushButton* stopOrLook_;
    QTableWidget* rows_;
    PictureStrip* pictures_;
    ColumnCharts* columns_;
};

}  // namespace gw::ui
