#include "ui/forms/spec_form.h"

#include <algorithm>

#include "spec/fit_spec.h"
#include "ui/background.h"
#include "ui/forms/batch_link.h"
#include "ui/forms/data_preview.h"
#include "ui/page.h"
#include "ui/texts/text.h"

namespace gw::ui {

namespace {
constexpr int checkDelay = 250;  // ms after the last edit

std::vector<std::string> offersOf(const Json& dataset) {
    const Sheet* sheet = find_sheet("dataset", dataset.value("kind", ""));
    return sheet ? sheet->offers(dataset) : std::vector<std::string>();
}

}  // namespace

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
        if (family.id == "dataset") {
            column->addWidget(preview_ = new DataPreview);
            connect(preview_, &DataPreview::looked, this, &SpecForm::hearOfData);
        }
        connect(section, &SectionForm::checkpointWanted, this, &SpecForm::checkpointWanted);
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
    if (!link_)
        link_ = new BatchLink(editor("training.micro_batch"), editor("training.accumulation"), this);
    else
        link_->keep();
    check();
}

FieldEditor* SpecForm::editor(const std::string& path) const {
    const std::size_t dot = path.find('.');
    for (const SectionForm* section : sections_)
        if (section->family().id == path.substr(0, dot))
            return dot == std::string::npos ? nullptr : section->editor(path.substr(dot + 1));
    return nullptr;
}

void SpecForm::setBatch(std::int64_t microBatch, std::int64_t accumulation) {
    // Whichever way the link between them stands.
    editor("training.accumulation")->change(accumulation);
    editor("training.micro_batch")->change(microBatch);
    editor("training.accumulation")->change(accumulation);
    check();
}

std::map<std::string, QString> SpecForm::written() const {
    std::map<std::string, QString> out;
    for (const auto& [path, values] : lists()) out[path] = editor(path)->written();
    return out;
}

void SpecForm::write(const std::map<std::string, QString>& texts) {
    for (const auto& [path, text] : texts)
        if (FieldEditor* its = editor(path)) its->write(text);
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

bool SpecForm::isWish(const schema::Problem& problem) const {
    const FieldEditor* its = problem.warning ? nullptr : editor(problem.path);
    return its && its->isUnfilled();
}

bool SpecForm::sound() const {
    return std::all_of(problems_.begin(), problems_.end(),
                       [](const schema::Problem& problem) { return problem.warning; });
}

QString SpecForm::unreadable() const {
    return preview_->problem();
}

void SpecForm::hearOfData() {
    // What an archive of pictures offers is known once somebody had the time to look into it.
    offersOf(spec().at("dataset")) == offered_ ? Q_EMIT checked() : check();
}

void SpecForm::check() {
    timer_.stop();
    const Json now = spec();
    problems_ = check_spec(now);
    offered_ = offersOf(now.at("dataset"));
    if (sound()) fitted_.reset();
    for (SectionForm* section : sections_) {
        section->setProblems(problems_);
        section->showCompatibility(now, section->family().id == "dataset" ? fitting_ : std::set<std::string>());
    }
    askWhatFits(now);
    const bool readable = std::none_of(problems_.begin(), problems_.end(), [](const schema::Problem& problem) {
        return !problem.warning && problem.path.starts_with("dataset");
    });
    preview_->setSection(readable ? now.at("dataset") : Json());
    Q_EMIT checked();
}

void SpecForm::askWhatFits(const Json& now) {
    asked_ = now;
    if (asking_) return;  // asks again when it has its answer
    asking_ = true;
    struct Answer {
        std::optional<Json> fitted;
        std::set<std::string> datasets;
    };
    inBackground(
        this,
        [now, sound = sound()] {
            Answer answer;
            if (!sound) answer.fitted = fitted_spec(now);
            for (const Sheet* sheet : find_family("dataset")->kinds) {
                if (why_not(now, "dataset", sheet->card.id).empty()) continue;
                Json other = now;
                other["dataset"] = sheet->complete(Json::object());
                if (fitted_spec(other)) answer.datasets.insert(sheet->card.id);
            }
            return answer;
        },
        [this, now](const Answer& answer) {
            asking_ = false;
            if (asked_ != now) return askWhatFits(asked_);
            const bool other = fitted_ != answer.fitted;
            fitted_ = answer.fitted;
            fitting_ = answer.datasets;
            for (SectionForm* section : sections_)
                if (section->family().id == "dataset") section->showCompatibility(now, fitting_);
            if (other) Q_EMIT checked();
        });
}

void SpecForm::fit() {
    const Json now = spec();
    if (!fitted_ || asked_ != now) return;
    const Json wanted = *fitted_;
    std::vector<SectionForm*> changed;
    for (SectionForm* section : sections_) {
        const std::string& id = section->family().id;
        if (section->family().single || wanted.at(id) == now.at(id)) continue;
        section->setKind(wanted.at(id).value("kind", ""));
        changed.push_back(section);
    }
    // Where what a kind was set to when it was chosen before does not fit either, its defaults do.
    if (fitted_spec(spec()))
        for (SectionForm* section : changed) section->setSection(wanted.at(section->family().id));
    fitted_.reset();
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
