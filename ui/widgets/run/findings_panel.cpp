#include "ui/widgets/run/findings_panel.h"

#include <QSettings>
#include <QUrl>
#include <algorithm>

#include "ui/models/compare_models.h"
#include "ui/shell/theme.h"
#include "ui/texts/message_text.h"
#include "ui/texts/notice_text.h"
#include "ui/texts/text.h"

namespace gw::ui {

namespace {

/// Grams of CO2 for a kilowatt hour of the world's electricity in 2024 (IEA, Electricity 2025); the settings may name
/// another grid.
constexpr double worldGrams = 445;

constexpr QLatin1String replayLink("replay-");

}  // namespace

FindingsPanel::FindingsPanel(QWidget* parent) : QTextBrowser(parent) {
    setFrameShape(QFrame::NoFrame);
    setAccessibleName(tr("Findings"));
    setOpenLinks(false);
    connect(this, &QTextBrowser::anchorClicked, this, [this](const QUrl& link) {
        const QString text = link.toString();
        if (!text.startsWith(replayLink)) return Q_EMIT seenWanted();
        Q_EMIT replayWanted(text.mid(replayLink.size()).toLongLong());
    });
    connect(&Theme::instance(), &Theme::changed, this, &FindingsPanel::render);
}

void FindingsPanel::show(const RunDetails& details) {
    findings_ = details.findings;
    std::erase_if(findings_, [](const Finding& finding) { return finding.told; });  // they have a place of their own
    kwh_ = details.kwh;
    watts_ = details.watts;
    events_.clear();
    seen_ = details.alertsSeen;
    early_.clear();
    QString fell;  // of several falls the last tells their count
    for (const EventRecord& event : details.events) {
        if (is_notice(event.kind)) events_.push_back(event);
        if (event.kind == "rate") fell = messageText(event.text);
        if (event.kind == "early_stop")
            early_ += (early_.isEmpty() ? QString() : QStringLiteral(". ")) + messageText(event.text);
    }
    if (!fell.isEmpty()) early_ = fell + (early_.isEmpty() ? QString() : QStringLiteral(". ") + early_);
    render();
    Q_EMIT changed();
}

void FindingsPanel::addEvent(const EventRecord& event) {
    // What came while the history was read stands there and is told again.
    const auto same = [&](const EventRecord& known) {
        return known.kind == event.kind && known.step == event.step && known.text == event.text;
    };
    if (!is_notice(event.kind) || std::any_of(events_.begin(), events_.end(), same)) return;
    events_.push_back(event);
    render();
    Q_EMIT changed();
}

int FindingsPanel::newAlerts() const {
    return static_cast<int>(std::max<std::int64_t>(0, static_cast<std::int64_t>(events_.size()) - seen_));
}

std::vector<Notice> FindingsPanel::notices(bool onlyNew) const {
    std::vector<Notice> out = notices_of(events_);
    if (onlyNew) std::erase_if(out, [&](const Notice& notice) { return notice.newest < seen_; });
    return out;
}

void FindingsPanel::setAllSeen() {
    seen_ = static_cast<std::int64_t>(events_.size());
    render();
    Q_EMIT changed();
}

QString FindingsPanel::noticesHtml() const {
    const Tokens& t = tokens();
    QString html;
    for (const Notice& notice : notices_of(events_)) {
        const bool seen = notice.newest < seen_, grave = isGrave(notice);
        const QString when = notice.count > 1 && notice.last_step > notice.first_step
                                 ? tr("steps %1 to %2").arg(countText(notice.first_step), countText(notice.last_step))
                             : notice.last_step > 0 ? tr("step %1").arg(countText(notice.last_step))
                                                    : tr("at the start");
        html += QStringLiteral(
                    "<p style='margin:4px 0'><span style='color:%1'>%2 <b>%3</b></span> <span "
                    "style='color:%4'>%5</span><br><span style='color:%6'>%7</span></p>")
                    .arg(noticeColor(notice, !seen).name(), seen ? QStringLiteral("△") : QStringLiteral("▲"),
                         noticeWord(notice.kind), t.muted.name(), when, (seen && !grave ? t.muted : t.text).name(),
                         noticeText(notice).toHtmlEscaped());
        if ((notice.kind == "warning" || notice.kind == "alert") && notice.last_step > 0)
            html += QStringLiteral("<p style='margin:0 0 4px 0'><a style='color:%1' href='%2%3'>%4</a></p>")
                        .arg(t.accent.name(), replayLink, QString::number(notice.last_step), tr("Replay this step"));
    }
    return html;
}

void FindingsPanel::render() {
    const Tokens& t = tokens();
    QString html;
    auto heading = [&](const QString& text) {
        html += QStringLiteral("<p style='margin:12px 0 4px 0; font-weight:600'>%1</p>").arg(text);
    };
    heading(tr("Warnings and alerts"));
    if (events_.empty()) html += QStringLiteral("<p style='color:%1'>%2</p>").arg(t.muted.name(), tr("None."));
    html += noticesHtml();
    if (newAlerts() > 0)
        html += QStringLiteral("<p style='margin:4px 0'><a style='color:%1' href='seen'>%2</a></p>")
                    .arg(t.accent.name(), tr("Mark as seen"));
    heading(tr("What the curves say"));
    if (findings_.empty())
        html += QStringLiteral("<p style='color:%1'>%2</p>").arg(t.muted.name(), tr("There are no curves yet."));
    for (const Finding& finding : findings_) {
        const QColor color = finding.tone == Finding::Tone::good      ? t.good
                             : finding.tone == Finding::Tone::warning ? t.warn
                                                                      : t.muted;
        html += QStringLiteral("<p style='margin:4px 0'><span style='color:%1'>●</span> %2")
                    .arg(color.name(), phraseText(finding.what).toHtmlEscaped());
        if (!finding.advice.form.empty())
            html += QStringLiteral("<br><span style='color:%1'>%2</span>")
                        .arg(t.muted.name(), phraseText(finding.advice).toHtmlEscaped());
        html += QStringLiteral("</p>");
    }
    if (!early_.isEmpty()) html += QStringLiteral("<p>%1</p>").arg(early_.toHtmlEscaped());
    heading(tr("Energy"));
    if (kwh_) {
        const double grams = QSettings().value(QStringLiteral("gramsPerKwh"), worldGrams).toDouble();
        html += QStringLiteral("<p>%1<br><span style='color:%2'>%3</span></p>")
                    .arg(tr("%1 kWh, about %2 g of CO₂").arg(valueText(*kwh_, 3), valueText(*kwh_ * grams, 3)),
                         t.muted.name(),
                         tr("Of the whole processor and GPU while the run was trained, at %1 g for a kWh.").arg(grams));
        if (watts_)
            html += QStringLiteral("<p style='color:%1'>%2</p>")
                        .arg(t.muted.name(), tr("%1 W now").arg(valueText(*watts_, 3)));
    } else {
        html += QStringLiteral("<p style='color:%1'>%2</p>")
                    .arg(t.muted.name(),
                         tr("Not measured: this machine does not tell what it draws (RAPL and NVML cannot be read)."));
    }
    setHtml(html);
}

}  // namespace gw::ui
