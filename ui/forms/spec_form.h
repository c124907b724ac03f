#pragma once
#include <QScrollArea>
#include <QTimer>

#include "ui/forms/section_form.h"

namespace gw::ui {

class BatchLink;
class DataPreview;

/// A whole spec as a form, made from the sheets of all families; checked a moment after each edit.
class SpecForm : public QScrollArea {
    Q_OBJECT
  public:
    explicit SpecForm(QWidget* parent = nullptr);
    void setSpec(const Json& spec);
    Json spec() const;
    /// Fields that hold several values, such as a learning rate of "1e-4, 3e-4".
    std::vector<std::pair<std::string, std::vector<std::string>>> lists() const;
    /// What stands in those fields letter for letter, by their paths, and the way to put it there again: a spec holds
    /// the first value alone.
    std::map<std::string, QString> written() const;
    void write(const std::map<std::string, QString>& texts);
    /// The field at a path of the spec; null where its section has none.
    FieldEditor* editor(const std::string& path) const;
    void setBatch(std::int64_t microBatch, std::int64_t accumulation);
    const schema::Problems& problems() const { return problems_; }
    /// Whether a problem is no more than a field that is still to be filled in.
    bool isWish(const schema::Problem& problem) const;
    /// Whether the spec may be launched: no problem but warnings.
    bool sound() const;
    /// Why the data cannot be read, as far as it was looked at; empty otherwise. checked() tells of a change.
    QString unreadable() const;
    /// The spec with other kinds where those it has do not fit its data; nothing where all fit, or where none would.
    /// Found in the background: checked() tells.
    const std::optional<Json>& fitted() const { return fitted_; }
    /// Chooses those kinds.
    void fit();
    /// Checks now instead of a moment later.
    void check();
    /// Brings the field of a problem into view and puts the cursor there.
    void showField(const QString& path);

  Q_SIGNALS:
    void edited();   ///< at each edit
    void checked();  ///< problems() is that of spec() again, or fitted() is
    void checkpointWanted(gw::ui::FieldEditor* editor);

  private:
    void askWhatFits(const Json& now);
    void hearOfData();
    std::vector<SectionForm*> sections_;
    BatchLink* link_ = nullptr;
    DataPreview* preview_ = nullptr;  ///< of the dataset, below its section
    Json extra_;                      ///< what stands in the spec beside the sections: its schema version
    schema::Problems problems_;
    std::vector<std::string> offered_;  ///< by the dataset at the last check
    std::optional<Json> fitted_;
    std::set<std::string> fitting_;  ///< datasets that the rest can be fitted to
    Json asked_;                     ///< the spec that the last two are, or will be, found for
    bool asking_ = false;
    QTimer timer_;
};

}  // namespace gw::ui
