#pragma once
#include <QComboBox>
#include <QPushButton>
#include <QVBoxLayout>
#include <map>
#include <set>
#include <vector>

#include "spec/run_spec.h"
#include "ui/forms/field_editor.h"

namespace gw::ui {

/// One section of a spec: its heading, the kind where there is a choice, and the fields of that kind's sheet.
class SectionForm : public QWidget {
    Q_OBJECT
  public:
    explicit SectionForm(const Family& family, QWidget* parent = nullptr);
    const Family& family() const { return family_; }
    /// Shows `section` of a spec; makes the fields anew when its kind has changed.
    void setSection(const Json& section);
    Json section() const { return section_; }
    /// Greys out kinds that cannot be combined with the rest of `spec` and says why. Those of `fitting` stay to be
    /// chosen: the rest can be fitted to them.
    void showCompatibility(const Json& spec, const std::set<std::string>& fitting = {});
    /// Problems whose path lies in this section go below their fields; returns false when a field was not found.
    void setProblems(const schema::Problems& problems);
    /// As if a person had chosen it: settings that it had before are there again.
    void setKind(const std::string& kind);
    FieldEditor* editor(const std::string& key) const;
    /// The settings for experts too.
    void showAll();
    /// Fields that hold several values: path and values.
    std::vector<std::pair<std::string, std::vector<std::string>>> lists() const;

  Q_SIGNALS:
    void edited();
    void checkpointWanted(gw::ui::FieldEditor* editor);

  private:
    void makeFields(const Sheet& sheet);
    void chooseKind(int index);
    void showFields();
    const Family& family_;
    Json section_;
    std::map<std::string, Json> remembered_;  ///< settings by kind, so that trying another kind loses nothing
    QComboBox* kinds_ = nullptr;
    QLabel *summary_ = nullptr, *kindProblem_ = nullptr;
    QVBoxLayout* fields_;
    QPushButton* more_;
    std::vector<FieldEditor*> editors_;
    bool setting_ = false, showAll_ = false;
};

}  // namespace gw::ui
