#include "ui/forms/section_form.h"

#include <QStandardItemModel>

#include "schema/render.h"
#include "ui/page.h"
#include "ui/texts/message_text.h"
#include "ui/texts/text.h"
#include "util/text.h"

namespace gw::ui {

namespace {

/// Whether "key=value|value" holds for the values of a section.
bool holds(std::string_view condition, const Json& section) {
    const std::size_t equals = condition.find('=');
    if (condition.empty() || equals == std::string_view::npos) return true;
    const auto it = section.find(std::string(condition.substr(0, equals)));
    const std::string value = it == section.end() ? "" : schema::value_text(*it);
    for (const std::string& wanted : split(condition.substr(equals + 1), '|'))
        if (value == wanted) return true;
    return value.empty() && condition.substr(equals + 1).empty();
}

}  // namespace

SectionForm::SectionForm(const Family& family, QWidget* parent) : QWidget(parent), family_(family) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    auto* heading = new QHBoxLayout;
    heading->setSpacing(12);
    heading->addWidget(label(sheetText(family.title), "section"));
    auto* help = label(sheetText(family.help), "muted");
    heading->addWidget(help, 1, Qt::AlignBottom);
    column->addLayout(heading);
    column->addSpacing(2);
    if (!family.single) {
        kinds_ = new QComboBox;
        kinds_->setObjectName(qs(family.id) + QStringLiteral(".kind"));
        kinds_->setFixedWidth(220);
        kinds_->setAccessibleName(sheetText(family.title));
        for (const Sheet* sheet : family.kinds) kinds_->addItem(sheetText(sheet->card.title), qs(sheet->card.id));
        auto* row = new QHBoxLayout;
        row->setSpacing(12);
        auto* name = label(tr("Kind"));
        name->setFixedWidth(FieldEditor::labelWidth);
        name->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        name->setBuddy(kinds_);
        summary_ = label({}, "muted");
        summary_->setWordWrap(true);
        summary_->setAlignment(Qt::AlignLeft | Qt::AlignTop);
        summary_->setContentsMargins(0, 7, 0, 0);
        name->setFixedHeight(30);
        row->addWidget(name, 0, Qt::AlignTop);
        row->addWidget(kinds_, 0, Qt::AlignTop);
        row->addSpacing(FieldEditor::cellWidth - kinds_->width());
        row->addWidget(summary_, 1);
        column->addLayout(row);
        kindProblem_ = label({}, "problem");
        kindProblem_->setWordWrap(true);
        kindProblem_->setContentsMargins(FieldEditor::labelWidth + 12, 0, 0, 0);
        kindProblem_->hide();
        column->addWidget(kindProblem_);
        connect(kinds_, &QComboBox::currentIndexChanged, this, &SectionForm::chooseKind);
    }
    fields_ = new QVBoxLayout;
    fields_->setSpacing(6);
    column->addLayout(fields_);
    more_ = new QPushButton;
    more_->setProperty("look", QStringLiteral("link"));
    more_->setCursor(Qt::PointingHandCursor);
    auto* moreRow = new QHBoxLayout;
    moreRow->addSpacing(FieldEditor::labelWidth + 8);
    moreRow->addWidget(more_);
    moreRow->addStretch(1);
    column->addLayout(moreRow);
    connect(more_, &QPushButton::clicked, this, [this] {
        showAll_ = !showAll_;
        showFields();
    });
}

void SectionForm::setSection(const Json& section) {
    setting_ = true;
    const std::string kind = family_.single ? "" : section.value("kind", ""), before = family_.single ? ""
                                                                                       : section_.is_object()
                                                                                           ? section_.value("kind", "")
                                                                                           : "";
    const Sheet* sheet = family_.single ? family_.kinds.front() : find_sheet(family_.id, kind);
    section_ = section;
    if (kinds_) kinds_->setCurrentIndex(kinds_->findData(qs(kind)));
    if (sheet && (editors_.empty() || kind != before)) makeFields(*sheet);
    for (FieldEditor* editor : editors_)
        if (const auto it = section.find(std::string(editor->row().info.key)); it != section.end())
            editor->setValue(*it);
    setting_ = false;
    showFields();
}

void SectionForm::makeFields(const Sheet& sheet) {
    for (FieldEditor* editor : editors_) {
        fields_->removeWidget(editor);
        editor->deleteLater();
    }
    editors_.clear();
    if (summary_) summary_->setText(sheetText(sheet.card.summary));
    for (const schema::Row& row : sheet.rows) {
        auto* editor = FieldEditor::make(row, qs(family_.id) + QLatin1Char('.') + qs(row.info.key), this);
        connect(editor, &FieldEditor::edited, this, [this, editor] {
            section_[std::string(editor->row().info.key)] = editor->value();
            showFields();
            Q_EMIT edited();
        });
        connect(editor, &FieldEditor::checkpointWanted, this, &SectionForm::checkpointWanted);
        fields_->addWidget(editor);
        editors_.push_back(editor);
    }
}

void SectionForm::chooseKind(int index) {
    if (setting_ || index < 0) return;
    remembered_[section_.value("kind", "")] = section_;
    const std::string kind = ss(kinds_->itemData(index).toString());
    const auto known = remembered_.find(kind);
    Json fresh = known != remembered_.end() ? known->second : find_sheet(family_.id, kind)->complete(Json::object());
    fresh["kind"] = kind;
    setSection(fresh);
    Q_EMIT edited();
}

void SectionForm::setKind(const std::string& kind) {
    if (kinds_) kinds_->setCurrentIndex(kinds_->findData(qs(kind)));
}

void SectionForm::showAll() {
    showAll_ = true;
    showFields();
}

void SectionForm::showFields() {
    int hidden = 0;
    for (FieldEditor* editor : editors_) {
        const bool means = holds(editor->row().info.shown_when, section_);
        const bool expert = editor->row().info.audience == schema::Audience::expert && editor->isDefault();
        hidden += means && editor->row().info.audience == schema::Audience::expert;
        editor->setVisible(means && (!expert || showAll_));
    }
    more_->setVisible(hidden > 0);
    more_->setText(showAll_ ? tr("Fewer settings") : plural(hidden, tr("1 more setting"), tr("%1 more settings")));
}

void SectionForm::showCompatibility(const Json& spec, const std::set<std::string>& fitting) {
    if (!kinds_) return;
    auto* items = qobject_cast<QStandardItemModel*>(kinds_->model());
    for (int i = 0; i < kinds_->count(); ++i) {
        const std::string kind = ss(kinds_->itemData(i).toString());
        const QString reason = i == kinds_->currentIndex() ? QString() : messageText(why_not(spec, family_.id, kind));
        items->item(i)->setEnabled(reason.isEmpty() || fitting.contains(kind));
        items->item(i)->setToolTip(
            reason.isEmpty() ? sheetText(family_.kinds[static_cast<std::size_t>(i)]->card.summary) : reason);
    }
}

void SectionForm::setProblems(const schema::Problems& problems) {
    auto find = [&](const std::string& path) -> const schema::Problem* {
        for (const schema::Problem& problem : problems)
            if (problem.path == path) return &problem;
        return nullptr;
    };
    for (FieldEditor* editor : editors_) {
        const schema::Problem* problem = find(family_.id + "." + std::string(editor->row().info.key));
        if (problem && !problem->warning && editor->isUnfilled())
            editor->setWish(tr("Still to be filled in: %1").arg(messageText(problem->message)));
        else
            editor->setProblem(problem ? messageText(problem->message) : QString(), problem && problem->warning);
        if (problem && !editor->isVisibleTo(this)) editor->setVisible(true);
    }
    if (!kindProblem_) return;
    const schema::Problem* problem = find(family_.id + ".kind");
    if (!problem) problem = find(family_.id);
    kindProblem_->setText(problem ? messageText(problem->message) : QString());
    kindProblem_->setVisible(problem != nullptr);
}

std::vector<std::pair<std::string, std::vector<std::string>>> SectionForm::lists() const {
    std::vector<std::pair<std::string, std::vector<std::string>>> out;
    for (const FieldEditor* editor : editors_) {
        std::vector<std::string> values;
        for (const QString& value : editor->list()) values.push_back(ss(value.trimmed()));
        if (!values.empty()) out.emplace_back(family_.id + "." + std::string(editor->row().info.key), values);
    }
    return out;
}

FieldEditor* SectionForm::editor(const std::string& key) const {
    for (FieldEditor* editor : editors_)
        if (editor->row().info.key == key) return editor;
    return nullptr;
}

}  // namespace gw::ui
