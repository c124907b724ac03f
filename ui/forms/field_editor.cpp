#include "ui/forms/field_editor.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QGridLayout>
#include <QLineEdit>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QStyle>
#include <QUrl>
#include <cmath>
#include <functional>

#include "schema/render.h"
#include "ui/page.h"
#include "ui/shell/theme.h"
#include "ui/texts/field_help.h"
#include "ui/texts/text.h"

namespace gw::ui {

namespace {

constexpr int numberWidth = 120, choiceWidth = 200, textWidth = 340;

/// Takes files and folders that are dropped on a field.
template <class Base>
class DropField : public Base {
  public:
    using Base::Base;
    std::function<void(const QStringList&)> dropped;

  protected:
    void dragEnterEvent(QDragEnterEvent* event) override {
        if (event->mimeData()->hasUrls())
            event->acceptProposedAction();
        else
            Base::dragEnterEvent(event);
    }
    void dragMoveEvent(QDragMoveEvent* event) override {
        if (event->mimeData()->hasUrls())
            event->acceptProposedAction();
        else
            Base::dragMoveEvent(event);
    }
    void dropEvent(QDropEvent* event) override {
        if (!event->mimeData()->hasUrls()) return Base::dropEvent(event);
        QStringList paths;
        for (const QUrl& url : event->mimeData()->urls())
            if (url.isLocalFile()) paths << url.toLocalFile();
        if (!paths.isEmpty()) dropped(paths);
        event->acceptProposedAction();
    }
};

class BooleanEditor final : public FieldEditor {
  public:
    BooleanEditor(const schema::Row& row, const QString& path, QWidget* parent) : FieldEditor(row, parent) {
        box_ = new QCheckBox;
        connect(box_, &QCheckBox::toggled, this, [this] { noteEdit(); });
        place(box_, path, numberWidth);
    }
    Json value() const override { return box_->isChecked(); }

  protected:
    void put(const Json& value) override { box_->setChecked(value.is_boolean() && value.get<bool>()); }

  private:
    QCheckBox* box_;
};

class ChoiceEditor final : public FieldEditor {
  public:
    ChoiceEditor(const schema::Row& row, const QString& path, QWidget* parent) : FieldEditor(row, parent) {
        box_ = new QComboBox;
        for (const std::string& choice : schema::choices_of(row.info)) {
            box_->addItem(choiceText(row.info, choice), qs(choice));
            box_->setItemData(box_->count() - 1, qs(choice), Qt::ToolTipRole);  // as it stands in files
        }
        connect(box_, &QComboBox::currentIndexChanged, this, [this] { noteEdit(); });
        place(box_, path, choiceWidth);
    }
    Json value() const override { return ss(box_->currentData().toString()); }
    QString text(const Json& value) const override {
        return value.is_string() ? choiceText(row().info, value.get<std::string>()) : FieldEditor::text(value);
    }

  protected:
    void put(const Json& value) override { box_->setCurrentIndex(box_->findData(qs(schema::value_text(value)))); }

  private:
    QComboBox* box_;
};

/// Numbers are written as people write them (3e-4), so this is no spin box, which would round them.
class NumberEditor final : public FieldEditor {
  public:
    NumberEditor(const schema::Row& row, const QString& path, QWidget* parent) : FieldEditor(row, parent) {
        line_ = new QLineEdit;
        line_->setAlignment(Qt::AlignRight);
        line_->setFont(Theme::numberFont());
        connect(line_, &QLineEdit::textChanged, this, [this] { noteEdit(); });
        place(line_, path, numberWidth, row.info.unit.empty() ? nullptr : label(sheetText(row.info.unit), "muted"));
    }
    QStringList list() const override {
        // A comma alone may be a decimal or a thousands comma: only with a blank behind it, or as a semicolon, it
        // separates.
        static const QRegularExpression separator(QStringLiteral(",\\s+|;\\s*"));
        QStringList parts = line_->text().trimmed().split(separator, Qt::SkipEmptyParts);
        if (parts.size() < 2) return {};
        for (const QString& part : parts) {
            bool ok = false;
            part.trimmed().toDouble(&ok);
            if (!ok) return {};
        }
        return parts;
    }
    QString written() const override { return line_->text(); }
    void write(const QString& text) override { line_->setText(text); }
    Json value() const override {
        const QStringList several = list();
        QString text = several.isEmpty() ? line_->text() : several.front();
        for (const char16_t separator : {u' ', u'\u2009', u'\u00a0'}) text.remove(QChar(separator));
        // 1,000,000 is a million, but 0,5 must not become 5: it stays as it is and the check refuses it.
        static const QRegularExpression grouped(QStringLiteral("^-?[1-9]\\d{0,2}(,\\d{3})+(\\.\\d+)?$"));
        if (grouped.match(text).hasMatch()) text.remove(QLatin1Char(','));
        bool ok = false;
        const qlonglong whole = text.toLongLong(&ok);
        if (ok)
            return row().type == schema::Type::number ? Json(static_cast<double>(whole))
                                                      : Json(static_cast<std::int64_t>(whole));
        const double x = text.toDouble(&ok);
        if (!ok) return ss(line_->text());  // the check says what is expected instead
        constexpr double exact = 9e15;
        if (row().type == schema::Type::integer && x == std::floor(x) && std::abs(x) < exact)
            return static_cast<std::int64_t>(x);
        return x;
    }

  protected:
    void put(const Json& value) override {
        line_->setText(value.is_number_integer() ? QString::number(value.get<qlonglong>())
                       : value.is_number()       ? QString::number(value.get<double>(), 'g', 12)
                                                 : qs(schema::value_text(value)));
    }

  private:
    QLineEdit* line_;
};

class TextEditor final : public FieldEditor {
  public:
    TextEditor(const schema::Row& row, const QString& path, QWidget* parent) : FieldEditor(row, parent) {
        line_ = new DropField<QLineEdit>;
        line_->dropped = [this](const QStringList& paths) { line_->setText(paths.front()); };
        connect(line_, &QLineEdit::textChanged, this, [this] { noteEdit(); });
        QPushButton* browse = nullptr;
        if (schema::is_path(row.info.holds)) {
            browse = new QPushButton(FieldEditor::tr("Browse…"));
            browse->setObjectName(path + QStringLiteral(".browse"));
            connect(browse, &QPushButton::clicked, this, [this] {
                if (this->row().info.holds == schema::Holds::checkpoint) return Q_EMIT checkpointWanted(this);
                if (const QString file = QFileDialog::getOpenFileName(this, {}, line_->text()); !file.isEmpty())
                    line_->setText(file);
            });
        }
        place(line_, path, browse ? textWidth - 100 : choiceWidth, browse);
    }
    Json value() const override { return ss(line_->text()); }
    QString written() const override { return line_->text(); }
    void write(const QString& text) override { line_->setText(text); }

  protected:
    void put(const Json& value) override { line_->setText(qs(schema::value_text(value))); }

  private:
    DropField<QLineEdit>* line_;
};

class ListEditor final : public FieldEditor {
  public:
    ListEditor(const schema::Row& row, const QString& path, QWidget* parent) : FieldEditor(row, parent) {
        edit_ = new DropField<QPlainTextEdit>;
        edit_->setFixedHeight(72);
        edit_->setTabChangesFocus(true);
        edit_->setLineWrapMode(QPlainTextEdit::NoWrap);
        edit_->dropped = [this](const QStringList& paths) { add(paths); };
        connect(edit_, &QPlainTextEdit::textChanged, this, [this] { noteEdit(); });
        QWidget* buttons = nullptr;
        if (row.info.holds == schema::Holds::paths) {
            edit_->setPlaceholderText(FieldEditor::tr("Drop files or folders here"));
            buttons = new QWidget;
            auto* column = new QVBoxLayout(buttons);
            column->setContentsMargins(0, 0, 0, 0);
            column->setSpacing(4);
            auto* files = new QPushButton(FieldEditor::tr("Add files…"));
            auto* folder = new QPushButton(FieldEditor::tr("Add folder…"));
            column->addWidget(files);
            column->addWidget(folder);
            column->addStretch(1);
            connect(files, &QPushButton::clicked, this, [this] { add(QFileDialog::getOpenFileNames(this)); });
            connect(folder, &QPushButton::clicked, this, [this] {
                if (const QString chosen = QFileDialog::getExistingDirectory(this); !chosen.isEmpty()) add({chosen});
            });
        }
        place(edit_, path, textWidth, buttons);
    }
    Json value() const override {
        Json out = Json::array();
        for (const QString& line : edit_->toPlainText().split(QLatin1Char('\n')))
            if (!line.trimmed().isEmpty())
                out.push_back(ss(row().info.holds == schema::Holds::lines ? line : line.trimmed()));
        return out;
    }

  protected:
    void put(const Json& value) override {
        QStringList lines;
        if (value.is_array())
            for (const Json& one : value) lines << qs(schema::value_text(one));
        edit_->setPlainText(lines.join(QLatin1Char('\n')));
    }

  private:
    void add(const QStringList& paths) {
        if (paths.isEmpty()) return;
        QString text = edit_->toPlainText().trimmed();
        for (const QString& path : paths) text += (text.isEmpty() ? QString() : QStringLiteral("\n")) + path;
        edit_->setPlainText(text);
    }
    DropField<QPlainTextEdit>* edit_;
};

}  // namespace

FieldEditor* FieldEditor::make(const schema::Row& row, const QString& path, QWidget* parent) {
    switch (row.type) {
        case schema::Type::boolean:
            return new BooleanEditor(row, path, parent);
        case schema::Type::choice:
            return new ChoiceEditor(row, path, parent);
        case schema::Type::integer:
        case schema::Type::number:
            return new NumberEditor(row, path, parent);
        case schema::Type::text:
            return new TextEditor(row, path, parent);
        case schema::Type::list:
            return new ListEditor(row, path, parent);
    }
    return nullptr;
}

FieldEditor::FieldEditor(schema::Row row, QWidget* parent) : QWidget(parent), row_(std::move(row)) {}

void FieldEditor::place(QWidget* field, const QString& path, int width, QWidget* extra) {
    field_ = field;
    field->setObjectName(path);
    field->setMaximumWidth(width);
    field->setMinimumWidth(std::min(width, choiceWidth));
    const QString range = qs(schema::range_text(row_)), help = sheetText(row_.info.help);
    field->setToolTip(range.isEmpty() || row_.type == schema::Type::choice
                          ? help
                          : help + QStringLiteral("\n") + tr("Accepts %1.").arg(range));
    field->setAccessibleName(sheetText(row_.info.label));

    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(2);
    auto* name = label(sheetText(row_.info.label));
    name->setFixedWidth(labelWidth);
    name->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    name->setWordWrap(true);
    name->setBuddy(field);
    name->setMinimumHeight(30);
    const bool tall = row_.type == schema::Type::list;
    auto* middle = new QHBoxLayout;
    middle->setSpacing(12);
    auto* cell = new QWidget;
    cell->setMinimumWidth(cellWidth);
    auto* inside = new QHBoxLayout(cell);
    inside->setContentsMargins(0, 0, 0, 0);
    inside->setSpacing(8);
    inside->addWidget(field, tall ? 100 : 0);
    if (extra) inside->addWidget(extra, 0, tall ? Qt::AlignTop : Qt::AlignVCenter);
    reset_ = new QToolButton;
    reset_->setIcon(Theme::icon(QStringLiteral("reset")));
    setDefault(row_.default_value);
    reset_->setAccessibleName(tr("Back to the default"));
    QSizePolicy keepsRoom = reset_->sizePolicy();
    keepsRoom.setRetainSizeWhenHidden(true);
    reset_->setSizePolicy(keepsRoom);
    connect(reset_, &QToolButton::clicked, this, [this] {
        put(row_.default_value);
        noteEdit();
    });
    connect(&Theme::instance(), &Theme::changed, this,
            [this] { reset_->setIcon(Theme::icon(QStringLiteral("reset"))); });
    inside->addWidget(reset_, 0, tall ? Qt::AlignTop : Qt::AlignVCenter);
    inside->addStretch(1);
    inside_ = inside;
    middle->addWidget(cell, tall ? 1 : 0, Qt::AlignTop);
    auto* words = label(help, "muted");
    words->setWordWrap(true);
    // Beside the field, its first line on the height of the field's text; below a field that is wide itself.
    words->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    words->setContentsMargins(0, tall ? 0 : 7, 0, 0);
    if (!tall) middle->addWidget(words, 1);
    problem_ = label({}, "problem");
    problem_->setWordWrap(true);
    problem_->hide();
    grid->addWidget(name, 0, 0, Qt::AlignTop);
    grid->addLayout(middle, 0, 1);
    if (tall) grid->addWidget(words, 1, 1);
    grid->addWidget(problem_, 2, 1);
    grid->setColumnStretch(1, 1);
}

void FieldEditor::setDefault(const Json& value) {
    row_.default_value = value;
    reset_->setToolTip(tr("Back to the default: %1").arg(text(value)));
    if (field_) reset_->setVisible(!isDefault());
}

QString FieldEditor::text(const Json& value) const {
    const QString text = value.is_null() ? QString() : qs(schema::value_text(value));
    return text.isEmpty() ? tr("empty") : text;
}

QString FieldEditor::written() const {
    return qs(schema::value_text(value()));
}

void FieldEditor::write(const QString& text) {
    put(ss(text));
}

void FieldEditor::change(const Json& value) {
    put(value);
    noteEdit();
}

void FieldEditor::addBeside(QWidget* widget) {
    inside_->insertWidget(inside_->count() - 1, widget);
}

void FieldEditor::setValue(const Json& value) {
    setting_ = true;
    put(value);
    setting_ = false;
    reset_->setVisible(!isDefault());
}

void FieldEditor::noteEdit() {
    if (setting_) return;
    reset_->setVisible(!isDefault());
    Q_EMIT edited();
}

void FieldEditor::setProblem(const QString& text, bool warning) {
    tell(text, warning ? "warning" : "problem");
}

void FieldEditor::setWish(const QString& text) {
    tell(text, "muted");
}

bool FieldEditor::isUnfilled() const {
    const Json now = value();
    return isDefault() && (now == Json("") || now == Json::array());
}

void FieldEditor::tell(const QString& text, const char* look) {
    const bool wrong = !text.isEmpty() && QLatin1String(look) == QLatin1String("problem");
    problem_->setText(text);
    problem_->setVisible(!text.isEmpty());
    if (problem_->property("look").toString() !=
        QLatin1String(look)) {  // looks are read anew from the whole style sheet
        problem_->setProperty("look", QLatin1String(look));
        problem_->style()->unpolish(problem_);
        problem_->style()->polish(problem_);
    }
    if (field_->property("wrong").toBool() == wrong) return;
    field_->setProperty("wrong", wrong);
    field_->style()->unpolish(field_);
    field_->style()->polish(field_);
}

}  // namespace gw::ui
