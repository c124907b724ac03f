#include "ui/widgets/dialogs/finding_card.h"

#include <QLabel>
#include <algorithm>

#include "ui/models/compare_models.h"
#include "ui/page.h"
#include "ui/texts/message_text.h"
#include "ui/texts/text.h"

namespace gw::ui {

namespace {

const char* lookOf(CheckVerdict verdict) {
    switch (verdict) {
        case CheckVerdict::wrong:
            return "problem";
        case CheckVerdict::look:
            return "warning";
        default:
            return "muted";
    }
}

QString markOf(CheckVerdict verdict) {
    switch (verdict) {
        case CheckVerdict::wrong:
            return QStringLiteral("\u2717 ");
        case CheckVerdict::look:
            return QStringLiteral("! ");
        case CheckVerdict::fine:
            return QStringLiteral("\u2713 ");
        default:
            return QStringLiteral("\u2013 ");
    }
}

}  // namespace

QString saidText(const Phrase& phrase) {
    const QString text = phraseText(phrase);
    return phrase.values.empty() && text == qs(phrase.form) ? messageText(phrase.form) : text;
}

FindingCard::FindingCard(const CheckFinding& finding, const std::vector<CheckSheet>& sheets, QWidget* parent)
    : QFrame(parent) {
    setProperty("look", "card");
    const auto sheet =
        std::find_if(sheets.begin(), sheets.end(), [&](const CheckSheet& each) { return finding.check == each.id; });
    const bool known = sheet != sheets.end();
    inside_ = new QVBoxLayout(this);
    auto* head = new QHBoxLayout;
    QLabel* title =
        label(markOf(finding.verdict) + (known ? saidText({sheet->title, {}}) : qs(finding.check)), "section");
    if (known) title->setToolTip(saidText({sheet->help, {}}));
    head->addWidget(title);
    head->addStretch(1);
    head->addWidget(label(saidText({verdict_text(finding.verdict), {}}), lookOf(finding.verdict)));
    inside_->addLayout(head);
    for (const Phrase& phrase : finding.said) {
        QLabel* said = label(saidText(phrase));
        said->setWordWrap(true);
        said->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        inside_->addWidget(said);
    }
}

}  // namespace gw::ui
