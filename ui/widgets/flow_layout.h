#pragma once
#include <QLayout>
#include <vector>

namespace gw::ui {

/// Widgets one after the other, in as many lines as the width asks for, each in the middle of its line; those after
/// addGap() stand at the right while one line is enough.
class FlowLayout : public QLayout {
    Q_OBJECT
  public:
    explicit FlowLayout(QWidget* parent, int spacing = 6);
    ~FlowLayout() override;
    void addItem(QLayoutItem* item) override { items_.append(item); }
    void insertWidget(int index, QWidget* widget);
    void addGap() { gap_ = static_cast<int>(items_.size()); }
    /// As the title row of a page is: the first widget gives way, down to its minimum, before a second line is begun,
    /// and what comes after the gap stands at the right in every line.
    void setElastic() { elastic_ = true; }
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
    struct Place {
        QLayoutItem* item;
        QSize size;
        bool afterGap;
        int x;
    };
    std::vector<Place> places(int width, bool& oneLine) const;
    int arrange(const QRect& rect, bool move) const;
    QList<QLayoutItem*> items_;
    int spacing_, gap_ = -1;
    bool elastic_ = false;
};

}  // namespace gw::ui
