#pragma once
#include <QString>
#include <QWidget>
#include <optional>

#include "store/records.h"

namespace gw::ui {

/// A histogram as bars.
class HistogramView : public QWidget {
    Q_OBJECT
  public:
    /// `none`: what is said where there is no histogram.
    explicit HistogramView(QString none, QWidget* parent = nullptr);
    void setHistogram(std::optional<HistogramRecord> histogram);

  protected:
    void paintEvent(QPaintEvent* event) override;
    QSize sizeHint() const override { return {300, 140}; }

  private:
    QString none_;
    std::optional<HistogramRecord> histogram_;
};

}  // namespace gw::ui
