#include "ui/field_help.h"

#include <QWhatsThis>
#include <cmath>

#include "schema/render.h"
#include "ui/forms/field_editor.h"
#include "ui/text.h"

namespace gw::ui {

bool showFieldHelp(QWidget* widget) {
    FieldEditor* editor = nullptr;
    for (QWidget* at = widget; at && !editor; at = at->parentWidget()) editor = qobject_cast<FieldEditor*>(at);
    if (!editor) return false;
    const schema::Info& info = editor->row().info;
    auto row = [](const QString& name, const QString& value) {
        return QStringLiteral("<tr><td>%1&nbsp;&nbsp;</td><td><b>%2</b></td></tr>").arg(name, value.toHtmlEscaped());
    };
    QString text = QStringLiteral("<b>%1</b><p>%2</p><table>")
                       .arg(sheetText(info.label).toHtmlEscaped(), sheetText(info.help).toHtmlEscaped());
    text += row(FieldEditor::tr("Name in files and commands"), editor->field()->objectName());
    text += row(FieldEditor::tr("Default"), qs(schema::value_text(editor->row().default_value)));
    if (std::isfinite(info.min) || std::isfinite(info.max))
        text += row(FieldEditor::tr("Range"),
                    FieldEditor::tr("%1 to %2")
                        .arg(std::isfinite(info.min) ? valueText(info.min, 3) : QStringLiteral("–∞"),
                             std::isfinite(info.max) ? shortCount(info.max) : QStringLiteral("∞")));
    if (!info.unit.empty()) text += row(FieldEditor::tr("Unit"), sheetText(info.unit));
    if (!info.choices.empty()) {
        QStringList choices;
        for (const std::string& choice : schema::choices_of(info)) choices << qs(choice);
        text += row(FieldEditor::tr("Choices"), choices.join(QStringLiteral(", ")));
    }
    QWhatsThis::showText(widget->mapToGlobal(QPoint(0, widget->height())), text + QStringLiteral("</table>"), widget);
    return true;
}

}  // namespace gw::ui
