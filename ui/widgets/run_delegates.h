#pragma once
#include <QStyledItemDelegate>

namespace gw::ui {

/// A status as a small coloured dot and its word.
class StatusDelegate : public QStyledItemDelegate {
    Q_OBJECT
  public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

/// A curve of 96 x 24 pixels without axes.
class SparkDelegate : public QStyledItemDelegate {
    Q_OBJECT
  public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

/// The name of a compared run behind its checkbox and a piece of its line.
class LineDelegate : public QStyledItemDelegate {
    Q_OBJECT
  public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

/// The colour of a status, beside which its word must stand.
QColor statusColor(const QString& status);

}  // namespace gw::ui
