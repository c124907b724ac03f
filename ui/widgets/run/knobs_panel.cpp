#include "ui/widgets/run/knobs_panel.h"

#include <QCoreApplication>
#include <QFormLayout>
#include <QVBoxLayout>

#include "ui/page.h"
#include "ui/shell/theme.h"
#include "ui/texts/message_text.h"
#include "ui/texts/text.h"
#include "workspace/record/orders.h"

namespace gw::ui {

KnobsPanel::KnobsPanel(Workbench& workbench, QWidget* parent) : QWidget(parent), workbench_(workbench) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    hint_ = label({}, "muted");
    hint_->setWordWrap(true);
    column->addWidget(hint_);
    auto* form = new QFormLayout;
    form->setLabelAlignment(Qt::AlignRight);
    auto field = [&](const QString& name, const QString& placeholder, const char* id) {
        auto* edit = new QLineEdit;
        edit->setObjectName(QString::fromLatin1(id));
        edit->setPlaceholderText(placeholder);
        edit->setAccessibleName(name);
        edit->setMaximumWidth(140);
        form->addRow(name, edit);
        connect(edit, &QLineEdit::returnPressed, this, &KnobsPanel::applyKnobs);
        return edit;
    };
    rate_ = field(tr("Learning rate ×"), QStringLiteral("1"), "knobs.rate");
    clip_ = field(tr("Gradient clipping"), tr("as launched"), "knobs.clip");
    evaluate_ = field(tr("Evaluate every"), tr("as launched"), "knobs.evaluate");
    save_ = field(tr("Save every"), tr("as launched"), "knobs.save");
    column->addLayout(form);
    problem_ = label({}, "problem");
    problem_->setWordWrap(true);
    problem_->hide();
    column->addWidget(problem_);
    auto* row = new QHBoxLayout;
    apply_ = new QPushButton(tr("Apply"));
    apply_->setObjectName(QStringLiteral("knobs.apply"));
    back_ = new QPushButton(tr("Back to the launch settings"));
    row->addWidget(apply_);
    row->addWidget(back_);
    row->addStretch(1);
    column->addLayout(row);
    column->addWidget(label(tr("Journal"), "section"));
    journal_ = new QTextBrowser;
    journal_->setFrameShape(QFrame::NoFrame);
    journal_->setAccessibleName(tr("Journal of the changes"));
    column->addWidget(journal_, 1);
    connect(apply_, &QPushButton::clicked, this, &KnobsPanel::applyKnobs);
    connect(back_, &QPushButton::clicked, this, [this] {
        for (QLineEdit* edit : {rate_, clip_, evaluate_, save_}) edit->clear();
        applyKnobs();
    });
}

void KnobsPanel::setRun(const RunRecord& run, bool live, bool active) {
    const bool other = run.id != run_.id;
    const bool began = live && !live_;
    run_ = run;
    live_ = live;
    active_ = active;
    for (QWidget* widget :
         {static_cast<QWidget*>(rate_), static_cast<QWidget*>(clip_), static_cast<QWidget*>(evaluate_),
          static_cast<QWidget*>(save_), static_cast<QWidget*>(apply_), static_cast<QWidget*>(back_)})
        widget->setEnabled(active);
    hint_->setText(active
                       ? tr("Changes take effect with the next step, are kept in the journal and marked on every plot.")
                       : tr("Only a run that is being trained can be changed; this is what was changed."));
    if (!other && !began) return;
    problem_->hide();
    const Knobs now = live ? workbench_.session().knobs() : Knobs{};
    rate_->setText(now.rate_scale == 1 ? QString() : valueText(now.rate_scale, 3));
    clip_->setText(now.clip ? valueText(*now.clip, 3) : QString());
    evaluate_->setText(now.evaluation_every ? QString::number(*now.evaluation_every) : QString());
    save_->setText(now.saving_every ? QString::number(*now.saving_every) : QString());
}

void KnobsPanel::applyKnobs() {
    Knobs knobs;
    QString wrong;
    auto number = [&](QLineEdit* edit, double otherwise) {
        if (edit->text().trimmed().isEmpty()) return otherwise;
        bool ok = false;
        const double value = edit->text().trimmed().toDouble(&ok);
        if (!ok) wrong = tr("“%1” in %2 is no number").arg(edit->text(), edit->accessibleName());
        return value;
    };
    knobs.rate_scale = number(rate_, 1);
    if (!clip_->text().trimmed().isEmpty()) knobs.clip = number(clip_, 0);
    if (!evaluate_->text().trimmed().isEmpty())
        knobs.evaluation_every = static_cast<std::int64_t>(number(evaluate_, 0));
    if (!save_->text().trimmed().isEmpty()) knobs.saving_every = static_cast<std::int64_t>(number(save_, 0));
    if (wrong.isEmpty()) wrong = messageText(why_not(knobs));
    problem_->setVisible(!wrong.isEmpty());
    problem_->setText(wrong);
    if (!wrong.isEmpty()) return;
    if (live_) return workbench_.session().setKnobs(knobs);
    if (Status sent = send_order(workbench_.workspace(), run_.id, {{"order", "knobs"}, {"knobs", to_json(knobs)}});
        !sent)
        workbench_.showError(sent.error());
}

void KnobsPanel::setJournal(const std::vector<EventRecord>& events) {
    events_.clear();
    for (const EventRecord& event : events)
        if (event.kind == "knob") events_.push_back(event);
    showJournal();
}

void KnobsPanel::addEvent(const EventRecord& event) {
    if (event.kind != "knob") return;
    events_.push_back(event);
    showJournal();
}

void KnobsPanel::showJournal() {
    QString html;
    for (auto it = events_.rbegin(); it != events_.rend(); ++it)
        html += QStringLiteral("<p style='margin:2px 0'><span style='color:%1'>%2</span> &nbsp; %3</p>")
                    .arg(tokens().muted.name(), tr("Step %1").arg(countText(it->step)),
                         messageText(it->text).toHtmlEscaped());
    journal_->setHtml(
        html.isEmpty()
            ? QStringLiteral("<p style='color:%1'>%2</p>").arg(tokens().muted.name(), tr("Nothing was changed."))
            : html);
}

}  // namespace gw::ui
