#include "ui/widgets/curation/step_list.h"

#include <algorithm>
#include <map>

#include "data/curation/plan.h"
#include "ui/forms/section_form.h"
#include "ui/page.h"
#include "ui/texts/text.h"

namespace gw::ui {

namespace {

/// A form shows families: each step as one of its own, without a choice.
const Family& familyOfStep(const std::string& kind) {
    static const std::map<std::string, Family> all = [] {
        std::map<std::string, Family> out;
        for (const CurationKind& one : curation_kinds())
            out[one.card.id] = {one.card.id, one.card.title, "", {&one}, /*single=*/true};
        return out;
    }();
    return all.at(kind);
}

bool soundStep(const Json& step) {
    const std::string kind = step.at("kind");
    return find_kind(curation_kinds(), kind)->check(step, kind).empty();
}

}  // namespace

StepList::StepList(QWidget* parent) : QWidget(parent) {
    constexpr int listWidth = 220, listHeight = 230, gap = 16;
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(gap);
    auto* left = new QVBoxLayout;
    list_ = new QListWidget;
    list_->setObjectName(QStringLiteral("curation.steps"));
    list_->setAccessibleName(tr("Steps of the curation"));
    list_->setFixedSize(listWidth, listHeight);
    left->addWidget(list_);
    auto* buttons = new QHBoxLayout;
    auto button = [&](const QString& text, const QString& tip, auto act) {
        auto* made = new QPushButton(text);
        made->setProperty("look", QStringLiteral("small"));
        made->setToolTip(tip);
        connect(made, &QPushButton::clicked, this, act);
        buttons->addWidget(made);
        return made;
    };
    up_ = button(tr("Up"), tr("Take the chosen step earlier"), [this] { move(-1); });
    down_ = button(tr("Down"), tr("Take the chosen step later"), [this] { move(1); });
    remove_ = button(tr("Remove"), tr("Take the chosen step out of the list"), [this] { remove(); });
    remove_->setObjectName(QStringLiteral("curation.remove"));
    buttons->addStretch(1);
    left->addLayout(buttons);
    auto choice = [&](const QString& placeholder, const QString& name) {
        auto* made = new QComboBox;
        made->setPlaceholderText(placeholder);
        made->setAccessibleName(name);
        made->setFixedWidth(listWidth);
        left->addWidget(made);
        return made;
    };
    kinds_ = choice(tr("Add a step…"), tr("Step to add"));
    kinds_->setObjectName(QStringLiteral("curation.add"));
    for (const CurationKind& kind : curation_kinds()) {
        kinds_->addItem(sheetText(kind.card.title), qs(kind.card.id));
        kinds_->setItemData(kinds_->count() - 1, sheetText(kind.card.summary), Qt::ToolTipRole);
    }
    presets_ = choice(tr("Take a usual list…"), tr("Usual lists of steps"));
    for (const std::string& preset : curation_presets()) presets_->addItem(qs(preset), qs(preset));
    for (QComboBox* one : {kinds_, presets_}) one->setCurrentIndex(-1);
    connect(kinds_, &QComboBox::activated, this, [this](int index) {
        add(ss(kinds_->itemData(index).toString()));
        kinds_->setCurrentIndex(-1);
    });
    connect(presets_, &QComboBox::activated, this, [this](int index) {
        setSteps(preset_steps(ss(presets_->itemData(index).toString())));
        presets_->setCurrentIndex(-1);
        Q_EMIT edited();
    });
    left->addStretch(1);
    row->addLayout(left);
    right_ = new QVBoxLayout;
    summary_ = label({}, "muted");
    summary_->setWordWrap(true);
    right_->addWidget(summary_);
    right_->addStretch(1);
    row->addLayout(right_, 1);
    connect(list_, &QListWidget::currentRowChanged, this, [this] { showForm(); });
    showForm();
}

void StepList::setSteps(std::vector<Json> steps) {
    steps_ = std::move(steps);
    showList(0);
}

void StepList::add(const std::string& kind) {
    const int at = list_->currentRow() + 1;
    steps_.insert(steps_.begin() + at, find_kind(curation_kinds(), kind)->complete({{"kind", kind}}));
    showList(at);
    Q_EMIT edited();
}

void StepList::move(int by) {
    const int from = list_->currentRow(), to = from + by;
    if (from < 0 || to < 0 || to >= static_cast<int>(steps_.size())) return;
    std::swap(steps_[static_cast<std::size_t>(from)], steps_[static_cast<std::size_t>(to)]);
    showList(to);
    Q_EMIT edited();
}

void StepList::remove() {
    const int at = list_->currentRow();
    if (at < 0) return;
    steps_.erase(steps_.begin() + at);
    showList(std::min(at, static_cast<int>(steps_.size()) - 1));
    Q_EMIT edited();
}

bool StepList::isSound() const {
    return !steps_.empty() && std::all_of(steps_.begin(), steps_.end(), soundStep);
}

void StepList::showList(int chosen) {
    {
        const QSignalBlocker quiet(list_);
        list_->clear();
        for (std::size_t i = 0; i < steps_.size(); ++i) {
            const Card& card = find_kind(curation_kinds(), steps_[i].at("kind"))->card;
            list_->addItem(QStringLiteral("%1. %2").arg(i + 1).arg(sheetText(card.title)));
        }
        list_->setCurrentRow(chosen);
    }
    showForm();
}

void StepList::showForm() {
    const int at = list_->currentRow(), last = static_cast<int>(steps_.size()) - 1;
    up_->setEnabled(at > 0);
    down_->setEnabled(at >= 0 && at < last);
    remove_->setEnabled(at >= 0);
    if (form_) {
        right_->removeWidget(form_);
        form_->hide();
        form_->deleteLater();  // it may be what led here
        form_ = nullptr;
    }
    if (at < 0 || at > last) {
        summary_->setText(tr("No step is chosen."));
        return showProblems();
    }
    const Json& step = steps_[static_cast<std::size_t>(at)];
    summary_->setText(sheetText(find_kind(curation_kinds(), step.at("kind"))->card.summary));
    form_ = new SectionForm(familyOfStep(step.at("kind")));
    form_->setSection(step);
    right_->insertWidget(0, form_);
    connect(form_, &SectionForm::edited, this, [this, at] {
        if (at >= static_cast<int>(steps_.size())) return;
        const std::string kind = steps_[static_cast<std::size_t>(at)].at("kind");
        steps_[static_cast<std::size_t>(at)] = form_->section();
        steps_[static_cast<std::size_t>(at)]["kind"] = kind;
        showProblems();
        Q_EMIT edited();
    });
    showProblems();
}

void StepList::showProblems() {
    for (int i = 0; i < list_->count(); ++i) {
        const bool sound = soundStep(steps_[static_cast<std::size_t>(i)]);
        QListWidgetItem* item = list_->item(i);
        const QString title = item->text().section(QStringLiteral(" ⚠"), 0, 0);
        item->setText(sound ? title : title + QStringLiteral(" ⚠"));
    }
    if (!form_) return;
    const Json& step = steps_[static_cast<std::size_t>(list_->currentRow())];
    const std::string kind = step.at("kind");
    form_->setProblems(find_kind(curation_kinds(), kind)->check(step, kind));
}

}  // namespace gw::ui
