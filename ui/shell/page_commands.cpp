#include "ui/shell/page_commands.h"

#include <QAbstractButton>
#include <QCoreApplication>
#include <QKeySequence>
#include <QPointer>
#include <QScrollArea>
#include <QSet>

#include "ui/forms/spec_form.h"
#include "ui/texts/text.h"

namespace gw::ui {

namespace {

template <class W>
W* ancestor(QWidget* widget) {
    for (QWidget* at = widget; at; at = at->parentWidget())
        if (auto* found = qobject_cast<W*>(at)) return found;
    return nullptr;
}

/// "Ctrl+D" of "Set up a new run with these settings (Ctrl+D)".
QString keysOf(const QString& tooltip) {
    const auto open = tooltip.lastIndexOf(QLatin1Char('('));
    if (open < 0 || !tooltip.endsWith(QLatin1Char(')'))) return {};
    const QString words = tooltip.mid(open + 1, tooltip.size() - open - 2);
    const QKeySequence keys = QKeySequence::fromString(words, QKeySequence::PortableText);
    return keys.isEmpty() || keys[0].key() == Qt::Key_unknown ? QString() : words;
}

void jumpTo(FieldEditor* editor) {
    if (auto* whole = ancestor<SpecForm>(editor)) return whole->showField(editor->field()->objectName());
    if (auto* section = ancestor<SectionForm>(editor); section && !editor->isVisibleTo(section)) section->showAll();
    constexpr int around = 80;
    if (auto* area = ancestor<QScrollArea>(editor)) area->ensureWidgetVisible(editor, 0, around);
    editor->field()->setFocus();
}

}  // namespace

std::vector<Command> actionsOf(const QWidget& page, const QString& title) {
    std::vector<Command> out;
    QSet<QString> known;
    for (QAbstractButton* button : page.findChildren<QAbstractButton*>()) {
        const QString look = button->property("look").toString();
        if (!button->isVisible() || !button->isEnabled() || button->text().isEmpty() || look == QLatin1String("link"))
            continue;
        QString text = button->text();
        text.replace(QLatin1String("&&"), QLatin1String("&"));
        text.replace(QLatin1Char('\n'), QStringLiteral(" · "));  // a command has one line
        if (look == QLatin1String("tab")) text = QCoreApplication::translate("Pages", "Show %1").arg(text);
        if (known.contains(text)) continue;
        known << text;
        const QString keys = keysOf(button->toolTip());
        out.push_back({text, keys.isEmpty() ? title : keys, [at = QPointer<QAbstractButton>(button)] {
                           if (at) at->click();
                       }});
    }
    return out;
}

std::vector<Command> fieldsOf(const QWidget& page) {
    std::vector<Command> out;
    for (FieldEditor* editor : page.findChildren<FieldEditor*>()) {
        auto* section = ancestor<SectionForm>(editor);
        // Those for experts are hidden in a form that is shown; a form on another tab is not.
        if (section ? !section->isVisibleTo(&page) : !editor->isVisibleTo(&page)) continue;
        QString text = sheetText(editor->row().info.label);
        if (section) text += QStringLiteral(" · ") + sheetText(section->family().title);
        out.push_back({text, editor->field()->objectName(), [at = QPointer<FieldEditor>(editor)] {
                           if (at) jumpTo(at);
                       }});
    }
    return out;
}

}  // namespace gw::ui
