#include "ui/forms/spec_form.h"

#include <algorithm>

#include "spec/fit_spec.h"
#include "ui/forms/data_preview.h"
#include "ui/page.h"
#include "ui/text.h"

namespace gw::ui {

namespace {
constexpr int checkDelay = 250;  // ms after the last edit
}

SpecForm::SpecForm(QWidget* parent) : QScrollArea(parent) {
    auto* inner = new QWidget;
    inner->setObjectName(QStringLiteral("scrolled"));
    auto* column = new QVBoxLayout(inner);
    column->setContentsMargins(0, 0, 16, 24);
    column->setSpacing(24);
    for (const Family& family : families()) {
        auto* section = new SectionForm(family);
        column->addWidget(section);
        sections_.push_back(section);
        if (family.id == "dataset") column->addWidget(preview_ = new DataPreview);
        connect(section, &SectionForm::edited, this, [this] {
            timer_.start();
            Q_EMIT edited();
        });
    }
    column->addStretch(1);
    setWidget(inner);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFrameShape(QFrame::NoFrame);
    timer_.setSingleShot(true);
    timer_.setInterval(checkDelay);
    connect(&timer_, &QTimer::timeout, this, &SpecForm::check);
}

void SpecForm::setSpec(const Json& spec) {
    extra_ = {{"schema", spec.value("schema", spec_schema)}};
    for (SectionForm* section : sections_) section->setSection(spec.at(section->family().id));
    check();
}

Json SpecForm::spec() const {
    Json out = extra_;
    for (const SectionForm* section : sections_) out[section->family().id] = section->section();
    return out;
}

std::vector<std::pair<std::string, std::vector<std::string>>> SpecForm::lists() const {
    std::vector<std::pair<std::string, std::vector<std::string>>> out;
    for (const SectionForm* section : sections_)
        for (auto& one : section->lists()) out.push_back(std::move(one));
    return out;
}

bool SpecForm::sound() const {
    return std::all_of(problems_.begin(), problems_.end(),
                       [](const schema::Problem& problem) { return problem.warning; });
}

void SpecForm::check() {
    timer_.stop();
    const Json now = spec();
    problems_ = check_spec(now);
    fitted_ = fitted_spec(now);
    for (SectionForm* section : sections_) {
        section->setProblems(problems_);
        section->showCompatibility(now);
    }
    const bool readable = std::none_of(problems_.begin(), problems_.end(), [](const schema::Problem& problem) {
        return !problem.warning && problem.path.starts_with("dataset");
    });
    preview_->setSection(readable ? now.at("dataset") : Json());
    Q_EMIT checked();
}

void SpecForm::fit() {
    if (!fitted_) return;
    const Json wanted = *fitted_, now = spec();
    std::vector<SectionForm*> changed;
    for (SectionForm* section : sections_) {
        const std::string& id = section->family().id;
        if (section->family().single || wanted.at(id) == now.at(id)) continue;
        section->setKind(wanted.at(id).value("kind", ""));
        changed.push_back(section);
    }
    check();
    if (!fitted_) return;
    // What a kind was set to when it was chosen before does not fit either: its defaults do.
    for (SectionForm* section : changed) section->setSection(wanted.at(section->family().id));
    check();
}

void SpecForm::showField(const QString& path) {
    const std::string text = ss(path), family = text.substr(0, text.find('.'));
    for (SectionForm* section : sections_) {
        if (section->family().id != family) continue;
        FieldEditor* editor =
            text.find('.') == std::string::npos ? nullptr : section->editor(text.substr(text.find('.') + 1));
        if (editor && !editor->isVisibleTo(section)) section->showAll();
        ensureWidgetVisible(editor ? static_cast<QWidget*>(editor) : section, 0, 80);
        if (editor) editor->field()->setFocus();
    }
}

}  // namespace gw::ui
