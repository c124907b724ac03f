#pragma once
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QWidget>

#include "schema/field.h"

namespace gw::ui {

/// One setting: label, field, help, a button back to the default, and what is wrong with it. What field it is follows
/// from the row alone.
class FieldEditor : public QWidget {
    Q_OBJECT
  public:
    /// The right edge of all labels of a form, in pixels.
    static constexpr int labelWidth = 150;
    /// Room for a field with its unit and its way back to the default, so that all help texts begin at one edge.
    static constexpr int cellWidth = 276;

    /// `path` ("backbone.width") becomes the object name of the field itself.
    static FieldEditor* make(const schema::Row& row, const QString& path, QWidget* parent = nullptr);

    virtual Json value() const = 0;
    /// Several values, as typed, where the field holds a list such as "1e-4, 3e-4": each makes a run of its own;
    /// value() is the first.
    virtual QStringList list() const { return {}; }
    void setValue(const Json& value);
    /// What the way back to the default leads to, where another value than the sheet's is usual.
    void setDefault(const Json& value);
    /// As if a person had set it.
    void change(const Json& value);
    /// What stands in the field letter for letter, such as a list of rates, and the way to put it there again.
    virtual QString written() const;
    virtual void write(const QString& text);
    /// A value of this setting for people: the title of a choice, and a word for nothing.
    virtual QString text(const Json& value) const;
    /// A small widget at the right of the field.
    void addBeside(QWidget* widget);
    void setProblem(const QString& text, bool warning);
    /// What is still to be filled in: said calmly, for nobody has done anything wrong.
    void setWish(const QString& text);
    /// Whether nothing stands in a field that is empty until somebody fills it in.
    bool isUnfilled() const;
    const schema::Row& row() const { return row_; }
    QWidget* field() const { return field_; }
    bool isDefault() const { return value() == row_.default_value; }

  Q_SIGNALS:
    void edited();
    /// A checkpoint is to be chosen for this field, by whoever knows the history.
    void checkpointWanted(gw::ui::FieldEditor* editor);

  protected:
    FieldEditor(schema::Row row, QWidget* parent);
    /// Puts the field into the form; `extra` (a browse button) beside it, `width` in pixels, 0 = as wide as there is
    /// room.
    void place(QWidget* field, const QString& path, int width, QWidget* extra = nullptr);
    virtual void put(const Json& value) = 0;
    void noteEdit();

  private:
    void tell(const QString& text, const char* look);
    schema::Row row_;
    QWidget* field_ = nullptr;
    QToolButton* reset_ = nullptr;
    QLabel* problem_ = nullptr;
    QHBoxLayout* inside_ = nullptr;
    bool setting_ = false;
};

}  // namespace gw::ui
