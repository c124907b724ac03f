#pragma once
#include <QLayout>

namespace gw::ui {

/// Widgets one after the other, in as many lines as the width asks for; those after addGap() stand at the right while
/// one line is enough.
class FlowLayout : public QLayout {
    Q_OBJECT
  public:
    explicit FlowLayout(QWidget* parent, int spacing = 6);
    ~FlowLayout() override;
    void addItem(QLayoutItem* item) override { items_.append(item); }
    void addGap() { gap_ = static_cast<int>(items_.size()); }
    int count() const override { return static_cast<int>(items_.size()); }
    QLayoutItem* itemAt(int index) const override { return items_.value(index); }
    QLayoutItem* takeAt(int index) override {
        return index >= 0 && index < items_.size() ? items_.takeAt(index) : nullptr;
    }
    Qt::Orientations expandingDirections() const override { return {}; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override { return arrange(QRect(0, 0, width, 0), false); }
    QSize sizeHint() const override;
    QSize minimumSize() const override;
    void setGeometry(const QRect& rect) override;

  private:
    int arrange(const QRect& rect, bool move) const;
    QList<QLayoutItem*> items_;
    int spacing_, gap_ = -1;
};

}  // namespace gw::ui
