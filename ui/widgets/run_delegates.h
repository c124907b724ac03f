#pragma once
#include <QFontMetrics>
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

/// The name of a run, cut as shortName() does.
class NameDelegate : public QStyledItemDelegate {
    Q_OBJECT
  public:
    using QStyledItemDelegate::QStyledItemDelegate;

  protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override;
};

/// A name of a run for `width` pixels. Names begin with what many runs have in common (data and size) and end with what
/// tells them apart: "shakespeare 2×64 · lr 3e-3 · seed 2" becomes "shake…2×64 · lr 3e-3 · seed 2", and then "… · seed
/// 2".
QString shortName(const QString& name, const QFontMetrics& metrics, int width);

/// The colour of a status, beside which its word must stand.
QColor statusColor(const QString& status);

}  // namespace gw::ui
