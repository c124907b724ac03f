#include "ui/widgets/run_delegates.h"

#include <QApplication>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

#include "ui/models/compare_models.h"
#include "ui/models/run_table_model.h"
#include "ui/plots/run_look.h"
#include "ui/shell/theme.h"

namespace gw::ui {

namespace {

void paintBackground(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index,
                     const QStyledItemDelegate*) {
    QStyleOptionViewItem empty = option;
    empty.text.clear();
    empty.index = index;
    QApplication::style()->drawControl(QStyle::CE_ItemViewItem, &empty, painter, option.widget);
}

}  // namespace

void LineDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    constexpr int piece = 22;
    QStyleOptionViewItem shown = option;
    initStyleOption(&shown, index);
    // The checkbox keeps its place; the line stands between it and the name.
    shown.text.clear();
    QApplication::style()->drawControl(QStyle::CE_ItemViewItem, &shown, painter, option.widget);
    const QRect check =
        QApplication::style()->subElementRect(QStyle::SE_ItemViewItemCheckIndicator, &shown, option.widget);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const double left = check.right() + 8, middle = option.rect.center().y();
    if (index.data(CompareRunModel::bandRole).toBool()) {
        QColor soft = runColor(index.data(CompareRunModel::numberRole).toLongLong());
        soft.setAlphaF(0.25F);
        painter->fillRect(QRectF(left, middle - 5, piece, 10), soft);
    }
    painter->setPen(runPen(index.data(CompareRunModel::numberRole).toLongLong(), 2.25));
    painter->drawLine(QLineF(left, middle, left + piece, middle));
    painter->setPen(tokens().text);
    const QRect box(static_cast<int>(left) + piece + 8, option.rect.top(),
                    option.rect.right() - static_cast<int>(left) - piece - 12, option.rect.height() - 1);
    painter->setFont(option.font);
    painter->drawText(box, Qt::AlignVCenter | Qt::AlignLeft,
                      shortName(index.data().toString(), painter->fontMetrics(), box.width()));
    painter->restore();
}

void NameDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const {
    QStyledItemDelegate::initStyleOption(option, index);
    const QStyle* style = option->widget ? option->widget->style() : QApplication::style();
    const int aside = 1 + style->pixelMetric(QStyle::PM_FocusFrameHMargin, option, option->widget);
    const int room = style->subElementRect(QStyle::SE_ItemViewItemText, option, option->widget).width() - 2 * aside;
    option->text = shortName(option->text, option->fontMetrics, room);
}

QString shortName(const QString& name, const QFontMetrics& metrics, int width) {
    if (metrics.horizontalAdvance(name) <= width) return name;
    const qsizetype head = name.indexOf(QStringLiteral(" · "));
    if (head <= 0 || name.startsWith(QChar(0x2026))) return metrics.elidedText(name, Qt::ElideMiddle, width);
    const QString telling = name.mid(head);
    constexpr int letters = 4;
    const int room = width - metrics.horizontalAdvance(telling);
    return room >= letters * metrics.averageCharWidth()
               ? metrics.elidedText(name.left(head), Qt::ElideMiddle, room) + telling
               : metrics.elidedText(name, Qt::ElideLeft, width);
}

QColor statusColor(const QString& status) {
    const Tokens& t = tokens();
    if (status == QLatin1String("running") || status == QLatin1String("preparing")) return t.accent;
    if (status == QLatin1String("finished")) return t.good;
    if (status == QLatin1String("failed")) return t.bad;
    if (status == QLatin1String("interrupted") || status == QLatin1String("paused") ||
        status == QLatin1String("stopping"))
        return t.warn;
    return t.muted;
}

void StatusDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    if (index.data(RunTableModel::headingRole).toBool()) return QStyledItemDelegate::paint(painter, option, index);
    paintBackground(painter, option, index, this);
    constexpr int dot = 8, inset = 12;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(statusColor(index.data(RunTableModel::statusRole).toString()));
    const QRect box = option.rect;
    painter->drawEllipse(QRectF(box.left() + inset, box.center().y() - dot / 2.0, dot, dot));
    painter->setPen(tokens().text);
    painter->drawText(box.adjusted(inset + dot + 8, 0, -4, -2), Qt::AlignVCenter | Qt::AlignLeft,
                      index.data().toString());
    painter->restore();
}

void SparkDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    paintBackground(painter, option, index, this);
    const auto values = index.data(RunTableModel::outlineRole).value<QVector<double>>();
    double low = 0, high = 0;
    int finite = 0;
    for (const double value : values) {
        if (!std::isfinite(value)) continue;
        low = finite == 0 ? value : std::min(low, value);
        high = finite == 0 ? value : std::max(high, value);
        ++finite;
    }
    if (finite < 2) return;
    constexpr double width = 96, height = 22;
    const QRectF box(option.rect.left() + 8, option.rect.center().y() - height / 2, width, height);
    QPainterPath path;
    bool begun = false;
    for (int i = 0; i < values.size(); ++i) {
        if (!std::isfinite(values[i])) continue;
        const QPointF at(box.left() + width * i / static_cast<double>(values.size() - 1),
                         box.bottom() - (high > low ? (values[i] - low) / (high - low) : 0.5) * height);
        begun ? path.lineTo(at) : path.moveTo(at);
        begun = true;
    }
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(tokens().accent, 1.25));
    painter->drawPath(path);
    painter->restore();
}

}  // namespace gw::ui
