#pragma once
#include <QAbstractItemView>
#include <QCheckBox>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QStyleOptionButton>
#include <QStyleOptionComboBox>
#include <QTabBar>
#include <QTableView>
#include <QToolButton>
#include <algorithm>

namespace gw::ui {

/// Finds what stands on a window but cannot be read whole: texts in less room than they need, and what is cut off or
/// covered by its neighbours. A text that is cut on purpose has all of it in its tooltip.
class Clipping {
  public:
    /// One line for each that was found below `root`.
    static QStringList in(const QWidget& root) {
        Clipping found;
        for (QWidget* widget : root.findChildren<QWidget*>())
            if (widget->isVisible()) found.look(*widget);
        found.lookForOverlaps(root);
        return found.lines_;
    }

  private:
    static constexpr int slack = 2;  // px that rounding takes

    static QString bare(QString text) {
        text.replace(QLatin1String("&&"), QLatin1String("\x01"));
        text.remove(QLatin1Char('&'));
        return text.replace(QLatin1Char('\x01'), QLatin1Char('&'));
    }
    static int widthOf(const QFontMetrics& metrics, const QString& text) {
        int width = 0;
        for (const QString& line : text.split(QLatin1Char('\n')))
            width = std::max(width, metrics.horizontalAdvance(line));
        return width;
    }

    void say(const QString& what, const QString& text, int needs, int has) {
        lines_ << QStringLiteral("%1 “%2” needs %3 px, has %4").arg(what, text.left(60)).arg(needs).arg(has);
    }
    void check(const QString& what, const QString& text, int needs, int has) {
        if (needs > has + slack) say(what, text, needs, has);
    }

    void look(QWidget& widget) {
        if (auto* button = qobject_cast<QAbstractButton*>(&widget))
            lookAt(*button);
        else if (auto* label = qobject_cast<QLabel*>(&widget))
            lookAt(*label);
        else if (auto* tabs = qobject_cast<QTabBar*>(&widget))
            lookAt(*tabs);
        else if (auto* header = qobject_cast<QHeaderView*>(&widget))
            lookAt(*header);
        else if (auto* box = qobject_cast<QComboBox*>(&widget))
            lookAt(*box);
        else if (auto* table = qobject_cast<QTableView*>(&widget))
            lookAt(*table);
    }

    void lookAt(const QAbstractButton& button) {
        const QString text = bare(button.text());
        if (text.isEmpty()) return;
        const QFontMetrics metrics = button.fontMetrics();
        QStyleOptionButton option;
        option.initFrom(&button);
        if (const auto* tool = qobject_cast<const QToolButton*>(&button)) {
            if (tool->toolButtonStyle() == Qt::ToolButtonIconOnly) return;
            check(QStringLiteral("button"), text, tool->sizeHint().width(), tool->width());
        } else if (qobject_cast<const QPushButton*>(&button)) {
            const int icon = button.icon().isNull() ? 0 : button.iconSize().width() + 4;
            check(QStringLiteral("button"), text, widthOf(metrics, text) + icon,
                  button.style()->subElementRect(QStyle::SE_PushButtonContents, &option, &button).width());
        } else {
            check(QStringLiteral("box"), text, button.sizeHint().width(), button.width());
        }
        cut(button, QStringLiteral("button"), text);
    }

    void lookAt(const QLabel& label) {
        const QString text = label.text();
        if (text.isEmpty()) return;
        const bool rich =
            label.textFormat() == Qt::RichText || (label.textFormat() == Qt::AutoText && Qt::mightBeRichText(text));
        const QRect room = label.contentsRect();
        if (label.wordWrap()) {
            const int needs = label.heightForWidth(label.width());
            if (needs > label.height() + slack)
                lines_ << QStringLiteral("label “%1” needs a height of %2 px, has %3")
                              .arg(text.left(60))
                              .arg(needs)
                              .arg(label.height());
        } else if (!label.toolTip().contains(text) || rich) {
            const QString shown = label.buddy() ? bare(text) : text;
            check(QStringLiteral("label"), text,
                  rich ? label.sizeHint().width() : widthOf(label.fontMetrics(), shown) + 2 * label.margin(),
                  rich ? label.width() : room.width());
            const int lines = static_cast<int>(text.count(QLatin1Char('\n'))) + 1;
            if (!rich && room.height() + slack < label.fontMetrics().ascent() * lines)
                lines_ << QStringLiteral("label “%1” is too low").arg(text.left(60));
        }
        cut(label, QStringLiteral("label"), text);
    }

    void lookAt(const QTabBar& bar) {
        constexpr int padding = 8;
        for (int tab = 0; tab < bar.count(); ++tab) {
            if (!bar.isTabVisible(tab)) continue;
            const QRect place = bar.tabRect(tab);
            check(QStringLiteral("tab"), bar.tabText(tab), widthOf(bar.fontMetrics(), bare(bar.tabText(tab))) + padding,
                  place.width());
            if (place.right() > bar.width() + slack || place.left() < -slack)
                lines_ << QStringLiteral("tab “%1” stands outside of its bar").arg(bar.tabText(tab));
        }
    }

    void lookAt(const QHeaderView& header) {
        if (header.orientation() != Qt::Horizontal || !header.model()) return;
        for (int section = 0; section < header.count(); ++section) {
            if (header.isSectionHidden(section)) continue;
            const auto of = [&](int role) {
                return header.model()->headerData(section, Qt::Horizontal, role).toString();
            };
            if (of(Qt::DisplayRole).isEmpty() || of(Qt::ToolTipRole).contains(of(Qt::DisplayRole))) continue;
            check(QStringLiteral("header"), of(Qt::DisplayRole), header.sectionSizeHint(section),
                  header.sectionSize(section));
        }
    }

    /// What stands at the right is a number: without its end it is another one.
    void lookAt(const QTableView& table) {
        constexpr int padding = 8, mostRows = 40;
        const QAbstractItemModel* model = table.model();
        if (!model) return;
        for (int row = 0; row < std::min(mostRows, model->rowCount()); ++row)
            for (int column = 0; column < model->columnCount(); ++column) {
                const QModelIndex cell = model->index(row, column);
                const QString text = cell.data().toString();
                if (text.isEmpty() || table.isColumnHidden(column) || table.columnSpan(row, column) > 1 ||
                    !(cell.data(Qt::TextAlignmentRole).toInt() & Qt::AlignRight) ||
                    cell.data(Qt::ToolTipRole).toString().contains(text))
                    continue;
                check(QStringLiteral("number"), text, table.fontMetrics().horizontalAdvance(text) + padding,
                      table.columnWidth(column));
            }
    }

    void lookAt(const QComboBox& box) {
        if (box.currentText().isEmpty() || box.toolTip().contains(box.currentText())) return;
        QStyleOptionComboBox option;
        option.initFrom(&box);
        option.editable = box.isEditable();
        const QRect room =
            box.style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, &box);
        check(QStringLiteral("choice"), box.currentText(), widthOf(box.fontMetrics(), box.currentText()), room.width());
        cut(box, QStringLiteral("choice"), box.currentText());
    }

    /// Whether what it stands in shows less of it than there is; what can be scrolled to is not cut.
    void cut(const QWidget& widget, const QString& what, const QString& text) {
        for (const QWidget* around = widget.parentWidget(); around; around = around->parentWidget()) {
            const QRect place(widget.mapTo(around, QPoint()), widget.size());
            const auto* area = qobject_cast<const QAbstractScrollArea*>(around->parentWidget());
            const bool port = area && area->viewport() == around;
            const bool across = !port || area->horizontalScrollBarPolicy() == Qt::ScrollBarAlwaysOff;
            if (across && (place.left() < -slack || place.right() > around->width() + slack))
                return void(lines_ << QStringLiteral("%1 “%2” is cut at the side by %3 px")
                                          .arg(what, text.left(60))
                                          .arg(std::max(-place.left(), place.right() - around->width())));
            if (!port && (place.top() < -slack || place.bottom() > around->height() + slack))
                return void(lines_ << QStringLiteral("%1 “%2” is cut above or below").arg(what, text.left(60)));
            if (port || around->isWindow()) return;
        }
    }

    void lookForOverlaps(const QWidget& root) {
        const auto counts = [](const QWidget* widget) {
            if (!widget->isVisible()) return false;
            if (const auto* label = qobject_cast<const QLabel*>(widget)) return !label->text().isEmpty();
            return qobject_cast<const QAbstractButton*>(widget) || qobject_cast<const QComboBox*>(widget) ||
                   widget->inherits("QLineEdit") || widget->inherits("QAbstractSpinBox");
        };
        QList<const QWidget*> parents{&root};
        for (const QWidget* one : root.findChildren<QWidget*>()) parents << one;
        for (const QWidget* parent : parents) {
            QList<const QWidget*> children;
            // What has no layout places its own parts, one over the other where it means to.
            if (!parent->isVisible() || !parent->layout()) continue;
            for (const QObject* child : parent->children())
                if (const auto* widget = qobject_cast<const QWidget*>(child); widget && counts(widget))
                    children << widget;
            for (int i = 0; i < children.size(); ++i)
                for (int k = i + 1; k < children.size(); ++k) {
                    const QRect shared = children[i]->geometry().intersected(children[k]->geometry());
                    if (shared.width() > slack && shared.height() > slack)
                        lines_ << QStringLiteral("“%1” and “%2” overlap by %3 px")
                                      .arg(nameOf(*children[i]), nameOf(*children[k]))
                                      .arg(shared.width());
                }
        }
    }

    static QString nameOf(const QWidget& widget) {
        const QString text = widget.property("text").toString();
        return !text.isEmpty()                 ? text.left(40)
               : widget.objectName().isEmpty() ? widget.accessibleName()
                                               : widget.objectName();
    }

    QStringList lines_;
};

}  // namespace gw::ui
