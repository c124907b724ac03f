#include "ui/forms/batch_link.h"

#include <algorithm>

namespace gw::ui {

namespace {

/// A whole number above 0 that stands in a field alone, or 0.
std::int64_t countIn(const FieldEditor& editor) {
    const Json value = editor.value();
    return editor.list().isEmpty() && value.is_number_integer() ? std::max<std::int64_t>(0, value.get<std::int64_t>())
                                                                : 0;
}

}  // namespace

BatchLink::BatchLink(FieldEditor* microBatch, FieldEditor* accumulation, QObject* parent)
    : QObject(parent), microBatch_(microBatch), accumulation_(accumulation), box_(new QCheckBox(tr("Linked"))) {
    box_->setChecked(true);
    box_->setObjectName(QStringLiteral("training.link"));
    box_->setToolTip(
        tr("Changing the micro-batch or the accumulation changes the other one too, so that a step keeps its rows"));
    accumulation->addBeside(box_);
    connect(microBatch, &FieldEditor::edited, this, [this] { follow(microBatch_, accumulation_); });
    connect(accumulation, &FieldEditor::edited, this, [this] { follow(accumulation_, microBatch_); });
    connect(box_, &QCheckBox::toggled, this, &BatchLink::keep);
    keep();
}

void BatchLink::keep() {
    rows_ = countIn(*microBatch_) * countIn(*accumulation_);
}

void BatchLink::follow(const FieldEditor* changed, FieldEditor* other) {
    if (following_) return;
    if (!box_->isChecked()) return keep();
    const std::int64_t now = countIn(*changed);
    // A number on its way to be typed leaves the rows that were meant: 16 × 4 is 3 × 21 and then 32 × 2.
    if (now <= 0 || rows_ <= 0 || countIn(*other) <= 0) return;
    const std::int64_t wanted = std::max<std::int64_t>(1, (rows_ + now / 2) / now);
    if (wanted == countIn(*other)) return;
    following_ = true;
    other->change(wanted);
    following_ = false;
}

}  // namespace gw::ui
