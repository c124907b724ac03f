#pragma once
#include <QLabel>

namespace gw::ui {

/// One line of text that is cut in its middle where it has too little room, and then has all of it as its tooltip.
class ElidedLabel : public QLabel {
    Q_OBJECT
  public:
    /// `least`: px that it keeps in any case, where its text needs so much.
    explicit ElidedLabel(const QString& text = {}, int least = 80, QWidget* parent = nullptr);
    QSize minimumSizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    int least_;
};

}  // namespace gw::ui
