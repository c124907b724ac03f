#pragma once
#include <QScrollArea>
#include <QTimer>

#include "ui/forms/section_form.h"

namespace gw::ui {

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
    const schema::Problems& problems() const { return problems_; }
    /// Whether the spec may be launched: no problem but warnings.
    bool sound() const;
    /// The spec with other kinds where those it has do not fit its data; nothing where all fit, or where none would.
    const std::optional<Json>& fitted() const { return fitted_; }
    /// Chooses those kinds.
    void fit();
    /// Checks now instead of a moment later.
    void check();
    /// Brings the field of a problem into view and puts the cursor there.
    void showField(const QString& path);

  Q_SIGNALS:
    void edited();   ///< at each edit
    void checked();  ///< problems() is that of spec() again

  private:
    std::vector<SectionForm*> sections_;
    DataPreview* preview_ = nullptr;  ///< of the dataset, below its section
    Json extra_;                      ///< what stands in the spec beside the sections: its schema version
    schema::Problems problems_;
    std::optional<Json> fitted_;
    QTimer timer_;
};

}  // namespace gw::ui
