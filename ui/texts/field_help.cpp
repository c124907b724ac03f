#include "ui/texts/field_help.h"

#include <QWhatsThis>
#include <cmath>

#include "schema/render.h"
#include "ui/forms/field_editor.h"
#include "ui/texts/text.h"

namespace gw::ui {

namespace {

/// "optimizer.lr" -> "optimizer" and "lr".
std::pair<std::string, std::string> partsOf(const std::string& path) {
    const std::size_t dot = path.find('.');
    return {path.substr(0, dot), dot == std::string::npos ? std::string() : path.substr(dot + 1)};
}

}  // namespace

QString choiceText(const schema::Info& info, const std::string& choice) {
    const std::string title = schema::choice_title(info, choice);
    return title.empty() ? qs(choice) : sheetText(title);
}

const schema::Row* rowAt(const Json& spec, const std::string& path) {
    const auto [section, key] = partsOf(path);
    const Family* family = find_family(section);
    if (!family) return nullptr;
    const Json its = spec.is_object() ? spec.value(section, Json::object()) : Json::object();
    const std::string kind = its.is_object() && its.contains("kind") ? schema::value_text(its["kind"]) : "";
    for (const Sheet* sheet : family->kinds)
        for (const schema::Row& row : sheet->rows)
            if (row.info.key == key && (kind.empty() || sheet->card.answers_to(kind))) return &row;
    return nullptr;
}

QString fieldText(const Json& spec, const std::string& path, bool withSection) {
    const auto [section, key] = partsOf(path);
    const Family* family = find_family(section);
    if (const schema::Row* row = rowAt(spec, path)) {
        const QString name = sheetText(row->info.label);
        return withSection ? QStringLiteral("%1 · %2").arg(sheetText(family->title), name) : name;
    }
    return family && (key.empty() || key == "kind") ? sheetText(family->title) : qs(path);
}

QString settingText(const Json& spec, const std::string& path, const Json& value) {
    if (value.is_null()) return {};
    const std::string text = schema::value_text(value);
    if (const schema::Row* row = rowAt(spec, path))
        return row->type == schema::Type::choice ? choiceText(row->info, text)
               : row->type == schema::Type::boolean
                   ? (value == Json(true) ? FieldEditor::tr("yes") : FieldEditor::tr("no"))
                   : qs(text);
    const auto [section, key] = partsOf(path);
    const Sheet* sheet = key == "kind" ? find_sheet(section, text) : nullptr;
    return sheet ? sheetText(sheet->card.title) : qs(text);
}

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
    text += row(FieldEditor::tr("Default"), editor->text(editor->row().default_value));
    if (std::isfinite(info.min) || std::isfinite(info.max))
        text += row(FieldEditor::tr("Range"),
                    FieldEditor::tr("%1 to %2")
                        .arg(std::isfinite(info.min) ? valueText(info.min, 3) : QStringLiteral("–∞"),
                             std::isfinite(info.max) ? shortCount(info.max) : QStringLiteral("∞")));
    if (!info.unit.empty()) text += row(FieldEditor::tr("Unit"), sheetText(info.unit));
    if (!info.choices.empty()) {
        QStringList choices;
        for (const std::string& choice : schema::choices_of(info)) {
            const QString title = choiceText(info, choice);
            choices << (title == qs(choice) ? title : QStringLiteral("%1 (%2)").arg(title, qs(choice)));
        }
        text += row(FieldEditor::tr("Choices"), choices.join(QStringLiteral(", ")));
    }
    QWhatsThis::showText(widget->mapToGlobal(QPoint(0, widget->height())), text + QStringLiteral("</table>"), widget);
    return true;
}

}  // namespace gw::ui
